//! The support code of clients that oasmith generates.
//!
//! A generated crate has it in one of two ways, which its `codegen.yaml` chooses by `runtime`:
//!
//! - `carried`: as a copy. [`SOURCES`] has the files as text, [`EXPORTS`] what the root of such a crate exports.
//! - `crate`: by a dependency on this crate. Then all clients of a program have the same errors, transports and rate
//!   limiters, which are at the root of this crate, too.
//!
//! In both the code is in a module `runtime`, so paths are the same. In this crate that module is for generated code
//! only, and not documented.
//!
//! Without the feature `client` this crate has only the lists, and no dependency.

#![deny(missing_docs)]

#[cfg(feature = "client")]
mod local;
mod sources;

pub use sources::{CALL_METHODS, EXPORTS, Export, File, Part, SOURCES, VERSION};

#[cfg(feature = "client")]
#[allow(dead_code, reason = "generated code calls it, and here only tests do")]
#[doc(hidden)]
pub mod runtime;

// what clients share: `EXPORTS`, as a test holds
#[cfg(feature = "base64")]
pub use runtime::base64_values::Base64;
#[cfg(feature = "testing")]
pub use runtime::testing;
#[cfg(feature = "client")]
pub use runtime::{
    auth::{BearerToken, OAuthRefresh, TokenError, TokenProvider},
    call::Call,
    client::{Client, ClientBuilder, SetupError},
    error::{ApiError, CallError, IncompleteReply, UndeclaredReply},
    events::{Event, Events, JsonLines, StreamError},
    limit::RateLimiter,
    multipart::Part as MultipartPart,
    number_or_string::NumberOrString,
    request_error::RequestError,
    response::Reply,
    retry::{FailedAttempt, RetryDecision, RetryPolicy},
    timer::Timer,
    transport::{Attempts, Body, BoxFuture, Replay, Transport, TransportError, TransportErrorKind},
    wire::{Mismatch, Tristate},
};

/// The packages that the macros for generated code name.
#[cfg(feature = "client")]
#[doc(hidden)]
pub mod external {
    #[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
    pub use reqwest;
    pub use {bytes, http, serde};
}

#[cfg(all(
    test,
    feature = "base64",
    feature = "bulk",
    feature = "chrono",
    feature = "uuid"
))]
mod tests;
