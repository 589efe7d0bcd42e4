//! `cargo xtask corpus`: runs the generator on many documents and reports which expectations hold.
//!
//! ```text
//! roots ─▶ document (a thread each) ─▶ build (clippy) ─▶ vectors (instances through the types) ─▶ table, json
//! ```
//!
//! This is how a change of the generator is checked. The exit code is 0 when every expectation holds: valid documents
//! are accepted and their outputs compile without a warning, invalid ones are rejected at the right place, nothing
//! panics.

mod arguments;
mod build;
mod disputed;
mod document;
mod features;
mod json;
mod laws;
mod outcome;
mod progress;
mod roots;
mod table;
mod vectors;

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use oasmith::Tree;

use oasmith_cli::exit::{Exit, Failure};
use oasmith_cli::terminal::{Terminal, Tone, line};
use oasmith_cli::workspace::Workspace;

pub use arguments::Arguments;
use build::Build;
pub use build::{write, write_tree};
pub use disputed::Disputed;
pub use laws::fault;
use outcome::{Generation, Outcome};
use progress::Progress;
pub use roots::{Expect, Root, find};

/// Runs the command and prints what it finds.
pub fn run(args: &Arguments, terminal: &Terminal) -> Result<Exit, Failure> {
    let clock = Instant::now();
    let workspace = Workspace::require()?;
    let disputed = Disputed::read(workspace.root())?;
    let is_wanted = |name: &str| {
        let has_text = args.only.as_deref().is_none_or(|text| name.contains(text));
        has_text && (!args.selection || selection().any(|selected| selected == name))
    };
    let roots = roots::find(&args.dirs, &is_wanted, &disputed)?;
    if let Some(count) = args.features {
        return features::run(roots, count, workspace.root(), terminal);
    }
    if args.laws {
        return laws::run(roots, args.jobs(), terminal);
    }
    let build = if args.no_compile {
        None
    } else {
        let target = crate::cargo::target(workspace.root());
        Some(Build::new(
            workspace.root(),
            &target,
            args.jobs(),
            terminal,
        )?)
    };
    let use_output = |outcome: &Outcome, tree: &Tree| -> Result<(), Failure> {
        if let Some(folder) = &args.keep {
            write_crate(folder, outcome, tree)?;
        }
        build
            .as_ref()
            .map_or(Ok(()), |build| build.add(&outcome.root.name, tree))
    };
    let mut outcomes = generate(roots, args, &use_output);
    // A document that timed out still runs, and may use all memory: nothing heavy is started beside it.
    let timed_out = outcomes
        .iter()
        .filter(|outcome| matches!(outcome.generation, Generation::TimedOut))
        .count();
    if timed_out > 0 && build.is_some() {
        let about =
            format!("compiling: {timed_out} documents exceeded `--time-limit` and still run");
        terminal.problem(&line(Tone::Warn, "Skipped", &about));
    } else if let Some(build) = &build {
        build.clippy(&mut outcomes, terminal)?;
        if let Some(folder) = &args.vectors {
            vectors::check(folder, build, &mut outcomes)?;
        }
    }
    let took = clock.elapsed();
    if let Some(path) = &args.json {
        json::write(path, &outcomes, took)?;
    }
    terminal.report(&table::report(&outcomes, took));
    if outcomes.iter().any(Outcome::is_broken) {
        Ok(Exit::Failure)
    } else {
        Ok(Exit::Fresh)
    }
}

/// Returns the names of the documents that CI compiles.
fn selection() -> impl Iterator<Item = &'static str> {
    include_str!("corpus/selection.tsv")
        .lines()
        .filter(|row| !row.starts_with('#'))
        .filter_map(|row| row.split('\t').next())
}

/// Writes an output as a crate of its own.
fn write_crate(folder: &Path, outcome: &Outcome, tree: &Tree) -> Result<(), Failure> {
    let Some(summary) = outcome.output() else {
        return Ok(());
    };
    let mut files = tree.clone();
    files.insert(
        "Cargo.toml".to_owned(),
        oasmith::manifest("client", &summary.requirements),
    );
    build::write_tree(&folder.join(&outcome.root.name), &files)
}

/// Generates all documents, some at a time, and returns their outcomes in order. `use_output` gets each output, which
/// is dropped after that.
fn generate(
    roots: Vec<Root>,
    args: &Arguments,
    use_output: &(dyn Fn(&Outcome, &Tree) -> Result<(), Failure> + Sync),
) -> Vec<Outcome> {
    document::catch_panics();
    each("Generate", roots, args.jobs(), |root| {
        let (mut outcome, tree) = document::run(root, args.time_limit());
        if outcome.output().is_some()
            && let Err(failure) = use_output(&outcome, &tree)
        {
            outcome.generation = Generation::Failed(failure.to_string());
        }
        outcome
    })
}

/// Runs `work` on all documents, `jobs` at a time, and returns the results in order. The progress line has a word in its
/// margin.
fn each<T: Send>(
    word: &'static str,
    roots: Vec<Root>,
    jobs: usize,
    work: impl Fn(Root) -> T + Sync,
) -> Vec<T> {
    let progress = Mutex::new(Progress::new(word, roots.len()));
    let waiting = Mutex::new(roots.into_iter().enumerate().collect::<VecDeque<_>>());
    let done = Mutex::new(Vec::new());
    // A thread that panics while it holds one of the locks leaves nothing inconsistent.
    let next = || {
        let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.pop_front()
    };
    let run = || {
        while let Some((index, root)) = next() {
            let name = root.name.clone();
            let result = work(root);
            let mut progress = progress.lock().unwrap_or_else(PoisonError::into_inner);
            progress.step(&name);
            let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
            done.push((index, result));
        }
    };
    thread::scope(|scope| {
        for _ in 0..jobs {
            let builder = thread::Builder::new().stack_size(document::STACK);
            // as many as the system gives; the first is this thread where it gives none
            if builder.spawn_scoped(scope, run).is_err() {
                run();
            }
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selection_is_about_forty_documents_each_once() {
        let all: Vec<&str> = selection().collect();
        assert!((35..=45).contains(&all.len()), "{}", all.len());
        assert!(all.is_sorted_by(|a, b| a < b), "{all:?}");
    }
}
