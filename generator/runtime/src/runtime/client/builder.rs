//! The settings of a client, which are checked when it is built.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderMap, HeaderValue, USER_AGENT};

use super::credential::{Credential, Sealed};
use super::header::header_of;
use super::{Client, Limits, Shared};
use crate::runtime::limit::RateLimiter;
use crate::runtime::retry::{RetryBudget, RetryPolicy, TOKENS};
use crate::runtime::service::{Service, ServicePart};
use crate::runtime::timer::{Stopwatch, Timer, default_timer};
#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
use crate::runtime::transport::Reqwest;
use crate::runtime::transport::Transport;
use crate::runtime::url::BaseUrl;

/// Some servers take up to 100 seconds; a shorter timeout can miss that a write was applied.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(110);
const DEADLINE: Duration = Duration::from_secs(360);
/// The default `user-agent` of a client without one of its own: the name and version of the package with this file.
const AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const MAX_RESPONSE_SIZE: usize = 64 * 1024 * 1024;

/// Configures and builds a [`Client`]. `Debug` never shows credentials and headers.
#[must_use = "nothing is built before `build`"]
pub struct ClientBuilder {
    service: &'static Service,
    base_url: Option<String>,
    /// The base URLs of the service's parts.
    part_urls: Vec<Option<String>>,
    /// The default `user-agent`.
    agent: &'static str,
    /// By the index of the scheme.
    credentials: Vec<Option<Credential>>,
    headers: Vec<(String, String)>,
    connect_timeout: Duration,
    limits: Limits,
    retry: Option<RetryPolicy>,
    retry_budget: u32,
    limiter: Option<RateLimiter>,
    timer: Option<Arc<dyn Timer>>,
    transport: Option<Box<dyn Transport>>,
}

impl ClientBuilder {
    #[doc(hidden)]
    pub fn new(service: &'static Service) -> Self {
        ClientBuilder {
            service,
            base_url: None,
            part_urls: service.parts.iter().map(|_| None).collect(),
            agent: AGENT,
            credentials: service.schemes.iter().map(|_| None).collect(),
            headers: Vec::new(),
            connect_timeout: CONNECT_TIMEOUT,
            limits: Limits {
                deadline: DEADLINE,
                attempt_timeout: ATTEMPT_TIMEOUT,
                max_response_size: MAX_RESPONSE_SIZE,
            },
            retry: None,
            retry_budget: TOKENS,
            limiter: None,
            timer: default_timer(),
            transport: None,
        }
    }

    /// Sets the default `user-agent`, where the client is in another package than this file.
    #[doc(hidden)]
    pub fn agent(mut self, agent: &'static str) -> Self {
        self.agent = agent;
        self
    }

    /// Sets the credential of a scheme. Each scheme has a generated method that calls this.
    #[doc(hidden)]
    pub fn credential(mut self, scheme: usize, credential: Credential) -> Self {
        if let Some(place) = self.credentials.get_mut(scheme) {
            *place = Some(credential);
        }
        self
    }

    /// Overrides the server of the description. A path in the URL is a prefix of the path of each operation: with
    /// `https://example.com/eu` a call of `/pets` goes to `https://example.com/eu/pets`.
    ///
    /// Where the server of the description is only a path, such as `/api/v3`, that path is joined to the URL, unless the
    /// URL ends with it: `https://example.com/eu` and `https://example.com/eu/api/v3` both lead to
    /// `https://example.com/eu/api/v3/pets`.
    ///
    /// The scheme has to be https, or http for a loopback address (127.0.0.0/8, `[::1]`, `localhost`).
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// Overrides the server of a part of the service. Each part has a generated method that calls this.
    #[doc(hidden)]
    pub fn part_url(mut self, part: usize, base_url: impl Into<String>) -> Self {
        if let Some(place) = self.part_urls.get_mut(part) {
            *place = Some(base_url.into());
        }
        self
    }

