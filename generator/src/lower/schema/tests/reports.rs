//! What a schema says and its type does not have is reported, at its place.

use super::document;
use crate::lower::tests::assert_reports;

/// The schema `S` and what is reported about it, each as `code place: part of the message`.
type Row = (&'static str, &'static [&'static str]);

#[rustfmt::skip]
const REPORTS: &[Row] = &[
    ("{ not: { type: string } }", &["OA0302 S/not: `not` is not supported"]),
    ("{ type: string, not: { const: a } }", &["OA0302 S/not: `not` is not supported"]),
    ("{ if: { properties: { a: { const: x } } }, then: { required: [b] } }",
     &["OA0302 S/if: `if` is not supported", "OA0302 S/then: `then` is not supported"]),
    ("{ type: object, dependentRequired: { a: [b] } }",
     &["OA0302 S/dependentRequired: `dependentRequired` is not supported"]),
    ("{ type: array, items: { type: string }, contains: { const: a } }",
     &["OA0302 S/contains: `contains` is not supported"]),
    ("{ type: object, propertyNames: { pattern: ^a } }", &["OA0302 S/propertyNames: `propertyNames` is not supported"]),
    ("{ type: object, properties: { a: { type: string } }, unevaluatedProperties: false }",
     &["OA0302 S/unevaluatedProperties: `unevaluatedProperties` is not supported"]),
    ("false", &["OA0306 S: the schema `false` fits nothing"]),
    ("{ type: array, items: false }", &["OA0306 S/items: the schema `false` fits nothing"]),
    ("{ type: object, patternProperties: { ^x-: { type: string } } }",
     &["OA0306 S/patternProperties/^x-: are of several types"]),
    ("{ type: object, additionalProperties: { type: integer }, patternProperties: { ^x-: { type: string } } }",
     &["OA0306 S/additionalProperties: are of several types", "OA0306 S/patternProperties/^x-: are of several types"]),
    ("{ allOf: [{ type: string }, { type: integer }] }", &["OA0302 S/allOf/0: no value fits this"]),
    ("{ allOf: [{ $ref: Pet }, { type: array, items: {} }] }", &["OA0302 S/allOf/1: no value fits this"]),
    ("{ allOf: [{ oneOf: [{ $ref: Cat }, { $ref: Dog }] }, { anyOf: [{ $ref: Pet }, { $ref: Color }] }] }",
     &["OA0306 S: several `oneOf` or `anyOf` beside each other"]),
    ("{ type: object, properties: { a: { type: string } }, oneOf: [{ required: [a] }, { required: [b] }] }",
     &["OA0302 S/oneOf: this `oneOf` only restricts values"]),
    ("{ type: string, anyOf: [{ format: date }, { format: uuid }] }",
     &["OA0302 S/anyOf: this `anyOf` only restricts values"]),
    ("{ anyOf: [{ required: [a], properties: { a: { type: string } } }, { properties: { b: { type: string } } }] }",
     &["OA0302 S/anyOf/0/required: only some branches of this `anyOf` require these"]),
    ("{ type: object, properties: { a: { type: string } }, discriminator: { propertyName: kind } }",
     &["OA0302 S/discriminator: there is no member `kind`, so it tells nothing apart"]),
    ("{ oneOf: [{ $ref: Cat }, { $ref: Dog }], discriminator: { propertyName: kind, mapping: { cat: Cat, dog: Dogg } } }",
     &["OA0201 S/discriminator/mapping/dog: `Dogg` does not exist"]),
    ("{ oneOf: [{ $ref: Cat }, { $ref: Dog }], discriminator: { propertyName: kind, mapping: { cat: Cat, pet: Pet } } }",
     &["OA0201 S/discriminator/mapping/pet: `Pet` is no branch of the union"]),
    ("{ allOf: [{ $ref: S }] }", &["error OA0202 S: leads back to itself"]),
    ("{ anyOf: [{ oneOf: [{ $ref: S }, { type: integer }] }, { type: string }] }",
     &["error OA0202 S: is a branch of itself"]),
    ("{ enum: [a-b, a_b] }",
     &["OA0403 S/enum/0: several values would be `AB`, so this one is `ABDash`", "OA0403 S/enum/1: so this one is `ABUnderscore`"]),
    ("{ enum: [unknown] }", &["OA0404 S/enum/0: so this one is `UnknownValue`"]),
    ("{ type: object, properties: { a-b: {}, a_b: {} } }", &["OA0404 S/properties/a-b: so this one is `a_b_dash`"]),
    ("{ type: object, properties: { a-b: { enum: [x, y] }, a_b: { enum: [x, y] } } }",
     &["OA0404 S/properties/a-b: so this one is `a_b_dash`"]),
    ("{ type: object, additionalProperties: true, properties: { additional_properties: {} } }",
     &["OA0404 S/properties/additional_properties: so this one is `additional_properties_member`"]),
];

#[test]
fn what_a_type_does_not_have_is_reported() {
    assert_reports(
        REPORTS
            .iter()
            .map(|(schema, expected)| (*schema, document("3.1.0", schema), *expected)),
    );
}
