//! The cargo that runs this program, and the folder that it builds into.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Returns the program. Cargo sets the variable, so that a toolchain chosen with `cargo +1.88` is used further on.
pub fn program() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Returns the target folder of the workspace `root`.
pub fn target(root: &Path) -> PathBuf {
    root.join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}
