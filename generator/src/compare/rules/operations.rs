//! Rules: operations.

use super::{added, removed, rule};
use crate::compare::change::Rule;

/// The rules, in the order of the table.
pub const RULES: &[Rule] = &[
    added(
        "operation-added",
        "an operation is new",
        "The client has one more method. A server of the older description does not know the path, so release \
         the server first.",
    ),
    removed(
        "operation-removed",
        "an operation is gone",
        "Calls of the method no longer compile, and programs that are out get whatever the server answers to \
         an unknown path. Keep it deprecated for a while if you own the description.",
    ),
    rule(
        "operation-path-changed",
        "a method calls another path",
        "Code compiles as before and calls the new path. Each side needs a server that has its path.",
    ),
    rule(
        "operation-verb-changed",
        "a method sends another HTTP method",
        "Code compiles as before. Whether a call is repeated after a lost reply depends on the HTTP method, \
         too.",
    ),
    rule(
        "operation-renamed",
        "the operationId at an HTTP method and path is another one, and so is the method's name",
        "Nothing differs on the wire, and every call has to be renamed. The entry for `rename: operations:` \
         keeps the old name.",
    ),
    added(
        "operation-id-added",
        "an operation without an operationId gets one, so its method has another name",
        "The old name was made of HTTP method and path. The entry for `rename: operations:` keeps it.",
    ),
    rule(
        "operation-name-taken",
        "a method has another name, because another operation would have the same one",
        "Nothing differs on the wire. Give one of the two a name in `codegen.yaml`; otherwise the next \
         operation may move it again.",
    ),
    rule(
        "operation-id-changed",
        "the operationId is another one and the method's name is not",
        "Nobody notices it, so it is listed with `--all` only.",
    ),
    rule(
        "operation-deprecated",
        "the document marks an operation as deprecated",
        "Callers get a warning, which is an error under `-D warnings`.",
    ),
    rule(
        "operation-tag-changed",
        "an operation has another first tag",
        "The method is in another file. Its path in the crate is the same.",
    ),
    rule(
        "operation-server-changed",
        "an operation has another server",
        "Calls go to another URL. If the old one is switched off, programs that are out lose the operation.",
    ),
    rule(
        "repeat-changed",
        "whether failed calls are sent again, or how the rate limit is read, has changed",
        "It comes from `idempotent`, `retry` or `rate_limit` in `codegen.yaml`, or from the HTTP method. Code \
         compiles as before.",
    ),
    added(
        "batch-added",
        "an operation is declared as a batch",
        "A method for any number of inputs is new, and so is its type in `bulk`.",
    ),
    removed(
        "batch-removed",
        "an operation is no longer declared as a batch",
        "The method for any number of inputs is gone. Calls with one batch are not concerned.",
    ),
    rule(
        "batch-changed",
        "a batch is split in another way, or its outcomes are found elsewhere",
        "Code compiles as before unless the types of inputs or results differ.",
    ),
    rule(
        "choice-renamed",
        "an item has another Rust name, and the same name on the wire",
        "A line below `rename:` in `codegen.yaml` came, went or differs, or two names collide that did not. \
         Nothing differs on the wire.",
    ),
    rule(
        "arguments-reordered",
        "required parameters, or required parts, have changed places",
        "Arguments follow the order of the description. If the types are the same, calls compile and send \
         values under each other's names: restore the order, or rename one of them.",
    ),
];
