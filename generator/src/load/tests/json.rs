//! JSON: what is rejected although serde_json accepts it, and which files are JSON.

use serde_json::json;

use super::{findings, tree};
use crate::load::{Node, ScalarKind};

#[test]
fn values_and_order_are_preserved() {
    let text = r#"{"b": [1, -2, 1.5, 1e2, true, null, "\ud83d\ude00"], "a": {}, "c": 18446744073709551615}"#;
    let node = tree("api.json", text);
    let expected =
        json!({"b": [1, -2, 1.5, 100.0, true, null, "😀"], "a": {}, "c": 18446744073709551615u64});
    assert_eq!(node.to_json(), expected);
    let names: Vec<&str> = node
        .as_object()
        .expect("an object")
        .keys()
        .map(|name| &**name)
        .collect();
    assert_eq!(names, ["b", "a", "c"]);
    let one = node
        .get("b")
        .and_then(|list| list.as_array()?.get(1)?.as_scalar());
    assert_eq!(
        one.map(|one| (one.kind(), one.text())),
        Some((ScalarKind::Integer, "-2"))
    );
    assert_eq!(Node::from_json(&expected).to_json(), expected);
}

/// Without its feature `float_roundtrip`, which a dependency of the tests enables as well, serde_json parses the first
/// one inexactly.
#[test]
fn numbers_equal_those_of_yaml() {
    for number in [
        "9007199254740991.0",
        "0.12345678901234567890",
        "12345678901234567890123",
        "1.7976931348623157e308",
    ] {
        let text = format!(r#"{{"a": {number}}}"#);
        let [json, yaml] = ["a.json", "a.yaml"].map(|file| tree(file, &text).to_json());
        assert_eq!(json, yaml, "{number}");
        assert_eq!(json["a"].as_f64(), number.parse().ok(), "{number}");
    }
}

#[test]
fn duplicate_keys_are_rejected() {
    let found = findings(
        "a.json",
        "\u{feff}{\n  \"a\": 1,\n  \"b\": {\"x\": [{\"y\": 1, \"\\u0079\": 2}]},\n  \"a\": 2\n}",
    );
    let expected = [
        "OA0102 3:24 duplicate key `y`",
        "OA0102 4:3 duplicate key `a`",
    ];
    assert_eq!(found, expected);
}

#[test]
fn syntax_errors_have_a_place() {
    assert_eq!(
        findings("a.json", "{\n  \"a\": tru\n}"),
        ["OA0101 2:11 expected `true`, `false` or `null`"]
    );
    assert_eq!(
        findings("a.json", "{\"a\": 1e999}"),
        ["OA0101 1:11 number out of range"]
    );
    assert!(findings("a.json", "{\"a\": \"b\nc\"}")[0].starts_with("OA0101 "));
    assert!(findings("a.json", "{\"a\": 1} x")[0].starts_with("OA0101 1:10"));
    assert_eq!(
        findings("a.json", " \n"),
        ["OA0114 1:1 file `a.json` is empty"]
    );
}

#[test]
fn a_file_of_another_name_is_json_when_it_is_well_formed() {
    // Some YAML parsers reject this escape of a slash, and YAML does not allow tabs as indentation.
    let node = tree("api.yaml", "\n\t{\"a\": \"\\/\",\n\t\"b\": 1}");
    assert_eq!(node.to_json(), json!({"a": "/", "b": 1}));
    assert_eq!(
        tree("api.yaml", "{a: 1, b: no}").to_json(),
        json!({"a": 1, "b": "no"})
    );
    assert_eq!(
        findings("api", "{\"a\": 1, \"a\": 2}"),
        ["OA0102 1:10 duplicate key `a`"]
    );
}
