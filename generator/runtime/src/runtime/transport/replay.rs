//! A transport without a network.

use std::collections::VecDeque;
use std::fmt;
use std::future::ready;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use super::{Body, BoxFuture, Transport, TransportError, TransportErrorKind};

type ReplayResult = Result<Response<Bytes>, TransportError>;
type ReplayFn = dyn Fn(&Request<Bytes>) -> ReplayResult + Send + Sync;

/// Replays responses from memory and records the requests, for tests.
///
/// It returns the added responses in their order, then those of the closure of [`from_fn`](Self::from_fn). Wrap it in
/// an `Arc` to read the [`requests`](Self::requests) later.
#[derive(Default)]
pub struct Replay {
    results: Mutex<VecDeque<ReplayResult>>,
    otherwise: Option<Box<ReplayFn>>,
    requests: Mutex<Vec<Request<Bytes>>>,
}

impl Replay {
    /// Creates a transport without responses.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a transport that makes each response from its request.
    pub fn from_fn(
        answer: impl Fn(&Request<Bytes>) -> Result<Response<Bytes>, TransportError>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        Replay {
            otherwise: Some(Box::new(answer)),
            ..Self::default()
        }
    }

    /// Adds a response. The exchange fails if the status or content type is invalid.
    #[must_use]
    pub fn reply(self, status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        let reply = Response::builder()
            .status(status)
            .header(http::header::CONTENT_TYPE, content_type)
            .body(body.into());
        self.result(reply.map_err(|error| TransportError::new(TransportErrorKind::Other, error)))
    }

    /// Adds a response with headers, or an error.
    #[must_use]
    pub fn result(self, answer: Result<Response<Bytes>, TransportError>) -> Self {
        lock(&self.results).push_back(answer);
        self
    }

    /// Returns the requests so far.
    pub fn requests(&self) -> Vec<Request<Bytes>> {
        lock(&self.requests).clone()
    }
}

impl Transport for Replay {
    fn send(
        &self,
        request: Request<Bytes>,
        _: Duration,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let queued = lock(&self.results).pop_front();
        let answer = match (queued, &self.otherwise) {
            (Some(answer), _) => answer,
            (None, Some(otherwise)) => otherwise(&request),
            (None, None) => Err(TransportError::new(
                TransportErrorKind::Other,
                "the replay has no response left",
            )),
        };
        lock(&self.requests).push(request);
        Box::pin(ready(answer.map(|reply| reply.map(Body::from))))
    }
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replay")
            .field("results", &lock(&self.results).len())
            .field("requests", &lock(&self.requests).len())
            .finish_non_exhaustive()
    }
}

/// Ignores poisoning: a panic in another test is no error here.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}
