//! `cargo xtask codegen`: makes every output, plans it against the disk, and writes the plan or reports it.
//!
//! All outputs are generated and planned before the first is written, so a broken document, or a hand edit that only
//! `--force` may overwrite, leaves all of them as they were.

mod job;
mod losses;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use oasmith::diagnostic::Diagnostics;
use oasmith::load::Sources;
use oasmith::report::{Style, json, render};
use oasmith::{Output, Requirements};

use crate::apply::apply;
use crate::args;
use crate::disk;
use crate::exit::{Exit, Failure};
use crate::lock::Hash;
use crate::manifest::{self, Lack, MANIFEST};
use crate::plan::{self, Plan, State};
use crate::report::{self, Tone, github, line};
use crate::terminal::Terminal;
use crate::workspace::{self, Workspace};

use job::Job;

/// Runs the command; what it finds is printed.
pub fn run(args: &args::Codegen, terminal: &Terminal) -> Result<Exit, Failure> {
    let terminal = &terminal.with_format(args.message_format);
    let workspace = Workspace::find()?;
    let Some(jobs) = job::jobs(args, &workspace, terminal)? else {
        return Ok(Exit::Failure);
    };
    if args.report {
        return losses::run(jobs, terminal);
    }
    let mut all = Vec::new();
    let mut broken = false;
    for job in jobs {
        match Made::from(job, terminal)? {
            Some(made) => all.push(made),
            None => broken = true,
        }
    }
    if broken {
        return Ok(Exit::Failure);
    }
    if args.check {
        return Ok(worst(all.iter().map(|made| made.check(terminal))));
    }
    let refused: Vec<&Made> = match args.force {
        true => Vec::new(),
        false => all.iter().filter(|made| made.plan.needs_force()).collect(),
    };
    for made in &refused {
        terminal.problem(&report::refused(&made.job.subject, &made.plan));
    }
    if !refused.is_empty() {
        return Ok(Exit::Drift);
    }
    let exits: Result<Vec<Exit>, Failure> = all.iter().map(|made| made.write(terminal)).collect();
    Ok(worst(exits?.into_iter()))
}

fn worst(exits: impl Iterator<Item = Exit>) -> Exit {
    exits.max().unwrap_or(Exit::Fresh)
}

/// One output, made and planned, nothing of it written.
struct Made {
    job: Job,
    files: BTreeMap<String, String>,
    inputs: BTreeMap<String, Hash>,
    plan: Plan,
    lacks: Vec<Lack>,
    took: Duration,
}

impl Made {
    /// `None` when the document is broken, which is printed.
    fn from(job: Job, terminal: &Terminal) -> Result<Option<Self>, Failure> {
        let clock = Instant::now();
        let output = match oasmith::generate(&job.sources, &job.options) {
            Ok(output) => output,
            Err(diagnostics) => {
                tell(&diagnostics, &job.sources, terminal);
                let what = format!("{}: nothing was written", job.subject.package);
                terminal.problem(&line(Tone::Bad, "Broken", &what));
                return Ok(None);
            }
        };
        tell(&output.diagnostics, &job.sources, terminal);
        let inputs = input_hashes(&job, &output)?;
        let mut plan = plan_of(&job, &output.files, &inputs)?;
        let lacks = match manifest_of(&job, &output.requirements)? {
            Manifest::Lacks(lacks) => lacks,
            Manifest::ToWrite(text) => {
                plan.also(MANIFEST, text);
                Vec::new()
            }
        };
        Ok(Some(Made {
            job,
            files: output.files,
            inputs,
            plan,
            lacks,
            took: clock.elapsed(),
        }))
    }

    fn check(&self, terminal: &Terminal) -> Exit {
        let (subject, plan, lacks) = (&self.job.subject, &self.plan, &self.lacks);
        terminal.report(&report::checked(subject, plan, lacks, self.took));
        terminal.annotate(&report::annotations(subject, plan, lacks));
        match plan.is_fresh() && lacks.is_empty() {
            true => Exit::Fresh,
            false => Exit::Drift,
        }
    }

