//! The support code as text: its files and what an output exports of them. `tests/sources.rs` and `tests/exports.rs`
//! check both lists against the text.

/// The version of this crate, which is the lowest that a client needs that is generated now.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A file that an output can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct File {
    /// The path below `src/`, such as `runtime/wire/json.rs`.
    pub path: &'static str,
    /// The content.
    pub text: &'static str,
    /// The part that it belongs to; `None` if every output has it.
    pub part: Option<Part>,
    /// The packages that it names.
    pub dependencies: &'static [&'static str],
}

impl File {
    /// Returns the content as an output carries it.
    ///
    /// What this crate shows only to generated code of other crates, by `#[doc(hidden)]` in the line before it, is
    /// `pub(crate)` there, and no macro is exported.
    pub fn carried(&self) -> String {
        self.text
            .replace("#[macro_export]\n", "")
            .replace("#[doc(hidden)]\nmacro_rules!", "macro_rules!")
            .replace("#[doc(hidden)]\npub ", "pub(crate) ")
            .replace("#[doc(hidden)]\n    pub ", "pub(crate) ")
    }
}

/// A part of the support code that only some descriptions need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Base64 strings.
    Base64,
    /// Batch operations with any number of inputs.
    Bulk,
    /// Dates and date-times.
    Chrono,
    /// Bodies of `application/x-www-form-urlencoded`.
    Forms,
    /// Response headers.
    Headers,
    /// Bodies of `multipart/form-data`.
    Multipart,
    /// Numbers that can come as strings.
    NumberStrings,
    /// Parameters in paths, queries, headers and cookies.
    Parameters,
    /// Server-sent events and lines of JSON.
    Streams,
    /// Arrays whose items have a type each.
    Tuples,
    /// UUIDs.
    Uuid,
    /// Enums of values that are neither all strings nor all integers.
    ValueEnums,
}

impl Part {
    /// Returns the feature of this crate that switches the part on. Parts that need no package of their own have none:
    /// they are always there.
    pub const fn feature(self) -> Option<&'static str> {
        match self {
            Part::Base64 => Some("base64"),
            Part::Bulk => Some("bulk"),
            Part::Chrono => Some("chrono"),
            Part::Uuid => Some("uuid"),
            Part::Forms
            | Part::Headers
            | Part::Multipart
            | Part::NumberStrings
            | Part::Parameters
            | Part::Streams
            | Part::Tuples
            | Part::ValueEnums => None,
        }
    }

    /// Returns the parts that this one does not compile without.
    pub const fn requires(self) -> &'static [Part] {
        match self {
            Part::Forms | Part::Multipart => &[Part::Parameters],
            _ => &[],
        }
    }
}

/// What the root of an output exports from one module of the support code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Export {
    /// The module below `runtime`.
    pub module: &'static str,
    /// The names; none if the module itself is exported.
    pub names: &'static [&'static str],
    /// The part that the module belongs to; `None` if every output has it.
    pub part: Option<Part>,
    /// The feature of the output that switches the module on.
    pub feature: Option<&'static str>,
}

/// The exports, in the order of their modules. No item of a description may have one of these names at the root.
pub const EXPORTS: &[Export] = &[
    export(
        "auth",
        &["BearerToken", "OAuthRefresh", "TokenError", "TokenProvider"],
    ),
    export("base64_values", &["Base64"]).of(Part::Base64),
    export("call", &["Call"]),
    export("client", &["Client", "ClientBuilder", "SetupError"]),
    export(
        "error",
        &[
            "ApiError",
            "CallError",
            "IncompleteReply",
            "UndeclaredReply",
        ],
    ),
    export("events", &["Event", "Events", "JsonLines", "StreamError"]).of(Part::Streams),
    export("limit", &["RateLimiter"]),
    export("multipart", &["Part"]).of(Part::Multipart),
    export("number_or_string", &["NumberOrString"]).of(Part::NumberStrings),
    export("request_error", &["RequestError"]),
    export("response", &["Reply"]),
    export("retry", &["FailedAttempt", "RetryDecision", "RetryPolicy"]),
    export("testing", &[]).behind("testing"),
    export("timer", &["Timer"]),
    export(
        "transport",
        &[
            "Attempts",
            "Body",
            "BoxFuture",
            "Replay",
            "Transport",
            "TransportError",
            "TransportErrorKind",
        ],
    ),
    export("wire", &["Mismatch", "Tristate"]),
];

/// The methods of a call, sorted. The setter of a parameter cannot have such a name: it would hide the method, or be
/// hidden by it.
pub const CALL_METHODS: &[&str] = &[
    "attempt_timeout",
    "bytes",
    "clone",
    "deadline",
    "decode",
    "decoded_by",
    "error_response",
    "header",
    "idempotent",
    "into_future",
    "json",
    "max_response_size",
    "non_idempotent",
    "perform",
    "put_body",
    "put_cookie",
    "put_cookie_reserved",
    "put_header",
    "put_parameter",
    "put_query",
    "put_query_form",
    "put_query_reserved",
    "put_query_string",
    "request",
    "retry",
    "send",
    "stream",
    "undeclared",
];

