//! The command `conform`: holds recorded traffic against a description, and writes the overlay that makes it true.
//!
//! ```text
//! traffic: HAR entries, replies ─▶ judge: route, parameters, status, media type, validate ─▶ finding: counted
//!                                    wire: styles, forms, streams
//!                                                                              ┌─ report: diagnostics, text, JSON
//!                                                       finding::Tally ────────┴─ mend ─▶ amend
//! ```
//!
//! Traffic holds personal data. Everything behind `judge` has names and shapes only, and [`names`] decides what is a
//! name; `traffic` reports where a file is broken and quotes nothing of it.

mod amend;
mod arguments;
mod description;
mod documents;
mod finding;
mod formats;
mod judge;
mod lookup;
mod mend;
mod names;
mod report;
mod route;
mod schema;
mod shape;
#[cfg(test)]
mod tests;
mod traffic;
mod validate;
mod wire;

use std::fs;
use std::io;
use std::path::Path;

use oasmith::load::Loaded;
use oasmith::options::NaiveDateTime;

use crate::apply::replace_file;
use crate::codegen::Job;
use crate::codegen::job;
use crate::command::Program;
use crate::exit::{Exit, Failure};
use crate::overlay_file::extends;
use crate::terminal::{Terminal, Tone, line, quoted, visible};
use crate::workspace::Workspace;

pub use arguments::Arguments;
use description::Description;
use judge::Judge;
use mend::{Amendment, Mended};
use shape::Dialect;
use traffic::{Body, Origin};
use validate::DateTimes;

/// Runs the command and prints what it finds.
pub fn run(arguments: &Arguments, program: &Program) -> Result<Exit, Failure> {
    let terminal = &program.terminal.with_format(arguments.message_format);
    let workspace = Workspace::find()?;
    let Some(jobs) = job::jobs(
        &arguments.input(),
        workspace.as_ref(),
        &program.generates_by(),
        terminal,
    )?
    else {
        return Ok(Exit::Failure);
    };
    let mut job = chosen(jobs, arguments.target.as_deref())?;
    let written = arguments.write.as_deref();
    let Some(documents) = documents::read(&mut job, written, terminal)? else {
        return Ok(Exit::Failure);
    };
    let mut judges = vec![judge(&documents.whole, &job)?];
    if let Some(before) = &documents.before {
        judges.push(judge(before, &job)?);
    }
    read(arguments, &mut judges)?;
    let mut mended = judges.iter().map(|judge| match written {
        Some(_) => mend::mend(&judge.description, &judge.tally),
        None => Mended::default(),
    });
    let (mended, before) = (mended.next().unwrap_or_default(), mended.next());
    let Some(judge) = judges.first() else {
        return Ok(Exit::Failure);
    };
    let report = report::Report {
        judge,
        mended: &mended,
        files: arguments.names(),
        sources: &job.sources,
        is_written: written.is_some(),
    };
    report.print(terminal);
    let is_mended = match written {
        None => judge.tally.findings.is_empty(),
        Some(path) => {
            let overlay = Overlay {
                path,
                actions: &mended.actions,
                known: before.as_ref().map_or(&[], |before| &before.actions),
                name: documents.own.as_deref().unwrap_or_default(),
                dialect: mend::dialect(&judge.description),
                is_listed: documents.is_listed,
            };
            overlay.write(&job, workspace.as_ref(), terminal)?;
            mended.left.is_empty()
        }
    };
    Ok(if is_mended { Exit::Fresh } else { Exit::Drift })
}

/// Returns a judge for a description.
fn judge<'l>(loaded: &'l Loaded, job: &Job) -> Result<Judge<'l>, Failure> {
    let input = &job.options.input;
    let unknown = || Failure::new(format!("`{input}` is not OpenAPI 3; `check` says more"));
    let description = Description::new(loaded).ok_or_else(unknown)?;
    let date_times = match job.options.types.naive_date_time {
        NaiveDateTime::Utc => DateTimes::AlsoNaive,
        NaiveDateTime::Error => DateTimes::WithOffset,
    };
    Ok(Judge::new(description, date_times))
}

