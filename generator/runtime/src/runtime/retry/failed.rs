//! Failed attempts, and what to do about them.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::transport::TransportError;

/// What to do after a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetryDecision {
    /// Do what the client does by default.
    Default,
    /// Return the error.
    GiveUp,
    /// Retry after the default wait.
    Retry,
    /// Retry after exactly this wait.
    RetryAfter(Duration),
}

/// A failed attempt, for a closure of [`RetryPolicy::decide`](super::RetryPolicy::decide).
#[derive(Debug, Clone, Copy)]
pub struct FailedAttempt<'a> {
    pub(crate) number: u32,
    pub(crate) status: Option<StatusCode>,
    pub(crate) headers: Option<&'a HeaderMap>,
    pub(crate) body: Option<&'a Bytes>,
    pub(crate) error: Option<&'a TransportError>,
    pub(crate) is_idempotent: bool,
    pub(crate) default_decision: RetryDecision,
}

impl<'a> FailedAttempt<'a> {
    /// Returns the number of the attempt, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns the status, if there is a response.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// Returns the headers, if there is a response.
    pub fn headers(&self) -> Option<&'a HeaderMap> {
        self.headers
    }

    /// Returns the body as bytes, if it is complete.
    pub fn body(&self) -> Option<&'a Bytes> {
        self.body
    }

    /// Returns the transport error, if there is one.
    pub fn transport(&self) -> Option<&'a TransportError> {
        self.error
    }

    /// Whether the server may have applied the request.
    pub fn may_have_been_applied(&self) -> bool {
        may_have_been_applied(self.status, self.error)
    }

    /// Whether the call is idempotent, as far as the client knows.
    pub fn is_idempotent(&self) -> bool {
        self.is_idempotent
    }

    /// Returns what [`RetryDecision::Default`] means here: [`RetryDecision::Retry`] or [`RetryDecision::GiveUp`].
    pub fn default_decision(&self) -> RetryDecision {
        self.default_decision
    }
}

/// Whether the server may have applied a failed request.
///
/// Not if it rejected the request (4xx, except 408, with which a gateway gives up) or never received it.
pub(crate) fn may_have_been_applied(
    status: Option<StatusCode>,
    error: Option<&TransportError>,
) -> bool {
    match (status, error) {
        (Some(StatusCode::REQUEST_TIMEOUT), _) => true,
        (Some(status), _) => !status.is_client_error(),
        (None, error) => error.is_some_and(TransportError::may_have_been_applied),
    }
}
