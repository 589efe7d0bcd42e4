//! Objects around schemas: what they lack, what does not fit, and what nobody knows.

use super::resolved;
use crate::tests::assert_rows;

/// What the object is, the object, and the diagnostics at it and below it.
type Row = (&'static str, &'static str, &'static str);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("info", "{ title: A, version: 1.10 }", "warning OA0204 /version"),
    ("info", "{ version: '1', licence: { name: MIT } }", "warning OA0203; warning OA0208 /licence"),
    ("info", "{}", "warning OA0203; warning OA0203"),
    ("info", "null", "warning OA0203"),
    ("info", "{ title: A, version: '1', license: { url: a }, contact: [a] }",
     "warning OA0204 /contact; warning OA0203 /license"),
    ("servers", "[{ url: /, variables: { a: { enum: [b] } } }]", "warning OA0203 /0/variables/a"),
    ("servers", "[{ url: / }, /v1]", "warning OA0204 /1"),
    ("servers", "[{ url: / }, { description: A. }]", "warning OA0203 /1"),
    ("servers", "{ url: / }", "warning OA0204"),
    ("servers", "[5]", "error OA0204 /0"),
    ("security", "[{ key: [] }, {}]", ""),
    ("security", "[{ key: all }]", "warning OA0204"),
    ("security", "[key, { other: null }]", "warning OA0204"),
    ("security", "{ key: [] }", "warning OA0204"),
    ("security", "null", "warning OA0204"),
    ("security", "[5]", "error OA0204"),
    ("tags", "[{ name: 5 }]", ""),
    ("webhooks", "{ made: { post: { responses: {} } } }", "warning OA0303"),
    ("parameter", "{ name: a, in: query, schema: { type: string } }", ""),
    ("parameter", "{ schema: { type: string } }", "error OA0203; error OA0203"),
    ("parameter", "{ name: a, in: body, schema: { type: string } }", "error OA0204 /in"),
    ("parameter", "{ name: a, in: query }", "error OA0203"),
    ("parameter", "{ name: a, in: query, schema: {}, content: { a/b: {} } }", "error OA0204"),
    ("parameter", "{ name: a, in: query, schema: {}, content: null }", "warning OA0204 /content"),
    ("parameter", "{ name: a, in: query, type: array, items: { type: string } }", "warning OA0204 /type"),
    ("parameter", "{ name: a, in: Query, required: 'true', schema: {} }",
     "warning OA0204 /in; warning OA0204 /required"),
    ("parameter", "{ name: a, in: path, required: true, style: form, schema: {} }", "warning OA0204 /style"),
    ("parameter", "{ name: a, in: query, style: forms, schema: {} }", "error OA0204 /style"),
    ("parameter", "{ name: a, in: query, required: maybe, schema: {} }", "warning OA0204 /required"),
    ("parameter", "{ name: a, in: query, allowEmptyValue: true, schema: {} }", "warning OA0302 /allowEmptyValue"),
    ("parameter", "{ name: a b, in: header, schema: {} }", "error OA0211 /name"),
    ("parameter", "{ name: '{a}', in: path, schema: {} }", "error OA0211 /name"),
    ("parameter", "{ name: a, in: query, schema: {}, examples: { a: { $ref: gone } } }", ""),
    ("body", "{ description: None. }", "error OA0203"),
    ("body", "{ content: { a/b: 5 } }", "error OA0204 /content/a~1b"),
    ("body", "{ content: { a/b: null } }", "warning OA0204 /content/a~1b"),
    ("body", "{ content: { a/b: { schema: 5, exampel: 5 } } }",
     "warning OA0208 /content/a~1b/exampel; error OA0204 /content/a~1b/schema"),
    ("body", "{ content: { a/b: { encoding: { a: { encoding: {}, stile: form } } } } }",
     "warning OA0302 /content/a~1b/encoding/a/encoding; warning OA0208 /content/a~1b/encoding/a/stile"),
    ("response", "{ content: {} }", "warning OA0203"),
    ("response", "{ description: [a] }", "warning OA0204 /description"),
    ("response", "{ description: Done., headers: { a b: { schema: {} } }, schema: {} }",
     "error OA0211 /headers/a b; warning OA0208 /schema"),
    ("response", "{ description: Done., headers: { A: { schema: {}, name: A } }, links: 5 }",
     "warning OA0208 /headers/A/name"),
    ("scheme", "{ type: apiKey }", "error OA0203; error OA0203"),
    ("scheme", "{ type: apikey, name: A, in: header }", "warning OA0204 /type"),
    ("scheme", "{ type: basic }", "warning OA0204 /type"),
    ("scheme", "{ type: oauth2 }", "warning OA0204"),
    ("scheme", "{ type: magic }", "error OA0204 /type"),
    ("scheme", "{ type: http, scheme: bearer, bearerFormat: [JWT] }", "warning OA0204 /bearerFormat"),
    ("scheme", "{ type: oauth2, flows: null }", "error OA0204 /flows"),
    ("scheme", "{ type: oauth2, flows: { implict: {} } }", "warning OA0208 /flows/implict"),
    ("scheme", "{ type: mutualTLS }", ""),
    ("operation", "{ tags: pets }", "warning OA0204 /tags"),
    ("operation", "{ tags: [{ name: pets }], parameters: {} }", "warning OA0204 /parameters; warning OA0204 /tags"),
    ("operation", "{ tags: [[]] }", "warning OA0204 /tags"),
    ("operation", "{ responses: { 204 NO_CONTENT: {}, 200: Fine., 4xx: null, Default: {} } }",
     "warning OA0204 /responses/200; warning OA0204 /responses/204 NO_CONTENT; \
      warning OA0203 /responses/204 NO_CONTENT; warning OA0204 /responses/4xx; warning OA0204 /responses/Default; \
      warning OA0203 /responses/Default"),
    ("operation", "{ responses: { 200: {}, 200 OK: {} } }", "warning OA0203 /responses/200; error OA0204 /responses/200 OK"),
    ("operation", "{ operationId: '', responses: [] }", "warning OA0204 /operationId; warning OA0204 /responses"),
    ("operation", "{ responses: { twohundred: {} }, callbacks: {} }",
     "warning OA0302 /callbacks; error OA0204 /responses/twohundred"),
    ("operation", "{ deprecated: maybe, operationID: a }", "warning OA0204 /deprecated; warning OA0208 /operationID"),
    ("path item", "{ get: yes, gets: {} }", "error OA0204 /get; warning OA0208 /gets"),
    ("path item", "{ get: null, parameters: null }", "warning OA0204 /get; warning OA0204 /parameters"),
    ("path item", "{ additionalOperations: { COPY: {}, GET: {}, 'A B': {} } }",
     "warning OA0212 /additionalOperations; error OA0204 /additionalOperations/A B; error OA0204 /additionalOperations/GET"),
];

