//! The files of `runtime/bulk`.

use super::File;

pub(super) const ACCOUNT: File = File {
    path: "runtime/bulk/account.rs",
    text: include_str!("../runtime/bulk/account.rs"),
    needs: &["runtime/bulk/mod.rs"],
    dependencies: &[],
    features: &[],
};

pub(super) const JOB: File = File {
    path: "runtime/bulk/job.rs",
    text: include_str!("../runtime/bulk/job.rs"),
    needs: &["runtime/bulk/mod.rs", "runtime/call/mod.rs"],
    dependencies: &[],
    features: &[],
};

pub(super) const MOD: File = File {
    path: "runtime/bulk/mod.rs",
    text: include_str!("../runtime/bulk/mod.rs"),
    needs: &[
        "runtime/bulk/account.rs",
        "runtime/bulk/job.rs",
        "runtime/bulk/outcome.rs",
        "runtime/bulk/run.rs",
        "runtime/bulk/split.rs",
        "runtime/bulk/stream.rs",
        "runtime/bulk/verdict.rs",
        "runtime/call/mod.rs",
        "runtime/client/mod.rs",
        "runtime/wire/mod.rs",
    ],
    dependencies: &[],
    features: &[],
};

pub(super) const OUTCOME: File = File {
    path: "runtime/bulk/outcome.rs",
    text: include_str!("../runtime/bulk/outcome.rs"),
    needs: &["runtime/bulk/mod.rs", "runtime/call/mod.rs"],
    dependencies: &[],
    features: &[],
};

pub(super) const RUN: File = File {
    path: "runtime/bulk/run.rs",
    text: include_str!("../runtime/bulk/run.rs"),
    needs: &[
        "runtime/bulk/mod.rs",
        "runtime/call/mod.rs",
        "runtime/client/mod.rs",
        "runtime/retry/mod.rs",
        "runtime/timer.rs",
    ],
    dependencies: &["fastrand", "futures-util"],
    features: &[],
};

pub(super) const SPLIT: File = File {
    path: "runtime/bulk/split.rs",
    text: include_str!("../runtime/bulk/split.rs"),
    needs: &["runtime/bulk/mod.rs"],
    dependencies: &[],
    features: &[],
};

pub(super) const STREAM: File = File {
    path: "runtime/bulk/stream.rs",
    text: include_str!("../runtime/bulk/stream.rs"),
    needs: &[
        "runtime/bulk/mod.rs",
        "runtime/client/mod.rs",
        "runtime/transport/mod.rs",
    ],
    dependencies: &["fastrand", "futures-util"],
    features: &[],
};

pub(super) const VERDICT: File = File {
    path: "runtime/bulk/verdict.rs",
    text: include_str!("../runtime/bulk/verdict.rs"),
    needs: &[
        "runtime/bulk/mod.rs",
        "runtime/call/mod.rs",
        "runtime/client/mod.rs",
    ],
    dependencies: &[],
    features: &[],
};
