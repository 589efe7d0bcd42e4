//! Who reaches a type, and what follows: open enums, members that requests leave out, a `null` that is a value.

use super::HEAD;
use crate::ir::Usage;
use crate::lower::tests::{lowered, notation, with_references};
use crate::tests::assert_rows;

/// How operations use the schema `S`, the schema, and what `S` is.
type Row = (&'static str, &'static str, &'static str);

#[rustfmt::skip]
const OPEN: &[Row] = &[
    ("nowhere", "{ enum: [a, b] }", "nobody: enum { a A, b B, .. }"),
    ("request", "{ enum: [a, b] }", "requests: enum { a A, b B, .. }"),
    ("response", "{ enum: [a, b] }", "responses: enum { a A, b B, .. }"),
    ("both", "{ enum: [a, b] }", "requests, responses: enum { a A, b B, .. }"),
    ("error", "{ enum: [a, b] }", "responses: enum { a A, b B, .. }"),
    ("header", "{ enum: [a, b] }", "responses: enum { a A, b B, .. }"),
    ("parameter", "{ enum: [a, b] }", "requests: enum { a A, b B, .. }"),
    ("response", "{ enum: [a] }", "responses: enum { a A, .. }"),
    ("request", "{ enum: [1, 2] }", "requests: integers { 1 _1, 2 _2, .. }"),
    ("response", "{ enum: [1, 2] }", "responses: integers { 1 _1, 2 _2, .. }"),
    ("request", "{ enum: [1, a] }", r#"requests: values { 1 _1, "a" A, .. }"#),
    ("response", "{ enum: [1, a] }", r#"responses: values { 1 _1, "a" A, .. }"#),
    ("request", "{ oneOf: [{ $ref: Cat }, { $ref: Dog }] }", "requests: union { Cat, Dog }"),
    ("response", "{ oneOf: [{ $ref: Cat }, { $ref: Dog }] }", "responses: union { Cat, Dog }"),
    ("response", "{ oneOf: [{ $ref: Cat }, { type: string }] }", "responses: union { Cat(Box<Cat>), Text(String) }"),
    ("response", "{ oneOf: [{ $ref: Cat }, { type: string }], discriminator: { propertyName: kind } }",
     "responses: union kind { Cat(Box<Cat>) += Cat, Text(String) }"),
    ("request", "{ type: object, properties: { a: { enum: [x, y] }, b: { type: array, items: { enum: [x, y] } } } }",
     "requests: struct { a: SA?, b: List<SbItem>? }; SA = enum { x X, y Y, .. }; SbItem = enum { x X, y Y, .. }"),
    ("response", "{ type: array, items: { type: object, additionalProperties: { enum: [x, y] } } }",
     "responses: List<Map<SItemValue>>; SItemValue = enum { x X, y Y, .. }"),
    ("request", "{ type: object, properties: { a: { enum: [x, y] }, all: { type: array, items: { $ref: S } } } }",
     "requests: struct { a: SA?, all: List<S>? }; SA = enum { x X, y Y, .. }"),
];

#[rustfmt::skip]
const PRESENCE: &[Row] = &[
    ("nowhere", "{ required: [a], properties: { a: { type: string, readOnly: true } } }",
     "nobody: struct { a: String! readonly }"),
    ("request", "{ required: [a], properties: { a: { type: string, readOnly: true } } }",
     "requests: struct { a: String? readonly }"),
    ("response", "{ required: [a], properties: { a: { type: string, readOnly: true } } }",
     "responses: struct { a: String! readonly }"),
    ("both", "{ required: [a], properties: { a: { type: string, readOnly: true } } }",
     "requests, responses: struct { a: String? readonly }"),
    ("request", "{ required: [a], properties: { a: { type: [string, 'null'], readOnly: true } } }",
     "requests: struct { a: String?~ readonly }"),
    ("both", "{ required: [a], properties: { a: { type: string, writeOnly: true } } }",
     "requests, responses: struct { a: String? writeonly needed }"),
    ("request", "{ required: [a], properties: { a: { type: string, writeOnly: true } } }",
     "requests: struct { a: String! writeonly }"),
    ("response", "{ required: [a], properties: { a: { type: string, writeOnly: true } } }",
     "responses: struct { a: String? writeonly }"),
    ("both", "{ required: [a], properties: { a: { type: [string, 'null'], writeOnly: true } } }",
     "requests, responses: struct { a: String?~ writeonly needed }"),
    ("both", "{ properties: { a: { type: string, writeOnly: true } } }",
     "requests, responses: struct { a: String? writeonly }"),
    ("both", "{ required: [a], properties: { a: { type: string, readOnly: true, writeOnly: true } } }",
     "requests, responses: struct { a: String? readonly writeonly }"),
    ("both", "{ required: [a], properties: { a: { readOnly: true } } }",
     "requests, responses: struct { a: Any?raw readonly }"),
    ("both", "{ required: [a], properties: { a: { allOf: [{ $ref: Cat }, { readOnly: true }] } } }",
     "requests, responses: struct { a: Cat? readonly }"),
    ("both", "{ required: [a], properties: { a: { anyOf: [{ $ref: ReadOnly }, { type: 'null' }] } } }",
     "requests, responses: struct { a: ReadOnly?~ readonly }"),
    ("both", "{ required: [a], allOf: [{ properties: { a: { $ref: Cat } } }, { properties: { a: { readOnly: true } } }] }",
     "requests, responses: struct { a: Cat? readonly }"),
    ("both", "{ required: [a], properties: { a: { type: array, items: { $ref: ReadOnly } } } }",
     "requests, responses: struct { a: List<ReadOnly>! }"),
    ("both", "{ required: [a], properties: { a: { $ref: ReadOnly } } }",
     "requests, responses: struct { a: ReadOnly? readonly }"),
    ("request", "{ required: [a], properties: { a: {}, b: {} } }", "requests: struct { a: Any!, b: Any?raw }"),
    ("request", "{ required: [a], properties: { a: { $ref: Anything }, b: { $ref: Anything } } }",
     "requests: struct { a: Anything!, b: Anything?raw }"),
    ("request", "{ required: [a], properties: { a: { type: 'null' }, b: { type: 'null' } } }",
     "requests: struct { a: Null!, b: Null?raw }"),
    ("request", "{ properties: { a: { oneOf: [{ $ref: Word }, { $ref: Cat }] } } }",
     "requests: struct { a: SA?~ }; SA = union { Word, Cat(Box<Cat>) }"),
    ("request", "{ properties: { a: { oneOf: [{ type: string }, { $ref: Anything }] } } }",
     "requests: struct { a: SA?raw }; SA = union { Text(String), Anything }"),
];

/// The schemas beside `S`.
const NEIGHBOURS: &str = "
    Cat: { type: object, required: [lives], properties: { lives: { type: integer } } }
    Dog: { type: object, required: [barks], properties: { barks: { type: boolean } } }
    Word: { type: [string, 'null'] }
    Anything: {}
    ReadOnly: { type: string, readOnly: true }
";

fn members(usage: &str) -> &'static str {
    match usage {
        "nowhere" => "responses: {}",
        "request" => "requestBody: { content: { application/json: { schema: { $ref: S } } } }",
        "response" => {
            "responses: { '200': { description: a, content: { application/json: { schema: { $ref: S } } } } }"
        }
        "both" => {
            "requestBody: { content: { application/json: { schema: { $ref: S } } } }\n      \
             responses: { '200': { description: a, content: { application/json: { schema: { $ref: S } } } } }"
        }
        "error" => {
            "responses: { '404': { description: a, content: { application/json: { schema: { $ref: S } } } } }"
        }
        "header" => {
            "responses: { '200': { description: a, headers: { X-S: { schema: { $ref: S } } } } }"
        }
        "parameter" => "parameters: [{ name: s, in: query, schema: { $ref: S } }]",
        other => panic!("no usage: {other}"),
    }
}

fn found(usage: &str, schema: &str) -> String {
    let operation = with_references(members(usage));
    let paths = format!("paths:\n  /a:\n    post:\n      operationId: a\n      {operation}\n");
    let schema = with_references(schema);
    let lowered = lowered(&format!(
        "{HEAD}{paths}components:\n  schemas:\n    S: {schema}{NEIGHBOURS}"
    ));
    let own = lowered.api.types.iter().find(|one| one.name.rust == "S");
    let reached = match own.expect("S is a type").usage {
        Usage {
            request: false,
            response: false,
        } => "nobody",
        Usage {
            request: true,
            response: false,
        } => "requests",
        Usage {
            request: false,
            response: true,
        } => "responses",
        Usage {
            request: true,
            response: true,
        } => "requests, responses",
    };
    format!(
        "{reached}: {}{}",
        notation::module(&lowered.api, "s"),
        lowered.codes()
    )
}

fn assert_usage(rows: &[Row]) {
    assert_rows(rows.iter().map(|(usage, schema, expected)| {
        (
            format!("{usage} | {schema}"),
            found(usage, schema),
            *expected,
        )
    }));
}

#[test]
fn an_enum_is_open_whoever_has_it() {
    assert_usage(OPEN);
}

#[test]
fn requests_leave_out_what_only_the_server_sets_and_null_can_be_a_value() {
    assert_usage(PRESENCE);
}
