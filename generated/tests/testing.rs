//! How a program that uses the client is tested: `hubspot_products::testing` answers in place of HubSpot, in memory.
//!
//! `cargo test -p hubspot-products --features testing --test testing`

use hubspot_products::testing::{Fake, FakeReply};
use hubspot_products::types::Error;
use hubspot_products::{
    BatchResponse, CallError, Client, RetryPolicy, TransportErrorKind, UpsertBatch, UpsertInput,
};
use serde_json::{Value, json};

/// Code of a program: sets prices, and says which of them are new products.
async fn set_prices(
    client: &Client,
    prices: &[(&str, &str)],
) -> Result<Vec<String>, CallError<Error>> {
    let inputs = prices
        .iter()
        .map(|(sku, price)| UpsertInput::new(*sku, [("price", *price)]).with_id_property("hs_sku"));
    let response = client.upsert_products(&UpsertBatch::new(inputs)).await?;
    let new = response.results().iter().filter(|product| product.new);
    Ok(new.map(|product| product.id.clone()).collect())
}

/// A client whose calls are answered by this fake.
fn client(fake: &Fake) -> Client {
    let builder = Client::builder().token("any").transport(fake.clone());
    let builder = builder.retry(RetryPolicy::none());
    builder.build().expect("nothing is wrong with it")
}

/// What HubSpot says when it has written a batch; every product is new.
fn written(batch: &UpsertBatch) -> Value {
    let at = "2026-03-02T09:15:30Z";
    let products = batch.inputs.iter().map(|input| {
        json!({
            "id": input.id, "properties": input.properties, "createdAt": at, "updatedAt": at,
            "archived": false, "new": true
        })
    });
    let products: Vec<Value> = products.collect();
    json!({"status": "COMPLETE", "results": products, "startedAt": at, "completedAt": at})
}

#[tokio::test]
async fn a_closure_responds() {
    let fake = Fake::new(|request| {
        let batch: UpsertBatch = request.json()?;
        Ok(FakeReply::json_of::<BatchResponse>(200, &written(&batch)))
    });
    let new = set_prices(&client(&fake), &[("SKU-1", "9.99"), ("SKU-2", "19.90")]).await;
    assert_eq!(new.expect("a success"), ["SKU-1", "SKU-2"]);

    let requests = fake.requests();
    assert_eq!((requests.len(), requests[0].method().as_str()), (1, "POST"));
    assert_eq!(requests[0].path(), "/crm/v3/objects/products/batch/upsert");
    assert_eq!(requests[0].headers()["authorization"], "Bearer any");
    let sent: UpsertBatch = requests[0].json().expect("a batch");
    assert_eq!(sent.inputs[1].properties["price"], "19.90");
}

#[tokio::test]
async fn an_error_response_is_typed() {
    let fake = Fake::new(|_| {
        let id = "aeb5f871-7f07-4993-9211-075dc63e7cbf";
        let body = json!({"message": "Wait.", "policyName": "DAILY", "correlationId": id});
        Ok(FakeReply::json_of::<Error>(429, &body)
            .header("x-hubspot-ratelimit-daily-remaining", "0"))
    });
    let error = set_prices(&client(&fake), &[]).await.expect_err("a 429");
    let declared = error.declared().expect("it is as declared");
    assert_eq!(declared.policy_name.as_deref(), Some("DAILY"));
    let headers = error.headers().expect("a reply came");
    assert_eq!(headers["x-hubspot-ratelimit-daily-remaining"], "0");
}

#[tokio::test]
async fn a_lost_connection_is_ambiguous() {
    let fake = Fake::new(|_| Ok(FakeReply::transport_error(TransportErrorKind::Interrupted)));
    let error = set_prices(&client(&fake), &[]).await.expect_err("no reply");
    assert!(error.may_have_been_applied() && error.status().is_none());
}

/// A reply that was right once and is not any more: the test hears of it, and where.
#[tokio::test]
async fn an_answer_that_does_not_fit_the_description_fails() {
    let fake = Fake::new(|request| {
        let mut body = written(&request.json()?);
        body["results"][0]["archived"] = json!("no");
        Ok(FakeReply::json_of::<BatchResponse>(200, &body))
    });
    let error = set_prices(&client(&fake), &[("SKU-1", "1")]).await;
    let error = error.expect_err("it is no response").to_string();
    assert!(error.contains("results[0].archived"), "{error}");
    // and so does a request that is not what the closure expects
    let fake = Fake::new(|request| Ok(FakeReply::json(200, &request.json::<Vec<u8>>()?)));
    let error = set_prices(&client(&fake), &[]).await;
    let error = error.expect_err("a batch is no list").to_string();
    assert!(
        error.starts_with("the exchange with the server failed"),
        "{error}"
    );
}
