//! What a value of each branch of a union looks like: kinds of JSON, required members, constants, listed strings, and
//! whether there is a `From`.

use super::schemas;
use crate::ir::{Branch, TypeBody};
use crate::tests::assert_rows;

/// The schema `S`, and its branches as `Cat: Object requires kind, lives; kind = cat`, with `no From` where a value can
/// mean another branch.
type Row = (&'static str, &'static str);

const NEIGHBOURS: &str = "; \
    Cat: { type: object, required: [kind, lives], properties: { kind: { const: cat }, lives: { type: integer } } }; \
    Dog: { type: object, required: [kind], properties: { kind: { const: dog } } }; \
    Color: { type: string, enum: [red, green] }; Size: { enum: [s, m] }; Code: { enum: [1, 2] }; \
    Alias: { $ref: Cat }; Words: { type: array, items: { type: string } }";

#[rustfmt::skip]
const BRANCHES: &[Row] = &[
    ("{ oneOf: [{ $ref: Cat }, { $ref: Dog }] }",
     "Cat: Object requires kind+lives kind=cat, Dog: Object requires kind kind=dog"),
    ("{ oneOf: [{ type: string }, { type: integer }, { type: number }, { type: boolean }] }",
     "Text: String, Integer: Number, Number: Number, Boolean: Boolean"),
    ("{ oneOf: [{ $ref: Color }, { type: string, format: date }] }", "Color: String lists red|green, Date: String"),
    ("{ oneOf: [{ $ref: Color }, { type: integer }] }", "Color: String, Integer: Number"),
    ("{ oneOf: [{ $ref: Code }, { type: string, format: date }] }", "Code: Number, Date: String"),
    ("{ oneOf: [{ $ref: Words }, { type: object, additionalProperties: true }] }", "Words: Array, Map: Object"),
    ("{ oneOf: [{ type: array, items: { type: string } }, { $ref: Words }] }",
     "StringList: Array no From, Words: Array no From"),
    ("{ oneOf: [{ $ref: Cat }, {}] }", "Cat: Object requires kind+lives kind=cat, Any: Any no From"),
    ("{ oneOf: [{ enum: [1, a] }, { $ref: Cat }] }",
     "Enum: String|Number, Cat: Object requires kind+lives kind=cat"),
    ("{ oneOf: [{ oneOf: [{ $ref: Cat }, { type: string }] }, { type: integer }] }",
     "OneOf: Object|String, Integer: Number"),
    ("{ oneOf: [{ $ref: Cat }, { type: array, items: { $ref: S } }] }",
     "Cat: Object requires kind+lives kind=cat, List: Array"),
    ("{ type: [string, array], items: { type: integer } }", "Text: String, IntegerList: Array"),
];

fn branch(one: &Branch) -> String {
    let kinds: Vec<String> = one.kinds.iter().map(|kind| format!("{kind:?}")).collect();
    let mut parts = vec![format!("{}: {}", one.name.rust, kinds.join("|"))];
    if !one.required.is_empty() {
        parts.push(format!("requires {}", one.required.join("+")));
    }
    parts.extend(
        one.constants
            .iter()
            .map(|(name, strings)| format!("{name}={}", strings.join("|"))),
    );
    if !one.texts.is_empty() {
        parts.push(format!("lists {}", one.texts.join("|")));
    }
    if !one.converts {
        parts.push("no From".to_owned());
    }
    parts.join(" ")
}

#[test]
fn a_branch_is_told_by_what_its_values_look_like() {
    assert_rows(BRANCHES.iter().map(|(schema, expected)| {
        let lowered = schemas(&format!("S: {schema}{NEIGHBOURS}"));
        let own = lowered.api.types.iter().find(|one| one.name.rust == "S");
        let found = match own.map(|one| &one.body) {
            Some(TypeBody::Union(body)) => body
                .branches
                .iter()
                .map(branch)
                .collect::<Vec<_>>()
                .join(", "),
            _ => "no union".to_owned(),
        };
        (*schema, found + &lowered.codes(), *expected)
    }));
}
