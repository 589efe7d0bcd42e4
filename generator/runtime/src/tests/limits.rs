//! The cap on a reply and the clock, for every transport.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body::{Frame, SizeHint};

use super::block_on;
use crate::runtime::client::{Client, ClientBuilder};
use crate::runtime::error::CallError;
use crate::runtime::transport::{
    Body, BoxFuture, Replay, Transport, TransportError, TransportErrorKind,
};

/// Never ends, 1,000 bytes at a time; counts what was taken.
struct Endless {
    taken: Arc<AtomicU64>,
    pause: Duration,
    announced: u64,
}

impl http_body::Body for Endless {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.taken.fetch_add(1_000, Ordering::Relaxed);
        std::thread::sleep(self.pause);
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(&[b'x'; 1_000])))))
    }

    fn size_hint(&self) -> SizeHint {
        let mut hint = SizeHint::new();
        hint.set_lower(self.announced);
        hint
    }
}

struct Pour {
    taken: Arc<AtomicU64>,
    pause: Duration,
    announced: u64,
}

impl Transport for Pour {
    fn send(
        &self,
        _: Request<Bytes>,
        _: Duration,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let body = Body::stream(Endless {
            taken: self.taken.clone(),
            pause: self.pause,
            announced: self.announced,
        });
        let reply = Response::builder()
            .status(200)
            .header("x-correlation-id", "c7");
        Box::pin(async { Ok(reply.body(body).unwrap()) })
    }
}

fn pour(pause: Duration, announced: u64) -> (ClientBuilder, Arc<AtomicU64>) {
    let taken = Arc::new(AtomicU64::new(0));
    let transport = Pour {
        taken: taken.clone(),
        pause,
        announced,
    };
    (Client::builder().transport(transport), taken)
}

#[test]
fn a_body_over_the_cap_is_cut_off_after_one_piece_too_many() {
    let (builder, taken) = pour(Duration::ZERO, 0);
    let client = builder.max_response_size(10_500).build().unwrap();
    let error = block_on(client.page().into_future()).unwrap_err();
    let transport = error.transport().unwrap();
    assert_eq!(transport.kind(), TransportErrorKind::TooLarge);
    assert_eq!(taken.load(Ordering::Relaxed), 11_000);
    assert_eq!(
        error.to_string(),
        "200 OK (correlation id c7); the response exceeds the maximum size: the maximum is 10500 bytes"
    );
    // the received part of the body is available: it was a success
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.headers().unwrap()["x-correlation-id"], "c7");
    assert!(error.may_have_been_applied());
    assert!(matches!(error, CallError::Incomplete(_)));
}

#[test]
fn a_body_that_announces_too_much_is_not_read_at_all() {
    let (builder, taken) = pour(Duration::ZERO, u64::MAX);
    let client = builder.build().unwrap();
    let error = block_on(client.page().into_future()).unwrap_err();
    assert_eq!(
        error.transport().unwrap().kind(),
        TransportErrorKind::TooLarge
    );
    assert_eq!(taken.load(Ordering::Relaxed), 0);
}

#[test]
fn a_body_that_trickles_ends_at_the_deadline_though_the_transport_has_no_clock() {
    let (builder, _) = pour(Duration::from_millis(5), 0);
    let client = builder.build().unwrap();
    let start = std::time::Instant::now();
    let call = client.page().deadline(Duration::from_millis(60));
    let error = block_on(call.into_future()).unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(start.elapsed() < Duration::from_secs(5));
    let call = client.page().attempt_timeout(Duration::from_millis(20));
    assert!(block_on(call.into_future()).unwrap_err().is_timeout());
}

#[test]
fn the_cap_is_exact() {
    for (cap, fits) in [(9, false), (10, true), (11, true)] {
        let replay = Replay::new().reply(200, "text/plain", "0123456789");
        let client = Client::builder().transport(replay).build().unwrap();
        let result = block_on(client.page().max_response_size(cap).into_future());
        assert_eq!(result.is_ok(), fits, "{cap}");
    }
    let replay = Replay::new().reply(200, "text/plain", "");
    let client = Client::builder().transport(replay).max_response_size(0);
    assert_eq!(
        block_on(client.build().unwrap().page().into_future()).unwrap(),
        ""
    );
}

#[test]
fn the_deadline_bounds_an_attempt() {
    struct Asked(Arc<AtomicU64>);
    impl Transport for Asked {
        fn send(
            &self,
            _: Request<Bytes>,
            timeout: Duration,
        ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
            // the clock has gone on for a moment since the call began
            let seconds = timeout.as_secs_f64().round() as u64;
            self.0.store(seconds, Ordering::Relaxed);
            Box::pin(async { Ok(Response::new(Body::from(Bytes::new()))) })
        }
    }
    let requests = Arc::new(AtomicU64::new(0));
    let client = Client::builder()
        .transport(Asked(requests.clone()))
        .build()
        .unwrap();
    for (deadline, attempt, expected) in [(360, 110, 110), (7, 110, 7), (360, 9, 9)] {
        let call = client
            .page()
            .deadline(Duration::from_secs(deadline))
            .attempt_timeout(Duration::from_secs(attempt));
        block_on(call.into_future()).unwrap();
        assert_eq!(requests.load(Ordering::Relaxed), expected);
    }
    let forever = client
        .page()
        .deadline(Duration::MAX)
        .attempt_timeout(Duration::MAX);
    block_on(forever.into_future()).unwrap();
}
