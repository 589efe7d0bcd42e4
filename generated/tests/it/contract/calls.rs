//! The rows about a call and what it gives.

use std::error::Error as StdError;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use hubspot_products::types::{Error, Product, StandardError};
use hubspot_products::{
    BatchStatus, Body, BoxFuture, CallError, Client, Reply, Transport, TransportError,
    TransportErrorKind, UpsertBatch, UpsertProductsCall, UpsertProductsResponse,
};
use serde_json::{Value, json};

use super::{done, partial, product, rejection, replaying};
use crate::support::{Fake, PATH};
use crate::{client, right};

#[tokio::test]
async fn arguments() {
    let (client, replay) = replaying(200, &done());
    let batch: UpsertBatch = right();
    // The body is borrowed, and encoded at once: the batch may go before the call is sent.
    let call: UpsertProductsCall = client.upsert_products(&batch);
    drop(batch);
    assert!(
        replay.requests().is_empty(),
        "nothing is sent before the call is awaited"
    );
    call.await.expect("a success");
    let request = &replay.requests()[0];
    assert_eq!(
        (request.method().as_str(), request.uri().query()),
        ("POST", None)
    );
    assert_eq!(
        request.uri(),
        "https://api.hubapi.com/crm/v3/objects/products/batch/upsert"
    );
    assert_eq!(request.headers()["content-type"], "application/json");
    let expected = concat!(
        r#"{"inputs":[{"id":"SKU-1","properties":{"price":"9.99"},"idProperty":"hs_sku","#,
        r#""objectWriteTraceId":"row-0"},{"id":"SKU-2","properties":{"price":"19.90"},"#,
        r#""idProperty":"hs_sku","objectWriteTraceId":"row-1"}]}"#
    );
    assert_eq!(request.body(), expected);
}

#[tokio::test]
async fn await_returns_the_body() {
    let (client, _) = replaying(200, &done());
    let response = client.upsert_products(&right()).await.expect("a success");
    // Exhaustive on purpose: without a wildcard this compiles only while these are all the successes.
    let products = match &response {
        UpsertProductsResponse::Ok(done) => &done.results,
        UpsertProductsResponse::MultiStatus(partial) => &partial.results,
    };
    assert_eq!(products.len(), 1);
}

#[tokio::test]
async fn how_a_success_is_read() {
    let mut counts = done();
    counts["numErrors"] = json!(1);
    for (status, body, is_partial) in [
        (200, done(), false),
        (207, partial(), true),
        (200, partial(), true), // the status does not hide the errors
        (200, counts, true),
        (201, done(), false),
        (202, partial(), true),
        (207, done(), true), // both types know all members: its own status decides
    ] {
        let (client, _) = replaying(status, &body);
        let response = client.upsert_products(&right()).await.expect("a success");
        let read_as_partial = matches!(response, UpsertProductsResponse::MultiStatus(_));
        assert_eq!(read_as_partial, is_partial, "{status} {body}");
    }
    let (client, _) = replaying(200, &json!({"results": []}));
    let error = client
        .upsert_products(&right())
        .await
        .expect_err("neither type reads it");
    assert_eq!(error.status(), Some(StatusCode::OK));
}

#[tokio::test]
async fn accessors() {
    let (client, _) = replaying(200, &done());
    let response = client.upsert_products(&right()).await.expect("a success");
    let results: &[Product] = response.results();
    let errors: &[StandardError] = response.errors();
    assert_eq!(
        (results.len(), errors.len(), response.num_errors()),
        (1, 0, None)
    );
    assert_eq!(response.status(), Some(&BatchStatus::Complete));
    assert!(response.started_at() < response.completed_at());
    assert!(response.requested_at().is_none() && response.links().is_none());
    let (client, _) = replaying(207, &partial());
    let response = client.upsert_products(&right()).await.expect("a success");
    assert_eq!(
        response.errors()[0].context["objectWriteTraceId"],
        ["row-1"]
    );
    assert_eq!(
        (response.results().len(), response.num_errors()),
        (1, Some(1))
    );
}

fn is_error<T: StdError + Send + Sync + 'static>(_: &T) {}

/// The failure that comes of this reply.
async fn failure(status: u16, body: &Value) -> CallError<Error> {
    let (client, _) = replaying(status, body);
    client
        .upsert_products(&right())
        .await
        .expect_err("a failure")
}

