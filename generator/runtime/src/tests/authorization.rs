//! Which credentials go out with which operation.

use std::sync::Arc;

use bytes::Bytes;
use http::Request;

use super::block_on;
use super::sample::Item;
use crate::runtime::client::{Client, ClientBuilder, Credential};
use crate::runtime::transport::Replay;

fn client(setup: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
    setup(Client::builder())
        .transport(Replay::new())
        .build()
        .unwrap()
}

fn put(client: &Client) -> Request<Bytes> {
    let call = client.put_item(&Item::default());
    call.request().unwrap()
}

fn sent(request: &Request<Bytes>) -> (Option<&str>, Option<&str>, Option<&str>, Option<&str>) {
    let header = |name| {
        let value: Option<&http::HeaderValue> = request.headers().get(name);
        value.map(|value| value.to_str().unwrap())
    };
    (
        header("authorization"),
        header("x-api-key"),
        header("cookie"),
        request.uri().query(),
    )
}

#[test]
fn a_bearer_token() {
    let request = put(&client(|it| it.token("pat-1")));
    assert_eq!(sent(&request), (Some("Bearer pat-1"), None, None, None));
    assert!(request.headers()["authorization"].is_sensitive());
}

#[test]
fn a_name_and_password() {
    for (user, password, expected) in [
        (
            "Aladdin",
            "open sesame",
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        ),
        ("a", "", "Basic YTo="),
        ("", "ab", "Basic OmFi"),
        ("test", "123£", "Basic dGVzdDoxMjPCow=="),
    ] {
        let request = put(&client(|it| it.basic(user, password)));
        assert_eq!(sent(&request).0, Some(expected));
    }
}

#[test]
fn the_first_alternative_that_is_complete_is_sent() {
    // put_item: token, or login, or header key and query key together, or cookie
    let request = put(&client(|it| it.header_key("h")));
    assert_eq!(sent(&request), (None, None, None, None));
    let request = put(&client(|it| it.header_key("h").query_key("a&b=c d/ä")));
    let query = "hapikey=a%26b%3Dc%20d%2F%C3%A4";
    assert_eq!(sent(&request), (None, Some("h"), None, Some(query)));
    let request = put(&client(|it| it.header_key("h").cookie_key("c")));
    assert_eq!(sent(&request), (None, None, Some("session=c"), None));
    let request = put(&client(|it| it.basic("u", "p").token("t").cookie_key("c")));
    assert_eq!(sent(&request), (Some("Bearer t"), None, None, None));
}

#[test]
fn without_credentials_the_request_goes_out_all_the_same() {
    let replay = Arc::new(Replay::new().reply(
        401,
        "application/json",
        r#"{"message":"who are you","category":"AUTH"}"#,
    ));
    let client = Client::builder().transport(replay.clone()).build().unwrap();
    let error = block_on(client.put_item(&Item::default()).into_future()).unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(sent(&replay.requests()[0]), (None, None, None, None));
}

#[test]
fn an_operation_that_asks_for_nothing_gets_nothing() {
    let client = client(|it| it.token("t").cookie_key("c").query_key("q"));
    let call = client.clear();
    assert_eq!(sent(&call.request().unwrap()), (None, None, None, None));
}

#[test]
fn optional_authorization_is_sent_when_it_is_there() {
    let call = client(|it| it.token("t")).page();
    assert_eq!(sent(&call.request().unwrap()).0, Some("Bearer t"));
    let call = client(|it| it).page();
    assert_eq!(sent(&call.request().unwrap()).0, None);
}

#[test]
fn invalid_credentials_are_rejected_without_being_displayed() {
    let error_of = |builder: ClientBuilder| {
        let error = builder.transport(Replay::new()).build().unwrap_err();
        assert!(!format!("{error} {error:?}").contains("canary"));
        error.to_string()
    };
    assert!(error_of(Client::builder().token("canary\r\nx: y")).contains("cannot have"));
    assert!(error_of(Client::builder().token("")).contains("empty"));
    assert!(error_of(Client::builder().header_key("canary\0")).contains("cannot have"));
    assert!(error_of(Client::builder().header_key("")).contains("empty"));
    assert!(error_of(Client::builder().basic("can:canary", "x")).contains("colon"));
    assert!(error_of(Client::builder().cookie_key("canary; admin=1")).contains("cookie"));
    let wrong = Client::builder().credential(0, Credential::api_key("canary"));
    assert!(error_of(wrong).contains("another kind"));
}
