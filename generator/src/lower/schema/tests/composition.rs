//! `allOf`, and `anyOf` of objects: schemas that are merged into one.

use super::{Row, assert_types};

#[rustfmt::skip]
const ALL_OF: &[Row] = &[
    ("{ allOf: [{ $ref: Pet }, { properties: { tag: { type: string } } }] }", "struct { name: String!, tag: String? }"),
    ("{ allOf: [{ $ref: Pet }, { required: [tag] }] }", "struct { name: String!, tag: Any! }"),
    ("{ allOf: [{ $ref: Pet }, { required: [name] }] }", "struct { name: String! }"),
    ("{ allOf: [{ $ref: Pet }, { $ref: Cat }] }",
     "struct { name: String!, kind = cat, lives: i64! }"),
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
     "struct { a: SA? }; SA = struct { name: String!, kind = cat, lives: i64! }"),
    ("{ allOf: [{ properties: { a: { $ref: Pet } } }, { properties: { a: { $ref: Pet } } }] }", "struct { a: Pet? }"),
    ("{ allOf: [{ properties: { a: { type: array, items: { $ref: Pet } } } }, { properties: { a: { type: array, \
      items: { $ref: Cat } } } }] }",
     "struct { a: List<SaItem>? }; SaItem = struct { name: String!, kind = cat, lives: i64! }"),
    ("{ allOf: [{ type: string }, { maxLength: 3 }] }", "String"),
    ("{ allOf: [{ type: string }, { format: date }] }", "Date"),
    ("{ allOf: [{ format: date }, { type: string }, { maxLength: 3 }] }", "Date"),
    ("{ type: string, allOf: [{ format: uuid }] }", "Uuid"),
    ("{ allOf: [{ type: integer }, { format: int32 }] }", "i32"),
    ("{ allOf: [{ type: integer, minimum: 0 }, { format: uint32 }] }", "u32"),
    ("{ allOf: [{ type: number }, { format: float }] }", "f32"),
    ("{ allOf: [{ type: number }, { type: integer, format: int32 }] }", "i32"),
    ("{ allOf: [{ type: string, format: date }, { type: string, format: uuid }] }", "Date !OA0302"),
    ("{ allOf: [{ type: string, format: date }, { format: uuid }] }", "Date !OA0302"),
    ("{ allOf: [{ $ref: Id }, { format: uuid }] }", "Uuid"),
    ("{ allOf: [{ $ref: Color }, { format: uuid }] }", "enum { red Red, green Green, .. }"),
    ("{ allOf: [{ type: string }, { format: email }] }", "String"),
    ("{ allOf: [{ type: string }, { type: [string, integer] }] }", "String"),
    ("{ allOf: [{ type: [string, integer] }, { type: [string, boolean] }] }", "String"),
    ("{ allOf: [{ type: [string, integer, boolean] }, { type: [string, boolean, number] }] }", "union { Text(String), Integer(i64), Boolean(bool) }"),
    ("{ allOf: [{ $ref: Pet }, { type: array, items: { type: string } }] }", "struct { name: String! } !OA0302"),
    ("{ allOf: [{ type: string }, { type: string, format: date }] }", "Date"),
    ("{ allOf: [{ $ref: Id }, { description: Mine. }] }", "Id"),
    ("{ allOf: [{ enum: [a, b, c] }, { enum: [b, c] }] }", "enum { b B, c C, .. }"),
    ("{ allOf: [{ $ref: Color }, { enum: [red] }] }", "enum { red Red, .. }"),
    ("{ allOf: [{ enum: [a] }, { enum: [b] }] }", "enum { a A, b B, .. } !OA0302"),
    ("{ allOf: [{ enum: [a, b] }, { enum: [b, c] }] }", "enum { b B, .. }"),
    ("{ allOf: [{ type: array, items: { $ref: Pet } }, { type: array, items: { $ref: Cat } }] }",
     "List<SItem>; SItem = struct { name: String!, kind = cat, lives: i64! }"),
    ("{ allOf: [{ type: string }, { type: integer }] }", "i64 !OA0302"),
    ("{ allOf: [{ $ref: Pet }, { type: string }] }", "struct { name: String! } !OA0302"),
    ("{ allOf: [] }", "Any"),
    ("{ allOf: [{}, { type: object }] }", "Any"),
    ("{ allOf: [{ allOf: [{ $ref: Pet }] }, { allOf: [{ $ref: Cat }] }] }",
     "struct { name: String!, kind = cat, lives: i64! }"),
    ("{ allOf: [{ type: object, additionalProperties: { type: string } }, { type: object, additionalProperties: { \
      type: integer } }] }",
     "struct { ..Any } !OA0306 !OA0306"),
    ("{ allOf: [{ $ref: Pet }, { oneOf: [{ $ref: Cat }, { $ref: Dog }] }] }",
     "union { Cat(SCat), Dog(SDog) }; SCat = struct { name: String!, kind = cat, lives: i64! }; SDog = \
      struct { name: String!, kind = dog, barks: bool! }"),
    ("{ allOf: [{ oneOf: [{ $ref: Cat }, { $ref: Dog }] }, { oneOf: [{ $ref: Pet }, { $ref: Color }] }] }",
     "Any !OA0306"),
    ("{ allOf: [{ $ref: Pet }, { oneOf: [{ required: [a] }, { required: [b] }] }] }",
     "struct { name: String! } !OA0302"),
    ("{ properties: { a: { type: string } }, oneOf: [{ properties: { b: { type: string } } }, { properties: { c: \
      { type: string } } }] }",
     "union { B(SB), C(SC) }; SB = struct { a: String?, b: String? }; SC = struct { a: String?, c: String? }"),
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
     "struct { name: String?, b: String?, as_pet } !OA0302"),
    ("{ anyOf: [{ $ref: Pet }, { $ref: Fish }] }",
     "union { Pet, Fish, FishAndPet }"),
    ("{ anyOf: [{ type: string }, { $ref: Pet }, { $ref: Fish }] }",
     "union { Text(String), Pet(Box<Pet>), Fish(Box<Fish>), FishAndPet(Box<FishAndPet>) }"),
    ("{ anyOf: [{ $ref: Bird }, { $ref: Owl }] }", "union { Bird, Owl }"),
    ("{ anyOf: [{ $ref: Pet }, { $ref: Bird }] }",
     "union { Pet, Bird, BirdAndPet }"),
    ("{ anyOf: [{ $ref: Pet }, { $ref: Bird }, { type: 'null' }] }",
     "Nullable<union { Pet, Bird, BirdAndPet }>"),
    ("{ anyOf: [{ $ref: Bird }, { $ref: Plane }] }", "union { Bird, Plane }"),
    ("{ anyOf: [{ $ref: Bird }, { $ref: Plane }, { $ref: Owl }] }",
     "union { Bird, Plane, Owl }"),
    ("{ anyOf: [{ $ref: Pet }, { $ref: Bird }, { $ref: Fish }] }",
     "struct { name: String?, wings: i64?, fins: i64?, as_pet, as_bird, as_fish } !OA0302 !OA0302"),
    ("{ anyOf: [{ $ref: Fish }, { properties: { fins: { type: string }, b: { type: string } } }] }",
     "struct { fins: SFins?, b: String?, as_fish }; SFins = union { Integer(i64), Text(String) }"),
    ("{ required: [id], properties: { id: { type: string } }, anyOf: [{ $ref: Pet }, { $ref: Bird }] }",
     "union { Pet(SPet), Bird(SBird), BirdAndPet(SBirdAndPet) }; SPet = struct { id: String!, name: String! }; SBird = \
      struct { id: String!, wings: i64! }; SBirdAndPet = struct { id: String!, wings: i64!, name: String! }"),
    ("{ anyOf: [{ anyOf: [{ $ref: Pet }, { type: string }] }, { type: integer }] }",
     "union { Pet(Box<Pet>), Text(String), Integer(i64) }"),
    ("{ anyOf: [{ anyOf: [{ $ref: Pet }, { type: 'null' }] }, { $ref: Bird }] }",
     "Nullable<union { Pet, Bird, BirdAndPet }>"),
    ("{ anyOf: [{ $ref: Cat }, { $ref: Dog }] }", "union { Cat, Dog }"),
    ("{ anyOf: [{ properties: { a: { type: string } } }, { properties: { a: { type: integer } } }] }",
     "struct { a: SA? }; SA = union { Text(String), Integer(i64) }"),
    ("{ anyOf: [{ properties: { a: { enum: [x] } } }, { properties: { a: { enum: [y] } } }] }",
     "union { X(SX), Y(SY) }; SX = struct { a: SxA? = x }; SY = struct { a: SyA? = y }; SxA = enum { x X }; SyA = \
      enum { y Y }"),
    ("{ anyOf: [{ properties: { a: { enum: [x, y] } } }, { properties: { a: { enum: [y, z] } } }] }",
     "struct { a: SA? }; SA = enum { x X, y Y, z Z, .. }"),
    ("{ anyOf: [{ properties: { a: { type: string } } }, { properties: { a: { enum: [y, z] } } }] }",
     "struct { a: SA? }; SA = enum { y Y, z Z, .. }"),
    ("{ anyOf: [{ properties: { a: { type: [string, 'null'] } } }, { properties: { a: { type: string } } }] }",
     "struct { a: String?~ }"),
    ("{ anyOf: [{ $ref: S }, { $ref: Pet }, { type: string }] }", "union { Pet(Box<Pet>), Text(String) }"),
    ("{ anyOf: [{ $ref: Pet }, { required: [name] }] }",
     "union { Pet, Name(SName), & }; SName = struct { name: Any! }"),
    ("{ properties: { a: { type: string } }, anyOf: [{ required: [a] }, { required: [b] }] }",
     "struct { a: String? } !OA0302"),
    ("{ anyOf: [{ properties: { a: { type: string } } }, { additionalProperties: { type: integer } }] }",
     "union { A(Box<SA>), IntegerMap(Map<i64>), & }; SA = struct { a: String? }"),
];

