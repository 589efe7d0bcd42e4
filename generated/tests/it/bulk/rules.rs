//! What a run promises beyond surviving faults.

use std::collections::BTreeSet;
use std::pin::pin;
use std::sync::Mutex;
use std::time::Duration;

use futures_util::stream;
use hubspot_products::UpsertInput;
use hubspot_products::bulk::{NotSent, Outcome, Rejected, Unaccounted};

use super::{Books, audit, finish, hasty, product, products, run, send};
use crate::support::{Entry, Fake, Scenario, TOKEN_WITHOUT_SCOPE};

#[tokio::test]
async fn nothing_is_sent_before_it_is_polled() {
    let fake = Fake::start();
    let run = run(&hasty(&fake), products(3));
    assert_eq!((run.summary().taken, fake.calls()), (0, 0));
    drop(run);
    assert_eq!(fake.calls(), 0);
}

#[tokio::test]
async fn no_inputs() {
    let fake = Fake::start();
    assert_eq!(send(&fake, Vec::new()).await, Books::default());
    assert_eq!(fake.calls(), 0);
}

#[tokio::test]
async fn batches_are_as_large_as_they_may_be() {
    let fake = Fake::start();
    assert_eq!(send(&fake, products(250)).await, Books::all(250));
    let mut sizes: Vec<usize> = received(&fake).iter().map(Vec::len).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [50, 100, 100]);
}

/// The ids of each request.
fn received(fake: &Fake) -> Vec<Vec<String>> {
    let ledger = fake.ledger();
    let received = ledger.into_iter().filter_map(|entry| match entry {
        Entry::Received { ids, .. } => Some(ids),
        _ => None,
    });
    received.collect()
}

