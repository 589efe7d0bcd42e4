//! Strings, numbers and listed values: formats, bounds, constants.

use super::{Row, assert_types};

#[rustfmt::skip]
const STRINGS: &[Row] = &[
    ("{ type: string }", "String"),
    ("{ type: string, format: date-time }", "DateTime"),
    ("{ type: string, format: date }", "Date"),
    ("{ type: string, format: uuid }", "Uuid"),
    ("{ type: string, format: byte }", "Base64"),
    ("{ type: string, format: binary }", "String"),
    ("{ type: string, contentEncoding: base64 }", "Base64"),
    ("{ type: string, format: email }", "String"),
    ("{ type: string, format: made-up }", "String"),
    ("{ type: string, maxLength: 5, pattern: ^a }", "String"),
    ("{ format: uuid }", "union { Uuid, Any }"),
    ("{ type: string, format: date, enum: ['2020-01-01'] }", "enum { 2020-01-01 _2020_01_01, .. }"),
];

#[rustfmt::skip]
const NUMBERS: &[Row] = &[
    ("{ type: boolean }", "bool"),
    ("{ type: number }", "f64"),
    ("{ type: number, format: float }", "f32"),
    ("{ type: number, format: double }", "f64"),
    ("{ type: number, format: int32 }", "f64"),
    ("{ type: integer }", "i64"),
    ("{ type: integer, format: int8 }", "i8"),
    ("{ type: integer, format: int16 }", "i16"),
    ("{ type: integer, format: int32 }", "i32"),
    ("{ type: integer, format: int64 }", "i64"),
    ("{ type: integer, format: uint8 }", "u8"),
    ("{ type: integer, format: uint16 }", "u16"),
    ("{ type: integer, format: uint32 }", "u32"),
    ("{ type: integer, format: uint64 }", "u64"),
    ("{ type: integer, minimum: 0 }", "i64"),
    ("{ type: integer, minimum: 0, maximum: 255 }", "i64"),
    ("{ type: integer, minimum: 0, maximum: 18446744073709551615 }", "u64"),
    ("{ type: integer, maximum: 18446744073709551615 }", "i64"),
    ("{ type: integer, exclusiveMinimum: -1, maximum: 18446744073709551615 }", "i64"),
    ("{ type: integer, format: made-up }", "i64"),
];

#[rustfmt::skip]
const NULLS: &[Row] = &[
    ("{ type: [string, 'null'] }", "Nullable<String>"),
    ("{ type: ['null', integer] }", "Nullable<i64>"),
    ("{ type: 'null' }", "Nullable<Null>"),
    ("{ const: null }", "Nullable<Null>"),
    ("{ enum: [null] }", "Nullable<Null>"),
    ("{ enum: [a, null] }", "Nullable<enum { a A, .. }>"),
    ("{ type: [string, 'null'], enum: [a, b, null] }", "Nullable<enum { a A, b B, .. }>"),
    ("{ oneOf: [{ type: string }, { type: 'null' }] }", "Nullable<String>"),
    ("{ anyOf: [{ type: 'null' }, { $ref: Pet }] }", "Nullable<Pet>"),
    ("{ oneOf: [{ $ref: Word }, { $ref: Pet }] }", "Nullable<union { Word, Pet(Box<Pet>) }>"),
    ("{ allOf: [{ $ref: Word }] }", "Nullable<Word>"),
    ("{ allOf: [{ $ref: Word }, { description: A word. }] }", "Nullable<Word>"),
    ("{ allOf: [{ $ref: Word }, { maxLength: 3 }] }", "Nullable<Word>"),
    ("{ $ref: Word }", "Nullable<Word>"),
    ("{ type: array, items: { type: [string, 'null'] } }", "List<Nullable<String>>"),
    ("{ type: array, items: { $ref: Word } }", "List<Nullable<Word>>"),
    ("{ type: object, additionalProperties: { type: [integer, 'null'] } }", "Map<Nullable<i64>>"),
    ("{ type: [array, 'null'], items: { type: string } }", "Nullable<List<String>>"),
    ("{ type: [object, 'null'], properties: { a: { type: string } } }", "Nullable<struct { a: String? }>"),
    ("{ type: [string, integer, 'null'] }", "Nullable<union { Text(String), Integer(i64) }>"),
    ("{ type: array, items: {} }", "List<Any>"),
    ("{ type: array, items: { type: 'null' } }", "List<Null>"),
];

