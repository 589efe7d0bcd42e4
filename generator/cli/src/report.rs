//! Plans as text for people: lines like cargo's, with a word in the margin and what it is about.
//!
//! Everything here is pure and makes text with colors in it; [`crate::terminal`] removes them where they cannot be
//! seen. Control characters from a disk or a document are replaced, so that a file can neither repaint the terminal nor
//! forge a line.

mod cause;
mod diff;

use std::time::Duration;

use crate::lock;
use crate::manifest::{MANIFEST, Missing};
use crate::plan::{Blocked, Cause, FileState, Plan, State};
use crate::terminal::{Tone, github, line, quoted, seconds, visible};

/// How many files the report of a run lists; a change of the generator touches hundreds.
const LISTED: usize = 12;

/// The output that a report is about.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The package of the output, such as `hubspot-products`.
    pub package: String,
    /// The output folder as messages name it, such as `generated`.
    pub output: String,
    /// The command that generates it, such as `cargo xtask codegen`.
    pub command: String,
}

impl Subject {
    fn path(&self, below: &str) -> String {
        visible(&format!("{}/{below}", self.output))
    }
}

/// Returns the report of `--check`: each file that is not fresh with its diff, the causes, a summary, and what to do.
pub fn checked(subject: &Subject, plan: &Plan, missing: &[Missing], took: Duration) -> String {
    let mut text = String::new();
    if plan.is_fresh() && missing.is_empty() {
        let files = counted(plan.files.len(), "file");
        let what = format!("{}: {files} in {}", subject.package, seconds(took));
        return line(Tone::Good, "Fresh", &what);
    }
    for file in &plan.files {
        text += &file_lines(subject, file);
        text += &diff::unified(&subject.path(&file.path), file);
    }
    text += &missing_lines(subject, missing);
    for cause in &plan.causes {
        text += &line(Tone::Warn, "Cause", &cause::text(subject, cause));
    }
    let summary = format!("{}: {}", subject.package, summary(plan, missing));
    text += &line(Tone::Bad, "Drift", &summary);
    if plan.needs_force() {
        let note = "hand-written changes are overwritten only with `--force`";
        text += &line(Tone::Info, "Note", note);
    }
    let help = format!("run `{}` and commit", subject.command);
    text + &line(Tone::Info, "Help", &help)
}

/// Returns the report of a run: what was written and removed, what is left to people, how long it took.
pub fn ran(subject: &Subject, plan: &Plan, missing: &[Missing], took: Duration) -> String {
    let mut text = String::new();
    let changed: Vec<&FileState> = plan.files.iter().filter(|file| is_touched(file)).collect();
    for file in changed.iter().take(LISTED) {
        text += &line(Tone::Good, done_to(file), &subject.path(&file.path));
    }
    if changed.len() > LISTED {
        let more = format!("and {} more", changed.len() - LISTED);
        text += &line(Tone::Good, "", &more);
    }
    let unchanged = plan.count(State::Fresh);
    let mut parts = Vec::new();
    if changed.is_empty() {
        parts.push(counted(unchanged, "file"));
        parts.push("nothing written".to_owned());
    } else {
        let written = changed.iter().filter(|file| file.after.is_some()).count();
        parts.push(format!("{written} written"));
        if changed.len() > written {
            parts.push(format!("{} removed", changed.len() - written));
        }
        parts.push(format!("{unchanged} unchanged"));
    }
    let left = left_to_people(subject, plan, missing);
    let word = match (changed.is_empty(), left.is_empty()) {
        (false, _) => "Generated",
        (true, true) => "Fresh",
        (true, false) => "Unchanged",
    };
    let (parts, took) = (parts.join(", "), seconds(took));
    let what = format!("{}: {parts} in {took}", subject.package);
    text + &line(Tone::Good, word, &what) + &left
}

/// Returns what a run leaves to people, and ends with the code of drift for: strays, and lines of their manifest.
fn left_to_people(subject: &Subject, plan: &Plan, missing: &[Missing]) -> String {
    let strays = plan.files.iter().filter(|file| file.state == State::Stray);
    let mut text: String = strays.map(|file| file_lines(subject, file)).collect();
    text += &missing_lines(subject, missing);
    if !text.is_empty() {
        let what = format!("{}: resolve the lines above by hand", subject.package);
        text += &line(Tone::Bad, "Drift", &what);
    }
    text
}

/// Returns the report of a run that wrote nothing, because only `--force` may overwrite hand-written files.
pub fn aborted(subject: &Subject, plan: &Plan) -> String {
    let mut text = String::new();
    for file in plan.files.iter().filter(|file| file.state == State::Edited) {
        text += &file_lines(subject, file);
    }
    for cause in &plan.causes {
        if matches!(cause, Cause::NoLock | Cause::UnreadableLock(_)) {
            text += &line(Tone::Warn, "Cause", &cause::text(subject, cause));
        }
    }
    let what = format!("{}: nothing was written", subject.package);
    text += &line(Tone::Bad, "Aborted", &what);
    let help = format!(
        "move what you want to keep out of `{}`, then run `{} --force`",
        visible(&subject.output),
        subject.command
    );
    text + &line(Tone::Info, "Help", &help)
}

