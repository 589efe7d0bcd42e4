//! What a call has whatever its types are: the request that is being built, and the settings of the caller.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Request};

use crate::runtime::auth::TokenSource;
use crate::runtime::client::{Client, ExchangeError, Incoming, Limits, Plan, header_of};
use crate::runtime::request::{Location, RequestBuilder, Text, of_method};
use crate::runtime::request_error::RequestError;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::transport::Attempts;

/// The state of a call. Requests are put together when they are sent or shown, so that everything can be set until then.
#[derive(Clone)]
pub(super) struct State {
    source: Source,
    pub(super) limits: Limits,
    /// Overrides the client's policy.
    pub(super) retry: Option<RetryPolicy>,
    /// Overrides what the description says.
    pub(super) is_idempotent: Option<bool>,
    /// The headers of this call, which replace those that the request has.
    headers: HeaderMap,
    /// Why one of them is rejected.
    rejected: Option<RequestError>,
}

/// Where the request comes from.
#[derive(Clone)]
enum Source {
    /// An operation of the description.
    Operation(RequestBuilder),
    /// The caller.
    Given(Client, Request<Bytes>),
}

/// A request that can be sent.
struct Complete {
    request: Request<Bytes>,
    /// The source of the bearer token, if it is fetched when the request is sent.
    token: Option<Arc<TokenSource>>,
}

impl State {
    pub(super) fn of_operation(builder: RequestBuilder) -> Self {
        let limits = builder.client().shared.limits;
        State::new(Source::Operation(builder), limits)
    }

    pub(super) fn given(client: Client, request: Request<Bytes>) -> Self {
        let limits = client.shared.limits;
        State::new(Source::Given(client, request), limits)
    }

    fn new(source: Source, limits: Limits) -> Self {
        State {
            source,
            limits,
            retry: None,
            is_idempotent: None,
            headers: HeaderMap::new(),
            rejected: None,
        }
    }

    pub(super) fn client(&self) -> &Client {
        match &self.source {
            Source::Operation(builder) => builder.client(),
            Source::Given(client, _) => client,
        }
    }

    /// Sets a parameter of the operation. A request of the caller has none.
    pub(super) fn set(&mut self, location: Location, name: &'static str, text: Text) {
        if let Source::Operation(builder) = &mut self.source {
            builder.set(location, name, text);
        }
    }

    /// Sets the body of the operation.
    pub(super) fn change(self, change: impl FnOnce(RequestBuilder) -> RequestBuilder) -> Self {
        let source = match self.source {
            Source::Operation(builder) => Source::Operation(change(builder)),
            given => given,
        };
        State { source, ..self }
    }

    /// Sets a header of this call.
    pub(super) fn header(&mut self, name: &str, value: &str) {
        match header_of(name, value) {
            Ok((name, value)) => {
                self.headers.insert(name, value);
            }
            Err(reason) => self.rejected = Some(RequestError::new(reason)),
        }
    }

    /// Returns the request with the headers of this call.
    ///
    /// # Errors
    /// Why it cannot be sent.
    pub(super) fn request(&self) -> Result<Request<Bytes>, RequestError> {
        self.complete().map(|complete| complete.request)
    }

    fn complete(&self) -> Result<Complete, RequestError> {
        let (mut request, token) = match &self.source {
            Source::Operation(builder) => builder.build()?,
            Source::Given(client, request) => {
                let shared = &client.shared;
                let request = shared.complete(request.clone());
                (request.map_err(RequestError::new)?, shared.token())
            }
        };
        if let Some(rejected) = &self.rejected {
            return Err(rejected.clone());
        }
        for (name, value) in &self.headers {
            request.headers_mut().insert(name, value.clone());
        }
        Ok(Complete { request, token })
    }

    fn is_idempotent(&self) -> bool {
        self.is_idempotent.unwrap_or_else(|| match &self.source {
            Source::Operation(builder) => builder.is_idempotent(),
            Source::Given(_, request) => of_method(request.method()),
        })
    }

    /// Sends the request, with the retries that the policy allows.
    ///
    /// # Errors
    /// Why the request cannot be sent.
    pub(super) async fn perform(
        &self,
        streams: bool,
    ) -> Result<(Result<Incoming, ExchangeError>, Attempts), RequestError> {
        let shared = &self.client().shared;
        let complete = self.complete()?;
        let plan = Plan {
            request: &complete.request,
            limits: self.limits,
            policy: self.retry.as_ref().unwrap_or(&shared.retry),
            is_idempotent: self.is_idempotent(),
            template: match &self.source {
                Source::Operation(builder) => {
                    let template = builder.template();
                    template.split_once('?').map_or(template, |(path, _)| path)
                }
                Source::Given(..) => "",
            },
            token: complete.token.as_deref(),
            streams,
        };
        Ok(shared.perform(plan).await)
    }
}
