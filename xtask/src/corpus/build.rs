//! Compiles all outputs of a run under clippy with warnings denied, in one workspace over one copy of the runtime, and
//! finds for every complaint the document that it belongs to.

mod cargo;
mod layout;
mod seat;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use oasmith::{Feature, Requirements, Tree};

use oasmith_cli::exit::Failure;
use oasmith_cli::terminal::Terminal;
use oasmith_cli::terminal::{Tone, line};

use super::outcome::{Compiled, Outcome};
use super::progress::Progress;
use super::vectors;
use layout::{Kind, Layout, Part};

pub use layout::{module_of, write, write_tree};

/// How many of an output's complaints are kept.
const KEPT: usize = 20;

/// A build in the making: outputs are added while others are still being generated.
#[derive(Debug)]
pub struct Build {
    layout: Layout,
    /// Held while the build lives: two runs in one folder would compile each other's outputs.
    _alone: File,
    lock: PathBuf,
    jobs: usize,
    /// The runtime's files that any output carries.
    runtime: Mutex<BTreeMap<String, String>>,
}

impl Build {
    /// A build below the workspace's target folder, with the versions of the workspace's lock file. It waits for the one of another run.
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
        let alone = File::create(&path).map_err(failure)?;
        if alone.try_lock().is_err() {
            let what = format!("for another run in {}", layout.root().display());
            terminal.problem(&line(Tone::Info, "Waiting", &what));
            alone.lock().map_err(failure)?;
        }
        Ok(Build {
            layout,
            _alone: alone,
            lock: workspace.join("Cargo.lock"),
            jobs,
            runtime: Mutex::default(),
        })
    }

    /// Adds the output of a document.
    pub fn add(&self, name: &str, tree: &Tree) -> Result<(), Failure> {
        let mut runtime = self.runtime.lock().unwrap_or_else(PoisonError::into_inner);
        for (path, text) in seat::carried(tree) {
            runtime
                .entry(path.to_owned())
                .or_insert_with(|| text.to_owned());
        }
        drop(runtime);
        self.layout.write_output(&module_of(name), tree)
    }

    /// Compiles everything that was added and notes in each outcome what came of it.
    ///
    /// The compiler stops at the first stage that has errors, and with it all other outputs of the crate. So the
    /// outputs with complaints are taken out, and the rest is compiled again, until nothing is left to complain about.
    pub fn clippy(&self, outcomes: &mut [Outcome]) -> Result<(), Failure> {
        let runtime = self
            .runtime
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        self.layout.write_runtime(&runtime)?;
        let (requirements, limits) = (requirements(outcomes), limits(outcomes));
        let mut crates = layout::crates(&parts(outcomes.iter()));
        let mut complaints: BTreeMap<String, Vec<String>> = BTreeMap::new();
        while !crates.is_empty() {
            let source = |_: &str, modules: &[String]| {
                layout::source(modules, &limits, |text| format!("{HEAD}{text}"))
            };
            self.layout
                .write_crates(&crates, &requirements, &self.lock, Kind::Library, source)?;
            let mut progress = Progress::new("Compile", crates.len());
            let flags = ["--", "-D", "warnings"];
            let found = cargo::run(
                self.layout.root(),
                &["clippy"],
                self.jobs,
                &flags,
                &mut progress,
            )?;
            let unfinished = found.unfinished(crates.keys());
            if unfinished.is_empty() {
                break;
            }
            if found.complaints.is_empty() {
                split(&mut crates, &unfinished, &found, &mut complaints)?;
                continue;
            }
            for modules in crates.values_mut() {
                modules.retain(|module| !found.complaints.contains_key(module));
            }
            complaints.extend(found.complaints);
            crates.retain(|_, modules| !modules.is_empty());
        }
        for outcome in outcomes
            .iter_mut()
            .filter(|outcome| outcome.made().is_some())
        {
            outcome.compiled = match complaints.remove(&module_of(&outcome.root.name)) {
                None => Compiled::Clean,
                Some(mut messages) => {
                    messages.truncate(KEPT);
                    Compiled::Complaints(messages)
                }
            };
        }
        Ok(())
    }
}

