//! Values of one of several types.

use super::{Row, assert_types};

#[rustfmt::skip]
const ONE_OF: &[Row] = &[
    ("{ oneOf: [{ $ref: Pet }, { $ref: Color }] }", "union { Pet(Box<Pet>), Color }"),
    ("{ oneOf: [{ type: string }, { type: integer }] }", "union { Text(String), Integer(i64) }"),
    ("{ oneOf: [{ type: string }, { type: boolean }, { type: number }] }",
     "union { Text(String), Boolean(bool), Number(f64) }"),
    ("{ oneOf: [{ type: string, format: date }, { type: string, format: uuid }, { type: string, format: byte }] }",
     "union { Date, Uuid, Base64 }"),
    ("{ oneOf: [{ type: string }, { type: array, items: { type: string } }] }",
     "union { Text(String), StringList(List<String>) }"),
    ("{ oneOf: [{ type: array, items: { type: string } }, { type: array, items: { type: integer } }] }",
     "union { StringList(List<String>), IntegerList(List<i64>) }"),
    ("{ oneOf: [{ type: object, additionalProperties: { type: string } }, { $ref: Pet }] }",
     "union { StringMap(Map<String>), Pet(Box<Pet>) }"),
    ("{ oneOf: [{ type: string }, { type: string, maxLength: 3 }] }", "String"),
    ("{ oneOf: [{ type: integer }, { type: number }] }", "union { Integer(i64), Number(f64) }"),
    ("{ oneOf: [{ $ref: Pet }, { $ref: Pet }] }", "Pet"),
    ("{ oneOf: [{}, { type: string }] }", "union { Text(String), Any }"),
    ("{ oneOf: [{ $ref: Word }, { type: integer }] }", "Nullable<union { Word, Integer(i64) }>"),
    ("{ oneOf: [{ type: object, properties: { a: { type: string } } }, { type: object, properties: { b: { type: \
      string } } }] }",
     "union { A(SA), B(SB) }; SA = struct { a: String? }; SB = struct { b: String? }"),
    ("{ oneOf: [{ type: object, title: First One, properties: { a: { type: string } } }, { type: object, title: \
      Second, properties: { b: { type: string } } }] }",
     "union { FirstOne(SFirstOne), Second(SSecond) }; SFirstOne = struct { a: String? }; SSecond = struct { \
      b: String? }"),
    ("{ oneOf: [{ type: object, properties: { kind: { const: up } } }, { type: object, properties: { kind: { \
      const: down } } }] }",
     "union { Up(SUp), Down(SDown) }; SUp = struct { kind: SUpKind? = up }; SDown = struct { kind: SDownKind? = down }; \
      SUpKind = enum { up Up }; SDownKind = enum { down Down }"),
    ("{ oneOf: [{ type: object, title: Unknown, properties: { a: { type: string } } }, { $ref: Pet }] }",
     "union { UnknownBranch(SUnknown), Pet }; SUnknown = struct { a: String? } !OA0404"),
    ("{ oneOf: [{ oneOf: [{ type: string }, { type: integer }] }, { type: boolean }] }",
     "union { OneOf(SOneOf), Boolean(bool) }; SOneOf = union { Text(String), Integer(i64) }"),
    ("{ oneOf: [{ allOf: [{ $ref: Pet }, { $ref: Cat }] }, { $ref: Dog }] }",
     "union { Cat(SCat), Dog }; SCat = struct { name: String!, kind = cat, lives: i64! }"),
    ("{ oneOf: [{ type: object, properties: { version: { const: 1 } } }, { type: object, properties: { version: { \
       const: 2 } } }] }",
     "union { Version1(SVersion1), Version2(SVersion2) }; SVersion1 = struct { version: SVersion1Version? = 1 }; \
      SVersion2 = struct { version: SVersion2Version? = 2 }; SVersion1Version = integers { 1 _1 }; SVersion2Version = \
      integers { 2 _2 }"),
    (r"{ oneOf: [{ type: number }, { type: [integer, string], format: int64 }] }",
     "union { F64(f64), NumberOrString(i64 or string) }"),
    ("{ oneOf: [] }", "Any"),
];

#[rustfmt::skip]
const ANY_OF: &[Row] = &[
    ("{ anyOf: [{ type: string }, { type: integer }] }", "union { Text(String), Integer(i64) }"),
    ("{ anyOf: [{ $ref: Pet }, { type: string }] }", "union { Pet(Box<Pet>), Text(String) }"),
    ("{ anyOf: [{ $ref: Pet }, { type: array, items: { $ref: Pet } }] }", "union { Pet(Box<Pet>), \
      PetList(List<Pet>) }"),
    ("{ anyOf: [{ type: string }, { type: 'null' }] }", "Nullable<String>"),
    ("{ anyOf: [{ type: string, format: date }, { type: string }] }", "union { Date, Text(String) }"),
    ("{ anyOf: [{ oneOf: [{ $ref: Cat }, { $ref: Dog }] }, { $ref: Pet }] }",
     "union { OneOf(SOneOf), Pet(Box<Pet>), & }; SOneOf = union { Cat, Dog }"),
];

