//! A server that dies, and chance.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use hubspot_products::bulk::{NotSent, Outcome};

use super::{Books, audit, finish, hasty, products, run};
use crate::support::Fake;

#[tokio::test]
async fn a_server_that_dies_and_comes_back() {
    let mut fake = Fake::start();
    let inputs = products(2000);
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = calls.clone();
    let run = run(&hasty(&fake), inputs.clone()).per_call(move |call| {
        counted.fetch_add(1, Ordering::SeqCst);
        call
    });
    let run = tokio::spawn(finish(run));
    for _ in 0..2 {
        reach(&calls, 5).await;
        fake.die();
        reach(&calls, 4).await; // the first of them were on their way, and the last found nobody
        fake.listen().expect("the port is still free");
    }
    let (settled, summary) = run.await.expect("no panic");
    let books = audit(&inputs, &settled, &summary, &fake.ledger());
    assert_eq!(books.plain(), Books::all(2000));
    assert!(summary.calls > 20, "{summary:?}");
}

/// Waits until so many more calls were begun.
async fn reach(calls: &AtomicUsize, more: usize) {
    let goal = calls.load(Ordering::SeqCst) + more;
    while calls.load(Ordering::SeqCst) < goal {
        tokio::task::yield_now().await;
    }
}

/// Nobody is there, and patience ends: nothing was sent.
#[tokio::test]
async fn a_server_that_stays_away() {
    let mut fake = Fake::start();
    let inputs = products(500);
    let run = run(&hasty(&fake), inputs.clone()).outage_timeout(Duration::from_millis(50));
    fake.die();
    let (settled, summary) = finish(run).await;
    let books = audit(&inputs, &settled, &summary, &fake.ledger());
    assert_eq!(books.not_sent, 500);
    let kinds = |wanted: fn(&NotSent<_>) -> bool| {
        let reasons = settled.iter().filter_map(|one| match &one.outcome {
            Outcome::NotSent(reason) => Some(reason),
            _ => None,
        });
        reasons.filter(|reason| wanted(reason)).count()
    };
    assert!(kinds(|reason| matches!(reason, NotSent::Failed(_))) > 0);
    assert!(kinds(|reason| matches!(reason, NotSent::Halted(_))) > 0);
}

/// One reply in ten goes wrong, in one of twenty ways, over so many inputs.
async fn chance(inputs: usize, seed: u64) -> Books {
    let fake = Fake::start();
    fake.misbehave(0.1, seed);
    let inputs = products(inputs);
    let run = run(&hasty(&fake), inputs.clone()).concurrency(8);
    let (settled, summary) = finish(run).await;
    let books = audit(&inputs, &settled, &summary, &fake.ledger());
    let wanted = inputs.len().div_ceil(100);
    println!(
        "seed {seed}: {summary}; {} requests for {wanted} wanted; {books:?}",
        fake.calls()
    );
    books
}

#[tokio::test]
async fn one_in_ten_goes_wrong() {
    for seed in 1..=5 {
        let books = chance(5_000, seed).await;
        assert_eq!(
            (books.written, books.rejected, books.not_sent),
            (5_000, 0, 0)
        );
    }
}

/// The same over 100,000 inputs: `cargo test -p hubspot-products --test it -- --ignored --nocapture bulk`.
#[tokio::test]
#[ignore = "takes a minute"]
async fn one_in_ten_goes_wrong_over_a_hundred_thousand() {
    let books = chance(100_000, 2026).await;
    assert_eq!(
        (books.written, books.rejected, books.not_sent),
        (100_000, 0, 0)
    );
}
