//! Compiles all outputs of a run under clippy with warnings denied, in one workspace over one copy of the runtime, and
//! finds for every error the document that it belongs to.

mod cargo;
mod layout;
mod module;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use fs4::FileExt;
use oasmith::{Feature, Requirements, Tree};
use oasmith_cli::exit::Failure;
use oasmith_cli::terminal::{Terminal, Tone, line};

use super::outcome::{Compiled, Outcome};
use super::progress::Progress;
use super::vectors;
use cargo::BuildReport;
use layout::{CrateKind, Layout, OutputModule};

pub use layout::{module_of, write, write_tree};

/// The maximum number of errors of an output in the report.
const MOST_MESSAGES: usize = 20;

/// Crates by name, with the modules that each contains.
type Crates = BTreeMap<String, Vec<String>>;

/// A build to which outputs are added while others are still being generated.
#[derive(Debug)]
pub struct Build {
    layout: Layout,
    /// Locked while the build lives: two runs in one folder would compile each other's outputs.
    _lock: File,
    /// The lock file of the workspace, whose versions the outputs are compiled with.
    cargo_lock: PathBuf,
    jobs: usize,
    /// The runtime's files that any output contains.
    runtime: Mutex<BTreeMap<String, String>>,
}

impl Build {
    /// Creates a build below the workspace's target folder, and waits for the build of another run there.
    pub fn new(
        workspace: &Path,
        target: &Path,
        jobs: usize,
        terminal: &Terminal,
    ) -> Result<Self, Failure> {
        let layout = Layout::new(target);
        let path = layout.root().join("lock");
        let failure = |error| Failure::disk("lock", &path, &error);
        fs::create_dir_all(layout.root()).map_err(failure)?;
        let lock = File::create(&path).map_err(failure)?;
        // The methods of `File` itself are newer than the Rust version of this workspace.
        if FileExt::try_lock(&lock).is_err() {
            let about = format!("for another run in {}", layout.root().display());
            terminal.problem(&line(Tone::Info, "Waiting", &about));
            FileExt::lock(&lock).map_err(failure)?;
        }
        Ok(Build {
            layout,
            _lock: lock,
            cargo_lock: workspace.join("Cargo.lock"),
            jobs,
            runtime: Mutex::default(),
        })
    }

    /// Adds the output of a document.
    pub fn add(&self, name: &str, tree: &Tree) -> Result<(), Failure> {
        let mut runtime = self.runtime();
        for (path, text) in module::runtime_files(tree) {
            runtime
                .entry(path.to_owned())
                .or_insert_with(|| text.to_owned());
        }
        drop(runtime);
        self.layout.write_output(&module_of(name), tree)
    }

