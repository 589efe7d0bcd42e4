//! Cycles of types: what is boxed, what becomes a struct around an array or a map, and what is an error.

use super::schemas;
use crate::lower::tests::{assert_reports, notation};
use crate::tests::assert_rows;

/// Component schemas, and all types.
type Row = (&'static str, &'static str);

#[rustfmt::skip]
const CYCLES: &[Row] = &[
    ("A: { properties: { b: { $ref: B } } }; B: { properties: { a: { $ref: A } } }",
     "A = struct { b: Box<B>? }; B = struct { a: Box<A>? }"),
    ("A: { required: [b], properties: { b: { $ref: B } } }; B: { properties: { c: { $ref: C } } }; C: { \
      properties: { a: { $ref: A }, b: { $ref: B } } }",
     "A = struct { b: Box<B>! }; B = struct { c: Box<C>? }; C = struct { a: Box<A>?, b: Box<B>? }"),
    ("A: { properties: { b: { type: array, items: { $ref: B } } } }; B: { properties: { a: { $ref: A } } }",
     "A = struct { b: List<B>? }; B = struct { a: A? }"),
    ("A: { properties: { b: { $ref: B } } }; B: { properties: { c: { type: string } } }",
     "A = struct { b: B? }; B = struct { c: String? }"),
    ("A: { oneOf: [{ $ref: B }, { type: string }] }; B: { properties: { a: { $ref: A } } }",
     "A = union { B(Box<B>), Text(String) }; B = struct { a: A? }"),
    ("A: { $ref: B }; B: { properties: { a: { $ref: A } } }", "A = B; B = struct { a: Box<B>? }"),
    ("A: { allOf: [{ $ref: B }] }; B: { properties: { a: { $ref: A } } }", "A = B; B = struct { a: Box<A>? }"),
    ("A: { type: array, prefixItems: [{ $ref: B }] }; B: { properties: { a: { $ref: A } } }",
     "A = (Box<B>?, ..Any); B = struct { a: Box<A>? }"),
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

/// A type of 4 kilobytes is held in place, so that no member that is added to it shows in another type.
#[test]
fn the_size_of_a_type_decides_nothing() {
    let members = |count: usize| -> String {
        let members = (0..count).map(|number| format!("m{number}: {{ type: string }}"));
        members.collect::<Vec<_>>().join(", ")
    };
    for count in [1, 22, 170] {
        let owner = format!("Owner: {{ properties: {{ {} }} }}", members(count));
        let lowered = schemas(&format!(
            "{owner}; Pet: {{ properties: {{ owner: {{ $ref: Owner }} }} }}; Any: {{ oneOf: [{{ $ref: Owner }}, {{ $ref: \
             Pet }}] }}; Id: {{ oneOf: [{{ $ref: Owner }}, {{ type: string }}] }}"
        ));
        let find = |name: &str| {
            let mut types = lowered.api.types.iter();
            let one = types.find(|one| one.name.rust == name);
            one.map(|one| notation::definition(&lowered.api, one))
        };
        assert_eq!(
            find("Pet").as_deref(),
            Some("struct { owner: Owner? }"),
            "{count}"
        );
        assert_eq!(
            find("Any").as_deref(),
            Some("union { Owner, Pet }"),
            "{count}"
        );
        let id = find("Id");
        assert_eq!(
            id.as_deref(),
            Some("union { Owner(Box<Owner>), Text(String) }"),
            "{count}"
        );
    }
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
