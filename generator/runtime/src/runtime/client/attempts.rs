//! The attempts of a call: sends the request until it is answered, or there is no reason to send it again.

use std::time::Duration;

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue, Request, StatusCode};
use tracing::Instrument;

use super::exchange::{ExchangeError, Incoming};
use super::repeat::failed;
use super::{Limits, Shared};
use crate::runtime::auth::{CachedToken, TokenError, TokenSource};
use crate::runtime::limit::Permit;
use crate::runtime::retry::{FailedAttempt, RetryPolicy, Withdrawal};
use crate::runtime::service::Advice;
use crate::runtime::timer::within;
use crate::runtime::transport::{Attempts, TransportError};

/// A call that is to be sent.
pub(crate) struct Plan<'a> {
    pub(crate) request: &'a Request<Bytes>,
    pub(crate) limits: Limits,
    pub(crate) retry: &'a RetryPolicy,
    /// Whether it can be done twice without harm.
    pub(crate) is_idempotent: bool,
    /// The path as the description has it; it names the operation in traces.
    pub(crate) template: &'static str,
    /// Where the token is fetched from.
    pub(crate) token: Option<&'a TokenSource>,
    /// Whether a success is handed on while it arrives.
    pub(crate) streams: bool,
}

type Outcome = Result<Incoming, ExchangeError>;

/// What an attempt needs beside the request.
struct Ready<'a> {
    permit: Option<Permit<'a>>,
    token: Option<(CachedToken, HeaderValue)>,
}

impl Shared {
    /// Sends the request, more than once where that is due, and gives what came last.
    pub(crate) async fn perform(&self, plan: Plan<'_>) -> (Outcome, Attempts) {
        let span = tracing::debug_span!(
            "call",
            method = plan.request.method().as_str(),
            path = plan.template,
            host = plan.request.uri().host(),
        );
        self.attempts(&plan).instrument(span).await
    }

    async fn attempts(&self, plan: &Plan<'_>) -> (Outcome, Attempts) {
        let start = self.now();
        let left = || {
            let elapsed = self.now().saturating_sub(start);
            plan.limits.deadline.saturating_sub(elapsed)
        };
        let mut attempts = Attempts::default();
        let mut tries = 1;
        let mut last: Option<Outcome> = None;
        let mut paid: Option<Withdrawal<'_>> = None;
        let mut refused: Option<CachedToken> = None;
        loop {
            let room = plan.limits.room(left());
            let ready = self.ready(plan, refused.as_ref());
            let Some(ready) = within(self.timer.as_deref(), room, ready).await else {
                let late = || Err(ExchangeError::NoReply(late()));
                return (last.unwrap_or_else(late), attempts);
            };
            let (result, token, earned) = match ready {
                Err(error) => (Err(ExchangeError::NoReply(error.into())), None, 0),
                Ok(mut ready) => {
                    attempts.sent += 1;
                    let earned = paid.take().map_or(1, Withdrawal::spend);
                    let span = tracing::debug_span!("attempt", number = attempts.sent);
                    let result = self
                        .attempt(plan, &mut ready, left())
                        .instrument(span)
                        .await;
                    (result, ready.token, earned)
                }
            };
            self.learn(&result);
            let is_refused = self.judge(plan, &result, token.as_ref(), refused.is_some());
            if is_refused && plan.limits.leaves_time(Duration::ZERO, left()) {
                tracing::debug!("the token was refused, and the call is sent again with another");
                refused = token.map(|(held, _)| held);
                last = Some(result);
                continue;
            }
            let Some(failed) = failed(&result, tries, plan.is_idempotent) else {
                self.budget.deposit(earned);
                tracing::debug!(attempt = attempts.sent, "the call succeeded");
                return (result, attempts);
            };
            let Some(repeat) = plan.repeat(self.service, failed, left()) else {
                tell(&failed, "the call failed");
                return (result, attempts);
            };
            // without a timer there is no waiting, and to repeat at once is no help to a server in trouble
            let Some(timer) = &self.timer else {
                tell(&failed, "the call failed");
                return (result, attempts);
            };
            let Some(withdrawal) = self.budget.withdraw(repeat.is_throttled) else {
                tell(
                    &failed,
                    "the call failed: the client has no budget left for repeats",
                );
                return (result, attempts);
            };
            tell_repeat(&failed, repeat.wait);
            paid = Some(withdrawal);
            last = Some(result);
            timer.sleep(repeat.wait).await;
            attempts.earlier_may_have_been_applied |= repeat.may_have_been_applied;
            tries += 1;
        }
    }

