//! Arrays and objects inside of others, which OpenAPI leaves open, and delimiters inside of items.

use serde_json::json;

use super::parameters::{cookie, header, path, query};
use crate::runtime::parameters::Style;

/// `Pageable` of Spring: a value of `sort` has a comma of its own.
#[test]
fn an_array_in_an_exploded_object_repeats_its_name() {
    let value = json!({ "page": 0, "sort": ["name,asc", null, "id"], "none": [], "empty": null });
    let expected = "page=0&sort=name%2Casc&sort=id";
    for style in [
        Style::Form { explode: true },
        Style::SpaceDelimited { explode: true },
        Style::PipeDelimited { explode: true },
    ] {
        assert_eq!(query(style, &value), format!("/?{expected}"), "{style:?}");
    }
    let found = cookie(Style::Form { explode: true }, &value).unwrap();
    assert_eq!(found, expected.replace('&', "; "));
    let found = path(Style::Matrix { explode: true }, &value);
    assert_eq!(found, format!("/x;{}", expected.replace('&', ";")));
}

#[test]
fn other_arrays_and_objects_inside_of_others_are_json() {
    let value = json!({ "plain": true, "tags": ["a", "b"] });
    let expected = "/?color=plain,true,tags,%5B%22a%22%2C%22b%22%5D";
    assert_eq!(query(Style::Form { explode: false }, &value), expected);
    assert_eq!(
        header(true, &value).unwrap(),
        "plain=true,tags=[\"a\",\"b\"]"
    );
    let value = json!({ "range": { "from": 1 } });
    let expected = "/?range=%7B%22from%22%3A1%7D";
    assert_eq!(query(Style::Form { explode: true }, &value), expected);
    let expected = "/?color=%5B1%2C2%5D&color=3";
    let found = query(Style::Form { explode: true }, &json!([[1, 2], 3]));
    assert_eq!(found, expected);
}

/// Encoded or not, a server splits the text at the delimiter, so the item would become two.
#[test]
fn a_delimiter_in_an_item_is_rejected() {
    let pipes = Style::PipeDelimited { explode: false };
    let spaces = Style::SpaceDelimited { explode: false };
    for (style, value, at) in [
        (pipes, json!(["a", "b|c"]), "[1]"),
        (pipes, json!({ "a|b": 1 }), r#"["a|b"]"#),
        (pipes, json!({ "a": "b|c" }), "a"),
    ] {
        let expected = format!("{at}: it has the delimiter `|` of the style `pipeDelimited`");
        let found = query(style, &value);
        assert_eq!(
            found,
            format!("error: the parameter `color` cannot be sent: {expected}")
        );
    }
    for value in [json!(["a b"]), json!({ "a": "b c" })] {
        let found = query(spaces, &value);
        assert!(
            found.ends_with("it has the delimiter ` ` of the style `spaceDelimited`"),
            "{found}"
        );
    }
    // an exploded array has no delimiter, a single string neither, and each style only its own
    let value = json!(["a|b c"]);
    for style in [
        Style::PipeDelimited { explode: true },
        Style::SpaceDelimited { explode: true },
    ] {
        assert_eq!(query(style, &value), "/?color=a%7Cb%20c");
    }
    assert_eq!(query(pipes, &json!("a|b")), "/?color=a%7Cb");
    assert_eq!(query(spaces, &json!(["a|b"])), "/?color=a%7Cb");
    assert_eq!(query(pipes, &json!(["a b"])), "/?color=a%20b");
}
