//! What becomes of an input when nothing but the input, the batch or the token is wrong.

use std::collections::BTreeSet;

use hubspot_products::UpsertInput;
use hubspot_products::bulk::{NotSent, Outcome, Rejected, Unaccounted};

use super::{Books, audit, finish, hasty, product, products, run, send};
use crate::support::{Entry, Fake, Scenario, TOKEN_WITHOUT_SCOPE};
use crate::tokens::{Clock, refreshing};

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

/// If every batch is rejected, the run halts after the requests that it takes to split two batches.
#[tokio::test]
async fn a_server_that_rejects_everything_halts_the_run() {
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

/// A run whose token can be refreshed goes on, and no input notices. The second time is far from the first: a call that
/// meets both of them has had its one repeat.
#[tokio::test]
async fn a_token_that_expires_in_the_middle_and_is_refreshed() {
    let fake = Fake::start();
    let inputs = products(2000);
    let mut run = run(&refreshing(&fake, Clock::new()), inputs.clone());
    let mut settled = Vec::new();
    while let Some(one) = run.next().await {
        settled.push(one);
        if [500, 1500].contains(&settled.len()) {
            fake.expire_token();
        }
    }
    let books = audit(&inputs, &settled, &run.summary(), &fake.ledger());
    assert_eq!(books, Books::all(2000));
    assert_eq!(fake.issued_tokens(), 3);
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
async fn existing_trace_ids_are_not_replaced() {
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
