//! Headers of responses: strings that become values of the declared types.

use std::collections::BTreeMap;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::sample::Item;
use crate::runtime::headers::{self, Form, Header};
use crate::runtime::response::Reply;

fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        let value = HeaderValue::from_str(value).unwrap();
        headers.append(HeaderName::from_static(name), value);
    }
    headers
}

/// What a header of this text is read as, or why not.
fn read<T>(header: &Header<T>, text: &str) -> Result<T, String> {
    let headers = headers(&[(header.name(), text)]);
    header
        .read(&headers)
        .map_err(|mismatch| mismatch.to_string())
}

#[test]
fn the_type_decides_how_a_string_is_decoded() {
    const LEFT: Header<Option<i64>> = headers::optional("x-left", Form::Text);
    const NAME: Header<Option<String>> = headers::optional("x-name", Form::Text);
    const RATIO: Header<f64> = headers::required("x-ratio", Form::Text);
    const ON: Header<Option<bool>> = headers::optional("x-on", Form::Text);
    assert_eq!(read(&LEFT, "100"), Ok(Some(100)));
    assert_eq!(read(&NAME, "100"), Ok(Some("100".to_owned())));
    assert_eq!(read(&NAME, ""), Ok(Some(String::new())));
    assert_eq!(read(&RATIO, "1.5"), Ok(1.5));
    assert_eq!(read(&ON, "true"), Ok(Some(true)));
    let reason = read(&LEFT, "many").unwrap_err();
    assert_eq!(
        reason,
        "x-left: expected an integer of 64 bits, found the string \"many\""
    );
    let reason = read(&LEFT, "1.5").unwrap_err();
    assert!(
        reason.starts_with("x-left: ") && reason.contains("1.5"),
        "{reason}"
    );
}

#[test]
fn one_that_is_not_there_is_an_error_only_if_it_has_to_be() {
    const OPTIONAL: Header<Option<i64>> = headers::optional("x-left", Form::Text);
    const REQUIRED: Header<i64> = headers::required("x-left", Form::Text);
    let reply = Reply {
        status: StatusCode::OK,
        headers: headers(&[("x-right", "1")]),
        body: (),
        attempts: Default::default(),
    };
    assert_eq!(reply.header(&OPTIONAL), Ok(None));
    let reason = reply.header(&REQUIRED).unwrap_err().to_string();
    assert_eq!(reason, "x-left: is missing and required");
}

#[test]
fn lists_and_objects_have_the_simple_style() {
    const IDS: Header<Option<Vec<i64>>> = headers::optional("x-ids", Form::List);
    const TAGS: Header<Option<Vec<String>>> = headers::optional("x-tags", Form::List);
    const COLOR: Header<Option<BTreeMap<String, i64>>> = headers::optional("x-color", Form::Pairs);
    const EXPLODED: Header<Option<BTreeMap<String, i64>>> =
        headers::optional("x-color", Form::ExplodedPairs);
    const ITEM: Header<Option<Item>> = headers::optional("x-item", Form::Pairs);
    let rgb =
        BTreeMap::from([("B", 150), ("G", 200), ("R", 100)].map(|(name, n)| (name.to_owned(), n)));
    assert_eq!(read(&IDS, "1, 2,3"), Ok(Some(vec![1, 2, 3])));
    assert_eq!(read(&IDS, ""), Ok(Some(Vec::new())));
    assert_eq!(
        read(&TAGS, "1,b"),
        Ok(Some(vec!["1".to_owned(), "b".to_owned()]))
    );
    assert_eq!(read(&COLOR, "R,100,G,200,B,150"), Ok(Some(rgb.clone())));
    assert_eq!(read(&EXPLODED, "R=100,G=200,B=150"), Ok(Some(rgb)));
    // the id is a string although it looks like a number
    assert_eq!(read(&ITEM, "id,7").unwrap().unwrap().id, "7");
    let reason = read(&IDS, "1,x").unwrap_err();
    assert_eq!(
        reason,
        "x-ids[1]: expected an integer of 64 bits, found the string \"x\""
    );
    let reason = read(&COLOR, "R,100,G").unwrap_err();
    assert_eq!(reason, "x-color.G: has no value");
}

#[test]
fn a_content_of_json_is_read_as_json() {
    const ITEM: Header<Option<Item>> = headers::optional("x-item", Form::Json);
    assert_eq!(read(&ITEM, r#"{"id":"7"}"#).unwrap().unwrap().id, "7");
    assert!(read(&ITEM, "id,7").unwrap_err().starts_with("x-item: "));
}

#[test]
fn several_lines_are_one_list_and_cookies_are_not() {
    const TAGS: Header<Option<Vec<String>>> = headers::optional("x-tags", Form::List);
    const COOKIE: Header<Option<String>> = headers::optional("set-cookie", Form::Text);
    let all = headers(&[
        ("x-tags", "a,b"),
        ("set-cookie", "s=1; expires=Mon, 1 Jan"),
        ("x-tags", "c"),
        ("set-cookie", "t=2"),
    ]);
    let tags = TAGS.read(&all).unwrap().unwrap();
    assert_eq!(tags, ["a", "b", "c"]);
    let cookie = COOKIE.read(&all).unwrap().unwrap();
    assert_eq!(cookie, "s=1; expires=Mon, 1 Jan");
}

#[test]
fn values_that_are_not_text_are_reported() {
    const NAME: Header<Option<String>> = headers::optional("x-name", Form::Text);
    let mut headers = HeaderMap::new();
    headers.insert("x-name", HeaderValue::from_bytes(b"\xff").unwrap());
    let reason = NAME.read(&headers).unwrap_err().to_string();
    assert_eq!(reason, "x-name: is not UTF-8");
}
