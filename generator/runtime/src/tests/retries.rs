//! When calls are retried, with paused time.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::sample::Problem;
use crate::runtime::client::{Client, ClientBuilder};
use crate::runtime::error::CallError;
use crate::runtime::retry::{RetryDecision, RetryPolicy};
use crate::runtime::transport::{Replay, TransportError, TransportErrorKind};

pub(super) const OK: u16 = 204;

pub(super) type Answer = Result<Response<Bytes>, TransportError>;

pub(super) fn status(status: u16) -> Answer {
    with(status, &[], "")
}

pub(super) fn with(status: u16, headers: &[(&str, &str)], body: &'static str) -> Answer {
    let mut reply = Response::builder().status(status);
    for (name, value) in headers {
        reply = reply.header(*name, *value);
    }
    Ok(reply.body(Bytes::from_static(body.as_bytes())).unwrap())
}

fn broken(kind: TransportErrorKind) -> Answer {
    Err(TransportError::new(kind, "on purpose"))
}

/// A client that gets these answers, and then 204 for ever.
pub(super) fn scripted(answers: Vec<Answer>) -> (ClientBuilder, Arc<Replay>) {
    let replay = Replay::from_fn(|_| status(OK));
    let replay = Arc::new(answers.into_iter().fold(replay, Replay::result));
    let builder = Client::builder().transport(replay.clone());
    (builder, replay)
}

/// What became of `DELETE /items` and how often it was sent.
async fn clear(answers: Vec<Answer>) -> (Result<(), CallError<Problem>>, usize) {
    let (builder, replay) = scripted(answers);
    let result = builder.build().unwrap().clear().await;
    (result, replay.requests().len())
}

fn uniques(uniques: &[Value]) -> Value {
    let items = uniques.iter().map(|unique| json!({ "unique": unique }));
    json!({ "items": items.collect::<Vec<_>>() })
}

/// How often `POST /items` was sent.
async fn add(items: &Value, answers: Vec<Answer>) -> usize {
    let (builder, replay) = scripted(answers);
    let _ = builder.build().unwrap().add_items(items).await;
    replay.requests().len()
}

#[tokio::test(start_paused = true)]
async fn transient_failures_are_tried_three_times() {
    let start = Instant::now();
    let (result, sent) = clear(vec![status(500), status(503), status(504), status(OK)]).await;
    let error = result.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), sent), (504, 3));
    assert_eq!(error.attempts().sent, 3);
    assert!(start.elapsed() <= Duration::from_secs(3), "1 s and 2 s");

    for answer in [
        status(408),
        status(429),
        status(500),
        status(502),
        status(524),
        broken(TransportErrorKind::Connect),
        broken(TransportErrorKind::TimedOut),
        broken(TransportErrorKind::Interrupted),
    ] {
        let shown = format!("{answer:?}");
        let (result, sent) = clear(vec![answer]).await;
        assert!(result.is_ok(), "{shown}: {result:?}");
        assert_eq!(sent, 2, "{shown}");
    }
}