/// Returns the pointer to the object of a row.
fn at(place: &str) -> &'static str {
    match place {
        "info" => "/info",
        "servers" => "/servers",
        "security" => "/security",
        "tags" => "/tags",
        "webhooks" => "/webhooks",
        "parameter" => "/components/parameters/O",
        "body" => "/components/requestBodies/O",
        "response" => "/components/responses/O",
        "scheme" => "/components/securitySchemes/O",
        "operation" => "/paths/~1a/get",
        "path item" => "/paths/~1a",
        _ => panic!("no place {place}"),
    }
}

fn document((place, object, _): &Row) -> String {
    let info = if *place == "info" {
        ""
    } else {
        "info: { title: Rows, version: '1' }\n"
    };
    let rest = match *place {
        "info" | "servers" | "security" | "tags" | "webhooks" => {
            format!("paths: {{}}\n{place}: {object}\n")
        }
        "parameter" => format!("components: {{ parameters: {{ O: {object} }} }}\n"),
        "body" => format!("components: {{ requestBodies: {{ O: {object} }} }}\n"),
        "response" => format!("components: {{ responses: {{ O: {object} }} }}\n"),
        "scheme" => format!("components: {{ securitySchemes: {{ O: {object} }} }}\n"),
        "operation" => format!("paths: {{ /a: {{ get: {object} }} }}\n"),
        "path item" => format!("paths: {{ /a: {object} }}\n"),
        _ => panic!("no place {place}"),
    };
    format!("openapi: 3.1.0\n{info}{rest}")
}

#[test]
fn objects_are_checked_against_their_tables() {
    assert_rows(ROWS.iter().map(|row| {
        let (place, object, expected) = row;
        let (_, diagnostics) = resolved(&document(row));
        let found = diagnostics
            .replace(at(place), "")
            .replace(" \n", "\n")
            .replace('\n', "; ");
        (
            format!("{place} {object}"),
            found.trim_end().to_owned(),
            (*expected).to_owned(),
        )
    }));
}
