//! Bearer tokens that have to be fetched: a [`TokenProvider`] of the caller's own, or [`OAuthRefresh`].

mod oauth;
mod source;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use crate::runtime::transport::{BoxFuture, TransportError, TransportErrorKind};

pub use oauth::OAuthRefresh;
pub(crate) use oauth::Refresh;
pub(crate) use source::{CachedToken, Origin, TokenSource};

/// A bearer token, and how long it is good for. `Debug` does not show it, and its memory is wiped.
#[derive(Clone)]
pub struct BearerToken {
    secret: SecretString,
    lifetime: Option<Duration>,
}

impl BearerToken {
    /// A token that is good until the server refuses it.
    pub fn new(token: impl Into<String>) -> Self {
        BearerToken {
            secret: SecretString::from(token.into()),
            lifetime: None,
        }
    }

    /// Says how long the token is good from now on. The client fetches another a little before that.
    #[must_use]
    pub fn valid_for(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }

    fn expose(&self) -> &str {
        self.secret.expose_secret()
    }
}

impl fmt::Debug for BearerToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BearerToken")
            .field("lifetime", &self.lifetime)
            .finish_non_exhaustive()
    }
}

/// Fetches bearer tokens: from a vault, from another service, from a file.
///
/// It is asked when there is no token yet, when the last one is about to expire, and once when the server refuses the
/// last one with 401; it must not give the same one again then. It is never asked twice at a time, however many calls
/// wait, and an error is given to all that wait. Any `Fn() -> impl Future<Output = Result<BearerToken, TokenError>>` is
/// a provider.
pub trait TokenProvider: Send + Sync + 'static {
    /// Fetches a token.
    ///
    /// When the call that waits for it is dropped, the future is kept, and the next call goes on with it.
    fn token(&self) -> BoxFuture<'static, Result<BearerToken, TokenError>>;
}

#[cfg(not(target_family = "wasm"))]
impl<F, T> TokenProvider for F
where
    F: Fn() -> T + Send + Sync + 'static,
    T: Future<Output = Result<BearerToken, TokenError>> + Send + 'static,
{
    fn token(&self) -> BoxFuture<'static, Result<BearerToken, TokenError>> {
        Box::pin(self())
    }
}

#[cfg(target_family = "wasm")]
impl<F, T> TokenProvider for F
where
    F: Fn() -> T + Send + Sync + 'static,
    T: Future<Output = Result<BearerToken, TokenError>> + 'static,
{
    fn token(&self) -> BoxFuture<'static, Result<BearerToken, TokenError>> {
        Box::pin(self())
    }
}

/// Why there is no token.
#[derive(Debug, Clone)]
pub struct TokenError(Arc<Detail>);

#[derive(Debug)]
struct Detail {
    source: Box<dyn StdError + Send + Sync>,
    is_transient: bool,
}

impl TokenError {
    /// A reason that stays: the call fails. The source must not show secrets.
    pub fn new(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::of(source.into(), false)
    }

    /// A reason that may pass: the call tries again, as after a connection that could not be made.
    pub fn transient(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::of(source.into(), true)
    }

    fn of(source: Box<dyn StdError + Send + Sync>, is_transient: bool) -> Self {
        TokenError(Arc::new(Detail {
            source,
            is_transient,
        }))
    }
}

/// Nothing was sent, for want of a token.
impl From<TokenError> for TransportError {
    fn from(error: TokenError) -> Self {
        let is_transient = error.0.is_transient;
        let error = TransportError::new(TransportErrorKind::NotSent, error);
        if is_transient {
            error.transient()
        } else {
            error
        }
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no token to send")
    }
}

impl StdError for TokenError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.0.source)
    }
}
