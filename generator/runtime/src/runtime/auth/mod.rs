//! Bearer tokens that are fetched: by a [`TokenProvider`], or by OAuth 2.0 with [`OAuthRefresh`].

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

/// A bearer token with its lifetime. `Debug` does not show it, and its memory is wiped.
#[derive(Clone)]
pub struct BearerToken {
    secret: SecretString,
    lifetime: Option<Duration>,
}

impl BearerToken {
    /// Creates a token that is valid until the server rejects it.
    pub fn new(token: impl Into<String>) -> Self {
        BearerToken {
            secret: SecretString::from(token.into()),
            lifetime: None,
        }
    }

    /// Sets the lifetime of the token from now on. The client fetches another one shortly before the end.
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
/// The client calls it when it has no token, shortly before the token expires, and once after the server rejects the
/// token with 401, when it must return another one. There is one fetch at a time, whose result or error goes to all
/// calls that wait. Any `Fn() -> impl Future<Output = Result<BearerToken, TokenError>>` is a provider.
pub trait TokenProvider: Send + Sync + 'static {
    /// Fetches a token.
    ///
    /// If the call that waits for it is dropped, the future is not dropped, and the next call continues it.
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

/// Why a token could not be fetched.
#[derive(Debug, Clone)]
pub struct TokenError(Arc<Detail>);

#[derive(Debug)]
struct Detail {
    source: Box<dyn StdError + Send + Sync>,
    is_transient: bool,
}

impl TokenError {
    /// Creates a permanent error: the call fails. The source must not display secrets.
    pub fn new(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::of(source.into(), false)
    }

    /// Creates a transient error: the call is retried, as after a failed connection.
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

/// The request was not sent, because there is no token.
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
