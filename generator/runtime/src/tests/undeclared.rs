//! Error responses by their status, and the server's message at the usual places.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};

use super::sample::{Problem, SERVICE};
use crate::runtime::call::Call;
use crate::runtime::client::{Client, ClientBuilder, Service};
use crate::runtime::error::CallError;
use crate::runtime::request::RequestBuilder;
use crate::runtime::response;
use crate::runtime::transport::Replay;

fn client(service: &'static Service) -> Client {
    let builder = ClientBuilder::new(service).base_url("https://a.example");
    builder.transport(Replay::new()).build().unwrap()
}

/// Decodes a JSON error response.
fn error<E: std::fmt::Debug>(call: &Call<(), E>, status: u16, body: &str) -> CallError<E> {
    let mut headers = HeaderMap::new();
    headers.insert("content-type", HeaderValue::from_static("application/json"));
    let status = StatusCode::from_u16(status).unwrap();
    let body = Bytes::copy_from_slice(body.as_bytes());
    call.decode(status, headers, body).unwrap_err()
}

#[test]
fn a_failure_is_decoded_for_the_statuses_that_declare_it() {
    static PLAIN: Service = Service::PLAIN;
    let client = client(&PLAIN);
    let request = || RequestBuilder::new(&client, "GET", "/");
    let body = r#"{"message":"m","category":"c"}"#;
    let all = request().call::<Call<(), Problem>>(response::empty, response::json);
    let some = request().call_for::<Call<(), Problem>>(response::empty, response::json, &[404, 5]);
    let none = request().call_for::<Call<(), Bytes>>(response::empty, response::bytes, &[]);
    for (status, is_declared) in [
        (404, true),
        (500, true),
        (503, true),
        (400, false),
        (422, false),
    ] {
        assert!(error(&all, status, body).declared().is_some(), "{status}");
        assert!(error(&none, status, body).declared().is_none(), "{status}");
        let error = error(&some, status, body);
        assert_eq!(error.declared().is_some(), is_declared, "{status}");
        // nothing that came is lost
        assert_eq!(error.body().unwrap(), body);
        assert_eq!(error.message(), Some("m"));
    }
    let error = error(&some, 403, "[1]");
    assert_eq!(
        error.to_string(),
        "403 Forbidden; the status is not declared; its 3 bytes start with `[1]`"
    );
    assert!(matches!(error, CallError::Undeclared(reply) if reply.mismatch.is_none()));
}

#[test]
fn an_enum_of_failures_says_that_a_status_is_not_declared() {
    static PLAIN: Service = Service::PLAIN;
    let request = RequestBuilder::new(&client(&PLAIN), "GET", "/");
    let call =
        request.call::<Call<(), Problem>>(response::empty, |reply| match reply.status.as_u16() {
            404 => response::json(reply),
            _ => response::undeclared(reply),
        });
    let body = r#"{"message":"m","category":"c"}"#;
    assert!(error(&call, 404, body).declared().is_some());
    let error = error(&call, 500, body);
    assert_eq!(
        error.to_string(),
        "500 Internal Server Error: m; the status is not declared"
    );
}

#[test]
fn the_message_is_at_one_of_the_usual_places() {
    static PLAIN: Service = Service::PLAIN;
    let request = RequestBuilder::new(&client(&PLAIN), "GET", "/");
    let call = request.call::<Call<(), Bytes>>(response::empty, response::bytes);
    for (body, expected) in [
        (
            r#"{"type":"about:blank","title":"t","status":404,"detail":"d"}"#,
            Some("d"),
        ),
        (r#"{"title":"t","errors":{"name":["is empty"]}}"#, Some("t")),
        (r#"{"detail":"Not Found"}"#, Some("Not Found")),
        (
            r#"{"detail":[{"loc":["query",3],"msg":"required","type":"t"}]}"#,
            Some("required"),
        ),
        (r#"{"message":"m","code":3}"#, Some("m")),
        (r#"{"error":{"message":"m","type":"t"}}"#, Some("m")),
        (
            r#"{"error":"invalid_grant","error_description":"expired"}"#,
            Some("expired"),
        ),
        (r#"{"error":"e"}"#, Some("e")),
        (r#"{"errors":[{"message":"m"},{"message":"n"}]}"#, Some("m")),
        (
            r#"{"errors":[{"status":"422","detail":"d","title":"t"}]}"#,
            Some("d"),
        ),
        (r#"{"errors":["e"]}"#, Some("e")),
        (r#"{"message":"","error":"e"}"#, Some("e")),
        (r#"{"message":{"a":1}}"#, None),
        (r#"{"detail":[]}"#, None),
        ("[]", None),
        ("[{\"message\":\"m\"}]", None),
        ("nothing", None),
    ] {
        assert_eq!(error(&call, 400, body).message(), expected, "{body}");
    }
}

#[test]
fn the_place_of_the_configuration_comes_first() {
    let request = RequestBuilder::new(&client(&SERVICE), "GET", "/");
    let call = request.call::<Call<(), Bytes>>(response::empty, response::bytes);
    let body = r#"{"detail":"d","message":"m"}"#;
    assert_eq!(error(&call, 400, body).message(), Some("m"));
    let body = r#"{"detail":"d"}"#;
    assert_eq!(error(&call, 400, body).message(), Some("d"));
}

#[test]
fn a_success_has_no_message() {
    static PLAIN: Service = Service::PLAIN;
    let request = RequestBuilder::new(&client(&PLAIN), "GET", "/");
    let call = request.call::<Call<(), Bytes>>(response::undeclared, response::bytes);
    assert_eq!(error(&call, 200, r#"{"title":"A book"}"#).message(), None);
}
