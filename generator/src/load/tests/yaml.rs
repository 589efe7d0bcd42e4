//! YAML: the kinds of scalars, and what is rejected.

use serde_json::json;

use super::{findings, tree};
use crate::load::{Node, ScalarKind};

fn yaml(text: &str) -> Node {
    tree("api.yaml", text)
}

/// Returns the kind and the text of the member `a`.
fn scalar(value: &str) -> (ScalarKind, String) {
    let node = yaml(&format!("a: {value}\n"));
    let scalar = node.get("a").and_then(Node::as_scalar).expect("a scalar");
    (scalar.kind(), scalar.text().to_owned())
}

#[test]
fn core_schema() {
    let cases = [
        ("", ScalarKind::Null, json!(null)),
        ("~", ScalarKind::Null, json!(null)),
        ("Null", ScalarKind::Null, json!(null)),
        ("nUll", ScalarKind::String, json!("nUll")),
        ("True", ScalarKind::Bool, json!(true)),
        ("FALSE", ScalarKind::Bool, json!(false)),
        ("tRue", ScalarKind::String, json!("tRue")),
        ("-12", ScalarKind::Integer, json!(-12)),
        ("+12", ScalarKind::Integer, json!(12)),
        ("0o17", ScalarKind::Integer, json!(15)),
        ("0x1F", ScalarKind::Integer, json!(31)),
        ("0xG", ScalarKind::String, json!("0xG")),
        ("0o8", ScalarKind::String, json!("0o8")),
        ("1.", ScalarKind::Float, json!(1.0)),
        (".5", ScalarKind::Float, json!(0.5)),
        ("-1.5e+3", ScalarKind::Float, json!(-1500.0)),
        (".", ScalarKind::String, json!(".")),
        ("e3", ScalarKind::String, json!("e3")),
        ("1e", ScalarKind::String, json!("1e")),
        ("1.2.3", ScalarKind::String, json!("1.2.3")),
        ("2024-01-31", ScalarKind::String, json!("2024-01-31")),
        ("12:30:45", ScalarKind::String, json!("12:30:45")),
        ("'12'", ScalarKind::String, json!("12")),
        ("\"true\"", ScalarKind::String, json!("true")),
        ("\"\\ud83d\\ude00\"", ScalarKind::String, json!("😀")),
        ("|-\n  12", ScalarKind::String, json!("12")),
    ];
    for (text, kind, value) in cases {
        assert_eq!(scalar(text).0, kind, "{text}");
        let node = yaml(&format!("a: {text}\n"));
        assert_eq!(node.to_json(), json!({ "a": value }), "{text}");
    }
}

#[test]
fn words_of_yaml_1_1_are_strings() {
    for word in ["no", "No", "on", "off", "yes", "y", "n"] {
        assert_eq!(scalar(word), (ScalarKind::String, word.to_owned()));
    }
}

#[test]
fn the_text_of_a_number_is_preserved() {
    assert_eq!(scalar("017"), (ScalarKind::Integer, "017".to_owned()));
    assert_eq!(scalar("1_000"), (ScalarKind::String, "1_000".to_owned()));
    assert_eq!(scalar("1.10"), (ScalarKind::Float, "1.10".to_owned()));
    assert_eq!(
        yaml("a: 1.10\n").get("a").and_then(Node::as_text),
        Some("1.10")
    );
}

#[test]
fn integers_beyond_64_bits_are_numbers() {
    let node = yaml(
        "min: -9223372036854776000\nmax: 18446744073709551616\nu: 18446744073709551615\nh: 0xFFFFFFFFFFFFFFFFF\n",
    );
    let expected = json!({
        "min": -9223372036854776000.0,
        "max": 18446744073709551616.0,
        "u": 18446744073709551615u64,
        "h": 295147905179352825856.0,
    });
    assert_eq!(node.to_json(), expected);
    assert_eq!(
        node.get("min").and_then(Node::as_text),
        Some("-9223372036854776000")
    );
}

#[test]
fn numbers_without_a_json_value_are_rejected() {
    for (text, at) in [
        ("1e999", "1:4"),
        (".inf", "1:4"),
        ("-.Inf", "1:4"),
        (".NaN", "1:4"),
    ] {
        let found = findings("api.yaml", format!("a: {text}\nb: 1\n"));
        assert_eq!(
            found,
            [format!(
                "OA0110 {at} number `{text}` cannot be represented in JSON"
            )]
        );
    }
    let digits = "9".repeat(400);
    assert_eq!(findings("api.yaml", format!("a: [{digits}]")).len(), 1);
}

#[test]
fn keys_are_strings() {
    let node =
        yaml("null: a\n12: b\n1.10: c\n~: d\n'': e\non: f\n1e999: g\n&k x: h\ny: {*k : i}\n");
    let names: Vec<&str> = node
        .as_object()
        .expect("an object")
        .keys()
        .map(|name| &**name)
        .collect();
    assert_eq!(
        names,
        ["null", "12", "1.10", "~", "", "on", "1e999", "x", "y"]
    );
    assert_eq!(node.get("y").map(Node::to_json), Some(json!({ "x": "i" })));
}

#[test]
fn keys_that_are_collections_are_rejected_and_the_rest_is_parsed() {
    let found = findings("api.yaml", "? [a, {b: c}]\n: 1\n? {d: e}\n: [2]\nf: .inf\n");
    assert_eq!(
        found,
        [
            "OA0112 1:13 expected a string as key, found an array",
            "OA0112 3:8 expected a string as key, found an object",
            "OA0110 5:4 number `.inf` cannot be represented in JSON",
        ]
    );
}

