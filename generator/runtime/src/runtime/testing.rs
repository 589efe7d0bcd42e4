//! A fake of the service for the tests of programs that use a client. Requires the feature `testing`.
#![cfg(feature = "testing")]

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method, Request, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::runtime::transport::{
    Body, BoxFuture, Replay, Transport, TransportError, TransportErrorKind,
};

/// The error of a closure of [`Fake::new`].
pub type BoxError = Box<dyn Error + Send + Sync>;

/// A transport that responds by a closure and records the requests. It opens no socket.
///
/// Set a clone with `ClientBuilder::transport`; the original has the recorded [`requests`](Self::requests).
#[derive(Clone)]
pub struct Fake(Arc<Replay>);

impl Fake {
    /// Creates a fake from a closure. If the closure fails, so does the exchange, with its error as the source.
    pub fn new(
        answer: impl Fn(&RecordedRequest) -> Result<FakeReply, BoxError> + Send + Sync + 'static,
    ) -> Self {
        let replay =
            Replay::from_fn(
                move |request| match answer(&RecordedRequest(request.clone())) {
                    Ok(FakeReply(answer)) => answer,
                    Err(error) => Err(TransportError::new(TransportErrorKind::Other, error)),
                },
            );
        Fake(Arc::new(replay))
    }

    /// Returns the requests so far, retries included.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.0.requests().into_iter().map(RecordedRequest).collect()
    }
}

impl Transport for Fake {
    fn send(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        self.0.send(request, timeout)
    }
}

impl fmt::Debug for Fake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Fake").field(&self.0).finish()
    }
}

/// A request as the server would receive it.
#[derive(Debug, Clone)]
pub struct RecordedRequest(Request<Bytes>);

impl RecordedRequest {
    /// Returns the method.
    pub fn method(&self) -> &Method {
        self.0.method()
    }

    /// Returns the path, percent-encoded, with the path of the base URL.
    pub fn path(&self) -> &str {
        self.0.uri().path()
    }

    /// Returns the query, percent-encoded, without its question mark.
    pub fn query(&self) -> Option<&str> {
        self.0.uri().query()
    }

    /// Returns the headers, credentials included.
    pub fn headers(&self) -> &HeaderMap {
        self.0.headers()
    }

    /// Returns the body as bytes.
    pub fn body(&self) -> &Bytes {
        self.0.body()
    }

    /// Decodes the body as a type of the description, or any other that implements `Deserialize`.
    ///
    /// # Errors
    /// The body does not match the type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(self.0.body())
    }
}

/// A response of a [`Fake`], or a transport error.
#[derive(Debug)]
pub struct FakeReply(Result<Response<Bytes>, TransportError>);

impl FakeReply {
    /// Creates a response with a body.
    pub fn new(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        let reply = Response::builder()
            .status(status)
            .header(CONTENT_TYPE, content_type)
            .body(body.into());
        FakeReply(reply.map_err(invalid))
    }

    /// Creates a response without a body.
    pub fn empty(status: u16) -> Self {
        let reply = Response::builder().status(status).body(Bytes::new());
        FakeReply(reply.map_err(invalid))
    }

    /// Creates a response with a JSON body: a value of a type of the description, or of `serde_json::json!`.
    pub fn json(status: u16, body: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => Self::new(status, "application/json", bytes),
            Err(error) => FakeReply(Err(invalid(error))),
        }
    }

    /// Creates a response with a JSON body that matches `T`. If it does not, the exchange fails and says where: this
    /// finds bodies written by hand that no longer match the description.
    pub fn json_of<T: DeserializeOwned>(status: u16, body: &serde_json::Value) -> Self {
        match T::deserialize(body) {
            Ok(_) => Self::json(status, body),
            Err(error) => FakeReply(Err(invalid(error))),
        }
    }

    /// Creates a transport error.
    pub fn transport_error(kind: TransportErrorKind) -> Self {
        FakeReply(Err(TransportError::new(kind, "the fake fails")))
    }

    /// Adds a header. The exchange fails if the name or value is invalid.
    #[must_use]
    pub fn header(self, name: &str, value: &str) -> Self {
        let header = |mut reply: Response<Bytes>| {
            let name = http::HeaderName::try_from(name).map_err(invalid)?;
            let value = http::HeaderValue::try_from(value).map_err(invalid)?;
            reply.headers_mut().append(name, value);
            Ok(reply)
        };
        FakeReply(self.0.and_then(header))
    }
}

/// Converts the error of an invalid response.
fn invalid(error: impl Into<BoxError>) -> TransportError {
    TransportError::new(TransportErrorKind::Other, error)
}
