//! The files of `runtime/limit`.

use super::File;

pub(super) const MOD: File = File {
    path: "runtime/limit/mod.rs",
    text: include_str!("../runtime/limit/mod.rs"),
    needs: &[
        "runtime/client/mod.rs",
        "runtime/limit/window.rs",
        "runtime/retry/mod.rs",
        "runtime/timer.rs",
    ],
    dependencies: &["http", "tokio"],
    features: &[],
};

pub(super) const WINDOW: File = File {
    path: "runtime/limit/window.rs",
    text: include_str!("../runtime/limit/window.rs"),
    needs: &["runtime/limit/mod.rs"],
    dependencies: &[],
    features: &[],
};
