//! `allOf`, and `anyOf` of objects: schemas that are merged into one.

use super::{Row, assert_types};

#[rustfmt::skip]
const ALL_OF: &[Row] = &[
    ("{ allOf: [{ $ref: Pet }, { properties: { tag: { type: string } } }] }", "struct { name: String!, tag: String? }"),
    ("{ allOf: [{ $ref: Pet }, { required: [tag] }] }", "struct { name: String!, tag: Any! }"),
    ("{ allOf: [{ $ref: Pet }, { required: [name] }] }", "struct { name: String! }"),
    ("{ allOf: [{ $ref: Pet }, { $ref: Cat }] }",
     "struct { name: String!, kind: SKind!, lives: i64! }; SKind = enum { cat Cat }"),
    ("{ allOf: [{ $ref: Pet }], properties: { tag: { type: string } } }", "struct { name: String!, tag: String? }"),
    ("{ allOf: [{ $ref: Pet }, { additionalProperties: false }] }", "Pet"),
    ("{ allOf: [{ $ref: Pet }, { additionalProperties: { type: integer } }] }", "struct { name: String!, ..i64 }"),
    ("{ allOf: [{ properties: { a: { type: string } } }, { properties: { a: { type: string, format: date } } }] }",
     "struct { a: Date? }"),
    ("{ allOf: [{ properties: { a: { type: string } } }, { properties: { a: { enum: [x, y] } } }] }",
     "struct { a: SA? }; SA = enum { x X, y Y, .. }"),
    ("{ allOf: [{ properties: { a: { type: string } } }, { properties: { a: { type: integer } } }] }",
     "struct { a: i64? } !OA0302"),
    ("{ allOf: [{ properties: { a: { type: [string, 'null'] } } }, { properties: { a: { type: string } } }] }",
     "struct { a: String? }"),
    ("{ allOf: [{ properties: { a: { type: integer } } }, { properties: { a: { type: number } } }] }",
     "struct { a: i64? }"),
    ("{ allOf: [{ properties: { a: { type: object, properties: { b: { type: string } } } } }, { properties: { a: \
      { type: object, properties: { c: { type: string } } } } }] }",
     "struct { a: SA? }; SA = struct { b: String?, c: String? }"),
    ("{ allOf: [{ properties: { a: { $ref: Pet } } }, { properties: { a: { $ref: Cat } } }] }",
     "struct { a: SA? }; SA = struct { name: String!, kind: SaKind!, lives: i64! }; SaKind = enum { cat Cat }"),
    ("{ allOf: [{ properties: { a: { $ref: Pet } } }, { properties: { a: { $ref: Pet } } }] }", "struct { a: Pet? }"),
    ("{ allOf: [{ properties: { a: { type: array, items: { $ref: Pet } } } }, { properties: { a: { type: array, \
      items: { $ref: Cat } } } }] }",
     "struct { a: List<SaItem>? }; SaItem = struct { name: String!, kind: SaItemKind!, lives: i64! }; SaItemKind \
      = enum { cat Cat }"),
    ("{ allOf: [{ type: string }, { maxLength: 3 }] }", "String"),
    ("{ allOf: [{ type: string }, { format: date }] }", "String"),
    ("{ allOf: [{ type: string }, { type: string, format: date }] }", "Date"),
    ("{ allOf: [{ $ref: Id }, { description: Mine. }] }", "Id"),
    ("{ allOf: [{ enum: [a, b, c] }, { enum: [b, c] }] }", "enum { b B, c C, .. }"),
    ("{ allOf: [{ $ref: Color }, { enum: [red] }] }", "enum { red Red }"),
    ("{ allOf: [{ enum: [a] }, { enum: [b] }] }", "enum { a A }"),
    ("{ allOf: [{ enum: [a, b] }, { enum: [b, c] }] }", "enum { a A, b B, .. }"),
    ("{ allOf: [{ type: array, items: { $ref: Pet } }, { type: array, items: { $ref: Cat } }] }",
     "List<SItem>; SItem = struct { name: String!, kind: SItemKind!, lives: i64! }; SItemKind = enum { cat Cat }"),
    ("{ allOf: [{ type: string }, { type: integer }] }", "i64 !OA0302"),
    ("{ allOf: [{ $ref: Pet }, { type: string }] }", "struct { name: String! } !OA0302"),
    ("{ allOf: [] }", "Any"),
    ("{ allOf: [{}, { type: object }] }", "Any"),
    ("{ allOf: [{ allOf: [{ $ref: Pet }] }, { allOf: [{ $ref: Cat }] }] }",
     "struct { name: String!, kind: SKind!, lives: i64! }; SKind = enum { cat Cat }"),
    ("{ allOf: [{ type: object, additionalProperties: { type: string } }, { type: object, additionalProperties: { \
      type: integer } }] }",
     "struct { ..Any } !OA0306 !OA0306"),
    ("{ allOf: [{ $ref: Pet }, { oneOf: [{ $ref: Cat }, { $ref: Dog }] }] }",
     "union { Cat(SCat), Dog(SDog), .. }; SCat = struct { name: String!, kind: SCatKind!, lives: i64! }; SDog = \
      struct { name: String!, kind: SDogKind!, barks: bool! }; SCatKind = enum { cat Cat }; SDogKind = enum { dog \
      Dog }"),
    ("{ allOf: [{ oneOf: [{ $ref: Cat }, { $ref: Dog }] }, { oneOf: [{ $ref: Pet }, { $ref: Color }] }] }",
     "Any !OA0306"),
    ("{ allOf: [{ $ref: Pet }, { oneOf: [{ required: [a] }, { required: [b] }] }] }",
     "struct { name: String! } !OA0302"),
    ("{ properties: { a: { type: string } }, oneOf: [{ properties: { b: { type: string } } }, { properties: { c: \
      { type: string } } }] }",
     "union { B(SB), C(SC), .. }; SB = struct { a: String?, b: String? }; SC = struct { a: String?, c: String? }"),
    ("{ type: string, oneOf: [{ const: a, title: First }, { const: b }] }", "enum { a A, b B, .. }"),
    ("{ type: string, anyOf: [{ format: date }, { format: uuid }] }", "String !OA0302"),
];

