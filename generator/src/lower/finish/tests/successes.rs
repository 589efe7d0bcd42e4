//! Several successes of one operation: the members by which their bodies are told apart, and the methods for what they
//! share.

use super::HEAD;
use crate::ir::{Reading, Success};
use crate::lower::tests::notation::{presence, renamed, ty};
use crate::lower::tests::{lowered, with_references};
use crate::tests::assert_rows;

/// The properties of the bodies of 200 and 202, and the marks of both with the accessors: `a: i64 copied !?`, a presence
/// for each variant and `-` where it lacks the member.
type Row = (&'static str, &'static str, &'static str);

#[rustfmt::skip]
const SUCCESSES: &[Row] = &[
    ("a: { type: string }", "b: { type: string }",
     "Ok [a]; Accepted [b]; a: String borrowed !-; b: String borrowed -?"),
    ("a: { type: string }", "a: { type: string }, b: { type: string }",
     "Ok []; Accepted [b]; a: String borrowed !!; b: String borrowed -?"),
    ("a: { type: string }", "a: { type: integer }", "Ok []; Accepted []"),
    ("a: { type: integer }", "a: { type: integer }, b: { type: boolean }",
     "Ok []; Accepted [b]; a: i64 copied !!; b: bool copied -?"),
    ("a: { type: array, items: { type: string } }", "b: { type: string }",
     "Ok [a]; Accepted [b]; a: List<String> slice !-; b: String borrowed -?"),
    ("a: { type: [array, 'null'], items: { type: string } }", "b: { type: string }",
     "Ok [a]; Accepted [b]; a: List<String> slice ~-; b: String borrowed -?"),
    ("b: { type: array, items: {} }", "b: { type: [array, 'null'], items: {} }",
     "Ok []; Accepted []; b: List<Any> slice ??~"),
    // neither is spelled like the method, as in an object with both
    ("aB: { type: string }", "a-b: { type: string }",
     "Ok [aB]; Accepted [a-b]; aB/a_b: String borrowed ?-; a-b/a_b_dash: String borrowed -? !OA0404"),
    ("a_b: { type: string }", "aB: { type: string }, a_b: { type: string }",
     "Ok []; Accepted [aB]; a_b: String borrowed ??; aB/a_b_camel: String borrowed -? !OA0404"),
    ("a: { $ref: Color }", "a: { $ref: Color }, b: {}",
     "Ok []; Accepted [b]; a: Color borrowed !!; b: Any borrowed -?raw"),
    ("a: { enum: [x, y] }", "a: { enum: [x, y] }, b: {}", "Ok []; Accepted [b]; b: Any borrowed -?raw"),
    ("id: { type: string, format: uuid }, type: { type: string }", "id: { type: string, format: uuid }",
     "Ok [type]; Accepted []; id: Uuid copied ??; type/type_: String borrowed ?-"),
    ("b: { type: string, format: byte }", "c: { type: string, format: date-time }",
     "Ok [b]; Accepted [c]; b: Base64 borrowed ?-; c: DateTime copied -?"),
];

fn found(first: &str, second: &str) -> String {
    let body = |properties: &str| {
        let required = if properties.contains("a: ") { "a" } else { "" };
        let schema = format!(
            "{{ required: [{required}], properties: {{ {} }} }}",
            with_references(properties)
        );
        format!("{{ description: a, content: {{ application/json: {{ schema: {schema} }} }} }}")
    };
    let responses = format!("{{ '200': {}, '202': {} }}", body(first), body(second));
    let lowered = lowered(&format!(
        "{HEAD}paths:\n  /a:\n    get:\n      operationId: a\n      responses: {responses}\n\
         components:\n  schemas:\n    Color: {{ type: string, enum: [red, green] }}\n"
    ));
    let operation = lowered
        .api
        .operations
        .first()
        .expect("the operation has a method");
    let Success::Several {
        variants,
        accessors,
        ..
    } = &operation.success
    else {
        return "one".to_owned();
    };
    let marks = variants
        .iter()
        .map(|one| format!("{} [{}]", one.name.rust, one.marks.join(", ")));
    let accessors = accessors.iter().map(|one| {
        let fields = one.fields.iter().map(Option::as_ref);
        let presences = fields.map(|field| field.map_or("-", |field| presence(field.presence)));
        let reading = match one.reading {
            Reading::Slice => "slice",
            Reading::Copied => "copied",
            Reading::Borrowed => "borrowed",
        };
        format!(
            "{}: {} {reading} {}",
            renamed(&one.name),
            ty(&lowered.api, &one.ty),
            presences.collect::<String>()
        )
    });
    marks.chain(accessors).collect::<Vec<_>>().join("; ") + &lowered.codes()
}

#[test]
fn successes_are_told_apart_by_members_and_share_accessors() {
    assert_rows(SUCCESSES.iter().map(|(first, second, expected)| {
        (
            format!("{first} | {second}"),
            found(first, second),
            *expected,
        )
    }));
}
