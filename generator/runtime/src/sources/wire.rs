//! The files of `runtime/wire`.

use super::File;

pub(super) const CLOSED: File = File {
    path: "runtime/wire/closed.rs",
    text: include_str!("../runtime/wire/closed.rs"),
    needs: &["runtime/wire/mod.rs"],
    dependencies: &[],
    features: &[],
};

pub(super) const JSON: File = File {
    path: "runtime/wire/json.rs",
    text: include_str!("../runtime/wire/json.rs"),
    needs: &["runtime/wire/mod.rs"],
    dependencies: &["serde", "serde_json"],
    features: &[],
};

pub(super) const MACROS: File = File {
    path: "runtime/wire/macros.rs",
    text: include_str!("../runtime/wire/macros.rs"),
    needs: &["runtime/wire/mod.rs"],
    dependencies: &["serde"],
    features: &[],
};

pub(super) const MISMATCH: File = File {
    path: "runtime/wire/mismatch.rs",
    text: include_str!("../runtime/wire/mismatch.rs"),
    needs: &["runtime/wire/mod.rs"],
    dependencies: &[],
    features: &[],
};

pub(super) const MOD: File = File {
    path: "runtime/wire/mod.rs",
    text: include_str!("../runtime/wire/mod.rs"),
    needs: &[
        "runtime/wire/closed.rs",
        "runtime/wire/json.rs",
        "runtime/wire/macros.rs",
        "runtime/wire/mismatch.rs",
        "runtime/wire/number.rs",
        "runtime/wire/read.rs",
        "runtime/wire/union.rs",
        "runtime/wire/values.rs",
        "runtime/wire/write.rs",
    ],
    dependencies: &[],
    features: &[],
};

pub(super) const NUMBER: File = File {
    path: "runtime/wire/number.rs",
    text: include_str!("../runtime/wire/number.rs"),
    needs: &["runtime/wire/mod.rs"],
    dependencies: &["serde", "serde_json"],
    features: &[],
};

pub(super) const READ: File = File {
    path: "runtime/wire/read.rs",
    text: include_str!("../runtime/wire/read.rs"),
    needs: &["runtime/wire/mod.rs"],
    dependencies: &["serde"],
    features: &[],
};

pub(super) const UNION: File = File {
    path: "runtime/wire/union.rs",
    text: include_str!("../runtime/wire/union.rs"),
    needs: &["runtime/wire/mod.rs"],
    dependencies: &["serde_json"],
    features: &[],
};

pub(super) const VALUES: File = File {
    path: "runtime/wire/values.rs",
    text: include_str!("../runtime/wire/values.rs"),
    needs: &["runtime/wire/mod.rs"],
    dependencies: &["serde_json"],
    features: &[],
};

pub(super) const WRITE: File = File {
    path: "runtime/wire/write.rs",
    text: include_str!("../runtime/wire/write.rs"),
    needs: &["runtime/wire/mod.rs"],
    dependencies: &["serde"],
    features: &[],
};