#[rustfmt::skip]
const ANY_OF: &[Row] = &[
    ("{ anyOf: [{ properties: { a: { type: string } } }, { properties: { b: { type: string } } }] }",
     "struct { a: String?, b: String? }"),
    ("{ anyOf: [{ required: [a], properties: { a: { type: string } } }, { required: [a, b], properties: { a: { \
      type: string }, b: { type: string } } }] }",
     "struct { a: String!, b: String? } !OA0302"),
    ("{ anyOf: [{ $ref: Pet }, { properties: { b: { type: string } } }] }",
     "struct { name: String?, b: String? } !OA0302"),
    ("{ anyOf: [{ $ref: Cat }, { $ref: Dog }] }", "union { Cat, Dog, .. }"),
    ("{ anyOf: [{ properties: { a: { type: string } } }, { properties: { a: { type: integer } } }] }",
     "struct { a: SA? }; SA = union { Text(String), Integer(i64) }"),
    ("{ anyOf: [{ properties: { a: { enum: [x] } } }, { properties: { a: { enum: [y] } } }] }",
     "union { X(SX), Y(SY), .. }; SX = struct { a: SxA? }; SY = struct { a: SyA? }; SxA = enum { x X }; SyA = \
      enum { y Y }"),
    ("{ anyOf: [{ properties: { a: { enum: [x, y] } } }, { properties: { a: { enum: [y, z] } } }] }",
     "struct { a: SA? }; SA = enum { x X, y Y, z Z, .. }"),
    ("{ anyOf: [{ properties: { a: { type: string } } }, { properties: { a: { enum: [y, z] } } }] }",
     "struct { a: String? }"),
    ("{ anyOf: [{ properties: { a: { type: [string, 'null'] } } }, { properties: { a: { type: string } } }] }",
     "struct { a: String?~ }"),
    ("{ anyOf: [{ $ref: Pet }, { required: [name] }] }",
     "union { Pet, Name(SName), &, .. }; SName = struct { name: Any! }"),
    ("{ properties: { a: { type: string } }, anyOf: [{ required: [a] }, { required: [b] }] }",
     "struct { a: String? } !OA0302"),
    ("{ anyOf: [{ properties: { a: { type: string } } }, { additionalProperties: { type: integer } }] }",
     "union { A(Box<SA>), IntegerMap(Map<i64>), &, .. }; SA = struct { a: String? }"),
];

#[test]
fn schemas_of_an_all_of_are_merged() {
    assert_types("3.1.0", ALL_OF);
}

#[test]
fn objects_of_an_any_of_are_merged_unless_a_constant_tells_them_apart() {
    assert_types("3.1.0", ANY_OF);
}
