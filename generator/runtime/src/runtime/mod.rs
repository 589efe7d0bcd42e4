//! The support code of generated clients, written and tested by hand.
//!
//! - [`wire`]: JSON; [`base64_values`], [`chrono_values`], [`number_or_string`] and [`uuid_values`] add types,
//!   [`tuple`](mod@tuple) and [`value_enum`](mod@value_enum) kinds of types
//! - [`transport`], [`url`], [`timer`]: requests and responses as bytes, URLs, time
//! - [`service`]: the service as a constant; [`auth`]: bearer tokens that are fetched
//! - [`response`], [`error`], [`request_error`]: what a call returns; [`headers`] and [`events`] add response headers
//!   and streams
//! - [`retry`], [`limit`]: the retry policy, and the rate limiter
//! - [`client`]: settings, credentials and the attempts of a call; [`call`]: a call with its settings
//! - [`request`]: the builder of requests; [`parameters`], [`form`] and [`multipart`] add encodings, [`convert`]
//!   arguments
//! - [`bulk`]: any number of inputs through an operation that takes a few at a time
//! - `testing`: a fake of the service, behind a feature

pub mod auth;
#[cfg(feature = "base64")]
pub mod base64_values;
#[cfg(feature = "bulk")]
pub mod bulk;
pub mod call;
#[cfg(feature = "chrono")]
pub mod chrono_values;
pub mod client;
pub mod convert;
pub mod error;
pub mod events;
pub mod form;
pub mod headers;
pub mod limit;
pub mod multipart;
pub mod number_or_string;
pub mod parameters;
pub mod request;
pub mod request_error;
pub mod response;
pub mod retry;
pub mod service;
pub mod testing;
pub mod timer;
pub mod transport;
pub mod tuple;
pub mod url;
#[cfg(feature = "uuid")]
pub mod uuid_values;
pub mod value_enum;
pub mod wire;
