//! Diagnostics as values: order, and what a message can be.

use super::*;
use crate::pointer::Pointer;

#[test]
fn diagnostics_are_sorted_by_file_and_place() {
    let api = Pointer::root("api.yaml");
    let places = [
        Place::from(Pointer::root("b.yaml")),
        Place::from(&api.child("b")),
        Place::from(&api.child("a")),
        Place::key(api.child("a")),
        Place::bytes("api.yaml", 7..8),
    ];
    let mut list: Diagnostics = places
        .into_iter()
        .map(|at| Diagnostic::new(code::SYNTAX, at, "x"))
        .collect();
    list.sort();
    let order: Vec<String> = list.iter().map(|one| one.place.to_string()).collect();
    assert_eq!(
        order,
        [
            "api.yaml@byte 7",
            "api.yaml#/a",
            "api.yaml#/a",
            "api.yaml#/b",
            "b.yaml#"
        ]
    );
}

#[test]
fn a_message_is_one_line_of_limited_length() {
    let place = Pointer::root("api.yaml");
    let message = |text: String| Diagnostic::new(code::SYNTAX, &place, text).message;
    assert_eq!(message("a\nb".to_owned()), "a␊b");
    let long = message("ä".repeat(1_000_000));
    assert_eq!((long.chars().count(), long.ends_with("ä…")), (401, true));
}
