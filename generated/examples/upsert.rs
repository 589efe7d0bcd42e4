//! Creates and updates products, and prints the outcome of each input.
//!
//! It uses a fake of the endpoint on loopback. With `HUBSPOT_TOKEN` it uses HubSpot, and leaves
//! the products `EXAMPLE-1` and `EXAMPLE-2` in that account.

#[allow(dead_code, reason = "the tests need more of the fake than this")]
#[path = "../tests/support/mod.rs"]
mod support;

use std::collections::BTreeSet;
use std::error::Error;

use hubspot_products::{Client, UpsertBatch, UpsertInput, UpsertProductsResponse};
use support::{Fake, TOKEN};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let fake; // lives as long as the client that speaks with it
    let client = match std::env::var("HUBSPOT_TOKEN") {
        Ok(token) => Client::builder().token(token).build()?,
        Err(_) => {
            fake = Fake::start();
            Client::builder()
                .base_url(fake.url())
                .token(TOKEN)
                .build()?
        }
    };
    let first = batch(&[("EXAMPLE-1", "9.99")]);
    report(&first, &client.upsert_products(&first).await?);
    // the last price is invalid; the others are written, because every input has a trace id
    let second = batch(&[
        ("EXAMPLE-1", "10.49"),
        ("EXAMPLE-2", "19.90"),
        ("EXAMPLE-3", "cheap"),
    ]);
    report(&second, &client.upsert_products(&second).await?);
    Ok(())
}

/// Creates an input for each SKU and price. The SKU is also the trace id, because it is unique in the batch.
fn batch(prices: &[(&str, &str)]) -> UpsertBatch {
    UpsertBatch::new(prices.iter().map(|&(sku, price)| {
        UpsertInput::new(sku, [("name", "Example product"), ("price", price)])
            .with_id_property("hs_sku")
            .with_object_write_trace_id(sku)
    }))
}

/// Prints of each input whether it was written or rejected, or that the response does not say.
fn report(batch: &UpsertBatch, response: &UpsertProductsResponse) {
    let traces = batch
        .inputs
        .iter()
        .filter_map(|input| input.object_write_trace_id.as_deref());
    let mut unaccounted: BTreeSet<&str> = traces.collect();
    for product in response.results() {
        let trace = product
            .object_write_trace_id
            .as_deref()
            .unwrap_or("(no trace id)");
        let done = if product.new { "created" } else { "updated" };
        println!("{done:<8} {trace} as product {}", product.id);
        unaccounted.remove(trace);
    }
    for error in response.errors() {
        let traces = error
            .context
            .get("objectWriteTraceId")
            .map_or(&[][..], Vec::as_slice);
        println!("rejected {}: {}", traces.join(", "), error.message);
        traces.iter().for_each(|trace| {
            unaccounted.remove(trace.as_str());
        });
    }
    for trace in unaccounted {
        println!("unknown  {trace}: neither written nor rejected; look it up or send it again");
    }
}