/// Returns the description that the traffic is of.
fn chosen(jobs: Vec<Job>, target: Option<&str>) -> Result<Job, Failure> {
    let mut jobs: Vec<Job> = jobs.into_iter().flat_map(Job::documents).collect();
    let names: Vec<String> = jobs.iter().map(|job| job.target.clone()).collect();
    if let Some(target) = target {
        jobs.retain(|job| job.target == target);
    }
    match (jobs.len(), jobs.pop()) {
        (1, Some(job)) => Ok(job),
        (0, _) => Err(Failure::new("`codegen.yaml` has no such target")),
        _ => Err(Failure::new(format!(
            "`codegen.yaml` has several descriptions: choose one with `--target`: `{}`",
            names.join("`, `")
        ))),
    }
}

/// Reads all traffic. A file that cannot be read is a failure, since what it has is not known.
fn read(arguments: &Arguments, judges: &mut [Judge<'_>]) -> Result<(), Failure> {
    for (file, path) in arguments.traffic.iter().enumerate() {
        if let Some(id) = &arguments.operation {
            let body = Body::whole(&arguments.media_type, traffic::read_whole(path)?);
            let status = arguments.status.unwrap_or(200);
            let origin = Origin {
                file,
                entry: None,
                line: 1,
            };
            for judge in &mut *judges {
                let index = operation(judge, id)?;
                judge.tally.counts.exchanges += 1;
                judge.reply(index, status, &body, false, &origin);
            }
            continue;
        }
        let mut each = |number, line, exchange: Option<traffic::Exchange>| {
            let origin = Origin {
                file,
                entry: Some(number),
                line,
            };
            for judge in &mut *judges {
                match &exchange {
                    Some(exchange) => judge.exchange(exchange, &origin),
                    None => judge.tally.counts.unreadable += 1,
                }
            }
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

/// An overlay that is to be written.
struct Overlay<'o> {
    path: &'o Path,
    /// What has to be mended.
    actions: &'o [Amendment],
    /// What would have to be mended without the overlay.
    known: &'o [Amendment],
    /// What places in it are called.
    name: &'o str,
    dialect: Dialect,
    /// Whether it is one of the target's own.
    is_listed: bool,
}

impl Overlay<'_> {
    /// Writes the file, and says what is next.
    fn write(
        &self,
        job: &Job,
        workspace: Option<&Workspace>,
        terminal: &Terminal,
    ) -> Result<(), Failure> {
        let absolute = job::absolute(self.path)?;
        let shown = job::shown(workspace, &absolute, self.path);
        let unusable = |why: String| Failure::new(format!("could not extend `{shown}`: {why}"));
        let old = match fs::read_to_string(&absolute) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(Failure::disk("read", self.path, &error)),
        };
        let written = match &old {
            None if self.actions.is_empty() => return Ok(()), // there is nothing to say
            None => amend::create(self.actions, &extends(&absolute, &job.document)),
            Some(old) => amend::extend(old, self.actions, self.known, (self.name, self.dialect))
                .map_err(unusable)?,
        };
        let shown = quoted(&shown);
        if old.as_ref() == Some(&written.text) {
            terminal.report(&line(Tone::Good, "Unchanged", &visible(&shown)));
            return Ok(());
        }
        replace_file(&absolute, written.text.as_bytes())?;
        let mut about = format!(
            "{shown}: {}",
            counted(written.added, ["new action", "new actions"])
        );
        if written.updated > 0 {
            about += &format!(
                ", more evidence for {}",
                counted(written.updated, ["other", "others"])
            );
        }
        terminal.report(&line(Tone::Good, "Wrote", &visible(&about)));
        if !self.is_listed {
            let next =
                format!("apply it: `overlays: [{shown}]` in codegen.yaml, or `--overlay {shown}`");
            terminal.report(&line(Tone::Info, "Next", &visible(&next)));
        }
        Ok(())
    }
}

/// Returns a number with its noun: `1 reply`, `2 replies`.
fn counted(count: usize, [one, several]: [&str; 2]) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}
