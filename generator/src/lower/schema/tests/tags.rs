//! Which values of a discriminator lead to which branch, and which members they fix.

use crate::lower::tests::{lowered, notation, with_references};
use crate::tests::assert_rows;

/// The schemas of a document, in OpenAPI 3.1, and the types of the module `s`.
type Row = (&'static str, &'static str);

#[rustfmt::skip]
const TAGS: &[Row] = &[
    // a mapping for one branch, a constant for another, and the name of the third
    ("S: { oneOf: [{ $ref: A }, { $ref: B }, { $ref: C }], discriminator: { propertyName: t, mapping: { x: A } } }
      A: { type: object, required: [t], properties: { t: { type: string } } }
      B: { type: object, required: [t], properties: { t: { const: y } } }
      C: { type: object, properties: { c: { type: string } } }",
     "union t { A += x, B = y, C += C }"),
    // integers and booleans, which a mapping spells as strings
    ("S: { oneOf: [{ $ref: A }, { $ref: B }], discriminator: { propertyName: t, mapping: { '1': A } } }
      A: { type: object, required: [t], properties: { t: { type: integer } } }
      B: { type: object, required: [t], properties: { t: { const: 2 } } }",
     "union t { A += 1, B = 2 }"),
    ("S: { oneOf: [{ $ref: A }, { $ref: B }], discriminator: { propertyName: t } }
      A: { type: object, required: [t], properties: { t: { const: true } } }
      B: { type: object, required: [t], properties: { t: { const: false } } }",
     "union t { A = true, B = false }"),
    // the constant is behind references, and beside what a base says
    ("S: { oneOf: [{ $ref: A }, { $ref: B }], discriminator: { propertyName: t } }
      K: { type: string, enum: [x, y] }
      Base: { type: object, required: [t], properties: { t: { $ref: K } } }
      A: { allOf: [{ $ref: Base }, { properties: { t: { enum: [x] } } }] }
      B: { allOf: [{ $ref: Base }, { properties: { t: { allOf: [{ $ref: Y }] } } }] }
      Y: { type: string, enum: [y] }",
     "union t { A = x, B = y }"),
    // all have the same values, so that only the mapping or the name tells
    ("S: { oneOf: [{ $ref: A }, { $ref: B }], discriminator: { propertyName: t, mapping: { x: A, y: B } } }
      Base: { type: object, required: [t], properties: { t: { type: string, enum: [x, y] } } }
      A: { allOf: [{ $ref: Base }] }
      B: { allOf: [{ $ref: Base }], properties: { b: { type: string } } }",
     "union t { A += x, B += y }"),
    // values of its own, none of which another branch has
    ("S: { oneOf: [{ $ref: A }, { $ref: B }], discriminator: { propertyName: t } }
      A: { type: object, required: [t], properties: { t: { enum: [x, y] } } }
      B: { type: object, required: [t], properties: { t: { enum: [z] } } }",
     "union t { A += x|y, B = z }"),
    // the tags of a union in the union
    ("S: { oneOf: [{ $ref: U }, { $ref: C }], discriminator: { propertyName: t } }
      U: { oneOf: [{ $ref: A }, { $ref: B }], discriminator: { propertyName: t, mapping: { a: A } } }
      A: { type: object, required: [t], properties: { t: { type: string } } }
      B: { type: object, required: [t], properties: { t: { const: b } } }
      C: { type: object, required: [t], properties: { t: { const: c } } }",
     "union t { U = a|b, C(Box<C>) = c }"),
    // a base and one of its subtypes, which goes by its own variant
    ("B: { type: object, required: [t], properties: { t: { type: string } }, discriminator: { propertyName: t } }
      X: { allOf: [{ $ref: B }], properties: { x: { type: string } } }
      Y: { allOf: [{ $ref: B }], properties: { y: { type: string } } }
      S: { oneOf: [{ $ref: B }, { $ref: Y }] }",
     "union t { B = B|X, Y(Box<Y>) += Y }"),
    // branches without a name
    ("S: { oneOf: [{ type: object, required: [t], properties: { t: { const: a } } }, { $ref: B }],
           discriminator: { propertyName: t } }
      B: { type: object, required: [t], properties: { t: { const: b } } }",
     "union t { A(SA) = a, B = b }; SA = struct { t = a }"),
    // one branch is the first of several
    ("S: { oneOf: [{ $ref: A }], discriminator: { propertyName: t, mapping: { a: A } } }
      A: { type: object, required: [t], properties: { t: { type: string } } }",
     "union t { A += a }"),
    ("S: { oneOf: [{ $ref: S }, { type: string }] }", "String"),
    ("S: { oneOf: [{ $ref: A }, { $ref: B }], discriminator: { propertyName: t, mapping: { a: C, b: D } } }
      A: { type: object, required: [t], properties: { t: { const: a } } }
      B: { type: object, required: [t], properties: { t: { const: b } } }
      C: { type: object, properties: { c: { type: string } } }",
     "union t { A = a, B = b } !OA0201 !OA0201"),
];

