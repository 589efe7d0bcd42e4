//! Documents that exhaust the stack without nesting: schemas that refer to one another.

use super::End::{Output, Rejected};
use super::{Bomb, End, bomb, joined, schemas};

/// Returns rings: each schema refers to the next, and the last one to the first.
pub fn rings(part: usize) -> Vec<Bomb> {
    let count = count(part);
    vec![
        bomb(
            "a ring of 5,000 schemas",
            "a.json",
            ring(count, &member),
            deep(count),
        ),
        bomb(
            "a ring of 5,000 lists",
            "a.json",
            ring(count, &list),
            deep(count),
        ),
        bomb(
            "a ring of 5,000 maps",
            "a.json",
            ring(count, &map),
            deep(count),
        ),
        bomb(
            "a ring of 5,000 references",
            "a.json",
            ring(count, &|to| to),
            Rejected("OA0108"),
        ),
        bomb(
            "a ring of 5,000 allOf",
            "a.json",
            ring(count, &all),
            Rejected("OA0202"),
        ),
        bomb(
            "a ring of 5,000 oneOf",
            "a.json",
            ring(count, &one),
            match deep(count) {
                Output => Rejected("OA0202"),
                rejected => rejected,
            },
        ),
    ]
}

/// Returns chains: each schema refers to the next, and the last one is an object.
pub fn chains(part: usize) -> Vec<Bomb> {
    let count = count(part);
    vec![
        bomb(
            "a chain of 5,000 members",
            "a.json",
            chain(count, &member),
            deep(count),
        ),
        bomb(
            "a chain of 5,000 lists",
            "a.json",
            chain(count, &list),
            deep(count),
        ),
        bomb(
            "a chain of 5,000 allOf",
            "a.json",
            chain(count, &all),
            deep(count),
        ),
        bomb(
            "a chain of 5,000 bases",
            "a.json",
            chain(count, &base),
            Rejected("OA0108"),
        ),
        bomb(
            "a chain of 5,000 oneOf",
            "a.json",
            chain(count, &one),
            deep(count),
        ),
        bomb(
            "a chain of 5,000 references",
            "a.json",
            chain(count, &|to| to),
            Rejected("OA0108"),
        ),
    ]
}

fn count(part: usize) -> usize {
    5_000 / part.min(5)
}

/// Returns the expected result for a chain of `count` types; the budget `type_depth` allows 2,000.
fn deep(count: usize) -> End {
    if count > 2_000 {
        Rejected("OA0108")
    } else {
        Output
    }
}

fn ring(count: usize, link: &dyn Fn(String) -> String) -> String {
    let links = joined(count, |index| {
        format!(r#""S{index}":{}"#, link(reference((index + 1) % count)))
    });
    schemas(&links)
}

fn chain(count: usize, link: &dyn Fn(String) -> String) -> String {
    let links = joined(count, |index| {
        format!(r#""S{index}":{}"#, link(reference(index + 1)))
    });
    let last = r#"{"type":"object","properties":{"a":{"type":"string"}}}"#;
    schemas(&format!(r#"{links},"S{count}":{last}"#))
}

fn reference(index: usize) -> String {
    format!(r##"{{"$ref":"#/components/schemas/S{index}"}}"##)
}

fn member(to: String) -> String {
    format!(r#"{{"type":"object","required":["next"],"properties":{{"next":{to}}}}}"#)
}

fn base(to: String) -> String {
    let more = r#"{"type":"object","properties":{"b":{"type":"string"}}}"#;
    format!(r#"{{"allOf":[{to},{more}]}}"#)
}

fn all(to: String) -> String {
    format!(r#"{{"allOf":[{to}]}}"#)
}

fn one(to: String) -> String {
    format!(r#"{{"oneOf":[{to},{{"type":"integer"}}]}}"#)
}

fn list(to: String) -> String {
    format!(r#"{{"type":"array","items":{to}}}"#)
}

fn map(to: String) -> String {
    format!(r#"{{"type":"object","additionalProperties":{to}}}"#)
}