#[tokio::test]
async fn wrong_inputs_are_rejected_with_the_servers_error() {
    let fake = Fake::start();
    let mut inputs = products(150);
    for wrong in [3, 120] {
        inputs[wrong]
            .properties
            .insert("price".to_owned(), "cheap".to_owned());
    }
    let (settled, summary) = finish(run(&hasty(&fake), inputs.clone())).await;
    let books = audit(&inputs, &settled, &summary, &fake.ledger());
    assert_eq!((books.written, books.rejected, summary.calls), (148, 2, 2));
    for one in settled.iter().filter(|one| !one.outcome.is_written()) {
        assert!([3, 120].contains(&one.index));
        let Outcome::Rejected(Rejected::Input(error)) = &one.outcome else {
            panic!("{one:?}")
        };
        assert_eq!(error.category, "VALIDATION_ERROR");
        let text = one.outcome.to_string();
        assert_eq!(text, r#"The value "cheap" of price is not a number."#);
    }
}

/// The errors of some inputs name none. Alone in a batch it is clear whose error it is.
#[tokio::test]
async fn errors_without_a_name_are_tracked_down() {
    let fake = Fake::start();
    for _ in 0..10 {
        fake.answer(Scenario::NamelessErrors);
    }
    let mut inputs = products(60);
    for wrong in [10, 20, 30] {
        inputs[wrong]
            .properties
            .insert("price".to_owned(), "cheap".to_owned());
    }
    let books = send(&fake, inputs).await;
    assert_eq!((books.written, books.rejected), (57, 3));
    assert_eq!(fake.calls(), 5); // all, the three, each of them
}

#[tokio::test]
async fn a_rejected_batch_is_split_until_the_offender_is_alone() {
    let fake = Fake::start();
    let mut inputs = products(250);
    inputs[42].id = "CONFLICT-1".to_owned();
    inputs[43].id = "CONFLICT-2".to_owned();
    inputs[249].id = "CONFLICT-3".to_owned();
    let (settled, summary) = finish(run(&hasty(&fake), inputs.clone())).await;
    let books = audit(&inputs, &settled, &summary, &fake.ledger());
    assert_eq!((books.written, books.rejected), (247, 3));
    for one in settled.iter().filter(|one| !one.outcome.is_written()) {
        assert!([42, 43, 249].contains(&one.index));
        let Outcome::Rejected(Rejected::Call { error, among: 1 }) = &one.outcome else {
            panic!("{one:?}")
        };
        assert_eq!(error.status().map(|status| status.as_u16()), Some(409));
    }
    assert!(summary.calls < 45, "{summary:?}");
}

/// An account that refuses every batch is asked about as many as it takes to split two, and then no more.
#[tokio::test]
async fn a_server_that_refuses_everything_halts_the_run() {
    let fake = Fake::start();
    let mut inputs = products(1000);
    for (number, input) in inputs.iter_mut().enumerate() {
        input.id = format!("CONFLICT-{number}");
    }
    let (settled, summary) = finish(run(&hasty(&fake), inputs.clone())).await;
    let books = audit(&inputs, &settled, &summary, &fake.ledger());
    assert_eq!(books.rejected + books.not_sent, 1000);
    assert!(books.not_sent > 0 && summary.calls < 210, "{summary:?}");
    let halted = |outcome: &Outcome<_>| matches!(outcome, Outcome::NotSent(NotSent::Halted(_)));
    assert!(settled.iter().any(|one| halted(&one.outcome)));
}

#[tokio::test]
async fn a_token_that_is_not_valid_halts_the_run() {
    for scenario in [Scenario::Expired, Scenario::RateLimited("DAILY")] {
        let fake = Fake::start();
        let inputs = products(1000);
        fake.answer(scenario.clone());
        let run = run(&hasty(&fake), inputs.clone()).concurrency(1);
        let (settled, summary) = finish(run).await;
        let books = audit(&inputs, &settled, &summary, &fake.ledger());
        assert_eq!((books.rejected, books.not_sent), (100, 900), "{scenario:?}");
        assert_eq!(fake.calls(), 1);
        for one in settled {
            match one.outcome {
                Outcome::Rejected(Rejected::Call { error, among }) => {
                    assert!(
                        error
                            .status()
                            .is_some_and(|status| status.is_client_error())
                    );
                    assert_eq!(among, 100);
                }
                Outcome::NotSent(NotSent::Halted(error)) => assert!(error.status().is_some()),
                other => panic!("{other:?}"),
            }
        }
    }
}

#[tokio::test]
async fn a_token_that_expires_in_the_middle() {
    let fake = Fake::start();
    let inputs = products(1000);
    for _ in 0..5 {
        fake.answer(Scenario::Status(200));
    }
    fake.answer(Scenario::Expired);
    let run = run(&hasty(&fake), inputs.clone()).concurrency(1);
    let (settled, summary) = finish(run).await;
    let books = audit(&inputs, &settled, &summary, &fake.ledger());
    let expected = (500, 100, 400);
    assert_eq!((books.written, books.rejected, books.not_sent), expected);
}

#[tokio::test]
async fn a_missing_scope() {
    let fake = Fake::start();
    let client = hubspot_products::Client::builder()
        .base_url(fake.url())
        .token(TOKEN_WITHOUT_SCOPE);
    let client = client.build().expect("a client of the fake");
    let inputs = products(5);
    let (settled, summary) = finish(run(&client, inputs.clone())).await;
    let books = audit(&inputs, &settled, &summary, &fake.ledger());
    assert_eq!((books.rejected, fake.calls()), (5, 1));
}

/// Of two inputs for one product the later one wins, also when the first had to be sent again.
#[tokio::test]
async fn the_same_product_twice() {
    for fault in [
        Scenario::Status(200),
        Scenario::CommitThenReset,
        Scenario::NothingTold,
    ] {
        let fake = Fake::start();
        fake.answer(fault);
        let mut inputs = products(120);
        inputs.push(product("SKU-5", 500));
        inputs.push(product("sku-5", 501)); // HubSpot keeps unique values in lower case
        inputs.push(product("SKU-119", 502));
        assert_eq!(send(&fake, inputs).await.plain(), Books::all(123));
        let price = |sku: &str| {
            fake.product(sku)
                .and_then(|product| product["price"].clone())
        };
        assert_eq!(price("SKU-5").as_deref(), Some("501"));
        assert_eq!(price("SKU-119").as_deref(), Some("502"));
        assert_eq!(fake.count(), 120);
        for ids in received(&fake) {
            let different: BTreeSet<String> = ids.iter().map(|id| id.to_lowercase()).collect();
            assert_eq!(different.len(), ids.len(), "{ids:?}");
        }
    }
}

/// More of them than a batch holds, so that nothing else can be taken before one is settled.
#[tokio::test]
async fn one_product_again_and_again() {
    let fake = Fake::start();
    let inputs: Vec<UpsertInput> = (0..130).map(|price| product("SKU-1", price)).collect();
    assert_eq!(send(&fake, inputs).await, Books::all(130));
    let price = fake.product("SKU-1").expect("it is there")["price"].clone();
    assert_eq!((price.as_deref(), fake.calls()), (Some("129"), 130));
}

#[tokio::test]
async fn trace_ids_of_ones_own_are_kept() {
    let fake = Fake::start();
    let inputs = vec![
        product("SKU-1", 1).with_object_write_trace_id("mine"),
        product("SKU-2", 2),
        product("SKU-3", 3).with_object_write_trace_id("mine"), // not at the same time, then
        product("SKU-4", 4).with_object_write_trace_id(""),
    ];
    let (settled, _) = finish(run(&hasty(&fake), inputs)).await;
    assert!(settled.iter().all(|one| one.outcome.is_written()));
    let mut traces: Vec<_> = settled
        .iter()
        .map(|one| (one.index, one.input.object_write_trace_id.as_deref()))
        .collect();
    traces.sort_unstable();
    assert_eq!((traces[0].1, traces[2].1), (Some("mine"), Some("mine")));
    assert!(
        traces[1].1.is_some_and(|trace| trace.len() > 10),
        "{traces:?}"
    );
    assert!(traces[3].1.is_some_and(|trace| !trace.is_empty()) && traces[1].1 != traces[3].1);
    assert_eq!(fake.calls(), 2);
}

/// Without an `idProperty` a batch must not be sent again when it may have been written.
#[tokio::test]
async fn inputs_without_an_identity_are_not_repeated() {
    let fake = Fake::start();
    fake.answer(Scenario::ResetBefore)
        .answer(Scenario::ResetBefore);
    let mut inputs = products(4);
    for input in &mut inputs[..2] {
        input.id_property = None;
    }
    let run = run(&hasty(&fake), inputs.clone()).concurrency(1);
    let (settled, summary) = finish(run).await;
    let books = audit(&inputs, &settled, &summary, &fake.ledger());
    // the two travel by themselves, so that the others can be repeated
    assert_eq!((books.written, books.unaccounted), (2, 2));
    for one in settled.iter().filter(|one| !one.outcome.is_written()) {
        assert!(one.index < 2);
        let is_open = matches!(&one.outcome, Outcome::Unaccounted(Unaccounted::Call(error)) if error.may_have_been_applied());
        assert!(is_open, "{one:?}");
    }
}

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

/// Back-pressure: what is not asked for is not taken.
#[tokio::test]
async fn only_what_is_on_its_way_is_held() {
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
async fn calls_run_at_once_and_progress_is_told() {
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