#[rustfmt::skip]
const TYPES: &[Row] = &[
    ("{ type: [string, integer] }", "union { Text(String), Integer(i64) }"),
    ("{ type: [string, integer], maxLength: 3 }", "union { Text(String), Integer(i64) }"),
    ("{ type: [integer, string], pattern: '^[a-z]+$' }", "union { Integer(i64), Text(String) }"),
    (r"{ type: [integer, string], pattern: '^\d{4}-\d{2}$' }", "union { Integer(i64), Text(String) }"),
    (r"{ type: [integer, string], format: int32, pattern: '^-?(?:0|[1-9]\d*)$' }", "i32 or string"),
    (r"{ type: [integer, string], pattern: '^-?(?:0|[1-9]\d*)$' }", "i64 or string"),
    ("{ type: [string, integer], format: int64 }", "i64 or string"),
    ("{ type: [string, integer], format: date }", "union { Date, Integer(i64) }"),
    (r"{ type: [number, string], pattern: '^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$' }", "f64 or string"),
    (r"{ type: ['null', number, string], format: double, pattern: '^[-+]?[0-9]+(\.[0-9]+)?$' }",
     "Nullable<f64 or string>"),
    ("{ type: [integer, number] }", "union { Integer(i64), Number(f64) }"),
    ("{ type: [string, array], items: { type: integer } }", "union { Text(String), IntegerList(List<i64>) }"),
    ("{ type: [string, object], properties: { a: { type: string } } }",
     "union { Text(String), Object(Box<SObject>) }; SObject = struct { a: String? }"),
    ("{ type: [string, object], additionalProperties: { type: integer } }", "union { Text(String), \
      IntegerMap(Map<i64>) }"),
    ("{ type: [object, array] }", "union { Map(Map<Any>), List(List<Any>) }"),
    ("{ type: [string, integer], format: uuid }", "union { Uuid, Integer(i64) }"),
    ("{ type: [string] }", "String"),
    ("{ type: [string, number, integer, boolean, object, array, 'null'] }",
     "Nullable<union { Text(String), Number(f64), Integer(i64), Boolean(bool), Map(Map<Any>), List(List<Any>) }>"),
];

#[rustfmt::skip]
const DISCRIMINATORS: &[Row] = &[
    ("{ oneOf: [{ $ref: Cat }, { $ref: Dog }], discriminator: { propertyName: kind } }",
     "union kind { Cat = cat, Dog = dog }"),
    ("{ oneOf: [{ $ref: Cat }, { $ref: Dog }], discriminator: { propertyName: kind, mapping: { cat: Cat, tom: \
      Cat, dog: '#/components/schemas/Dog' } } }",
     "union kind { Cat += cat|tom, Dog = dog }"),
    ("{ anyOf: [{ $ref: Cat }, { $ref: Dog }], discriminator: { propertyName: kind, mapping: { c: Cat, d: Dog } } }",
     "union kind { Cat += cat|c, Dog += dog|d }"),
    ("{ oneOf: [{ $ref: Cat }, { $ref: Pet }], discriminator: { propertyName: kind, mapping: { cat: Cat, pet: Pet \
      } } }",
     "union kind { Cat = cat, Pet += pet }"),
    ("{ oneOf: [{ $ref: Cat }, { type: object, properties: { kind: { type: string } } }], discriminator: { \
      propertyName: kind } }",
     "union kind { Cat = cat, Object(SObject) }; SObject = struct { kind: String? }"),
    ("{ oneOf: [{ $ref: Cat }, { $ref: Dog }], discriminator: { propertyName: kind, mapping: { cat: Gone } } }",
     "union kind { Cat = cat, Dog = dog } !OA0201"),
    ("{ oneOf: [{ $ref: Cat }, { $ref: Dog }], discriminator: { propertyName: gone } }",
     "union gone { Cat += Cat, Dog += Dog }"),
    ("{ oneOf: [{ $ref: Cat }, { type: 'null' }, { $ref: Dog }], discriminator: { propertyName: kind } }",
     "Nullable<union kind { Cat = cat, Dog = dog }>"),
    ("{ oneOf: [{ $ref: Cat }, { $ref: Color }], discriminator: { propertyName: kind } }",
     "union kind { Cat(Box<Cat>) = cat, Color = Color }"),
    ("{ allOf: [{ $ref: Pet }], discriminator: { propertyName: name } }", "Pet"),
];

#[test]
fn branches_are_named_after_their_types() {
    assert_types("3.1.0", ONE_OF);
}

#[test]
fn an_any_of_of_other_kinds_is_a_union() {
    assert_types("3.1.0", ANY_OF);
}

#[test]
fn a_list_of_types_is_a_union() {
    assert_types("3.1.0", TYPES);
}

#[test]
fn a_discriminator_gives_tags() {
    assert_types("3.1.0", DISCRIMINATORS);
}
