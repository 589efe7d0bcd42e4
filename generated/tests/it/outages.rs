//! What an outage costs: how many requests more than there are calls.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http::Response;
use hubspot_products::{Client, Replay, RetryPolicy};
use tokio::time::Instant;

use crate::rate_limit::written;
use crate::support::{Fake, Scenario, TOKEN};
use crate::{bulk, right};

/// How many repeats the budget of a client pays for: 500 tokens, and one costs 14.
const REPEATS: usize = 35;

/// Row 13 of the scorecard, over a socket: 1,000 calls of 10 clones, and every reply is a 503.
#[tokio::test]
async fn a_thousand_calls_while_hubspot_is_away() {
    const CALLS: usize = 1_000;
    let fake = Fake::start();
    for _ in 0..3 * CALLS {
        fake.answer(Scenario::Unavailable);
    }
    let moment = Duration::from_millis(1);
    let builder = Client::builder().base_url(fake.url()).token(TOKEN);
    let client = builder.retry(RetryPolicy::new().backoff(moment, moment));
    let client = client.build().expect("a client of the fake");
    let callers = (0..10).map(|_| {
        let client = client.clone();
        tokio::spawn(async move {
            let mut most = 0;
            for _ in 0..CALLS / 10 {
                let result = client.upsert_products(&right()).await;
                most = most.max(result.expect_err("a 503").attempts().sent);
            }
            most
        })
    });
    let callers: Vec<_> = callers.collect();
    for caller in callers {
        assert!(caller.await.expect("no panic") <= 3);
    }
    let sent = fake.calls();
    println!(
        "{sent} requests for {CALLS} wanted: {}",
        sent as f64 / CALLS as f64
    );
    assert_eq!(sent, CALLS + REPEATS);
}

/// A run of 20 batches meets 30 seconds without HubSpot. With paused time, so without a socket.
#[tokio::test(start_paused = true)]
async fn a_run_through_30_seconds_without_hubspot() {
    for seed in 0..20 {
        fastrand::seed(seed);
        let start = Instant::now();
        let sent = Arc::new(AtomicUsize::new(0));
        let count = sent.clone();
        let replay = Replay::from_fn(move |request| {
            count.fetch_add(1, Ordering::SeqCst);
            let reply = Response::builder();
            let reply = if start.elapsed() < Duration::from_secs(30) {
                reply.status(503).body(Default::default())
            } else {
                reply
                    .header("content-type", "application/json")
                    .body(written(request))
            };
            Ok(reply.expect("a reply"))
        });
        let client = Client::builder().token(TOKEN).transport(replay);
        let client = client.build().expect("a client without a socket");
        let run = client.upsert_products_all(bulk::products(2_000));
        let summary = run.for_each(|one| assert!(one.outcome.is_written())).await;
        assert_eq!(summary.written, 2_000);
        let sent = sent.load(Ordering::SeqCst);
        println!(
            "seed {seed}: {sent} requests for 20 wanted, {:?}",
            start.elapsed()
        );
        assert!(sent <= 20 + REPEATS, "{sent}");
    }
}