#[test]
fn duplicate_keys_are_rejected() {
    let text = "a: 1\nb:\n  c: 1\n  'c': 2\na: 3\n";
    let found = findings("api.yaml", text);
    let expected = [
        "OA0102 4:3 duplicate key `c`",
        "OA0102 5:1 duplicate key `a`",
    ];
    assert_eq!(found, expected);
}

#[test]
fn anchors_aliases_and_merge_keys() {
    let node = yaml(
        "base: &base {type: object, title: Base}\nmore: &more {title: More, x: &n [1, 2]}\ncopy: *n\none: {title: One, <<: *base}\nboth:\n  <<: [*more, *base]\n  x: 3\nquoted: {'<<': 4}\n",
    );
    let expected = json!({
        "base": {"type": "object", "title": "Base"},
        "more": {"title": "More", "x": [1, 2]},
        "copy": [1, 2],
        "one": {"type": "object", "title": "One"},
        "both": {"title": "More", "x": 3, "type": "object"},
        "quoted": {"<<": 4},
    });
    assert_eq!(node.to_json(), expected);
    let both = node
        .get("both")
        .and_then(Node::as_object)
        .expect("an object");
    let order: Vec<&str> = both.keys().map(|name| &**name).collect();
    assert_eq!(order, ["title", "x", "type"]);
    assert_eq!(
        findings("a.yaml", "a: {<<: 1}"),
        [
            "OA0113 1:9 the value of a merge key `<<` is neither a mapping nor a sequence of mappings"
        ]
    );
    assert_eq!(
        findings("a.yaml", "a: &a [*a]")[0],
        "OA0101 1:8 the alias refers to a value that contains it"
    );
    assert!(findings("a.yaml", "a: *nowhere")[0].starts_with("OA0101 1:4 "));
}

#[test]
fn tags_of_the_core_schema() {
    let node = yaml(
        "s: !!str 12\ni: !!int 0x10\nf: !!float 1\nb: !!bool True\nn: !!null ~\nl: !!seq [1]\nm: !!map {a: 1}\nu: ! 12\nv: !<tag:yaml.org,2002:str> 1.10\n",
    );
    let expected = json!({
        "s": "12", "i": 16, "f": 1, "b": true, "n": null, "l": [1], "m": {"a": 1}, "u": "12", "v": "1.10",
    });
    assert_eq!(node.to_json(), expected);
    let wrong = [
        "!!binary aGk=",
        "!!int x",
        "!!bool 1",
        "!custom a",
        "!!set {a}",
        "!!map [1]",
        "!!timestamp 2024-01-01",
    ];
    for text in wrong {
        let found = findings("a.yaml", format!("k: {text}\n"));
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(
            found[0].starts_with("OA0109 1:4 ") && found[0].contains(" tag `!"),
            "{found:?}"
        );
    }
}

#[test]
fn a_file_is_one_document() {
    assert_eq!(
        yaml("%YAML 1.2\n---\na: 1\n...\n").to_json(),
        json!({ "a": 1 })
    );
    let found = findings("a.yaml", "a: 1\n---\nb: 2\n");
    assert_eq!(
        found,
        ["OA0111 2:1 the file contains a second YAML document"]
    );
    for text in ["", "\n", "# nothing\n", "\u{feff}"] {
        assert_eq!(
            findings("a.yaml", text),
            ["OA0114 1:1 file `a.yaml` is empty"],
            "{text:?}"
        );
    }
}

#[test]
fn byte_order_mark_line_ends_and_tabs() {
    let node = yaml("\u{feff}a: 1\r\nb:\r\n  - 'x'\r\n  - |\r\n    two\r\n    lines\r\n");
    assert_eq!(
        node.to_json(),
        json!({ "a": 1, "b": ["x", "two\nlines\n"] })
    );
    let found = findings("a.yaml", "\u{feff}a: 1\r\na: 2\r\n");
    assert_eq!(found, ["OA0102 2:1 duplicate key `a`"]);
    assert!(findings("a.yaml", "a:\n\tb: 1\n")[0].starts_with("OA0101 2:"));
}

#[test]
fn invalid_utf8_is_rejected() {
    let found = findings("a.yaml", b"a: 1\nb: \xff\n".to_vec());
    assert_eq!(found, ["OA0103 2:4 file is not valid UTF-8"]);
    let found = findings("a.yaml", b"\xff\xfea\0".to_vec());
    assert_eq!(found, ["OA0103 1:1 file is not valid UTF-8"]);
}

#[test]
fn syntax_errors_have_a_place() {
    let cases = [
        ("a: [1, 2\n", "OA0101 1:4 "),
        ("a: [1, 2\nb: 3\n", "OA0101 2:2 "),
        ("a: 1\nb: 'x\n", "OA0101 2:4 "),
        ("a: b: c\n", "OA0101 1:5 "),
        ("\n\na: @x\n", "OA0101 3:4 "),
        ("a:\n  b: 1\n c: 2\n", "OA0101 3:"),
    ];
    for (text, start) in cases {
        let found = findings("a.yaml", text);
        assert_eq!(found.len(), 1, "{text:?}");
        assert!(found[0].starts_with(start), "{text:?} {found:?}");
    }
}
