//! One exchange with the server: a request and its response, which can be complete, incomplete or missing.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use super::Shared;
use crate::runtime::error::{CallError, IncompleteReply};
use crate::runtime::service::Service;
use crate::runtime::timer::within;
use crate::runtime::transport::{Body, TransportError, TransportErrorKind};

/// A response.
pub(crate) enum Incoming {
    /// With its complete body.
    Whole(Response<Bytes>),
    /// A successful one whose body is still arriving.
    Stream(Response<Body>),
}

/// Why an exchange has no complete response. Independent of the types of an operation.
pub(crate) enum ExchangeError {
    NoReply(TransportError),
    Incomplete(Box<IncompleteReply>),
}

impl<E> From<ExchangeError> for CallError<E> {
    fn from(error: ExchangeError) -> Self {
        match error {
            ExchangeError::NoReply(error) => CallError::Transport(error),
            ExchangeError::Incomplete(reply) => CallError::Incomplete(reply),
        }
    }
}

impl Shared {
    /// Sends a request once and waits for the response; with `streams` only for the head of a successful one.
    pub(super) async fn exchange(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
        cap: usize,
        streams: bool,
    ) -> Result<Incoming, ExchangeError> {
        let start = self.now();
        let sent = self.transport.send(request, timeout);
        let reply = match within(self.timer.as_deref(), timeout, sent).await {
            Some(reply) => reply.map_err(ExchangeError::NoReply)?,
            None => return Err(ExchangeError::NoReply(late("there was no response"))),
        };
        if streams && reply.status().is_success() {
            return Ok(Incoming::Stream(reply));
        }
        let (head, body) = reply.into_parts();
        let collected = body.collect(cap, || self.now().saturating_sub(start) > timeout);
        let left = timeout.saturating_sub(self.now().saturating_sub(start));
        let collected = within(self.timer.as_deref(), left, collected).await;
        match collected.unwrap_or_else(|| Err(late("the body was still arriving"))) {
            Ok(body) => Ok(Incoming::Whole(Response::from_parts(head, body))),
            Err(error) => Err(ExchangeError::Incomplete(Box::new(IncompleteReply {
                status: head.status,
                correlation_id: Service::find(self.service.correlation_id, &head.headers, None),
                headers: head.headers,
                error,
                attempts: Default::default(),
            }))),
        }
    }
}

fn late(what: &str) -> TransportError {
    TransportError::new(
        TransportErrorKind::TimedOut,
        format!("{what} when the timeout expired"),
    )
}
