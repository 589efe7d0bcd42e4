//! What a caller gets when a call fails: nothing that came is lost, and one line says it all.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};

use super::sample::{Item, ItemResponse, Problem};
use crate::runtime::client::Client;
use crate::runtime::error::CallError;
use crate::runtime::response::Reply;
use crate::runtime::transport::{Replay, TransportError, TransportErrorKind};

type Outcome = Result<Reply<ItemResponse>, CallError<Problem>>;

fn decode(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> Outcome {
    let client = Client::builder().transport(Replay::new()).build().unwrap();
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(*name, HeaderValue::from_static(value));
    }
    let status = StatusCode::from_u16(status).unwrap();
    let body = Bytes::copy_from_slice(body.as_bytes());
    client.put_item(&Item::default()).decode(status, map, body)
}

const JSON: (&str, &str) = ("content-type", "application/json");

#[test]
fn a_declared_failure() {
    let body =
        r#"{"message":"too many","category":"LIMIT","correlationId":"aeb5","policy":"DAILY"}"#;
    let error = decode(400, &[JSON, ("retry-after", "3")], body).unwrap_err();
    assert_eq!(
        error.to_string(),
        "400 Bad Request: too many (correlation id aeb5)"
    );
    assert_eq!(error.status().unwrap(), 400);
    assert_eq!(error.headers().unwrap()["retry-after"], "3");
    assert_eq!(error.declared().unwrap().category, "LIMIT");
    assert_eq!(error.message(), Some("too many"));
    assert_eq!(error.correlation_id(), Some("aeb5"));
    // `policy` is not in the declared type, and still not lost
    assert_eq!(error.body().unwrap(), body);
    assert!(error.transport().is_none());
    assert!(matches!(error, CallError::Api(reply) if reply.status == 400));
}

#[test]
fn a_failure_that_lacks_a_required_member() {
    let body = r#"{"error":{"message":"slow down"}}"#;
    let error = decode(429, &[JSON, ("x-correlation-id", "c-1")], body).unwrap_err();
    assert_eq!(
        error.to_string(),
        "429 Too Many Requests: slow down (correlation id c-1); \
         the body does not match the description: message: is missing and required"
    );
    assert!(error.declared().is_none());
    assert_eq!(error.body().unwrap(), body);
    let CallError::Undeclared(reply) = error else {
        panic!("{error:?}")
    };
    assert_eq!(reply.mismatch.unwrap().path(), "message");
}

#[test]
fn a_page_from_a_gateway() {
    let html = "<html>\n<h1>Bad Gateway</h1>";
    let error = decode(502, &[("content-type", "text/html; charset=utf-8")], html).unwrap_err();
    assert_eq!(
        error.to_string(),
        "502 Bad Gateway; the body does not match the description: expected JSON, found `text/html; charset=utf-8`; \
         its 27 bytes start with `<html>\\n<h1>Bad Gateway</h1>`"
    );
    assert_eq!(error.body().unwrap(), html);
    assert!(error.may_have_been_applied());
}

#[test]
fn a_success_that_cannot_be_read() {
    let error = decode(200, &[JSON], r#"{"id":"1","tags":[1]}"#).unwrap_err();
    assert_eq!(error.status().unwrap(), 200);
    assert!(error.may_have_been_applied());
    assert!(error.to_string().starts_with(
        "200 OK; the body does not match the description: tags[0]: expected a string, found the number 1; "
    ));
    let error = decode(204, &[], "").unwrap_err();
    assert_eq!(error.to_string(), "204 No Content; the body is empty");
    let error = decode(200, &[JSON], r#"{"id":"1""#)
        .unwrap_err()
        .to_string();
    assert!(error.contains("description: not JSON: EOF"), "{error}");
}

#[test]
fn a_redirect_is_an_error_that_keeps_its_location() {
    for status in [301, 302, 303, 304, 307, 308] {
        let there = ("location", "https://elsewhere.example.com/?secret=1");
        let error = decode(status, &[JSON, there], r#"{"message":"m","category":"c"}"#);
        let error = error.unwrap_err();
        assert!(matches!(error, CallError::Undeclared(_)));
        assert_eq!(error.headers().unwrap()["location"], there.1);
        let shown = error.to_string();
        assert!(shown.ends_with("; redirects are not followed"), "{shown}");
    }
}

#[test]
fn foreign_text_in_a_line_is_bounded_and_escaped() {
    let long = format!(r#"{{"message":"{}","category":"c"}}"#, "m".repeat(100_000));
    let error = decode(400, &[JSON], &long).unwrap_err();
    assert!(error.to_string().len() < 600);
    assert_eq!(error.message().unwrap().len(), 100_000);

    let nasty = r#"{"message":"a\n\u001b[31mred\u202e","category":"c"}"#;
    let shown = decode(400, &[JSON], nasty).unwrap_err().to_string();
    assert_eq!(shown, r"400 Bad Request: a\n\u{1b}[31mred\u{202e}");

    let page = "x\u{7}".repeat(100_000);
    let error = decode(500, &[("content-type", "text/html")], &page).unwrap_err();
    assert!(error.to_string().len() < 2_000);
    assert!(format!("{error:?}").len() < 8_000);
    assert!(!error.to_string().contains('\u{7}'));
    // a body that is cut within a character
    let page = "ä".repeat(1_000);
    let shown = decode(500, &[], &page).unwrap_err().to_string();
    assert!(!shown.contains('\u{fffd}'), "{shown}");
}

#[test]
fn whether_it_may_have_been_applied() {
    let body = r#"{"message":"m","category":"c"}"#;
    for (status, maybe) in [
        (400, false),
        (401, false),
        (404, false),
        (409, false),
        (429, false),
        (408, true),
        (500, true),
        (502, true),
        (503, true),
        (302, true),
    ] {
        let error = decode(status, &[JSON], body).unwrap_err();
        assert_eq!(error.may_have_been_applied(), maybe, "{status}");
    }
    for (kind, maybe) in [
        (TransportErrorKind::Connect, false),
        (TransportErrorKind::TimedOut, true),
        (TransportErrorKind::Interrupted, true),
        (TransportErrorKind::TooLarge, true),
        (TransportErrorKind::Other, true),
    ] {
        let error = CallError::<Problem>::Transport(TransportError::new(kind, "why"));
        assert_eq!(error.may_have_been_applied(), maybe);
        assert_eq!(error.is_timeout(), kind == TransportErrorKind::TimedOut);
        assert_eq!(error.status(), None);
    }
}

#[test]
fn a_transport_error_says_why_in_the_line_and_in_its_sources() {
    let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
    let error = TransportError::new(TransportErrorKind::Connect, refused);
    assert_eq!(error.to_string(), "the server cannot be reached");
    let error = CallError::<Problem>::Transport(error);
    assert_eq!(
        error.to_string(),
        "the server cannot be reached: connection refused"
    );
    let mut causes = Vec::new();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        causes.push(error.to_string());
        cause = error.source();
    }
    assert_eq!(
        causes,
        ["the server cannot be reached", "connection refused"]
    );
    let slow = TransportError::connect_timed_out("5 seconds");
    assert!(slow.is_timeout() && !slow.may_have_been_applied());
    assert_eq!(slow.to_string(), "connecting to the server timed out");
}
