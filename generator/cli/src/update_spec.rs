//! The command `update-spec`: takes a newer description from its publisher, and says what it means before it is written.
//!
//! ```text
//! new document ─▶ same? ─▶ broken? ─▶ overlays: which actions still hold ─▶ choices, names ─▶ written, byte for byte
//! ```
//!
//! A document that only differs in order and white space, or that is broken, changes nothing on disk. What an overlay or
//! `codegen.yaml` says about parts that are gone does not stop it: that is told, and is for people to mend.

mod changes;
mod meaning;
mod names;
mod overlays;
mod renamed;
mod report;
mod sources;
mod trial;

use std::fs;
use std::io::{self, Read as _};
use std::path::PathBuf;

use clap::Args;
use oasmith::diagnostic::Diagnostics;
use oasmith::load::{Node, Sources as _, load_one};
use oasmith::report::{Style, render};

use crate::apply::replace_file;
use crate::codegen::{self, Job};
use crate::command::Program;
use crate::exit::{Exit, Failure};
use crate::terminal::Terminal;
use crate::workspace::Workspace;
use report::Update;
use sources::Incoming;

/// The options of `update-spec`.
#[derive(Debug, Default, Args)]
#[command(
    after_help = "Exit codes: 0 written, or nothing to write; 4 something is left to mend in overlays or codegen.yaml; \
                  1 the new description is broken, and nothing was written."
)]
pub struct Arguments {
    /// The newer description; `-` reads it from stdin
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// The target whose description it is, if there are several
    #[arg(long, value_name = "NAME")]
    pub target: Option<String>,

    /// Say what the newer description means, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Runs the command and prints what it finds.
pub fn run(arguments: &Arguments, program: &Program) -> Result<Exit, Failure> {
    let terminal = &program.terminal;
    let workspace = Workspace::require()?;
    let Some(jobs) = codegen::target_jobs(&workspace, &program.generates_by(), terminal)? else {
        return Ok(Exit::Failure);
    };
    let job = chosen(jobs, arguments.target.as_deref())?;
    let shown = shown(arguments, &job);
    let new = read(arguments)?;
    let mut incoming = Incoming::new(&job.sources, &job.options.input, new.clone());
    if let Some((name, _)) = &job.config {
        // it can be outside of the reference root, and choices in it are reported with their places
        let path = workspace.root().join(name);
        let text = fs::read_to_string(&path);
        let text = text.map_err(|error| Failure::disk("read", &path, &error))?;
        incoming = incoming.with(name, text);
    }
    update(
        &job,
        arguments,
        (new, incoming),
        &shown,
        &workspace,
        terminal,
    )
}

/// Returns the job of a target by its name or package; the only one without a name.
fn chosen(jobs: Vec<Job>, name: Option<&str>) -> Result<Job, Failure> {
    let jobs: Vec<Job> = jobs.into_iter().flat_map(Job::documents).collect();
    let names: Vec<String> = jobs.iter().map(|job| job.target.clone()).collect();
    let mut matching = jobs
        .into_iter()
        .filter(|job| name.is_none_or(|name| job.target == name || job.subject.package == name));
    let list = format!("`{}`", names.join("`, `"));
    match (matching.next(), matching.next()) {
        (Some(job), None) => Ok(job),
        (Some(_), Some(_)) => Err(Failure::new(format!(
            "there are several targets; choose one by `--target`: {list}"
        ))),
        (None, _) => Err(Failure::new(format!(
            "there is no target `{}`; there are {list}",
            name.unwrap_or_default()
        ))),
    }
}

fn is_stdin(arguments: &Arguments) -> bool {
    arguments.file.as_os_str() == "-"
}

/// Returns how messages name the newer description.
fn shown(arguments: &Arguments, job: &Job) -> String {
    if is_stdin(arguments) {
        let input = &job.options.input;
        let name = input.rsplit('/').next().unwrap_or(input);
        return format!("{name} (from stdin)");
    }
    arguments.file.to_string_lossy().replace('\\', "/")
}

fn read(arguments: &Arguments) -> Result<Vec<u8>, Failure> {
    if !is_stdin(arguments) {
        return fs::read(&arguments.file)
            .map_err(|error| Failure::disk("read", &arguments.file, &error));
    }
    let mut bytes = Vec::new();
    io::stdin()
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::new(format!("could not read stdin: {error}")))?;
    Ok(bytes)
}

fn update(
    job: &Job,
    arguments: &Arguments,
    (new, incoming): (Vec<u8>, Incoming<'_>),
    shown: &str,
    workspace: &Workspace,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let input = &job.options.input;
    let old = job.sources.read(input).ok();
    let mut found = Diagnostics::new();
    let node = load_one(&incoming, input, &job.options.budgets, &mut found);
    let Some(node) = node.filter(|_| !found.has_errors()) else {
        return Ok(broken(job, shown, found, &incoming, terminal));
    };
    let before = old.as_ref().and_then(|_| current(job));
    let changes = before.as_ref().map(|old| changes::between(old, &node));
    if changes.is_some_and(|changes| changes.values == 0) {
        terminal.report(&report::same(shown, input));
        return Ok(Exit::Fresh);
    }
    let renamed = match &before {
        Some(old) => renamed::schemas(old, &node),
        None => Vec::new(),
    };
    let trial = match trial::run(job, &incoming)? {
        trial::Outcome::Tried(trial) => *trial,
        trial::Outcome::Broken(found) => return Ok(broken(job, shown, found, &incoming, terminal)),
    };
    let current = before.is_some().then(|| trial::current(job)).flatten();
    let outputs = current.as_ref().zip(trial.output.as_ref());
    let names = outputs.map_or_else(Vec::new, |(old, new)| {
        names::changed(&old.api, &new.api, &renamed)
    });
    let update = Update {
        input: input.clone(),
        output: job.subject.output.clone(),
        command: job.subject.command.clone(),
        changes,
        overlays: overlays::fates(job, &incoming, &trial.findings, &renamed),
        choices: overlays::located(trial.choices.iter(), &incoming),
        meaning: outputs.map_or_else(String::new, |outputs| {
            meaning::of(job, workspace, &incoming, outputs, &names)
        }),
        names,
        is_written: !arguments.dry_run,
    };
    if update.is_written {
        replace_file(&job.sources.path_of(input), &new)?;
    }
    terminal.report(&update.text());
    Ok(if update.leaves_work() {
        Exit::Drift
    } else {
        Exit::Fresh
    })
}

/// Reads the description as it is on disk; `None` if it cannot be parsed, so that there is nothing to compare with.
fn current(job: &Job) -> Option<Node> {
    let options = &job.options;
    let mut ignored = Diagnostics::new();
    load_one(&job.sources, &options.input, &options.budgets, &mut ignored)
}

/// Reports a description that cannot be used, with its places in the newer file.
fn broken(
    job: &Job,
    shown: &str,
    mut found: Diagnostics,
    incoming: &Incoming<'_>,
    terminal: &Terminal,
) -> Exit {
    let input = &job.options.input;
    found.rename_file(input, shown);
    found.sort();
    let renamed = incoming.renamed(shown);
    terminal.problem(&render(&found, &renamed, Style::Color));
    terminal.problem(&report::broken(shown, input));
    Exit::Failure
}
