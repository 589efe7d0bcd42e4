//! Mutations of small documents: those of the ordinary test, chosen by the fuzzer.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use oasmith::diagnostic::Diagnostics;
use oasmith::load::{Budgets, MapSources, load_one};
use serde::Deserialize;
use serde_json::Value;

#[path = "../../tests/it/mutation.rs"]
mod mutation;
#[path = "../oracle.rs"]
mod oracle;
#[path = "../../tests/it/seeds.rs"]
mod seeds;

/// Takes two bytes for each choice, and 0 after the last.
struct Bytes<'b>(&'b [u8]);

impl mutation::Choices for Bytes<'_> {
    fn below(&mut self, end: usize) -> usize {
        let Some((pair, rest)) = self.0.split_first_chunk() else {
            return 0;
        };
        self.0 = rest;
        usize::from(u16::from_le_bytes(*pair)) % end.max(1)
    }
}

fn seeds() -> &'static [Value] {
    static SEEDS: OnceLock<Vec<Value>> = OnceLock::new();
    SEEDS.get_or_init(|| seeds::SEEDS.iter().map(|text| tree(text)).collect())
}

fn tree(text: &str) -> Value {
    let sources = MapSources::new().with("seed.yaml", text);
    let mut found = Diagnostics::new();
    let node = load_one(&sources, "seed.yaml", &Budgets::default(), &mut found);
    Value::deserialize(&node.expect("seeds are well-formed")).expect("a tree is a tree")
}

fuzz_target!(|bytes: &[u8]| {
    let mut choices = Bytes(bytes);
    let seeds = seeds();
    let mut document = seeds[mutation::Choices::below(&mut choices, seeds.len())].clone();
    mutation::mutate(&mut document, &mut choices);
    oracle::check("api.json", document.to_string().as_bytes());
});
