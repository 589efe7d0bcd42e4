//! Any number of products, through faults of all kinds: every input gets one outcome, and the outcomes are compared
//! with the fake's own books, which the client never sees.

mod audit;
mod death;
mod flow;
mod kill;
mod rules;
mod scenarios;

use std::time::Duration;

use hubspot_products::bulk::{Bulk, Settled, Summary, UpsertProductsBatch};
use hubspot_products::{Client, RetryPolicy, UpsertInput};

use crate::support::{Fake, TOKEN};
use audit::{Books, audit};

/// A client that does not wait long between attempts.
fn hasty(fake: &Fake) -> Client {
    waiting(fake, Duration::from_secs(20))
}

/// The same, which waits so long for a reply.
fn waiting(fake: &Fake, attempt: Duration) -> Client {
    let waits = RetryPolicy::new().backoff(Duration::from_millis(1), Duration::from_millis(2));
    Client::builder()
        .base_url(fake.url())
        .token(TOKEN)
        .retry(waits)
        .attempt_timeout(attempt)
        .build()
        .expect("a client of the fake")
}

/// So many products without a trace id, each with a price of its own.
pub fn products(count: usize) -> Vec<UpsertInput> {
    let products = (0..count).map(|number| product(&format!("SKU-{number}"), number));
    products.collect()
}

fn product(sku: &str, price: usize) -> UpsertInput {
    let price = price.to_string();
    UpsertInput::new(sku, [("name", "Widget"), ("price", &price)]).with_id_property("hs_sku")
}

/// A run that makes short pauses.
fn run<'a>(client: &Client, inputs: Vec<UpsertInput>) -> Bulk<'a, UpsertProductsBatch> {
    let run = client.upsert_products_all(inputs);
    run.initial_backoff(Duration::from_millis(1))
}

/// Runs to the end.
async fn finish(
    mut run: Bulk<'_, UpsertProductsBatch>,
) -> (Vec<Settled<UpsertProductsBatch>>, Summary) {
    let mut settled = Vec::new();
    while let Some(one) = run.next().await {
        settled.push(one);
    }
    (settled, run.summary())
}

/// Sends these inputs to the fake, and audits what comes.
async fn send(fake: &Fake, inputs: Vec<UpsertInput>) -> Books {
    send_by(&hasty(fake), fake, inputs).await
}

async fn send_by(client: &Client, fake: &Fake, inputs: Vec<UpsertInput>) -> Books {
    let (settled, summary) = finish(run(client, inputs.clone())).await;
    audit(&inputs, &settled, &summary, &fake.ledger())
}
