//! The client's own rate limit, with paused time.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use proptest::prelude::*;
use tokio::time::Instant;

use crate::runtime::client::{Client, ClientBuilder};
use crate::runtime::error::CallError;
use crate::runtime::limit::RateLimiter;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::transport::{Body, BoxFuture, Transport, TransportError, TransportErrorKind};

const SECOND: Duration = Duration::from_secs(1);

type Reply = Arc<dyn Fn(usize) -> Response<Bytes> + Send + Sync>;

/// A server that takes some time, and notes when requests came.
#[derive(Clone)]
struct Server {
    start: Instant,
    seen: Arc<Mutex<Vec<Duration>>>,
    delay: Duration,
    reply: Reply,
}

impl Server {
    fn new(
        delay: Duration,
        reply: impl Fn(usize) -> Response<Bytes> + Send + Sync + 'static,
    ) -> Self {
        Server {
            start: Instant::now(),
            seen: Arc::default(),
            delay,
            reply: Arc::new(reply),
        }
    }

    fn seen(&self) -> Vec<Duration> {
        self.seen.lock().unwrap().clone()
    }

    fn builder(&self) -> ClientBuilder {
        let builder = Client::builder().transport(self.clone());
        builder.retry(RetryPolicy::none())
    }
}

impl Transport for Server {
    fn send(
        &self,
        _: Request<Bytes>,
        _: Duration,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let number = {
            let mut seen = self.seen.lock().unwrap();
            seen.push(self.start.elapsed());
            seen.len()
        };
        Box::pin(async move {
            tokio::time::sleep(self.delay).await;
            Ok((self.reply)(number).map(Body::from))
        })
    }
}

fn ok(_: usize) -> Response<Bytes> {
    response(204, &[])
}

fn response(status: u16, headers: &[(&str, &str)]) -> Response<Bytes> {
    let mut reply = Response::builder().status(status);
    for (name, value) in headers {
        reply = reply.header(*name, *value);
    }
    reply.body(Bytes::new()).unwrap()
}

/// Sends so many calls at once and waits for all.
async fn send(client: &Client, count: usize) -> usize {
    let calls = (0..count).map(|_| tokio::spawn(client.clear().into_future()));
    let calls: Vec<_> = calls.collect();
    let mut good = 0;
    for call in calls {
        good += usize::from(call.await.unwrap().is_ok());
    }
    good
}

/// The most requests that came in any period of this length.
fn densest(seen: &[Duration], period: Duration) -> usize {
    let from = |start: &Duration| {
        let inside = seen
            .iter()
            .filter(|at| **at >= *start && **at - *start < period);
        inside.count()
    };
    seen.iter().map(from).max().unwrap_or(0)
}

#[tokio::test(start_paused = true)]
async fn no_period_has_more_than_was_set() {
    let server = Server::new(Duration::from_millis(50), ok);
    let limiter = RateLimiter::new(100, 10 * SECOND);
    let client = server.builder().rate_limit(limiter).build().unwrap();
    assert_eq!(send(&client, 350).await, 350);
    let seen = server.seen();
    assert_eq!(densest(&seen, 10 * SECOND), 100);
    // and not much less: four hundreds, each a period and a reply after the one before
    assert!(seen[349] < Duration::from_millis(30_300), "{:?}", seen[349]);
}

#[tokio::test(start_paused = true)]
async fn clones_and_clients_share_a_limiter() {
    let server = Server::new(Duration::ZERO, ok);
    let limiter = RateLimiter::new(10, SECOND);
    let one = server
        .builder()
        .rate_limit(limiter.clone())
        .build()
        .unwrap();
    tokio::time::sleep(7 * SECOND).await; // their clocks begin at other moments
    let other = server.builder().rate_limit(limiter).build().unwrap();
    let clone = one.clone();
    let (a, b, c) = tokio::join!(send(&one, 10), send(&other, 10), send(&clone, 10));
    assert_eq!(a + b + c, 30);
    assert_eq!(densest(&server.seen(), SECOND), 10);
}

