//! The fake that users of a client test with.

use serde_json::{Value, json};

use super::block_on;
use super::sample::{Item, ItemResponse, Problem};
use crate::runtime::client::Client;
use crate::runtime::error::CallError;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::testing::{Fake, FakeReply};
use crate::runtime::transport::TransportErrorKind;

fn put(fake: &Fake) -> Result<ItemResponse, CallError<Problem>> {
    let builder = Client::builder().transport(fake.clone());
    let client = builder.retry(RetryPolicy::none()).build().unwrap();
    block_on(client.put_item(&Item::default()).into_future())
}

fn why(fake: &Fake) -> String {
    put(fake).unwrap_err().to_string()
}

#[test]
fn it_reads_and_answers_with_types() {
    let fake = Fake::new(|request| {
        let item: Item = request.json()?;
        Ok(FakeReply::json(200, &item).header("x-correlation-id", "c7"))
    });
    assert!(matches!(put(&fake), Ok(ItemResponse::Ok(item)) if item == Item::default()));
    put(&fake).unwrap();
    let sent = fake.requests();
    assert_eq!(sent.len(), 2);
    let one = &sent[0];
    assert_eq!((one.method().as_str(), one.query()), ("PUT", None));
    assert!(one.path().starts_with('/') && !one.body().is_empty());
    assert_eq!(one.headers()["content-type"], "application/json");
}

#[test]
fn an_invalid_response_fails_with_its_reason() {
    let wrong = json!({"id": 7});
    let fake = Fake::new(move |_| Ok(FakeReply::json_of::<Item>(200, &wrong)));
    assert!(why(&fake).contains("id: expected"), "{}", why(&fake));
    let fake = Fake::new(|_| Err("the test has no idea".into()));
    assert!(why(&fake).ends_with("the test has no idea"));
    let fake = Fake::new(|request| Ok(FakeReply::json(200, &request.json::<Vec<Value>>()?)));
    assert!(why(&fake).contains("expected"), "{}", why(&fake));
    for unusable in [
        || FakeReply::empty(99),
        || FakeReply::empty(200).header("a b", "c"),
        || FakeReply::empty(200).header("a", "b\nc"),
        || FakeReply::new(200, "text\n", ""),
    ] {
        let error = put(&Fake::new(move |_| Ok(unusable()))).unwrap_err();
        let kind = error.transport().unwrap().kind();
        assert_eq!(kind, TransportErrorKind::Other);
    }
}

#[test]
fn an_exchange_can_break_off() {
    let fake = Fake::new(|_| Ok(FakeReply::transport_error(TransportErrorKind::Connect)));
    assert!(!put(&fake).unwrap_err().may_have_been_applied());
    let fake = Fake::new(|_| Ok(FakeReply::empty(503)));
    assert_eq!(put(&fake).unwrap_err().status().unwrap(), 503);
    assert!(format!("{fake:?}").starts_with("Fake("));
}
