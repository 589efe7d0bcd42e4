//! The command `conform`: holds recorded traffic against a description, and writes the overlay that makes it true.
//!
//! ```text
//! traffic: HAR entries, replies ─▶ judge: route, parameters, status, media type, validate ─▶ finding: counted
//!                                                                              ┌─ report: diagnostics, text, JSON
//!                                                       finding::Tally ────────┴─ mend ─▶ overlay_file
//! ```
//!
//! Traffic holds personal data. Everything behind `judge` has names and shapes only, and [`names`] decides what is a
//! name; `traffic` reports where a file is broken and quotes nothing of it.

mod arguments;
mod description;
mod finding;
mod formats;
mod json_path;
mod judge;
mod mend;
mod names;
mod overlay_file;
mod report;
mod route;
mod schema;
mod shape;
#[cfg(test)]
mod tests;
mod traffic;
mod validate;

use std::fs;
use std::io;
use std::path::Path;

use oasmith::diagnostic::Diagnostics;
use oasmith::load::load;
use oasmith::options::NaiveDateTime;

use crate::apply::replace_file;
use crate::codegen::Job;
use crate::codegen::job;
use crate::codegen::print_diagnostics;
use crate::command::Program;
use crate::exit::{Exit, Failure};
use crate::terminal::{Terminal, Tone, line, quoted, visible};
use crate::workspace::{Workspace, normalized, slashes};

pub use arguments::Arguments;
use description::Description;
use judge::Judge;
use mend::Mended;
use traffic::{Body, Origin};
use validate::DateTimes;

/// Runs the command and prints what it finds.
pub fn run(arguments: &Arguments, program: &Program) -> Result<Exit, Failure> {
    let terminal = &program.terminal.with_format(arguments.message_format);
    let workspace = Workspace::find()?;
    let Some(jobs) = job::jobs(
        &arguments.codegen(),
        workspace.as_ref(),
        program.name,
        terminal,
    )?
    else {
        return Ok(Exit::Failure);
    };
    let job = chosen(jobs, arguments.target.as_deref())?;
    let mut diagnostics = Diagnostics::new();
    let loaded = load(
        &job.sources,
        &job.options.input,
        &job.options.budgets,
        &mut diagnostics,
    );
    let Some(loaded) = loaded.filter(|_| !diagnostics.has_errors()) else {
        print_diagnostics(&diagnostics, &job.sources, terminal);
        return Ok(Exit::Failure);
    };
    let input = &job.options.input;
    let description = Description::new(&loaded)
        .ok_or_else(|| Failure::new(format!("`{input}` is not OpenAPI 3; `codegen` says more")))?;
    let date_times = match job.options.types.naive_date_time {
        NaiveDateTime::Utc => DateTimes::AlsoNaive,
        NaiveDateTime::Error => DateTimes::WithOffset,
    };
    let mut judge = Judge::new(description, date_times);
    read(arguments, &mut judge)?;
    let mended = match &arguments.write {
        Some(_) => mend::mend(&judge.description, &judge.tally),
        None => Mended::default(),
    };
    let report = report::Report {
        judge: &judge,
        mended: &mended,
        files: arguments.names(),
        sources: &job.sources,
        is_written: arguments.write.is_some(),
    };
    report.print(terminal);
    let Some(path) = &arguments.write else {
        return Ok(if judge.tally.findings.is_empty() {
            Exit::Fresh
        } else {
            Exit::Drift
        });
    };
    write(path, &mended, &job, workspace.as_ref(), terminal)?;
    Ok(if mended.left.is_empty() {
        Exit::Fresh
    } else {
        Exit::Drift
    })
}

/// Returns the description that the traffic is of.
fn chosen(mut jobs: Vec<Job>, target: Option<&str>) -> Result<Job, Failure> {
    if let Some(target) = target {
        jobs.retain(|job| job.target == target);
    }
    match (jobs.len(), jobs.pop()) {
        (1, Some(job)) => Ok(job),
        (0, _) => Err(Failure::new("`spec/codegen.yaml` has no such target")),
        _ => Err(Failure::new(
            "`spec/codegen.yaml` has several targets: choose one with `--target NAME`",
        )),
    }
}

