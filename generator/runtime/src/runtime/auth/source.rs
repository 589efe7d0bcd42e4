//! The token that is in use, and how another comes: one fetch at a time, whoever waits for it.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

use super::{BearerToken, Refresh, TokenError, TokenProvider};
use crate::runtime::transport::{BoxFuture, Transport};

/// A token is replaced so long before it expires, or a tenth of its life if that is less: it has to last until the
/// server has read it.
const MARGIN: Duration = Duration::from_secs(60);
/// A service that refuses every token is asked for a new one no more often than this.
const REST: Duration = Duration::from_secs(10);

type Flight = BoxFuture<'static, Result<BearerToken, TokenError>>;

/// Where tokens come from.
pub(crate) enum Origin {
    Provider(Box<dyn TokenProvider>),
    Refresh(Refresh),
}

/// Tokens, one after the other.
pub(crate) struct TokenSource {
    origin: Origin,
    state: Mutex<State>,
    /// The fetch that is under way. It stays here when who waits for it goes away, and whoever comes next goes on with
    /// it: a service that gives each refresh token once would be lost otherwise.
    flight: tokio::sync::Mutex<Option<Flight>>,
}

#[derive(Default)]
struct State {
    held: Option<CachedToken>,
    /// How many fetches have ended.
    landed: u64,
    /// What the last of them ended with, if that was an error.
    failure: Option<TokenError>,
    /// Whether a token was accepted since the last one was replaced because of a 401, and when that was.
    is_proven: bool,
    replaced: Option<Duration>,
}

/// A token as it is sent.
#[derive(Clone)]
pub(crate) struct CachedToken {
    /// `Bearer …`
    value: Arc<SecretString>,
    number: u64,
    /// When it is to be replaced.
    until: Option<Duration>,
}

impl CachedToken {
    /// The header's value; marked, so that nothing shows it.
    ///
    /// # Errors
    /// It has characters that a header cannot carry.
    pub(crate) fn header(&self) -> Result<HeaderValue, TokenError> {
        let value = HeaderValue::from_str(self.value.expose_secret());
        let mut value = value
            .map_err(|_| TokenError::new("the token has characters that a header cannot carry"))?;
        value.set_sensitive(true);
        Ok(value)
    }
}

impl TokenSource {
    pub(crate) fn new(origin: Origin) -> Self {
        TokenSource {
            origin,
            state: Mutex::default(),
            flight: tokio::sync::Mutex::default(),
        }
    }

    /// The token to send; another one than `refused`, if that is still in use.
    ///
    /// # Errors
    /// There is none.
    pub(crate) async fn token(
        &self,
        transport: &Arc<dyn Transport>,
        timeout: Duration,
        now: impl Fn() -> Duration,
        refused: Option<&CachedToken>,
    ) -> Result<CachedToken, TokenError> {
        let usable = |held: &&CachedToken| {
            held.until.is_none_or(|until| now() < until)
                && refused.is_none_or(|refused| refused.number != held.number)
        };
        let before = {
            let state = self.state();
            if let Some(held) = state.held.as_ref().filter(usable) {
                return Ok(held.clone());
            }
            state.landed
        };
        let mut flight = self.flight.lock().await;
        loop {
            {
                let state = self.state();
                if let Some(held) = state.held.as_ref().filter(usable) {
                    return Ok(held.clone());
                }
                if state.landed > before
                    && let Some(failure) = &state.failure
                {
                    return Err(failure.clone()); // of a fetch that others waited for at the same time
                }
            }
            // nobody was there when this one ended, or would have: its failure is old
            let is_inherited = flight.is_some();
            let fetched = std::future::poll_fn(|context| {
                let flight = flight.get_or_insert_with(|| self.fetch(transport, timeout));
                flight.as_mut().poll(context)
            })
            .await;
            *flight = None;
            match fetched {
                Err(_) if is_inherited => {}
                fetched => return self.land(fetched, now()),
            }
        }
    }

    fn fetch(&self, transport: &Arc<dyn Transport>, timeout: Duration) -> Flight {
        match &self.origin {
            Origin::Provider(provider) => provider.token(),
            Origin::Refresh(refresh) => refresh.fetch(transport.clone(), timeout),
        }
    }

    fn land(
        &self,
        fetched: Result<BearerToken, TokenError>,
        now: Duration,
    ) -> Result<CachedToken, TokenError> {
        let mut state = self.state();
        state.landed += 1;
        match fetched {
            Ok(token) => {
                let margin = |life: Duration| MARGIN.min(life / 10);
                let held = CachedToken {
                    value: Arc::new(SecretString::from(format!("Bearer {}", token.expose()))),
                    number: state.landed,
                    until: token
                        .lifetime
                        .map(|life| now.saturating_add(life.saturating_sub(margin(life)))),
                };
                state.failure = None;
                state.held = Some(held.clone());
                Ok(held)
            }
            Err(failure) => {
                state.failure = Some(failure.clone());
                Err(failure)
            }
        }
    }

    /// The server took the token.
    pub(crate) fn accepted(&self) {
        self.state().is_proven = true;
    }

    /// The server refused the token with 401: whether to try another. A service that takes none would otherwise make
    /// three requests of every call.
    pub(crate) fn is_worth_replacing(&self, refused: &CachedToken, now: Duration) -> bool {
        let mut state = self.state();
        let is_in_use = |held: &CachedToken| held.number == refused.number;
        if !state.held.as_ref().is_some_and(is_in_use) {
            return true; // somebody has replaced it already
        }
        let rested = |then: Duration| now.saturating_sub(then) >= REST;
        if !state.is_proven && !state.replaced.is_none_or(rested) {
            return false;
        }
        state.is_proven = false;
        state.replaced = Some(now);
        state.held = None;
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
