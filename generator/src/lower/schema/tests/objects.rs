//! Objects, arrays, tuples and maps: members, presence, what no name is given for.

use super::{Row, assert_types};

#[rustfmt::skip]
const MEMBERS: &[Row] = &[
    ("{ type: object, required: [id], properties: { id: { type: string }, tag: { type: integer } } }",
     "struct { id: String!, tag: i64? }"),
    ("{ properties: { id: { type: string } } }", "struct { id: String? }"),
    ("{ required: [id] }", "struct { id: Any! }"),
    ("{ type: object, required: [id], properties: { tag: { type: string } } }", "struct { tag: String?, id: Any! }"),
    ("{ type: object, required: [a], properties: { a: { type: [string, 'null'] }, b: { type: [string, 'null'] } } }",
     "struct { a: String~, b: String?~ }"),
    ("{ type: object, required: [a], properties: { a: {}, b: {} } }", "struct { a: Any!, b: Any?raw }"),
    ("{ type: object, properties: { a: { type: 'null' }, b: { oneOf: [{ type: string }, {}] } } }",
     "struct { a: Null?raw, b: SB?raw }; SB = union { Text(String), Any }"),
    ("{ type: object, required: [a], properties: { a: { $ref: Word }, b: { $ref: Word }, c: { $ref: Pet } } }",
     "struct { a: Word~, b: Word?~, c: Pet? }"),
    ("{ type: object, required: [a], properties: { a: { type: string, readOnly: true }, b: { type: string, \
      writeOnly: true } } }",
     "struct { a: String! readonly, b: String? writeonly }"),
    ("{ type: object, properties: { createdAt: { type: string, format: date-time }, type: { type: string }, \
      '1st': { type: string } } }",
     "struct { createdAt/created_at: DateTime?, type/type_: String?, 1st/_1st: String? }"),
    ("{ type: object, properties: { a-b: { type: string }, a_b: { type: integer } } }",
     "struct { a-b/a_b_dash: String?, a_b: i64? } !OA0404"),
    ("{ type: object, properties: { additional_properties: { type: string } }, additionalProperties: { type: \
      string } }",
     "struct { additional_properties/additional_properties_member: String?, ..String } !OA0404"),
    ("{ type: object, required: [a], properties: { a: false, b: true } }", "struct { a: Any!, b: Any?raw } !OA0306"),
    ("{ type: object, required: [kind], properties: { kind: { const: pet }, size: { const: 1 } } }",
     "struct { kind = pet, size: SSize? }; SSize = integers { 1 _1 }"),
    ("{ type: object, properties: { a: { type: string, default: x }, b: { type: string, deprecated: true } } }",
     "struct { a: String?, b: String? }"),
];

#[rustfmt::skip]
const MAPS: &[Row] = &[
    ("{ type: object }", "Any"),
    ("{}", "Any"),
    ("true", "Any"),
    ("{ description: Anything. }", "Any"),
    ("{ type: object, properties: {} }", "Any"),
    ("{ type: object, additionalProperties: true }", "Map<Any>"),
    ("{ type: object, additionalProperties: {} }", "Map<Any>"),
    ("{ type: object, additionalProperties: false }", "struct {}"),
    ("{ type: object, additionalProperties: { type: integer } }", "Map<i64>"),
    ("{ additionalProperties: { $ref: Pet } }", "Map<Pet>"),
    ("{ type: object, additionalProperties: { type: object, properties: { a: { type: string } } } }",
     "Map<SValue>; SValue = struct { a: String? }"),
    ("{ type: object, properties: { a: { type: string } }, additionalProperties: true }",
     "struct { a: String?, ..Any }"),
    ("{ type: object, properties: { a: { type: string } }, additionalProperties: false }", "struct { a: String? }"),
    ("{ type: object, properties: { a: { type: string } }, additionalProperties: { type: integer } }",
     "struct { a: String?, ..i64 }"),
    ("{ type: object, patternProperties: { ^x-: { type: string } } }", "Map<Any> !OA0306"),
    ("{ type: object, patternProperties: { ^x-: { type: string }, ^y-: { type: integer } } }",
     "Map<Any> !OA0306 !OA0306"),
    ("{ type: object, patternProperties: { ^x-: { type: string } }, additionalProperties: false }", "Map<String>"),
    ("{ type: object, properties: { a: { type: string } }, patternProperties: { ^x-: { type: string } } }",
     "struct { a: String?, ..Any } !OA0306"),
    ("{ type: object, patternProperties: { ^x-: { type: string } }, additionalProperties: { type: integer } }",
     "Map<Any> !OA0306 !OA0306"),
    ("{ type: object, additionalProperties: { type: object, additionalProperties: { type: array, items: { type: \
      string } } } }",
     "Map<Map<List<String>>>"),
    ("{ type: object, propertyNames: { pattern: ^a }, additionalProperties: { type: string } }", "Map<String> !OA0302"),
];