/// Returns why there is no plan, in one sentence.
pub fn blocked(subject: &Subject, blocked: &Blocked) -> String {
    match blocked {
        Blocked::Link(path) => format!(
            "`{}` is a symbolic link; generated files are never written through one",
            subject.path(path)
        ),
        Blocked::File(path) => format!(
            "`{}` is a file, but a folder of generated files belongs there",
            subject.path(path)
        ),
    }
}

/// Returns the annotations for drift, one per file and per line of a manifest; empty when everything is fresh.
pub fn annotations(subject: &Subject, plan: &Plan, missing: &[Missing]) -> String {
    let drifted = plan.files.iter().filter(|file| file.state != State::Fresh);
    let file = |file: &FileState| {
        let message = match file.state {
            State::Stray => format!("stray: {}", remove_command(subject, file)),
            State::Edited => format!(
                "edited by hand: revert the edit or run `{} --force`, then commit",
                subject.command
            ),
            state => format!(
                "{}{}: run `{}` and commit",
                word_of(state).1,
                cause::of_file(subject, plan, file),
                subject.command
            ),
        };
        github::error("codegen drift", Some(&subject.path(&file.path)), &message)
    };
    let line = |missing: &Missing| {
        let message = format!("add to [{}]: {}", missing.table, missing.line);
        let path = subject.path(MANIFEST);
        github::error("codegen drift", Some(&path), &message)
    };
    drifted.map(file).chain(missing.iter().map(line)).collect()
}

/// Returns the word for what a run did to a file.
fn done_to(file: &FileState) -> &'static str {
    match (&file.after, file.state) {
        (None, _) => "Removed",
        (Some(_), State::Edited) => "Overwrote",
        (Some(_), _) => "Wrote",
    }
}

/// Whether a run writes or removes this file.
fn is_touched(file: &FileState) -> bool {
    !matches!(file.state, State::Fresh | State::Stray)
}

/// Returns the word in the margin, and the one in a summary.
fn word_of(state: State) -> (&'static str, &'static str) {
    match state {
        State::Fresh => ("Fresh", "fresh"),
        State::Stale => ("Stale", "stale"),
        State::Missing => ("Missing", "missing"),
        State::Edited => ("Edited", "edited by hand"),
        State::Orphaned => ("Orphaned", "orphaned"),
        State::Stray => ("Stray", "stray"),
    }
}

/// Returns the line of one file; nothing for a fresh one.
fn file_lines(subject: &Subject, file: &FileState) -> String {
    let path = subject.path(&file.path);
    let about = match file.state {
        State::Fresh => return String::new(),
        State::Stale if file.path == lock::FILE => "the hashes differ".to_owned(),
        State::Stale => diff::size(file),
        State::Missing => {
            let text = file.after.as_deref().unwrap_or_default();
            counted(text.lines().count(), "line")
        }
        State::Edited if file.after.is_none() => "by hand, and no longer generated".to_owned(),
        State::Edited => "by hand".to_owned(),
        State::Orphaned => "no longer generated; a run deletes it".to_owned(),
        State::Stray => {
            let remove = remove_command(subject, file);
            format!("not generated; delete it with {remove}")
        }
    };
    let tone = match file.state {
        State::Edited | State::Stray => Tone::Bad,
        _ => Tone::Warn,
    };
    line(tone, word_of(file.state).0, &format!("{path} ({about})"))
}

fn remove_command(subject: &Subject, file: &FileState) -> String {
    format!("`rm {}`", quoted(&subject.path(&file.path)))
}

fn missing_lines(subject: &Subject, missing: &[Missing]) -> String {
    let mut text = String::new();
    let path = subject.path(MANIFEST);
    for Missing {
        table,
        line: needed,
        reason,
    } in missing
    {
        let mut about = format!("{path} [{table}]: {}", visible(needed));
        if let Some(reason) = reason {
            about += &format!(" ({})", visible(reason));
        }
        text += &line(Tone::Bad, "Add to", &about);
    }
    text
}

/// Returns the counts: `2 stale, 1 stray, 14 fresh, 1 line missing in Cargo.toml`.
fn summary(plan: &Plan, missing: &[Missing]) -> String {
    let states = [
        State::Stale,
        State::Missing,
        State::Edited,
        State::Orphaned,
        State::Stray,
        State::Fresh,
    ];
    let mut parts: Vec<String> = states
        .into_iter()
        .map(|state| (plan.count(state), word_of(state).1))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    if !missing.is_empty() {
        let lines = counted(missing.len(), "line");
        parts.push(format!("{lines} missing in {MANIFEST}"));
    }
    parts.join(", ")
}

/// Returns a number of things: `1 line`, `2 lines`.
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

#[cfg(test)]
mod tests;
