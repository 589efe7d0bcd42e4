//! What a body says against a schema: tables of schemas, bodies and mismatches.

mod wire;

use oasmith::diagnostic::Diagnostics;
use oasmith::load::{Budgets, MapSources, load};
use serde_json::Value;

use super::description::Description;
use super::judge::Judge;
use super::traffic::{Body, Origin};
use super::validate::DateTimes;
use crate::conform::finding::{Key, Kind};

const ORIGIN: Origin = Origin {
    file: 0,
    entry: None,
    line: 1,
};

/// Returns the mismatches of a reply: `Null /a at /components/schemas/A`.
fn mismatches(version: &str, schemas: &str, schema: &str, body: &str) -> Vec<String> {
    let text = format!(
        "openapi: {version}\npaths:\n  /x:\n    get:\n      responses:\n        '200': {{ content: {{ \
         application/json: {{ schema: {schema} }} }} }}\ncomponents: {{ schemas: {schemas} }}\n"
    );
    let sources = MapSources::new().with("api.yaml", text);
    let mut diagnostics = Diagnostics::new();
    let loaded =
        load(&sources, "api.yaml", &Budgets::default(), &mut diagnostics).expect("it is YAML");
    let description = Description::new(&loaded).expect("it is OpenAPI");
    let mut judge = Judge::new(description, DateTimes::WithOffset);
    serde_json::from_str::<Value>(body).expect("the body is JSON");
    judge.reply(
        0,
        200,
        &Body::whole("application/json", body.as_bytes().to_vec()),
        false,
        &ORIGIN,
    );
    assert_eq!(judge.tally.counts.uncompiled, 0, "{schema}");
    let shown = |key: &Key| {
        let kind = match &key.kind {
            Kind::Missing(name) => format!("Missing({name})"),
            other => format!("{other:?}").replace("\"", ""),
        };
        let place = key.place.path().replace("/components/schemas/", "");
        let place = place.replace(
            "/paths/~1x/get/responses/200/content/application~1json/schema",
            "#",
        );
        format!("{kind} {} at {place}", key.instance)
    };
    judge.tally.findings.keys().map(shown).collect()
}

#[track_caller]
fn assert_table(version: &str, schemas: &str, rows: &[(&str, &str, &[&str])]) {
    for (schema, body, expected) in rows {
        assert_eq!(
            mismatches(version, schemas, schema, body),
            *expected,
            "{schema} {body}"
        );
    }
}

#[test]
fn null_is_what_a_document_of_3_0_means() {
    let schemas = "{ A: { type: object, required: [a], properties: { a: { type: string } } }, \
        E: { type: string, enum: [x], nullable: true }, N: { nullable: true } }";
    assert_table(
        "3.0.3",
        schemas,
        &[
            ("{ type: string, nullable: true }", "null", &[]),
            ("{ type: string }", "null", &["Null  at #"]),
            ("{ $ref: '#/components/schemas/E' }", "null", &[]),
            (
                "{ $ref: '#/components/schemas/E' }",
                "\"y\"",
                &["Value(Some(y))  at E"],
            ),
            ("{ $ref: '#/components/schemas/N' }", "null", &[]),
            (
                "{ $ref: '#/components/schemas/A', nullable: true }",
                "null",
                &[],
            ),
            // other keywords beside a `$ref` say nothing
            (
                "{ $ref: '#/components/schemas/A', minProperties: 5 }",
                "{ \"a\": \"x\" }",
                &[],
            ),
            (
                "{ $ref: '#/components/schemas/A' }",
                "null",
                &["Null  at #"],
            ),
            (
                "{ allOf: [{ $ref: '#/components/schemas/A' }], nullable: true }",
                "null",
                &[],
            ),
            (
                "{ allOf: [{ $ref: '#/components/schemas/A' }, { nullable: true }] }",
                "null",
                &[],
            ),
            (
                "{ allOf: [{ $ref: '#/components/schemas/A' }] }",
                "null",
                &["Null  at #"],
            ),
            (
                "{ oneOf: [{ $ref: '#/components/schemas/A' }, { nullable: true }] }",
                "null",
                &[],
            ),
            (
                "{ oneOf: [{ $ref: '#/components/schemas/A' }, { nullable: true }] }",
                "{}",
                &["Missing(a)  at A"],
            ),
            (
                "{ oneOf: [{ $ref: '#/components/schemas/A' }] }",
                "null",
                &["Null  at #"],
            ),
            (
                "{ type: array, items: { $ref: '#/components/schemas/A' } }",
                "[null]",
                &["Null /* at #/items"],
            ),
            (
                "{ type: object, additionalProperties: { $ref: '#/components/schemas/A' } }",
                "{ \"k\": { \"a\": null } }",
                &["Null /*/a at A/properties/a"],
            ),
        ],
    );
}

