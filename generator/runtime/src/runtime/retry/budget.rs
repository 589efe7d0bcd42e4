//! The retry budget of a client: a bucket of tokens that all its clones share.
//!
//! A retry takes tokens, a success adds some. During an outage nothing is added, so retries end after `500 / 14` of
//! them, and each call is sent once. Successes fill the bucket again.

use std::sync::atomic::{AtomicU32, Ordering};

/// The default capacity.
pub(crate) const TOKENS: u32 = 500;
/// The cost of a retry, and of one after a 429, when the server is available.
const RETRY: u32 = 14;
const THROTTLED: u32 = 5;

/// The bucket of tokens.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    capacity: u32,
    tokens: AtomicU32,
}

impl RetryBudget {
    pub(crate) fn new(tokens: u32) -> Self {
        RetryBudget {
            capacity: tokens,
            tokens: AtomicU32::new(tokens),
        }
    }

    /// Takes the cost of a retry; `None` if there are not enough tokens.
    pub(crate) fn withdraw(&self, is_throttled: bool) -> Option<Withdrawal<'_>> {
        let cost = if is_throttled { THROTTLED } else { RETRY };
        let taken = self
            .tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| {
                tokens.checked_sub(cost)
            });
        taken.ok().map(|_| Withdrawal { budget: self, cost })
    }

    /// Adds tokens: the cost of a retry that succeeded, or one for a success at the first attempt.
    pub(crate) fn deposit(&self, tokens: u32) {
        let add = |left: u32| Some(left.saturating_add(tokens).min(self.capacity));
        // the closure always returns a value, so this cannot fail
        let _ = self
            .tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }

    /// Returns the number of tokens.
    pub(crate) fn tokens(&self) -> u32 {
        self.tokens.load(Ordering::Relaxed)
    }
}

/// The tokens of a retry that is not sent yet. They are returned if the call is dropped while it waits.
#[derive(Debug)]
pub(crate) struct Withdrawal<'a> {
    budget: &'a RetryBudget,
    cost: u32,
}

impl Withdrawal<'_> {
    /// Keeps the tokens, because the retry is sent, and returns its cost.
    pub(crate) fn spend(mut self) -> u32 {
        std::mem::take(&mut self.cost)
    }
}

impl Drop for Withdrawal<'_> {
    fn drop(&mut self) {
        self.budget.deposit(self.cost);
    }
}
