//! Bodies whose content type is not the declared one, or one of several.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::{Value, json};

use crate::runtime::response::{self, Received};
use crate::runtime::wire::Read;

/// Decodes a body with a content type; none if that is empty.
fn read<T>(
    status: u16,
    content_type: &str,
    body: &[u8],
    reader: impl FnOnce(&Received<'_>) -> T,
) -> T {
    let mut headers = HeaderMap::new();
    if !content_type.is_empty() {
        headers.insert("content-type", HeaderValue::from_str(content_type).unwrap());
    }
    reader(&Received {
        status: StatusCode::from_u16(status).unwrap(),
        headers: &headers,
        body: &Bytes::copy_from_slice(body),
    })
}

#[test]
fn a_text_where_json_is_declared_is_a_string() {
    let string = |content_type: &str, body: &[u8]| -> Read<String> {
        read(200, content_type, body, response::json)
    };
    for (content_type, body, expected) in [
        ("application/json", &b"\"hello\""[..], Some("hello")),
        ("text/plain;charset=UTF-8", b"hello", Some("hello")),
        ("text/html", b"<p>", Some("<p>")),
        ("text/plain", b"", Some("")),
        ("text/plain", b"\"hello\"", Some("\"hello\"")),
        ("text/json", b"\"hello\"", Some("hello")),
        (
            "text/plain;charset=ISO-8859-1",
            b"gr\xfcn",
            Some("gr\u{fc}n"),
        ),
        ("text/plain", b"gr\xfcn", None),
        ("", b"\"hello\"", Some("hello")),
        ("", b"hello", None),
        ("application/json", b"hello", None),
        ("application/zip", b"hello", None),
    ] {
        let found = string(content_type, body).ok();
        assert_eq!(found.as_deref(), expected, "{content_type} {body:?}");
    }
    let any: Read<Value> = read(200, "text/plain", b"true", response::json);
    assert_eq!(any, Ok(json!("true")));
    let any: Read<Value> = read(200, "text/plain", b"", response::json);
    assert_eq!(any, Ok(Value::Null));
    let optional: Read<Option<String>> = read(200, "text/plain", b"a", response::json);
    assert_eq!(optional, Ok(Some("a".to_owned())));
    // a number is not read from text
    let number: Read<i64> = read(200, "text/plain", b"42", response::json);
    let error = number.unwrap_err();
    assert_eq!(error.reason(), "expected JSON, found `text/plain`");
}

#[test]
fn json_where_a_text_is_declared_is_its_string() {
    for (content_type, body, expected) in [
        ("text/plain", "hello", "hello"),
        ("application/json", "\"hel\\\"lo\"", "hel\"lo"),
        ("application/json;charset=UTF-8", "hello", "hello"),
        ("application/json", "{\"a\": 1}", "{\"a\": 1}"),
        ("text/plain", "\"hello\"", "\"hello\""),
        ("", "\"hello\"", "\"hello\""),
        ("application/json", "", ""),
    ] {
        let found = read(200, content_type, body.as_bytes(), response::text);
        assert_eq!(found.as_deref(), Ok(expected), "{content_type} {body}");
    }
}

#[test]
fn the_closest_of_several_bodies() {
    let bodies: &[(u16, &[&str])] = &[
        (200, &["application/json"]),
        (200, &["image/*", "application/zip", "*/*"]),
        (200, &["text/csv"]),
        (204, &[]),
        (299, &["application/json"]),
    ];
    for (status, content_type, expected) in [
        (200, "application/json; charset=utf-8", 0),
        (200, "Application/Problem+JSON", 0),
        (200, "application/zip", 1),
        (200, "image/png", 1),
        (200, "application/x-zip-compressed", 1),
        (200, "text/csv;header=present", 2),
        (200, "", 0),
        (204, "", 3),
        (204, "application/json", 3),
        (206, "application/json", 4),
        (206, "application/zip", 4),
    ] {
        let closest = |reply: &Received<'_>| response::closest_body(reply, bodies);
        let found = read(status, content_type, b"", closest);
        assert_eq!(found, expected, "{status} {content_type}");
    }
    // a status that is not declared
    let bodies: &[(u16, &[&str])] = &[(200, &["text/csv"]), (202, &["application/json"])];
    for (content_type, expected) in [("application/json", 1), ("text/csv", 0), ("", 0)] {
        let closest = |reply: &Received<'_>| response::closest_body(reply, bodies);
        assert_eq!(read(201, content_type, b"", closest), expected);
    }
}
