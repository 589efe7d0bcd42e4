//! The commands `generate` and `check`: generate every output, plan it against the disk, and apply the plan or report
//! it. `codegen` is both in one.
//!
//! All outputs are generated and planned before the first is written, so an invalid document, or a hand edit that only
//! `--force` may overwrite, leaves all of them as they were.

mod arguments;
mod choices;
mod effective;
mod fidelity;
mod impact;
pub(crate) mod job;
mod joined;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use oasmith::diagnostic::{Diagnostics, Severity};
use oasmith::load::Sources;
use oasmith::report::json;
use oasmith::report::{Style, render};
use oasmith::{Output, Requirements};

use crate::apply::apply;
use crate::command::Program;
use crate::disk::{self, Extent};
use crate::exit::{Exit, Failure};
use crate::lock::Hash;
use crate::manifest::{self, MANIFEST, Missing};
use crate::plan::{self, Plan, State};
use crate::report;
use crate::terminal::{Terminal, Tone, cargo, github, line};
use crate::workspace::{self, Workspace};

pub use arguments::{Check, Codegen, Generate, Input, StandAlone};
pub use job::{Job, target_jobs};

impl Codegen {
    /// Runs the command and prints what it finds.
    pub fn run(&self, program: &Program) -> Result<Exit, Failure> {
        if self.check {
            return check(&self.generate.input, program);
        }
        self.generate.run(program)
    }
}

impl Check {
    /// Runs the command and prints what it finds.
    pub fn run(&self, program: &Program) -> Result<Exit, Failure> {
        check(&self.input, program)
    }
}

impl Generate {
    /// Runs the command and prints what it finds.
    pub fn run(&self, program: &Program) -> Result<Exit, Failure> {
        let terminal = &program.terminal.with_format(self.input.message_format);
        let Some(jobs) = jobs(&self.input, program, terminal)? else {
            return Ok(Exit::Failure);
        };
        if self.losses {
            return fidelity::run(jobs, terminal);
        }
        if self.joined {
            return joined::run(jobs, terminal);
        }
        if let Some(file) = &self.effective {
            return effective::run(jobs, file, terminal);
        }
        let Some(all) = prepared(jobs, terminal)? else {
            return Ok(Exit::Failure);
        };
        if !self.force {
            let protected: Vec<_> = all.iter().filter(|one| one.plan.needs_force()).collect();
            for output in &protected {
                terminal.problem(&report::aborted(&output.job.subject, &output.plan));
            }
            if !protected.is_empty() {
                return Ok(Exit::Drift);
            }
        }
        let mut exit = Exit::Fresh;
        for output in &all {
            exit = exit.max(output.write(terminal)?);
            output.report_joined(program, terminal);
            output.report_impact(program, terminal)?;
        }
        Ok(exit)
    }
}

fn check(input: &Input, program: &Program) -> Result<Exit, Failure> {
    let terminal = &program.terminal.with_format(input.message_format);
    let all = match jobs(input, program, terminal)? {
        Some(jobs) => prepared(jobs, terminal)?,
        None => None,
    };
    let Some(all) = all else {
        return Ok(Exit::Failure);
    };
    let mut exit = Exit::Fresh;
    for output in &all {
        exit = exit.max(output.check(terminal));
        output.report_impact(program, terminal)?;
    }
    Ok(exit)
}

fn jobs(
    input: &Input,
    program: &Program,
    terminal: &Terminal,
) -> Result<Option<Vec<Job>>, Failure> {
    let workspace = Workspace::find()?;
    job::jobs(input, workspace.as_ref(), &program.generates_by(), terminal)
}

/// Generates and plans; `None` if a document is invalid, after the diagnostics of all have been printed.
fn prepared(jobs: Vec<Job>, terminal: &Terminal) -> Result<Option<Vec<Prepared>>, Failure> {
    let prepared: Vec<Option<Prepared>> = jobs
        .into_iter()
        .map(|job| Prepared::from(job, terminal))
        .collect::<Result<_, _>>()?;
    // Every invalid document has been reported by now, not only the first.
    Ok(prepared.into_iter().collect())
}

