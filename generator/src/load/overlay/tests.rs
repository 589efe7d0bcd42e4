//! Overlays by the letter of the specification, and as text.

use serde_json::{Value, json};

use super::{Action, Overlay, Version};
use crate::diagnostic::Diagnostics;
use crate::load::{Budgets, MapSources, Node, load_one, load_overlaid, write};

/// Applies the actions of an overlay to a document, and returns the document with the lines of the diagnostics.
fn applied(document: &Value, version: &str, actions: Value) -> (Value, Vec<String>) {
    let overlay = json!({
        "overlay": version, "info": { "title": "Test", "version": "1" }, "actions": actions,
    });
    let sources = MapSources::new()
        .with("api.json", document.to_string())
        .with("overlay.json", overlay.to_string());
    let mut found = Diagnostics::new();
    let overlays = ["overlay.json".to_owned()];
    let loaded = load_overlaid(
        &sources,
        "api.json",
        &overlays,
        &Budgets::default(),
        &mut found,
    );
    let loaded = loaded.expect("the document is JSON");
    let document = loaded.document().expect("it was read").to_json();
    (document, found.iter().map(ToString::to_string).collect())
}

/// A document of three kinds of values.
fn document() -> Value {
    json!({ "info": { "title": "T", "tags": ["a", "b"] }, "list": [1, 2, { "n": 3 }], "text": "x" })
}

#[test]
fn each_action_does_what_the_specification_says() {
    let rows = [
        // objects: members are merged recursively, and new ones come last
        (
            json!([{ "target": "$.info", "update": { "title": "U", "version": "2" } }]),
            json!({ "info": { "title": "U", "tags": ["a", "b"], "version": "2" } }),
        ),
        // arrays: a value is appended, an array concatenated, also inside of an object
        (
            json!([{ "target": "$.list", "update": { "n": 4 } }]),
            json!({ "list": [1, 2, { "n": 3 }, { "n": 4 }] }),
        ),
        (
            json!([{ "target": "$.list", "update": [[5], 6] }]),
            json!({ "list": [1, 2, { "n": 3 }, [5], 6] }),
        ),
        (
            json!([{ "target": "$", "update": { "info": { "tags": ["c"] } } }]),
            json!({ "info": { "title": "T", "tags": ["a", "b", "c"] } }),
        ),
        // scalars: replaced, null too
        (
            json!([{ "target": "$.text", "update": null }]),
            json!({ "text": null }),
        ),
        (
            json!([{ "target": "$.info.tags[*]", "update": "z" }]),
            json!({ "info": { "title": "T", "tags": ["z", "z"] } }),
        ),
        // removal: of members, of elements by what they are, of several at once
        (
            json!([{ "target": "$.list[?@ == 1 || @.n == 3]", "remove": true }]),
            json!({ "list": [2] }),
        ),
        (
            json!([{ "target": "$.info..*", "remove": true }]),
            json!({ "info": {} }),
        ),
        // an action sees the result of the one before
        (
            json!([
                { "target": "$.text", "remove": true },
                { "target": "$", "update": { "text": { "de": "y" } } },
                { "target": "$.text", "update": { "en": "x" } },
            ]),
            json!({ "text": { "de": "y", "en": "x" } }),
        ),
        // a copy is merged like an update, as the value is at that moment
        (
            json!([
                { "target": "$.info.title", "update": "V" },
                { "target": "$.list[2]", "copy": "$.info" },
            ]),
            json!({
                "info": { "title": "V", "tags": ["a", "b"] },
                "list": [1, 2, { "n": 3, "title": "V", "tags": ["a", "b"] }],
            }),
        ),
        (
            json!([{ "target": "$.text", "copy": "$.list[0]" }]),
            json!({ "text": 1 }),
        ),
        // one value that is selected twice is changed once
        (
            json!([{ "target": "$.info['tags', 'tags']", "update": "c" }]),
            json!({ "info": { "title": "T", "tags": ["a", "b", "c"] } }),
        ),
        // `remove: false` is no removal
        (
            json!([{ "target": "$.text", "remove": false, "update": "y" }]),
            json!({ "text": "y" }),
        ),
        (
            json!([{ "target": "$.nothing", "remove": true, "x-optional": true }]),
            json!({}),
        ),
    ];
    for (actions, changed) in rows {
        let (result, found) = applied(&document(), "1.1.0", actions.clone());
        let mut expected = document();
        for (name, value) in changed.as_object().expect("it is an object") {
            expected[name] = value.clone();
        }
        assert_eq!(result, expected, "{actions}");
        let errors: Vec<&String> = found
            .iter()
            .filter(|line| line.starts_with("error"))
            .collect();
        assert_eq!(errors, [""; 0], "{actions}");
    }
}

#[test]
fn what_cannot_be_done_changes_nothing() {
    let rows = [
        ("1.0.0", json!({ "target": "$.text", "update": "y" })),
        ("1.0.0", json!({ "target": "$.list[0]", "remove": true })),
        ("1.0.0", json!({ "target": "$.info", "copy": "$.list[2]" })),
        ("1.1.0", json!({ "target": "$.info", "update": ["y"] })),
        (
            "1.1.0",
            json!({ "target": "$.info", "update": { "title": {} } }),
        ),
        (
            "1.1.0",
            json!({ "target": "$.info", "update": { "tags": "c" } }),
        ),
        ("1.1.0", json!({ "target": "$.text", "update": [1] })),
        ("1.1.0", json!({ "target": "$.*", "update": { "n": 1 } })),
        ("1.1.0", json!({ "target": "$", "remove": true })),
        ("1.1.0", json!({ "target": "$.info", "copy": "$.list[*]" })),
        ("1.1.0", json!({ "target": "$.nothing", "update": 1 })),
        ("1.1.0", json!({ "target": "$.info", "copy": "$.nothing" })),
        ("1.1.0", json!({ "target": "text", "update": 1 })),
        (
            "1.1.0",
            json!({ "target": "$.text", "update": 1, "copy": "$.list[0]" }),
        ),
        ("1.2.0", json!({ "target": "$.text", "update": 1 })),
        ("1.1", json!({ "target": "$.text", "update": 1 })),
    ];
    for (version, action) in rows {
        let (result, found) = applied(&document(), version, json!([action]));
        assert_eq!(result, document(), "{action}");
        let errors = found.iter().filter(|line| line.starts_with("error"));
        assert_eq!(errors.count(), 1, "{action}: {found:?}");
    }
}

