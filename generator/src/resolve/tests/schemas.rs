//! Schemas: newer spellings, keywords next to a `$ref`, and invalid keywords.

use super::resolved;
use crate::load::Node;
use crate::resolve::dialect;
use crate::spec::{ObjectSpec, Shape, Version, bound};
use crate::tests::assert_rows;

/// The version of OpenAPI, the schema `S`, in which `$ref: Other` leads to another schema, and what it is resolved to:
/// openapiv3's value as JSON, what that cannot hold, and the diagnostics below `S`.
type Row = (&'static str, &'static str, &'static str);

#[rustfmt::skip]
const SPELLINGS: &[Row] = &[
    ("3.0", "{ type: string, nullable: true, maxLength: 3 }", r#"{"nullable":true,"type":"string","maxLength":3}"#),
    ("3.1", "{ type: [string, 'null'] }", r#"{"nullable":true,"type":"string"}"#),
    ("3.1", "{ type: [string, null] }", r#"{"nullable":true,"type":"string"}"#),
    ("3.1", "{ type: [string, integer, 'null'] }", r#"{"nullable":true} string|integer"#),
    ("3.1", "{ type: 'null' }", r#"{"nullable":true} only null"#),
    ("3.1", "{ type: null }", r#"{"nullable":true} only null; warning OA0204 S/type"#),
    ("3.1", "{ type: null, maxLength: 3 }", r#"{"maxLength":3}; warning OA0204 S/type"#),
    ("3.1", "{ type: null, title: Nothing }",
     r#"{"nullable":true,"title":"Nothing"} only null; warning OA0204 S/type"#),
    ("3.1", "true", "{}"),
    ("3.1", "false", "{} never"),
    ("3.1", "{ const: a }", r#"{"enum":["a"]}"#),
    ("3.0", "{ type: string, enum: [a, null] }", r#"{"nullable":true,"type":"string","enum":["a"]}"#),
    ("3.0", "{ enum: [null] }", r#"{"nullable":true} only null"#),
    ("3.1", "{ type: integer, exclusiveMinimum: 5 }", r#"{"type":"integer","exclusiveMinimum":true,"minimum":5}"#),
    ("3.1", "{ type: integer, minimum: 7, exclusiveMinimum: 5 }", r#"{"type":"integer","minimum":7}"#),
    ("3.0", "{ type: integer, minimum: 7, exclusiveMinimum: true }",
     r#"{"type":"integer","exclusiveMinimum":true,"minimum":7}"#),
    ("3.0", "{ type: string, maxLength: 10.0 }", r#"{"type":"string","maxLength":10}"#),
    ("3.1", "{ type: string, contentEncoding: base64 }", r#"{"type":"string","format":"byte"}"#),
    ("3.1", "{ type: string, contentMediaType: image/png }", r#"{"type":"string","format":"binary"}"#),
    ("3.1", "{ type: string, contentMediaType: text/csv }", r#"{"type":"string"}"#),
    ("3.1", "{ type: array, prefixItems: [{ type: string }, { $ref: Other }] }",
     r#"{"type":"array"} prefix ["S/prefixItems/0", "Other"]"#),
    ("3.1", "{ type: object, patternProperties: { ^x: { type: string } } }",
     r#"{"type":"object"} patterns [("^x", "S/patternProperties/^x")]"#),
    ("3.1", "{ type: object, $defs: { A: { type: string } }, $id: s, examples: [a] }", r#"{"type":"object"}"#),
    ("3.0", "{ type: object, properties: { a: {}, b: { $ref: Other } } }",
     r#"{"type":"object","properties":{"a":{"$ref":"S/properties/a"},"b":{"$ref":"Other"}}}"#),
    ("3.0", "{ type: object, additionalProperties: false }", r#"{"type":"object","additionalProperties":false}"#),
    ("3.0", "{ type: object, x-more: { $ref: gone } }", r#"{"x-more":{"$ref":"gone"},"type":"object"}"#),
];

#[rustfmt::skip]
const BESIDE_A_REFERENCE: &[Row] = &[
    ("3.0", "{ allOf: [{ $ref: Other }], nullable: true }", r#"{"nullable":true,"allOf":[{"$ref":"Other"}]}"#),
    ("3.0", "{ $ref: Other, nullable: true }", r#"{"nullable":true,"allOf":[{"$ref":"Other"}]}"#),
    ("3.0", "{ $ref: Other, nullable: true, maxLength: 3 }",
     r#"{"nullable":true,"allOf":[{"$ref":"Other"}]}; warning OA0302 S/maxLength"#),
    ("3.1", "{ $ref: Other, maxLength: 3 }", r#"{"maxLength":3,"allOf":[{"$ref":"Other"}]}"#),
    ("3.1", "{ $ref: Other, allOf: [{ maxLength: 3 }] }", r#"{"allOf":[{"$ref":"Other"},{"$ref":"S/allOf/0"}]}"#),
    ("3.1", "{ $ref: Other, description: The other. }", r#"{"type":"string"}"#),
    ("3.1", "{ $ref: '#/components/schemas/Gone' }", "{}; error OA0201 S/$ref"),
    ("3.1", "{ $ref: '' }", "{}; error OA0201 S/$ref"),
    ("3.1", "{ $ref: 5 }", "{}; error OA0206 S/$ref"),
    ("3.1", "{ $ref: '#/components/schemas/S' }", "{}; error OA0202 S/$ref"),
];

#[rustfmt::skip]
const MISFITS: &[Row] = &[
    ("3.0", "{ type: strng }", "{}; error OA0204 S/type"),
    ("3.0", "{ type: string, format: [a] }", r#"{"type":"string"}; warning OA0204 S/format"#),
    ("3.0", "{ type: string, maxLength: many }", r#"{"type":"string"}; warning OA0204 S/maxLength"#),
    ("3.0", "{ type: string, maxLength: '3' }", r#"{"type":"string","maxLength":3}; warning OA0204 S/maxLength"#),
    ("3.0", "{ type: string, maxLength: -1 }", r#"{"type":"string"}; warning OA0204 S/maxLength"#),
    ("3.0", "{ type: string, title: [a] }", r#"{"type":"string"}; warning OA0204 S/title"#),
    ("3.0", "{ type: string, enum: a }", r#"{"type":"string","enum":["a"]}; warning OA0204 S/enum"#),
    ("3.0", "{ type: string, enum: 'a, b' }", r#"{"type":"string","enum":["a","b"]}; warning OA0204 S/enum"#),
    ("3.0", "{ type: string, enum: { A: a } }", r#"{"type":"string"}; warning OA0204 S/enum"#),
    ("3.0", "{ type: string, enum: null, nullable: 'true' }",
     r#"{"nullable":true,"type":"string"}; warning OA0204 S/enum; warning OA0204 S/nullable"#),
    ("3.0", "{ type: uuid }", r#"{"type":"string","format":"uuid"}; warning OA0204 S/type"#),
    ("3.0", "{ type: Integer }", r#"{"type":"integer"}; warning OA0204 S/type"#),
    ("3.0", "{ type: any, required: true }", "{}; warning OA0204 S/required; warning OA0204 S/type"),
    ("3.0", "{ type: string|null }", r#"{"nullable":true,"type":"string"}; warning OA0204 S/type"#),
    ("3.1", "{ type: [int, 'null'] }", r#"{"nullable":true,"type":"integer"}; warning OA0204 S/type"#),
    ("3.0", "{ type: object, required: [a], properties: { a: {}, b: { required: true }, c: { $ref: Other, required: false } } }",
     r#"{"type":"object","properties":{"a":{"$ref":"S/properties/a"},"b":{"$ref":"S/properties/b"},"c":{"$ref":"Other"}},"required":["a","b"]}; warning OA0204 S/properties/b/required; warning OA0204 S/properties/c/required"#),
    // beside a `$ref` nothing has a meaning in 3.0
    ("3.0", "{ type: object, properties: { a: { $ref: Other, required: true } } }",
     r#"{"type":"object","properties":{"a":{"$ref":"Other"}}}; warning OA0204 S/properties/a/required"#),
    ("3.1", "{ type: object, properties: { a: { $ref: Other, required: true } } }",
     r#"{"type":"object","properties":{"a":{"$ref":"Other"}},"required":["a"]}; warning OA0204 S/properties/a/required"#),
    ("3.0", "{ required: [1, true] }", r#"{"required":["1","true"]}; warning OA0204 S/required"#),
    ("3.0", "{ type: object, required: a }", r#"{"type":"object","required":["a"]}; warning OA0204 S/required"#),
    ("3.0", "{ type: object, properties: [] }", r#"{"type":"object"}; warning OA0204 S/properties"#),
    ("3.0", "{ type: object, required: [a, [b]] }", r#"{"type":"object"}; error OA0204 S/required"#),
    ("3.0", "{ type: object, properties: [a] }", r#"{"type":"object"}; error OA0204 S/properties"#),
    ("3.0", "{ type: object, additionalProperties: 5 }", r#"{"type":"object","additionalProperties":true}; error OA0204 S/additionalProperties"#),
    ("3.0", "{ type: array, items: 5 }", r#"{"type":"array","items":{"$ref":"S/items"}}; error OA0204 S/items"#),
    ("3.0", "{ type: array, items: [{ type: string }] }", r#"{"type":"array"}; warning OA0306 S/items"#),
    ("3.0", "{ oneOf: { type: string } }", r#"{"oneOf":[{"$ref":"S/oneOf"}]}; warning OA0204 S/oneOf"#),
    ("3.0", "{ oneOf: [], discriminator: kind }",
     r#"{"discriminator":{"propertyName":"kind"},"oneOf":[]}; warning OA0204 S/discriminator"#),
    ("3.0", "{ oneOf: [{ type: string }], discriminator: { mapping: { a: 5, b: [] } } }",
     r#"{"oneOf":[{"$ref":"S/oneOf/0"}]}; warning OA0203 S/discriminator; error OA0204 S/discriminator/mapping"#),
    ("3.0", "{ type: string, externalDocs: { description: More. } }",
     r#"{"type":"string"}; warning OA0203 S/externalDocs"#),
    ("3.1", "{ type: string, contentEncoding: [base64] }", r#"{"type":"string"}; warning OA0204 S/contentEncoding"#),
    ("3.1", "{ type: object, patternProperties: 5 }", r#"{"type":"object"}; error OA0204 S/patternProperties"#),
];

#[rustfmt::skip]
const LOST: &[Row] = &[
    ("3.0", "{ type: string, not: { type: integer } }",
     r#"{"type":"string","not":{"$ref":"S/not"}}; warning OA0302 S/not"#),
    ("3.1", "{ type: object, propertyNames: {}, if: {} }",
     r#"{"type":"object"}; warning OA0302 S/if; warning OA0302 S/propertyNames"#),
    ("3.1", "{ type: object, dependencies: { a: [b] } }", r#"{"type":"object"}; warning OA0208 S/dependencies"#),
    ("3.2", "{ oneOf: [], discriminator: { propertyName: a, defaultMapping: b } }",
     r#"{"discriminator":{"propertyName":"a"},"oneOf":[]}; warning OA0302 S/discriminator/defaultMapping"#),
    ("3.0", "{ type: string, maxLenght: 3 }", r#"{"type":"string"}; warning OA0208 S/maxLenght"#),
    ("3.0", "{ type: string, exampels: 3 }", r#"{"type":"string"}; warning OA0208 S/exampels"#),
];

fn schema((version, schema, _): &Row) -> String {
    let schema = schema.replace("$ref: Other", "$ref: '#/components/schemas/Other'");
    let text = format!(
        "openapi: {version}.0\ninfo: {{ title: Rows, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    \
         S: {schema}\n    Other: {{ type: string }}\n"
    );
    let (document, diagnostics) = resolved(&text);
    let document = document.expect("the root is one of OpenAPI");
    let own = document
        .components
        .iter()
        .find(|component| component.name == "S");
    let value = own.map(|component| {
        let entry = document.schema_at(&component.target);
        let value = serde_json::to_string(&entry.value).expect("a schema is JSON");
        let facts = &entry.facts;
        let mut facts: Vec<String> = [
            (facts.only_null, "only null".to_owned()),
            (facts.never, "never".to_owned()),
            (!facts.types.is_empty(), facts.types.join("|")),
            (
                !facts.prefix_items.is_empty(),
                format!("prefix {:?}", facts.prefix_items),
            ),
            (
                !facts.pattern_properties.is_empty(),
                format!("patterns {:?}", facts.pattern_properties),
            ),
        ]
        .into_iter()
        .filter_map(|(is_there, fact)| is_there.then_some(fact))
        .collect();
        facts.insert(0, value);
        facts.join(" ")
    });
    let lines = diagnostics.lines().map(str::to_owned);
    let all: Vec<_> = value.into_iter().chain(lines).collect();
    all.join("; ")
        .replace("api.yaml#/components/schemas/", "")
        .replace("/components/schemas/", "")
}

fn assert_schemas(rows: &[Row]) {
    assert_rows(rows.iter().map(|row| {
        let (version, text, expected) = row;
        (
            format!("{version} {text}"),
            schema(row),
            (*expected).to_owned(),
        )
    }));
}

/// A keyword that becomes a documented bound needs a row, and nothing else in `resolve`.
#[test]
fn bounds_that_are_newer_than_3_0_are_facts() {
    static TABLE: ObjectSpec = ObjectSpec {
        noun: "a schema",
        members: &[
            bound("maxItems", Shape::Count),
            bound("minContains", Shape::Count).since(Version::V3_1),
        ],
    };
    let object = serde_json::json!({ "maxItems": 3, "minContains": 2, "title": "A" });
    let node = Node::from_json(&object);
    let bounds = dialect::newer_bounds(&TABLE, node.as_object().expect("it is an object"));
    assert_eq!(bounds, [("minContains", serde_json::json!(2))]);
}

#[test]
fn newer_spellings() {
    assert_schemas(SPELLINGS);
}

#[test]
fn keywords_beside_a_reference() {
    assert_schemas(BESIDE_A_REFERENCE);
}

#[test]
fn values_that_do_not_fit() {
    assert_schemas(MISFITS);
}

#[test]
fn keywords_that_are_lost_or_unknown() {
    assert_schemas(LOST);
}