/// An output that is generated and planned, and not yet written.
struct Prepared {
    job: Job,
    output: Output,
    inputs: BTreeMap<String, Hash>,
    plan: Plan,
    missing: Vec<Missing>,
    took: Duration,
}

impl Prepared {
    /// Returns `None` for an invalid document, after printing its diagnostics.
    fn from(job: Job, terminal: &Terminal) -> Result<Option<Self>, Failure> {
        let clock = Instant::now();
        let output = match oasmith::generate(&job.sources, &job.options) {
            Ok(output) => output,
            Err(diagnostics) => {
                print_diagnostics(&diagnostics, &job.sources, terminal);
                terminal.problem(&failed(&job, &diagnostics));
                return Ok(None);
            }
        };
        // the lines of diagnostics are found by another reading of the document
        let ((), planned) = rayon::join(
            || print_diagnostics(&output.diagnostics, &job.sources, terminal),
            || {
                let inputs = input_hashes(&job, &output)?;
                let plan = plan_of(&job, &output.files, &inputs)?;
                Ok::<_, Failure>((inputs, plan))
            },
        );
        let (inputs, mut plan) = planned?;
        let missing = match manifest_of(&job, &output.requirements)? {
            Manifest::Exists(missing) => missing,
            Manifest::ToWrite(text) => {
                plan.add_unlocked(MANIFEST, text);
                Vec::new()
            }
        };
        Ok(Some(Prepared {
            job,
            output,
            inputs,
            plan,
            missing,
            took: clock.elapsed(),
        }))
    }

    /// Says what the change since the last commit means for those who use the client, if there is one.
    fn report_impact(&self, program: &Program, terminal: &Terminal) -> Result<(), Failure> {
        if let Some(workspace) = Workspace::find()? {
            let command = format!("{} --from HEAD", program.name_of("diff"));
            let line = impact::line(&self.job, &self.output, &workspace, &command);
            terminal.report(&line.unwrap_or_default());
        }
        Ok(())
    }

    /// Says how many types several descriptions share.
    fn report_joined(&self, program: &Program, terminal: &Terminal) {
        if let Some(joined) = &self.output.api.joined {
            let (package, command) = (&self.job.subject.package, program.generates_by());
            terminal.report(&joined::summary(package, joined, &command));
        }
    }

    fn check(&self, terminal: &Terminal) -> Exit {
        let (subject, plan, missing) = (&self.job.subject, &self.plan, &self.missing);
        terminal.report(&report::checked(subject, plan, missing, self.took));
        terminal.annotate(&report::annotations(subject, plan, missing));
        self.exit(plan)
    }

    fn write(&self, terminal: &Terminal) -> Result<Exit, Failure> {
        let clock = Instant::now();
        apply(&self.job.output, &self.plan)?;
        let after = plan_of(&self.job, &self.output.files, &self.inputs)?;
        let is_settled = |state| matches!(state, State::Fresh | State::Stray);
        if let Some(file) = after.files.iter().find(|file| !is_settled(file.state)) {
            let path = self.job.output.join(&file.path);
            return Err(Failure::new(format!(
                "`{}` changed right after it was written; does another process write there?",
                path.display()
            )));
        }
        let took = self.took + clock.elapsed();
        let text = report::ran(&self.job.subject, &self.plan, &self.missing, took);
        terminal.report(&text);
        Ok(self.exit(&after))
    }

    /// The exit code that a state of the disk calls for.
    fn exit(&self, plan: &Plan) -> Exit {
        if plan.is_fresh() && self.missing.is_empty() {
            Exit::Fresh
        } else {
            Exit::Drift
        }
    }
}

