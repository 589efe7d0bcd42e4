//! `cargo xtask corpus`: runs the generator on many documents and says which expectations hold.
//!
//! ```text
//! roots ─▶ document (a thread each) ─▶ build (clippy) ─▶ vectors (instances through the types) ─▶ table, json
//! ```
//!
//! It is how a change of the generator is checked. The end code is 0 when every expectation holds: what must be accepted
//! is and compiles without a warning, what must be refused is refused at the right place, nothing panics.

mod arguments;
mod build;
mod disputed;
mod document;
mod json;
mod outcome;
mod progress;
mod roots;
mod table;
mod vectors;

use std::collections::VecDeque;
use std::env;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use oasmith::Tree;

use oasmith_cli::exit::{Exit, Failure};
use oasmith_cli::terminal::Terminal;
use oasmith_cli::terminal::{Tone, line};
use oasmith_cli::workspace::Workspace;

pub use arguments::Arguments;
use build::Build;
use disputed::Disputed;
use outcome::{End, Outcome};
use progress::Progress;
use roots::Root;

/// Runs the command; what it finds is printed.
pub fn run(args: &Arguments, terminal: &Terminal) -> Result<Exit, Failure> {
    let clock = Instant::now();
    let workspace = Workspace::require()?;
    let disputed = Disputed::read(workspace.root())?;
    let is_wanted = |name: &str| {
        let has_text = args.only.as_deref().is_none_or(|text| name.contains(text));
        has_text && (!args.selection || selection().any(|selected| selected == name))
    };
    let roots = roots::find(&args.dirs, &is_wanted, &disputed)?;
    let build = match args.no_compile {
        true => None,
        false => Some(Build::new(
            workspace.root(),
            &target(&workspace),
            args.jobs(),
            terminal,
        )?),
    };
    let after = |outcome: &Outcome, tree: &Tree| -> Result<(), Failure> {
        if let Some(folder) = &args.keep {
            keep(folder, outcome, tree)?;
        }
        match &build {
            Some(build) => build.add(&outcome.root.name, tree),
            None => Ok(()),
        }
    };
    let mut outcomes = generate(roots, args, &after);
    // A document that took too long still runs, and may take all memory: nothing heavy is started beside it.
    let endless = outcomes
        .iter()
        .filter(|outcome| matches!(outcome.end, End::TimedOut))
        .count();
    if endless > 0 && build.is_some() {
        let what =
            format!("compiling: {endless} documents took longer than --time-limit and still run");
        terminal.problem(&line(Tone::Warn, "Skipped", &what));
    } else if let Some(build) = &build {
        build.clippy(&mut outcomes)?;
        if let Some(folder) = &args.vectors {
            vectors::check(folder, build, &mut outcomes)?;
        }
    }
    let took = clock.elapsed();
    if let Some(path) = &args.json {
        json::write(path, &outcomes, took)?;
    }
    terminal.report(&table::report(&outcomes, took));
    match outcomes.iter().any(Outcome::is_broken) {
        false => Ok(Exit::Fresh),
        true => Ok(Exit::Failure),
    }
}

/// The documents that CI compiles.
fn selection() -> impl Iterator<Item = &'static str> {
    let rows = include_str!("corpus/selection.tsv").lines();
    let rows = rows.filter(|row| !row.starts_with('#'));
    rows.filter_map(|row| row.split('\t').next())
}

/// The folder that cargo builds into.
fn target(workspace: &Workspace) -> PathBuf {
    let folder = env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    workspace.root().join(folder)
}

/// Writes an output as a crate of its own.
fn keep(folder: &Path, outcome: &Outcome, tree: &Tree) -> Result<(), Failure> {
    let Some(made) = outcome.made() else {
        return Ok(());
    };
    let mut files = tree.clone();
    files.insert(
        "Cargo.toml".to_owned(),
        oasmith::manifest("client", &made.requirements),
    );
    build::write_tree(&folder.join(&outcome.root.name), &files)
}

/// Generates all documents, some at a time, and gives what became of them in their order. `after` is shown each
/// output; its text is not kept.
fn generate(
    roots: Vec<Root>,
    args: &Arguments,
    after: &(dyn Fn(&Outcome, &Tree) -> Result<(), Failure> + Sync),
) -> Vec<Outcome> {
    document::catch_panics();
    let progress = Mutex::new(Progress::new("Generate", roots.len()));
    let waiting = Mutex::new(roots.into_iter().enumerate().collect::<VecDeque<_>>());
    let done = Mutex::new(Vec::new());
    let work = || {
        // A thread that panics while it holds one of the locks leaves nothing half done.
        while let Some((index, root)) = waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front()
        {
            let (mut outcome, tree) = document::run(root, args.time_limit());
            if outcome.made().is_some()
                && let Err(failure) = after(&outcome, &tree)
            {
                outcome.end = End::Lost(failure.to_string());
            }
            progress
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .step(&outcome.root.name);
            done.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push((index, outcome));
        }
    };
    thread::scope(|scope| {
        for _ in 0..args.jobs() {
            scope.spawn(work);
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, outcome)| outcome).collect()
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