#[rustfmt::skip]
const NULLABLE: &[Row] = &[
    ("{ type: string, nullable: true }", "Nullable<String>"),
    ("{ type: string, nullable: false }", "String"),
    ("{ type: string, nullable: true, enum: [a, null] }", "Nullable<enum { a A, .. }>"),
    ("{ type: string, enum: [a, null] }", "Nullable<enum { a A, .. }>"),
    ("{ nullable: true, allOf: [{ $ref: Pet }] }", "Nullable<Pet>"),
    ("{ nullable: true, oneOf: [{ $ref: Pet }, { $ref: Color }] }", "Nullable<union { Pet(Box<Pet>), Color }>"),
    ("{ $ref: Pet, nullable: true }", "Nullable<Pet>"),
    ("{ type: array, nullable: true, items: { type: string, nullable: true } }", "Nullable<List<Nullable<String>>>"),
    ("{ type: object, nullable: true, additionalProperties: { type: string, nullable: true } }",
     "Nullable<Map<Nullable<String>>>"),
    ("{ nullable: true }", "Nullable<Any>"),
    ("{ allOf: [{ $ref: Pet }, { nullable: true }] }", "Nullable<Pet>"),
    ("{ allOf: [{ $ref: Pet }, { type: object, nullable: true, description: A. }] }", "Nullable<Pet>"),
    ("{ type: object, allOf: [{ $ref: Pet }, { nullable: true }] }", "Nullable<Pet>"),
    ("{ allOf: [{ $ref: NullPet }, { type: object, nullable: true, properties: { b: { type: string } } }] }",
     "Nullable<struct { name: String!, b: String? }>"),
    ("{ allOf: [{ $ref: Pet }, { type: object, nullable: true, properties: { b: { type: string } } }] }",
     "struct { name: String!, b: String? }"),
    ("{ allOf: [{ $ref: NullPet }, { properties: { b: { type: string } } }] }", "struct { name: String!, b: String? }"),
    ("{ allOf: [{ $ref: NullPet }], properties: { b: { type: string } } }",
     "Nullable<struct { name: String!, b: String? }>"),
    ("{ allOf: [{ $ref: NullPet }], type: object, properties: { b: { type: string } } }",
     "struct { name: String!, b: String? }"),
    ("{ allOf: [{ allOf: [{ $ref: NullPet }] }, { $ref: NullPet }] }", "Nullable<struct { name: String! }>"),
    ("{ allOf: [{ oneOf: [{ $ref: NullPet }, { $ref: Color }] }, { description: A. }] }", "Nullable<union { NullPet(Box<NullPet>), Color }>"),
    ("{ properties: { a: { allOf: [{ $ref: Pet }, { nullable: true }] } } }", "struct { a: Pet?~ }"),
    ("{ allOf: [{ properties: { a: { $ref: Pet } } }, { properties: { a: { nullable: true } } }] }", "struct { a: Pet?~ }"),
    ("{ type: array, items: { allOf: [{ $ref: Pet }, { nullable: true }] } }", "List<Nullable<Pet>>"),
];

