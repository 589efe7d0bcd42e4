//! Transports of one's own, and the replay.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body::Frame;

use super::block_on;
use super::sample::Item;
use crate::runtime::client::Client;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::transport::{
    Body, BoxFuture, Replay, Transport, TransportError, TransportErrorKind,
};

/// A transport that returns the given body in chunks of one byte, with a trailer.
struct Echo;

struct Pieces(Vec<Frame<Bytes>>);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Poll::Ready(self.0.pop().map(Ok))
    }
}

impl Transport for Echo {
    fn send(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        assert!(timeout <= Duration::from_secs(110));
        let said = request.into_body();
        let mut pieces: Vec<Frame<Bytes>> = (0..said.len())
            .map(|at| Frame::data(said.slice(at..=at)))
            .collect();
        pieces.push(Frame::trailers(http::HeaderMap::new()));
        pieces.reverse();
        Box::pin(async { Ok(Response::new(Body::stream(Pieces(pieces)))) })
    }
}

#[test]
fn a_transport_of_ones_own_needs_nothing_of_the_runtime() {
    let client = Client::builder().transport(Echo).build().unwrap();
    let said = Bytes::from("to be said ".repeat(100));
    let request = Request::post("/echo").body(said.clone()).unwrap();
    assert_eq!(block_on(client.send(request).into_future()).unwrap(), said);
}

/// A client that takes every reply as it is.
fn once(transport: impl Transport) -> Client {
    let builder = Client::builder().transport(transport);
    builder.retry(RetryPolicy::none()).build().unwrap()
}

#[test]
fn a_replay_responds_in_order_and_records_requests() {
    let replay = Arc::new(
        Replay::new()
            .reply(200, "application/json", r#"{"id":"1"}"#)
            .result(Err(TransportError::new(
                TransportErrorKind::Interrupted,
                "reset",
            )))
            .reply(99, "text/plain", ""),
    );
    let client = once(replay.clone());
    let put = || block_on(client.put_item(&Item::default()).into_future());
    assert!(put().is_ok());
    let kind = |result: Result<_, crate::runtime::error::CallError<_>>| {
        result.unwrap_err().transport().unwrap().kind()
    };
    assert_eq!(kind(put()), TransportErrorKind::Interrupted);
    assert_eq!(kind(put()), TransportErrorKind::Other); // 99 is no status
    let error = put().unwrap_err().to_string();
    assert!(
        error.ends_with("the replay has no response left"),
        "{error}"
    );
    assert_eq!(replay.requests().len(), 4);
}

#[test]
fn a_replay_can_make_up_its_answers() {
    let replay = Replay::from_fn(|request| {
        let id = request.uri().path().len();
        let body = format!(r#"{{"id":"{id}"}}"#);
        Ok(Response::new(Bytes::from(body)))
    })
    .reply(500, "text/plain", "first");
    let client = once(replay);
    let put = || block_on(client.put_item(&Item::default()).into_future());
    assert_eq!(put().unwrap_err().status().unwrap(), 500);
    assert!(put().is_ok());
    assert!(put().is_ok());
}
