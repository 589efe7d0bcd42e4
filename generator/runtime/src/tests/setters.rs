//! What is set on a call after the operation made it: optional parameters and bodies, and the options of any call.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use super::block_on;
use super::sample::SERVICE;
use crate::runtime::call::Call;
use crate::runtime::client::{Client, ClientBuilder, Credential};
use crate::runtime::error::CallError;
use crate::runtime::parameters::Style;
use crate::runtime::request::RequestBuilder;
use crate::runtime::response;
use crate::runtime::transport::Replay;

/// An operation.
enum Search {}

type SearchCall = Call<(), (), Search>;

impl<T, E> Call<T, E, Search> {
    fn limit(self, value: i64) -> Self {
        self.put_query("limit", Style::Form { explode: true }, &value)
    }

    fn after(self, value: impl Into<String>) -> Self {
        let value: String = value.into();
        self.put_query("after", Style::Form { explode: true }, &value)
    }

    fn ratio(self, value: f64) -> Self {
        self.put_query("ratio", Style::Form { explode: true }, &value)
    }

    fn trace(self, value: impl Into<String>) -> Self {
        let value: String = value.into();
        self.put_header("X-Trace", Style::Simple { explode: false }, &value)
    }

    fn session(self, value: impl Into<String>) -> Self {
        let value: String = value.into();
        self.put_cookie("session", Style::Form { explode: true }, &value)
    }

    fn body(self, body: &serde_json::Value) -> Self {
        self.put_body(|request| request.json(body))
    }

    fn text_body(self, body: &str) -> Self {
        self.put_body(|request| request.text("text/plain", body))
    }
}

fn client() -> (Client, Arc<Replay>) {
    let replay = Replay::new()
        .reply(204, "text/plain", "")
        .reply(204, "text/plain", "");
    let replay = Arc::new(replay);
    let builder = ClientBuilder::new(&SERVICE)
        .transport(replay.clone())
        .credential(3, Credential::api_key("K"));
    (builder.build().unwrap(), replay)
}

fn search(client: &Client) -> SearchCall {
    RequestBuilder::new(client, "POST", "/search/{id}")
        .path("id", Style::Simple { explode: false }, &"7")
        .query("kind", Style::Form { explode: true }, &"a b")
        .idempotent_when(&["key"])
        .call(response::empty, response::undeclared)
}

fn query(call: &SearchCall) -> String {
    let request = call.request().unwrap();
    request.uri().query().unwrap_or_default().to_owned()
}

#[test]
fn parameters_are_sent_in_the_order_in_which_they_are_set() {
    let call = search(&client().0);
    assert_eq!(query(&call), "kind=a%20b");
    let call = call.after("x&y").limit(5);
    assert_eq!(query(&call), "kind=a%20b&after=x%26y&limit=5");
}

#[test]
fn a_parameter_that_is_set_again_is_replaced() {
    let call = search(&client().0).limit(5).after("x").limit(6);
    assert_eq!(query(&call), "kind=a%20b&limit=6&after=x");
    let call = call.trace("1").trace("2").session("a").session("b c");
    let request = call.request().unwrap();
    let all = |name| {
        let values = request.headers().get_all(name).iter();
        values
            .map(|value| value.to_str().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(all("x-trace"), ["2"]);
    assert_eq!(all("cookie"), ["session=b%20c"]);
    assert!(request.headers()["x-trace"].is_sensitive());
}

#[test]
fn an_optional_body_is_sent_when_it_is_set_and_the_last_one_counts() {
    let call = search(&client().0);
    let request = call.request().unwrap();
    assert_eq!(request.headers()["content-length"], "0");
    assert!(!request.headers().contains_key("content-type"));
    let call = call.body(&json!({ "a": 1 })).text_body("x");
    let request = call.request().unwrap();
    assert_eq!(request.headers()["content-type"], "text/plain");
    assert_eq!(request.body(), "x");
    let request = call.body(&json!([2])).request().unwrap();
    assert_eq!(request.headers()["content-type"], "application/json");
    assert_eq!(request.body(), "[2]");
}

#[test]
fn an_error_of_encoding_is_told_when_the_call_is_sent_unless_it_is_replaced() {
    let (client, replay) = client();
    let reason = "the parameter `ratio` cannot be sent: NaN and infinity are not JSON numbers";
    let call = search(&client).ratio(f64::NAN).limit(5);
    assert_eq!(call.request().unwrap_err().to_string(), reason);
    let error = block_on(call.clone().into_future()).unwrap_err();
    assert!(matches!(&error, CallError::Request(_)));
    assert_eq!(error.to_string(), format!("nothing was sent: {reason}"));
    assert!(replay.requests().is_empty());
    assert_eq!(query(&call.ratio(0.5)), "kind=a%20b&ratio=0.5&limit=5");

    let call = search(&client).trace("a\nb");
    let error = call.request().unwrap_err().to_string();
    assert!(
        error.contains("`X-Trace`") && !error.contains("a\nb"),
        "{error}"
    );
    assert!(call.trace("ab").request().is_ok());

    let call = search(&client).header("content-length", "9");
    assert!(call.request().is_err());
}

#[test]
fn setters_are_there_whatever_the_response_is_read_as() {
    let (client, replay) = client();
    let call = search(&client).deadline(Duration::from_secs(9)).bytes();
    block_on(call.limit(1).retry(Default::default()).into_future()).unwrap();
    let call = search(&client).json::<serde_json::Value>().limit(2);
    block_on(call.send()).unwrap();
    let queries = replay.requests();
    let queries = queries.iter().map(|request| request.uri().query().unwrap());
    assert_eq!(
        queries.collect::<Vec<_>>(),
        ["kind=a%20b&limit=1", "kind=a%20b&limit=2"]
    );
}

#[test]
fn a_clone_is_set_apart_from_the_original() {
    let (client, replay) = client();
    let call = search(&client).limit(1);
    let other = call.clone().limit(2).body(&json!({}));
    block_on(call.into_future()).unwrap();
    block_on(other.into_future()).unwrap();
    let requests = replay.requests();
    assert_eq!(
        requests[0].uri(),
        "https://api.example.com/search/7?kind=a%20b&limit=1"
    );
    assert!(requests[0].body().is_empty());
    assert_eq!(
        requests[1].uri(),
        "https://api.example.com/search/7?kind=a%20b&limit=2"
    );
    assert_eq!(requests[1].body(), "{}");
}

#[test]
fn the_last_body_decides_about_idempotency() {
    let client = client().0;
    let request = || RequestBuilder::new(&client, "POST", "/").idempotent_when(&["key"]);
    let with_key = json!({ "key": 1 });
    assert!(!request().is_idempotent());
    assert!(request().json(&with_key).is_idempotent());
    assert!(!request().json(&with_key).json(&json!({})).is_idempotent());
    assert!(
        !request()
            .json(&with_key)
            .text("text/plain", "x")
            .is_idempotent()
    );
    assert!(request().json(&json!({})).json(&with_key).is_idempotent());
}

#[test]
fn debug_shows_no_value_of_a_parameter_or_a_header() {
    let call = search(&client().0).after("CANARY").trace("CANARY");
    let call = call.session("CANARY").header("x-other", "CANARY");
    let shown = format!("{:?}", call.body(&json!("CANARY")));
    assert!(!shown.contains("CANARY"), "{shown}");
    for part in ["POST", "api.example.com", "/search/7", "body_bytes: 8"] {
        assert!(shown.contains(part), "{shown}");
    }
}
