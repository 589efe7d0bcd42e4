//! The cached token, and how it is replaced: by one fetch at a time, for all calls that wait.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

use super::{BearerToken, Refresh, TokenError, TokenProvider};
use crate::runtime::transport::{BoxFuture, Transport};

/// A token is replaced this long before it expires, or a tenth of its lifetime if that is less: it has to be valid
/// until the server checks it.
const MARGIN: Duration = Duration::from_secs(60);
/// The minimum time between two replacements, for a service that rejects every token.
const REST: Duration = Duration::from_secs(10);

type Fetch = BoxFuture<'static, Result<BearerToken, TokenError>>;

/// The origin of tokens.
pub(crate) enum Origin {
    Provider(Box<dyn TokenProvider>),
    Refresh(Refresh),
}

/// Fetches and caches tokens.
pub(crate) struct TokenSource {
    origin: Origin,
    state: Mutex<State>,
    /// The pending fetch. It stays here if the call that waits for it is dropped, and the next call continues it:
    /// otherwise a refresh token that can be used once would be lost.
    pending: tokio::sync::Mutex<Option<Fetch>>,
}

#[derive(Default)]
struct State {
    cached: Option<CachedToken>,
    /// The number of completed fetches.
    completed: u64,
    /// The error of the last one, if it failed.
    failure: Option<TokenError>,
    /// Whether a token was accepted since the last one was replaced because of a 401.
    is_accepted: bool,
    /// When that was.
    replaced: Option<Duration>,
}

/// A token that is encoded for requests.
#[derive(Clone)]
pub(crate) struct CachedToken {
    /// `Bearer …`
    value: Arc<SecretString>,
    number: u64,
    /// When it is replaced.
    until: Option<Duration>,
}

impl CachedToken {
    /// Returns the value of the header, marked as sensitive.
    ///
    /// # Errors
    /// The token has characters that a header cannot have.
    pub(crate) fn header(&self) -> Result<HeaderValue, TokenError> {
        let value = HeaderValue::from_str(self.value.expose_secret());
        let mut value = value
            .map_err(|_| TokenError::new("the token has characters that a header cannot have"))?;
        value.set_sensitive(true);
        Ok(value)
    }
}

impl TokenSource {
    pub(crate) fn new(origin: Origin) -> Self {
        TokenSource {
            origin,
            state: Mutex::default(),
            pending: tokio::sync::Mutex::default(),
        }
    }

    /// Returns the token to send, which is never the rejected one.
    ///
    /// # Errors
    /// It cannot be fetched.
    pub(crate) async fn token(
        &self,
        transport: &Arc<dyn Transport>,
        timeout: Duration,
        now: impl Fn() -> Duration,
        rejected: Option<&CachedToken>,
    ) -> Result<CachedToken, TokenError> {
        let usable = |token: &&CachedToken| {
            token.until.is_none_or(|until| now() < until)
                && rejected.is_none_or(|rejected| rejected.number != token.number)
        };
        let before = {
            let state = self.state();
            if let Some(token) = state.cached.as_ref().filter(usable) {
                return Ok(token.clone());
            }
            state.completed
        };
        let mut pending = self.pending.lock().await;
        loop {
            {
                let state = self.state();
                if let Some(token) = state.cached.as_ref().filter(usable) {
                    return Ok(token.clone());
                }
                if state.completed > before
                    && let Some(failure) = &state.failure
                {
                    return Err(failure.clone()); // of a fetch for which others waited, too
                }
            }
            // the call that started this fetch was dropped, so its failure may be old
            let is_inherited = pending.is_some();
            let fetched = std::future::poll_fn(|context| {
                let fetch = pending.get_or_insert_with(|| self.fetch(transport, timeout));
                fetch.as_mut().poll(context)
            })
            .await;
            *pending = None;
            match fetched {
                Err(_) if is_inherited => {}
                fetched => return self.complete(fetched, now()),
            }
        }
    }

    fn fetch(&self, transport: &Arc<dyn Transport>, timeout: Duration) -> Fetch {
        match &self.origin {
            Origin::Provider(provider) => provider.token(),
            Origin::Refresh(refresh) => refresh.fetch(transport.clone(), timeout),
        }
    }

    fn complete(
        &self,
        fetched: Result<BearerToken, TokenError>,
        now: Duration,
    ) -> Result<CachedToken, TokenError> {
        let mut state = self.state();
        state.completed += 1;
        match fetched {
            Ok(token) => {
                let margin = |life: Duration| MARGIN.min(life / 10);
                let cached = CachedToken {
                    value: Arc::new(SecretString::from(format!("Bearer {}", token.expose()))),
                    number: state.completed,
                    until: token
                        .lifetime
                        .map(|life| now.saturating_add(life.saturating_sub(margin(life)))),
                };
                state.failure = None;
                state.cached = Some(cached.clone());
                Ok(cached)
            }
            Err(failure) => {
                state.failure = Some(failure.clone());
                Err(failure)
            }
        }
    }

    /// Records that the server accepted the token.
    pub(crate) fn accepted(&self) {
        self.state().is_accepted = true;
    }

    /// Whether to replace a token that the server rejected with 401. For a service that rejects every token it is not:
    /// each call would make three requests.
    pub(crate) fn is_worth_replacing(&self, rejected: &CachedToken, now: Duration) -> bool {
        let mut state = self.state();
        let is_in_use = |token: &CachedToken| token.number == rejected.number;
        if !state.cached.as_ref().is_some_and(is_in_use) {
            return true; // it is replaced already
        }
        let rested = |then: Duration| now.saturating_sub(then) >= REST;
        if !state.is_accepted && !state.replaced.is_none_or(rested) {
            return false;
        }
        state.is_accepted = false;
        state.replaced = Some(now);
        state.cached = None;
        true
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenSource(…)")
    }
}
