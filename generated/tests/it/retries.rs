//! What is sent again: as the endpoint's facts in `codegen.yaml` say, over a socket.

use std::time::Duration;

use hubspot_products::types::Error;
use hubspot_products::{
    CallError, Client, Reply, RetryPolicy, UpsertBatch, UpsertProductsResponse,
};

use crate::right;
use crate::support::{Fake, Scenario, TOKEN};

/// Sends the batch as a client does by itself, but for the waits, which are short.
async fn send(
    fake: &Fake,
    batch: &UpsertBatch,
) -> Result<Reply<UpsertProductsResponse>, CallError<Error>> {
    let moment = Duration::from_millis(20);
    let builder = Client::builder().base_url(fake.url()).token(TOKEN);
    let client = builder.retry(RetryPolicy::new().backoff(moment, moment));
    let client = client.build().expect("a client of the fake");
    client.upsert_products(batch).send().await
}

/// A batch whose second input has no `id_property`.
fn partly_unique() -> UpsertBatch {
    let mut batch = right();
    batch.inputs[1].id_property = None;
    batch
}

#[tokio::test]
async fn an_error_of_a_gateway_is_retried() {
    let fake = Fake::start();
    for status in [502, 503, 504, 521, 523, 524] {
        let before = fake.requests().len();
        fake.answer(Scenario::Gateway(status));
        let reply = send(&fake, &right()).await.expect("a success");
        assert_eq!((reply.status.as_u16(), reply.attempts.sent), (200, 2));
        assert!(reply.attempts.earlier_may_have_been_applied);
        let requests = fake.requests();
        assert_eq!(requests.len(), before + 2);
        assert_eq!(requests[before].body(), requests[before + 1].body());
    }
}

#[tokio::test]
async fn an_interrupted_response_is_retried() {
    let fake = Fake::start();
    fake.answer(Scenario::Truncated);
    let reply = send(&fake, &right()).await.expect("a success");
    assert_eq!(reply.attempts.sent, 2);
    assert!(reply.attempts.earlier_may_have_been_applied);
    // the first attempt wrote them, so the second says that they are not new
    assert!(reply.body.results().iter().all(|product| !product.new));
    assert_eq!(fake.count(), 2);
}

#[tokio::test]
async fn a_batch_that_is_not_unique_in_every_input_is_sent_once() {
    let fake = Fake::start();
    fake.answer(Scenario::Gateway(502));
    let error = send(&fake, &partly_unique()).await.expect_err("a failure");
    assert_eq!((error.attempts().sent, fake.requests().len()), (1, 1));
}

#[tokio::test]
async fn a_short_rate_limit_is_retried_and_the_daily_one_is_not() {
    for (policy, expected) in [("TEN_SECONDLY_ROLLING", 2), ("SECONDLY", 2), ("DAILY", 1)] {
        let fake = Fake::start();
        fake.answer(Scenario::RateLimited(policy));
        let result = send(&fake, &right()).await;
        assert_eq!(fake.requests().len(), expected, "{policy}");
        match result {
            Ok(reply) => assert!(!reply.attempts.earlier_may_have_been_applied),
            Err(error) => {
                let declared = error.declared().expect("a typed body");
                assert_eq!(declared.policy_name.as_deref(), Some("DAILY"));
            }
        }
    }
}

#[tokio::test]
async fn a_rejection_is_not_retried() {
    let fake = Fake::start();
    let body = serde_json::json!({"category": "CONFLICT", "message": "m"});
    for status in [400, 401, 403, 404, 409, 413] {
        let before = fake.requests().len();
        fake.answer(Scenario::Reply(status, body.clone()));
        let error = send(&fake, &right()).await.expect_err("a failure");
        assert_eq!(error.attempts().sent, 1, "{status}");
        assert_eq!(fake.requests().len(), before + 1, "{status}");
    }
}

/// It is being moved to another data centre.
#[tokio::test]
async fn a_locked_or_moving_account_is_retried() {
    let fake = Fake::start();
    let body = serde_json::json!({"category": "MIGRATION_IN_PROGRESS", "message": "m"});
    fake.answer(Scenario::Reply(477, body));
    let reply = send(&fake, &right()).await.expect("a success");
    assert_eq!((reply.attempts.sent, fake.calls()), (2, 2));
}

#[tokio::test]
async fn a_locked_account_is_left_alone_for_two_seconds() {
    let fake = Fake::start();
    let body = serde_json::json!({"category": "LOCKED", "message": "m"});
    fake.answer(Scenario::Reply(423, body));
    let started = std::time::Instant::now();
    send(&fake, &right()).await.expect("a success");
    assert!(started.elapsed() >= Duration::from_secs(2));
}
