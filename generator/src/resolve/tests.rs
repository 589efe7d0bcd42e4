//! One object in, the resolved value or the diagnostics out: a row for each rule, so that a fault shows where it is.

mod objects;
mod parts;
mod schemas;

use crate::diagnostic::{Diagnostics, Severity};
use crate::load::{Loaded, MapSources, load};
use crate::options::Options;

use super::{Document, resolve};

/// Resolves a document; the diagnostics are one line each, `warning OA0302 /components/schemas/S/not`.
fn resolved(text: &str) -> (Option<Document>, String) {
    let sources = MapSources::new().with("api.yaml", text);
    let options = Options::new("api.yaml", "api");
    let mut diagnostics = Diagnostics::new();
    let loaded: Option<Loaded> = load(&sources, "api.yaml", &options.budgets, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{text}: {diagnostics:?}");
    let document = resolve(&loaded.expect("it is YAML"), &options, &mut diagnostics);
    diagnostics.sort();
    let lines = diagnostics.iter().map(|one| {
        let severity = match one.severity {
            Severity::Error => "error",
            _ => "warning",
        };
        let at = one.place.pointer().map_or("", |at| at.path());
        format!("{severity} {} {at}", one.code)
    });
    (document, lines.collect::<Vec<_>>().join("\n"))
}
