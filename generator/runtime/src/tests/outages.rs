//! The cost of an outage of the server: requests, time, and tokens of the budget. With paused time.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use tokio::time::Instant;

use super::retries::{OK, scripted, status, with};
use super::sample::Item;
use crate::runtime::client::Client;
use crate::runtime::transport::{Body, BoxFuture, Replay, Transport, TransportError};

#[tokio::test(start_paused = true)]
async fn an_outage_is_not_multiplied() {
    let replay = Arc::new(Replay::from_fn(|_| status(503)));
    let client = Client::builder().transport(replay.clone()).build().unwrap();
    for _ in 0..1_000 {
        client.clone().clear().await.unwrap_err();
    }
    let sent = replay.requests().len();
    assert_eq!(sent, 1_035, "500 tokens pay for 35 repeats");
}

#[tokio::test(start_paused = true)]
async fn an_outage_of_30_seconds_costs_what_the_budget_allows_and_ends() {
    let start = Instant::now();
    let over = Duration::from_secs(30);
    let replay = Arc::new(Replay::from_fn(move |_| {
        status(if start.elapsed() < over { 503 } else { OK })
    }));
    let client = Client::builder().transport(replay.clone()).build().unwrap();
    let callers = (0..20).map(|_| {
        let client = client.clone();
        tokio::spawn(async move {
            let (mut failed, mut after) = (0, 0);
            while after < 30 {
                let before = start.elapsed() < over;
                match client.clear().await {
                    Err(_) => failed += 1,
                    Ok(()) if before => {} // its last attempt came after the outage
                    Ok(()) => after += 1,
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            failed
        })
    });
    let callers: Vec<_> = callers.collect();
    let mut failed = 0;
    for caller in callers {
        failed += caller.await.unwrap();
    }
    assert!(failed > 4_000, "{failed}");
    let during = replay.requests().len() - 20 * 30;
    assert!(
        during <= failed + 20 + 35,
        "{during} requests of {failed} calls"
    );
    // the successes have filled the budget again
    assert_eq!(client.shared.budget.tokens(), 500);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_while_it_waits_gives_its_tokens_back() {
    let (builder, replay) = scripted(vec![with(503, &[("retry-after", "60")], "")]);
    let client = builder.build().unwrap();
    let call = client.clear().into_future();
    let late = tokio::time::timeout(Duration::from_secs(1), call).await;
    assert!(late.is_err(), "it waits");
    assert_eq!(client.shared.budget.tokens(), 500);
    assert_eq!(replay.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_transport_that_never_answers_is_left_at_the_deadline() {
    struct Silent;
    impl Transport for Silent {
        fn send(
            &self,
            _: Request<Bytes>,
            _: Duration,
        ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
            Box::pin(std::future::pending())
        }
    }
    let client = Client::builder().transport(Silent).build().unwrap();
    let start = Instant::now();
    let error = client.put_item(&Item::default()).await.unwrap_err();
    assert!(error.is_timeout() && error.may_have_been_applied());
    // three attempts of 110 s and waits of up to 3 s
    assert_eq!(error.attempts().sent, 3);
    assert!(start.elapsed() <= Duration::from_millis(333_010));
    let start = Instant::now();
    let call = client.clear().deadline(Duration::from_secs(5));
    assert!(call.await.unwrap_err().is_timeout());
    assert!(start.elapsed() <= Duration::from_millis(5_002));
}
