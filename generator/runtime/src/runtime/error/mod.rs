//! Errors of a call; `display` prints them, `request_error` is what is wrong before anything is sent.

mod display;
mod request_error;

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::response::Received;
use crate::runtime::retry::may_have_been_applied;
use crate::runtime::service::Service;
use crate::runtime::transport::{Attempts, TransportError};
use crate::runtime::wire::Mismatch;

pub use request_error::RequestError;

/// Why a call gave no success. `E` is the error body that the operation declares.
///
/// It displays as one line with the status, the server's message and the correlation id, as far as they came.
#[derive(Debug)]
#[non_exhaustive]
pub enum CallError<E> {
    /// The server refused, in the form it declares.
    Api(Box<ApiError<E>>),
    /// The server replied in a form it does not declare; what it sent is kept. Its status can be that of a success.
    Undeclared(Box<UndeclaredReply>),
    /// The server began to reply, and its body did not arrive whole.
    Incomplete(Box<IncompleteReply>),
    /// No reply began. The server may have done the work all the same:
    /// [`may_have_been_applied`](Self::may_have_been_applied).
    Transport(TransportError),
    /// The request could not be built from its parts; nothing was sent.
    Request(Arc<RequestError>),
}

/// A failure in the form that the operation declares.
#[derive(Clone)]
#[non_exhaustive]
pub struct ApiError<E> {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, read.
    pub body: E,
    /// The body as it came: what `E` does not know is still in it.
    pub raw: Bytes,
    /// The server's message, if there is one where the service puts it.
    pub message: Option<String>,
    /// What names the request to the server's support, if there is one where the service puts it.
    pub correlation_id: Option<String>,
    /// How often the call was sent, and whether an attempt before the last may have done the work.
    pub attempts: Attempts,
}

/// A reply that fits nothing declared.
#[derive(Clone)]
#[non_exhaustive]
pub struct UndeclaredReply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub body: Bytes,
    /// Where reading it as the declared type stopped, and why; `None` for a redirect, which is not read.
    pub mismatch: Option<Mismatch>,
    /// The server's message, if there is one where the service puts it.
    pub message: Option<String>,
    /// What names the request to the server's support, if there is one where the service puts it.
    pub correlation_id: Option<String>,
    /// How often the call was sent, and whether an attempt before the last may have done the work.
    pub attempts: Attempts,
}

/// A reply whose body did not arrive whole.
#[derive(Debug)]
#[non_exhaustive]
pub struct IncompleteReply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// What names the request to the server's support, if a header has it.
    pub correlation_id: Option<String>,
    /// Why the rest of the body is missing.
    pub error: TransportError,
    /// How often the call was sent, and whether an attempt before the last may have done the work.
    pub attempts: Attempts,
}

impl<E> CallError<E> {
    #[cold]
    pub(crate) fn api(
        service: &Service,
        status: StatusCode,
        headers: HeaderMap,
        raw: Bytes,
        body: E,
    ) -> Self {
        let (message, correlation_id) = facts(service, status, &headers, &raw);
        CallError::Api(Box::new(ApiError {
            status,
            headers,
            body,
            raw,
            message,
            correlation_id,
            attempts: Attempts::default(),
        }))
    }

    /// The status, if a reply began.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            CallError::Api(reply) => Some(reply.status),
            CallError::Undeclared(reply) => Some(reply.status),
            CallError::Incomplete(reply) => Some(reply.status),
            CallError::Transport(_) | CallError::Request(_) => None,
        }
    }

    /// The headers, if a reply began.
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            CallError::Api(reply) => Some(&reply.headers),
            CallError::Undeclared(reply) => Some(&reply.headers),
            CallError::Incomplete(reply) => Some(&reply.headers),
            CallError::Transport(_) | CallError::Request(_) => None,
        }
    }

    /// The body as it came, if all of it arrived.
    pub fn body(&self) -> Option<&Bytes> {
        match self {
            CallError::Api(reply) => Some(&reply.raw),
            CallError::Undeclared(reply) => Some(&reply.body),
            CallError::Incomplete(_) | CallError::Transport(_) | CallError::Request(_) => None,
        }
    }

    /// The error as the server declares it, if it is in that form.
    pub fn declared(&self) -> Option<&E> {
        match self {
            CallError::Api(reply) => Some(&reply.body),
            _ => None,
        }
    }

    /// The server's message, if the reply has one where the service puts it.
    pub fn message(&self) -> Option<&str> {
        match self {
            CallError::Api(reply) => reply.message.as_deref(),
            CallError::Undeclared(reply) => reply.message.as_deref(),
            _ => None,
        }
    }

    /// What names the request to the server's support, if the reply has it where the service puts it.
    pub fn correlation_id(&self) -> Option<&str> {
        match self {
            CallError::Api(reply) => reply.correlation_id.as_deref(),
            CallError::Undeclared(reply) => reply.correlation_id.as_deref(),
            CallError::Incomplete(reply) => reply.correlation_id.as_deref(),
            CallError::Transport(_) | CallError::Request(_) => None,
        }
    }

    /// How the exchange broke off, if it did.
    pub fn transport(&self) -> Option<&TransportError> {
        match self {
            CallError::Incomplete(reply) => Some(&reply.error),
            CallError::Transport(error) => Some(error),
            _ => None,
        }
    }

    /// Whether time was up before the reply was there.
    pub fn is_timeout(&self) -> bool {
        self.transport().is_some_and(TransportError::is_timeout)
    }

    /// Whether the server may have done the work all the same, in the last attempt or in one before.
    ///
    /// `true` when it says so (a 2xx that cannot be read) or nothing is known (5xx, 3xx, no reply). `false` when the
    /// request provably did not reach it, or it refused (4xx, but for 408, with which a gateway gives up waiting).
    pub fn may_have_been_applied(&self) -> bool {
        self.attempts().earlier_may_have_been_applied
            || may_have_been_applied(self.status(), self.transport())
    }

    /// How often the call was sent. A call with [`CallError::Request`] never was.
    pub fn attempts(&self) -> Attempts {
        match self {
            CallError::Api(reply) => reply.attempts,
            CallError::Undeclared(reply) => reply.attempts,
            CallError::Incomplete(reply) => reply.attempts,
            CallError::Transport(error) => error.attempts(),
            CallError::Request(_) => Attempts::default(),
        }
    }

    /// The same error of a call that took so many attempts.
    #[cold]
    pub(crate) fn after(mut self, attempts: Attempts) -> Self {
        match &mut self {
            CallError::Api(reply) => reply.attempts = attempts,
            CallError::Undeclared(reply) => reply.attempts = attempts,
            CallError::Incomplete(reply) => reply.attempts = attempts,
            CallError::Transport(error) => error.set_attempts(attempts),
            CallError::Request(_) => {}
        }
        self
    }
}

impl UndeclaredReply {
    #[cold]
    pub(crate) fn new(
        service: &Service,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        mismatch: Option<Mismatch>,
    ) -> Self {
        let (message, correlation_id) = facts(service, status, &headers, &body);
        UndeclaredReply {
            status,
            headers,
            body,
            mismatch,
            message,
            correlation_id,
            attempts: Attempts::default(),
        }
    }
}

/// The server's message and correlation id, wherever the service puts them.
fn facts(
    service: &Service,
    status: StatusCode,
    headers: &HeaderMap,
    body: &Bytes,
) -> (Option<String>, Option<String>) {
    let reply = Received {
        status,
        headers,
        body,
    };
    let json = reply.json().ok();
    let find = |places| Service::find(places, headers, json.as_ref());
    (find(service.message), find(service.correlation_id))
}