const fn export(module: &'static str, names: &'static [&'static str]) -> Export {
    Export {
        module,
        names,
        part: None,
        feature: None,
    }
}

impl Export {
    const fn of(mut self, part: Part) -> Self {
        self.part = Some(part);
        self
    }

    const fn behind(mut self, feature: &'static str) -> Self {
        self.feature = Some(feature);
        self
    }
}

macro_rules! source {
    ($path:literal, $part:expr, $dependencies:expr) => {
        File {
            path: concat!("runtime/", $path),
            text: include_str!(concat!("runtime/", $path)),
            part: $part,
            dependencies: &$dependencies,
        }
    };
}

/// All files but `runtime/mod.rs`, which an output writes for itself: it declares the modules that the output has.
pub const SOURCES: &[File] = &[
    source!("auth/mod.rs", None, ["secrecy"]),
    source!("auth/oauth.rs", None, ["bytes", "http", "secrecy"]),
    source!("auth/source.rs", None, ["http", "secrecy", "tokio"]),
    source!(
        "base64_values.rs",
        Some(Part::Base64),
        ["base64", "bytes", "serde"]
    ),
    source!("bulk/classify.rs", Some(Part::Bulk), []),
    source!("bulk/correlate.rs", Some(Part::Bulk), []),
    source!("bulk/job.rs", Some(Part::Bulk), []),
    source!("bulk/mod.rs", Some(Part::Bulk), []),
    source!("bulk/outcome.rs", Some(Part::Bulk), []),
    source!(
        "bulk/run.rs",
        Some(Part::Bulk),
        ["fastrand", "futures-util"]
    ),
    source!("bulk/split.rs", Some(Part::Bulk), []),
    source!(
        "bulk/stream.rs",
        Some(Part::Bulk),
        ["fastrand", "futures-util"]
    ),
    source!("call/finish.rs", None, ["bytes", "http"]),
    source!("call/mod.rs", None, ["bytes", "http", "serde"]),
    source!("call/state.rs", None, ["bytes", "http"]),
    source!("chrono_values.rs", Some(Part::Chrono), ["chrono"]),
    source!("client/attempts.rs", None, ["bytes", "http", "tracing"]),
    source!("client/builder.rs", None, ["http", "reqwest"]),
    source!("client/credential.rs", None, ["http", "secrecy"]),
    source!("client/exchange.rs", None, ["bytes", "http"]),
    source!("client/header.rs", None, ["bytes", "http"]),
    source!("client/mod.rs", None, ["bytes", "http"]),
    source!("client/retry.rs", None, ["http"]),
    source!("convert.rs", None, []),
    source!("error/display.rs", None, []),
    source!("error/message.rs", None, []),
    source!("error/mod.rs", None, ["bytes", "http"]),
    source!("events.rs", Some(Part::Streams), []),
    source!("form.rs", Some(Part::Forms), []),
    source!("headers.rs", Some(Part::Headers), ["http", "serde_json"]),
    source!("limit/mod.rs", None, ["http", "tokio"]),
    source!("limit/window.rs", None, []),
    source!(
        "multipart.rs",
        Some(Part::Multipart),
        ["bytes", "serde_json"]
    ),
    source!(
        "number_or_string.rs",
        Some(Part::NumberStrings),
        ["serde", "serde_json"]
    ),
    source!("parameters/mod.rs", Some(Part::Parameters), []),
    source!(
        "parameters/style.rs",
        Some(Part::Parameters),
        ["serde_json"]
    ),
    source!("request/idempotency.rs", None, ["http"]),
    source!("request/mod.rs", None, ["bytes", "http", "serde_json"]),
    source!("request_error.rs", None, []),
    source!(
        "response.rs",
        None,
        ["bytes", "http", "serde", "serde_json"]
    ),
    source!("retry/after.rs", None, ["http", "httpdate"]),
    source!("retry/budget.rs", None, []),
    source!("retry/failed.rs", None, ["bytes", "http"]),
    source!("retry/mod.rs", None, []),
    source!("retry/policy.rs", None, ["fastrand"]),
    source!("service.rs", None, ["bytes", "http"]),
    source!("testing.rs", None, ["bytes", "http", "serde", "serde_json"]),
    source!("timer.rs", None, ["tokio"]),
    source!("transport/attempts.rs", None, []),
    source!("transport/body.rs", None, ["bytes", "http-body"]),
    source!("transport/error.rs", None, []),
    source!("transport/mod.rs", None, ["bytes", "http", "reqwest"]),
    source!("transport/replay.rs", None, ["bytes", "http"]),
    source!(
        "transport/reqwest.rs",
        None,
        ["bytes", "http", "http-body", "reqwest"]
    ),
    source!("tuple.rs", Some(Part::Tuples), []),
    source!("url/base.rs", None, ["http"]),
    source!("url/mod.rs", None, []),
    source!("url/query.rs", None, []),
    source!("uuid_values.rs", Some(Part::Uuid), ["uuid"]),
    source!("value_enum.rs", Some(Part::ValueEnums), ["serde_json"]),
    source!("wire/json.rs", None, ["serde", "serde_json"]),
    source!("wire/listed.rs", None, []),
    source!("wire/macros.rs", None, ["serde"]),
    source!("wire/mismatch.rs", None, []),
    source!("wire/mod.rs", None, []),
    source!("wire/number.rs", None, ["serde", "serde_json"]),
    source!("wire/read.rs", None, ["serde"]),
    source!("wire/tag.rs", None, []),
    source!("wire/trial.rs", None, []),
    source!("wire/union.rs", None, ["serde_json"]),
    source!("wire/values.rs", None, ["serde_json"]),
    source!("wire/write.rs", None, ["serde"]),
];
