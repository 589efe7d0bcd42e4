//! Text, lists, maps, any JSON, UUIDs, depth, and what a body may begin with.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use uuid::Uuid;

use super::sample::Item;
use super::{error_of, read, written};
use crate::runtime::convert;
use crate::runtime::wire::Json;

#[test]
fn plain_values_there_and_back() {
    assert_eq!(read::<String>(r#""a\u0062\n""#).unwrap(), "ab\n");
    assert!(read::<bool>("true").unwrap());
    assert_eq!(
        error_of::<bool>("1"),
        ".: expected true or false, found the number 1"
    );
    assert_eq!(
        read::<Vec<Option<bool>>>("[true,null]").unwrap(),
        [Some(true), None]
    );
    let map = BTreeMap::from([("b".to_owned(), vec![1_i64]), ("a".to_owned(), vec![])]);
    assert_eq!(written(&map), r#"{"a":[],"b":[1]}"#);
    assert_eq!(
        read::<BTreeMap<String, Vec<i64>>>(r#"{"b":[1],"a":[]}"#).unwrap(),
        map
    );
    assert_eq!(
        error_of::<Vec<bool>>("{}"),
        ".: expected an array, found an object"
    );
    assert_eq!(written(&Box::new(Some(true))), "true");
}

#[test]
fn text_is_borrowed_from_the_body() {
    let body = br#"["plain"]"#;
    let Json::Array(items) = Json::parse(body).unwrap() else {
        panic!("an array")
    };
    assert!(matches!(
        &items[0],
        Json::String(std::borrow::Cow::Borrowed("plain"))
    ));
}

#[test]
fn uuids_are_read_in_any_case_and_written_in_lower() {
    let text = "\"AEB5F871-7F07-4993-9211-075DC63E7CBF\"";
    let id: Uuid = read(text).unwrap();
    assert_eq!(written(&id), text.to_lowercase());
    assert_eq!(read::<Uuid>(&text.to_lowercase()).unwrap(), id);
    assert_eq!(
        error_of::<Uuid>(r#""7""#),
        r#".: expected a UUID, found the string "7""#
    );
}

#[test]
fn any_json_there_and_back() {
    let value = json!({"a": [null, true, "x", {"b": {}}], "c": ""});
    assert_eq!(read::<Value>(&value.to_string()).unwrap(), value);
    assert_eq!(written(&value), value.to_string());
}

#[test]
fn depth_is_bounded_in_both_directions() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(Json::parse(nested(127).as_bytes()).is_ok());
    let error = Json::parse(nested(100_000).as_bytes())
        .unwrap_err()
        .to_string();
    assert!(error.contains("recursion limit"), "{error}");

    // not by `json!`, which would go through all of it again for each level
    let deep = |depth| (0..depth).fold(Value::Null, |inner, _| Value::Array(vec![inner]));
    let item = |depth| Item {
        extra: Some(deep(depth)),
        ..Item::default()
    };
    assert!(serde_json::to_string(&item(100)).is_ok());
    let error = serde_json::to_string(&item(2_000)).unwrap_err().to_string();
    assert!(error.contains("is nested too deeply"), "{error}");
    let members = [
        ("id".to_owned(), json!("1")),
        ("extra".to_owned(), deep(2_000)),
    ];
    let error = serde_json::from_value::<Item>(Value::Object(members.into_iter().collect()));
    assert!(error.unwrap_err().to_string().contains("nested too deeply"));
}

#[test]
fn a_body_is_one_json_value() {
    assert!(Json::parse(b"\xEF\xBB\xBF{}").is_ok());
    for body in [
        &b"{"[..],
        b"{} {}",
        b"",
        b"\xff",
        b"{'a':1}",
        b"[1,]",
        b"NaN",
    ] {
        let error = Json::parse(body).unwrap_err().to_string();
        assert!(error.starts_with(".: not JSON: "), "{error}");
    }
}

#[test]
fn arguments_become_members() {
    let map: BTreeMap<String, String> = convert::map([("a", "1"), ("b", "2"), ("a", "3")]);
    assert_eq!(map["a"], "3");
    assert_eq!(map.len(), 2);
    let again: BTreeMap<String, String> = convert::map(map.clone());
    assert_eq!(again, map);
    let list: Vec<String> = convert::list(["a", "b"]);
    assert_eq!(list, ["a", "b"]);
}

#[test]
fn invalid_utf_8_is_reported_with_its_position() {
    let error = Json::parse(b"{\n\"a\": \"\xFF\"}").unwrap_err();
    let reason = "not JSON: invalid unicode code point at line 2 column 7";
    assert_eq!(error.reason(), reason);
    // Between values it is no JSON either way.
    assert!(Json::parse(b"[1,\xC3\xA9]").is_err());
}
