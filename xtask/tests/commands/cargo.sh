#!/bin/sh
# A cargo for tests: records how it was called, makes the folder that `--out` names, and fails for $FAILS.
echo "${RUSTFLAGS:+RUSTFLAGS=$RUSTFLAGS }$1 $2 ${CODEGEN_CORPUS:+corpus }${CODEGEN_VECTORS:+vectors}" >> "$CALLS"
if [ "$5" = --out ]; then
    mkdir -p "$6"
fi
[ "$1" != "$FAILS" ]
