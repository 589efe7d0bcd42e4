//! Thousands of mutated documents, the same in each run: none panics, and generated files are valid Rust and the same
//! twice.

use oasmith::load::{self, Budgets, MapSources};
use oasmith::options::Options;
use oasmith::{diagnostic::Diagnostics, generate, reparse};
use serde::Deserialize;
use serde_json::Value;

use crate::mutation::{Choices as _, mutate};
use crate::numbers::Numbers;
use crate::seeds::SEEDS;

/// The number of mutated documents.
const ROUNDS: u64 = 3_000;

#[test]
fn mutated_documents_are_generated_or_rejected() {
    let seeds: Vec<Value> = SEEDS.iter().map(|text| tree(text)).collect();
    let threads = 4;
    let made: usize = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..threads)
            .map(|first| {
                let seeds = &seeds;
                scope.spawn(move || run(seeds, (first..ROUNDS).step_by(4)))
            })
            .collect();
        let counts = runs.into_iter().map(|run| run.join().expect("see above"));
        counts.sum()
    });
    // mutations that invalidate every document would test only errors
    assert!(made > 500, "only {made} of {ROUNDS} were generated");
}

/// Returns how many of the rounds were generated.
fn run(seeds: &[Value], rounds: impl Iterator<Item = u64>) -> usize {
    let mut made = 0;
    for round in rounds {
        let mut numbers = Numbers(round);
        let mut document = seeds[numbers.below(seeds.len())].clone();
        mutate(&mut document, &mut numbers);
        let text = document.to_string();
        let outcome = std::panic::catch_unwind(|| check(&text));
        match outcome {
            Ok(Ok(is_made)) => made += usize::from(is_made),
            Ok(Err(wrong)) => panic!("round {round}: {wrong}\n{text}"),
            Err(_) => panic!("round {round} panicked (see above)\n{text}"),
        }
    }
    made
}

fn check(text: &str) -> Result<bool, String> {
    let sources = MapSources::new().with("api.json", text);
    let run = || generate(&sources, &Options::new("api.json", "mutated"));
    let first = run();
    if first != run() {
        return Err("another result the second time".to_owned());
    }
    let Ok(output) = first else {
        return Ok(false);
    };
    let own = |path: &&String| !path.starts_with("src/runtime/");
    for path in output.files.keys().filter(own) {
        reparse(&output.files[path]).map_err(|reason| format!("{path}: {reason}"))?;
    }
    Ok(true)
}

fn tree(text: &str) -> Value {
    let sources = MapSources::new().with("seed.yaml", text);
    let mut found = Diagnostics::new();
    let loaded = load::load_one(&sources, "seed.yaml", &Budgets::default(), &mut found);
    let node = loaded.unwrap_or_else(|| panic!("{found:?}"));
    Value::deserialize(&node).expect("a tree is a tree")
}
