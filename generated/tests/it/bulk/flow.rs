//! How inputs go in and outcomes come out: over time, at once, on demand, and not after a stop.

use std::collections::BTreeSet;
use std::pin::pin;
use std::sync::Mutex;
use std::time::Duration;

use futures_util::stream;
use hubspot_products::bulk::{NotSent, Outcome};

use super::{finish, hasty, product, products, run};
use crate::support::{Fake, Scenario};

#[tokio::test]
async fn a_run_can_be_stopped_and_continued() {
    let fake = Fake::start();
    let client = hasty(&fake);
    let mut inputs = products(1000).into_iter();
    let mut written = BTreeSet::new();
    let mut first = client.upsert_products_all(inputs.by_ref()).concurrency(2);
    let stop = first.stop_handle();
    while let Some(one) = first.next().await {
        stop.stop();
        assert!(matches!(
            one.outcome,
            Outcome::Written(_) | Outcome::NotSent(NotSent::Stopped)
        ));
        if one.outcome.is_written() {
            written.insert(one.input.id);
        }
    }
    assert!(stop.is_stopped());
    let taken = first.summary().taken;
    assert_eq!(first.summary().settled(), taken);
    assert!((100..=300).contains(&taken), "{taken} were taken");
    drop(first);
    let (rest, summary) = finish(client.upsert_products_all(inputs)).await;
    assert_eq!(summary.taken, 1000 - taken);
    written.extend(rest.into_iter().map(|one| one.input.id));
    assert_eq!(written.len(), 1000);
}

/// Stopping wakes a run that waits for inputs which do not come.
#[tokio::test]
async fn a_run_that_waits_for_inputs_can_be_stopped() {
    let fake = Fake::start();
    let mut run = hasty(&fake).upsert_products_all_from(stream::pending());
    let stop = run.stop_handle();
    let (last, ()) = tokio::join!(run.next(), async { stop.stop() });
    assert!(last.is_none());
}

/// An input that is there goes out as soon as nothing else is on its way, and not when a batch is full.
#[tokio::test]
async fn inputs_that_arrive_over_time() {
    let fake = Fake::start();
    let (sender, mut receiver) = tokio::sync::mpsc::channel(10);
    let inputs = stream::poll_fn(move |context| receiver.poll_recv(context));
    let mut run = pin!(hasty(&fake).upsert_products_all_from(inputs));
    for number in 0..3 {
        sender
            .send(product(&format!("SKU-{number}"), number))
            .await
            .expect("somebody listens");
        let settled = run.next().await.expect("an outcome");
        assert!(settled.outcome.is_written() && settled.index == number as u64);
    }
    drop(sender);
    assert!(run.next().await.is_none());
    assert_eq!(fake.calls(), 3);
}

/// Back-pressure: inputs are taken only when calls need them.
#[tokio::test]
async fn only_inputs_in_flight_are_in_memory() {
    let fake = Fake::start();
    let taken = Mutex::new(0);
    let endless = (0..).map(|number| {
        *taken.lock().expect("no test panics with it") += 1;
        product(&format!("SKU-{number}"), number)
    });
    let mut run = hasty(&fake).upsert_products_all(endless).concurrency(3);
    for _ in 0..1000 {
        run.next().await.expect("it does not end");
        let summary = run.summary();
        assert!(summary.taken - summary.settled() <= 300, "{summary:?}");
    }
    let summary = run.summary();
    drop(run);
    let taken = *taken.lock().expect("no test panics with it");
    assert_eq!(taken, summary.taken);
    assert!(taken < 1500, "{taken}");
}

#[tokio::test]
async fn calls_are_concurrent_and_progress_is_reported() {
    let fake = Fake::start();
    let progress = Mutex::new(Vec::new());
    let run = hasty(&fake).upsert_products_all(products(450));
    let run = run.on_progress(|summary| progress.lock().expect("no panic").push(*summary));
    let summary = run.for_each(|one| assert!(one.outcome.is_written())).await;
    assert_eq!((summary.written, summary.new, summary.calls), (450, 450, 5));
    let progress = progress.into_inner().expect("no panic");
    assert_eq!(progress.len(), 5);
    assert!(progress.is_sorted_by_key(|summary| summary.written));
    assert_eq!(progress.last(), Some(&summary));
    assert_eq!(
        summary.to_string(),
        "450 taken: 450 written (450 new), 0 rejected, 0 not sent, 0 unaccounted"
    );
}

#[tokio::test]
async fn each_call_can_be_changed() {
    let fake = Fake::start();
    let run = run(&hasty(&fake), products(150)).per_call(|call| call.header("x-run", "7"));
    run.for_each(drop).await;
    let requests = fake.requests();
    assert_eq!(requests.len(), 2);
    assert!(
        requests
            .iter()
            .all(|request| request.headers()["x-run"] == "7")
    );
}

#[tokio::test]
async fn a_run_can_go_to_another_task() {
    let fake = Fake::start();
    let run = run(&hasty(&fake), products(3));
    let task = tokio::spawn(run.for_each(drop));
    assert_eq!(task.await.expect("no panic").written, 3);
}

/// The pauses of an outage end when the run is stopped.
#[tokio::test]
async fn an_outage_can_be_stopped() {
    let fake = Fake::start();
    for _ in 0..100 {
        fake.answer(Scenario::Unavailable);
    }
    let run = hasty(&fake).upsert_products_all(products(5));
    let stop = run.stop_handle();
    let run = tokio::spawn(finish(run));
    while fake.calls() < 3 {
        tokio::task::yield_now().await;
    }
    stop.stop();
    let (settled, _) = tokio::time::timeout(Duration::from_secs(10), run)
        .await
        .expect("it ends")
        .expect("no panic");
    assert!(
        settled
            .iter()
            .all(|one| matches!(one.outcome, Outcome::Unaccounted(_))),
        "{settled:?}"
    );
}
