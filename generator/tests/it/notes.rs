//! Schema in, notes out: the facts of a schema that its Rust type does not enforce, as the IR has them.

use oasmith::generate;
use oasmith::ir::{JsonKind, Note, NotePart, TypeBody};
use oasmith::load::MapSources;
use oasmith::options::Options;

use Note::{
    Default, MaxContains, MaxItems, MaxLength, MaxProperties, MinContains, MinItems, MinLength,
    MinProperties, MultipleOf, Pattern, ReadOnly, UniqueItems, WriteOnly,
};
use NotePart::{EachItem, EachValue, Kind};

/// Returns the notes of a member with a schema, given in YAML.
fn notes_of(schema: &str) -> Vec<Note> {
    let document = format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\ncomponents:\n  schemas:\n    \
         Holder: {{ type: object, properties: {{ value: {schema} }} }}\n    Named: {{ type: string, maxLength: 5 }}\n"
    );
    let sources = MapSources::new().with("a.yaml", document.as_str());
    let output = generate(&sources, &Options::new("a.yaml", "notes"));
    let output = output.unwrap_or_else(|found| panic!("{schema}: {found:?}"));
    let holder = output.api.types.iter().find_map(|def| match &def.body {
        TypeBody::Struct(body) if def.name.wire == "Holder" => Some(body),
        _ => None,
    });
    let holder = holder.unwrap_or_else(|| panic!("{schema}: no holder"));
    let [member] = holder.members.as_slice() else {
        panic!("{schema}: {} members", holder.members.len());
    };
    member.docs.notes.clone()
}

fn minimum(value: &str, exclusive: bool) -> Note {
    let value = value.to_owned();
    Note::Minimum { value, exclusive }
}

fn maximum(value: &str, exclusive: bool) -> Note {
    let value = value.to_owned();
    Note::Maximum { value, exclusive }
}

fn part(part: NotePart, note: Note) -> Note {
    Note::Part(part, Box::new(note))
}

#[test]
fn a_schema_gives_its_notes() {
    let text = |text: &str| text.to_owned();
    #[rustfmt::skip]
    let table = [
        ("{ type: string }", vec![]),
        ("{ type: string, minLength: 0, maxLength: 9 }", vec![MaxLength(9)]),
        ("{ type: string, minLength: 1, maxLength: 9 }", vec![MinLength(1), MaxLength(9)]),
        ("{ type: string, pattern: ^a }", vec![Pattern(text("^a"))]),
        ("{ type: string, default: a }", vec![Default(text("\"a\""))]),
        ("{ type: string, readOnly: true }", vec![ReadOnly]),
        ("{ type: string, writeOnly: true }", vec![WriteOnly]),
        ("{ type: integer, minimum: 1, maximum: 7 }", vec![minimum("1", false), maximum("7", false)]),
        ("{ type: integer, exclusiveMinimum: 1 }", vec![minimum("1", true)]),
        ("{ type: integer, minimum: 3, exclusiveMinimum: 1 }", vec![minimum("3", false)]),
        ("{ type: integer, maximum: 3, exclusiveMaximum: true }", vec![maximum("3", true)]),
        ("{ type: integer, default: 7 }", vec![Default(text("7"))]),
        ("{ type: array, items: {}, minItems: 1, uniqueItems: true }", vec![MinItems(1), UniqueItems]),
        ("{ type: array, items: {}, maxItems: 2, uniqueItems: false }", vec![MaxItems(2)]),
        ("{ type: array, items: {}, contains: {}, minContains: 0, maxContains: 2 }", vec![MinContains(0), MaxContains(2)]),
        ("{ type: object, minProperties: 1, maxProperties: 2 }", vec![MinProperties(1), MaxProperties(2)]),
        ("{ maxLength: 2, maxItems: 3 }", vec![MaxLength(2), MaxItems(3)]),
        // a type of its own has documentation of its own
        ("{ $ref: '#/components/schemas/Named' }", vec![]),
        ("{ type: array, items: { $ref: '#/components/schemas/Named' } }", vec![]),
    ];
    for (schema, expected) in table {
        assert_eq!(notes_of(schema), expected, "{schema}");
    }
}

