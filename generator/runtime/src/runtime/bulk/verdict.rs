//! What a failed call means for the inputs that it had.

use crate::runtime::error::CallError;
use crate::runtime::service::{Advice, Service};

/// What a failed call means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The request could not be written: an input is at fault, and nothing was sent.
    Unwritable,
    /// The server refused the batch. An input can be at fault, and without it the others may be taken.
    Refused,
    /// The server refuses every call, whatever is in it: the token, the quota.
    Fatal,
    /// The server refused the call for now.
    Busy,
    /// The server was not reached.
    Unreachable,
    /// The server did not answer, or could not. It may have done the work.
    Away,
    /// The server answered, and the answer says nothing. It may have done the work.
    Unclear,
}

/// What this error means. Only the last attempt counts here: an earlier one may have done the work all the same.
pub(crate) fn of<E>(error: &CallError<E>, service: &Service) -> Verdict {
    let reply = error.status().zip(error.headers());
    match (reply, error.transport()) {
        (Some((status, headers)), _) => {
            let advice = service.advice(status, headers, error.body());
            of_status(status.as_u16(), advice)
        }
        (None, Some(broken)) if broken.may_have_been_applied() => Verdict::Away,
        (None, Some(_)) => Verdict::Unreachable,
        (None, None) => Verdict::Unwritable,
    }
}

/// By the status, and by what the API's own rules say about repeats: they know statuses that HTTP does not.
fn of_status(status: u16, advice: Option<Advice>) -> Verdict {
    match (status, advice) {
        (401 | 402 | 403 | 405 | 407, _) => Verdict::Fatal,
        (425 | 429, Some(Advice::Never)) => Verdict::Fatal, // not now, and not soon either
        (408 | 500.., _) => Verdict::Away,
        (425 | 429, _) | (400.., Some(Advice::AfterSeconds(_))) => Verdict::Busy,
        (..=399, _) => Verdict::Unclear,
        _ => Verdict::Refused,
    }
}

impl Verdict {
    /// Whether it says that calls do not get through at the moment.
    pub(crate) fn is_outage(self) -> bool {
        matches!(self, Verdict::Busy | Verdict::Unreachable | Verdict::Away)
    }
}
