//! No scope of an output has two items of one name, and no name makes the generator drop a part of a document.
//!
//! [`collisions`] checks the syntax trees of outputs: of all fixtures, of the corpus's small documents if
//! `CODEGEN_CORPUS` names its folder, and of generated documents whose names look alike ([`lookalikes`]). [`facts`]
//! compares what such a document states with its `Api`.
//!
//! `LOOKALIKE_DOCUMENTS=5000` sets the number of generated documents.

mod collisions;
mod declarations;
mod facts;
mod inherent;
mod letters;
mod lookalikes;
mod modules;
mod planted;
mod rows;

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use oasmith::load::MapSources;
use oasmith::options::{Options, RuntimeSource};
use oasmith::report::{Style, render};
use oasmith::{Output, generate};

use crate::fixtures;
use crate::negative::corpus;
use collisions::collisions;
use lookalikes::{Document, document};

/// The number of generated documents in an ordinary run.
const DOCUMENTS: u64 = 50;

/// The largest document of the corpus to check, in bytes; larger ones take an unoptimised build too long.
const LARGEST: u64 = 60_000;

fn of_text(text: &str) -> Result<Output, String> {
    let sources = MapSources::new().with("api.yaml", text);
    generate(&sources, &Options::new("api.yaml", "client"))
        .map_err(|found| render(&found, &sources, Style::Plain))
}

/// Describes collisions and lost facts in the output of a document.
fn complaints(document: &Document) -> Vec<String> {
    match of_text(&document.text) {
        Err(report) => vec![format!("is rejected:\n{report}")],
        Ok(output) => {
            let found = facts::facts(&output.api);
            let missing = document.facts.difference(&found);
            let missing = missing.map(|fact| format!("lost: {fact}"));
            collisions(&output.files)
                .into_iter()
                .chain(missing)
                .collect()
        }
    }
}

#[test]
fn no_scope_of_a_fixture_has_a_name_twice() {
    let mut found = Vec::new();
    for fixture in fixtures::all() {
        // with all its modules
        if let Ok(output) = fixture.generate_with(RuntimeSource::Carried) {
            let of = |text| format!("{}: {text}", fixture.name);
            found.extend(collisions(&output.files).into_iter().map(of));
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// Returns the files below a folder that are not too large; all of them if `SCOPES_ALL` is set.
fn small_files(folder: PathBuf) -> Vec<PathBuf> {
    let largest = match std::env::var("SCOPES_ALL") {
        Ok(_) => u64::MAX,
        Err(_) => LARGEST,
    };
    let mut folders = vec![folder];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the corpus can be listed") {
            let entry = entry.expect("a folder can be listed");
            let about = entry.metadata().expect("a file has a size");
            if about.is_dir() {
                folders.push(entry.path());
            } else if about.len() <= largest {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    files
}

/// Runs a check on two threads.
fn on_two_threads<T: Sync>(all: &[T], check: impl Fn(&T) -> Vec<String> + Sync) -> Vec<String> {
    let check = &check;
    thread::scope(|scope| {
        let halves = [0, 1].map(|first| {
            let half = all.iter().skip(first).step_by(2);
            scope.spawn(move || half.flat_map(check).collect::<Vec<_>>())
        });
        let halves = halves.map(|half| half.join().expect("no document ends in a panic"));
        halves.into_iter().flatten().collect()
    })
}

#[test]
fn no_scope_of_a_corpus_document_has_a_name_twice() {
    let Some(corpus) = corpus("names in the outputs of the corpus") else {
        return;
    };
    let count = AtomicUsize::new(0);
    let found = on_two_threads(&small_files(corpus), |path| {
        let text = fs::read_to_string(path);
        let Some(output) = text.ok().and_then(|text| of_text(&text).ok()) else {
            return Vec::new();
        };
        count.fetch_add(1, Ordering::Relaxed);
        let of = |text| format!("{}: {text}", path.display());
        collisions(&output.files).into_iter().map(of).collect()
    });
    let count = count.into_inner();
    eprintln!("{count} documents of the corpus");
    assert!(count > 100, "only {count} documents gave an output");
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn names_that_collided_once_stay_apart() {
    let mut found = Vec::new();
    for row in rows::ROWS {
        let wrong = complaints(&rows::document(row));
        found.extend(wrong.into_iter().map(|text| format!("{}: {text}", row.0)));
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn lookalikes_stay_apart_and_complete() {
    let count = match std::env::var("LOOKALIKE_DOCUMENTS") {
        Ok(count) => count.parse().expect("LOOKALIKE_DOCUMENTS is a number"),
        Err(_) => DOCUMENTS,
    };
    let seeds: Vec<u64> = (1..=count).collect();
    let found = on_two_threads(&seeds, |seed| {
        let found = complaints(&document(*seed)).into_iter();
        found.map(|text| format!("seed {seed}: {text}")).collect()
    });
    eprintln!("{count} documents of names that look alike");
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}