#[test]
fn version_1_0_removes_scalars_from_objects_only() {
    let action = json!([{ "target": "$.info.title", "remove": true }]);
    let (result, found) = applied(&document(), "1.0.3", action);
    assert_eq!(result["info"], json!({ "tags": ["a", "b"] }));
    assert_eq!(found, [""; 0]);
}

#[test]
fn an_overlay_that_is_only_read_is_checked_too() {
    for (overlay, code) in [
        (
            r#"{ "overlay": "1.1.0", "info": { "title": "T", "version": "1" }, "actions": [{ "target": "info" }] }"#,
            "OA0117",
        ),
        (
            r#"{ "overlay": "1.1.0", "info": { "title": "T", "version": false }, "actions": [{ "target": "$" }] }"#,
            "OA0115",
        ),
        (
            r#"{ "overlay": "1.0", "info": { "title": "T", "version": "1" }, "actions": [{ "target": "$" }] }"#,
            "OA0116",
        ),
    ] {
        let sources = MapSources::new().with("o.json", overlay);
        let mut found = Diagnostics::new();
        let node =
            load_one(&sources, "o.json", &Budgets::default(), &mut found).expect("it is JSON");
        assert!(
            Overlay::read(&node, "o.json", &mut found).is_none(),
            "{overlay}"
        );
        let codes: Vec<&str> = found.iter().map(|one| one.code.id).collect();
        assert_eq!(codes, [code], "{overlay}");
    }
}

#[test]
fn copies_stay_within_the_budget() {
    let copy = json!({ "target": "$.info", "copy": "$" });
    let actions: Vec<Value> = (0..200)
        .map(|number| {
            let mut action = copy.clone();
            action["description"] = json!(number.to_string());
            action
        })
        .collect();
    let (_, found) = applied(&document(), "1.1.0", json!(actions));
    assert!(
        found.iter().any(|line| line.contains("OA0108")),
        "{found:?}"
    );
}

#[test]
fn an_overlay_is_written_as_it_is_read() {
    let mut overlay = Overlay::new("What the wire does");
    overlay.extends = Some("./shop.yaml".to_owned());
    let value = json!({ "nullable": true, "enum": ["yes", "1.10", "", "a: b", "#x", "[a", "a, {b}?", "'a'"], "empty": [] });
    overlay.actions = vec![
        Action::update(
            "$.components.schemas['Price'].properties",
            Node::from_json(&value),
        )
        .because("null in 3 of 5 replies"),
        Action::remove("$.components.schemas.Price.required[?@ == 'tax']")
            .because("two\nlines: with a colon"),
    ];
    let text = overlay.to_yaml();
    let sources = MapSources::new().with("o.yaml", text.as_str());
    let mut found = Diagnostics::new();
    let node = load_one(&sources, "o.yaml", &Budgets::default(), &mut found);
    let node = node.unwrap_or_else(|| panic!("it is YAML: {text}"));
    let again = Overlay::read(&node, "o.yaml", &mut found);
    assert_eq!(again.as_ref(), Some(&overlay), "{text}\n{found:?}");
    assert_eq!(overlay.version, Version::V1_1);
    let start = "overlay: 1.1.0\ninfo:\n  title: What the wire does\n  version: 1.0.0\nextends: ./shop.yaml\nactions:\n  - target: ";
    assert!(text.starts_with(start), "{text}");
}

#[test]
fn trees_are_written_as_they_are_read() {
    let text = r#"{"a": "", "b": " x", "c": "x ", "d": "no", "e": "null", "f": "1e3", "g": "- x", "h": "x #y", "i": "a\nb\n", "j": "a\nb",
        "k": "a\n\n", "l": "\na", "m": "é\u0085\u2028\ufeff\u0007", "n": [], "o": {}, "p": [[1], [[]], {"q": [{}]}], "200": null, "": 1.10,
        "r": "a\n  b\n\nc", "s": "\t", "t": "a\n\tb", "u": "x: y", "v": "@x", "w": "\"\\", "y": true, "z": "=", "~": "0x1F"}"#;
    let budgets = Budgets::default();
    let read = |name: &str, text: &str| {
        let sources = MapSources::new().with(name, text);
        let mut found = Diagnostics::new();
        load_one(&sources, name, &budgets, &mut found)
            .unwrap_or_else(|| panic!("{found:?}\n{text}"))
    };
    let node = read("a.json", text);
    let yaml = write::yaml(&node);
    assert_eq!(read("a.yaml", &yaml).to_json(), node.to_json(), "{yaml}");
    let json = write::json(&node);
    assert_eq!(read("b.json", &json).to_json(), node.to_json(), "{json}");
    let names = |node: &Node| -> Vec<String> {
        let members = node.as_object().expect("it is an object");
        members.keys().map(|name| name.to_string()).collect()
    };
    assert_eq!(names(&read("a.yaml", &yaml)), names(&node));
}
