//! What a fallback holds, in values as the programs print them.

use oasmith::diagnostic::Diagnostics;
use oasmith::load::{self, MapSources};
use oasmith::options::Options;
use serde_json::json;

use super::*;

const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: T, version: "1" }
paths:
  /a: { get: { operationId: a, responses: { "200": { description: A., content: { application/json: { schema: { $ref: "#/components/schemas/All" } } } } } } }
components:
  schemas:
    All:
      type: object
      properties:
        shape: { $ref: "#/components/schemas/Shape" }
        shapes: { type: array, items: { $ref: "#/components/schemas/Shape" } }
        colour: { $ref: "#/components/schemas/Colour" }
        free: {}
        never: false
        place: { type: array, prefixItems: [{ type: string }, { $ref: "#/components/schemas/Shape" }], minItems: 1 }
      additionalProperties: { $ref: "#/components/schemas/Shape" }
    Shape:
      oneOf: [{ $ref: "#/components/schemas/Circle" }, { $ref: "#/components/schemas/Square" }]
      discriminator: { propertyName: kind, mapping: { c: "#/components/schemas/Circle", s: "#/components/schemas/Square" } }
    Circle: { type: object, required: [kind, r], properties: { kind: { type: string }, r: { type: number } } }
    Square: { type: object, required: [kind, s], properties: { kind: { type: string }, s: { type: number } } }
    Colour: { type: string, enum: [red, light blue] }
"##;

fn fallbacks() -> Fallbacks {
    let sources = MapSources::new().with("a.yaml", DOCUMENT);
    let options = Options::new("a.yaml", "a");
    let output = oasmith::generate(&sources, &options).expect("the document is right");
    let loaded = load::load(
        &sources,
        "a.yaml",
        &options.budgets,
        &mut Diagnostics::new(),
    );
    let loaded = loaded.expect("it was read once");
    let coverage = Coverage::measure(&loaded, &output.api, &output.diagnostics);
    Fallbacks::new(output.api, &loaded, &coverage)
}

/// Returns what is found in a value of the type `All`.
fn found(printed: &str, value: Value) -> Option<String> {
    fallbacks().first("All", printed, &value)
}

#[test]
fn a_union_that_matches_none_of_its_branches_is_found_wherever_it_is() {
    let held = "the union `Shape` has it as `Unknown` at ";
    let unknown = "Unknown(Object {\"kind\": String(\"c\"), \"r\": Number(1)})";
    let circle = "Circle(Circle { kind: \"c\", r: 1.0 })";
    for (printed, path) in [
        (
            format!("All {{ shape: Some({unknown}), shapes: None }}"),
            "shape",
        ),
        (
            format!("All {{ shapes: Some([{circle}, {unknown}]) }}"),
            "shapes[1]",
        ),
        (
            format!("All {{ place: Some(AllPlace(\"a\", Some({unknown}), [])) }}"),
            "place[1]",
        ),
        (
            format!("All {{ additional_properties: {{\"a b\": {unknown}}} }}"),
            "[\"a b\"]",
        ),
    ] {
        assert_eq!(
            found(&printed, json!({})),
            Some(format!("{held}{path}")),
            "{printed}"
        );
    }
    let right = format!("All {{ shape: Some({circle}), shapes: Some([{circle}]) }}");
    assert_eq!(found(&right, json!({})), None);
}

#[test]
fn unknown_of_an_enum_is_right_only_for_a_value_that_the_schema_does_not_list() {
    let held = "the enum `Colour` has it as `Unknown` at colour";
    let listed = json!({"colour": "light blue"});
    let printed = "All { colour: Some(Unknown(\"light blue\")) }";
    assert_eq!(found(printed, listed).as_deref(), Some(held));
    let other = json!({"colour": "blue"});
    assert_eq!(
        found("All { colour: Some(Unknown(\"blue\")) }", other),
        None
    );
}

#[test]
fn any_json_is_right_only_where_the_schema_says_no_more() {
    assert_eq!(
        found("All { free: Some(Object {\"a\": Null}) }", json!({})),
        None
    );
    let held = found("All { never: Some(Bool(true)) }", json!({}));
    assert_eq!(
        held.as_deref(),
        Some("it is any JSON, and the schema says more at never")
    );
}

#[test]
fn a_value_that_does_not_look_like_its_type_is_told() {
    for printed in [
        "All { other: 1 }",
        "All { shape: Some(Triangle(1)) }",
        "All { shape: 1",
    ] {
        let what = found(printed, json!({})).expect(printed);
        assert!(
            what.starts_with("`All` prints itself unlike its type: "),
            "{what}"
        );
    }
}
