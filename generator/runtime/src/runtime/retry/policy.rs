//! The retry policy that a caller sets.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{FailedAttempt, RetryDecision};

const ATTEMPTS: u32 = 3;
const INITIAL_BACKOFF: Duration = Duration::from_secs(1);
const MAX_BACKOFF: Duration = Duration::from_secs(20);

type Decide = dyn Fn(&FailedAttempt<'_>) -> RetryDecision + Send + Sync;

/// Decides whether and when a call is retried.
///
/// By default a call has up to three attempts. It is retried
///
/// - if there was no connection, so that the server cannot have received the request;
/// - after a timeout, a broken connection, 408, 429 or 5xx, if the operation is idempotent: by its method (`GET`,
///   `PUT`, `DELETE` …), or because the configuration of the generator says so.
///
/// The delay is uniform in `[0, bound)` (full jitter), so that clients do not retry all at once after an outage. The
/// bound is 1 second before the second attempt and 2 seconds before the third. `Retry-After` is a minimum. If the delay
/// would leave less than the timeout of an attempt before the deadline, the call fails at once.
///
/// Retries use a budget that all clones of a client share (`ClientBuilder::retry_budget`), so that they do not multiply
/// the load of an outage.
#[derive(Clone)]
pub struct RetryPolicy {
    attempts: u32,
    initial_backoff: Duration,
    max_backoff: Duration,
    decide: Option<Arc<Decide>>,
}

impl RetryPolicy {
    /// Creates the default policy: three attempts with delays of up to 1 and 2 seconds.
    pub fn new() -> Self {
        RetryPolicy {
            attempts: ATTEMPTS,
            initial_backoff: INITIAL_BACKOFF,
            max_backoff: MAX_BACKOFF,
            decide: None,
        }
    }

    /// Creates a policy without retries.
    pub fn none() -> Self {
        Self::new().attempts(1)
    }

    /// Sets the maximum number of attempts; at least 1.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// Sets the bound of the delay before the second attempt, and the maximum bound. The bound doubles with each
    /// attempt up to the maximum. The delay is uniform in `[0, bound)` (full jitter).
    #[must_use]
    pub fn backoff(mut self, initial: Duration, max: Duration) -> Self {
        self.initial_backoff = initial;
        self.max_backoff = max.max(initial);
        self
    }

    /// Sets a closure that decides about each failed attempt. The number of attempts, the deadline and the budget still
    /// apply.
    ///
    /// [`RetryDecision::Retry`] retries calls that are not idempotent, too.
    #[must_use]
    pub fn decide(
        mut self,
        decide: impl Fn(&FailedAttempt<'_>) -> RetryDecision + Send + Sync + 'static,
    ) -> Self {
        self.decide = Some(Arc::new(decide));
        self
    }

    pub(crate) fn max_attempts(&self) -> u32 {
        self.attempts
    }

    pub(crate) fn decision(&self, failed: &FailedAttempt<'_>) -> RetryDecision {
        match &self.decide {
            Some(decide) => decide(failed),
            None => RetryDecision::Default,
        }
    }

    /// Returns the bound of the delay after a number of attempts: 1, 2, 4 … up to 20 seconds.
    pub(crate) fn bound(&self, sent: u32) -> Duration {
        let doublings = sent.saturating_sub(1).min(31);
        let grown = self.initial_backoff.saturating_mul(1 << doublings);
        grown.min(self.max_backoff)
    }

    /// Returns a delay that is uniform in `[0, bound)`.
    pub(crate) fn wait(&self, sent: u32) -> Duration {
        self.bound(sent).mul_f64(fastrand::f64())
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for RetryPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryPolicy")
            .field("attempts", &self.attempts)
            .field("initial_backoff", &self.initial_backoff)
            .field("max_backoff", &self.max_backoff)
            .field("decides", &self.decide.is_some())
            .finish()
    }
}
