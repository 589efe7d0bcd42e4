//! Errors of an exchange with the server.

use std::error::Error as StdError;
use std::fmt;

use super::Attempts;

/// The error of an exchange with the server.
///
/// Displays what happened; the chain of [`source`](StdError::source)s has the reasons.
#[derive(Debug)]
pub struct TransportError(Box<Detail>);

#[derive(Debug)]
struct Detail {
    kind: TransportErrorKind,
    timed_out: bool,
    attempts: Attempts,
    /// Whether another attempt can succeed if nothing was sent.
    is_transient: bool,
    source: Box<dyn StdError + Send + Sync>,
}

/// The kinds of [`TransportError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The connection failed, so the server did not receive the request.
    Connect,
    /// Nothing was sent: the transport does not support the request, there is no token, or the deadline expired while
    /// the call waited for the rate limit.
    NotSent,
    /// The timeout expired before the last byte of the response.
    TimedOut,
    /// The connection was lost before the last byte of the response.
    Interrupted,
    /// The response body exceeds the maximum size.
    TooLarge,
    /// Anything else.
    Other,
}

impl TransportError {
    /// Creates an error of a [`Transport`](super::Transport). The source must not display secrets.
    pub fn new(
        kind: TransportErrorKind,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        TransportError(Box::new(Detail {
            kind,
            timed_out: kind == TransportErrorKind::TimedOut,
            attempts: Attempts::default(),
            is_transient: kind == TransportErrorKind::Connect,
            source: source.into(),
        }))
    }

    /// Creates the error of a connection that timed out.
    pub fn connect_timed_out(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let mut error = Self::new(TransportErrorKind::Connect, source);
        error.0.timed_out = true;
        error
    }

    /// Marks the error as one that another attempt can avoid.
    pub(crate) fn transient(mut self) -> Self {
        self.0.is_transient = true;
        self
    }

    /// Creates the error of a request that was not sent before the deadline.
    pub(crate) fn not_sent_in_time(what: &'static str) -> Self {
        let mut error = Self::new(TransportErrorKind::NotSent, what);
        error.0.timed_out = true;
        error
    }

    /// Whether nothing was sent, and another attempt can succeed.
    pub(crate) fn is_transient(&self) -> bool {
        self.0.is_transient
    }

    /// Returns the kind of the error.
    pub fn kind(&self) -> TransportErrorKind {
        self.0.kind
    }

    /// Whether a timeout expired, for the exchange or for connecting.
    pub fn is_timeout(&self) -> bool {
        self.0.timed_out
    }

    /// Whether the server may have applied the request; not if it never received it.
    pub fn may_have_been_applied(&self) -> bool {
        use TransportErrorKind::{Connect, NotSent};
        !matches!(self.0.kind, Connect | NotSent)
    }

    pub(crate) fn attempts(&self) -> Attempts {
        self.0.attempts
    }

    pub(crate) fn set_attempts(&mut self, attempts: Attempts) {
        self.0.attempts = attempts;
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.0.kind, self.0.timed_out) {
            (TransportErrorKind::Connect, true) => "connecting to the server timed out",
            (TransportErrorKind::Connect, false) => "the server cannot be reached",
            (TransportErrorKind::NotSent, _) => "the request was not sent",
            (TransportErrorKind::TimedOut, _) => "the exchange with the server timed out",
            (TransportErrorKind::Interrupted, _) => "the connection to the server was lost",
            (TransportErrorKind::TooLarge, _) => "the response exceeds the maximum size",
            (TransportErrorKind::Other, _) => "the exchange with the server failed",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.0.source.as_ref())
    }
}
