//! Every keyword of every schema ends in a type, in documentation, or in a diagnostic.

use oasmith::census::{self, Census};
use oasmith::diagnostic::Diagnostics;
use oasmith::load::{self, Sources};
use oasmith::options::Options;
use oasmith::{Output, generate};

use crate::fixtures;

fn count(sources: &dyn Sources, options: &Options, output: &Output) -> Census {
    let mut found = Diagnostics::new();
    let loaded = load::load(sources, &options.input, &options.budgets, &mut found);
    let loaded = loaded.expect("it was loaded before");
    census::census(&loaded, &output.api, &output.diagnostics)
}

#[test]
fn no_fixture_loses_a_keyword() {
    let mut lost = Vec::new();
    let mut keywords = 0;
    for fixture in fixtures::all() {
        // the census covers whole documents, and this fixture selects a part of one
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
        let census = count(&sources, &options, &output);
        keywords += census
            .keywords
            .values()
            .map(|one| one.occurrences)
            .sum::<usize>();
        let of = |at: &dyn std::fmt::Display| format!("{}: {at}", fixture.name);
        lost.extend(census.lost.iter().map(|at| of(at)));
        let untold = census
            .untyped
            .iter()
            .filter(|one| one.reason == "no reason is given");
        lost.extend(untold.map(|one| of(&one.at)));
    }
    assert!(keywords > 1_000, "only {keywords} keywords were counted");
    assert!(lost.is_empty(), "\n{}", lost.join("\n"));
}
