//! How the body of a reply is read.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::runtime::response::{self, Received, closest_shape};
use crate::runtime::wire::{Json, Read};

fn read<T>(
    content_type: Option<&[u8]>,
    body: &[u8],
    reader: fn(&Received<'_>) -> Read<T>,
) -> Read<T> {
    let mut headers = HeaderMap::new();
    if let Some(content_type) = content_type {
        headers.insert(
            "content-type",
            HeaderValue::from_bytes(content_type).unwrap(),
        );
    }
    reader(&Received {
        status: StatusCode::OK,
        headers: &headers,
        body: &Bytes::copy_from_slice(body),
    })
}

#[test]
fn media_types_that_are_json() {
    for content_type in [
        "application/json",
        "Application/JSON; charset=utf-8",
        "application/problem+json",
        "text/json",
        " application/json ;x=y",
    ] {
        let value = read::<bool>(Some(content_type.as_bytes()), b"true", response::json);
        assert!(value.unwrap(), "{content_type}");
    }
    assert!(read::<bool>(None, b"true", response::json).unwrap());
    for content_type in [
        "text/html",
        "text/plain",
        "application/jsonp",
        "application/x-ndjson",
        "application/json-seq",
        "",
    ] {
        let error = read::<bool>(Some(content_type.as_bytes()), b"true", response::json);
        let expected = format!(".: expected JSON, found `{content_type}`");
        assert_eq!(error.unwrap_err().to_string(), expected);
    }
    let strange = read::<bool>(Some(b"\xff\xfe"), b"true", response::json);
    assert!(
        strange
            .unwrap_err()
            .to_string()
            .contains("expected JSON, found")
    );
}

#[test]
fn an_empty_body_is_null() {
    for content_type in [None, Some(&b"application/json"[..]), Some(b"text/html")] {
        assert_eq!(
            read::<Option<bool>>(content_type, b"", response::json),
            Ok(None)
        );
    }
}

#[test]
fn other_readers_do_not_look_at_the_content_type() {
    let html = Some(&b"text/html"[..]);
    assert_eq!(read(html, b"<p>", response::text).unwrap(), "<p>");
    assert_eq!(
        read(html, b"<p>\xff", response::bytes).unwrap(),
        &b"<p>\xff"[..]
    );
    read(html, b"anything", response::empty).unwrap();
    let error = read(html, b"<p>\xff", response::text).unwrap_err();
    assert_eq!(error.reason(), "is not UTF-8 from byte 3 on");
}

#[test]
fn the_closest_shape() {
    let shapes: &[(u16, &[&str])] = &[(200, &["a"]), (202, &["b"]), (207, &["b", "c"])];
    let closest = |status: u16, body: &str| {
        let json = Json::parse(body.as_bytes()).unwrap();
        closest_shape(StatusCode::from_u16(status).unwrap(), &json, shapes)
    };
    assert_eq!(closest(200, r#"{"b":1,"c":1}"#), 207); // most members
    assert_eq!(closest(202, r#"{"a":1,"b":1}"#), 202); // its own status
    assert_eq!(closest(299, r#"{"a":1,"b":1}"#), 200); // the lowest
    assert_eq!(closest(207, "{}"), 207);
    assert_eq!(closest(299, "[]"), 200);
}