#[tokio::test(start_paused = true)]
async fn who_waits_and_goes_leaves_no_trace() {
    let server = Server::new(Duration::ZERO, ok);
    let limiter = RateLimiter::new(2, 10 * SECOND);
    let client = server.builder().rate_limit(limiter.clone());
    let client = client.build().unwrap();
    send(&client, 2).await;
    // one waits for the window and two wait for the one
    let gone: Vec<_> = (0..3)
        .map(|_| tokio::spawn(client.clear().into_future()))
        .collect();
    tokio::time::sleep(SECOND).await;
    gone.iter().for_each(|call| call.abort());
    for call in gone {
        assert!(call.await.unwrap_err().is_cancelled());
    }
    tokio::time::sleep(10 * SECOND).await;
    assert_eq!(limiter.free(), 2);
    assert_eq!(send(&client, 2).await, 2);
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_request_that_is_dropped_on_its_way_still_counts() {
    let server = Server::new(100 * SECOND, ok);
    let limiter = RateLimiter::new(1, 10 * SECOND);
    let client = server.builder().rate_limit(limiter.clone());
    let client = client.build().unwrap();
    let call = tokio::time::timeout(SECOND, client.clear().into_future());
    assert!(call.await.is_err());
    assert_eq!(limiter.free(), 0, "the server may have counted it");
    tokio::time::sleep(10 * SECOND).await;
    assert_eq!(limiter.free(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_the_deadline_has_no_room_for_sends_nothing() {
    let server = Server::new(Duration::ZERO, ok);
    let client = server
        .builder()
        .rate_limit(RateLimiter::new(1, 1_000 * SECOND));
    let client = client.build().unwrap();
    client.clear().await.unwrap();
    let start = Instant::now();
    let error = client.clear().await.unwrap_err();
    // 360 s less an attempt's 110 s
    assert!(start.elapsed() <= Duration::from_millis(250_010));
    assert!(error.is_timeout() && !error.may_have_been_applied());
    assert_eq!(error.attempts().sent, 0);
    let kind = |error: &CallError<_>| error.transport().unwrap().kind();
    assert_eq!(kind(&error), TransportErrorKind::NotSent);
    let start = Instant::now();
    let error = client.clear().deadline(3 * SECOND).await.unwrap_err();
    assert_eq!(kind(&error), TransportErrorKind::NotSent);
    assert!(start.elapsed() <= Duration::from_millis(3_010));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn it_learns_that_the_server_allows_less_and_never_lets_more_through() {
    let server = Server::new(Duration::ZERO, |number| match number {
        1 => response(204, &[("x-limit", "5")]),
        // more than was set
        21 => response(204, &[("x-limit", "500")]),
        _ => response(204, &[]),
    });
    let limiter = RateLimiter::new(10, 10 * SECOND);
    let client = server.builder().rate_limit(limiter.clone());
    let client = client.build().unwrap();
    send(&client, 1).await;
    assert_eq!(limiter.free(), 4);
    send(&client, 20).await;
    assert_eq!(densest(&server.seen(), 10 * SECOND), 5);
    tokio::time::sleep(10 * SECOND).await;
    assert_eq!(limiter.free(), 10);
}

#[tokio::test(start_paused = true)]
async fn it_adapts_to_the_use_of_others() {
    let server = Server::new(Duration::ZERO, |number| match number {
        1 => response(
            204,
            &[
                ("x-limit", "10"),
                ("x-remaining", "3"),
                ("x-period", "10000"),
            ],
        ),
        _ => response(204, &[("x-remaining", "garbage")]),
    });
    let limiter = RateLimiter::new(10, 10 * SECOND);
    let client = server.builder().rate_limit(limiter.clone());
    let client = client.build().unwrap();
    send(&client, 1).await;
    assert_eq!(limiter.free(), 3);
    assert_eq!(send(&client, 10).await, 10);
    let seen = server.seen();
    assert_eq!(densest(&seen[..5], 10 * SECOND), 4);
}

#[tokio::test(start_paused = true)]
async fn after_a_429_nobody_sends_for_a_while() {
    for (headers, expected) in [
        (&[("retry-after", "7")][..], 7),
        (&[], 1),
        (&[("retry-after", "soon")], 1),
        // not for hours because of one reply
        (&[("retry-after", "9999")], 60),
    ] {
        let headers: Vec<_> = headers.to_vec();
        let server = Server::new(Duration::ZERO, move |number| match number {
            1 => response(429, &headers),
            _ => response(204, &[]),
        });
        let limiter = RateLimiter::new(10, 10 * SECOND);
        let client = server.builder().rate_limit(limiter).build().unwrap();
        assert_eq!(send(&client, 1).await, 0);
        assert_eq!(send(&client, 3).await, 3);
        let seen = server.seen();
        assert!(seen[1] >= expected * SECOND, "{seen:?}");
        assert!(seen[3] < expected * SECOND + SECOND / 10, "{seen:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn repeats_count_too() {
    let server = Server::new(Duration::ZERO, |number| match number {
        1 | 2 => response(503, &[]),
        _ => response(204, &[]),
    });
    let limiter = RateLimiter::new(1, 30 * SECOND);
    let client = server.builder().rate_limit(limiter);
    let client = client.retry(RetryPolicy::new()).build().unwrap();
    client.clear().await.unwrap();
    let seen = server.seen();
    assert_eq!((seen.len(), densest(&seen, 30 * SECOND)), (3, 1));
}

proptest! {
    /// Whatever the delays, a server that counts a request at any moment between its arrival and its reply never sees
    /// more of them in one period than were set.
    #[test]
    fn a_rolling_window_at_the_server_is_never_exceeded(
        most in 1_u32..8,
        period in 1_u64..5_000,
        pauses in prop::collection::vec(0_u64..900, 1..80),
        replies in prop::collection::vec(0_u64..3_000, 80),
        counted in prop::collection::vec(0.0..=1.0, 80),
    ) {
        use crate::runtime::limit::{Quota, Window};
        let ms = Duration::from_millis;
        let mut window = Window::new(Quota { requests: most, period: ms(period) });
        let mut now = Duration::ZERO;
        let mut open: Vec<Duration> = Vec::new(); // when those under way are answered
        let mut server: Vec<Duration> = Vec::new(); // when it counted each
        for (index, pause) in pauses.iter().enumerate() {
            now += ms(*pause);
            loop {
                open.sort();
                while open.first().is_some_and(|end| *end <= now) {
                    let end = open.remove(0);
                    window.settle(end);
                }
                match window.take(now) {
                    Ok(()) => break,
                    Err(wait) => {
                        let reply = open.first().copied();
                        let wake = wait.map(|wait| now + wait);
                        now = [reply, wake].into_iter().flatten().min().unwrap();
                    }
                }
            }
            let reply = ms(replies[index]);
            server.push(now + reply.mul_f64(counted[index]));
            open.push(now + reply);
        }
        prop_assert!(densest(&server, ms(period)) <= most as usize);
    }
}
