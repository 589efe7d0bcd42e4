//! `corpus --features N`: compiles a sample of documents with cargo features by tag, each as a crate of its own: with no
//! feature, with each alone, with all, and where they are few with each and the next.
//!
//! A crate is wrong where an item is compiled without what it names, or an import without its users. Clippy's warnings
//! are errors here, so both are found.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use oasmith::options::{DefaultFeatures, Features, Options};
use oasmith::{Output, generate, manifest};
use oasmith_cli::disk::DiskSources;
use oasmith_cli::exit::{Exit, Failure};
use oasmith_cli::terminal::{Terminal, Tone, line};

use super::build;
use super::roots::{Expect, Root};
use crate::cargo;

/// The package name of every output.
const PACKAGE: &str = "client";

/// The most features of a document whose pairs are compiled, too.
const PAIRED: usize = 12;

/// The fewest features of a document that says something about features.
const FEATURES: usize = 2;

/// A document with features.
struct Sample {
    name: String,
    output: Output,
    features: Vec<String>,
}

/// Compiles a sample, and prints a line for each document.
pub fn run(
    roots: Vec<Root>,
    count: usize,
    workspace: &Path,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let folder = cargo::target(workspace).join("corpus-features");
    let clock = Instant::now();
    let samples = spread(roots.iter().filter_map(sample).collect(), count);
    let (mut broken, mut runs) = (0, 0);
    for sample in &samples {
        let own = folder.join(sample.name.replace(['/', '.'], "_"));
        write(&own, &sample.output, workspace)?;
        let mut complaints = Vec::new();
        for features in chosen(&sample.features) {
            runs += 1;
            if let Some(complaint) = clippy(&own, &folder.join("target"), &features)? {
                complaints.push(format!("with `{features}`:\n{complaint}"));
            }
        }
        let tone = if complaints.is_empty() {
            Tone::Good
        } else {
            Tone::Bad
        };
        broken += usize::from(!complaints.is_empty());
        let about = format!("{}: {} features", sample.name, sample.features.len());
        terminal.report(&line(tone, "Compiled", &about));
        for complaint in complaints {
            terminal.problem(&complaint);
        }
    }
    let mut summary = format!("{} documents, {runs} runs of clippy", samples.len());
    let _ = write!(summary, ", {broken} with a complaint, ");
    let _ = write!(summary, "{} s", clock.elapsed().as_secs());
    let is_clean = broken == 0 && !samples.is_empty();
    let tone = if is_clean { Tone::Good } else { Tone::Bad };
    terminal.report(&line(tone, "Features", &summary));
    Ok(if is_clean { Exit::Fresh } else { Exit::Failure })
}

/// Generates a document with features; `None` for one without an output or with too few features.
fn sample(root: &Root) -> Option<Sample> {
    if root.expect != Expect::Generate {
        return None;
    }
    let sources = DiskSources::new(&root.ref_root, None).ok()?;
    let mut options = Options::new(sources.name_of(&root.path)?, PACKAGE);
    options.features = Some(Features::ByTag(DefaultFeatures::None));
    let output = generate(&sources, &options).ok()?;
    let list = output.api.features.as_ref()?.list.iter();
    let features: Vec<String> = list.map(|feature| feature.name.clone()).collect();
    (features.len() >= FEATURES).then(|| Sample {
        name: root.name.clone(),
        output,
        features,
    })
}

/// Returns some of a list at even distances, which are the same in every run.
fn spread<T>(all: Vec<T>, count: usize) -> Vec<T> {
    let (step, length) = (all.len().div_ceil(count.max(1)).max(1), all.len());
    let is_chosen = |index: usize| length <= count || index.is_multiple_of(step);
    let chosen = all.into_iter().enumerate();
    chosen
        .filter_map(|(index, one)| is_chosen(index).then_some(one))
        .collect()
}

/// Returns the features of each run.
fn chosen(features: &[String]) -> Vec<String> {
    let alone = features.iter().cloned();
    let pairs = features.windows(2).map(|pair| pair.join(","));
    let pairs = pairs.filter(|_| features.len() <= PAIRED);
    let ends = [String::new(), features.join(",")];
    ends.into_iter().chain(alone).chain(pairs).collect()
}

fn write(folder: &Path, output: &Output, workspace: &Path) -> Result<(), Failure> {
    let mut files = output.files.clone();
    let text = manifest(PACKAGE, &output.requirements);
    files.insert("Cargo.toml".to_owned(), text);
    build::write_tree(folder, &files)?;
    let (from, to): (PathBuf, PathBuf) = (workspace.join("Cargo.lock"), folder.join("Cargo.lock"));
    if !to.exists() {
        std::fs::copy(&from, &to).map_err(|error| Failure::disk("write", &to, &error))?;
    }
    Ok(())
}

/// Runs clippy with some features, and returns what it complains about.
fn clippy(folder: &Path, target: &Path, features: &str) -> Result<Option<String>, Failure> {
    let output = Command::new(cargo::program())
        .args(["clippy", "--quiet", "--no-default-features"])
        .args(["--features", features, "--", "-D", "warnings"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0")
        .output()
        .map_err(|error| Failure::new(format!("could not start cargo: {error}")))?;
    let text = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Ok((!output.status.success()).then_some(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_spread_over_all() {
        assert_eq!(spread((0..10).collect(), 3), [0, 4, 8]);
        assert_eq!(spread((0..3).collect(), 20), [0, 1, 2]);
        assert!(spread((0..300).collect(), 20).len() <= 20);
    }

    #[test]
    fn each_feature_is_chosen_alone_and_with_the_next() {
        let features = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(
            chosen(&features),
            ["", "a,b,c", "a", "b", "c", "a,b", "b,c"]
        );
    }
}
