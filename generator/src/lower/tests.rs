//! What the tables of the rooms share: a document is lowered, and its types, methods and diagnostics are compared in a
//! short notation. The tables themselves are in the rooms.

pub(in crate::lower) mod methods;
pub(in crate::lower) mod notation;

use std::fmt::{Display, Write};

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, code};
use crate::ir::Api;
use crate::load::{MapSources, load};
use crate::options::Options;
use crate::resolve::resolve;
use crate::tests::assert_rows;

/// A lowered document.
pub(in crate::lower) struct Lowered {
    /// Its types and methods.
    pub api: Api,
    /// What was reported, by place.
    pub diagnostics: Diagnostics,
}

/// Lowers a document with the default options.
pub(in crate::lower) fn lowered(text: &str) -> Lowered {
    lowered_with(text, |_| {})
}

/// Lowers a document with other options.
pub(in crate::lower) fn lowered_with(text: &str, choose: impl FnOnce(&mut Options)) -> Lowered {
    let sources = MapSources::new().with("api.yaml", text);
    let mut options = Options::new("api.yaml", "api");
    choose(&mut options);
    let mut diagnostics = Diagnostics::new();
    let loaded = load(&sources, "api.yaml", &options.budgets, &mut diagnostics);
    let loaded = loaded.unwrap_or_else(|| panic!("{text}: {diagnostics:?}"));
    let document = resolve(&loaded, &options, &mut diagnostics)
        .unwrap_or_else(|| panic!("{text}: {diagnostics:?}"));
    let api = super::lower(&document, &options, &mut diagnostics);
    diagnostics.sort();
    Lowered { api, diagnostics }
}

impl Lowered {
    /// Returns the codes of all diagnostics as a suffix, so that no row of a table hides one: ` !OA0402 !OA0403`.
    pub fn codes(&self) -> String {
        let mut codes = String::new();
        // the rows have the words of all versions of OpenAPI
        let is_told = |one: &&Diagnostic| one.code != code::OTHER_VERSION;
        for one in self.diagnostics.iter().filter(is_told) {
            write!(codes, " !{}", one.code).expect("a string can be written to");
        }
        codes
    }

    /// Returns all diagnostics, one a line: `warning OA0306 S/not: the keyword …`, where `S` is the schema `S`.
    pub fn reports(&self) -> Vec<String> {
        let is_told = |one: &&Diagnostic| one.code != code::OTHER_VERSION;
        let reports = self.diagnostics.iter().filter(is_told).map(|one| {
            let severity = match one.severity {
                Severity::Error => "error ",
                Severity::Warning | Severity::Note => "",
            };
            let at = one.place.pointer().map_or("", |at| at.path());
            let at = at.strip_prefix("/components/schemas/").unwrap_or(at);
            format!("{severity}{} {at}: {}", one.code, one.message)
        });
        reports.collect()
    }
}

/// Writes `$ref: Pet` as a reference to the component schema.
pub(in crate::lower) fn with_references(schema: &str) -> String {
    let mut parts = schema.split("$ref: ");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|letter: char| !letter.is_alphanumeric());
        let (name, rest) = part.split_at(end.unwrap_or(part.len()));
        if name.is_empty() {
            text += &format!("$ref: {part}");
        } else {
            text += &format!("$ref: '#/components/schemas/{name}'{rest}");
        }
    }
    text
}

/// Compares diagnostics with `OA0306 S/not: part of the message`, one for each, in the order of their places.
#[track_caller]
pub(in crate::lower) fn assert_reports<'r>(
    rows: impl IntoIterator<Item = (impl Display, Lowered, &'r [&'r str])>,
) {
    let matches = |found: &String, expected: &&str| {
        let (head, part) = expected.split_once(": ").unwrap_or((expected, ""));
        found
            .split_once(": ")
            .is_some_and(|(at, message)| at == head && message.contains(part))
    };
    let wrong: Vec<_> = rows
        .into_iter()
        .map(|(row, lowered, expected)| (row, lowered.reports(), expected))
        .filter(|(_, found, expected)| {
            found.len() != expected.len()
                || found
                    .iter()
                    .zip(*expected)
                    .any(|(found, expected)| !matches(found, expected))
        })
        .map(|(row, found, expected)| {
            format!("{row}\n  found    {found:#?}\n  expected {expected:#?}\n")
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn names_after_ref_are_component_schemas() {
    let cases = [
        ("{ $ref: Pet }", "{ $ref: '#/components/schemas/Pet' }"),
        (
            "[{ $ref: A }, { $ref: B }]",
            "[{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }]",
        ),
        ("{ $ref: '#/x' }", "{ $ref: '#/x' }"),
        ("{ type: string }", "{ type: string }"),
    ];
    assert_rows(cases.map(|(row, expected)| (row, with_references(row), expected)));
}
