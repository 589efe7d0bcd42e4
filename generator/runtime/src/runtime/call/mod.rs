//! Calls: a request with its settings, how it is sent, and how its response is decoded.
//!
//! `state` has what is the same for all types of responses, `finish` makes calls.

mod finish;
mod state;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode};
use serde::de::DeserializeOwned;

pub use self::finish::OperationCall;
use self::state::State;
use crate::runtime::client::{ExchangeError, Incoming};
use crate::runtime::error::{CallError, UndeclaredReply};
use crate::runtime::request::{Location, RequestBuilder, Text};
use crate::runtime::request_error::RequestError;
use crate::runtime::response::{self, ReadReply, Received, Reply};
use crate::runtime::retry::RetryPolicy;
use crate::runtime::transport::{Attempts, Body, BoxFuture};
use crate::runtime::wire::Mismatch;

/// A call that is ready to be sent.
///
/// It owns its data, so it can be stored, moved to another task, or cloned and sent again. Awaiting it returns the
/// body; [`send`](Self::send) returns status and headers, too. `Op` is the operation, which decides what else can be
/// set: its optional parameters.
#[must_use = "nothing is sent before the call is awaited"]
pub struct Call<T, E, Op = ()> {
    /// In a box, so that a chain of setters moves little.
    state: Box<State>,
    success: Decode<T>,
    failure: Failure<E>,
    operation: PhantomData<fn() -> Op>,
}

/// How an error response is decoded.
#[derive(Debug)]
struct Failure<E> {
    read: ReadReply<E>,
    /// The statuses that it is declared for, the digit of a range for a hundred of them; `None` for all.
    statuses: Option<&'static [u16]>,
}

/// How a successful response is decoded.
#[derive(Debug)]
enum Decode<T> {
    /// When the body is complete.
    Whole(ReadReply<T>),
    /// While the body arrives.
    Stream(OpenStream<T>),
}

/// Opens a body as a stream; the number is the maximum size of one item.
pub type OpenStream<T> = fn(Body, usize) -> T;

