//! Files that are written, and extended.

use super::*;
use oasmith::diagnostic::Diagnostics;
use oasmith::load::{Budgets, MapSources, Object, load_one};

const OWN: (&str, Dialect) = ("wire.overlay.yaml", Dialect::V3_0);

fn removal(target: &str, count: usize, total: usize) -> Amendment {
    amendment(Action::remove(target), count, total)
}

fn update(target: &str, name: &str, value: Node, count: usize, total: usize) -> Amendment {
    let update = Object::from_iter([(name.into(), value)]);
    amendment(Action::update(target, update.into()), count, total)
}

fn nullable(target: &str, count: usize, total: usize) -> Amendment {
    update(target, "nullable", true.into(), count, total)
}

fn amendment(action: Action, count: usize, total: usize) -> Amendment {
    let evidence = Evidence {
        what: "null".to_owned(),
        count,
        total,
        noun: ["reply", "replies"],
    };
    Amendment::new(action, evidence)
}

const NEW: &str = "\
overlay: 1.1.0
info:
  title: What the wire does
  version: 1.0.0
extends: ./api.yaml
actions:
  - target: $.a
    description: null in 1 of 2 replies
    update:
      nullable: true
  - target: $.required[?@ == 'x']
    description: null in 1 of 3 replies
    remove: true
";

#[test]
fn a_new_file_and_the_same_again() {
    let actions = [
        nullable("$.a", 1, 2),
        removal("$.required[?@ == 'x']", 1, 3),
    ];
    let written = create(&actions, "./api.yaml");
    assert_eq!(written.text, NEW);
    let again = extend(&written.text, &actions, &actions, OWN).expect("it is an overlay");
    let unchanged = Written {
        text: NEW.to_owned(),
        added: 0,
        updated: 0,
    };
    assert_eq!(again, unchanged);
}

#[test]
fn what_people_wrote_stays_and_evidence_grows() {
    let old = "\
# Ours.
actions: # in order
# first
- { target: $.hand, update: { x: 1 }, description: Known from the vendor. }

- target: $.a # why not
  description: null in 1 of 2 replies
  update: { nullable: true }
# at the end

info: { title: T, version: '1' }
overlay: 1.0.0
";
    let actions = [
        nullable("$.a", 5, 20),
        update("$.hand", "x", 1u64.into(), 5, 20),
        nullable("$.b", 1, 2),
    ];
    let written = extend(old, &actions, &actions, OWN).expect("it is an overlay");
    let expected = old
            .replace("null in 1 of 2", "null in 5 of 20")
            .replace(
                "  update: { nullable: true }\n",
                "  update: { nullable: true }\n- target: $.b\n  description: null in 1 of 2 replies\n  update:\n    nullable: true\n",
            );
    assert_eq!(written.text, expected);
    assert_eq!((written.added, written.updated), (1, 1));
    // less traffic changes nothing
    let again =
        extend(&written.text, &[], &[nullable("$.a", 1, 2)], OWN).expect("it is an overlay");
    assert_eq!(again.text, written.text);
}

#[test]
fn what_cannot_be_extended_is_left_alone() {
    let actions = [nullable("$.b", 1, 2)];
    for (text, expected) in [
        ("openapi: 3.0.3\n", "no `overlay`"),
        (
            "overlay: 1.0.0\ninfo: { title: T, version: '1' }\nactions: [{ target: $.a, remove: true }]\n",
            "not written as a list",
        ),
        ("overlay: [\n", "not well-formed"),
        ("{ overlay: 1.0.0, actions: [] }", "no valid overlay"),
    ] {
        let error = extend(text, &actions, &[], OWN).expect_err("it cannot be extended");
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn an_inferred_schema_grows_in_its_own_action() {
    let status = |schema: &str| {
        let text = format!(
            "{{ '404': {{ description: Seen., content: {{ application/json: {{ schema: {schema} }} }} }} }}"
        );
        let sources = MapSources::new().with("a.yaml", text);
        load_one(
            &sources,
            "a.yaml",
            &Budgets::default(),
            &mut Diagnostics::new(),
        )
        .expect("it is YAML")
    };
    let first = status(
        "{ type: object, required: [a, b], properties: { a: { type: integer }, b: { type: string } } }",
    );
    let second = status(
        "{ type: object, required: [a, c], properties: { a: { type: number, nullable: true }, c: { type: array, items: {} } } }",
    );
    let both = status(
        "{ type: object, required: [a], properties: { a: { type: number, nullable: true }, b: { type: string }, c: { type: array, items: {} } } }",
    );
    let action = |update: &Node, count, total| {
        amendment(Action::update("$.responses", update.clone()), count, total)
    };
    let written = create(&[action(&first, 1, 2), nullable("$.x", 1, 2)], "./api.yaml");
    // what is wrong with the description and the overlay is a part of what the overlay wrote
    let part = Amendment {
        within: Some(("wire.overlay.yaml".into(), 0)),
        ..removal("$.responses['404'].content", 1, 4)
    };
    let grown = extend(
        &written.text,
        std::slice::from_ref(&part),
        &[action(&second, 3, 4)],
        OWN,
    )
    .expect("it is an overlay");
    assert_eq!((grown.added, grown.updated), (0, 1));
    let expected = create(&[action(&both, 3, 4), nullable("$.x", 1, 2)], "./api.yaml");
    assert_eq!(grown.text, expected.text);
    // the same again, and less
    for known in [&second, &first, &both] {
        let again =
            extend(&grown.text, &[], &[action(known, 3, 4)], OWN).expect("it is an overlay");
        assert_eq!(again.text, grown.text);
    }
    // what people wrote, or build upon, is not written again
    let by_people = written
        .text
        .replace("status 404", "x")
        .replace("null in 1 of 2 replies", "Known.");
    let used = create(
        &[
            action(&first, 1, 2),
            removal("$.responses['404'].content.x", 1, 2),
        ],
        "./api.yaml",
    )
    .text;
    for text in [by_people, used] {
        let extended = extend(
            &text,
            std::slice::from_ref(&part),
            &[action(&second, 3, 4)],
            OWN,
        )
        .expect("it is an overlay");
        assert_eq!((extended.added, extended.updated), (1, 0), "{text}");
    }
}
