//! References, aliases and schemas that contain themselves.

use super::{Row, assert_types};

#[rustfmt::skip]
const REFERENCES: &[Row] = &[
    ("{ $ref: Pet }", "Pet"),
    ("{ $ref: Color }", "Color"),
    ("{ $ref: Id }", "Id"),
    ("{ $ref: Anything }", "Anything"),
    ("{ $ref: Pet, description: A pet. }", "Pet"),
    ("{ $ref: Pet, title: Other }", "Pet"),
    ("{ $ref: Id, maxLength: 3 }", "Id"),
    ("{ $ref: Pet, required: [name] }", "struct { name: String! }"),
    ("{ $ref: Pet, required: [tag] }", "struct { name: String!, tag: Any! }"),
    ("{ $ref: Pet, properties: { tag: { type: string } } }", "struct { name: String!, tag: String? }"),
    ("{ allOf: [{ $ref: Pet }] }", "Pet"),
    ("{ oneOf: [{ $ref: Pet }] }", "Pet"),
    ("{ anyOf: [{ $ref: Pet }] }", "Pet"),
    ("{ allOf: [{ $ref: Pet }, { description: A pet. }] }", "Pet"),
    ("{ type: array, items: { $ref: Id } }", "List<Id>"),
    ("{ type: object, properties: { pet: { $ref: Pet }, color: { $ref: Color }, id: { $ref: Id }, any: { $ref: \
      Anything } } }",
     "struct { pet: Pet?, color: Color?, id: Id?, any: Anything?raw }"),
    ("{ type: object, properties: { pet: { allOf: [{ $ref: Pet }], description: Mine. }, maybe: { anyOf: [{ $ref: \
      Pet }, { type: 'null' }] } } }",
     "struct { pet: Pet?, maybe: Pet?~ }"),
];

#[rustfmt::skip]
const RECURSION: &[Row] = &[
    ("{ type: object, properties: { next: { $ref: S } } }", "struct { next: Box<S>? }"),
    ("{ type: object, required: [next], properties: { next: { $ref: S } } }", "struct { next: Box<S>! }"),
    ("{ type: object, properties: { all: { type: array, items: { $ref: S } } } }", "struct { all: List<S>? }"),
    ("{ type: object, properties: { by: { type: object, additionalProperties: { $ref: S } } } }",
     "struct { by: Map<S>? }"),
    ("{ type: object, properties: { next: { anyOf: [{ $ref: S }, { type: 'null' }] } } }", "struct { next: Box<S>?~ }"),
    ("{ type: object, properties: { a: { type: object, properties: { b: { $ref: S } } } } }",
     "struct { a: Box<SA>? }; SA = struct { b: Box<S>? }"),
    ("{ type: array, items: { $ref: S } }", "wrapper(List<S>)"),
    ("{ type: object, additionalProperties: { $ref: S } }", "wrapper(Map<S>)"),
    ("{ type: array, items: { type: array, items: { $ref: S } } }", "wrapper(List<List<S>>)"),
    ("{ oneOf: [{ type: string }, { type: array, items: { $ref: S } }] }", "union { Text(String), List(List<S>) }"),
    ("{ oneOf: [{ type: string }, { type: object, properties: { not: { $ref: S } } }] }",
     "union { Text(String), Not(Box<SNot>) }; SNot = struct { not: S? }"),
    ("{ type: array, prefixItems: [{ type: string }, { $ref: S }] }", "(String?, Box<S>?, ..Any)"),
    ("{ type: object, additionalProperties: { $ref: S }, properties: { a: { type: string } } }",
     "struct { a: String?, ..S }"),
    ("{ allOf: [{ $ref: Pet }, { properties: { friend: { $ref: S } } }] }",
     "struct { name: String!, friend: Box<S>? }"),
    ("{ type: [array, 'null'], items: { $ref: S } }", "Nullable<wrapper(List<Nullable<S>>)>"),
    ("{ oneOf: [{ $ref: S }, { type: string }] }", "String"),
];

#[test]
fn references_are_names() {
    assert_types("3.1.0", REFERENCES);
}

#[test]
fn recursion_is_boxed_or_wrapped() {
    assert_types("3.1.0", RECURSION);
}
