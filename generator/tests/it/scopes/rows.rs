//! Regression rows: small documents whose names collided, each with facts that must be in the API.
//!
//! A seed gives another document as soon as the generator of documents changes, so findings are recorded here.

use std::collections::BTreeSet;

use super::lookalikes::Document;

/// The collision, the document after `info`, and its facts.
pub type Row = (&'static str, &'static str, &'static [&'static str]);

pub const ROWS: &[Row] = &[
    (
        "a branch without its union's name, and a branch that was numbered",
        r##"
paths: {}
components:
  schemas:
    U: { oneOf: [ { $ref: '#/components/schemas/Foo' }, { $ref: '#/components/schemas/UFoo' }, { $ref: '#/components/schemas/Foo2' } ] }
    Foo: { type: object, required: [a], properties: { a: { type: string } } }
    UFoo: { type: object, required: [b], properties: { b: { type: string } } }
    Foo2: { type: object, required: [c], properties: { c: { type: string } } }
"##,
        &["/components/schemas/U: 3 branches"],
    ),
    (
        "media types that differ in a separator",
        r##"
paths:
  /a:
    post:
      operationId: send
      requestBody:
        content:
          application/vnd.a.b: { schema: { type: string } }
          application/vnd-a-b: { schema: { type: string } }
          application/vnd_a_b: { schema: { type: string } }
      responses: { '204': { description: Done. } }
"##,
        &[
            "POST /a: media type `application/vnd.a.b`",
            "POST /a: media type `application/vnd-a-b`",
            "POST /a: media type `application/vnd_a_b`",
        ],
    ),
    (
        "schemas called like exports of the runtime",
        r##"
paths: {}
components:
  schemas:
    Client: { type: object, properties: { a: { type: string } } }
    TransportErrorKind: { type: object, properties: { b: { type: string } } }
"##,
        &[
            "/components/schemas/Client: member `a`",
            "/components/schemas/TransportErrorKind: member `b`",
        ],
    ),
    (
        "parameters of one name in two locations, with a keyword's underscore",
        r##"
paths:
  /a:
    get:
      operationId: list
      parameters:
        - { name: type, in: query, schema: { type: string } }
        - { name: type, in: header, schema: { type: string } }
        - { name: self, in: query, schema: { type: string } }
        - { name: self, in: cookie, schema: { type: string } }
      responses: { '204': { description: Done. } }
"##,
        &[
            "GET /a: query parameter `type`",
            "GET /a: header parameter `type`",
            "GET /a: query parameter `self`",
            "GET /a: cookie parameter `self`",
        ],
    ),
    (
        "parameters whose setters have one name",
        r##"
paths:
  /a:
    get:
      operationId: list
      parameters:
        - { name: type_query, in: query, schema: { type: string } }
        - { name: type, in: header, schema: { type: string } }
        - { name: type, in: query, schema: { type: string } }
      responses: { '204': { description: Done. } }
"##,
        &[
            "GET /a: query parameter `type_query`",
            "GET /a: query parameter `type`",
            "GET /a: header parameter `type`",
        ],
    ),
    (
        "a value that is an associated type of a trait",
        r##"
paths: {}
components:
  schemas:
    Outcome: { type: string, enum: [ok, err] }
"##,
        &[
            "/components/schemas/Outcome: value `ok`",
            "/components/schemas/Outcome: value `err`",
        ],
    ),
    (
        "a Greek letter that looks like a Latin one",
        r##"
paths: {}
components:
  schemas:
    Unit: { type: string, enum: [mg, μg, ug] }
"##,
        &[
            "/components/schemas/Unit: value `mg`",
            "/components/schemas/Unit: value `μg`",
            "/components/schemas/Unit: value `ug`",
        ],
    ),
    (
        "security schemes that differ in a separator, three of one kind",
        r##"
security: [ { x-foo: [], x_foo: [], x.foo: [] } ]
paths: { /a: { get: { operationId: list, responses: { '204': { description: Done. } } } } }
components:
  securitySchemes:
    x-foo: { type: apiKey, in: query, name: a }
    x_foo: { type: apiKey, in: query, name: b }
    x.foo: { type: apiKey, in: query, name: c }
"##,
        &[
            "securitySchemes: x-foo",
            "securitySchemes: x_foo",
            "securitySchemes: x.foo",
        ],
    ),
];

/// Returns the document of a row.
pub fn document((_, body, facts): &Row) -> Document {
    Document {
        text: format!("openapi: 3.1.0\ninfo: {{ title: Names, version: '1' }}{body}"),
        facts: facts
            .iter()
            .map(|fact| (*fact).to_owned())
            .collect::<BTreeSet<_>>(),
    }
}
