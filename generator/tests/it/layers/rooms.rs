//! The rooms of a part: none names one above it.

use std::collections::BTreeSet;

use super::source::{Source, absolute, module, sources};
use super::{Rows, assert_none};

/// The rooms of a part, lowest first, with those that each may name. The file of the part itself names all of them.
pub const ROOMS: &[(&str, Rows)] = &[
    (
        "lower",
        &[
            ("graph", &[]),
            ("schema", &["graph"]),
            ("operation", &["schema"]),
            ("finish", &["graph", "operation", "schema"]),
        ],
    ),
    (
        "emit",
        &[
            ("docs", &[]),
            ("gates", &[]),
            ("module", &[]),
            ("names", &[]),
            ("complexity", &["names"]),
            ("notes", &["docs"]),
            ("paragraphs", &["docs", "notes"]),
            ("runtime", &["module", "names"]),
            ("type_names", &["complexity", "module", "names"]),
            ("argument", &["type_names"]),
            (
                "headers",
                &[
                    "complexity",
                    "docs",
                    "gates",
                    "module",
                    "names",
                    "paragraphs",
                    "type_names",
                ],
            ),
            (
                "root",
                &["docs", "gates", "module", "names", "paragraphs", "runtime"],
            ),
            (
                "types",
                &[
                    "argument",
                    "docs",
                    "gates",
                    "module",
                    "names",
                    "paragraphs",
                    "type_names",
                ],
            ),
            (
                "client",
                &[
                    "argument",
                    "complexity",
                    "docs",
                    "gates",
                    "module",
                    "names",
                    "paragraphs",
                    "type_names",
                ],
            ),
            (
                "bulk",
                &["client", "docs", "gates", "module", "names", "type_names"],
            ),
        ],
    ),
];

/// Describes paths from a room into one that it may not name.
fn room_findings(source: &Source) -> Vec<String> {
    let Some((part, rooms)) = ROOMS.iter().find(|(part, _)| *part == source.part) else {
        return Vec::new();
    };
    let own = module(&source.path);
    let Some(own_room) = own.get(1) else {
        return Vec::new(); // the file of the part itself
    };
    let Some((_, allowed)) = rooms.iter().find(|(room, _)| room == own_room) else {
        return vec![format!(
            "{}: this room has no row in the table",
            source.path
        )];
    };
    // children of a file are in its own room
    let no_children = BTreeSet::new();
    let names = source
        .paths
        .iter()
        .filter_map(|path| Some((path, absolute(&own, path, &no_children)?)));
    names
        .filter(|(_, target)| target.first() == Some(part))
        .filter_map(|(path, target)| {
            let room = *target.get(1)?;
            let is_room = rooms.iter().any(|(known, _)| *known == room);
            let is_allowed = room == *own_room || allowed.contains(&room);
            (is_room && !is_allowed).then(|| format!("{} names {path}", source.path))
        })
        .collect()
}

#[test]
fn no_room_names_one_above_it() {
    let findings: Vec<String> = sources().iter().flat_map(room_findings).collect();
    assert_none(&findings);
}

/// The rule above holds only if such paths are found.
#[test]
fn paths_to_rooms_above_are_found() {
    let text = "//! Text.\nuse super::super::operation::draft;\nuse crate::lower::finish::boxing;\nuse super::set;\n";
    let source = Source::read("lower/schema/union.rs".to_owned(), text.to_owned());
    let findings = room_findings(&source);
    assert_eq!(findings.len(), 2, "{findings:?}");
}
