//! The client: settings, credentials, and the building of requests. Operations are added by `crate::client`.

mod base_url;
mod builder;
mod credential;
mod draft;
mod service;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Request, Response};

use self::base_url::BaseUrl;
use self::credential::Sealed;
use self::draft::Query;
use crate::runtime::call::{self, Call, CallError, IncompleteReply, RequestError, Success};
use crate::runtime::transport::{Body, Transport, TransportError};

pub use builder::{ClientBuilder, SetupError};
pub use credential::Credential;
pub(crate) use draft::{Draft, encode, header_of};
#[allow(unused_imports, reason = "a description needs only some of them")]
pub use service::{Locator, Place, Scheme, SchemeKind, Service};

/// A client of the service; cheap to clone, safe to share.
///
/// Its methods build a [`Call`]; nothing is sent before the call is awaited.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

struct Shared {
    service: &'static Service,
    base_url: BaseUrl,
    /// By index of the scheme.
    credentials: Vec<Option<Sealed>>,
    headers: HeaderMap,
    limits: Limits,
    transport: Box<dyn Transport>,
}

/// What a call may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    /// From the first attempt to the end of the last.
    pub(crate) deadline: Duration,
    /// From connecting to the last byte of the reply.
    pub(crate) attempt_timeout: Duration,
    /// How many bytes the body of a reply may have, after decompression.
    pub(crate) response_cap: usize,
}

impl Client {
    /// Sends a request of the caller's own, for what the description does not have.
    ///
    /// The URL is a path below the base URL (`/crm/v3/objects/products/1`) or a whole URL of the same origin; a request
    /// to another origin is refused, since it would take the credentials there. Every credential that was set is added,
    /// unless the request has that header already. Limits and time-outs are those of every call, and the result is a
    /// [`Call`], so they can be set here, too. A 2xx is a success, whatever its body.
    pub fn send(&self, request: Request<Bytes>) -> Call<Bytes, Bytes> {
        let request = self.complete(request).map_err(RequestError::new);
        Call::new(
            self.clone(),
            request,
            Success::Whole(call::bytes),
            call::bytes,
        )
    }

    fn complete(&self, request: Request<Bytes>) -> Result<Request<Bytes>, &'static str> {
        let shared = &self.shared;
        let (mut head, body) = request.into_parts();
        draft::check_framing(&head.headers)?;
        let uri = shared.base_url.resolve(&head.uri)?;
        for (name, value) in draft::with_agent(&shared.headers).iter() {
            head.headers.entry(name).or_insert_with(|| value.clone());
        }
        let mut query = Query::of(uri.query());
        for credential in shared.credentials.iter().flatten() {
            credential.apply(&mut head.headers, &mut query);
        }
        head.uri = base_url::with_query(&uri, query.as_str())?;
        Ok(Request::from_parts(head, body))
    }

    pub(crate) fn service(&self) -> &'static Service {
        self.shared.service
    }

    pub(crate) fn limits(&self) -> Limits {
        self.shared.limits
    }

    /// Sends a request and waits for the reply to begin.
    pub(crate) async fn exchange(
        &self,
        request: Request<Bytes>,
        limits: Limits,
    ) -> Result<Opened, Broken> {
        let timeout = limits.attempt_timeout.min(limits.deadline);
        let clock = Clock::start();
        let sent = self.shared.transport.send(request, timeout).await;
        Ok(Opened {
            reply: sent.map_err(Broken::NoReply)?,
            cap: limits.response_cap,
            clock,
            timeout,
        })
    }
}

/// A reply that has begun to arrive, with what its body may take.
pub(crate) struct Opened {
    pub(crate) reply: Response<Body>,
    pub(crate) cap: usize,
    clock: Clock,
    timeout: Duration,
}

impl Opened {
    /// Waits for the rest.
    pub(crate) async fn collect(self, service: &Service) -> Result<Response<Bytes>, Broken> {
        let (head, body) = self.reply.into_parts();
        let late = || self.clock.is_past(self.timeout);
        match body.collect(self.cap, late).await {
            Ok(body) => Ok(Response::from_parts(head, body)),
            Err(error) => Err(Broken::Incomplete(Box::new(IncompleteReply {
                status: head.status,
                correlation_id: Service::find(service.correlation_id, &head.headers, None),
                headers: head.headers,
                error,
            }))),
        }
    }
}

/// How an exchange ended without a whole reply; no type of an operation is part of it.
pub(crate) enum Broken {
    NoReply(TransportError),
    Incomplete(Box<IncompleteReply>),
}

impl<E> From<Broken> for CallError<E> {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::NoReply(error) => CallError::Transport(error),
            Broken::Incomplete(reply) => CallError::Incomplete(reply),
        }
    }
}

/// The time since the request was sent. On wasm the standard library has no clock, and the transport's is all there is.
struct Clock(#[cfg(not(target_family = "wasm"))] std::time::Instant);

impl Clock {
    fn start() -> Self {
        Clock(
            #[cfg(not(target_family = "wasm"))]
            std::time::Instant::now(),
        )
    }

    fn is_past(&self, timeout: Duration) -> bool {
        #[cfg(not(target_family = "wasm"))]
        return self.0.elapsed() > timeout;
        #[cfg(target_family = "wasm")]
        return timeout.is_zero();
    }
}

impl Shared {
    /// Adds the credentials of the first alternative that has them all.
    ///
    /// An empty alternative says that a request without credentials is welcome, too; it needs nothing done.
    fn authorize(&self, alternatives: &[&[usize]], headers: &mut HeaderMap, query: &mut Query) {
        let sealed = |index: &usize| self.credentials.get(*index).and_then(Option::as_ref);
        let is_set = |schemes: &&&[usize]| {
            !schemes.is_empty() && schemes.iter().all(|index| sealed(index).is_some())
        };
        if let Some(schemes) = alternatives.iter().find(is_set) {
            for credential in schemes.iter().filter_map(sealed) {
                credential.apply(headers, query);
            }
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
            .finish_non_exhaustive()
    }
}