#[test]
fn keywords_of_3_0_and_3_1_mean_what_they_say() {
    assert_table(
        "3.0.3",
        "{}",
        &[
            (
                "{ type: number, minimum: 0, exclusiveMinimum: true }",
                "0",
                &["Bound(exclusiveMinimum)  at #"],
            ),
            (
                "{ type: number, minimum: 0, exclusiveMinimum: false }",
                "0",
                &[],
            ),
            ("{ type: integer }", "1.0", &[]),
            ("{ type: integer }", "1.5", &["Type(number)  at #"]),
            (
                "{ type: integer, format: int32 }",
                "2147483648",
                &["Format(int32)  at #"],
            ),
            ("{ type: string, format: email }", "\"x\"", &[]),
            (
                "{ type: string, format: date-time }",
                "\"x\"",
                &["Format(date-time)  at #"],
            ),
            ("{ type: string, enum: [1.10, a] }", "\"1.10\"", &[]),
            ("{ type: string, enum: [a] }", "1", &["Type(integer)  at #"]),
            ("{ type: string, pattern: '(' }", "\"x\"", &[]),
            (
                "{ type: string, minLength: many, required: true }",
                "\"x\"",
                &[],
            ),
            ("{ type: str }", "1", &[]),
            ("{ type: null, maxLength: 3 }", "\"x\"", &[]),
            (
                "{ type: object, required: [p], properties: { p: { writeOnly: true } } }",
                "{}",
                &[],
            ),
            (
                "{ type: object, required: [p], properties: { p: { readOnly: true } } }",
                "{}",
                &["Missing(p)  at #"],
            ),
            ("{ $ref: '#/components/schemas/Nothing' }", "1", &[]),
            (
                "{ type: object, additionalProperties: false }",
                "{ \"a b\": 1 }",
                &["Undeclared(None)  at #"],
            ),
            (
                "{ not: { type: string } }",
                "\"x\"",
                &["Keyword(not)  at #"],
            ),
        ],
    );
    assert_table(
        "3.1.0",
        "{ A: { $id: 'https://elsewhere.example/a', type: object, required: [a] } }",
        &[
            ("{ type: [string, 'null'] }", "null", &[]),
            (
                "{ type: [string, integer] }",
                "true",
                &["Type(boolean)  at #"],
            ),
            ("{ const: a }", "\"b\"", &["Value(Some(b))  at #"]),
            (
                "{ type: number, exclusiveMinimum: 0 }",
                "0",
                &["Bound(exclusiveMinimum)  at #"],
            ),
            (
                "{ $ref: '#/components/schemas/A', required: [b] }",
                "{ \"a\": 1 }",
                &["Missing(b)  at #"],
            ),
            (
                "{ prefixItems: [{ type: string }], items: false }",
                "[\"a\", 1]",
                &["Keyword(falseSchema) /* at #/items"],
            ),
            (
                "{ dependentRequired: { a: [b] } }",
                "{ \"a\": 1 }",
                &["Keyword(dependentRequired)  at #"],
            ),
            (
                "{ if: { required: [a] }, then: { required: [b] } }",
                "{ \"a\": 1 }",
                &["Missing(b)  at #/then"],
            ),
            (
                "{ patternProperties: { '^x': { type: string } } }",
                "{ \"x1\": 1 }",
                &["Type(integer) /* at #/patternProperties/^x"],
            ),
        ],
    );
}

const PETS: &str = "{ \
    Pet: { type: object, required: [kind], properties: { kind: { type: string } }, discriminator: { propertyName: kind } }, \
    Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { required: [lives], properties: { lives: { type: integer } } }] }, \
    Lion: { allOf: [{ $ref: '#/components/schemas/Cat' }, { required: [pride] }] }, \
    Circle: { type: object, required: [radius], properties: { form: { type: string } } }, \
    Square: { type: object, required: [side], properties: { form: { type: string } } }, \
    Shape: { oneOf: [{ $ref: '#/components/schemas/Circle' }, { $ref: '#/components/schemas/Square' }], \
      discriminator: { propertyName: form, mapping: { round: Circle, square: '#/components/schemas/Square' } } }, \
    Untold: { oneOf: [{ $ref: '#/components/schemas/Circle' }, { $ref: '#/components/schemas/Square' }] } }";

