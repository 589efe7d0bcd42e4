//! The carried files as text. `tests/sources.rs` keeps the list true.

/// A file that an output may carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct File {
    /// Where it lies below `src/`, such as `runtime/wire/json.rs`.
    pub path: &'static str,
    /// What is in it.
    pub text: &'static str,
    /// The paths of the other files that it does not compile without.
    pub needs: &'static [&'static str],
    /// The packages that it names.
    pub dependencies: &'static [&'static str],
    /// The features of its own package that it names in a `cfg`.
    pub features: &'static [&'static str],
}

/// Every file of the support code but `runtime/mod.rs`, which an output writes for itself: it declares the modules that
/// are carried.
pub const SOURCES: &[File] = &[
    File {
        path: "runtime/call/display.rs",
        text: include_str!("runtime/call/display.rs"),
        needs: &["runtime/call/mod.rs", "runtime/wire/mod.rs"],
        dependencies: &[],
        features: &[],
    },
    File {
        path: "runtime/call/failure.rs",
        text: include_str!("runtime/call/failure.rs"),
        needs: &[
            "runtime/call/mod.rs",
            "runtime/client/mod.rs",
            "runtime/transport/mod.rs",
            "runtime/wire/mod.rs",
        ],
        dependencies: &["bytes", "http"],
        features: &[],
    },
    File {
        path: "runtime/call/mod.rs",
        text: include_str!("runtime/call/mod.rs"),
        needs: &[
            "runtime/call/display.rs",
            "runtime/call/failure.rs",
            "runtime/call/received.rs",
            "runtime/call/request_error.rs",
            "runtime/client/mod.rs",
            "runtime/transport/mod.rs",
        ],
        dependencies: &["bytes", "http"],
        features: &[],
    },
    File {
        path: "runtime/call/received.rs",
        text: include_str!("runtime/call/received.rs"),
        needs: &["runtime/call/mod.rs", "runtime/wire/mod.rs"],
        dependencies: &["bytes", "http"],
        features: &[],
    },
    File {
        path: "runtime/call/request_error.rs",
        text: include_str!("runtime/call/request_error.rs"),
        needs: &["runtime/call/mod.rs", "runtime/wire/mod.rs"],
        dependencies: &[],
        features: &[],
    },
    File {
        path: "runtime/chrono_values.rs",
        text: include_str!("runtime/chrono_values.rs"),
        needs: &["runtime/wire/mod.rs"],
        dependencies: &["chrono"],
        features: &[],
    },
    File {
        path: "runtime/client/base_url.rs",
        text: include_str!("runtime/client/base_url.rs"),
        needs: &["runtime/client/mod.rs"],
        dependencies: &["http"],
        features: &[],
    },
    File {
        path: "runtime/client/builder.rs",
        text: include_str!("runtime/client/builder.rs"),
        needs: &["runtime/client/mod.rs", "runtime/transport/mod.rs"],
        dependencies: &["http", "reqwest"],
        features: &["reqwest"],
    },
    File {
        path: "runtime/client/credential.rs",
        text: include_str!("runtime/client/credential.rs"),
        needs: &["runtime/client/mod.rs"],
        dependencies: &["http"],
        features: &[],
    },
    File {
        path: "runtime/client/draft.rs",
        text: include_str!("runtime/client/draft.rs"),
        needs: &[
            "runtime/call/mod.rs",
            "runtime/client/mod.rs",
            "runtime/wire/mod.rs",
        ],
        dependencies: &["bytes", "http", "serde_json"],
        features: &[],
    },
    File {
        path: "runtime/client/mod.rs",
        text: include_str!("runtime/client/mod.rs"),
        needs: &[
            "runtime/call/mod.rs",
            "runtime/client/base_url.rs",
            "runtime/client/builder.rs",
            "runtime/client/credential.rs",
            "runtime/client/draft.rs",
            "runtime/client/service.rs",
            "runtime/transport/mod.rs",
        ],
        dependencies: &["bytes", "http"],
        features: &[],
    },
    File {
        path: "runtime/client/service.rs",
        text: include_str!("runtime/client/service.rs"),
        needs: &["runtime/client/mod.rs", "runtime/wire/mod.rs"],
        dependencies: &["http"],
        features: &[],
    },
    File {
        path: "runtime/convert.rs",
        text: include_str!("runtime/convert.rs"),
        needs: &[],
        dependencies: &[],
        features: &[],
    },
    File {
        path: "runtime/transport/body.rs",
        text: include_str!("runtime/transport/body.rs"),
        needs: &["runtime/transport/mod.rs"],
        dependencies: &["bytes", "http-body"],
        features: &[],
    },
    File {
        path: "runtime/transport/error.rs",
        text: include_str!("runtime/transport/error.rs"),
        needs: &["runtime/transport/mod.rs"],
        dependencies: &[],
        features: &[],
    },
    File {
        path: "runtime/transport/mod.rs",
        text: include_str!("runtime/transport/mod.rs"),
        needs: &[
            "runtime/transport/body.rs",
            "runtime/transport/error.rs",
            "runtime/transport/replay.rs",
            "runtime/transport/reqwest.rs",
        ],
        dependencies: &["bytes", "http", "reqwest"],
        features: &["reqwest"],
    },
    File {
        path: "runtime/transport/replay.rs",
        text: include_str!("runtime/transport/replay.rs"),
        needs: &["runtime/transport/mod.rs"],
        dependencies: &["bytes", "http"],
        features: &[],
    },
    File {
        path: "runtime/transport/reqwest.rs",
        text: include_str!("runtime/transport/reqwest.rs"),
        needs: &["runtime/transport/mod.rs"],
        dependencies: &["bytes", "http", "http-body", "reqwest"],
        features: &[],
    },
    File {
        path: "runtime/uuid_values.rs",
        text: include_str!("runtime/uuid_values.rs"),
        needs: &["runtime/wire/mod.rs"],
        dependencies: &["uuid"],
        features: &[],
    },
    File {
        path: "runtime/wire/json.rs",
        text: include_str!("runtime/wire/json.rs"),
        needs: &["runtime/wire/mod.rs"],
        dependencies: &["serde", "serde_json"],
        features: &[],
    },
    File {
        path: "runtime/wire/macros.rs",
        text: include_str!("runtime/wire/macros.rs"),
        needs: &["runtime/wire/mod.rs"],
        dependencies: &["serde"],
        features: &[],
    },
    File {
        path: "runtime/wire/mismatch.rs",
        text: include_str!("runtime/wire/mismatch.rs"),
        needs: &["runtime/wire/mod.rs"],
        dependencies: &[],
        features: &[],
    },
    File {
        path: "runtime/wire/mod.rs",
        text: include_str!("runtime/wire/mod.rs"),
        needs: &[
            "runtime/wire/json.rs",
            "runtime/wire/macros.rs",
            "runtime/wire/mismatch.rs",
            "runtime/wire/number.rs",
            "runtime/wire/read.rs",
            "runtime/wire/values.rs",
            "runtime/wire/write.rs",
        ],
        dependencies: &[],
        features: &[],
    },
    File {
        path: "runtime/wire/number.rs",
        text: include_str!("runtime/wire/number.rs"),
        needs: &["runtime/wire/mod.rs"],
        dependencies: &["serde", "serde_json"],
        features: &[],
    },
    File {
        path: "runtime/wire/read.rs",
        text: include_str!("runtime/wire/read.rs"),
        needs: &["runtime/wire/mod.rs"],
        dependencies: &["serde"],
        features: &[],
    },
    File {
        path: "runtime/wire/values.rs",
        text: include_str!("runtime/wire/values.rs"),
        needs: &["runtime/wire/mod.rs"],
        dependencies: &["serde_json"],
        features: &[],
    },
    File {
        path: "runtime/wire/write.rs",
        text: include_str!("runtime/wire/write.rs"),
        needs: &["runtime/wire/mod.rs"],
        dependencies: &["serde"],
        features: &[],
    },
];
