//! Whether an attempt that failed is followed by another, and when.

use std::time::Duration;

use http::StatusCode;

use super::Limits;
use super::attempts::Plan;
use super::exchange::{ExchangeError, Incoming};
use crate::runtime::retry::{FailedAttempt, RetryDecision, retry_after};
use crate::runtime::service::{Advice, Service};
use crate::runtime::transport::TransportErrorKind;

/// A repeat that is due, and why.
pub(super) struct Repeat {
    pub(super) wait: Duration,
    /// The server said 429: it is there, only busy.
    pub(super) is_throttled: bool,
    /// The server may have done the work in the attempt that failed.
    pub(super) may_have_been_applied: bool,
}

impl Plan<'_> {
    /// Whether the call is sent again, and after which wait. `left` is the time until the deadline.
    pub(super) fn repeat(
        &self,
        service: &Service,
        mut failed: FailedAttempt<'_>,
        left: Duration,
    ) -> Option<Repeat> {
        let at_least = advised(service, &failed);
        failed.default_decision = match at_least {
            Some(_) => RetryDecision::Retry,
            None => RetryDecision::GiveUp,
        };
        if failed.number >= self.retry.most_attempts() {
            return None;
        }
        let usual = || {
            let wish = failed.headers.and_then(retry_after).unwrap_or_default();
            let wait = self.retry.wait(failed.number);
            wait.max(wish).max(at_least.unwrap_or_default())
        };
        let wait = match (self.retry.decision(&failed), failed.default_decision) {
            (RetryDecision::GiveUp, _) | (RetryDecision::Default, RetryDecision::GiveUp) => {
                return None;
            }
            (RetryDecision::RetryAfter(wait), _) => wait,
            (RetryDecision::Retry | RetryDecision::Default, _) => usual(),
        };
        self.limits.leaves_time(wait, left).then(|| Repeat {
            wait,
            is_throttled: failed.status == Some(StatusCode::TOO_MANY_REQUESTS),
            may_have_been_applied: failed.may_have_been_applied(),
        })
    }
}

impl Limits {
    /// An attempt that is cut short may do its work unseen, so none is started with less than its time left; but for a
    /// deadline that never had so much.
    pub(super) fn leaves_time(&self, wait: Duration, left: Duration) -> bool {
        let rest = left.saturating_sub(wait);
        !rest.is_zero() && rest >= self.needed()
    }

    /// How long a call may wait for its turn when so much is left until the deadline.
    pub(super) fn room(&self, left: Duration) -> Duration {
        left.saturating_sub(self.needed())
    }

    /// What has to be left for an attempt.
    fn needed(&self) -> Duration {
        match self.deadline < self.attempt_timeout {
            true => Duration::ZERO,
            false => self.attempt_timeout,
        }
    }
}

/// What failed, if the attempt did.
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

/// The shortest wait before a repeat, where one does no harm and may help.
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
        // no reply, or a success that broke off
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

/// Statuses that another try may change.
fn is_transient(status: StatusCode) -> bool {
    status == StatusCode::REQUEST_TIMEOUT
        || status == StatusCode::TOO_MANY_REQUESTS
        || status.is_server_error()
}
