//! Replies that fit nothing declared, and replies that do not come.

use std::time::{Duration, Instant};

use http::StatusCode;
use hubspot_products::Client;
use serde_json::json;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use crate::support::{Fake, Scenario, TOKEN};
use crate::{client, fail, right};

#[tokio::test]
async fn html_from_a_gateway() {
    let fake = Fake::start();
    for status in [502, 504, 521, 524] {
        fake.answer(Scenario::Gateway(status));
        let error = fail(&fake, &right()).await;
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert!(
            error.declared().is_none() && error.correlation_id().is_none(),
            "{error:?}"
        );
        let body = error.body().expect("the error has the body");
        assert!(body.starts_with(b"<html>"), "{body:?}");
        assert_eq!(
            error.headers().expect("headers came")["content-type"],
            "text/html; charset=UTF-8"
        );
        assert!(error.to_string().contains(&status.to_string()), "{error}");
        assert!(error.may_have_been_applied() && !error.is_timeout());
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let fake = Fake::start();
    let elsewhere = Fake::start();
    fake.answer(Scenario::Redirect(elsewhere.url()));
    let error = fail(&fake, &right()).await;
    assert_eq!(error.status(), Some(StatusCode::TEMPORARY_REDIRECT));
    assert_eq!(
        error.headers().expect("headers came")["location"],
        *elsewhere.url()
    );
    assert!(elsewhere.requests().is_empty());
    assert_eq!(fake.requests().len(), 1);
}

#[tokio::test]
async fn a_204_is_no_success_that_could_be_read() {
    let fake = Fake::start();
    fake.answer(Scenario::NoContent);
    let error = fail(&fake, &right()).await;
    assert_eq!(error.status(), Some(StatusCode::NO_CONTENT));
    assert_eq!(error.body().map(|body| body.len()), Some(0));
    assert!(error.may_have_been_applied(), "{error:?}");
    assert!(error.to_string().contains("204"), "{error}");
    assert_eq!(fake.count(), 2);
}

#[tokio::test]
async fn a_member_that_comes_twice() {
    let fake = Fake::start();
    fake.answer(Scenario::MemberTwice);
    let error = fail(&fake, &right()).await;
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert!(
        error.to_string().contains("results[0].id: is duplicate"),
        "{error}"
    );
    let body = error.body().expect("the error has the body");
    assert!(
        body.windows(8).any(|piece| piece == br#""id":"0""#),
        "{body:?}"
    );
    assert!(error.may_have_been_applied());
}

#[tokio::test]
async fn a_success_that_lacks_something() {
    let fake = Fake::start();
    let at = "2026-03-02T09:15:30Z";
    let product =
        json!({"id": "1", "properties": {}, "createdAt": at, "updatedAt": at, "new": true});
    let body =
        json!({"status": "COMPLETE", "results": [product], "startedAt": at, "completedAt": at});
    fake.answer(Scenario::Reply(200, body.clone()));
    let error = fail(&fake, &right()).await;
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert_eq!(
        error.body().expect("the error has the body"),
        &body.to_string()
    );
    let shown = error.to_string();
    assert!(
        shown.contains("results[0].archived: is missing and required"),
        "{shown}"
    );
}

#[tokio::test]
async fn a_body_over_the_cap() {
    let fake = Fake::start();
    fake.answer(Scenario::Padded(100_000))
        .answer(Scenario::Padded(100_000));
    let capped = |cap| {
        let builder = Client::builder().base_url(fake.url()).token(TOKEN);
        builder.max_response_size(cap).build().expect("a client")
    };
    let error = capped(50_000)
        .upsert_products(&right())
        .await
        .expect_err("too large");
    assert!(
        error.may_have_been_applied() && !error.is_timeout(),
        "{error:?}"
    );
    assert!(error.to_string().contains("50000"), "{error}");
    let response = capped(200_000)
        .upsert_products(&right())
        .await
        .expect("not too large");
    assert_eq!(response.results().len(), 2);
}

#[tokio::test]
async fn a_body_that_never_ends() {
    let fake = Fake::start();
    fake.answer(Scenario::Endless);
    let call = client(&fake)
        .upsert_products(&right())
        .max_response_size(1 << 20);
    let error = call.await.expect_err("too large");
    assert!(
        error.may_have_been_applied() && !error.is_timeout(),
        "{error:?}"
    );

    fake.answer(Scenario::Stalled).answer(Scenario::Stalled);
    let call = client(&fake).upsert_products(&right());
    let attempt = call.clone().attempt_timeout(Duration::from_millis(150));
    for call in [attempt, call.deadline(Duration::from_millis(150))] {
        let started = Instant::now();
        let error = call.await.expect_err("no end");
        assert!(
            error.is_timeout() && error.may_have_been_applied(),
            "{error:?}"
        );
        let waited = started.elapsed();
        assert!(
            waited >= Duration::from_millis(140) && waited < Duration::from_secs(5),
            "{waited:?}"
        );
    }
}

#[tokio::test]
async fn a_connection_that_breaks() {
    let fake = Fake::start();
    fake.answer(Scenario::Truncated);
    let error = fail(&fake, &right()).await;
    assert!(
        error.may_have_been_applied() && !error.is_timeout(),
        "{error:?}"
    );
    assert!(error.declared().is_none());
    assert_eq!(fake.count(), 2); // it had been applied
}

#[tokio::test]
async fn nobody_listens() {
    let fake = Fake::start();
    let client = client(&fake);
    drop(fake);
    let error = client
        .upsert_products(&right())
        .await
        .expect_err("nobody is there");
    assert_eq!(error.status(), None);
    assert!(error.headers().is_none() && error.body().is_none());
    assert!(
        !error.may_have_been_applied() && !error.is_timeout(),
        "{error:?}"
    );
    assert!(
        !format!("{error:?} {error}").contains("pat-na1"),
        "{error:?}"
    );
}

/// Who gives up a call leaves nothing behind: the connection is closed, and the server need not go on.
#[tokio::test]
async fn a_call_that_is_given_up() {
    let server = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = server.local_addr().expect("it listens");
    let client = Client::builder()
        .base_url(format!("http://{address}"))
        .token(TOKEN);
    let client = client.build().expect("a client of this machine");
    let call = tokio::spawn(client.upsert_products(&right()).into_future());
    let (mut connection, _) = server.accept().await.expect("it calls");
    let mut request = [0; 4096];
    let count = connection.read(&mut request).await.expect("a request");
    assert!(request[..count].starts_with(b"POST "));
    call.abort();
    let mut rest = Vec::new();
    let end = connection.read_to_end(&mut rest);
    let end = tokio::time::timeout(Duration::from_secs(10), end).await;
    end.expect("the connection is closed")
        .expect("and in order");
    // and the client is as good as before
    let next = tokio::spawn(client.upsert_products(&right()).into_future());
    server.accept().await.expect("it calls again");
    next.abort();
}
