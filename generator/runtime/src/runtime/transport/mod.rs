//! How bytes travel: the [`Transport`] trait, reqwest by default, [`Replay`] for tests.

mod attempts;
mod body;
mod error;
mod replay;
#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
mod reqwest;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

pub use attempts::Attempts;
pub use body::Body;
pub use error::{TransportError, TransportErrorKind};
pub use replay::Replay;
#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
pub(crate) use reqwest::Reqwest;

/// A boxed future, as transports and calls return it; `Send` except on wasm, where nothing is.
#[cfg(not(target_family = "wasm"))]
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A boxed future, as transports and calls return it; `Send` except on wasm, where nothing is.
#[cfg(target_family = "wasm")]
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + 'a>>;

/// Sends one request and gives the reply.
///
/// What an implementor promises:
///
/// - It sends the request as it is, once, with every header, and follows no redirect.
/// - `timeout` bounds the whole exchange, the last byte of the reply's body included. When it has passed, the future
///   or the body fails with [`TransportErrorKind::TimedOut`]. The client drops the exchange at that moment, too, if it
///   has a timer; the body of a stream is the transport's alone.
/// - It decompresses what it asked to be compressed, and then drops `content-encoding` and `content-length`.
/// - It hands the body on in pieces as they arrive, so that the client's cap on it is a cap on memory.
/// - Its errors never show the request's headers or the query of its URL.
pub trait Transport: Send + Sync + 'static {
    /// Sends the request; the body of the reply arrives later.
    fn send(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        T::send(self, request, timeout)
    }
}
