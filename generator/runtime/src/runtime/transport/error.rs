//! Why an exchange with the server broke off.

use std::error::Error as StdError;
use std::fmt;

use super::Attempts;

/// Why an exchange with the server broke off.
///
/// Displays what happened; the chain of [`source`](StdError::source)s says why.
#[derive(Debug)]
pub struct TransportError(Box<Detail>);

#[derive(Debug)]
struct Detail {
    kind: TransportErrorKind,
    timed_out: bool,
    attempts: Attempts,
    /// Whether another try may succeed though nothing was sent.
    is_transient: bool,
    source: Box<dyn StdError + Send + Sync>,
}

/// The kinds of [`TransportError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// There was no connection, so the request provably never reached the server.
    Connect,
    /// Nothing was sent: the transport cannot send this request, there is no token, or the deadline came while the call
    /// waited for its turn.
    NotSent,
    /// Time was up before the last byte of the reply.
    TimedOut,
    /// The connection broke before the last byte of the reply.
    Interrupted,
    /// The body of the reply is longer than the client accepts.
    TooLarge,
    /// Anything else.
    Other,
}

impl TransportError {
    /// An error of a [`Transport`](super::Transport). The source must not show secrets.
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

    /// There was no connection in the time that connecting may take.
    pub fn connect_timed_out(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let mut error = Self::new(TransportErrorKind::Connect, source);
        error.0.timed_out = true;
        error
    }

    /// Marks the error as one that another try may not meet again.
    pub(crate) fn transient(mut self) -> Self {
        self.0.is_transient = true;
        self
    }

    /// Nothing was sent, since time was up before.
    pub(crate) fn not_sent_in_time(what: &'static str) -> Self {
        let mut error = Self::new(TransportErrorKind::NotSent, what);
        error.0.timed_out = true;
        error
    }

    /// Whether nothing was sent, and another try may succeed.
    pub(crate) fn is_transient(&self) -> bool {
        self.0.is_transient
    }

    /// What kind of error this is.
    pub fn kind(&self) -> TransportErrorKind {
        self.0.kind
    }

    /// Whether time was up, for the whole or for connecting.
    pub fn is_timeout(&self) -> bool {
        self.0.timed_out
    }

    /// Whether the server may have done the work all the same; not when the request never reached it.
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
            (TransportErrorKind::Interrupted, _) => "the connection to the server broke",
            (TransportErrorKind::TooLarge, _) => "the reply is longer than is accepted",
            (TransportErrorKind::Other, _) => "the exchange with the server failed",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.0.source.as_ref())
    }
}
