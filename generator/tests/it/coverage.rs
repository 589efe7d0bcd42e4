//! No fixture loses a keyword: each one is in a type, in the documentation, or in a diagnostic.

use oasmith::diagnostic::Diagnostics;
use oasmith::load::{self, Sources};
use oasmith::options::Options;
use oasmith::{Output, generate};
use oasmith_coverage::Coverage;

use crate::fixtures;

fn measure(sources: &dyn Sources, options: &Options, output: &Output) -> Coverage {
    let mut found = Diagnostics::new();
    let loaded = load::load_overlaid(
        sources,
        &options.input,
        &options.overlays,
        &options.budgets,
        &mut found,
    );
    let loaded = loaded.expect("it was loaded before");
    Coverage::measure(&loaded, &output.api, &output.diagnostics)
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
        let coverage = measure(&sources, &options, &output);
        let counts = coverage.keywords.values();
        keywords += counts.map(|one| one.occurrences).sum::<usize>();
        let of = |at: &dyn std::fmt::Display| format!("{}: {at}", fixture.name);
        lost.extend(coverage.lost.iter().map(|at| of(at)));
        let unexplained = coverage
            .untyped
            .iter()
            .filter(|one| one.reason == "no reason is given");
        lost.extend(unexplained.map(|one| of(&one.at)));
    }
    assert!(keywords > 1_000, "only {keywords} keywords were counted");
    assert!(lost.is_empty(), "\n{}", lost.join("\n"));
}
