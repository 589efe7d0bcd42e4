//! Parsing as a whole: each test has a document, and checks its tree or its diagnostics.

mod external;
mod hostile;
mod json;
mod mutations;
mod serde;
mod yaml;

use super::{Budgets, Loaded, MapSources, Node, load};
use crate::diagnostic::{Diagnostics, Severity};
use crate::report::locate::locate_all;

/// Loads the document `name`.
fn load_from(sources: &MapSources, name: &str, budgets: &Budgets) -> (Option<Loaded>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let loaded = load(sources, name, budgets, &mut diagnostics);
    (loaded, diagnostics)
}

/// Returns the tree of a valid document.
fn tree(name: &str, text: &str) -> Node {
    let sources = MapSources::new().with(name, text);
    let (loaded, diagnostics) = load_from(&sources, name, &Budgets::default());
    assert!(diagnostics.is_empty(), "{text}\n{diagnostics:#?}");
    let loaded = loaded.expect("a document without diagnostics has a tree");
    let (_, node) = loaded.files().next().expect("the root document");
    node.clone()
}

/// Returns code, line, column and message of each diagnostic: `OA0101 2:3 …`.
fn findings(name: &str, text: impl Into<Vec<u8>>) -> Vec<String> {
    findings_within(name, text, &Budgets::default())
}

fn findings_within(name: &str, text: impl Into<Vec<u8>>, budgets: &Budgets) -> Vec<String> {
    let sources = MapSources::new().with(name, text);
    let (_, diagnostics) = load_from(&sources, name, budgets);
    messages(&sources, &diagnostics)
}

fn messages(sources: &MapSources, diagnostics: &Diagnostics) -> Vec<String> {
    let places = locate_all(diagnostics, sources);
    diagnostics
        .iter()
        .zip(places)
        .map(|(one, place)| {
            assert_eq!(one.severity, Severity::Error);
            let place = place.map_or("?".to_owned(), |at| format!("{}:{}", at.line, at.column));
            format!("{} {place} {}", one.code, one.message)
        })
        .collect()
}
