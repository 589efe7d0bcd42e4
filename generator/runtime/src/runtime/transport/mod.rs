//! Transports: the [`Transport`] trait, reqwest by default, [`Replay`] for tests.

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

/// A boxed future; `Send` except on wasm.
#[cfg(not(target_family = "wasm"))]
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A boxed future; `Send` except on wasm.
#[cfg(target_family = "wasm")]
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + 'a>>;

/// Sends a request and returns the response.
///
/// Requirements for implementations:
///
/// - Send the request unchanged, once, with all headers, and follow no redirects.
/// - `timeout` bounds the whole exchange, up to the last byte of the response body. When it expires, the future or the
///   body fails with [`TransportErrorKind::TimedOut`]. A client with a timer also drops the exchange at that moment,
///   but not a body that is read as a stream.
/// - Decompress responses to requests for compression, and remove `content-encoding` and `content-length` then.
/// - Pass on the body in chunks as they arrive, so that the maximum response size of the client bounds the memory.
/// - Errors display neither headers of the request nor the query of its URL.
pub trait Transport: Send + Sync + 'static {
    /// Sends the request; the body of the response arrives later.
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
