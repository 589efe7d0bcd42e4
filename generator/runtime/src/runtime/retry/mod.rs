//! Repeating a call: when, how often, after which wait.
//!
//! `policy` is what a caller sets, `failed` what it is asked about, `budget` bounds the whole client, `after` reads
//! what the server wishes. `client::attempts` puts them to work.

mod after;
mod budget;
mod failed;
mod policy;

pub(crate) use after::retry_after;
pub(crate) use budget::{RetryBudget, TOKENS, Withdrawal};
pub(crate) use failed::may_have_been_applied;
pub use failed::{FailedAttempt, RetryDecision};
pub use policy::RetryPolicy;