#[rustfmt::skip]
const FIXED: &[Row] = &[
    ("O: { oneOf: [{ $ref: S }, { $ref: B }], discriminator: { propertyName: t, mapping: { a: S, b: B } } }
      S: { type: object, required: [t, x], properties: { t: { type: string }, x: { type: string } } }
      B: { type: object, properties: { t: { type: string } } }",
     "struct { t: String! = a, x: String! }"),
    ("O: { oneOf: [{ $ref: S }, { $ref: B }], discriminator: { propertyName: t } }
      S: { type: object, required: [t], properties: { t: { const: 1 } } }
      B: { type: object, required: [t], properties: { t: { const: 2 } } }",
     "struct { t = 1 }"),
    // an optional one can be absent, and `new` fills it in, with and without a discriminator
    ("O: { oneOf: [{ $ref: S }, { $ref: B }], discriminator: { propertyName: t } }
      S: { type: object, properties: { t: { const: a } } }
      B: { type: object, properties: { t: { const: b } } }",
     "struct { t: ST? = a }; ST = enum { a A }"),
    ("O: { anyOf: [{ $ref: S }, { $ref: B }] }
      S: { type: object, required: [x], properties: { t: { const: a, default: a }, o: { const: o }, x: { type: string } } }
      B: { type: object, required: [x], properties: { t: { const: b, default: b }, o: { const: o }, x: { type: string } } }",
     "struct { t: ST? = a, o: SO?, x: String! }; ST = enum { a A }; SO = enum { o O }"),
    // of several values it is the default, or else the first
    ("O: { oneOf: [{ $ref: S }, { $ref: B }], discriminator: { propertyName: t, mapping: { a: S, c: S, b: B } } }
      S: { type: object, properties: { t: { enum: [a, c], default: c } } }
      B: { type: object, properties: { t: { const: b } } }",
     "struct { t: ST? = c }; ST = enum { a A, c C, .. }"),
    ("O: { oneOf: [{ $ref: S }, { $ref: B }], discriminator: { propertyName: t, mapping: { a: S, c: S, b: B } } }
      S: { type: object, properties: { t: { enum: [a, c] } } }
      B: { type: object, properties: { t: { const: b } } }",
     "struct { t: ST? = a }; ST = enum { a A, c C, .. }"),
    // the mapping and the schema name two values: both are read
    ("O: { oneOf: [{ $ref: S }, { $ref: B }], discriminator: { propertyName: t, mapping: { a: S, b: B } } }
      S: { type: object, required: [t], properties: { t: { const: x } } }
      B: { type: object, required: [t], properties: { t: { const: b } } }",
     "struct { t: String! = x }"),
    // two unions have it under two tags
    ("O: { oneOf: [{ $ref: S }, { $ref: B }], discriminator: { propertyName: t, mapping: { a: S, b: B } } }
      P: { oneOf: [{ $ref: S }, { $ref: B }], discriminator: { propertyName: t, mapping: { c: S, b: B } } }
      S: { type: object, required: [t], properties: { t: { type: string } } }
      B: { type: object, required: [t], properties: { t: { type: string } } }",
     "struct { t: String! }"),
    // a value that all branches have tells none
    ("O: { oneOf: [{ $ref: S }, { $ref: B }] }
      S: { type: object, required: [o, t], properties: { o: { const: x }, t: { const: a } } }
      B: { type: object, required: [o, t], properties: { o: { const: x }, t: { const: b } } }",
     "struct { o = x, t = a }"),
    // no union has it
    ("S: { type: object, required: [t], properties: { t: { const: 1 } } }",
     "struct { t = 1 }"),
];

