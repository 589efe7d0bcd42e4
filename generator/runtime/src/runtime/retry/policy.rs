//! What a caller can set.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{FailedAttempt, RetryDecision};

const ATTEMPTS: u32 = 3;
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(20);

type Decide = dyn Fn(&FailedAttempt<'_>) -> RetryDecision + Send + Sync;

/// Whether and when a call is sent again.
///
/// Unless told otherwise a call is sent at most three times, and again
///
/// - when there was no connection, so that the server cannot have seen it;
/// - after a time-out, a broken connection, 408, 429 or 5xx, when the operation can be repeated without harm: by its
///   method (`GET`, `PUT`, `DELETE` …), or because the client was generated with that knowledge.
///
/// Before the second attempt it waits between 0 and 1 s, before the third between 0 and 2 s, by chance, so that the
/// clients of a server that was away do not come back all at once. When the server says `Retry-After`, it waits at
/// least so long. A wait that would leave less than an attempt's time before the deadline is not begun: the call fails
/// at once with what came.
///
/// Repeats are paid from a budget that all clones of a client share
/// ([`retry_budget`](crate::runtime::client::ClientBuilder::retry_budget)), so that an outage is not multiplied.
#[derive(Clone)]
pub struct RetryPolicy {
    attempts: u32,
    first_wait: Duration,
    longest_wait: Duration,
    decide: Option<Arc<Decide>>,
}

impl RetryPolicy {
    /// Three attempts with waits of up to 1 and 2 seconds.
    pub fn new() -> Self {
        RetryPolicy {
            attempts: ATTEMPTS,
            first_wait: FIRST_WAIT,
            longest_wait: LONGEST_WAIT,
            decide: None,
        }
    }

    /// Every call is sent once.
    pub fn none() -> Self {
        Self::new().attempts(1)
    }

    /// How often a call may be sent in all; at least once.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// The longest wait before the second attempt, and the longest before any: the first is doubled from attempt to
    /// attempt until it reaches the other. The wait itself is drawn between nothing and that.
    #[must_use]
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.first_wait = first;
        self.longest_wait = longest.max(first);
        self
    }

    /// Asks a closure about every attempt that failed. The number of attempts, the deadline and the budget still hold.
    ///
    /// [`RetryDecision::Retry`] repeats even what may do harm when it is done twice: the closure knows better.
    #[must_use]
    pub fn decide(
        mut self,
        decide: impl Fn(&FailedAttempt<'_>) -> RetryDecision + Send + Sync + 'static,
    ) -> Self {
        self.decide = Some(Arc::new(decide));
        self
    }

    pub(crate) fn most_attempts(&self) -> u32 {
        self.attempts
    }

    pub(crate) fn decision(&self, failed: &FailedAttempt<'_>) -> RetryDecision {
        match &self.decide {
            Some(decide) => decide(failed),
            None => RetryDecision::Default,
        }
    }

    /// The longest wait before the attempt that follows so many: 1, 2, 4 … up to 20 seconds.
    pub(crate) fn bound(&self, sent: u32) -> Duration {
        let doublings = sent.saturating_sub(1).min(31);
        let grown = self.first_wait.saturating_mul(1 << doublings);
        grown.min(self.longest_wait)
    }

    /// A wait between nothing and [`bound`](Self::bound): full jitter.
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
            .field("first_wait", &self.first_wait)
            .field("longest_wait", &self.longest_wait)
            .field("decides", &self.decide.is_some())
            .finish()
    }
}
