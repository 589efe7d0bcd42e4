//! What every generated client carries, whatever its document says. Written and tested by hand.
//!
//! - [`wire`]: values to and from JSON; [`base64_values`], [`chrono_values`] and [`uuid_values`] add types to it,
//!   [`tuple`](mod@tuple) and [`listed`](mod@listed) kinds of types
//! - [`auth`]: bearer tokens that have to be fetched; [`limit`]: a rate limit of the client's own
//! - [`call`]: a call before it is sent, and what comes back
//! - [`client`]: settings, credentials, the building of requests
//! - [`transport`]: how bytes travel
//! - `testing`: the other side of a client for the tests of those who use it, behind a feature
//! - [`retry`], [`timer`]: sending a call again, and waiting
//! - [`bulk`]: any number of inputs through an operation that takes a few at a time
//! - [`convert`]: convenient arguments to owned members
//! - [`parameters`], [`form`], [`multipart`], [`events`], [`headers`]: what only some descriptions have

pub mod auth;
pub mod base64_values;
pub mod bulk;
pub mod call;
pub mod chrono_values;
pub mod client;
pub mod convert;
pub mod error;
pub mod events;
pub mod form;
pub mod headers;
pub mod limit;
pub mod listed;
pub mod multipart;
pub mod parameters;
pub mod request;
pub mod response;
pub mod retry;
pub mod service;
pub mod testing;
pub mod timer;
pub mod transport;
pub mod tuple;
pub mod url;
pub mod uuid_values;
pub mod wire;
