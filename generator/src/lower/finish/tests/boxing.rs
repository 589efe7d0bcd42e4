//! Cycles of types: what is boxed, what becomes a struct around an array or a map, and what is an error.

use super::schemas;
use crate::lower::tests::{assert_reports, notation};
use crate::tests::assert_rows;

/// Component schemas, and all types.
type Row = (&'static str, &'static str);

#[rustfmt::skip]
const CYCLES: &[Row] = &[
    ("A: { properties: { b: { $ref: B } } }; B: { properties: { a: { $ref: A } } }",
     "A = struct { b: B? }; B = struct { a: Box<A>? }"),
    ("A: { required: [b], properties: { b: { $ref: B } } }; B: { properties: { c: { $ref: C } } }; C: { \
      properties: { a: { $ref: A }, b: { $ref: B } } }",
     "A = struct { b: B! }; B = struct { c: C? }; C = struct { a: Box<A>?, b: Box<B>? }"),
    ("A: { properties: { b: { type: array, items: { $ref: B } } } }; B: { properties: { a: { $ref: A } } }",
     "A = struct { b: List<B>? }; B = struct { a: A? }"),
    ("A: { properties: { b: { $ref: B } } }; B: { properties: { c: { type: string } } }",
     "A = struct { b: B? }; B = struct { c: String? }"),
    ("A: { oneOf: [{ $ref: B }, { type: string }] }; B: { properties: { a: { $ref: A } } }",
     "A = union { B, Text(String) }; B = struct { a: Box<A>? }"),
    ("A: { $ref: B }; B: { properties: { a: { $ref: A } } }", "A = B; B = struct { a: Box<B>? }"),
    ("A: { allOf: [{ $ref: B }] }; B: { properties: { a: { $ref: A } } }", "A = B; B = struct { a: Box<A>? }"),
    ("A: { type: array, prefixItems: [{ $ref: B }] }; B: { properties: { a: { $ref: A } } }",
     "A = (B?, ..Any); B = struct { a: Box<A>? }"),
    ("A: { type: array, items: { $ref: B } }; B: { type: array, items: { $ref: A } }",
     "A = wrapper(List<B>); B = List<A>"),
    ("A: { type: array, items: { $ref: B } }; B: { type: object, additionalProperties: { $ref: A } }",
     "A = wrapper(List<B>); B = Map<A>"),
    ("A: { properties: { left: { $ref: A }, right: { $ref: A } } }", "A = struct { left: Box<A>?, right: Box<A>? }"),
    ("A: { oneOf: [{ type: string }, { type: array, items: { $ref: A } }, { type: object, additionalProperties: \
      { $ref: A } }] }",
     "A = union { Text(String), List(List<A>), Map(Map<A>) }"),
];

#[test]
fn a_cycle_has_a_box_or_a_struct_around_an_array() {
    assert_rows(CYCLES.iter().map(|(components, expected)| {
        let lowered = schemas(components);
        let types = lowered.api.types.iter().map(|one| {
            format!(
                "{} = {}",
                one.name.rust,
                notation::definition(&lowered.api, one)
            )
        });
        let types = types.collect::<Vec<_>>().join("; ");
        (*components, types + &lowered.codes(), *expected)
    }));
}

#[test]
fn a_ring_with_nothing_in_it_is_an_error() {
    let ring = "A: { allOf: [{ $ref: B }] }; B: { allOf: [{ $ref: A }] }";
    let union = "A: { oneOf: [{ $ref: B }, { type: string }] }; B: { oneOf: [{ $ref: A }, { type: integer }] }";
    assert_reports([
        (
            ring,
            schemas(ring),
            &[
                "error OA0202 A: leads back to itself",
                "error OA0202 B: leads back to itself",
            ][..],
        ),
        (
            union,
            schemas(union),
            &["error OA0202 A: is a branch of itself"][..],
        ),
    ]);
}
