//! What a client may spend on repeats: a bucket of tokens that all clones share.
//!
//! A repeat takes tokens out, a success puts them back. During an outage nothing comes back, so the repeats end after
//! `500 / 14` of them, and each call is sent once; the first successes fill the bucket again.

use std::sync::atomic::{AtomicU32, Ordering};

/// What a bucket holds unless it is set.
pub(crate) const TOKENS: u32 = 500;
/// What a repeat costs, and one after a 429: a server that throttles is alive.
const REPEAT: u32 = 14;
const THROTTLED: u32 = 5;

/// The bucket.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    most: u32,
    tokens: AtomicU32,
}

impl RetryBudget {
    pub(crate) fn new(tokens: u32) -> Self {
        RetryBudget {
            most: tokens,
            tokens: AtomicU32::new(tokens),
        }
    }

    /// Takes out what a repeat costs; `None` when there is not so much.
    pub(crate) fn withdraw(&self, throttled: bool) -> Option<Withdrawal<'_>> {
        let cost = if throttled { THROTTLED } else { REPEAT };
        let taken = self
            .tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| {
                tokens.checked_sub(cost)
            });
        taken.ok().map(|_| Withdrawal { budget: self, cost })
    }

    /// Puts tokens back: what the last repeat cost, or one for a success at first.
    pub(crate) fn deposit(&self, tokens: u32) {
        let add = |held: u32| Some(held.saturating_add(tokens).min(self.most));
        // the closure always gives a value, so this cannot fail
        let _ = self
            .tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }

    /// What is left.
    pub(crate) fn tokens(&self) -> u32 {
        self.tokens.load(Ordering::Relaxed)
    }
}

/// Tokens that were taken out for a repeat that is not sent yet. A call that is dropped while it waits gives them back.
#[derive(Debug)]
pub(crate) struct Withdrawal<'a> {
    budget: &'a RetryBudget,
    cost: u32,
}

impl Withdrawal<'_> {
    /// The repeat is sent now; gives what it cost.
    pub(crate) fn spend(mut self) -> u32 {
        std::mem::take(&mut self.cost)
    }
}

impl Drop for Withdrawal<'_> {
    fn drop(&mut self) {
        self.budget.deposit(self.cost);
    }
}
