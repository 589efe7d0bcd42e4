//! Classifies failed calls by what they mean for their inputs.

use crate::runtime::error::CallError;
use crate::runtime::service::{Advice, Service};

/// What a failed call means for its inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FailureClass {
    /// The request cannot be encoded because of an input; nothing was sent.
    Unwritable,
    /// The server rejected the batch, perhaps because of one input.
    Rejected,
    /// The server rejects every call, because of the token or the quota.
    Fatal,
    /// The server rejected the call for now.
    Throttled,
    /// The request did not reach the server.
    Unreachable,
    /// The server did not respond, or failed. It may have applied the request.
    Unavailable,
    /// The response cannot be interpreted. The server may have applied the request.
    Unclear,
}

/// Classifies an error by the last attempt; an earlier one may have been applied all the same.
pub(crate) fn classify<E>(error: &CallError<E>, service: &Service) -> FailureClass {
    let reply = error.status().zip(error.headers());
    match (reply, error.transport()) {
        (Some((status, headers)), _) => {
            let advice = service.advice(status, headers, error.body());
            of_status(status.as_u16(), advice)
        }
        (None, Some(error)) if error.may_have_been_applied() => FailureClass::Unavailable,
        (None, Some(_)) => FailureClass::Unreachable,
        (None, None) => FailureClass::Unwritable,
    }
}

/// Classifies a status, with the advice of the retry rules, which can be about any status.
fn of_status(status: u16, advice: Option<Advice>) -> FailureClass {
    match (status, advice) {
        (401 | 402 | 403 | 405 | 407, _) => FailureClass::Fatal,
        (425 | 429, Some(Advice::Never)) => FailureClass::Fatal, // neither now nor soon
        (408 | 500.., _) => FailureClass::Unavailable,
        (425 | 429, _) | (400.., Some(Advice::AfterSeconds(_))) => FailureClass::Throttled,
        (..=399, _) => FailureClass::Unclear,
        _ => FailureClass::Rejected,
    }
}

impl FailureClass {
    /// Whether calls fail independently of their inputs at the moment.
    pub(crate) fn is_outage(self) -> bool {
        matches!(
            self,
            FailureClass::Throttled | FailureClass::Unreachable | FailureClass::Unavailable
        )
    }
}
