//! Replies that are read while they arrive.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body::Frame;

use super::block_on;
use super::sample::{Item, Problem, SERVICE};
use crate::runtime::call::Call;
use crate::runtime::client::ClientBuilder;
use crate::runtime::error::CallError;
use crate::runtime::events::{self, Events, JsonLines, StreamError};
use crate::runtime::request::RequestBuilder;
use crate::runtime::response;
use crate::runtime::transport::{Body, BoxFuture, Transport, TransportError, TransportErrorKind};

/// Replies with these pieces, one after the other; `None` breaks the connection.
struct Pieces(u16, Vec<Option<&'static str>>);

impl Transport for Pieces {
    fn send(
        &self,
        _: Request<Bytes>,
        _: Duration,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let body = Body::stream(Arriving(self.1.clone().into_iter()));
        let reply = Response::builder().status(self.0).body(body).unwrap();
        Box::pin(std::future::ready(Ok(reply)))
    }
}

struct Arriving(std::vec::IntoIter<Option<&'static str>>);

impl http_body::Body for Arriving {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let broken = || TransportError::new(TransportErrorKind::Interrupted, "broken");
        Poll::Ready(self.0.next().map(|piece| {
            let piece = piece.ok_or_else(broken)?;
            Ok(Frame::data(Bytes::from_static(piece.as_bytes())))
        }))
    }
}

fn call<T>(
    status: u16,
    pieces: &[Option<&'static str>],
    open: fn(Body, usize) -> T,
) -> Call<T, Problem> {
    let builder = ClientBuilder::new(&SERVICE).transport(Pieces(status, pieces.to_vec()));
    let request = RequestBuilder::new(&builder.build().unwrap(), "GET", "/");
    request.call_streaming(open, response::json)
}

fn listen(pieces: &[Option<&'static str>]) -> Events<Item> {
    block_on(call(200, pieces, events::events).into_future()).unwrap()
}

async fn ids(mut events: Events<Item>) -> Vec<String> {
    let mut ids = Vec::new();
    while let Some(event) = events.next().await {
        ids.push(event.unwrap().data.id);
    }
    ids
}

#[test]
fn events_arrive_however_the_bytes_are_cut() {
    let whole = "data: {\"id\":\"1\"}\r\n\r\n: comment\nevent: x\ndata: {\ndata: \"id\":\"2\"}\n\nid: 9\r\rdata:{\"id\":\"3\"}\r\r";
    assert_eq!(block_on(ids(listen(&[Some(whole)]))), ["1", "2", "3"]);
    for cut in 1..whole.len() {
        let (one, other) = whole.split_at(cut);
        let pieces = [Some(one), Some(""), Some(other)];
        assert_eq!(block_on(ids(listen(&pieces))), ["1", "2", "3"], "{cut}");
    }
}

#[test]
fn an_event_has_a_name_an_id_and_a_pause() {
    let text = "event: done\nid: 5\nretry: 1500\ndata: {\"id\":\"1\"}\n\ndata: {\"id\":\"2\"}\n\n";
    let mut events = listen(&[Some(text)]);
    let first = block_on(events.next()).unwrap().unwrap();
    assert_eq!(
        (first.name.as_str(), first.id.as_deref()),
        ("done", Some("5"))
    );
    assert_eq!(first.retry, Some(Duration::from_millis(1500)));
    let second = block_on(events.next()).unwrap().unwrap();
    assert_eq!(
        (second.name.as_str(), second.id.as_deref()),
        ("message", Some("5"))
    );
    assert_eq!(second.retry, None);
    assert!(block_on(events.next()).is_none());
}

#[test]
fn an_event_that_does_not_fit_keeps_its_text_and_the_next_one_comes() {
    let text = "data: [1]\n\ndata: {\"id\":\"2\"}\n\ndata: [DONE]\n\ndata: x\n\n";
    let mut events = listen(&[Some(text)]);
    let error = block_on(events.next()).unwrap().unwrap_err();
    assert!(
        matches!(&error, StreamError::Item { text, .. } if text == "[1]"),
        "{error}"
    );
    assert!(error.to_string().contains("expected an object"), "{error}");
    assert_eq!(block_on(events.next()).unwrap().unwrap().data.id, "2");
    assert!(block_on(events.next()).is_none());
    assert!(block_on(events.next()).is_none());
}

#[test]
fn a_stream_that_breaks_says_so_once() {
    let mut events = listen(&[Some("data: {\"id\":\"1\"}\n\ndata: {"), None]);
    assert!(block_on(events.next()).unwrap().is_ok());
    let error = block_on(events.next()).unwrap().unwrap_err();
    assert!(matches!(error, StreamError::Transport(_)), "{error}");
    assert!(block_on(events.next()).is_none());
}

/// What a stream of events gives first, when each of its pieces may have 64 bytes.
fn first_capped(pieces: &[Option<&'static str>]) -> StreamError {
    let call = call(200, pieces, events::events::<Item>);
    let mut events = block_on(call.max_response_size(64).into_future()).unwrap();
    let error = block_on(events.next()).unwrap().unwrap_err();
    assert!(block_on(events.next()).is_none());
    error
}

#[test]
fn a_line_and_an_event_end_at_the_cap() {
    let endless_line = [Some("data: 0123456789"); 100];
    let endless_event = [Some("data: 0123456789\n"); 100];
    let at_once = ["data: ", &"x".repeat(64), "\n\n"].concat();
    let at_once = [Some(&*at_once.leak())];
    for pieces in [&endless_line[..], &endless_event, &at_once] {
        let StreamError::Transport(error) = first_capped(pieces) else {
            panic!("{pieces:?}");
        };
        assert_eq!(error.kind(), TransportErrorKind::TooLarge);
    }
}

#[test]
fn texts_are_events_too() {
    let mut events =
        block_on(call(200, &[Some("data: a b\n\n")], events::text_events).into_future()).unwrap();
    assert_eq!(block_on(events.next()).unwrap().unwrap().data, "a b");
}

#[test]
fn each_line_is_a_value() {
    let pieces = [
        Some("{\"id\":\"1\"}\n\n\u{1e}{\"id\":"),
        Some("\"2\"}\r\n{\"id\":\"3\"}"),
    ];
    let mut lines: JsonLines<Item> =
        block_on(call(200, &pieces, events::json_lines).into_future()).unwrap();
    let mut ids = Vec::new();
    while let Some(item) = block_on(lines.next()) {
        ids.push(item.unwrap().id);
    }
    assert_eq!(ids, ["1", "2", "3"]);
}

#[test]
fn a_failure_is_read_as_ever() {
    let pieces = [Some("{\"category\":\"X\","), Some("\"message\":\"no\"}")];
    let error = block_on(call(400, &pieces, events::events::<Item>).into_future()).unwrap_err();
    assert_eq!(error.status().unwrap(), 400);
    assert_eq!(error.body().unwrap(), r#"{"category":"X","message":"no"}"#);
    assert!(!matches!(error, CallError::Incomplete(_)));
}

#[test]
fn any_success_can_be_had_piece_by_piece() {
    let call = call(200, &[Some("ab"), Some("cd")], events::events::<Item>);
    let mut reply = block_on(call.clone().max_response_size(1).stream()).unwrap();
    assert_eq!(reply.status, 200);
    let mut pieces = Vec::new();
    while let Some(piece) = block_on(reply.body.chunk()).unwrap() {
        pieces.push(piece);
    }
    assert_eq!(pieces, ["ab", "cd"]);
    let failed = self::call(500, &[Some("oops")], events::events::<Item>);
    let error = block_on(failed.stream()).unwrap_err();
    assert_eq!(error.body().unwrap(), "oops");
}

#[test]
fn a_reply_that_came_otherwise_is_a_stream_too() {
    let call = call(200, &[], events::events::<Item>);
    let body = Bytes::from_static(b"data: {\"id\":\"1\"}\n\n");
    let reply = call
        .decode(http::StatusCode::OK, http::HeaderMap::new(), body)
        .unwrap();
    assert_eq!(block_on(ids(reply.body)), ["1"]);
}

#[test]
fn a_body_without_events_is_an_error() {
    let pieces = [Some("{\"id\": \"1\",\n"), Some("\"tags\": []}")];
    block_on(async {
        let call = call(200, &pieces, events::events::<Item>);
        let mut events = call.await.unwrap();
        match events.next().await {
            Some(Err(StreamError::Item { text, mismatch })) => {
                assert_eq!(text, "{\"id\": \"1\",\n\"tags\": []}\n");
                assert_eq!(mismatch.reason(), "expected server-sent events");
            }
            other => panic!("{other:?}"),
        }
        assert!(events.next().await.is_none());
    });
    for body in ["", "\n\n", ": ping\n\n", "event: ping\n\nunknown: 1\n"] {
        block_on(async {
            let call = call(200, &[Some(body)], events::events::<Item>);
            assert!(call.await.unwrap().next().await.is_none(), "{body}");
        });
    }
}
