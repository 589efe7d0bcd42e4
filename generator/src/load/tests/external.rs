//! References to other files: which are followed, and which are rejected.

use super::{load_from, messages};
use crate::load::{Budgets, MapSources};
use crate::pointer::Pointer;

/// Returns the files that are read, starting at `api.yaml`, and the diagnostics.
fn read(sources: &MapSources) -> (Vec<String>, Vec<String>) {
    let (loaded, diagnostics) = load_from(sources, "api.yaml", &Budgets::default());
    let names = loaded.map(|loaded| loaded.files().map(|(name, _)| name.to_string()).collect());
    (names.unwrap_or_default(), messages(sources, &diagnostics))
}

#[test]
fn references_are_followed_through_files_and_cycles() {
    let sources = MapSources::new()
        .with(
            "api.yaml",
            "paths:\n  /a: {$ref: 'paths/a.yaml#/get'}\n  /b: {$ref: 'all.json'}\n",
        )
        .with(
            "paths/a.yaml",
            "get: {$ref: '../all.json#/x'}\nself: {$ref: 'a.yaml'}\n",
        )
        .with(
            "all.json",
            r#"{"x": {"$ref": "api.yaml#/paths"}, "y": [{"$ref": "./my%20own.yaml"}]}"#,
        )
        .with("my own.yaml", "type: string\n")
        .with("unused.yaml", "");
    let (names, findings) = read(&sources);
    assert_eq!(
        names,
        ["all.json", "api.yaml", "my own.yaml", "paths/a.yaml"]
    );
    assert_eq!(findings, [""; 0]);
    let (loaded, _) = load_from(&sources, "api.yaml", &Budgets::default());
    let loaded = loaded.expect("the documents are valid");
    let at = Pointer::root("my own.yaml").child("type");
    assert_eq!(
        loaded.get(&at).and_then(|node| node.as_str()),
        Some("string")
    );
    let nowhere = Pointer::root("all.json").child("y").child("00");
    assert_eq!(loaded.get(&nowhere), None);
}

#[test]
fn rejected_references_are_reported_at_the_reference() {
    let text = "a: {$ref: 'https://example.com/x.yaml'}\nb: {$ref: '../x.yaml'}\nc: {$ref: gone.yaml}\nd: {$ref: 'a\\b'}\ne: {$ref: gone.yaml}\n";
    let (names, mut findings) = read(&MapSources::new().with("api.yaml", text));
    findings.sort();
    assert_eq!(names, ["api.yaml"]);
    let expected = [
        "OA0104 3:11 file `gone.yaml` not found",
        "OA0105 2:11 `../x.yaml` is outside the reference root",
        "OA0106 1:11 `https://example.com/x.yaml` is a URL; remote files are not read",
        "OA0206 4:11 invalid reference `a\\b`: the path contains `\\` or `?`",
    ];
    assert_eq!(findings, expected);
}

#[test]
fn references_in_data_are_not_followed_and_names_are_not_keywords() {
    let text = "
example: {$ref: gone.yaml}
examples: {a: {$ref: gone.yaml}}
default: {$ref: gone.yaml}
enum: [{$ref: gone.yaml}]
const: {$ref: gone.yaml}
x-more: {$ref: gone.yaml}
properties:
  example: {$ref: a.yaml}
  default: {$ref: b.yaml}
  properties:
    properties:
      enum: {$ref: c.yaml}
responses:
  default: {$ref: d.yaml}
discriminator:
  mapping: {cat: e.yaml, dog: Dog, fish: 'f.yaml#/Fish', bird: '#/Bird'}
schemas: {$ref: g.yaml}
oneOf: [{$ref: h.yaml}]
";
    let files = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let sources = files
        .iter()
        .fold(MapSources::new().with("api.yaml", text), |sources, name| {
            sources.with(format!("{name}.yaml"), "type: string\n")
        });
    let (names, findings) = read(&sources);
    assert_eq!(findings, [""; 0]);
    assert_eq!(names.len(), files.len() + 1, "{names:?}");
}

#[test]
fn a_malformed_file_is_reported_at_its_own_place() {
    let sources = MapSources::new()
        .with("api.yaml", "a: {$ref: b.yaml}\n")
        .with("b.yaml", "x: [1\n");
    let (names, findings) = read(&sources);
    assert_eq!(names, ["api.yaml"]);
    assert_eq!(findings, ["OA0101 1:4 unclosed bracket '['"]);
}

#[test]
fn a_missing_root_document_gives_no_tree() {
    let (loaded, diagnostics) = load_from(&MapSources::new(), "api.yaml", &Budgets::default());
    assert_eq!(loaded, None);
    let sources = MapSources::new();
    assert_eq!(
        messages(&sources, &diagnostics),
        ["OA0104 ? file `api.yaml` not found"]
    );
}