impl<T, E, Op> Call<T, E, Op> {
    /// Sets the deadline of the call, retries included.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.state.limits.deadline = deadline;
        self
    }

    /// Sets the timeout of one attempt, from connecting to the last byte of the response.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.state.limits.attempt_timeout = timeout;
        self
    }

    /// Sets the maximum size of the response body in bytes, after decompression.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.state.limits.max_response_size = bytes;
        self
    }

    /// Overrides the client's retry policy for this call.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.state.retry = Some(policy);
        self
    }

    /// Marks the call as idempotent, whatever the description says: it can be retried after errors that leave open
    /// whether the server applied it.
    pub fn idempotent(mut self) -> Self {
        self.state.is_idempotent = Some(true);
        self
    }

    /// Marks the call as not idempotent, whatever the description says: it is only retried if the server cannot have
    /// applied it.
    pub fn non_idempotent(mut self) -> Self {
        self.state.is_idempotent = Some(false);
        self
    }

    /// Sets a header of this call, replacing one of the same name. `Debug` never shows its value.
    ///
    /// Names and values that HTTP does not allow, and headers that frame the message (`host`, `content-length`,
    /// `transfer-encoding`, `connection` and the like), make the call fail with [`CallError::Request`].
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.state.header(name.as_ref(), value.as_ref());
        self
    }

    /// Returns the call that reads a success as bytes, whatever the description says: `call.bytes().await?`.
    pub fn bytes(self) -> Call<Bytes, E, Op> {
        self.decoded_by(response::bytes)
    }

    /// Returns the call that reads a success as JSON of another type, whatever the description and the content type
    /// say: `call.json::<serde_json::Value>().await?`.
    pub fn json<J: DeserializeOwned>(self) -> Call<J, E, Op> {
        self.decoded_by(response::deserialized)
    }

    fn decoded_by<U>(self, read: ReadReply<U>) -> Call<U, E, Op> {
        Call {
            state: self.state,
            success: Decode::Whole(read),
            failure: self.failure,
            operation: PhantomData,
        }
    }

    /// Sets a parameter of the operation, replacing what it was set to before.
    pub(crate) fn put_parameter(
        mut self,
        location: Location,
        name: &'static str,
        text: Text,
    ) -> Self {
        self.state.set(location, name, text);
        self
    }

    /// Sets the body, replacing the one before.
    #[doc(hidden)]
    pub fn put_body(mut self, change: impl FnOnce(RequestBuilder) -> RequestBuilder) -> Self {
        self.state = Box::new(self.state.change(change));
        self
    }

    /// Returns the request that will be sent, credentials included. A token from a provider is added later.
    ///
    /// # Errors
    /// The request cannot be built; sending the call would return the same error.
    pub fn request(&self) -> Result<Request<Bytes>, RequestError> {
        self.state.request()
    }

    /// Decodes a response that did not come from the client's transport.
    ///
    /// # Errors
    /// The response is an error response, or cannot be decoded.
    pub fn decode(
        &self,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<Reply<T>, CallError<E>> {
        if !status.is_success() {
            return Err(self.error_response(status, headers, body));
        }
        let read = match self.success {
            Decode::Whole(read) => read(&Received {
                status,
                headers: &headers,
                body: &body,
            }),
            Decode::Stream(open) => Ok(open(
                body.clone().into(),
                self.state.limits.max_response_size,
            )),
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

    /// Decodes an error response. Redirects are not decoded, nor are statuses that the operation does not declare.
    #[cold]
    fn error_response(&self, status: StatusCode, headers: HeaderMap, body: Bytes) -> CallError<E> {
        let is_declared = |statuses| response::declares(statuses, status);
        if status.is_redirection() || !self.failure.statuses.is_none_or(is_declared) {
            return self.undeclared(status, headers, body, None);
        }
        let received = Received {
            status,
            headers: &headers,
            body: &body,
        };
        match (self.failure.read)(&received) {
            Ok(declared) => CallError::api(
                self.state.client().shared.service,
                status,
                headers,
                body,
                declared,
            ),
            Err(mismatch) => {
                let mismatch = Some(mismatch).filter(|found| !response::is_undeclared(found));
                self.undeclared(status, headers, body, mismatch)
            }
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
        let service = self.state.client().shared.service;
        let reply = UndeclaredReply::new(service, status, headers, body, mismatch);
        CallError::Undeclared(Box::new(reply))
    }

    /// Sends the call and returns the body with status and headers.
    ///
    /// # Errors
    /// See [`CallError`].
    pub async fn send(self) -> Result<Reply<T>, CallError<E>> {
        let (incoming, attempts) = match self.success {
            Decode::Whole(_) => self.perform(false).await?,
            Decode::Stream(_) => self.perform(true).await?,
        };
        let result = match (incoming, self.success) {
            (Ok(Incoming::Stream(reply)), Decode::Stream(open)) => {
                let cap = self.state.limits.max_response_size;
                Ok(streamed(reply, |body| open(body, cap)))
            }
            (Ok(Incoming::Stream(reply)), Decode::Whole(_)) => {
                // only calls that decode a stream request one
                let (head, _) = reply.into_parts();
                self.decode(head.status, head.headers, Bytes::new())
            }
            (Ok(Incoming::Whole(reply)), _) => {
                let (head, body) = reply.into_parts();
                self.decode(head.status, head.headers, body)
            }
            (Err(error), _) => Err(error.into()),
        };
        counted(result, attempts)
    }

    /// Sends the call and returns the body of a successful response as a stream of bytes.
    ///
    /// The maximum response size does not apply, because nothing is collected; the timeouts do. Error responses are
    /// decoded as usual. A body that breaks off while it is read is not retried.
    ///
    /// # Errors
    /// See [`CallError`].
    pub async fn stream(self) -> Result<Reply<Body>, CallError<E>> {
        let (incoming, attempts) = self.perform(true).await?;
        let result = match incoming {
            Ok(Incoming::Stream(reply)) => Ok(streamed(reply, |body| body)),
            Ok(Incoming::Whole(reply)) => {
                let (head, body) = reply.into_parts();
                Err(self.error_response(head.status, head.headers, body))
            }
            Err(error) => Err(error.into()),
        };
        counted(result, attempts)
    }

    async fn perform(
        &self,
        streams: bool,
    ) -> Result<(Result<Incoming, ExchangeError>, Attempts), CallError<E>> {
        let sent = self.state.perform(streams).await;
        sent.map_err(|error| CallError::Request(Arc::new(error)))
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

/// Adds the attempts to a result.
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

impl<E> Clone for Failure<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Failure<E> {}

impl<T: 'static, E: 'static, Op: 'static> IntoFuture for Call<T, E, Op> {
    type Output = Result<T, CallError<E>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { Ok(self.send().await?.body) })
    }
}

impl<T, E, Op> Clone for Call<T, E, Op> {
    fn clone(&self) -> Self {
        Call {
            state: self.state.clone(),
            ..*self
        }
    }
}

impl<T, E, Op> fmt::Debug for Call<T, E, Op> {
    /// Leaves out the query of the URL, which can have an API key, and the headers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Call");
        match self.state.request() {
            Ok(request) => {
                let authority = request.uri().authority().map_or("", |host| host.as_str());
                shown.field("method", request.method());
                shown.field("host", &authority);
                shown.field("path", &request.uri().path());
                shown.field("body_bytes", &request.body().len());
            }
            Err(error) => {
                shown.field("error", &error);
            }
        }
        shown
            .field("limits", &self.state.limits)
            .finish_non_exhaustive()
    }
}
