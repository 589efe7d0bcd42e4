//! Calls: a request with its settings, how it is sent, and how its response is decoded.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode};

use crate::runtime::auth::TokenSource;
use crate::runtime::client::{Client, ExchangeError, Incoming, Limits, Plan, header_of};
use crate::runtime::error::{CallError, RequestError, UndeclaredReply};
use crate::runtime::response::{ReadReply, Received, Reply};
use crate::runtime::retry::RetryPolicy;
use crate::runtime::transport::{Attempts, Body, BoxFuture};
use crate::runtime::wire::Mismatch;

/// A call that is ready to be sent.
///
/// It owns all it needs, so it can be kept, moved to another task, or cloned and sent again. Await it for the body
/// alone, or [`send`](Self::send) it for status and headers, too.
#[must_use = "nothing is sent before the call is awaited"]
pub struct Call<T, E> {
    client: Client,
    /// The request, or what was wrong with its parts.
    request: Result<Request<Bytes>, Arc<RequestError>>,
    limits: Limits,
    /// The client's own unless it is set.
    retry: Option<RetryPolicy>,
    is_idempotent: bool,
    template: &'static str,
    token: Option<Arc<TokenSource>>,
    success: Decode<T>,
    failure: ReadReply<E>,
}

/// A request, with what is known of its operation.
pub(crate) struct Prepared {
    pub(crate) request: Result<Request<Bytes>, RequestError>,
    /// Whether the call can be done twice without harm.
    pub(crate) is_idempotent: bool,
    /// The path as the description has it.
    pub(crate) template: &'static str,
    /// Where the token is fetched from when the request is sent, if it is.
    pub(crate) token: Option<Arc<TokenSource>>,
}

/// How a success is read.
#[derive(Debug)]
pub(crate) enum Decode<T> {
    /// Once all of it is there.
    Whole(ReadReply<T>),
    /// While it arrives.
    Stream(OpenStream<T>),
}

/// Makes a stream of a body that begins to arrive; the number is the cap on a single piece of it.
pub(crate) type OpenStream<T> = fn(Body, usize) -> T;

impl<T, E> Call<T, E> {
    pub(crate) fn new(
        client: Client,
        prepared: Prepared,
        success: Decode<T>,
        failure: ReadReply<E>,
    ) -> Self {
        Call {
            limits: client.shared.limits,
            client,
            request: prepared.request.map_err(Arc::new),
            retry: None,
            is_idempotent: prepared.is_idempotent,
            template: prepared.template,
            token: prepared.token,
            success,
            failure,
        }
    }

