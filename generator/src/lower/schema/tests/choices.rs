//! What `codegen.yaml` chooses: types of formats, names of types, members and values.

use std::collections::BTreeMap;

use super::text;
use crate::lower::tests::{lowered_with, notation};
use crate::options::{DateTimeType, Options, UuidType};
use crate::tests::assert_rows;

/// The schema `S`, the choices, and the types of `S` with its inline schemas.
type Row = (&'static str, fn(&mut Options), &'static str);

#[rustfmt::skip]
const CHOICES: &[Row] = &[
    ("{ type: string, format: date-time }", fixed_offset, "DateTimeOffset"),
    ("{ type: [string, integer], format: date-time }", fixed_offset, "union { DateTime(DateTimeOffset), Integer(i64) }"),
    ("{ type: string, format: uuid }", uuids_are_strings, "String"),
    ("{ type: object, properties: { a: { enum: [x, y] } } }", letter_at_a,
     "struct { a: Letter? }; Letter = enum { x X, y Y, .. }"),
    ("{ type: object, properties: { a: { enum: [x, y] }, b: { enum: [x, y] } } }", letter_at_a_and_b,
     "struct { a: Letter?, b: Letter? }; Letter = enum { x X, y Y, .. }"),
    ("{ type: object, properties: { a: { enum: [x, y] }, b: { enum: [z, w] } } }", letter_at_a_and_b,
     "struct { a: Letter?, b: LetterEnum? }; Letter = enum { x X, y Y, .. }; LetterEnum = enum { z Z, w W, .. } \
      !OA0404"),
    ("{ enum: [x, y] }", first_value, "enum { x First, y Y, .. }"),
    ("{ enum: [y, x] }", first_value, "enum { y Y, x First, .. }"),
    ("{ oneOf: [{ const: y, title: Y }, { const: x, title: X }] }", first_value, "enum { y Y, x First, .. }"),
    ("{ enum: [y] }", first_value, "enum { y Y, .. } !OA0507"),
    ("{ required: [a, b, c], properties: { a: {}, b: {}, c: {} } }", b_before_a, "struct { b: Any!, a: Any!, c: Any! }"),
    ("{ properties: { b: {} } }", b_before_a, "struct { b: Any?raw } !OA0507"),
    ("{ type: object, properties: { a: { type: string } } }", member_a, "struct { a/alpha: String? }"),
    ("{ type: string }", letter_at_a, "String !OA0507"),
];

fn fixed_offset(options: &mut Options) {
    options.types.date_time = DateTimeType::FixedOffset;
}

fn uuids_are_strings(options: &mut Options) {
    options.types.uuid = UuidType::String;
}

fn letter_at_a(options: &mut Options) {
    let at = "#/components/schemas/S/properties/a";
    options
        .rename
        .types
        .insert(at.to_owned(), "Letter".to_owned());
}

fn letter_at_a_and_b(options: &mut Options) {
    letter_at_a(options);
    let at = "#/components/schemas/S/properties/b";
    options
        .rename
        .types
        .insert(at.to_owned(), "Letter".to_owned());
}

fn first_value(options: &mut Options) {
    let names = BTreeMap::from([("x".to_owned(), "First".to_owned())]);
    options.rename.values.insert("S".to_owned(), names);
}

fn b_before_a(options: &mut Options) {
    let names = ["b", "a"].map(str::to_owned).to_vec();
    options.order.types.insert("S".to_owned(), names);
}

fn member_a(options: &mut Options) {
    let at = "#/components/schemas/S/properties/a";
    options
        .rename
        .members
        .insert(at.to_owned(), "alpha".to_owned());
}

#[test]
fn codegen_yaml_chooses_types_and_names() {
    assert_rows(CHOICES.iter().map(|(schema, choose, expected)| {
        let lowered = lowered_with(&text("3.1.0", schema), choose);
        let types = notation::module(&lowered.api, "s");
        (*schema, types + &lowered.codes(), *expected)
    }));
}
