//! Retries: the policy of a caller, failed attempts, the budget of a client, and `Retry-After`. `client::attempts` uses
//! them.

mod after;
mod budget;
mod failed;
mod policy;

pub(crate) use after::retry_after;
pub(crate) use budget::{RetryBudget, TOKENS, Withdrawal};
pub(crate) use failed::may_have_been_applied;
pub use failed::{FailedAttempt, RetryDecision};
pub use policy::RetryPolicy;
