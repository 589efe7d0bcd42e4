//! An attempt that failed, for those who decide what comes next, and how many there were.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::transport::TransportError;

/// What to do about an attempt that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetryDecision {
    /// What the client would do by itself.
    Default,
    /// The call fails now.
    GiveUp,
    /// The call is sent again after the wait that is due by itself.
    Retry,
    /// The call is sent again after exactly this wait.
    RetryAfter(Duration),
}

/// An attempt that failed, as a closure of [`RetryPolicy::decide`](super::RetryPolicy::decide) sees it.
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
    /// Which attempt it was, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The status, if a reply began.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// The headers, if a reply began.
    pub fn headers(&self) -> Option<&'a HeaderMap> {
        self.headers
    }

    /// The body as it came, if all of it arrived.
    pub fn body(&self) -> Option<&'a Bytes> {
        self.body
    }

    /// How the exchange broke off, if it did.
    pub fn transport(&self) -> Option<&'a TransportError> {
        self.error
    }

    /// Whether the server may have done the work all the same.
    pub fn may_have_been_applied(&self) -> bool {
        may_have_been_applied(self.status, self.error)
    }

    /// Whether the call can be done twice without harm, as far as the client knows.
    pub fn is_idempotent(&self) -> bool {
        self.is_idempotent
    }

    /// What [`RetryDecision::Default`] stands for: [`RetryDecision::Retry`] or [`RetryDecision::GiveUp`].
    pub fn default_decision(&self) -> RetryDecision {
        self.default_decision
    }
}

/// Whether the server may have done the work though it did not say that it did.
///
/// Not when it refused (4xx, but for 408, with which a gateway gives up waiting) or provably never saw the request.
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
