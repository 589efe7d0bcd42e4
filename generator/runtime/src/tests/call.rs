//! Calls: their settings before they are sent, and the result of a success.

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};

use super::block_on;
use super::sample::{Item, ItemResponse, Partial};
use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::error::CallError;
use crate::runtime::transport::Replay;

fn client(status: u16, content_type: &str, body: &str) -> (Client, Arc<Replay>) {
    let replay = Arc::new(Replay::new().reply(status, content_type, body.to_owned()));
    let client = Client::builder().token("t").transport(replay.clone());
    (client.build().unwrap(), replay)
}

fn item() -> Item {
    Item {
        id: "7".to_owned(),
        price: Some(9.5),
        ..Item::default()
    }
}

#[test]
fn a_call_sends_nothing_by_itself() {
    let (client, replay) = client(200, "application/json", r#"{"id":"7"}"#);
    let call = client.put_item(&item());
    let request = call.request().unwrap();
    assert_eq!(request.method(), Method::PUT);
    assert_eq!(request.uri(), "https://api.example.com/items/1");
    assert_eq!(request.body(), r#"{"id":"7","price":9.5}"#);
    drop(call);
    assert!(replay.requests().is_empty());
}

#[test]
fn await_gives_the_body_and_send_the_rest_too() {
    let (client, _) = client(200, "application/json", r#"{"id":"7"}"#);
    let reply = block_on(client.put_item(&item()).send()).unwrap();
    assert_eq!(reply.status, 200);
    assert_eq!(reply.headers["content-type"], "application/json");
    assert!(matches!(reply.body, ItemResponse::Ok(Item { id, .. }) if id == "7"));
}

#[test]
fn a_clone_can_be_sent_again() {
    let replay = Replay::new()
        .reply(200, "application/json", r#"{"id":"1"}"#)
        .reply(200, "application/json", r#"{"id":"2"}"#);
    let client = Client::builder().transport(replay).build().unwrap();
    let call = client.put_item(&item());
    let first = block_on(call.clone().into_future()).unwrap();
    let second = block_on(call.into_future()).unwrap();
    assert_ne!(first, second);
}

#[test]
fn a_success_is_read_as_the_type_that_knows_most_of_it() {
    for (status, body, is_partial) in [
        (200, r#"{"id":"7"}"#, false),
        (200, r#"{"errors":[]}"#, true),
        (207, r#"{"errors":["x"]}"#, true),
        (201, r#"{"id":"7"}"#, false),
        (299, r#"{"errors":[]}"#, true),
    ] {
        let (client, _) = client(status, "application/json;charset=utf-8", body);
        let response = block_on(client.put_item(&item()).into_future()).unwrap();
        assert_eq!(
            matches!(response, ItemResponse::MultiStatus(Partial { .. })),
            is_partial
        );
    }
}

#[test]
fn a_success_without_content_is_a_unit() {
    let (client, _) = client(204, "text/plain", "");
    block_on(client.clear().into_future()).unwrap();
}

#[test]
fn a_body_of_text_is_a_string() {
    let (client, _) = client(200, "text/html", "<html>ä");
    assert_eq!(block_on(client.page().into_future()).unwrap(), "<html>ä");
}

#[test]
fn a_body_that_json_cannot_say_is_an_error_and_nothing_is_sent() {
    let (client, replay) = client(200, "application/json", "{}");
    let call = client.put_item(&Item {
        parent: Some(Box::new(Item {
            price: Some(f64::NAN),
            ..Item::default()
        })),
        ..Item::default()
    });
    let reason = "the body cannot be sent: parent.price: NaN and infinity are not JSON numbers";
    assert_eq!(call.request().unwrap_err().to_string(), reason);
    let error = block_on(call.deadline(Duration::from_secs(1)).into_future()).unwrap_err();
    assert_eq!(error.to_string(), format!("nothing was sent: {reason}"));
    assert!(matches!(error, CallError::Request(_)));
    assert!(!error.may_have_been_applied() && !error.is_timeout());
    assert!(replay.requests().is_empty());
}

#[test]
fn a_reply_from_elsewhere_can_be_decoded() {
    let client = Client::builder().transport(Replay::new()).build().unwrap();
    let call = client.put_item(&item());
    let decode = |status, body: &'static str| {
        call.decode(
            status,
            HeaderMap::new(),
            bytes::Bytes::from_static(body.as_bytes()),
        )
    };
    let reply = decode(StatusCode::OK, r#"{"id":"9"}"#).unwrap();
    assert!(matches!(reply.body, ItemResponse::Ok(_)));
    let error = decode(StatusCode::CONFLICT, r#"{"message":"m","category":"c"}"#).unwrap_err();
    assert_eq!(error.declared().unwrap().category, "c");
}

#[test]
fn debug_shows_where_a_call_goes() {
    let (client, _) = client(200, "application/json", "{}");
    let shown = format!("{:?}", client.put_item(&item()));
    for part in ["PUT", "api.example.com", "/items/1", "360s"] {
        assert!(shown.contains(part), "{shown}");
    }
}

#[test]
fn a_success_can_be_read_raw() {
    let body = r#"{"id":"7","more":[1]}"#;
    let (client, _) = self::client(200, "text/plain", body);
    assert_eq!(
        block_on(client.put_item(&item()).bytes().into_future()).unwrap(),
        body
    );

    let (client, _) = self::client(200, "text/plain", body);
    let call = client.put_item(&item()).json::<serde_json::Value>();
    let reply = block_on(call.deadline(Duration::from_secs(9)).send()).unwrap();
    assert_eq!(
        (reply.status.as_u16(), &reply.body["more"][0]),
        (200, &1.into())
    );

    let (client, _) = self::client(200, "application/json", body);
    let call = client.put_item(&item()).json::<Vec<String>>();
    match block_on(call.into_future()).unwrap_err() {
        CallError::Undeclared(reply) => {
            assert_eq!(reply.body, body);
            let reason = reply.mismatch.unwrap().reason().to_owned();
            assert!(reason.starts_with("invalid type: map"), "{reason}");
        }
        other => panic!("{other:?}"),
    }

    let (client, _) = self::client(200, "application/json", "");
    let call = client.put_item(&item()).json::<Option<String>>();
    assert_eq!(block_on(call.into_future()).unwrap(), None);
}

#[test]
fn a_raw_call_decodes_errors_as_usual() {
    let body = r#"{"message":"m","category":"c"}"#;
    let (client, _) = self::client(400, "application/json", body);
    let error = block_on(client.put_item(&item()).bytes().into_future()).unwrap_err();
    assert_eq!(error.declared().unwrap().category, "c");
}

#[test]
fn a_request_without_a_body_announces_that() {
    use crate::runtime::request::RequestBuilder;
    use crate::runtime::response;

    let client = Client::builder().transport(Replay::new()).build().unwrap();
    for (method, length) in [
        ("POST", Some("0")),
        ("PUT", Some("0")),
        ("PATCH", Some("0")),
        ("DELETE", None),
        ("GET", None),
        ("QUERY", None),
    ] {
        let request = RequestBuilder::new(&client, method, "/");
        let call = request.call::<Call<(), ()>>(response::empty, response::empty);
        let request = call.request().unwrap();
        let headers = request.headers();
        let found = headers
            .get("content-length")
            .map(|value| value.to_str().unwrap());
        assert_eq!(found, length, "{method}");
        assert!(!headers.contains_key("content-type"));
    }
    let call = client.put_item(&item());
    assert!(
        !call
            .request()
            .unwrap()
            .headers()
            .contains_key("content-length")
    );
}