    /// How long this call may take in all.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.limits.deadline = deadline;
        self
    }

    /// How long one attempt of this call may take, from connecting to the last byte of the reply.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt_timeout = timeout;
        self
    }

    /// How many bytes the body of the reply may have, after decompression.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.limits.max_response_size = bytes;
        self
    }

    /// Whether and when this call is sent again, in place of the client's own policy.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Says whether this call can be done twice without harm, where the caller knows it better than the description. Only
    /// then is it sent again after a failure that may have come after the work was done.
    pub fn idempotent(mut self, is_idempotent: bool) -> Self {
        self.is_idempotent = is_idempotent;
        self
    }

    /// Sets a header of this call; it replaces one of the same name. Its value is never shown by `Debug`.
    ///
    /// A name or value that HTTP does not allow, and the headers that frame a message (`host`, `content-length`,
    /// `transfer-encoding`, `connection` and the like), make the call fail with [`CallError::Request`].
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        if let Ok(request) = &mut self.request {
            match header_of(name.as_ref(), value.as_ref()) {
                Ok((name, value)) => {
                    request.headers_mut().insert(name, value);
                }
                Err(reason) => self.request = Err(Arc::new(RequestError::new(reason))),
            }
        }
        self
    }

    /// The request that will be sent, credentials included: to look at, or to send by other means. A token that a
    /// provider fetches is not in it yet.
    ///
    /// # Errors
    /// What is wrong with the parts of the request; sending it would fail with the same.
    pub fn request(&self) -> Result<&Request<Bytes>, &RequestError> {
        self.request.as_ref().map_err(|error| &**error)
    }

    /// Reads a reply that came by another way than the client's transport.
    ///
    /// # Errors
    /// The reply is a failure, or no success that can be read.
    pub fn decode(
        &self,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<Reply<T>, CallError<E>> {
        if !status.is_success() {
            return Err(self.refused(status, headers, body));
        }
        let read = match self.success {
            Decode::Whole(read) => read(&Received {
                status,
                headers: &headers,
                body: &body,
            }),
            Decode::Stream(open) => Ok(open(body.clone().into(), self.limits.max_response_size)),
        };
        match read {
            Ok(body) => Ok(Reply {
                status,
                headers,
                body,
                attempts: Attempts::default(),
            }),
            Err(mismatch) => Err(self.undeclared(status, headers, body, Some(mismatch))),
        }
    }

    /// Reads a reply whose status is none of a success; a redirect is not read.
    #[cold]
    fn refused(&self, status: StatusCode, headers: HeaderMap, body: Bytes) -> CallError<E> {
        if status.is_redirection() {
            return self.undeclared(status, headers, body, None);
        }
        let received = Received {
            status,
            headers: &headers,
            body: &body,
        };
        match (self.failure)(&received) {
            Ok(declared) => {
                CallError::api(self.client.shared.service, status, headers, body, declared)
            }
            Err(mismatch) => self.undeclared(status, headers, body, Some(mismatch)),
        }
    }

    #[cold]
    fn undeclared(
        &self,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        mismatch: Option<Mismatch>,
    ) -> CallError<E> {
        let service = self.client.shared.service;
        let reply = UndeclaredReply::new(service, status, headers, body, mismatch);
        CallError::Undeclared(Box::new(reply))
    }

    /// Sends the call; gives the body with its status and headers.
    ///
    /// # Errors
    /// See [`CallError`].
    pub async fn send(self) -> Result<Reply<T>, CallError<E>> {
        let (arrived, attempts) = match self.success {
            Decode::Whole(_) => self.perform(false).await?,
            Decode::Stream(_) => self.perform(true).await?,
        };
        let result = match (arrived, self.success) {
            (Ok(Incoming::Stream(reply)), Decode::Stream(open)) => {
                let cap = self.limits.max_response_size;
                Ok(streamed(reply, |body| open(body, cap)))
            }
            (Ok(Incoming::Stream(reply)), Decode::Whole(_)) => {
                // nobody asked for a stream, so nobody reads it
                let (head, _) = reply.into_parts();
                self.decode(head.status, head.headers, Bytes::new())
            }
            (Ok(Incoming::Whole(reply)), _) => {
                let (head, body) = reply.into_parts();
                self.decode(head.status, head.headers, body)
            }
            (Err(broken), _) => Err(broken.into()),
        };
        counted(result, attempts)
    }

    /// Sends the call; gives the body of a success as bytes, piece by piece while they arrive.
    ///
    /// The cap on the body does not count here, since nothing is collected; the time-outs do. A failure is read as
    /// ever. A success that breaks off while it is read is not asked for again.
    ///
    /// # Errors
    /// See [`CallError`].
    pub async fn stream(self) -> Result<Reply<Body>, CallError<E>> {
        let (arrived, attempts) = self.perform(true).await?;
        let result = match arrived {
            Ok(Incoming::Stream(reply)) => Ok(streamed(reply, |body| body)),
            Ok(Incoming::Whole(reply)) => {
                let (head, body) = reply.into_parts();
                Err(self.refused(head.status, head.headers, body))
            }
            Err(broken) => Err(broken.into()),
        };
        counted(result, attempts)
    }

    /// Sends the request, as often as the policy says.
    async fn perform(
        &self,
        streams: bool,
    ) -> Result<(Result<Incoming, ExchangeError>, Attempts), CallError<E>> {
        let request = self.request.as_ref();
        let plan = Plan {
            request: request.map_err(|error| CallError::Request(error.clone()))?,
            limits: self.limits,
            retry: self
                .retry
                .as_ref()
                .unwrap_or_else(|| &self.client.shared.retry),
            is_idempotent: self.is_idempotent,
            template: self.template,
            token: self.token.as_deref(),
            streams,
        };
        Ok(self.client.shared.perform(plan).await)
    }
}

fn streamed<T>(reply: Response<Body>, open: impl FnOnce(Body) -> T) -> Reply<T> {
    let (head, body) = reply.into_parts();
    Reply {
        status: head.status,
        headers: head.headers,
        body: open(body),
        attempts: Attempts::default(),
    }
}

/// Says of a result how many attempts it took.
fn counted<T, E>(
    result: Result<Reply<T>, CallError<E>>,
    attempts: Attempts,
) -> Result<Reply<T>, CallError<E>> {
    match result {
        Ok(reply) => Ok(Reply { attempts, ..reply }),
        Err(error) => Err(error.after(attempts)),
    }
}

impl<T> Clone for Decode<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Decode<T> {}

impl<T: 'static, E: 'static> IntoFuture for Call<T, E> {
    type Output = Result<T, CallError<E>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { Ok(self.send().await?.body) })
    }
}

impl<T, E> Clone for Call<T, E> {
    fn clone(&self) -> Self {
        Call {
            client: self.client.clone(),
            request: self.request.clone(),
            retry: self.retry.clone(),
            token: self.token.clone(),
            ..*self
        }
    }
}

impl<T, E> fmt::Debug for Call<T, E> {
    /// Without the query of the URL, which can hold a key, and without headers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Call");
        match &self.request {
            Ok(request) => {
                let authority = request.uri().authority().map_or("", |host| host.as_str());
                shown.field("method", request.method());
                shown.field("host", &authority);
                shown.field("path", &request.uri().path());
                shown.field("body_bytes", &request.body().len());
            }
            Err(error) => {
                shown.field("error", error);
            }
        }
        shown.field("limits", &self.limits).finish_non_exhaustive()
    }
}