    /// Sets a header of every request, replacing a default such as `user-agent`.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets the timeout for connecting; 5 seconds by default. Applies to the default transport only.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets the timeout of one attempt, from connecting to the last byte of the response; 110 seconds by default.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt_timeout = timeout;
        self
    }

    /// Sets the deadline of a call, retries included; 360 seconds by default.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.limits.deadline = deadline;
        self
    }

    /// Sets the maximum size of a response body in bytes, after decompression; 64 MiB by default.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.limits.max_response_size = bytes;
        self
    }

    /// Sets the retry policy; see [`RetryPolicy`] for the default.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Sets the retry budget that all clones of the client share, in tokens; 500 by default.
    ///
    /// A retry costs 14 tokens, or 5 after a 429. A retry that succeeds returns its cost, and a call that succeeds at
    /// the first attempt adds 1. Without tokens nothing is retried, so an outage of the server causes at most 35
    /// additional requests (100 after 429).
    pub fn retry_budget(mut self, tokens: u32) -> Self {
        self.retry_budget = tokens;
        self
    }

    /// Sets a rate limit for all requests, retries included; none by default.
    pub fn rate_limit(mut self, limiter: RateLimiter) -> Self {
        self.limiter = Some(limiter);
        self
    }

    /// Overrides the timer, for an executor other than tokio.
    pub fn timer(mut self, timer: impl Timer) -> Self {
        self.timer = Some(Arc::new(timer));
        self
    }

    /// Overrides the transport.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// Uses an existing reqwest client with its proxies, certificates and connections.
    ///
    /// Its redirect policy has to be `reqwest::redirect::Policy::none()`: a call that is redirected fails. Its connect
    /// timeout applies, not the one of this builder.
    #[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
    pub fn http_client(self, client: ::reqwest::Client) -> Self {
        self.transport(Reqwest::of(client))
    }

    /// Builds the client.
    ///
    /// # Errors
    /// A setting is invalid.
    pub fn build(self) -> Result<Client, SetupError> {
        if self.timer.is_none() && self.retry.as_ref().is_some_and(|it| it.max_attempts() > 1) {
            return Err(SetupError(
                "calls can be sent again only by a client that has a timer: give one to `timer`, or switch on the feature `timer`",
            ));
        }
        match (&self.limiter, &self.timer) {
            (Some(limiter), Some(timer)) => limiter.adopt(timer),
            (Some(_), None) => {
                return Err(SetupError(
                    "a rate limit needs a timer: give one to `timer`, or switch on the feature `timer`",
                ));
            }
            (None, _) => {}
        }
        let given = self.base_url.as_deref();
        let parts = self.service.parts.iter().zip(&self.part_urls);
        let part_urls = parts
            .map(|(part, own)| base_url(part.service, own.as_deref().or(given)))
            .collect::<Result<Vec<BaseUrl>, SetupError>>()?;
        let base_url = match (&part_urls[..], given) {
            ([], _) | (_, Some(_)) => base_url(self.service, given)?,
            ([first, others @ ..], None) if others.iter().all(|other| other == first) => {
                first.clone()
            }
            _ => BaseUrl::none(),
        };
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            let (name, value) = header_of(name, value).map_err(SetupError)?;
            headers.insert(name, value);
        }
        headers
            .entry(USER_AGENT)
            .or_insert(HeaderValue::from_static(self.agent));
        let credentials = self.service.schemes.iter().zip(self.credentials);
        let credentials: Result<Vec<Option<Arc<Sealed>>>, _> = credentials
            .map(|(scheme, credential)| {
                credential
                    .map(|it| it.seal(scheme).map(Arc::new))
                    .transpose()
            })
            .collect();
        let transport = match self.transport {
            Some(transport) => transport,
            None => {
                let mut all = part_urls.iter().chain([&base_url]);
                default_transport(all.any(BaseUrl::is_plain_text), self.connect_timeout)?
            }
        };
        let mut shared = Shared {
            service: self.service,
            base_url,
            credentials: credentials.map_err(SetupError)?,
            headers,
            limits: self.limits,
            retry: self.retry.unwrap_or_default(),
            budget: Arc::new(RetryBudget::new(self.retry_budget)),
            limiter: self.limiter,
            timer: self.timer,
            built: Stopwatch::start(),
            transport: transport.into(),
            parts: Vec::new(),
        };
        let parts = self.service.parts.iter().zip(part_urls);
        shared.parts = parts.map(|(part, url)| shared.part(part, url)).collect();
        Ok(Client {
            shared: Arc::new(shared),
        })
    }
}

impl Shared {
    /// Creates the client of a part of the service, which has the credentials of its own schemes only.
    fn part(&self, part: &ServicePart, base_url: BaseUrl) -> Client {
        let credential = |scheme: &usize| self.credentials.get(*scheme).cloned().flatten();
        Client {
            shared: Arc::new(Shared {
                service: part.service,
                base_url,
                credentials: part.schemes.iter().map(credential).collect(),
                headers: self.headers.clone(),
                limits: self.limits,
                retry: self.retry.clone(),
                budget: self.budget.clone(),
                limiter: self.limiter.clone(),
                timer: self.timer.clone(),
                built: Stopwatch::start(),
                transport: self.transport.clone(),
                parts: Vec::new(),
            }),
        }
    }
}

/// Returns the base URL of a service: the given one, or that of the description.
///
/// # Errors
/// There is none, or it is rejected.
fn base_url(service: &Service, given: Option<&str>) -> Result<BaseUrl, SetupError> {
    let text = given.unwrap_or(service.base_url);
    if text.is_empty() && !service.base_path.is_empty() {
        return Err(SetupError(
            "there is no base URL: the server of the description is only a path, so set `base_url`",
        ));
    }
    let url = BaseUrl::parse(text).map_err(SetupError)?;
    Ok(url.below(service.base_path))
}

#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
fn default_transport(
    plain_text: bool,
    connect: Duration,
) -> Result<Box<dyn Transport>, SetupError> {
    match Reqwest::new(plain_text, connect) {
        Ok(transport) => Ok(Box::new(transport)),
        Err(_) => Err(SetupError(
            "reqwest cannot be set up, mostly because of TLS",
        )),
    }
}

#[cfg(not(all(feature = "reqwest", not(target_family = "wasm"))))]
fn default_transport(_: bool, _: Duration) -> Result<Box<dyn Transport>, SetupError> {
    Err(SetupError(
        "there is no transport: give one to `transport`, or switch on the feature `reqwest`",
    ))
}

impl fmt::Debug for ClientBuilder {
    /// Leaves out the base URL, which is not checked yet and can have a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("connect_timeout", &self.connect_timeout)
            .field("limits", &self.limits)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

/// Why a client cannot be built. Displays no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupError(&'static str);

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for SetupError {}
