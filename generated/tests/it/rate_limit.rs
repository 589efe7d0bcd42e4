//! The client's own rate limit and HubSpot's headers, with paused time and so without a socket.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use hubspot_products::{Client, RateLimiter, Replay};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::right;
use crate::support::TOKEN;

const SECOND: Duration = Duration::from_secs(1);

/// When requests came.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<Instant>>>);

impl Seen {
    fn note(&self) -> usize {
        let mut seen = self.0.lock().expect("no test panics with it");
        seen.push(Instant::now());
        seen.len()
    }

    fn count(&self) -> usize {
        self.0.lock().expect("no test panics with it").len()
    }

    /// The most requests that came in any time of this length.
    fn densest(&self, length: Duration) -> usize {
        let seen = self.0.lock().expect("no test panics with it");
        let from = |start: &Instant| {
            let inside = seen
                .iter()
                .filter(|at| *at >= start && **at - *start < length);
            inside.count()
        };
        seen.iter().map(from).max().unwrap_or(0)
    }
}

/// Writes every input, and tells these limits with the reply of each number.
fn client(
    limiter: RateLimiter,
    rate_headers: fn(usize) -> Vec<(&'static str, &'static str)>,
) -> (Client, Seen) {
    let seen = Seen::default();
    let noted = seen.clone();
    let replay = Replay::from_fn(move |request| {
        let mut reply = Response::builder().header("content-type", "application/json");
        for (name, value) in rate_headers(noted.note()) {
            reply = reply.header(name, value);
        }
        Ok(reply.body(written(request)).expect("a reply"))
    });
    let builder = Client::builder().token(TOKEN).transport(replay);
    let client = builder.rate_limit(limiter).build();
    (client.expect("a client without a socket"), seen)
}

/// The success of a batch: all its inputs are written.
pub fn written(request: &Request<Bytes>) -> Bytes {
    let batch: Value = serde_json::from_slice(request.body()).expect("JSON");
    let at = "2026-03-02T09:15:30Z";
    let inputs = batch["inputs"].as_array().expect("a list").iter();
    let products = inputs.map(|input| {
        json!({
            "id": input["id"], "properties": {}, "createdAt": at, "updatedAt": at, "archived": false,
            "new": true, "objectWriteTraceId": input["objectWriteTraceId"]
        })
    });
    let products: Vec<Value> = products.collect();
    let body =
        json!({"status": "COMPLETE", "results": products, "startedAt": at, "completedAt": at});
    body.to_string().into()
}

async fn at_once(client: &Client, calls: usize) {
    let calls = (0..calls).map(|_| tokio::spawn(client.upsert_products(&right()).into_future()));
    let calls: Vec<_> = calls.collect();
    for call in calls {
        call.await.expect("no panic").expect("a success");
    }
}

/// An account that takes 190 by its contract takes 100 for now.
#[tokio::test(start_paused = true)]
async fn it_learns_a_lower_limit_from_hubspot_s_headers() {
    let limiter = RateLimiter::new(190, 10 * SECOND);
    let (client, seen) = client(limiter, |_| {
        vec![
            ("x-hubspot-ratelimit-max", "100"),
            ("x-hubspot-ratelimit-interval-milliseconds", "10000"),
        ]
    });
    at_once(&client, 1).await;
    at_once(&client, 250).await;
    assert_eq!(seen.densest(10 * SECOND), 100);
}

#[tokio::test(start_paused = true)]
async fn it_adapts_to_the_use_of_other_programs() {
    let (client, seen) = client(RateLimiter::new(100, 10 * SECOND), |number| match number {
        1 => vec![("x-hubspot-ratelimit-remaining", "0")],
        _ => vec![],
    });
    at_once(&client, 1).await;
    let start = Instant::now();
    at_once(&client, 1).await;
    assert!(start.elapsed() >= 10 * SECOND, "{:?}", start.elapsed());
    assert_eq!(seen.count(), 2);
}

/// Calls of a run and single calls of a clone wait for each other.
#[tokio::test(start_paused = true)]
async fn a_run_and_clones_share_it() {
    let (client, seen) = client(RateLimiter::new(5, SECOND), |_| vec![]);
    let run = client.upsert_products_all(crate::bulk::products(2_000));
    let run = run
        .concurrency(8)
        .for_each(|one| assert!(one.outcome.is_written()));
    let clone = client.clone();
    let (summary, ()) = tokio::join!(run, at_once(&clone, 20));
    assert_eq!(
        (summary.written, summary.calls, seen.count()),
        (2_000, 20, 40)
    );
    assert_eq!(seen.densest(SECOND), 5);
}
