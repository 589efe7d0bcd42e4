//! Bulk runs during an outage of the server: how long they wait, and how many requests they send. Time is paused.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::Response;

use super::bulk::Named;
use crate::runtime::bulk::{Bulk, Outcome, Settled};
use crate::runtime::client::Client;
use crate::runtime::transport::Replay;

/// A client of a server that responds to the first requests with 503, and then writes all inputs.
fn away_for(requests: usize) -> (Client, Arc<Replay>) {
    let received = AtomicUsize::new(0);
    let replay = Replay::from_fn(move |request| {
        let is_away = received.fetch_add(1, Ordering::SeqCst) < requests;
        let mut reply = Response::new(request.body().clone());
        if is_away {
            *reply.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
        }
        Ok(reply)
    });
    let replay = Arc::new(replay);
    let client = Client::builder().transport(replay.clone()).build();
    (client.expect("nothing is wrong with it"), replay)
}

fn run(client: &Client, inputs: usize) -> Bulk<'static, Named> {
    Bulk::of_iter(client, (0..inputs).map(|number| number.to_string()))
}

async fn finish(mut run: Bulk<'_, Named>) -> Vec<Settled<Named>> {
    let mut settled = Vec::new();
    while let Some(one) = run.next().await {
        settled.push(one);
    }
    settled
}

fn words(settled: &[Settled<Named>], word: &str) -> usize {
    let words = settled.iter().map(|one| one.outcome.as_str());
    words.filter(|found| *found == word).count()
}

#[cfg(feature = "timer")]
mod with_a_timer {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_outage_that_ends_costs_nothing_but_time() {
        let (client, replay) = away_for(12);
        let started = Instant::now();
        let settled = finish(run(&client, 1000)).await;
        assert_eq!(words(&settled, "written"), 1000);
        assert_eq!(replay.requests().len(), 12 + 10);
        let doubtful = |one: &&Settled<Named>| matches!(&one.outcome, Outcome::Written(written) if written.after_ambiguous_attempt);
        let doubtful = settled.iter().filter(doubtful).count();
        assert!((100..=400).contains(&doubtful), "{doubtful}"); // only what was on its way
        let waited = started.elapsed();
        assert!(
            waited > Duration::from_millis(100) && waited < Duration::from_secs(300),
            "{waited:?}"
        );
    }

    /// After the patience of a run the rest is not tried any more.
    #[tokio::test(start_paused = true)]
    async fn patience_has_an_end() {
        let (client, replay) = away_for(usize::MAX);
        let started = Instant::now();
        let patience = Duration::from_secs(300);
        let settled = finish(run(&client, 100_000).outage_timeout(patience)).await;
        let waited = started.elapsed();
        assert!(
            waited > patience && waited < patience + Duration::from_secs(60),
            "{waited:?}"
        );
        assert_eq!(
            (words(&settled, "unaccounted"), words(&settled, "not_sent")),
            (400, 99_600)
        );
        let requests = replay.requests().len();
        assert!(requests < 150, "{requests} requests in five minutes"); // 4 calls with pauses of up to 30 s
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_ends_when_the_run_is_stopped() {
        let (client, replay) = away_for(usize::MAX);
        let run = run(&client, 100).initial_backoff(Duration::from_secs(3600));
        let stop = run.stop_handle();
        let task = tokio::spawn(finish(run));
        tokio::time::sleep(Duration::from_millis(1)).await;
        let stopped = Instant::now();
        stop.stop();
        let settled = task.await.expect("no panic");
        assert!(
            stopped.elapsed() <= Duration::from_secs(1),
            "{:?}",
            stopped.elapsed()
        );
        assert_eq!(
            (words(&settled, "unaccounted"), replay.requests().len()),
            (100, 1)
        );
    }
}

/// Without a timer there are no delays, and a batch is sent three times.
#[cfg(not(feature = "timer"))]
#[test]
fn without_a_timer_an_outage_is_not_waited_for() {
    let (client, replay) = away_for(usize::MAX);
    let settled = super::block_on(finish(run(&client, 200)));
    assert_eq!(words(&settled, "unaccounted"), 200);
    assert_eq!(replay.requests().len(), 6);
    assert!(
        settled
            .iter()
            .all(|one| matches!(one.outcome, Outcome::Unaccounted(_)))
    );
}
