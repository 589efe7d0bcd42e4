//! The attempts of a call: sends the request until it is answered, or there is no reason to send it again.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode};
use tracing::Instrument;

use super::exchange::{Arrived, Broken, Clock};
use super::{Advice, Limits, Service, Shared};
use crate::runtime::retry::{Attempts, FailedAttempt, RetryDecision, RetryPolicy, retry_after};
use crate::runtime::transport::TransportErrorKind;

/// A call that is to be sent.
pub(crate) struct Plan<'a> {
    pub(crate) request: &'a Request<Bytes>,
    pub(crate) limits: Limits,
    pub(crate) retry: &'a RetryPolicy,
    /// Whether it can be done twice without harm.
    pub(crate) is_idempotent: bool,
    /// The path as the description has it; it names the operation in traces.
    pub(crate) template: &'static str,
    /// Whether a success is handed on while it arrives.
    pub(crate) streams: bool,
}

/// A repeat that is due, and why.
struct Repeat {
    wait: Duration,
    /// The server said 429: it is there, only busy.
    is_throttled: bool,
    /// The server may have done the work in the attempt that failed.
    may_have_been_applied: bool,
}

impl Shared {
    /// Sends the request, more than once where that is due, and gives what came last.
    pub(crate) async fn perform(&self, plan: Plan<'_>) -> (Result<Arrived, Broken>, Attempts) {
        let span = tracing::debug_span!(
            "call",
            method = plan.request.method().as_str(),
            path = plan.template,
            host = plan.request.uri().host(),
        );
        self.attempts(&plan).instrument(span).await
    }

    async fn attempts(&self, plan: &Plan<'_>) -> (Result<Arrived, Broken>, Attempts) {
        let clock = Clock::start(self.timer.as_deref());
        let mut attempts = Attempts::default();
        let mut earned = 1;
        loop {
            attempts.sent += 1;
            let left = plan.limits.deadline.saturating_sub(clock.elapsed());
            let timeout = plan.limits.attempt_timeout.min(left);
            let span = tracing::debug_span!("attempt", number = attempts.sent);
            let result = self
                .exchange(
                    plan.request.clone(),
                    timeout,
                    plan.limits.response_cap,
                    plan.streams,
                )
                .instrument(span)
                .await;
            let Some(failed) = failed(&result, attempts.sent, plan.is_idempotent) else {
                self.budget.deposit(earned);
                tracing::debug!(attempt = attempts.sent, "the call succeeded");
                return (result, attempts);
            };
            let left = plan.limits.deadline.saturating_sub(clock.elapsed());
            let Some(repeat) = plan.repeat(self.service, failed, left) else {
                tell(&failed, "the call failed");
                return (result, attempts);
            };
            // without a timer there is no waiting, and to repeat at once is no help to a server in trouble
            let Some(timer) = &self.timer else {
                tell(&failed, "the call failed");
                return (result, attempts);
            };
            let Some(paid) = self.budget.withdraw(repeat.is_throttled) else {
                tell(
                    &failed,
                    "the call failed: the client has no budget left for repeats",
                );
                return (result, attempts);
            };
            tell_repeat(&failed, repeat.wait);
            drop(result);
            timer.sleep(repeat.wait).await;
            attempts.earlier_may_have_been_applied |= repeat.may_have_been_applied;
            earned = paid.spend();
        }
    }
}

impl Plan<'_> {
    /// Whether the call is sent again, and after which wait. `left` is the time until the deadline.
    fn repeat(
        &self,
        service: &Service,
        mut failed: FailedAttempt<'_>,
        left: Duration,
    ) -> Option<Repeat> {
        let at_least = advised(service, &failed);
        failed.by_default = match at_least {
            Some(_) => RetryDecision::Again,
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
        let wait = match (self.retry.decision(&failed), failed.by_default) {
            (RetryDecision::GiveUp, _) | (RetryDecision::Default, RetryDecision::GiveUp) => {
                return None;
            }
            (RetryDecision::AgainAfter(wait), _) => wait,
            (RetryDecision::Again | RetryDecision::Default, _) => usual(),
        };
        self.leaves_time(wait, left).then(|| Repeat {
            wait,
            is_throttled: failed.status == Some(StatusCode::TOO_MANY_REQUESTS),
            may_have_been_applied: failed.may_have_been_applied(),
        })
    }

    /// An attempt that is cut short may do its work unseen, so none is started with less than its time left; but for a
    /// deadline that never had so much.
    fn leaves_time(&self, wait: Duration, left: Duration) -> bool {
        let Limits {
            deadline,
            attempt_timeout,
            ..
        } = self.limits;
        let rest = left.saturating_sub(wait);
        !rest.is_zero() && (rest >= attempt_timeout || deadline < attempt_timeout)
    }
}

/// What failed, if the attempt did.
fn failed(
    result: &Result<Arrived, Broken>,
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
        by_default: RetryDecision::GiveUp,
    };
    match result {
        Ok(Arrived::Stream(_)) => return None,
        Ok(Arrived::Whole(reply)) if reply.status().is_success() => return None,
        Ok(Arrived::Whole(reply)) => {
            failed.status = Some(reply.status());
            failed.headers = Some(reply.headers());
            failed.body = Some(reply.body());
        }
        Err(Broken::Incomplete(reply)) => {
            failed.status = Some(reply.status);
            failed.headers = Some(&reply.headers);
            failed.error = Some(&reply.error);
        }
        Err(Broken::NoReply(error)) => failed.error = Some(error),
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

/// `503 Service Unavailable`, or how the exchange broke off, for traces.
struct Shown<'a>(&'a FailedAttempt<'a>);

impl std::fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.0.status, self.0.error) {
            (Some(status), None) => write!(f, "{status}"),
            (Some(status), Some(error)) => write!(f, "{status}, {error}"),
            (None, Some(error)) => write!(f, "{error}"),
            (None, None) => f.write_str("no reply"),
        }
    }
}

fn tell(failed: &FailedAttempt<'_>, what: &str) {
    tracing::debug!(attempt = failed.number, reason = %Shown(failed), "{what}");
}

fn tell_repeat(failed: &FailedAttempt<'_>, wait: Duration) {
    tracing::warn!(
        attempt = failed.number,
        reason = %Shown(failed),
        wait = ?wait,
        "the attempt failed, and the call is sent again"
    );
}
