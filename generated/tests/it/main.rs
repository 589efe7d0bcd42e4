//! The client against a fake of the endpoint on loopback: what a caller gets for each thing the endpoint does,
//! and each row of the client's public contract.

#[allow(dead_code, reason = "the examples need more of the fake than this")]
#[path = "../support/mod.rs"]
mod support;

mod bulk;
mod contract;
mod outages;
mod rate_limit;
mod readme;
mod refusal;
mod retries;
mod success;
mod tokens;
mod trouble;

use std::collections::BTreeMap;

use hubspot_products::types::Error;
use hubspot_products::{
    CallError, Client, RetryPolicy, UpsertBatch, UpsertInput, UpsertProductsResponse,
};
use support::{Fake, TOKEN};

/// A client that may write to the fake's account, and takes every reply as it is.
fn client(fake: &Fake) -> Client {
    let builder = Client::builder().base_url(fake.url()).token(TOKEN);
    let builder = builder.retry(RetryPolicy::none());
    builder.build().expect("a client of the fake")
}

/// An input with one property and without a trace id.
fn input(sku: &str, property: (&str, &str)) -> UpsertInput {
    UpsertInput::new(sku, [property]).with_id_property("hs_sku")
}

/// A batch of SKUs and prices, with the trace ids `row-0`, `row-1`, …
fn traced(rows: &[(&str, &str)]) -> UpsertBatch {
    UpsertBatch::new(rows.iter().enumerate().map(|(row, (sku, price))| {
        input(sku, ("price", price)).with_object_write_trace_id(format!("row-{row}"))
    }))
}

/// A batch that is right.
fn right() -> UpsertBatch {
    traced(&[("SKU-1", "9.99"), ("SKU-2", "19.90")])
}

/// A batch whose second input is wrong.
fn half_right() -> UpsertBatch {
    traced(&[("SKU-1", "9.99"), ("SKU-2", "cheap")])
}

/// Sends the batch to the fake and expects a success.
async fn succeed(fake: &Fake, batch: &UpsertBatch) -> UpsertProductsResponse {
    client(fake)
        .upsert_products(batch)
        .await
        .expect("a success")
}

/// Sends the batch to the fake and expects a failure.
async fn fail(fake: &Fake, batch: &UpsertBatch) -> CallError<Error> {
    client(fake)
        .upsert_products(batch)
        .await
        .expect_err("a failure")
}

/// Whether each traced result was created by the call, by trace id.
fn created(response: &UpsertProductsResponse) -> BTreeMap<&str, bool> {
    let results = response.results().iter();
    results
        .filter_map(|product| Some((product.object_write_trace_id.as_deref()?, product.new)))
        .collect()
}