impl Build {
    /// Which programs hold the types of which documents.
    pub fn runner_groups(
        &self,
        outcomes: &[Outcome],
        documents: &[usize],
    ) -> BTreeMap<String, Vec<String>> {
        let chosen = documents.iter().filter_map(|index| outcomes.get(*index));
        layout::crates(&parts(chosen))
    }

    /// Builds the programs, and gives the file of each.
    pub fn runners(
        &self,
        outcomes: &[Outcome],
        groups: &BTreeMap<String, Vec<String>>,
        types: &dyn Fn(&str) -> Vec<String>,
    ) -> Result<BTreeMap<String, String>, Failure> {
        let (requirements, limits) = (requirements(outcomes), limits(outcomes));
        let source = |name: &str, modules: &[String]| {
            layout::source(modules, &limits, |text| vectors::source(text, &types(name)))
        };
        self.layout
            .write_crates(groups, &requirements, &self.lock, Kind::Runner, source)?;
        let mut progress = Progress::new("Build", groups.len());
        let found = cargo::run(
            self.layout.root(),
            &["build"],
            self.jobs,
            &[],
            &mut progress,
        )?;
        if let Some(name) = found.unfinished(groups.keys()).first() {
            let mut messages = found.complaints.values().flatten().chain(&found.elsewhere);
            let why = messages
                .next()
                .map_or(found.stderr.as_str(), String::as_str);
            return Err(Failure::new(format!("{name} cannot be built: {why}")));
        }
        let programs = found
            .done
            .into_iter()
            .filter_map(|(name, program)| Some((name, program?)));
        Ok(programs.collect())
    }
}

const HEAD: &str = "//! Outputs of the generator, side by side over one copy of the runtime.\n\n";

/// Crates that ended without a complaint about an output: the compiler was killed, or ran into a bug of its own. Their
/// outputs are tried one by one; one that is alone in its crate is the cause.
fn split(
    crates: &mut BTreeMap<String, Vec<String>>,
    unfinished: &BTreeSet<String>,
    found: &cargo::Found,
    complaints: &mut BTreeMap<String, Vec<String>>,
) -> Result<(), Failure> {
    if let Some(first) = found.elsewhere.first()
        && unfinished.len() == crates.len()
    {
        return Err(Failure::new(format!("no output can be compiled: {first}")));
    }
    if found.done.is_empty() {
        return Err(Failure::new(format!(
            "cargo compiled nothing:\n{}",
            found.stderr.trim_end()
        )));
    }
    for name in unfinished {
        let modules = crates.remove(name).unwrap_or_default();
        match modules.as_slice() {
            [module] => {
                let mut messages = found.elsewhere.clone();
                messages.push(format!(
                    "the compiler did not finish: {}",
                    found.stderr.trim_end()
                ));
                complaints.insert(module.clone(), messages);
            }
            modules => {
                for module in modules {
                    crates.insert(module.replace('_', "-"), vec![module.clone()]);
                }
            }
        }
    }
    Ok(())
}

fn parts<'o>(outcomes: impl Iterator<Item = &'o Outcome>) -> Vec<Part> {
    let made = outcomes.filter_map(|outcome| Some((outcome, outcome.made()?)));
    made.map(|(outcome, made)| Part {
        module: module_of(&outcome.root.name),
        lines: made.lines,
        is_deep: made.recursion_limit.is_some(),
    })
    .collect()
}

/// What all outputs together need of a `Cargo.toml`.
fn requirements(outcomes: &[Outcome]) -> Requirements {
    let mut all = Requirements::default();
    for made in outcomes.iter().filter_map(Outcome::made) {
        for dependency in &made.requirements.dependencies {
            if all
                .dependencies
                .iter()
                .all(|other| other.name != dependency.name)
            {
                all.dependencies.push(dependency.clone());
            }
        }
        for feature in &made.requirements.features {
            if all.features.iter().all(|other| other.name != feature.name) {
                // the stand-ins of the runtime name all of its modules, that one's among them
                all.features.push(Feature {
                    default: feature.default || feature.name == "testing",
                    ..feature.clone()
                });
            }
        }
    }
    all
}

/// The recursion limits that outputs ask for, by module.
fn limits(outcomes: &[Outcome]) -> BTreeMap<String, usize> {
    let limits = outcomes.iter().filter_map(|outcome| {
        let limit = outcome.made()?.recursion_limit?;
        Some((module_of(&outcome.root.name), limit))
    });
    limits.collect()
}