#[rustfmt::skip]
const CONDITIONS: &[Row] = &[
    ("{ type: object, properties: { k: { type: string } }, if: { properties: { k: { const: z } } }, then: { required: \
      [q], properties: { q: { type: string } } }, else: { properties: { r: { type: integer } } } }",
     "struct { k: String?, q: String?, r: i64? } !OA0302 !OA0302 !OA0302"),
    ("{ properties: { k: { type: string } }, then: { properties: { k: { maxLength: 3 } }, required: [k] } }",
     "struct { k: String? } !OA0302"),
    ("{ properties: { k: { type: string } }, then: { properties: { q: { type: string } } }, else: { properties: { q: { \
      type: integer } } } }",
     "struct { k: String?, q: SQ? }; SQ = union { Text(String), Integer(i64) } !OA0302 !OA0302"),
    ("{ if: { properties: { k: { const: z } } }, then: { properties: { q: { type: string } } } }",
     "struct { q: String?, k: Any?raw } !OA0302 !OA0302"),
    ("{ properties: { k: { type: string } }, then: { required: [q] } }", "struct { k: String?, q: Any?raw } !OA0302"),
    ("{ properties: { k: { type: string } }, dependentSchemas: { k: { required: [q], properties: { q: { type: [string, \
      'null'] } } } } }",
     "struct { k: String?, q: String?~ } !OA0302"),
    ("{ allOf: [{ $ref: Pet }, { if: { required: [name] }, then: { $ref: Fish } }] }",
     "struct { name: String!, fins: i64? } !OA0302 !OA0302"),
    ("{ allOf: [{ $ref: Pet }, { if: { required: [name] }, then: { required: [name] } }] }", "Pet !OA0302 !OA0302"),
    ("{ $ref: Pet, then: { oneOf: [{ $ref: Fish }, { $ref: Bird }] } }",
     "struct { name: String!, fins: i64?, wings: i64? } !OA0302"),
    ("{ properties: { a: { type: string } }, then: { $ref: S } }", "struct { a: String? } !OA0302"),
    ("{ properties: { a: { type: string } }, oneOf: [{ $ref: Fish }, { $ref: Bird }], then: { properties: { q: { type: \
      string } } } }",
     "union { Fish(SFish), Bird(SBird) }; SFish = struct { a: String?, fins: i64?, q: String? }; SBird = \
      struct { a: String?, wings: i64!, q: String? } !OA0302"),
    ("{ type: string, then: { maxLength: 3 } }", "String !OA0302"),
    ("{ properties: { a: { type: string } }, unevaluatedProperties: { type: integer } }", "struct { a: String?, ..i64 }"),
    ("{ allOf: [{ $ref: Pet }], unevaluatedProperties: true }", "struct { name: String!, ..Any }"),
    ("{ allOf: [{ $ref: Pet }], unevaluatedProperties: false }", "Pet !OA0302"),
];

#[test]
fn members_that_only_some_values_have_are_optional() {
    assert_types("3.1.0", CONDITIONS);
}

#[test]
fn schemas_of_an_all_of_are_merged() {
    assert_types("3.1.0", ALL_OF);
}

#[test]
fn objects_of_an_any_of_are_merged_unless_a_constant_tells_them_apart() {
    assert_types("3.1.0", ANY_OF);
}