#[tokio::test(start_paused = true)]
async fn permanent_failures_are_tried_once() {
    let start = Instant::now();
    for code in [301, 400, 401, 403, 404, 409, 413, 422, 477] {
        let (result, sent) = clear(vec![status(code)]).await;
        assert_eq!(
            (result.unwrap_err().attempts().sent, sent),
            (1, 1),
            "{code}"
        );
    }
    for kind in [
        TransportErrorKind::NotSent,
        TransportErrorKind::TooLarge,
        TransportErrorKind::Other,
    ] {
        let (_, sent) = clear(vec![broken(kind)]).await;
        assert_eq!(sent, 1, "{kind:?}");
    }
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_post_is_sent_again_only_when_the_server_cannot_have_seen_it() {
    let items = json!({});
    assert_eq!(
        add(&items, vec![broken(TransportErrorKind::Connect)]).await,
        2
    );
    for answer in [
        status(408),
        status(429),
        status(503),
        broken(TransportErrorKind::TimedOut),
        broken(TransportErrorKind::Interrupted),
    ] {
        assert_eq!(add(&items, vec![answer]).await, 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_post_with_the_unique_member_in_all_elements_is_retried() {
    let text = |text: &str| Value::from(text);
    for (items, expected) in [
        (uniques(&[text("sku"), text("sku")]), 2),
        (uniques(&[]), 2),
        (uniques(&[text("sku"), Value::Null]), 1),
        (uniques(&[text("sku"), text("")]), 1),
        (json!({"items": [{"unique": "sku"}, {}]}), 1),
        (json!({"items": {"unique": "sku"}}), 1),
        (json!([]), 1),
    ] {
        assert_eq!(add(&items, vec![status(503)]).await, expected, "{items}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_caller_can_know_better_than_the_description() {
    let (builder, replay) = scripted(vec![status(503), status(503)]);
    let client = builder.build().unwrap();
    client.add_items(&json!({})).idempotent().await.unwrap();
    assert_eq!(replay.requests().len(), 3);

    let (builder, replay) = scripted(vec![status(503)]);
    let call = builder.build().unwrap().clear().non_idempotent();
    call.await.unwrap_err();
    assert_eq!(replay.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_body_is_encoded_once() {
    let items = uniques(&[Value::from("sku")]);
    let (builder, replay) = scripted(vec![status(503), status(503)]);
    builder.build().unwrap().add_items(&items).await.unwrap();
    let requests = replay.requests();
    assert_eq!(requests.len(), 3);
    let first = requests[0].body().as_ptr();
    assert!(
        requests
            .iter()
            .all(|request| request.body().as_ptr() == first)
    );
}

#[tokio::test(start_paused = true)]
async fn the_retry_rules_of_codegen_yaml_apply() {
    let daily = r#"{"message":"m","policyName":"DAILY"}"#;
    let other = r#"{"message":"m","policyName":"SECONDLY"}"#;
    let json = ("content-type", "application/json");
    for (answer, expected) in [
        (with(429, &[json], daily), 1),
        (with(429, &[json], other), 2),
        (with(429, &[json], "<html>"), 2),
        (with(503, &[("x-maintenance", "yes")], ""), 1),
        (with(503, &[("x-maintenance", "no")], ""), 2),
    ] {
        let (_, sent) = clear(vec![answer]).await;
        assert_eq!(sent, expected);
    }
    let start = Instant::now();
    let (result, _) = clear(vec![status(423)]).await;
    result.unwrap();
    assert_eq!(start.elapsed(), Duration::from_secs(2));
}

#[tokio::test(start_paused = true)]
async fn the_server_s_wish_is_the_shortest_wait() {
    let date = ("date", "Wed, 21 Oct 2026 07:28:00 GMT");
    for (value, least, most) in [
        ("30", 30, 30),
        ("Wed, 21 Oct 2026 07:28:40 GMT", 40, 40),
        ("Wed, 21 Oct 1998 07:28:40 GMT", 0, 1),
        ("0", 0, 1),
        ("soon", 0, 1),
    ] {
        let start = Instant::now();
        let (result, _) = clear(vec![with(503, &[("retry-after", value), date], "")]).await;
        result.unwrap();
        let waited = start.elapsed();
        let range = Duration::from_secs(least)..=Duration::from_millis(most * 1000 + 2);
        assert!(range.contains(&waited), "{value}: {waited:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_wish_that_the_deadline_has_no_room_for_ends_the_call_at_once() {
    // 360 s less an attempt's 110 s are 250 s
    for (value, expected) in [
        ("249", 2),
        ("251", 1),
        ("86400", 1),
        ("99999999999999999999", 1),
    ] {
        let start = Instant::now();
        let (result, sent) = clear(vec![with(503, &[("retry-after", value)], "")]).await;
        assert_eq!(sent, expected, "{value}");
        if let Err(error) = result {
            assert_eq!(error.headers().unwrap()["retry-after"], value);
            assert_eq!(start.elapsed(), Duration::ZERO);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn no_attempt_is_cut_short_unless_the_deadline_never_had_so_much() {
    let wish = || with(503, &[("retry-after", "10")], "");
    for (deadline, attempt, expected) in [
        (119, 110, 1), // 109 would be left
        (120, 110, 2),
        (109, 110, 2), // a short deadline is the caller's wish
        (11, 110, 2),
        (10, 110, 1),
    ] {
        let (builder, replay) = scripted(vec![wish()]);
        let call = builder.build().unwrap().clear();
        let call = call.deadline(Duration::from_secs(deadline));
        let _ = call.attempt_timeout(Duration::from_secs(attempt)).await;
        assert_eq!(replay.requests().len(), expected, "{deadline} {attempt}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_policy_can_be_set_for_a_client_and_for_a_call() {
    let failing = || (0..9).map(|_| status(503)).collect::<Vec<_>>();
    let (builder, replay) = scripted(failing());
    let five = RetryPolicy::new().attempts(5);
    let client = builder.retry(five).build().unwrap();
    client.clear().await.unwrap_err();
    assert_eq!(replay.requests().len(), 5);
    client.clear().retry(RetryPolicy::none()).await.unwrap_err();
    assert_eq!(replay.requests().len(), 6);
    let none = RetryPolicy::new().attempts(0);
    client.clear().retry(none).await.unwrap_err();
    assert_eq!(replay.requests().len(), 7);
}

#[tokio::test(start_paused = true)]
async fn a_closure_decides() {
    let (builder, replay) = scripted(vec![status(404), status(404), status(409)]);
    let policy = RetryPolicy::new().attempts(9).decide(|failed| {
        assert!(!failed.is_idempotent() && !failed.may_have_been_applied());
        assert_eq!(failed.default_decision(), RetryDecision::GiveUp);
        match (failed.number(), failed.status().unwrap().as_u16()) {
            (1, 404) => RetryDecision::RetryAfter(Duration::from_secs(7)),
            (2, 404) => RetryDecision::Retry,
            _ => RetryDecision::Default,
        }
    });
    let start = Instant::now();
    let call = builder.build().unwrap().add_items(&json!({}));
    let error = call.retry(policy).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 409);
    assert_eq!(replay.requests().len(), 3);
    let range = Duration::from_secs(7)..=Duration::from_millis(9_002);
    assert!(range.contains(&start.elapsed()));

    let (builder, replay) = scripted(vec![status(503)]);
    let stubborn = RetryPolicy::new().decide(|_| RetryDecision::GiveUp);
    let client = builder.retry(stubborn).build().unwrap();
    client.clear().await.unwrap_err();
    assert_eq!(replay.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_ambiguous_attempt_is_not_forgotten() {
    for (answer, expected) in [
        (status(429), false),
        (broken(TransportErrorKind::Connect), false),
        (status(408), true),
        (status(503), true),
        (broken(TransportErrorKind::TimedOut), true),
    ] {
        let (builder, _) = scripted(vec![answer]);
        let reply = builder.build().unwrap().clear().send().await.unwrap();
        assert_eq!(reply.attempts.sent, 2);
        assert_eq!(reply.attempts.earlier_may_have_been_applied, expected);
    }
    // the last attempt did nothing, the first perhaps did
    let (result, _) = clear(vec![broken(TransportErrorKind::Interrupted), status(400)]).await;
    assert!(result.unwrap_err().may_have_been_applied());
    let (result, _) = clear(vec![status(429), status(400)]).await;
    assert!(!result.unwrap_err().may_have_been_applied());
    let lost = broken(TransportErrorKind::Connect);
    let gone = || broken(TransportErrorKind::Connect);
    let (result, _) = clear(vec![status(500), lost, gone()]).await;
    let error = result.unwrap_err();
    assert!(matches!(error, CallError::Transport(_)) && error.may_have_been_applied());
}