#[tokio::test]
async fn failure_as_declared() {
    let error = failure(400, &rejection()).await;
    is_error(&error);
    assert!(
        size_of_val(&error) <= 24,
        "replies are boxed, so that the error stays small"
    );
    assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));
    assert_eq!(
        error.headers().expect("headers came")["content-type"],
        "application/json"
    );
    let declared = error.declared().expect("it fits the declared type");
    assert_eq!(declared.message, "Too many inputs.");
    assert_eq!(
        error.correlation_id(),
        Some("aeb5f871-7f07-4993-9211-075dc63e7cbf")
    );
    assert!(!error.is_timeout() && !error.may_have_been_applied());
    let shown = error.to_string();
    for part in [
        "400 Bad Request",
        "Too many inputs.",
        "aeb5f871-7f07-4993-9211-075dc63e7cbf",
    ] {
        assert!(shown.contains(part), "{shown}");
    }
}

#[tokio::test]
async fn failure_that_is_not_declared() {
    let mut body = rejection();
    body["category"] = json!(["not", "a", "text"]);
    let error = failure(409, &body).await;
    assert!(error.declared().is_none());
    // Nothing that came is lost, and message and correlation id are found all the same.
    assert_eq!(
        error.body().expect("the error has the bytes"),
        &body.to_string()
    );
    assert_eq!(
        error.correlation_id(),
        Some("aeb5f871-7f07-4993-9211-075dc63e7cbf")
    );
    let shown = error.to_string();
    for part in [
        "409 Conflict",
        "Too many inputs.",
        "category",
        "found an array",
    ] {
        assert!(shown.contains(part), "{shown}");
    }
    let error = failure(503, &json!("down")).await;
    assert!(error.may_have_been_applied() && error.body().is_some());
}

#[tokio::test]
async fn status_and_headers() {
    let (client, _) = replaying(207, &partial());
    let call = client.upsert_products(&right());
    assert!(
        format!("{call:?}").contains("/crm/v3/objects/products/batch/upsert"),
        "{call:?}"
    );
    let reply: Reply<UpsertProductsResponse> = call.send().await.expect("a success");
    assert_eq!(reply.status, StatusCode::MULTI_STATUS);
    assert_eq!(reply.headers["content-type"], "application/json");
    assert_eq!(reply.body.results().len(), 1);
    assert!(format!("{reply:?}").contains("MultiStatus"));
}

#[tokio::test]
async fn transport() {
    // An operation is a request in and status, headers and body out, with any transport.
    let (client, replay) = replaying(200, &done());
    let call = client.upsert_products(&right());
    let request: http::Request<Bytes> = call.request().expect("its parts are right");
    assert_eq!(request.uri().path(), PATH);
    let body = Bytes::from(done().to_string());
    let reply = call
        .decode(StatusCode::OK, HeaderMap::new(), body)
        .expect("a success");
    assert_eq!(reply.body.results()[0].id, product()["id"]);
    assert!(replay.requests().is_empty());
}

/// A transport of the caller's own: the line is dead.
#[derive(Debug)]
struct Unplugged;

impl Transport for Unplugged {
    fn send(
        &self,
        _: http::Request<Bytes>,
        _: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let error = TransportError::new(TransportErrorKind::Connect, "the line is dead");
        Box::pin(std::future::ready(Err(error)))
    }
}

#[tokio::test]
async fn transport_of_ones_own() {
    let client = Client::builder()
        .transport(Unplugged)
        .build()
        .expect("a client");
    let error = client
        .upsert_products(&right())
        .await
        .expect_err("nothing is sent");
    assert!(
        !error.may_have_been_applied() && !error.is_timeout(),
        "{error:?}"
    );
    assert!(error.to_string().contains("the line is dead"), "{error}");
}

fn is_free<T: Send + 'static>(value: T) -> T {
    value
}

#[tokio::test]
async fn transport_futures_can_go_to_other_tasks() {
    let fake = Fake::start();
    let call = is_free(client(&fake).upsert_products(&right()));
    let sent = is_free(call.clone().send());
    let tasks: Vec<_> = (0..8)
        .map(|_| tokio::spawn(call.clone().into_future()))
        .collect();
    sent.await.expect("a success");
    for task in tasks {
        let response = task.await.expect("no panic").expect("a success");
        assert_eq!(response.results().len(), 2);
    }
    assert_eq!((fake.requests().len(), fake.count()), (9, 2));
}
