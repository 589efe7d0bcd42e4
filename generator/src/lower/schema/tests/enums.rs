//! Enums: those written as a choice, those that an `allOf` narrows, and what names their variants.

use super::{Row, assert_types};

#[rustfmt::skip]
const CHOICES: &[Row] = &[
    ("{ oneOf: [{ const: a }, { const: b }] }", "enum { a A, b B, .. }"),
    ("{ oneOf: [{ const: a, title: The first }, { const: b, description: The second. }] }", "enum { a A, b B, .. }"),
    ("{ oneOf: [{ type: string, enum: [a] }, { type: string, enum: [b, c] }, { const: d }] }",
     "enum { a A, b B, c C, d D, .. }"),
    ("{ oneOf: [{ const: 1, title: CHAT_INPUT }, { const: 2 }] }", "integers { 1 ChatInput, 2 _2, .. }"),
    ("{ type: integer, format: int32, oneOf: [{ const: 1, title: A user }, { const: 2, title: 2nd }] }",
     "integers { 1 AUser, 2 _2, .. }"),
    ("{ oneOf: [{ const: 1 }, { const: b }] }", r#"values { 1 _1, "b" B, .. }"#),
    ("{ oneOf: [{ enum: [a, b] }, { enum: [c, d] }] }", "enum { a A, b B, c C, d D, .. }"),
    ("{ oneOf: [{ enum: [a, b] }, { enum: [b, c] }] }", "enum { a A, b B, c C, .. }"),
    ("{ oneOf: [{ enum: [a, b] }, { enum: [1, 2] }] }",
     "union { AEnum(SAEnum), Enum1(SEnum1) }; SAEnum = enum { a A, b B, .. }; SEnum1 = integers { 1 _1, 2 _2, .. }"),
    ("{ anyOf: [{ type: string }, { enum: [a, b] }] }", "enum { a A, b B, .. }"),
    ("{ anyOf: [{ enum: [a, b] }, { type: string, maxLength: 9 }] }", "enum { a A, b B, .. }"),
    ("{ anyOf: [{ $ref: Color }, { type: string }] }", "enum { red Red, green Green, .. }"),
    ("{ anyOf: [{ $ref: Color }, { enum: [blue] }] }", "enum { red Red, green Green, blue Blue, .. }"),
    ("{ anyOf: [{ anyOf: [{ type: string }, { $ref: Color }] }, { enum: [blue] }, { type: 'null' }] }",
     "Nullable<enum { red Red, green Green, blue Blue, .. }>"),
    ("{ oneOf: [{ $ref: Color }, { enum: [''] }, { enum: [null] }] }",
     "Nullable<enum { red Red, green Green,  Empty, .. }>"),
    ("{ anyOf: [{ type: integer }, { enum: [1, 2] }] }", "integers { 1 _1, 2 _2, .. }"),
    ("{ anyOf: [{ type: integer }, { enum: [a] }] }", "union { Integer(i64), A(SA) }; SA = enum { a A, .. }"),
    ("{ anyOf: [{ type: string, format: date }, { enum: [today] }] }",
     "union { Date, Today(SToday) }; SToday = enum { today Today, .. }"),
    ("{ oneOf: [{ const: a }, { type: object, properties: { b: { type: string } } }] }",
     "union { A(SA), B(Box<SB>) }; SA = enum { a A }; SB = struct { b: String? }"),
    ("{ anyOf: [{ type: array, items: { type: string } }, { enum: [''] }] }",
     "union { StringList(List<String>), Empty(SEmpty) }; SEmpty = enum {  Empty, .. }"),
    ("{ type: string, enum: [a, b], oneOf: [{ const: a, title: A }, { const: b, title: B }] }", "enum { a A, b B, .. }"),
];

#[rustfmt::skip]
const NARROWED: &[Row] = &[
    ("{ allOf: [{ enum: [a, b, c] }, { enum: [c, a] }] }", "enum { a A, c C, .. }"),
    ("{ allOf: [{ $ref: Color }, { type: string, enum: [red] }] }", "enum { red Red, .. }"),
    ("{ allOf: [{ $ref: Color }, { const: red }] }", "enum { red Red }"),
    ("{ allOf: [{ $ref: Color }, { type: string }] }", "enum { red Red, green Green, .. }"),
    ("{ allOf: [{ enum: [a] }, { enum: [b] }] }", "enum { a A, b B, .. } !OA0302"),
    ("{ allOf: [{ enum: [1, 2] }, { enum: [2, 3] }] }", "integers { 2 _2, .. }"),
];

#[rustfmt::skip]
const NAMED: &[Row] = &[
    ("{ enum: [0, 1], x-enumNames: [AwaitingMail, LOCKED_OUT] }", "integers { 0 AwaitingMail, 1 LockedOut, .. }"),
    ("{ enum: [-1, 1], x-enum-varnames: [DISLIKE, LIKE] }", "integers { -1 Dislike, 1 Like, .. }"),
    ("{ enum: [a, b], x-enum-varnames: [First, 2nd] }", "enum { a First, b B, .. }"),
    ("{ enum: [null, a, b], x-enumNames: [None, First, Second] }", "Nullable<enum { a First, b Second, .. }>"),
    ("{ enum: [a, b], x-enum-varnames: [First] }", "enum { a A, b B, .. } !OA0204"),
    ("{ enum: [a, b], x-enum-varnames: { b: Second } }", "enum { a A, b Second, .. }"),
    ("{ enum: [1, 2, 3], x-enumNames: [Some, Some, Other] }",
     "integers { 1 Some1, 2 Some2, 3 Other, .. } !OA0403 !OA0403"),
    ("{ enum: [A, b], x-enum-varnames: { b: A } }", "enum { A AUpper, b A, .. } !OA0404"),
    ("{ enum: [{ a: 1 }, a1] }", r#"values { {"a":1} A1Object, "a1" A1String, .. } !OA0403 !OA0403"#),
    ("{ enum: ['1', 1, true, 'true', 1.5] }", r#"values { "1" Text1, 1 _1, true True, "true" TextTrue, 1.5 _1_5, .. }"#),
];

#[rustfmt::skip]
const RESPELLED: &[Row] = &[
    ("{ type: integer, enum: ['1', '2'] }", "integers { 1 _1, 2 _2, .. } !OA0204"),
    ("{ type: number, enum: ['0.5', 1] }", "values { 0.5 _0_5, 1 _1, .. } !OA0204"),
    ("{ type: string, enum: [true, false] }", "enum { true True, false False, .. } !OA0204"),
    ("{ type: string, enum: [1, 1.10] }", "enum { 1 _1, 1.10 _1_10, .. } !OA0204"),
    ("{ type: string, const: 7 }", "enum { 7 _7 } !OA0204"),
    ("{ type: boolean, enum: ['true', 'false'] }", "bool !OA0204"),
    ("{ type: integer, enum: [one, two] }", r#"values { "one" One, "two" Two, .. } !OA0204"#),
    ("{ type: integer, enum: [1, two] }", r#"values { 1 _1, "two" Two, .. } !OA0204"#),
    ("{ type: array, items: { type: string }, enum: [a, b] }", "List<String> !OA0302"),
    ("{ type: array, items: { type: string }, enum: [[a], [b]] }", "List<String> !OA0302"),
    ("{ type: array, enum: [[a], [b]] }", r#"values { ["a"] A, ["b"] B, .. }"#),
];

#[test]
fn a_choice_of_listed_values_is_one_enum() {
    assert_types("3.1.0", CHOICES);
}

#[test]
fn an_all_of_narrows_an_enum() {
    assert_types("3.1.0", NARROWED);
}

#[test]
fn extensions_and_titles_name_variants() {
    assert_types("3.1.0", NAMED);
}

#[test]
fn listed_values_are_read_as_the_type_says() {
    assert_types("3.1.0", RESPELLED);
}
