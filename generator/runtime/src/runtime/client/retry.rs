//! Whether a failed attempt is retried, and when.

use std::time::Duration;

use http::StatusCode;

use super::Limits;
use super::attempts::Plan;
use super::exchange::{ExchangeError, Incoming};
use crate::runtime::retry::{FailedAttempt, RetryDecision, retry_after};
use crate::runtime::service::{Advice, Service};
use crate::runtime::transport::TransportErrorKind;

/// A retry that is due.
pub(super) struct Retry {
    pub(super) wait: Duration,
    /// Whether the server said 429: it is available, only busy.
    pub(super) is_throttled: bool,
    /// Whether the server may have applied the failed attempt.
    pub(super) may_have_been_applied: bool,
}

impl Plan<'_> {
    /// Returns the retry of a failed attempt, if it is due. `left` is the time until the deadline.
    pub(super) fn retry(
        &self,
        service: &Service,
        mut failed: FailedAttempt<'_>,
        left: Duration,
    ) -> Option<Retry> {
        let at_least = advised(service, &failed);
        failed.default_decision = match at_least {
            Some(_) => RetryDecision::Retry,
            None => RetryDecision::GiveUp,
        };
        if failed.number >= self.policy.max_attempts() {
            return None;
        }
        let usual = || {
            let wish = failed.headers.and_then(retry_after).unwrap_or_default();
            let wait = self.policy.wait(failed.number);
            wait.max(wish).max(at_least.unwrap_or_default())
        };
        let wait = match (self.policy.decision(&failed), failed.default_decision) {
            (RetryDecision::GiveUp, _) | (RetryDecision::Default, RetryDecision::GiveUp) => {
                return None;
            }
            (RetryDecision::RetryAfter(wait), _) => wait,
            (RetryDecision::Retry | RetryDecision::Default, _) => usual(),
        };
        self.limits.leaves_time(wait, left).then(|| Retry {
            wait,
            is_throttled: failed.status == Some(StatusCode::TOO_MANY_REQUESTS),
            may_have_been_applied: failed.may_have_been_applied(),
        })
    }
}

impl Limits {
    /// Whether there is time for an attempt after a wait. An attempt that is cut short may be applied unseen, so it
    /// needs its full timeout, unless the deadline itself is shorter.
    pub(super) fn leaves_time(&self, wait: Duration, left: Duration) -> bool {
        let rest = left.saturating_sub(wait);
        !rest.is_zero() && rest >= self.needed()
    }

    /// Returns the time that a call can wait before it is sent, if `left` is the time until the deadline.
    pub(super) fn room(&self, left: Duration) -> Duration {
        left.saturating_sub(self.needed())
    }

    /// Returns the time that an attempt needs.
    fn needed(&self) -> Duration {
        if self.deadline < self.attempt_timeout {
            Duration::ZERO
        } else {
            self.attempt_timeout
        }
    }
}

/// Returns the failure of an attempt, if it failed.
pub(super) fn failed(
    result: &Result<Incoming, ExchangeError>,
    number: u32,
    is_idempotent: bool,
) -> Option<FailedAttempt<'_>> {
    let mut failed = FailedAttempt {
        number,
        status: None,
        headers: None,
        body: None,
        error: None,
        is_idempotent,
        default_decision: RetryDecision::GiveUp,
    };
    match result {
        Ok(Incoming::Stream(_)) => return None,
        Ok(Incoming::Whole(reply)) if reply.status().is_success() => return None,
        Ok(Incoming::Whole(reply)) => {
            failed.status = Some(reply.status());
            failed.headers = Some(reply.headers());
            failed.body = Some(reply.body());
        }
        Err(ExchangeError::Incomplete(reply)) => {
            failed.status = Some(reply.status);
            failed.headers = Some(&reply.headers);
            failed.error = Some(&reply.error);
        }
        Err(ExchangeError::NoReply(error)) => failed.error = Some(error),
    }
    Some(failed)
}

/// Returns the shortest wait before a retry, if a retry is safe and can help.
fn advised(service: &Service, failed: &FailedAttempt<'_>) -> Option<Duration> {
    let kind = failed.error.map(|error| error.kind());
    let wait = match (failed.status, failed.headers) {
        (Some(status), Some(headers)) if !status.is_success() => {
            match service.advice(status, headers, failed.body) {
                Some(Advice::Never) => return None,
                Some(Advice::AfterSeconds(seconds)) => Duration::from_secs(seconds.into()),
                None if is_transient(status) => Duration::ZERO,
                None => return None,
            }
        }
        // no response, or a successful one that is incomplete
        _ => match kind? {
            TransportErrorKind::Connect => return Some(Duration::ZERO),
            TransportErrorKind::NotSent => {
                let is_transient = failed.error.is_some_and(|error| error.is_transient());
                return is_transient.then_some(Duration::ZERO);
            }
            TransportErrorKind::TimedOut | TransportErrorKind::Interrupted => Duration::ZERO,
            _ => return None,
        },
    };
    failed.is_idempotent.then_some(wait)
}

/// Whether another attempt can have another status.
fn is_transient(status: StatusCode) -> bool {
    status == StatusCode::REQUEST_TIMEOUT
        || status == StatusCode::TOO_MANY_REQUESTS
        || status.is_server_error()
}
