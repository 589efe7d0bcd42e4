//! A transport without a network.

use std::collections::VecDeque;
use std::fmt;
use std::future::ready;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use super::{Body, BoxFuture, Transport, TransportError, TransportErrorKind};

type Answer = Result<Response<Bytes>, TransportError>;
type AnswerFn = dyn Fn(&Request<Bytes>) -> Answer + Send + Sync;

/// Answers from memory and keeps what was asked, for tests.
///
/// It first gives the replies that were added, in their order, then asks the closure of [`from_fn`](Self::from_fn).
/// Wrap it in an `Arc` to look at the [`requests`](Self::requests) later.
#[derive(Default)]
pub struct Replay {
    answers: Mutex<VecDeque<Answer>>,
    otherwise: Option<Box<AnswerFn>>,
    requests: Mutex<Vec<Request<Bytes>>>,
}

impl Replay {
    /// No replies yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes up each reply from its request.
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

    /// Adds a reply. A status or content type that HTTP does not know makes the exchange fail.
    #[must_use]
    pub fn reply(self, status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        let reply = Response::builder()
            .status(status)
            .header(http::header::CONTENT_TYPE, content_type)
            .body(body.into());
        self.result(reply.map_err(|error| TransportError::new(TransportErrorKind::Other, error)))
    }

    /// Adds a reply with headers, or a failure.
    #[must_use]
    pub fn result(self, answer: Result<Response<Bytes>, TransportError>) -> Self {
        lock(&self.answers).push_back(answer);
        self
    }

    /// What was asked so far.
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
        let queued = lock(&self.answers).pop_front();
        let answer = match (queued, &self.otherwise) {
            (Some(answer), _) => answer,
            (None, Some(otherwise)) => otherwise(&request),
            (None, None) => Err(TransportError::new(
                TransportErrorKind::Other,
                "the replay has no reply left",
            )),
        };
        lock(&self.requests).push(request);
        Box::pin(ready(answer.map(|reply| reply.map(Body::from))))
    }
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replay")
            .field("answers", &lock(&self.answers).len())
            .field("requests", &lock(&self.requests).len())
            .finish_non_exhaustive()
    }
}

/// A test that panicked elsewhere is no reason to fail here, too.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}