/// Says that there is no output, and how many errors a lenient run would bridge.
fn failed(job: &Job, diagnostics: &Diagnostics) -> String {
    let about = format!("{}: nothing was written", job.subject.package);
    let mut text = line(Tone::Bad, "Failed", &about);
    let (bridgeable, errors) = (diagnostics.bridgeable(), diagnostics.count(Severity::Error));
    if bridgeable > 0 {
        let number = match (bridgeable, errors) {
            (1, 1) => "bridges the error".to_owned(),
            (some, all) if some == all => format!("bridges all {all} errors"),
            (some, all) => format!("bridges {some} of {all} errors"),
        };
        let command = &job.subject.command;
        let help = format!("`--lenient` {number} with a warning each: `{command} --lenient`");
        text += &line(Tone::Info, "Help", &help);
    }
    text
}

fn plan_of(
    job: &Job,
    files: &BTreeMap<String, String>,
    inputs: &BTreeMap<String, Hash>,
) -> Result<Plan, Failure> {
    let extent = if job.is_stand_alone {
        Extent::Crate
    } else {
        Extent::Sources
    };
    let snapshot = disk::snapshot(&job.output, files, extent)?;
    plan::plan(files, inputs, &snapshot)
        .map_err(|blocked| Failure::new(report::blocked(&job.subject, &blocked)))
}

/// Prints the diagnostics of a document: on stderr and as annotations, or as JSON.
pub(crate) fn print_diagnostics(
    diagnostics: &Diagnostics,
    sources: &dyn Sources,
    terminal: &Terminal,
) {
    if diagnostics.is_empty() {
        return;
    }
    if terminal.is_json() {
        return terminal.data(&json::lines(diagnostics, sources));
    }
    if terminal.is_cargo() {
        return terminal.data(&cargo::diagnostics(diagnostics, sources));
    }
    // The terminal removes the colors where they cannot be seen.
    terminal.problem(&render(diagnostics, sources, Style::Color));
    if terminal.has_annotations() {
        terminal.annotate(&github::diagnostics(diagnostics, sources));
    }
}

/// Returns the hashes of everything that an output is generated from: the documents, and `codegen.yaml`.
fn input_hashes(job: &Job, output: &Output) -> Result<BTreeMap<String, Hash>, Failure> {
    let mut hashes: BTreeMap<String, Hash> = job.config.clone().into_iter().collect();
    for name in &output.inputs {
        let hash = job
            .sources
            .hash(name)
            .ok_or_else(|| Failure::new(format!("the input `{name}` was never read")))?;
        hashes.insert(name.clone(), hash);
    }
    Ok(hashes)
}

/// The `Cargo.toml` of an output.
enum Manifest {
    /// It exists, and these lines are missing in it.
    Exists(Vec<Missing>),
    /// It does not exist yet; this is its content.
    ToWrite(String),
}

fn manifest_of(job: &Job, needs: &Requirements) -> Result<Manifest, Failure> {
    let path = job.output.join(MANIFEST);
    let workspace = workspace_manifest(&job.output)?;
    let manifest = match fs::read_to_string(&path) {
        Ok(text) => text,
        // A dangling link is not written through: it counts as an empty manifest.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if !path.is_symlink() {
                let is_member = workspace.is_some() && !job.is_stand_alone;
                let text = match is_member {
                    true => oasmith::member_manifest(&job.subject.package, needs),
                    false => oasmith::manifest(&job.subject.package, needs),
                };
                return Ok(Manifest::ToWrite(text));
            }
            String::new()
        }
        Err(error) => return Err(Failure::disk("read", &path, &error)),
    };
    manifest::missing(&manifest, workspace.as_deref(), needs)
        .map(Manifest::Exists)
        .map_err(|error| Failure::new(format!("could not parse `{}`: {error}", path.display())))
}

/// Returns the manifest of the workspace that an output belongs to, unless the output is that workspace.
pub(crate) fn workspace_manifest(output: &Path) -> Result<Option<String>, Failure> {
    let Some(root) = workspace::root_above(output).filter(|root| root != output) else {
        return Ok(None);
    };
    let path = root.join(MANIFEST);
    fs::read_to_string(&path)
        .map(Some)
        .map_err(|error| Failure::disk("read", &path, &error))
}
