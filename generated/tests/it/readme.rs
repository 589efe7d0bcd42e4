//! The code in README.md, here and at the root of the workspace: compiled, and compared with the files.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use hubspot_products::bulk::Outcome;
use hubspot_products::{
    Client, RateLimiter, Replay, UpsertBatch, UpsertInput, UpsertProductsResponse,
};

/// The first block. It would speak with HubSpot, so it is only compiled.
#[rustfmt::skip] // it lines up comments in its own way
async fn upsert(token: &str) -> Result<(), Box<dyn Error>> {
    let client = Client::builder().token(token).build()?;
    let batch = UpsertBatch::new([
        UpsertInput::new("SKU-1", [("name", "Widget"), ("price", "9.99")])
            .with_id_property("hs_sku")            // the property that finds the product
            .with_object_write_trace_id("row-1"),  // comes back with the result or the error
    ]);
    let response = client.upsert_products(&batch).await?;
    if let UpsertProductsResponse::MultiStatus(partial) = &response {
        eprintln!("some inputs failed: {:?}", partial.errors);
    }
    for product in response.results() {
        println!("{} {}", product.id, if product.new { "created" } else { "updated" });
    }
    Ok(())
}

/// The block about a whole catalogue, and the one in the workspace's README.
#[rustfmt::skip] // the same
async fn upsert_catalogue(client: Client, products: Vec<UpsertInput>) {
    let mut run = client.upsert_products_all(products);
    while let Some(settled) = run.next().await {
        match settled.outcome {
            Outcome::Written(written) => println!("{} is product {}", settled.input.id, written.record.id),
            other => eprintln!("{} {}: {other}", settled.input.id, other.as_str()),
        }
    }
    println!("{}", run.summary());
}

/// The block about the rate limit.
#[rustfmt::skip] // the same
fn limited(token: &str) -> Result<Client, Box<dyn Error>> {
    let limiter = RateLimiter::new(100, Duration::from_secs(10)); // the limit of the account
    let client = Client::builder().token(token).rate_limit(limiter.clone()).build()?;
    Ok(client)
}

/// The first block in the workspace's README.
#[rustfmt::skip] // the same
async fn upsert_all(token: &str, prices: &[(&str, &str)]) -> Result<(), Box<dyn Error>> {
    let client = Client::builder().token(token).build()?;
    let batch = UpsertBatch::new(prices.iter().map(|&(sku, price)| {
        UpsertInput::new(sku, [("name", "Widget"), ("price", price)])
            .with_id_property("hs_sku")       // the property that finds the product
            .with_object_write_trace_id(sku)  // comes back with the result or the error
    }));
    match client.upsert_products(&batch).await? {
        UpsertProductsResponse::Ok(all) => println!("all {} written", all.results.len()),
        UpsertProductsResponse::MultiStatus(some) => println!("{} written, errors: {:?}", some.results.len(), some.errors),
    }
    Ok(())
}

/// The block about the fake, with a reply that a test would write out.
#[cfg(feature = "testing")]
#[rustfmt::skip] // the same
async fn fake(reply: serde_json::Value) -> Result<(), Box<dyn Error>> {
    use hubspot_products::testing::{FakeReply, Fake};
    use hubspot_products::BatchResponse;

    let fake = Fake::new(move |request| {
        let batch: UpsertBatch = request.json()?;
        assert_eq!(batch.inputs[0].id, "SKU-1");
        Ok(FakeReply::json_of::<BatchResponse>(200, &reply))
    });
    let client = Client::builder().token("any").transport(fake.clone()).build()?;
    // … your code …
    client.upsert_products(&crate::right()).await?;
    assert_eq!(fake.requests().len(), 1);
    Ok(())
}

#[cfg(feature = "testing")]
#[tokio::test]
async fn the_block_about_the_fake_works() {
    let at = "2026-03-02T09:15:30Z";
    let reply = serde_json::json!({"status": "COMPLETE", "results": [], "startedAt": at, "completedAt": at});
    fake(reply).await.expect("it works");
}

/// The block about memory.
#[rustfmt::skip] // one line is longer than rustfmt likes
async fn replay() -> Result<(), Box<dyn Error>> {
    let replay = Arc::new(Replay::new().reply(429, "application/json", r#"{"message": "Wait.", "policyName": "DAILY"}"#));
    let client = Client::builder().token("any").transport(replay.clone()).build()?;
    // … your code …
    client.upsert_products(&crate::right()).await.expect_err("a 429");
    assert_eq!(replay.requests().len(), 1);
    Ok(())
}

#[tokio::test]
async fn the_code_in_the_readme_is_this_code() {
    let _ = (upsert, upsert_catalogue);
    limited("any").expect("settings that can be used");
    replay().await.expect("it works");
    compare(include_str!("../../README.md"), 25);
}

#[test]
fn the_code_in_the_readme_of_the_workspace_is_this_code() {
    let _ = upsert_all;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    if !root.join("spec/codegen.yaml").exists() {
        return; // the package was taken out of the workspace
    }
    let text = std::fs::read_to_string(root.join("README.md")).expect("the workspace has a README");
    compare(&text, 9);
}

/// Looks for each line of a README's Rust code in this file.
fn compare(readme: &str, least: usize) {
    let here: Vec<&str> = include_str!("readme.rs").lines().map(str::trim).collect();
    let mut in_code = false;
    let mut compared = 0;
    for line in readme.lines() {
        if line.starts_with("```") {
            in_code = line == "```rust";
        } else if in_code && !line.is_empty() && !line.starts_with("use ") {
            assert!(
                here.contains(&line.trim()),
                "a README has a line that is not compiled: {line}"
            );
            compared += 1;
        }
    }
    assert!(
        compared > least,
        "only {compared} lines of a README were compared"
    );
}
