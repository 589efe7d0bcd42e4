//! The other side of a client, in memory: a fake for the tests of those who use it. Behind the feature `testing`.
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

/// What a closure of [`Fake::new`] can fail with.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// Answers requests as a closure says, and keeps them. No socket is opened.
///
/// It is given to [`ClientBuilder::transport`](crate::runtime::client::ClientBuilder::transport); a clone of it tells
/// what was [`requests`](Self::requests).
#[derive(Clone)]
pub struct Fake(Arc<Replay>);

impl Fake {
    /// A fake that answers as the closure says. Where that fails, the exchange does, with its error as the reason.
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

    /// The requests so far, in their order; one that was sent again is there again.
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

/// A request, as a server gets it.
#[derive(Debug, Clone)]
pub struct RecordedRequest(Request<Bytes>);

impl RecordedRequest {
    /// `POST`
    pub fn method(&self) -> &Method {
        self.0.method()
    }

    /// The path, with the client's base URL in front and percent-encoded as it travels.
    pub fn path(&self) -> &str {
        self.0.uri().path()
    }

    /// What stands behind the question mark, as it travels.
    pub fn query(&self) -> Option<&str> {
        self.0.uri().query()
    }

    /// The headers, credentials included.
    pub fn headers(&self) -> &HeaderMap {
        self.0.headers()
    }

    /// The body as it came.
    pub fn body(&self) -> &Bytes {
        self.0.body()
    }

    /// The body as one of the types of the description, or any other that serde reads.
    ///
    /// # Errors
    /// The body is not JSON, or not of this type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(self.0.body())
    }
}

/// A reply, or an exchange that breaks off.
#[derive(Debug)]
pub struct FakeReply(Result<Response<Bytes>, TransportError>);

impl FakeReply {
    /// A reply with these bytes as its body.
    pub fn new(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        let reply = Response::builder()
            .status(status)
            .header(CONTENT_TYPE, content_type)
            .body(body.into());
        FakeReply(reply.map_err(unusable))
    }

    /// A reply without a body.
    pub fn empty(status: u16) -> Self {
        let reply = Response::builder().status(status).body(Bytes::new());
        FakeReply(reply.map_err(unusable))
    }

    /// A JSON body: a value of one of the description's types, or one that `serde_json::json!` makes.
    pub fn json(status: u16, body: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => Self::new(status, "application/json", bytes),
            Err(error) => FakeReply(Err(unusable(error))),
        }
    }

    /// A JSON body that has to be a `T`: one written by hand, as it is in the test of a reply, that no longer fits the
    /// description makes the exchange fail and says where.
    pub fn json_of<T: DeserializeOwned>(status: u16, body: &serde_json::Value) -> Self {
        match T::deserialize(body) {
            Ok(_) => Self::json(status, body),
            Err(error) => FakeReply(Err(unusable(error))),
        }
    }

    /// No reply: the exchange breaks off in this way.
    pub fn broken(kind: TransportErrorKind) -> Self {
        FakeReply(Err(TransportError::new(kind, "the fake breaks off")))
    }

    /// Adds a header. A name or value that HTTP does not allow makes the exchange fail.
    #[must_use]
    pub fn header(self, name: &str, value: &str) -> Self {
        let header = |mut reply: Response<Bytes>| {
            let name = http::HeaderName::try_from(name).map_err(unusable)?;
            let value = http::HeaderValue::try_from(value).map_err(unusable)?;
            reply.headers_mut().append(name, value);
            Ok(reply)
        };
        FakeReply(self.0.and_then(header))
    }
}

/// What a test wants to answer with is no reply.
fn unusable(error: impl Into<BoxError>) -> TransportError {
    TransportError::new(TransportErrorKind::Other, error)
}
