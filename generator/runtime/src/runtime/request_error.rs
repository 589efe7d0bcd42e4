//! Errors of a request that is not sent.

use std::fmt;

use crate::runtime::wire::Mismatch;

/// Why a request cannot be sent. Displays no value of a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestError(Reason);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Reason {
    Plain(&'static str),
    Parameter(&'static str, String),
    Body(Mismatch),
}

impl RequestError {
    pub(crate) fn new(reason: &'static str) -> Self {
        RequestError(Reason::Plain(reason))
    }

    /// Creates the error of a parameter; the reason must not have its value.
    pub(crate) fn parameter(name: &'static str, reason: impl Into<String>) -> Self {
        RequestError(Reason::Parameter(name, reason.into()))
    }

    /// Creates the error of a body with a value that JSON cannot represent.
    pub(crate) fn body(place: Mismatch) -> Self {
        RequestError(Reason::Body(place))
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Reason::Plain(reason) => f.write_str(reason),
            Reason::Parameter(name, reason) => write!(f, "the parameter `{name}` {reason}"),
            Reason::Body(place) => write!(f, "the body cannot be sent: {place}"),
        }
    }
}

impl std::error::Error for RequestError {}
