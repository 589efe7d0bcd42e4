//! Tokens that are fetched: when, how often, and what happens when they cannot be.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use tokio::sync::Notify;

use super::sample::{Item, ItemResponse, Problem};
use crate::runtime::auth::{BearerToken, TokenError};
use crate::runtime::client::{Client, ClientBuilder};
use crate::runtime::error::CallError;
use crate::runtime::transport::{
    Body, BoxFuture, Replay, Transport, TransportError, TransportErrorKind,
};

pub(super) const SECOND: Duration = Duration::from_secs(1);

type Result<T> = std::result::Result<T, CallError<Problem>>;
pub(super) type Answer = std::result::Result<Response<Bytes>, TransportError>;

pub(super) fn reply(status: u16, body: &str) -> Answer {
    let json = Response::builder().header("content-type", "application/json");
    let body = Bytes::from(body.to_owned());
    Ok(json.status(status).body(body).unwrap())
}

pub(super) fn bearer(request: &Request<Bytes>) -> &str {
    let value = request.headers().get("authorization");
    value.map_or("", |value| value.to_str().unwrap())
}

/// A server that accepts only the token `token-N` with the given number.
fn server(good: Arc<AtomicUsize>) -> Arc<Replay> {
    Arc::new(Replay::from_fn(move |request| {
        let good = format!("Bearer token-{}", good.load(Ordering::SeqCst));
        if bearer(request) == good {
            reply(200, r#"{"id":"7"}"#)
        } else {
            reply(401, r#"{"category":"c","message":"m"}"#)
        }
    }))
}

/// Hands out `token-1`, `token-2` … after a while, and counts.
fn provider(
    fetched: Arc<AtomicUsize>,
    life: Duration,
) -> impl FnOnce(ClientBuilder) -> ClientBuilder {
    move |builder| {
        builder.token_provider(move || {
            let fetched = fetched.clone();
            async move {
                tokio::time::sleep(SECOND).await;
                let number = fetched.fetch_add(1, Ordering::SeqCst) + 1;
                Ok(BearerToken::new(format!("token-{number}")).valid_for(life))
            }
        })
    }
}

/// Takes a moment, so that many requests are on their way at once.
struct Slow(Arc<Replay>);

impl Transport for Slow {
    fn send(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
    ) -> BoxFuture<'_, std::result::Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(20)).await;
            self.0.send(request, timeout).await
        })
    }
}

struct Setup {
    client: Client,
    replay: Arc<Replay>,
    good: Arc<AtomicUsize>,
    fetched: Arc<AtomicUsize>,
}

fn setup(life: Duration) -> Setup {
    let good = Arc::new(AtomicUsize::new(1));
    let fetched = Arc::new(AtomicUsize::new(0));
    let replay = server(good.clone());
    let builder = Client::builder().transport(Slow(replay.clone()));
    let client = provider(fetched.clone(), life)(builder).build().unwrap();
    Setup {
        client,
        replay,
        good,
        fetched,
    }
}

impl Setup {
    async fn put(&self) -> Result<ItemResponse> {
        self.client.put_item(&Item::default()).await
    }

    /// Sends a hundred calls at once; gives how many succeed.
    async fn hundred(&self) -> usize {
        let calls = (0..100).map(|_| {
            let call = self.client.put_item(&Item::default());
            tokio::spawn(call.into_future())
        });
        let calls: Vec<_> = calls.collect();
        let mut good = 0;
        for call in calls {
            good += usize::from(call.await.unwrap().is_ok());
        }
        good
    }

    fn fetched(&self) -> usize {
        self.fetched.load(Ordering::SeqCst)
    }
}

#[tokio::test(start_paused = true)]
async fn a_hundred_calls_fetch_the_first_token_once() {
    let setup = setup(1_800 * SECOND);
    assert_eq!(setup.hundred().await, 100);
    assert_eq!((setup.fetched(), setup.replay.requests().len()), (1, 100));
}

#[tokio::test(start_paused = true)]
async fn a_hundred_calls_on_an_expired_token_refresh_once() {
    let setup = setup(1_800 * SECOND);
    setup.put().await.unwrap();
    tokio::time::sleep(1_800 * SECOND).await;
    setup.good.store(2, Ordering::SeqCst);
    assert_eq!(setup.hundred().await, 100);
    assert_eq!(setup.fetched(), 2);
    assert_eq!(
        setup.replay.requests().len(),
        101,
        "nobody tried the old one"
    );
}

#[tokio::test(start_paused = true)]
async fn a_hundred_calls_that_get_a_401_refresh_once_and_repeat_once() {
    let setup = setup(1_800 * SECOND);
    setup.put().await.unwrap();
    setup.good.store(2, Ordering::SeqCst); // revoked
    assert_eq!(setup.hundred().await, 100);
    assert_eq!((setup.fetched(), setup.replay.requests().len()), (2, 201));
}