#[rustfmt::skip]
const ARRAYS: &[Row] = &[
    ("{ type: array, items: { type: string, format: date } }", "List<Date>"),
    ("{ type: array }", "List<Any>"),
    ("{ items: { type: string } }", "List<String>"),
    ("{ type: array, items: { $ref: Pet } }", "List<Pet>"),
    ("{ type: array, items: { type: array, items: { type: number } } }", "List<List<f64>>"),
    ("{ type: array, items: { type: object, properties: { a: { type: string } } } }",
     "List<SItem>; SItem = struct { a: String? }"),
    ("{ type: array, uniqueItems: true, items: { type: string } }", "List<String>"),
    ("{ type: array, prefixItems: [{ type: string }, { type: number }] }", "(String?, f64?, ..Any)"),
    ("{ type: array, prefixItems: [{ type: string }, { type: number }], minItems: 1, items: { type: boolean } }",
     "(String, f64?, ..bool)"),
    ("{ type: array, prefixItems: [{ type: string }], minItems: 1, maxItems: 1 }", "(String)"),
    ("{ type: array, prefixItems: [{ type: string }], minItems: 5, items: false }", "(String)"),
    ("{ prefixItems: [{ type: string }, { $ref: Pet }], items: false }", "(String?, Pet?)"),
    ("{ type: array, prefixItems: [{ type: object, properties: { a: { type: string } } }], items: false }",
     "(SItem1?); SItem1 = struct { a: String? }"),
    ("{ type: array, prefixItems: [{ type: [string, 'null'] }], minItems: 1, items: false }", "(Nullable<String>)"),
    ("{ type: array, items: false }", "List<Any> !OA0306"),
];

#[rustfmt::skip]
const INLINE: &[Row] = &[
    ("{ type: object, properties: { owner: { type: object, properties: { name: { type: string } } } } }",
     "struct { owner: SOwner? }; SOwner = struct { name: String? }"),
    ("{ type: object, properties: { tags: { type: array, items: { enum: [a, b] } } } }",
     "struct { tags: List<STagsItem>? }; STagsItem = enum { a A, b B, .. }"),
    ("{ type: object, properties: { m: { type: object, additionalProperties: { enum: [a, b] } } } }",
     "struct { m: Map<SmValue>? }; SmValue = enum { a A, b B, .. }"),
    ("{ type: object, properties: { a: { type: object, properties: { b: { type: object, properties: { c: { enum: \
      [x, y] } } } } } } }",
     "struct { a: SA? }; SA = struct { b: SaB? }; SaB = struct { c: SaBC? }; SaBC = enum { x X, y Y, .. }"),
    ("{ type: object, properties: { v: { oneOf: [{ type: object, title: Left, properties: { a: { type: string } } \
      }, { type: object, properties: { b: { type: string } } }] } } }",
     "struct { v: SV? }; SV = union { Left(SvLeft), B(SvB) }; SvLeft = struct { a: String? }; SvB = struct { b: \
      String? }"),
    ("{ type: object, properties: { a-b: { enum: [x, y] }, a_b: { enum: [z, w] } } }",
     "struct { a-b/a_b_dash: SAbDash?, a_b: SAb? }; SAbDash = enum { x X, y Y, .. }; SAb = enum { z Z, w W, .. } \
      !OA0404"),
    ("{ type: object, properties: { 'größe': { enum: [x, y] }, type: { enum: [z, w] } } }",
     "struct { größe: SGröße?, type/type_: SType? }; SGröße = enum { x X, y Y, .. }; SType = enum { z Z, w W, .. }"),
    ("{ type: array, items: { enum: [x, y] } }", "List<SItem>; SItem = enum { x X, y Y, .. }"),
    ("{ type: array, items: { type: array, items: { enum: [x, y] } } }",
     "List<List<SItemItem>>; SItemItem = enum { x X, y Y, .. }"),
    ("{ type: object, properties: { p: { type: array, prefixItems: [{ enum: [x, y] }] } } }",
     "struct { p: SP? }; SP = (SpItem1?, ..Any); SpItem1 = enum { x X, y Y, .. }"),
    ("{ type: object, properties: { a: { type: object, title: Named, properties: { b: { type: string } } } } }",
     "struct { a: SA? }; SA = struct { b: String? }"),
];

#[test]
fn members_have_presence_and_type() {
    assert_types("3.1.0", MEMBERS);
}

#[test]
fn members_without_a_name_are_a_map() {
    assert_types("3.1.0", MAPS);
}

#[test]
fn arrays_are_lists_or_tuples() {
    assert_types("3.1.0", ARRAYS);
}

#[test]
fn inline_schemas_are_named_after_their_places() {
    assert_types("3.1.0", INLINE);
}
