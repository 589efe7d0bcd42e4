//! Errors of a call. `display` formats them, `message` finds the server's message.

mod display;
mod message;

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::request_error::RequestError;
use crate::runtime::response::Received;
use crate::runtime::retry::may_have_been_applied;
use crate::runtime::service::Service;
use crate::runtime::transport::{Attempts, TransportError};
use crate::runtime::wire::Mismatch;

/// The error of a call. `E` is the error body that the operation declares.
///
/// Displays one line with the status, the server's message and the correlation id, if there are any.
#[derive(Debug)]
#[non_exhaustive]
pub enum CallError<E> {
    /// An error response that matches the description.
    Api(Box<ApiError<E>>),
    /// A response that does not match the description. Its status can be a success.
    Undeclared(Box<UndeclaredReply>),
    /// A response whose body is incomplete.
    Incomplete(Box<IncompleteReply>),
    /// No response. The server may still have applied the request:
    /// [`may_have_been_applied`](Self::may_have_been_applied).
    Transport(TransportError),
    /// The request could not be built; nothing was sent.
    Request(Arc<RequestError>),
}

/// An error response that matches the description.
#[derive(Clone)]
#[non_exhaustive]
pub struct ApiError<E> {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The decoded body.
    pub body: E,
    /// The body as bytes, with everything that `E` does not have.
    pub raw: Bytes,
    /// The server's message, if the response has one.
    pub message: Option<String>,
    /// The id that identifies the request to the server's support, if the response has one.
    pub correlation_id: Option<String>,
    /// The number of attempts, and whether one before the last may have been applied.
    pub attempts: Attempts,
}

/// A response that does not match the description.
#[derive(Clone)]
#[non_exhaustive]
pub struct UndeclaredReply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as bytes.
    pub body: Bytes,
    /// Where and why decoding failed; `None` for a redirect and for an error response whose status the operation does
    /// not declare, which are not decoded.
    pub mismatch: Option<Mismatch>,
    /// The server's message, if the response has one.
    pub message: Option<String>,
    /// The id that identifies the request to the server's support, if the response has one.
    pub correlation_id: Option<String>,
    /// The number of attempts, and whether one before the last may have been applied.
    pub attempts: Attempts,
}

/// A response whose body is incomplete.
#[derive(Debug)]
#[non_exhaustive]
pub struct IncompleteReply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The id that identifies the request to the server's support, if a header has it.
    pub correlation_id: Option<String>,
    /// Why the body is incomplete.
    pub error: TransportError,
    /// The number of attempts, and whether one before the last may have been applied.
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

    /// Returns the status, if there is a response.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            CallError::Api(reply) => Some(reply.status),
            CallError::Undeclared(reply) => Some(reply.status),
            CallError::Incomplete(reply) => Some(reply.status),
            CallError::Transport(_) | CallError::Request(_) => None,
        }
    }

    /// Returns the headers, if there is a response.
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            CallError::Api(reply) => Some(&reply.headers),
            CallError::Undeclared(reply) => Some(&reply.headers),
            CallError::Incomplete(reply) => Some(&reply.headers),
            CallError::Transport(_) | CallError::Request(_) => None,
        }
    }

    /// Returns the body as bytes, if it is complete.
    pub fn body(&self) -> Option<&Bytes> {
        match self {
            CallError::Api(reply) => Some(&reply.raw),
            CallError::Undeclared(reply) => Some(&reply.body),
            CallError::Incomplete(_) | CallError::Transport(_) | CallError::Request(_) => None,
        }
    }

    /// Returns the decoded error body, if the response matches the description.
    pub fn declared(&self) -> Option<&E> {
        match self {
            CallError::Api(reply) => Some(&reply.body),
            _ => None,
        }
    }

    /// Returns the server's message, if the response has one at a usual place of its JSON: `detail`, `title`, `message`,
    /// `error.message`, `error_description`, `error` and the like.
    pub fn message(&self) -> Option<&str> {
        match self {
            CallError::Api(reply) => reply.message.as_deref(),
            CallError::Undeclared(reply) => reply.message.as_deref(),
            _ => None,
        }
    }

    /// Returns the id that identifies the request to the server's support, if the response has one.
    pub fn correlation_id(&self) -> Option<&str> {
        match self {
            CallError::Api(reply) => reply.correlation_id.as_deref(),
            CallError::Undeclared(reply) => reply.correlation_id.as_deref(),
            CallError::Incomplete(reply) => reply.correlation_id.as_deref(),
            CallError::Transport(_) | CallError::Request(_) => None,
        }
    }

    /// Returns the transport error, if there is one.
    pub fn transport(&self) -> Option<&TransportError> {
        match self {
            CallError::Incomplete(reply) => Some(&reply.error),
            CallError::Transport(error) => Some(error),
            _ => None,
        }
    }

    /// Whether a timeout or the deadline expired.
    pub fn is_timeout(&self) -> bool {
        self.transport().is_some_and(TransportError::is_timeout)
    }

    /// Whether the server may have applied the request, in the last attempt or an earlier one.
    ///
    /// `true` for a 2xx that cannot be decoded, for 3xx, 5xx and 408, and without a response. `false` if the request
    /// did not reach the server, or for any other 4xx.
    pub fn may_have_been_applied(&self) -> bool {
        self.attempts().earlier_may_have_been_applied
            || may_have_been_applied(self.status(), self.transport())
    }

    /// Returns the number of attempts; 0 for [`CallError::Request`].
    pub fn attempts(&self) -> Attempts {
        match self {
            CallError::Api(reply) => reply.attempts,
            CallError::Undeclared(reply) => reply.attempts,
            CallError::Incomplete(reply) => reply.attempts,
            CallError::Transport(error) => error.attempts(),
            CallError::Request(_) => Attempts::default(),
        }
    }

    /// Adds the number of attempts.
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

/// Finds the server's message and the correlation id.
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
    let is_error = status.is_client_error() || status.is_server_error();
    let usual = || json.as_ref().filter(|_| is_error).and_then(message::usual);
    (
        find(service.message).or_else(usual),
        find(service.correlation_id),
    )
}