    /// Waits for the turn of the call, and for a token.
    ///
    /// # Errors
    /// There is no token.
    async fn ready(
        &self,
        plan: &Plan<'_>,
        refused: Option<&CachedToken>,
    ) -> Result<Ready<'_>, TokenError> {
        let permit = match &self.limiter {
            Some(limiter) => Some(limiter.acquire().await),
            None => None,
        };
        let token = match plan.token {
            // the caller's own header goes before the client's credentials
            Some(source) if !plan.request.headers().contains_key(AUTHORIZATION) => {
                let timeout = plan.limits.attempt_timeout;
                let held = source.token(&self.transport, timeout, || self.now(), refused);
                let held = held.await?;
                let header = held.header()?;
                Some((held, header))
            }
            _ => None,
        };
        Ok(Ready { permit, token })
    }

    async fn attempt(
        &self,
        plan: &Plan<'_>,
        ready: &mut Ready<'_>,
        left: Duration,
    ) -> Result<Incoming, ExchangeError> {
        let mut request = plan.request.clone();
        if let Some((_, header)) = &ready.token {
            request.headers_mut().insert(AUTHORIZATION, header.clone());
        }
        let mut permit = ready.permit.take();
        if let Some(permit) = &mut permit {
            permit.sent();
        }
        let timeout = plan.limits.attempt_timeout.min(left);
        let cap = plan.limits.max_response_size;
        self.exchange(request, timeout, cap, plan.streams).await
    }

    /// Tells the limiter what the server says about its limits.
    fn learn(&self, result: &Outcome) {
        let (Some(limiter), Some((status, headers, body))) = (&self.limiter, head(result)) else {
            return;
        };
        let advice = match status {
            StatusCode::TOO_MANY_REQUESTS => self.service.advice(status, headers, body),
            _ => None,
        };
        let is_final = advice == Some(Advice::Never);
        limiter.observe(self.service.rate_limit.as_ref(), status, headers, is_final);
    }

    /// Tells the source of the token what the server thinks of it; gives whether the call is to be sent with another.
    fn judge(
        &self,
        plan: &Plan<'_>,
        result: &Outcome,
        token: Option<&(CachedToken, HeaderValue)>,
        is_second: bool,
    ) -> bool {
        let (Some(source), Some((held, _)), Some((status, ..))) = (plan.token, token, head(result))
        else {
            return false;
        };
        if status != StatusCode::UNAUTHORIZED {
            source.accepted();
            return false;
        }
        !is_second && source.is_worth_replacing(held, self.now())
    }
}

/// Status, headers and body of a reply, as far as they came.
fn head(result: &Outcome) -> Option<(StatusCode, &HeaderMap, Option<&Bytes>)> {
    Some(match result {
        Ok(Incoming::Whole(reply)) => (reply.status(), reply.headers(), Some(reply.body())),
        Ok(Incoming::Stream(reply)) => (reply.status(), reply.headers(), None),
        Err(ExchangeError::Incomplete(reply)) => (reply.status, &reply.headers, None),
        Err(ExchangeError::NoReply(_)) => return None,
    })
}

fn late() -> TransportError {
    TransportError::not_sent_in_time(
        "the deadline came while the call waited for its turn or a token",
    )
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
