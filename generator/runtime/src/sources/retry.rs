//! The files of `runtime/retry`.

use super::File;

pub(super) const AFTER: File = File {
    path: "runtime/retry/after.rs",
    text: include_str!("../runtime/retry/after.rs"),
    needs: &["runtime/retry/mod.rs"],
    dependencies: &["http", "httpdate"],
    features: &[],
};

pub(super) const BUDGET: File = File {
    path: "runtime/retry/budget.rs",
    text: include_str!("../runtime/retry/budget.rs"),
    needs: &["runtime/retry/mod.rs"],
    dependencies: &[],
    features: &[],
};

pub(super) const FAILED: File = File {
    path: "runtime/retry/failed.rs",
    text: include_str!("../runtime/retry/failed.rs"),
    needs: &["runtime/retry/mod.rs", "runtime/transport/mod.rs"],
    dependencies: &["bytes", "http"],
    features: &[],
};

pub(super) const MOD: File = File {
    path: "runtime/retry/mod.rs",
    text: include_str!("../runtime/retry/mod.rs"),
    needs: &[
        "runtime/retry/after.rs",
        "runtime/retry/budget.rs",
        "runtime/retry/failed.rs",
        "runtime/retry/policy.rs",
    ],
    dependencies: &[],
    features: &[],
};

pub(super) const POLICY: File = File {
    path: "runtime/retry/policy.rs",
    text: include_str!("../runtime/retry/policy.rs"),
    needs: &["runtime/retry/mod.rs"],
    dependencies: &["fastrand"],
    features: &[],
};
