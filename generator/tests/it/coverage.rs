//! No fixture loses a keyword: each one is in a type, in the documentation, or in a diagnostic.

use oasmith::diagnostic::Diagnostics;
use oasmith::ir::Api;
use oasmith::load::{self, Sources};
use oasmith::options::Options;
use oasmith::{Output, generate};
use oasmith_coverage::Coverage;

use crate::fixtures;

/// Measures each document of an output by itself.
fn measure(sources: &dyn Sources, options: &Options, output: &Output) -> Vec<Coverage> {
    let Some(joined) = &output.api.joined else {
        return vec![of_document(sources, options, &output.api, output)];
    };
    let parts = joined.parts.iter();
    parts
        .map(|part| of_document(sources, &options.inputs[&part.name], &part.api, output))
        .collect()
}

fn of_document(sources: &dyn Sources, options: &Options, api: &Api, output: &Output) -> Coverage {
    let mut found = Diagnostics::new();
    let loaded = load::load_overlaid(
        sources,
        &options.input,
        &options.overlays,
        &options.budgets,
        &mut found,
    );
    let loaded = loaded.expect("it was loaded before");
    Coverage::measure(&loaded, api, &output.diagnostics)
}

#[test]
fn no_fixture_loses_a_keyword() {
    let mut lost = Vec::new();
    let mut keywords = 0;
    for fixture in fixtures::all() {
        // coverage is of whole descriptions, and this fixture selects a part of one
        if fixture.name == "operations-selected" {
            continue;
        }
        let sources = fixture.sources();
        let Ok(options) = fixture.options(&sources) else {
            continue;
        };
        let Ok(output) = generate(&sources, &options) else {
            continue;
        };
        let of = |at: &dyn std::fmt::Display| format!("{}: {at}", fixture.name);
        for coverage in measure(&sources, &options, &output) {
            let counts = coverage.keywords.values();
            keywords += counts.map(|one| one.occurrences).sum::<usize>();
            lost.extend(coverage.lost.iter().map(|at| of(at)));
            let unexplained = coverage
                .untyped
                .iter()
                .filter(|one| one.reason == "no reason is given");
            lost.extend(unexplained.map(|one| of(&one.at)));
        }
    }
    assert!(keywords > 1_000, "only {keywords} keywords were counted");
    assert!(lost.is_empty(), "\n{}", lost.join("\n"));
}
