//! What happens to values of one schema that are read as another: a table.

use std::collections::BTreeMap;

use super::{Direction, Flow};
use crate::compare::change::Wire;
use crate::ir::{Api, Returned, Success, TypeRef};
use crate::load::MapSources;
use crate::options::Options;

/// Generates a client that sends and receives a schema.
fn client(schema: &str) -> Api {
    let document = format!(
        "openapi: 3.1.0
info: {{ title: t, version: '1' }}
paths:
  /x:
    post:
      operationId: x
      requestBody: {{ required: true, content: {{ application/json: {{ schema: {schema} }} }} }}
      responses: {{ '200': {{ description: d, content: {{ application/json: {{ schema: {schema} }} }} }} }}
components:
  schemas:
    A: {{ type: object, required: [a], properties: {{ a: {{ type: string }} }} }}
    B: {{ type: object, required: [b], properties: {{ b: {{ type: string }} }} }}
    C: {{ type: object, required: [c], properties: {{ c: {{ type: string }} }} }}
    Tree: {{ type: object, properties: {{ tree: {{ $ref: '#/components/schemas/Tree' }} }} }}
    Twig: {{ type: object, properties: {{ tree: {{ $ref: '#/components/schemas/Twig' }} }} }}
"
    );
    let sources = MapSources::new().with("x.yaml", document.as_str());
    match crate::generate(&sources, &Options::new("x.yaml", "x")) {
        Ok(output) => output.api,
        Err(errors) => panic!("{schema}: {errors:?}"),
    }
}

fn reply(api: &Api) -> &TypeRef {
    match &api.operations[0].success {
        Success::One(Returned::Json(ty)) => ty,
        other => panic!("{other:?}"),
    }
}

#[test]
fn values_are_read_as_the_table_says() {
    use Wire::{Maybe, Refused, Silent, Unreadable, Works};
    let table = [
        // written, read, in a reply, in a request
        ("{type: string}", "{type: string}", Works, Works),
        ("{type: string}", "{type: integer}", Unreadable, Refused),
        ("{type: integer}", "{type: number}", Works, Works),
        ("{type: number}", "{type: integer}", Maybe, Maybe),
        (
            "{type: integer, format: int32}",
            "{type: integer}",
            Works,
            Works,
        ),
        (
            "{type: integer}",
            "{type: integer, format: int32}",
            Maybe,
            Maybe,
        ),
        ("{type: boolean}", "{type: string}", Unreadable, Refused),
        (
            "{type: string}",
            "{type: string, format: date-time}",
            Maybe,
            Maybe,
        ),
        (
            "{type: string, format: date-time}",
            "{type: string}",
            Works,
            Works,
        ),
        (
            "{type: string, format: uuid}",
            "{type: string, format: date}",
            Unreadable,
            Refused,
        ),
        ("{type: string}", "{}", Works, Works),
        ("{}", "{type: string}", Maybe, Maybe),
        (
            "{type: [string, 'null']}",
            "{type: string}",
            Unreadable,
            Refused,
        ),
        ("{type: string}", "{type: [string, 'null']}", Works, Works),
        // enums: a client preserves what it does not know, a server does not
        ("{enum: [a, b]}", "{enum: [b, a, c]}", Works, Works),
        ("{enum: [a, b]}", "{enum: [a]}", Works, Refused),
        ("{type: string}", "{enum: [a, b]}", Works, Maybe),
        ("{enum: [a, b]}", "{type: string}", Works, Works),
        ("{enum: [a, b]}", "{type: integer}", Unreadable, Refused),
        (
            "{type: integer, enum: [1, 2]}",
            "{type: integer, enum: [1]}",
            Works,
            Refused,
        ),
        (
            "{type: integer, enum: [1, 2]}",
            "{type: number}",
            Works,
            Works,
        ),
        (
            "{type: string}",
            "{type: integer, enum: [1]}",
            Unreadable,
            Refused,
        ),
        // arrays and maps
        (
            "{type: array, items: {type: integer}}",
            "{type: array, items: {type: number}}",
            Works,
            Works,
        ),
        (
            "{type: array, items: {type: string}}",
            "{type: string}",
            Unreadable,
            Refused,
        ),
        (
            "{type: array, items: {type: string}}",
            "{type: array, items: {type: boolean}}",
            Unreadable,
            Refused,
        ),
        (
            "{type: object, additionalProperties: {type: string}}",
            "{type: object, additionalProperties: {type: integer}}",
            Unreadable,
            Refused,
        ),
        (
            "{type: object, additionalProperties: {type: string}}",
            "{$ref: '#/components/schemas/A'}",
            Maybe,
            Maybe,
        ),
        (
            "{$ref: '#/components/schemas/A'}",
            "{type: object, additionalProperties: {type: string}}",
            Works,
            Works,
        ),
        // objects
        (
            "{$ref: '#/components/schemas/A'}",
            "{$ref: '#/components/schemas/B'}",
            Unreadable,
            Refused,
        ),
        (
            "{type: object, properties: {a: {type: string}}}",
            "{type: object, required: [a], properties: {a: {type: string}}}",
            Unreadable,
            Refused,
        ),
        (
            "{type: object, required: [a, b], properties: {a: {type: string}, b: {type: string}}}",
            "{$ref: '#/components/schemas/A'}",
            Works,
            Maybe,
        ),
        (
            "{type: object, properties: {a: {type: string, readOnly: true}}}",
            "{type: object, properties: {b: {type: string}}}",
            Works,
            Works,
        ),
        (
            "{type: object, properties: {a: {type: [string, 'null']}}}",
            "{type: object, properties: {a: {type: string}}}",
            Works,
            Refused,
        ),
        (
            "{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}",
            "{type: object, properties: {a: {type: string}}}",
            Silent,
            Maybe,
        ),
        (
            "{$ref: '#/components/schemas/Tree'}",
            "{$ref: '#/components/schemas/Twig'}",
            Works,
            Works,
        ),
        // unions
        (
            "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}",
            "{oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/A'}]}",
            Works,
            Works,
        ),
        (
            "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/C'}]}",
            "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}",
            Maybe,
            Refused,
        ),
        (
            "{$ref: '#/components/schemas/A'}",
            "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}",
            Works,
            Works,
        ),
        (
            "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}",
            "{$ref: '#/components/schemas/A'}",
            Maybe,
            Maybe,
        ),
        (
            "{prefixItems: [{type: string}, {type: integer}], items: false, minItems: 2}",
            "{prefixItems: [{type: string}], items: false, minItems: 1}",
            Unreadable,
            Refused,
        ),
    ];
    let mut findings = Vec::new();
    for (written, read, reply_verdict, request_verdict) in table {
        let (from, to) = (client(written), client(read));
        let same = BTreeMap::new();
        let verdict =
            |direction| Flow::new(direction, &from, &to, &same).ty(reply(&from), reply(&to));
        let found = (verdict(Direction::Reply), verdict(Direction::Request));
        if found != (reply_verdict, request_verdict) {
            findings.push(format!("{written} as {read}: {found:?}"));
        }
    }
    assert!(findings.is_empty(), "\n{}", findings.join("\n"));
}