#[rustfmt::skip]
const LISTED: &[Row] = &[
    ("{ enum: [a, b] }", "enum { a A, b B, .. }"),
    ("{ type: string, enum: [a, b] }", "enum { a A, b B, .. }"),
    ("{ type: string, enum: [a] }", "enum { a A, .. }"),
    ("{ const: a }", "enum { a A }"),
    ("{ type: string, const: a }", "enum { a A }"),
    ("{ enum: [a-b, a_b] }", "enum { a-b ABDash, a_b ABUnderscore, .. } !OA0403 !OA0403"),
    ("{ enum: ['', ' ', '1', '-1'] }", "enum {  Empty,   Space, 1 _1, -1 Minus1, .. }"),
    ("{ enum: [a, a, b] }", "enum { a A, b B, .. }"),
    ("{ enum: [unknown, Unknown] }", "enum { unknown UnknownLower, Unknown UnknownCapital, .. } !OA0404 !OA0404"),
    ("{ enum: [self, err, crate] }", "enum { self Self_, err Err, crate Crate, .. }"),
    ("{ enum: [1, 2] }", "integers { 1 _1, 2 _2, .. }"),
    ("{ type: integer, enum: [1, -1, 0] }", "integers { 1 _1, -1 Minus1, 0 _0, .. }"),
    ("{ const: 7 }", "integers { 7 _7 }"),
    ("{ type: integer, format: int32, enum: [1, 2] }", "integers { 1 _1, 2 _2, .. }"),
    ("{ type: number, enum: [0.5, 1] }", "values { 0.5 _0_5, 1 _1, .. }"),
    ("{ type: number, enum: [1, 2] }", "values { 1 _1, 2 _2, .. }"),
    ("{ enum: [0.5, auto, true] }", r#"values { 0.5 _0_5, "auto" Auto, true True, .. }"#),
    ("{ enum: ['1', 1] }", r#"values { "1" Text1, 1 _1, .. }"#),
    ("{ enum: [true, false] }", "bool"),
    ("{ type: boolean, enum: [true] }", "values { true True, .. }"),
    ("{ const: true }", "values { true True }"),
    ("{ enum: [{ a: 1 }, [2]] }", r#"values { {"a":1} A1, [2] _2, .. }"#),
    ("{ type: object, enum: [{ a: 1 }] }", r#"values { {"a":1} A1, .. }"#),
    ("{ type: [string, integer], enum: [a, 1] }", r#"values { "a" A, 1 _1, .. }"#),
    ("{ type: array, items: { enum: [x, y] } }", "List<SItem>; SItem = enum { x X, y Y, .. }"),
];

#[test]
fn a_string_has_the_type_of_its_format() {
    assert_types("3.1.0", STRINGS);
}

#[test]
fn a_number_has_the_type_of_its_format_or_bounds() {
    assert_types("3.1.0", NUMBERS);
}

#[test]
fn null_has_one_meaning_in_all_spellings() {
    assert_types("3.1.0", NULLS);
}

#[rustfmt::skip]
const FORMATS: &[Row] = &[
    ("{ format: date-time }", "union { DateTime, Any }"),
    ("{ format: int32 }", "union { Integer(i32), Any }"),
    ("{ format: float }", "union { Number(f32), Any }"),
    ("{ format: email }", "Any"),
    ("{ format: x }", "Any"),
    ("{ format: date, maxLength: 10, description: A day. }", "union { Date, Any }"),
    ("{ allOf: [{ format: date }, { maxLength: 10 }] }", "union { Date, Any }"),
    ("{ format: date, enum: [a] }", "enum { a A, .. }"),
    ("{ format: date, oneOf: [{ type: string }, { type: integer }] }", "union { Date, Integer(i64) }"),
    ("{ format: date, anyOf: [{ type: string }, { type: 'null' }] }", "Nullable<Date>"),
    ("{ format: date, oneOf: [{ $ref: Pet }, { type: string }] }", "union { Pet(Box<Pet>), Date }"),
    ("{ format: date, oneOf: [{ $ref: Pet }, { type: array, items: { type: string } }] }", "union { Pet(Box<Pet>), StringList(List<String>) }"),
    ("{ type: object, format: date, properties: { a: { type: string } } }", "struct { a: String? }"),
    ("{ type: [string, integer], format: date }", "union { Date, Integer(i64) }"),
];

#[test]
fn a_format_without_a_type_is_about_strings() {
    assert_types("3.1.0", FORMATS);
}

#[test]
fn nullable_of_3_0_is_the_same() {
    assert_types("3.0.3", NULLABLE);
}

#[test]
fn listed_values_are_an_enum_of_their_kind() {
    assert_types("3.1.0", LISTED);
}