/// Reads all traffic. A file that cannot be read is a failure, since what it has is not known.
fn read(arguments: &Arguments, judge: &mut Judge<'_>) -> Result<(), Failure> {
    let single = match &arguments.operation {
        Some(id) => Some((operation(judge, id)?, arguments.status.unwrap_or(200))),
        None => None,
    };
    for (file, path) in arguments.traffic.iter().enumerate() {
        if let Some((index, status)) = single {
            let body = Body::whole(&arguments.media_type, traffic::read_whole(path)?);
            let origin = Origin {
                file,
                entry: None,
                line: 1,
            };
            judge.tally.counts.exchanges += 1;
            judge.reply(index, status, &body, false, &origin);
            continue;
        }
        let mut each = |number, line, exchange: Option<traffic::Exchange>| match exchange {
            Some(exchange) => {
                let origin = Origin {
                    file,
                    entry: Some(number),
                    line,
                };
                judge.exchange(&exchange, &origin);
            }
            None => judge.tally.counts.unreadable += 1,
        };
        traffic::read(traffic::open(path)?, &mut each).map_err(|broken| {
            Failure::new(format!("could not read `{}`: {broken}", path.display()))
        })?;
    }
    Ok(())
}

/// Finds an operation by its `operationId`, or by method and path.
fn operation(judge: &Judge<'_>, id: &str) -> Result<usize, Failure> {
    let operations = &judge.description.operations;
    let is_it = |operation: &description::Operation| {
        let address = format!("{} {}", operation.method, operation.path);
        operation.id.as_deref() == Some(id) || address.eq_ignore_ascii_case(id)
    };
    operations.iter().position(is_it).ok_or_else(|| {
        let labels: Vec<String> = operations
            .iter()
            .map(description::Operation::label)
            .collect();
        let closest = oasmith::diagnostic::suggest::closest(id, labels.iter().map(String::as_str));
        let hint = closest
            .map(|name| format!("; did you mean `{name}`?"))
            .unwrap_or_default();
        Failure::new(format!("the description has no operation `{id}`{hint}"))
    })
}

/// Writes the overlay, and says what is next.
fn write(
    path: &Path,
    mended: &Mended,
    job: &Job,
    workspace: Option<&Workspace>,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let absolute = job::absolute(path)?;
    let shown = job::shown(workspace, &absolute, path);
    let unusable = |why: String| Failure::new(format!("could not extend `{shown}`: {why}"));
    let old = match fs::read_to_string(&absolute) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(Failure::disk("read", path, &error)),
    };
    let about = match &old {
        None if mended.actions.is_empty() => return Ok(()), // there is nothing to say
        None => {
            let written = overlay_file::create(&mended.actions, &extends(&absolute, &job.document));
            replace_file(&absolute, written.text.as_bytes())?;
            Some(counted(written.added, ["action", "actions"]))
        }
        Some(old) => {
            let written = overlay_file::extend(old, &mended.actions).map_err(unusable)?;
            if written.text == *old {
                None
            } else {
                replace_file(&absolute, written.text.as_bytes())?;
                let more = format!("{} more", counted(written.added, ["action", "actions"]));
                Some(format!("{more}, {} with more evidence", written.updated))
            }
        }
    };
    let text = match about {
        Some(about) => line(
            Tone::Good,
            "Wrote",
            &visible(&format!("{}: {about}", quoted(&shown))),
        ),
        None => line(Tone::Good, "Unchanged", &visible(&quoted(&shown))),
    };
    terminal.report(&text);
    Ok(())
}

/// Returns the document's path from the folder of an overlay: `./api.yaml`.
fn extends(overlay: &Path, document: &Path) -> String {
    let folder = overlay.parent().unwrap_or(Path::new("/"));
    let document = normalized(document);
    for (steps, above) in folder.ancestors().enumerate() {
        if let Ok(below) = document.strip_prefix(above) {
            let up = match steps {
                0 => "./".to_owned(),
                steps => "../".repeat(steps),
            };
            return up + &slashes(below);
        }
    }
    slashes(&document)
}

/// Returns a number with its noun: `1 reply`, `2 replies`.
fn counted(count: usize, [one, several]: [&str; 2]) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}
