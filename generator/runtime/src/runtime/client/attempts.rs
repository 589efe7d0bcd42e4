//! The attempts of a call: sends the request until it succeeds or is not retried.

use std::time::Duration;

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue, Request, StatusCode};
use tracing::Instrument;

use super::exchange::{ExchangeError, Incoming};
use super::retry::failed;
use super::{Limits, Shared};
use crate::runtime::auth::{CachedToken, TokenError, TokenSource};
use crate::runtime::limit::Permit;
use crate::runtime::retry::{FailedAttempt, RetryPolicy, Withdrawal};
use crate::runtime::service::Advice;
use crate::runtime::timer::within;
use crate::runtime::transport::{Attempts, TransportError};

/// A request with everything that decides about its attempts.
pub(crate) struct Plan<'a> {
    pub(crate) request: &'a Request<Bytes>,
    pub(crate) limits: Limits,
    pub(crate) policy: &'a RetryPolicy,
    /// Whether sending the request twice has the effect of sending it once.
    pub(crate) is_idempotent: bool,
    /// The path template of the description; it names the operation in traces.
    pub(crate) template: &'static str,
    /// The source of the bearer token.
    pub(crate) token: Option<&'a TokenSource>,
    /// Whether a successful response is returned before its body is complete.
    pub(crate) streams: bool,
}

type Outcome = Result<Incoming, ExchangeError>;

/// What an attempt needs besides the request.
struct Ready<'a> {
    permit: Option<Permit<'a>>,
    token: Option<(CachedToken, HeaderValue)>,
}

impl Shared {
    /// Sends the request with all its retries, and returns the last outcome.
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
        let mut rejected: Option<CachedToken> = None;
        loop {
            let room = plan.limits.room(left());
            let ready = self.ready(plan, rejected.as_ref());
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
            let is_rejected =
                self.is_token_rejected(plan, &result, token.as_ref(), rejected.is_some());
            if is_rejected && plan.limits.leaves_time(Duration::ZERO, left()) {
                tracing::debug!("the token was rejected, and the call is sent with another one");
                rejected = token.map(|(token, _)| token);
                last = Some(result);
                continue;
            }
            let Some(failed) = failed(&result, tries, plan.is_idempotent) else {
                self.budget.deposit(earned);
                tracing::debug!(attempt = attempts.sent, "the call succeeded");
                return (result, attempts);
            };
            let Some(retry) = plan.retry(self.service, failed, left()) else {
                trace_failure(&failed, "the call failed");
                return (result, attempts);
            };
            // without a timer there is no backoff, and an immediate retry does not help an overloaded server
            let Some(timer) = &self.timer else {
                trace_failure(&failed, "the call failed");
                return (result, attempts);
            };
            let Some(withdrawal) = self.budget.withdraw(retry.is_throttled) else {
                trace_failure(
                    &failed,
                    "the call failed: the retry budget of the client is used up",
                );
                return (result, attempts);
            };
            trace_retry(&failed, retry.wait);
            paid = Some(withdrawal);
            last = Some(result);
            timer.sleep(retry.wait).await;
            attempts.earlier_may_have_been_applied |= retry.may_have_been_applied;
            tries += 1;
        }
    }

    /// Waits for the rate limiter and the token.
    ///
    /// # Errors
    /// There is no token.
    async fn ready(
        &self,
        plan: &Plan<'_>,
        rejected: Option<&CachedToken>,
    ) -> Result<Ready<'_>, TokenError> {
        let permit = match &self.limiter {
            Some(limiter) => Some(limiter.acquire().await),
            None => None,
        };
        let token = match plan.token {
            // a header of the caller takes precedence over the client's credentials
            Some(source) if !plan.request.headers().contains_key(AUTHORIZATION) => {
                let timeout = plan.limits.attempt_timeout;
                let token = source
                    .token(&self.transport, timeout, || self.now(), rejected)
                    .await?;
                let header = token.header()?;
                Some((token, header))
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

    /// Updates the rate limiter from a response.
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

    /// Tells the token source whether the server accepted the token; returns whether to send the call with another one.
    fn is_token_rejected(
        &self,
        plan: &Plan<'_>,
        result: &Outcome,
        token: Option<&(CachedToken, HeaderValue)>,
        is_second: bool,
    ) -> bool {
        let (Some(source), Some((token, _)), Some((status, ..))) =
            (plan.token, token, head(result))
        else {
            return false;
        };
        if status != StatusCode::UNAUTHORIZED {
            source.accepted();
            return false;
        }
        !is_second && source.is_worth_replacing(token, self.now())
    }
}

/// Returns status, headers and body of a response, if they are there.
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
        "the deadline expired while the call waited for the rate limit or a token",
    )
}

/// Displays a failure for traces: `503 Service Unavailable`, or the transport error.
struct Shown<'a>(&'a FailedAttempt<'a>);

impl std::fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.0.status, self.0.error) {
            (Some(status), None) => write!(f, "{status}"),
            (Some(status), Some(error)) => write!(f, "{status}, {error}"),
            (None, Some(error)) => write!(f, "{error}"),
            (None, None) => f.write_str("no response"),
        }
    }
}

fn trace_failure(failed: &FailedAttempt<'_>, what: &str) {
    tracing::debug!(attempt = failed.number, reason = %Shown(failed), "{what}");
}

fn trace_retry(failed: &FailedAttempt<'_>, wait: Duration) {
    tracing::warn!(
        attempt = failed.number,
        reason = %Shown(failed),
        wait = ?wait,
        "the attempt failed and is retried"
    );
}
