//! The client: settings, credentials, and the attempts of a call. Operations are added by `crate::client`, requests are
//! built in `request`.

mod attempts;
mod builder;
mod credential;
mod exchange;
mod header;
mod retry;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Request};

use self::credential::Sealed;
use crate::runtime::auth::TokenSource;
use crate::runtime::limit::RateLimiter;
use crate::runtime::retry::{RetryBudget, RetryPolicy};
use crate::runtime::timer::{Stopwatch, Timer};
use crate::runtime::transport::Transport;
use crate::runtime::url::{self, BaseUrl, Query};

pub(crate) use attempts::Plan;
pub use builder::{ClientBuilder, SetupError};
pub use credential::Credential;
pub(crate) use exchange::{ExchangeError, Incoming};
pub(crate) use header::{announce_length, header_of};
// generated code names what a client is made of by one module, since its tags can be called anything but `client`
#[allow(unused_imports, reason = "a description needs only some of them")]
pub use crate::runtime::service::{
    Advice, Locator, Place, RateLimitHeaders, RetryRule, Scheme, SchemeKind, Service, ServicePart,
    Unit,
};

/// A client of the service. Cloning is cheap; clones share connections, limits and the retry budget.
///
/// Its methods return a call; nothing is sent before the call is awaited.
#[derive(Clone)]
pub struct Client {
    /// A field, because operations cannot have the name of a method.
    pub(crate) shared: Arc<Shared>,
}

/// The state that clones of a client share.
pub(crate) struct Shared {
    pub(crate) service: &'static Service,
    pub(crate) base_url: BaseUrl,
    /// By the index of the scheme.
    credentials: Vec<Option<Arc<Sealed>>>,
    pub(crate) headers: HeaderMap,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Arc<RetryBudget>,
    limiter: Option<RateLimiter>,
    pub(crate) timer: Option<Arc<dyn Timer>>,
    /// The clock of a client without a timer.
    built: Stopwatch,
    transport: Arc<dyn Transport>,
    /// The clients of the parts of the service.
    parts: Vec<Client>,
}

/// The client that generated code borrows, whatever is around it.
#[doc(hidden)]
pub type Base = Client;

/// Returns the client of a part of the service, which shares all but the server and what is known about the service.
#[doc(hidden)]
pub fn part(client: &Client, index: usize) -> Client {
    client.shared.parts.get(index).unwrap_or(client).clone()
}

/// The limits of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    /// The time from the first attempt to the end of the last.
    pub(crate) deadline: Duration,
    /// The time of one attempt, from connecting to the last byte of the response.
    pub(crate) attempt_timeout: Duration,
    /// The maximum size of a response body in bytes, after decompression.
    pub(crate) max_response_size: usize,
}

impl Shared {
    /// Adds the credentials of the first alternative whose credentials are all set, and returns the source of the
    /// bearer token, if it is fetched when the request is sent. An empty alternative, which makes security optional,
    /// adds none.
    pub(crate) fn authorize(
        &self,
        alternatives: &[&[usize]],
        headers: &mut HeaderMap,
        query: &mut Query,
    ) -> Option<Arc<TokenSource>> {
        let sealed = |index: &usize| self.credentials.get(*index).and_then(Option::as_deref);
        let is_set = |schemes: &&&[usize]| {
            !schemes.is_empty() && schemes.iter().all(|index| sealed(index).is_some())
        };
        let schemes = alternatives.iter().find(is_set)?;
        for credential in schemes.iter().filter_map(sealed) {
            credential.apply(headers, query);
        }
        schemes.iter().filter_map(sealed).find_map(Sealed::token)
    }

    /// Completes a request of the caller with the base URL, the client's headers and all credentials.
    ///
    /// # Errors
    /// Why the request is rejected.
    pub(crate) fn complete(&self, request: Request<Bytes>) -> Result<Request<Bytes>, &'static str> {
        let (mut head, body) = request.into_parts();
        header::check_framing(&head.headers)?;
        let uri = self.base_url.resolve(&head.uri)?;
        for (name, value) in &self.headers {
            head.headers.entry(name).or_insert_with(|| value.clone());
        }
        let mut query = Query::of(uri.query());
        for credential in self.credentials.iter().flatten() {
            credential.apply(&mut head.headers, &mut query);
        }
        head.uri = url::with_query(&uri, query.as_str())?;
        let mut request = Request::from_parts(head, body);
        announce_length(&mut request);
        Ok(request)
    }

    /// Returns the first source of bearer tokens among all credentials.
    pub(crate) fn token(&self) -> Option<Arc<TokenSource>> {
        let mut all = self.credentials.iter().flatten();
        all.find_map(|credential| credential.token())
    }

    /// Returns the time since a fixed moment.
    pub(crate) fn now(&self) -> Duration {
        match &self.timer {
            Some(timer) => timer.now(),
            None => self.built.elapsed(),
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shared = &self.shared;
        let schemes = shared.service.schemes.iter().zip(&shared.credentials);
        let credentials: Vec<&str> = schemes
            .filter(|(_, credential)| credential.is_some())
            .map(|(scheme, _)| scheme.name)
            .collect();
        f.debug_struct("Client")
            .field("base_url", &shared.base_url.as_string())
            .field("credentials", &credentials)
            .field("limits", &shared.limits)
            .field("retry", &shared.retry)
            .field("rate_limit", &shared.limiter)
            .finish_non_exhaustive()
    }
}