#[rustfmt::skip]
const HIERARCHIES: &[Row] = &[
    ("S: { type: object, required: [t], properties: { t: { type: string }, n: { type: string } }, discriminator: {
           propertyName: t, mapping: { cat: Cat } } }
      Cat: { allOf: [{ $ref: S }, { type: object, properties: { lives: { type: integer } } }] }
      Dog: { allOf: [{ $ref: S }], properties: { barks: { type: boolean } } }",
     "union t { Base(SBase) += S base, Cat += cat, Dog += Dog }; SBase = struct { t: String! = S, n: String? }"),
    // grandchildren are branches of every base
    ("A: { type: object, properties: { t: { type: string } }, discriminator: { propertyName: t } }
      S: { allOf: [{ $ref: A }], properties: { s: { type: string } } }
      C: { allOf: [{ $ref: S }], properties: { c: { type: string } } }",
     "union t { Base(SBase) ?= S base, C ?= C }; SBase = struct { t: String?, s: String? }"),
    ("S: { type: object, properties: { t: { type: string } }, discriminator: { propertyName: t } }
      B: { allOf: [{ $ref: S }], properties: { b: { type: string } } }
      C: { allOf: [{ $ref: B }], properties: { c: { type: string } } }",
     "union t { Base(SBase) ?= S base, B(BBase) ?= B, C ?= C }; SBase = struct { t: String? }"),
    // a subtype without members of its own, and another name for the base
    ("S: { type: object, required: [t], properties: { t: { type: string } }, discriminator: { propertyName: t } }
      Cat: { allOf: [{ $ref: S }] }
      Pet: { nullable: true, allOf: [{ $ref: S }] }",
     "union t { Base(SBase) += S base, Cat += Cat }; SBase = struct { t: String! = S }"),
    // a list of subtypes is told by the base's discriminator
    ("B: { type: object, required: [t], properties: { t: { type: string } }, discriminator: { propertyName: t, mapping: {
           c: Circle, s: Square } } }
      Circle: { allOf: [{ $ref: B }], properties: { size: { type: integer } } }
      Square: { allOf: [{ $ref: B }], properties: { size: { type: integer } } }
      S: { anyOf: [{ $ref: Square }, { $ref: Circle }] }",
     "union t { Square += s, Circle += c }"),
    // the base lists its subtypes, which lead back to it
    ("S: { type: object, required: [t], properties: { t: { type: string } }, oneOf: [{ $ref: Cat }, { $ref: Dog }],
           discriminator: { propertyName: t, mapping: { cat: Cat, dog: Dog } } }
      Cat: { allOf: [{ $ref: S }, { properties: { lives: { type: integer } } }] }
      Dog: { allOf: [{ $ref: S }] }
      Bird: { allOf: [{ $ref: S }, { properties: { wings: { type: integer } } }] }",
     "union t { Cat += cat, Dog += dog }"),
    // the variant of the base has its name, whatever subtypes are called
    ("S: { type: object, required: [t], properties: { t: { type: string } }, discriminator: { propertyName: t } }
      Base: { allOf: [{ $ref: S }], properties: { a: { type: string } } }
      B: { allOf: [{ $ref: Base }], properties: { b: { type: string } } }",
     "union t { Base(SBase) += S base, BaseBranch(BaseBase) += Base, B += B }; SBase = struct { t: String! = S } \
      !OA0404"),
    // without a subtype there is nothing to tell
    ("S: { type: object, properties: { t: { type: string } }, discriminator: { propertyName: t } }",
     "struct { t: String? }"),
];

fn types(schemas: &str) -> String {
    let schemas = with_references(schemas);
    // a mapping names a schema
    let lines: Vec<&str> = schemas.lines().map(str::trim).collect();
    let mut text = String::new();
    for line in lines {
        let is_schema = line.split_once(": {").is_some_and(|(name, _)| {
            name.chars().all(char::is_alphanumeric) && name.starts_with(char::is_uppercase)
        });
        text += if is_schema { "\n    " } else { " " };
        text += line;
    }
    let head = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths: {}\n";
    let lowered = lowered(&format!("{head}components:\n  schemas:{text}"));
    format!("{}{}", notation::module(&lowered.api, "s"), lowered.codes())
}

#[track_caller]
fn assert_types(rows: &[Row]) {
    assert_rows(
        rows.iter()
            .map(|(row, expected)| (*row, types(row), *expected)),
    );
}

#[test]
fn a_branch_has_the_tags_of_its_mapping_its_constant_or_its_name() {
    assert_types(TAGS);
}

#[test]
fn what_tells_a_branch_is_not_asked_for() {
    assert_types(FIXED);
}

#[test]
fn a_base_is_the_union_of_its_subtypes_and_itself() {
    assert_types(HIERARCHIES);
}