    fn write(&self, terminal: &Terminal) -> Result<Exit, Failure> {
        let clock = Instant::now();
        apply(&self.job.output, &self.plan)?;
        let after = plan_of(&self.job, &self.files, &self.inputs)?;
        let settled = |state| matches!(state, State::Fresh | State::Stray);
        if let Some(file) = after.files.iter().find(|file| !settled(file.state)) {
            let path = self.job.output.join(&file.path);
            return Err(Failure::new(format!(
                "{} was written and is not as it must be; does something else write there?",
                path.display()
            )));
        }
        let took = self.took + clock.elapsed();
        let text = report::ran(&self.job.subject, &self.plan, &self.lacks, took);
        terminal.report(&text);
        match after.is_fresh() && self.lacks.is_empty() {
            true => Ok(Exit::Fresh),
            false => Ok(Exit::Drift),
        }
    }
}

fn plan_of(
    job: &Job,
    files: &BTreeMap<String, String>,
    inputs: &BTreeMap<String, Hash>,
) -> Result<Plan, Failure> {
    let snapshot = disk::snapshot(&job.output, files, job.stand_alone)?;
    plan::plan(files, inputs, &snapshot)
        .map_err(|blocked| Failure::new(report::blocked(&job.subject, &blocked)))
}

/// Prints what a document has to say: on stderr and as annotations, or as JSON.
fn tell(diagnostics: &Diagnostics, sources: &dyn Sources, terminal: &Terminal) {
    if diagnostics.is_empty() {
        return;
    }
    if terminal.speaks_json() {
        return terminal.data(&json::lines(diagnostics, sources));
    }
    // The terminal takes the colours out where they cannot be seen.
    terminal.problem(&render(diagnostics, sources, Style::Color));
    if terminal.annotates() {
        terminal.annotate(&github::diagnostics(diagnostics, sources));
    }
}

/// The hashes of all that an output was made from: the documents, and the choices.
fn input_hashes(job: &Job, output: &Output) -> Result<BTreeMap<String, Hash>, Failure> {
    let mut hashes: BTreeMap<String, Hash> = job.choices.clone().into_iter().collect();
    for name in &output.inputs {
        let hash = job.sources.hash(name).ok_or_else(|| {
            Failure::new(format!("{name} is named as an input, but was never read"))
        })?;
        hashes.insert(name.clone(), hash);
    }
    Ok(hashes)
}

enum Manifest {
    /// It is there, and this is what must be added to it.
    Lacks(Vec<Lack>),
    /// A stand-alone crate has none yet.
    ToWrite(String),
}

fn manifest_of(job: &Job, needs: &Requirements) -> Result<Manifest, Failure> {
    let path = job.output.join(MANIFEST);
    let manifest = match fs::read_to_string(&path) {
        Ok(text) => text,
        // A dangling link is not written through: it counts as a manifest that says nothing.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if job.stand_alone && !path.is_symlink() {
                let text = oasmith::manifest(&job.subject.package, needs);
                return Ok(Manifest::ToWrite(text));
            }
            String::new()
        }
        Err(error) => return Err(Failure::disk("read", &path, &error)),
    };
    let workspace = workspace_manifest(&job.output)?;
    manifest::lacks(&manifest, workspace.as_deref(), needs)
        .map(Manifest::Lacks)
        .map_err(|error| Failure::new(format!("{} is broken: {error}", path.display())))
}

/// The manifest of the workspace that an output belongs to, unless it is its own.
fn workspace_manifest(output: &Path) -> Result<Option<String>, Failure> {
    let Some(root) = workspace::root_above(output).filter(|root| root != output) else {
        return Ok(None);
    };
    let path = root.join(MANIFEST);
    let text = fs::read_to_string(&path);
    text.map(Some)
        .map_err(|error| Failure::disk("read", &path, &error))
}
