//! The files of `runtime/auth`.

use super::File;

pub(super) const MOD: File = File {
    path: "runtime/auth/mod.rs",
    text: include_str!("../runtime/auth/mod.rs"),
    needs: &[
        "runtime/auth/oauth.rs",
        "runtime/auth/source.rs",
        "runtime/transport/mod.rs",
    ],
    dependencies: &["secrecy"],
    features: &[],
};

pub(super) const OAUTH: File = File {
    path: "runtime/auth/oauth.rs",
    text: include_str!("../runtime/auth/oauth.rs"),
    needs: &[
        "runtime/auth/mod.rs",
        "runtime/client/mod.rs",
        "runtime/transport/mod.rs",
        "runtime/wire/mod.rs",
    ],
    dependencies: &["bytes", "http", "secrecy"],
    features: &[],
};

pub(super) const SOURCE: File = File {
    path: "runtime/auth/source.rs",
    text: include_str!("../runtime/auth/source.rs"),
    needs: &["runtime/auth/mod.rs", "runtime/transport/mod.rs"],
    dependencies: &["http", "secrecy", "tokio"],
    features: &[],
};
