//! Date-times without an offset are read as in UTC wherever they are, and never what is only a string.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use naive_date_times::types::{Event, LeavesItem, Time, When};
use naive_date_times::{Client, GetTimeError, GetTimeResponse, headers};
use serde_json::{Value, json};

const NAIVE: &str = "2024-01-02T03:04:05";
const WHOLE: &str = "2024-01-02T03:04:05Z";

fn time() -> Time {
    WHOLE.parse().expect("it is a date-time")
}

fn event() -> Event {
    let value = json!({
        "at": NAIVE,
        "title": NAIVE,
        "before": NAIVE,
        "days": [{ NAIVE: NAIVE }],
        "span": [NAIVE, NAIVE, NAIVE, WHOLE],
        "when": NAIVE,
        "tree": { "a": [NAIVE, [NAIVE]] },
        "other": NAIVE,
    });
    serde_json::from_value(value).expect("all date-times are read")
}

#[test]
fn types_are_read() {
    let event = event();
    assert!(matches!(event.when, Some(When::DateTime(at)) if at == time()));
    let leaves = &event.tree.as_ref().expect("it is there")["a"];
    assert!(matches!(&leaves[..], [LeavesItem::DateTime(_), LeavesItem::Leaves(_)]));
    let expected = json!({
        "at": WHOLE,
        "title": NAIVE,
        "before": WHOLE,
        "days": [{ NAIVE: WHOLE }],
        "span": [NAIVE, WHOLE, WHOLE, WHOLE],
        "when": WHOLE,
        "tree": { "a": [WHOLE, [WHOLE]] },
        "other": WHOLE,
    });
    assert_eq!(serde_json::to_value(&event).expect("it is written"), expected);
    assert!(serde_json::from_value::<Event>(json!({ "at": "soon", "title": "" })).is_err());
}

#[test]
fn responses_and_their_headers_are_read() {
    let client = Client::builder().base_url("https://clock.example.com").build();
    let client = client.expect("the settings are valid");
    let sent = HeaderMap::from_iter([("x-until".parse().expect("a name"), NAIVE.parse().expect("a value"))]);
    let bytes = |value: Value| Bytes::from(value.to_string());
    let list = client.list_times();
    let reply = list.decode(StatusCode::OK, sent, bytes(json!([NAIVE, WHOLE]))).expect("it is read");
    assert_eq!(reply.body, [time(), time()]);
    assert_eq!(reply.header(&headers::X_UNTIL).expect("it is read"), Some(time()));

    let decode = |status, body| client.get_time().decode(status, HeaderMap::new(), bytes(body));
    let reply = decode(StatusCode::OK, json!(NAIVE)).expect("it is read");
    assert_eq!(reply.body, GetTimeResponse::Ok(time()));
    let error = decode(StatusCode::NOT_FOUND, json!(NAIVE)).expect_err("it is an error");
    assert_eq!(error.declared(), Some(&GetTimeError::NotFound(time())));
}

#[tokio::test]
async fn streams_are_read() {
    let client = Client::builder().base_url("https://clock.example.com").build();
    let client = client.expect("the settings are valid");
    let lines = client.watch_ticks().decode(StatusCode::OK, HeaderMap::new(), Bytes::from(format!("\"{NAIVE}\"\n")));
    let line = lines.expect("it is opened").body.next().await;
    assert_eq!(line.expect("there is one").expect("it is read"), time());
    let data = Bytes::from(format!("data: \"{NAIVE}\"\n\n"));
    let events = client.watch_alarms().decode(StatusCode::OK, HeaderMap::new(), data);
    let event = events.expect("it is opened").body.next().await;
    assert_eq!(event.expect("there is one").expect("it is read").data, time());
}