    fn runtime(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.runtime.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Compiles everything that was added and records the result in each outcome.
    ///
    /// The compiler stops at the first stage that has errors, and with it all other outputs of the crate. So the
    /// outputs with errors are taken out, and the rest is compiled again, until no error is left.
    pub fn clippy(&self, outcomes: &mut [Outcome], terminal: &Terminal) -> Result<(), Failure> {
        self.layout.write_runtime(&self.runtime())?;
        let (requirements, limits) = (requirements(outcomes), limits(outcomes));
        let mut crates = layout::crates(&modules(outcomes.iter()));
        let mut complaints: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut is_fetched = false;
        while !crates.is_empty() {
            let source = |_: &str, modules: &[String]| {
                layout::source(modules, &limits, |text| format!("{HEAD}{text}"))
            };
            let lock = &self.cargo_lock;
            self.layout
                .write_crates(&crates, &requirements, lock, CrateKind::Library, source)?;
            if !is_fetched {
                cargo::fetch(self.layout.root(), terminal)?;
                is_fetched = true;
            }
            let mut progress = Progress::new("Compile", crates.len());
            let flags = ["--", "-D", "warnings"];
            let root = self.layout.root();
            let report = cargo::run(root, "clippy", self.jobs, &flags, &mut progress)?;
            let unfinished = report.unfinished(crates.keys());
            if unfinished.is_empty() {
                break;
            }
            if report.complaints.is_empty() {
                split(&mut crates, &unfinished, &report, &mut complaints)?;
                continue;
            }
            for modules in crates.values_mut() {
                modules.retain(|module| !report.complaints.contains_key(module));
            }
            complaints.extend(report.complaints);
            crates.retain(|_, modules| !modules.is_empty());
        }
        record(outcomes, complaints);
        Ok(())
    }

    /// Groups the types of documents into programs.
    pub fn runner_groups(&self, outcomes: &[Outcome], documents: &[usize]) -> Crates {
        let chosen = documents.iter().filter_map(|index| outcomes.get(*index));
        layout::crates(&modules(chosen))
    }

    /// Builds the programs, and returns the path of each.
    pub fn runners(
        &self,
        outcomes: &[Outcome],
        groups: &Crates,
        types: &dyn Fn(&str) -> Vec<String>,
    ) -> Result<BTreeMap<String, String>, Failure> {
        let (requirements, limits) = (requirements(outcomes), limits(outcomes));
        let source = |name: &str, modules: &[String]| {
            layout::source(modules, &limits, |text| vectors::source(text, &types(name)))
        };
        let lock = &self.cargo_lock;
        self.layout
            .write_crates(groups, &requirements, lock, CrateKind::Runner, source)?;
        let mut progress = Progress::new("Build", groups.len());
        let root = self.layout.root();
        let report = cargo::run(root, "build", self.jobs, &[], &mut progress)?;
        if let Some(name) = report.unfinished(groups.keys()).first() {
            let reason = report
                .complaints
                .values()
                .flatten()
                .chain(&report.other_errors)
                .next()
                .unwrap_or(&report.stderr);
            return Err(Failure::new(format!("could not build `{name}`: {reason}")));
        }
        Ok(report
            .finished
            .into_iter()
            .filter_map(|(name, program)| Some((name, program?)))
            .collect())
    }
}

/// Records what the compiler reported about each output.
fn record(outcomes: &mut [Outcome], mut complaints: BTreeMap<String, Vec<String>>) {
    let generated = outcomes
        .iter_mut()
        .filter(|outcome| outcome.output().is_some());
    for outcome in generated {
        outcome.compiled = match complaints.remove(&module_of(&outcome.root.name)) {
            None => Compiled::Clean,
            Some(mut messages) => {
                messages.truncate(MOST_MESSAGES);
                Compiled::Complaints(messages)
            }
        };
    }
}

const HEAD: &str = "//! Outputs of the generator, side by side over one copy of the runtime.\n\n";

/// Handles crates that are unfinished without an error in an output: the compiler was killed, or has a bug. Their
/// outputs are compiled one per crate the next time, and an output that is alone already gets the blame.
fn split(
    crates: &mut Crates,
    unfinished: &BTreeSet<String>,
    report: &BuildReport,
    complaints: &mut BTreeMap<String, Vec<String>>,
) -> Result<(), Failure> {
    if let Some(first) = report.other_errors.first()
        && unfinished.len() == crates.len()
    {
        return Err(Failure::new(format!("no output can be compiled: {first}")));
    }
    let stderr = report.stderr.trim_end();
    if report.finished.is_empty() {
        return Err(Failure::new(format!("cargo compiled nothing:\n{stderr}")));
    }
    for name in unfinished {
        let modules = crates.remove(name).unwrap_or_default();
        if let [module] = modules.as_slice() {
            let mut messages = report.other_errors.clone();
            messages.push(format!("the compiler did not finish: {stderr}"));
            complaints.insert(module.clone(), messages);
        } else {
            let alone = |module: String| (module.replace('_', "-"), vec![module]);
            crates.extend(modules.into_iter().map(alone));
        }
    }
    Ok(())
}

fn modules<'o>(outcomes: impl Iterator<Item = &'o Outcome>) -> Vec<OutputModule> {
    outcomes
        .filter_map(|outcome| Some((outcome, outcome.output()?)))
        .map(|(outcome, summary)| OutputModule {
            name: module_of(&outcome.root.name),
            lines: summary.lines,
            has_recursion_limit: summary.recursion_limit.is_some(),
        })
        .collect()
}

/// Returns what all outputs together need in a `Cargo.toml`.
fn requirements(outcomes: &[Outcome]) -> Requirements {
    let mut all = Requirements::default();
    for summary in outcomes.iter().filter_map(Outcome::output) {
        for dependency in &summary.requirements.dependencies {
            let is_same = |other: &oasmith::Dependency| other.name == dependency.name;
            if !all.dependencies.iter().any(is_same) {
                all.dependencies.push(dependency.clone());
            }
        }
        for feature in &summary.requirements.features {
            let is_same = |other: &Feature| other.name == feature.name;
            if !all.features.iter().any(is_same) {
                // `runtime.rs` of an output re-exports all modules of the runtime, `testing` among them.
                all.features.push(Feature {
                    default: feature.default || feature.name == "testing",
                    ..feature.clone()
                });
            }
        }
    }
    all
}

/// Returns the recursion limits that outputs need, by module.
fn limits(outcomes: &[Outcome]) -> BTreeMap<String, usize> {
    outcomes
        .iter()
        .filter_map(|outcome| {
            let limit = outcome.output()?.recursion_limit?;
            Some((module_of(&outcome.root.name), limit))
        })
        .collect()
}