#[test]
fn numbers_keep_the_spelling_of_the_document() {
    let text = |text: &str| text.to_owned();
    #[rustfmt::skip]
    let table = [
        ("{ type: number, multipleOf: 0.10 }", vec![MultipleOf(text("0.10"))]),
        ("{ type: number, maximum: 1e300 }", vec![maximum("1e300", false)]),
        ("{ type: number, exclusiveMinimum: -1.50 }", vec![minimum("-1.50", true)]),
        ("{ type: integer, maximum: 18446744073709551615 }", vec![maximum("18446744073709551615", false)]),
        ("{ type: number, default: 2.50 }", vec![Default(text("2.50"))]),
        // JSON has no hexadecimal numbers and no leading zeros
        ("{ type: integer, maximum: 0x1F }", vec![maximum("31", false)]),
        ("{ type: integer, maximum: 017 }", vec![maximum("17", false)]),
    ];
    for (schema, expected) in table {
        assert_eq!(notes_of(schema), expected, "{schema}");
    }
}

#[test]
fn a_subschema_without_a_type_gives_its_notes_to_what_contains_it() {
    #[rustfmt::skip]
    let table = [
        ("{ type: array, items: { type: string, maxLength: 5 } }", vec![part(EachItem, MaxLength(5))]),
        (
            "{ type: array, maxItems: 2, items: { type: array, items: { type: integer, minimum: 1 } } }",
            vec![MaxItems(2), part(EachItem, part(EachItem, minimum("1", false)))],
        ),
        ("{ type: object, additionalProperties: { type: string, minLength: 1 } }", vec![part(EachValue, MinLength(1))]),
        ("{ type: object, patternProperties: { ^x: { type: string, maxLength: 2 } } }", vec![part(EachValue, MaxLength(2))]),
        ("{ allOf: [{ type: string, minLength: 2 }, { maxLength: 8 }] }", vec![MinLength(2), MaxLength(8)]),
    ];
    for (schema, expected) in table {
        assert_eq!(notes_of(schema), expected, "{schema}");
    }
    // a union has a type, and its notes are in the documentation of that type
    let branches = "{ oneOf: [{ type: string, maxLength: 5 }, { type: integer, multipleOf: 3 }] }";
    let document = format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\ncomponents: {{ schemas: {{ Word: {branches} }} }}\n"
    );
    let sources = MapSources::new().with("a.yaml", document.as_str());
    let output = generate(&sources, &Options::new("a.yaml", "notes")).expect("it is valid");
    let expected = [
        part(Kind(JsonKind::String), MaxLength(5)),
        part(Kind(JsonKind::Number), MultipleOf("3".to_owned())),
    ];
    assert_eq!(output.api.types[0].docs.notes, expected);
}

#[test]
fn a_name_without_a_schema_is_undeclared() {
    let document = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\ncomponents:\n  schemas:\n    \
        Pet: { type: object, required: [name], properties: { age: { type: integer } } }\n";
    let sources = MapSources::new().with("a.yaml", document);
    let output = generate(&sources, &Options::new("a.yaml", "notes")).expect("it is valid");
    let [pet] = output.api.types.as_slice() else {
        panic!("{} types", output.api.types.len());
    };
    let TypeBody::Struct(body) = &pet.body else {
        panic!("{:?}", pet.body);
    };
    let notes = body
        .members
        .iter()
        .map(|member| (&*member.name.wire, member.docs.notes.as_slice()));
    let notes: Vec<_> = notes.collect();
    assert_eq!(
        notes,
        [("age", [].as_slice()), ("name", &[Note::Undeclared])]
    );
}

#[test]
fn a_body_without_a_type_gives_its_notes_to_the_operation() {
    let document = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths:\n  /words:\n    put:\n      \
        requestBody: { content: { application/json: { schema: { type: array, maxItems: 9, items: { type: string } } } } }\n      \
        responses: { '200': { description: Done., content: { application/json: { schema: { type: string, minLength: 3 } } } } }\n";
    let sources = MapSources::new().with("a.yaml", document);
    let output = generate(&sources, &Options::new("a.yaml", "notes")).expect("it is valid");
    let [operation] = output.api.operations.as_slice() else {
        panic!("{} operations", output.api.operations.len());
    };
    let expected = [
        part(NotePart::RequestBody, MaxItems(9)),
        part(NotePart::ResponseBody, MinLength(3)),
    ];
    assert_eq!(operation.docs.notes, expected);
}
