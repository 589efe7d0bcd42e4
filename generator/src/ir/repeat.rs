//! Sending a call again: which operations can be done twice, and what failures mean.

use super::Locator;

/// Whether an operation can be done twice without harm.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Idempotency {
    /// As the method says.
    #[default]
    ByMethod,
    /// Whatever the method says.
    Known(bool),
    /// When the JSON body of the request has something at the end of this path.
    WhenPresent(Vec<Step>),
}

/// A step on the way into a JSON body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// To a member, by its name on the wire.
    Member(String),
    /// To every element of an array.
    Each,
}

/// What a failure means for sending a call again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryRule {
    /// The status that it is about.
    pub status: u16,
    /// Only replies that have this text there, if it is given.
    pub only: Option<(Locator, String)>,
    /// Whether the call is sent again, and after how many seconds at the earliest.
    pub again_after: Option<u32>,
}

/// The headers that tell the rate limit, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateLimitHeaders {
    /// How many requests a period allows.
    pub limit: Option<String>,
    /// How many of them are left.
    pub remaining: Option<String>,
    /// How long the period is.
    pub period: Option<(String, Unit)>,
}

/// What a header counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
}
