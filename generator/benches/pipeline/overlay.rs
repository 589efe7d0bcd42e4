//! What an overlay of 20 actions costs on GitHub's document: most name one place, as overlays of people do, some search.

use std::hint::black_box;
use std::time::{Duration, Instant};

use oasmith::diagnostic::Diagnostics;
use oasmith::load::overlay::{Action, Overlay};
use oasmith::load::{MapSources, Node, load_overlaid};
use oasmith::options::Options;
use serde_json::json;

/// The number of runs; the best one counts.
const RUNS: usize = 30;

/// Returns the time that an overlay adds to load, as a part of it.
pub fn cost(sources: &MapSources, options: &Options) -> f64 {
    let sources = sources.clone().with("overlay.yaml", overlay().to_yaml());
    let overlays = ["overlay.yaml".to_owned()];
    let run = |overlays: &[String]| {
        let mut found = Diagnostics::new();
        let start = Instant::now();
        let budgets = &options.budgets;
        let loaded = load_overlaid(&sources, &options.input, overlays, budgets, &mut found);
        let took = start.elapsed();
        black_box(&loaded);
        assert!(!found.has_errors(), "{found:?}");
        took
    };
    let (mut without, mut with) = (Duration::MAX, Duration::MAX);
    for _ in 0..RUNS {
        without = without.min(run(&[]));
        with = with.min(run(&overlays));
    }
    with.saturating_sub(without).as_secs_f64() / without.as_secs_f64()
}

fn overlay() -> Overlay {
    let mut overlay = Overlay::new("Twenty actions");
    let schemas = [
        "repository",
        "simple-user",
        "issue",
        "commit",
        "pull-request",
        "workflow-run",
        "release",
        "label",
        "milestone",
        "team",
    ];
    let nullable = Node::from_json(&json!({ "x-note": "null in 12 of 340 replies" }));
    for schema in schemas {
        let target = format!("$.components.schemas['{schema}'].properties.id");
        let target = if schema == "commit" {
            target.replace(".id", ".sha")
        } else {
            target
        };
        overlay
            .actions
            .push(Action::update(target, nullable.clone()));
    }
    for schema in ["repository", "simple-user", "issue", "label"] {
        let target = format!("$.components.schemas['{schema}'].required[0]");
        overlay.actions.push(Action::remove(target));
    }
    let parameter = "$.paths['/repos/{owner}/{repo}/issues'].get.parameters";
    let added = json!({ "name": "trace", "in": "query", "schema": { "type": "string" } });
    overlay
        .actions
        .push(Action::update(parameter, Node::from_json(&added)));
    let note = Node::from_json(&json!({ "x-reviewed": true }));
    for target in [
        "$.paths.*.get",
        "$.paths[?@.delete].delete",
        "$.components.schemas[?@.deprecated == true]",
        "$.paths['/user'].get.responses[?@.description == 'Response']",
        "$.info",
    ] {
        let mut action = Action::update(target, note.clone());
        action.is_optional = true;
        overlay.actions.push(action);
    }
    assert_eq!(overlay.actions.len(), 20);
    overlay
}
