//! `CALL_METHODS` has the methods of a call: no parameter of an operation may be set by a method of such a name.

use std::collections::BTreeSet;

use oasmith_runtime::{CALL_METHODS, SOURCES};

/// The methods of traits that are called on a call.
const OF_TRAITS: [&str; 2] = ["clone", "into_future"];

/// Returns the methods of `Call` that a file defines: those in an `impl<T, E, Op> Call<T, E, Op>`.
fn defined(text: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut is_inside = false;
    for line in text.lines() {
        if line.starts_with("impl<") {
            is_inside = line.contains("> Call<");
        } else if line == "}" {
            is_inside = false;
        }
        let Some((before, rest)) = line.split_once("fn ").filter(|_| is_inside) else {
            continue;
        };
        if [
            "    ",
            "    pub ",
            "    pub(crate) ",
            "    async ",
            "    pub async ",
        ]
        .contains(&before)
        {
            let end = rest.find(['(', '<']).unwrap();
            found.insert(&rest[..end]);
        }
    }
    found
}

#[test]
fn all_methods_of_a_call_are_listed() {
    let mut all: BTreeSet<&str> = SOURCES.iter().flat_map(|file| defined(file.text)).collect();
    for name in [
        "deadline",
        "send",
        "json",
        "put_query",
        "put_query_form",
        "perform",
    ] {
        assert!(all.contains(name), "`{name}` is not found in the files");
    }
    all.extend(OF_TRAITS);
    let listed: BTreeSet<&str> = CALL_METHODS.iter().copied().collect();
    assert_eq!(listed, all);
    assert!(CALL_METHODS.is_sorted());
}