#[tokio::test(start_paused = true)]
async fn a_token_is_replaced_a_little_before_it_expires() {
    for (life, before, after) in [(1_800, 1_739, 1_741), (100, 89, 91), (0, 0, 0)] {
        let setup = setup(life * SECOND);
        setup.put().await.unwrap();
        if life > 0 {
            tokio::time::sleep(before * SECOND).await;
            setup.put().await.unwrap();
            assert_eq!(setup.fetched(), 1);
        }
        tokio::time::sleep((after - before) * SECOND).await;
        setup.good.store(2, Ordering::SeqCst);
        setup.put().await.unwrap();
        assert_eq!(setup.fetched(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_that_takes_no_token_is_not_stormed() {
    let setup = setup(1_800 * SECOND);
    setup.good.store(0, Ordering::SeqCst);
    let error = setup.put().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!((error.attempts().sent, setup.fetched()), (2, 2));
    for _ in 0..5 {
        let error = setup.put().await.unwrap_err();
        assert_eq!((error.attempts().sent, setup.fetched()), (1, 2));
    }
    tokio::time::sleep(10 * SECOND).await;
    setup.good.store(3, Ordering::SeqCst);
    setup.put().await.unwrap();
    assert_eq!(setup.fetched(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_refresh_outlives_the_call_that_began_it() {
    let setup = setup(1_800 * SECOND);
    let early = tokio::time::timeout(SECOND / 2, setup.put());
    assert!(early.await.is_err());
    assert_eq!(setup.fetched(), 0);
    // the same fetch goes on: it was half done
    let start = tokio::time::Instant::now();
    setup.put().await.unwrap();
    assert_eq!(start.elapsed().as_millis() / 100, 5);
    assert_eq!(setup.fetched(), 1);

    // any of the waiting calls can be dropped
    setup.good.store(2, Ordering::SeqCst);
    tokio::time::sleep(1_800 * SECOND).await;
    let calls: Vec<_> = (0..10)
        .map(|_| tokio::spawn(setup.client.put_item(&Item::default()).into_future()))
        .collect();
    tokio::time::sleep(SECOND / 2).await;
    calls[..5].iter().for_each(|call| call.abort());
    for (number, call) in calls.into_iter().enumerate() {
        assert_eq!(call.await.is_ok_and(|result| result.is_ok()), number >= 5);
    }
    assert_eq!(setup.fetched(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_given_to_all_that_wait_and_to_nobody_else() {
    let fetches = Arc::new(AtomicUsize::new(0));
    let count = fetches.clone();
    let replay = server(Arc::new(AtomicUsize::new(7)));
    let builder = Client::builder().transport(replay.clone());
    let client = builder.token_provider(move || {
        let number = count.fetch_add(1, Ordering::SeqCst);
        async move {
            tokio::time::sleep(SECOND).await;
            match number {
                0 => Err(TokenError::new("the vault is closed")),
                _ => Ok(BearerToken::new("token-7")),
            }
        }
    });
    let client = client.build().unwrap();
    let calls = (0..100).map(|_| tokio::spawn(client.put_item(&Item::default()).into_future()));
    let calls: Vec<_> = calls.collect();
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert_eq!(
            error.to_string(),
            "the request was not sent: there is no token to send: the vault is closed"
        );
        assert!(!error.may_have_been_applied() && !error.is_timeout());
        assert_eq!(error.attempts().sent, 0);
    }
    assert_eq!(
        (fetches.load(Ordering::SeqCst), replay.requests().len()),
        (1, 0)
    );
    client.put_item(&Item::default()).await.unwrap();
    assert_eq!(fetches.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn a_failure_that_may_pass_is_tried_again() {
    let fetches = Arc::new(AtomicUsize::new(0));
    let count = fetches.clone();
    let builder = Client::builder().transport(server(Arc::new(AtomicUsize::new(7))));
    let client = builder.token_provider(move || {
        let number = count.fetch_add(1, Ordering::SeqCst);
        async move {
            match number {
                0 | 1 => Err(TokenError::transient("the vault is busy")),
                _ => Ok(BearerToken::new("token-7")),
            }
        }
    });
    let reply = client
        .build()
        .unwrap()
        .put_item(&Item::default())
        .send()
        .await
        .unwrap();
    assert_eq!(
        (fetches.load(Ordering::SeqCst), reply.attempts.sent),
        (3, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_never_answers_is_left_at_the_deadline() {
    let never = Arc::new(Notify::new());
    let builder = Client::builder().transport(Replay::new());
    let client = builder.token_provider(move || {
        let never = never.clone();
        async move {
            never.notified().await;
            Err(TokenError::new("nobody gets here"))
        }
    });
    let client = client.build().unwrap();
    let start = tokio::time::Instant::now();
    let call = client.put_item(&Item::default()).deadline(5 * SECOND);
    let error = call.await.unwrap_err();
    assert!(
        error.is_timeout() && !error.may_have_been_applied(),
        "{error:?}"
    );
    assert_eq!(
        error.transport().unwrap().kind(),
        TransportErrorKind::NotSent
    );
    assert!(start.elapsed() <= Duration::from_millis(5_010));
}

#[tokio::test(start_paused = true)]
async fn a_header_of_the_caller_s_goes_before_the_token() {
    let setup = setup(SECOND);
    let call = setup.client.put_item(&Item::default());
    assert!(
        !call
            .request()
            .unwrap()
            .headers()
            .contains_key("authorization")
    );
    let own = call.header("authorization", "Bearer token-1");
    own.await.unwrap();
    assert_eq!(setup.fetched(), 0);
    // an operation that asks for no authorization fetches none
    let _ = setup.client.clear().await;
    assert_eq!(setup.fetched(), 0);
    // the escape hatch sends all credentials
    let request = Request::put("/items/1").body(Bytes::new()).unwrap();
    setup.client.send(request).await.unwrap();
    assert_eq!(setup.fetched(), 1);
}