#[test]
fn a_discriminator_names_the_branch_that_is_wrong() {
    assert_table(
        "3.0.3",
        PETS,
        &[
            (
                "{ $ref: '#/components/schemas/Pet' }",
                "{ \"kind\": \"Cat\" }",
                &["Missing(lives)  at Cat/allOf/1"],
            ),
            (
                "{ $ref: '#/components/schemas/Pet' }",
                "{ \"kind\": \"Dog\" }",
                &[],
            ),
            (
                "{ $ref: '#/components/schemas/Pet' }",
                "{}",
                &["Missing(kind)  at Pet"],
            ),
            (
                "{ $ref: '#/components/schemas/Cat' }",
                "{ \"kind\": \"Cat\", \"lives\": 9 }",
                &[],
            ),
            (
                "{ $ref: '#/components/schemas/Pet' }",
                "{ \"kind\": \"Lion\", \"lives\": 9 }",
                &["Missing(pride)  at Lion/allOf/1"],
            ),
            (
                "{ $ref: '#/components/schemas/Shape' }",
                "{ \"form\": \"round\", \"side\": 1 }",
                &["Missing(radius)  at Circle"],
            ),
            (
                "{ $ref: '#/components/schemas/Shape' }",
                "{ \"form\": \"square\", \"side\": 1, \"radius\": 1 }",
                &[],
            ),
            (
                "{ $ref: '#/components/schemas/Shape' }",
                "{ \"form\": \"oval\" }",
                &["Tag(Some(oval))  at Shape"],
            ),
            (
                "{ $ref: '#/components/schemas/Shape' }",
                "{ \"form\": \"Ada L.\" }",
                &["Tag(None)  at Shape"],
            ),
            (
                "{ $ref: '#/components/schemas/Shape' }",
                "null",
                &["Null  at #"],
            ),
            (
                "{ $ref: '#/components/schemas/Untold' }",
                "{ \"side\": 1, \"radius\": 1 }",
                &["SeveralBranches  at Untold"],
            ),
            (
                "{ $ref: '#/components/schemas/Untold' }",
                "{ \"form\": 1, \"side\": 1 }",
                &["Type(integer) /form at Square/properties/form"],
            ),
            (
                "{ $ref: '#/components/schemas/Untold' }",
                "\"x\"",
                &["NoBranch(oneOf)  at Untold"],
            ),
        ],
    );
}

/// A mapping that the branches exclude, values that are in two branches, and branches that only formats tell.
#[test]
fn a_discriminator_that_decides_nothing_is_none() {
    let schemas = "{ A: { type: object, required: [k, a], properties: { k: { enum: [x, y] } } }, \
        B: { type: object, required: [k, b], properties: { k: { enum: [y] } } } }";
    let union = |discriminator: &str| {
        format!(
            "{{ oneOf: [{{ $ref: '#/components/schemas/A' }}, {{ $ref: '#/components/schemas/B' }}], discriminator: {discriminator} }}"
        )
    };
    let mapped = union("{ propertyName: k, mapping: { a: A, b: B } }");
    let plain = union("{ propertyName: k }");
    let formats = "{ oneOf: [{ type: string, format: ipv4 }, { type: string, format: ipv6 }] }";
    assert_table(
        "3.0.3",
        schemas,
        &[
            (&mapped, "{ \"k\": \"x\", \"a\": 1 }", &[]),
            (&plain, "{ \"k\": \"y\", \"b\": 1 }", &[]),
            (&plain, "{ \"k\": \"y\", \"a\": 1 }", &[]),
            (formats, "\"x\"", &[]),
        ],
    );
}

#[test]
fn compositions_are_closed_as_a_whole_and_rings_end() {
    let schemas = "{ A: { type: object, additionalProperties: false, properties: { a: {} } }, \
        Ring: { allOf: [{ $ref: '#/components/schemas/Ring' }] }, Loop: { $ref: '#/components/schemas/Loop' }, \
        Tree: { type: object, properties: { next: { $ref: '#/components/schemas/Tree' }, v: { type: string } } }, \
        Any: { anyOf: [{ $ref: '#/components/schemas/Any' }, { type: string }] } }";
    let both = "{ allOf: [{ $ref: '#/components/schemas/A' }, { properties: { b: {} } }] }";
    assert_table(
        "3.0.3",
        schemas,
        &[
            (both, "{ \"a\": 1, \"b\": 2 }", &[]),
            (both, "{ \"c\": 1 }", &["Undeclared(Some(c))  at #"]),
            ("{ $ref: '#/components/schemas/Ring' }", "1", &[]),
            ("{ $ref: '#/components/schemas/Loop' }", "1", &[]),
            (
                "{ $ref: '#/components/schemas/Tree' }",
                "{ \"next\": { \"next\": { \"v\": 1 } } }",
                &["Type(integer) /next/next/v at Tree/properties/v"],
            ),
            ("{ $ref: '#/components/schemas/Any' }", "\"x\"", &[]),
        ],
    );
}
