//! Prints comparisons in the chosen format.

use oasmith::compare::Change;

use super::arguments::{Arguments, FailOn, Format};
use super::change::{Comparison, Located, is_break};
use super::markdown::{Comment, Links};
use super::pairs::OneSided;
use super::{changelog, impact, json, text, verdict};
use crate::keep::is_needless;
use crate::report::counted;
use crate::terminal::{Terminal, Tone, github, line, visible};

/// A report that is made target by target.
pub(super) struct Report<'a> {
    arguments: &'a Arguments,
    /// What was typed.
    command: String,
    comment: Comment,
}

impl<'a> Report<'a> {
    pub(super) fn new(arguments: &'a Arguments, command: String) -> Self {
        Report {
            arguments,
            comment: Comment::new(Links::of_workflow(), command.clone()),
            command,
        }
    }

    pub(super) fn fail_on(&self) -> &[FailOn] {
        &self.arguments.fail_on
    }

    /// Says what is compared.
    pub(super) fn begin(&self, package: &str, (from, to): (&str, &str), terminal: &Terminal) {
        let about = format!("{package}: {from} with {to}");
        terminal.report(&line(Tone::Info, "Comparing", &visible(&about)));
    }

    /// Says that a side does not have a target.
    pub(super) fn one_sided(&mut self, one: &OneSided, what: &'static str, terminal: &Terminal) {
        let OneSided { from, to, target } = one;
        let (from, to) = (from.label.as_str(), to.label.as_str());
        let (package, name) = (&target.package, &target.name);
        let (tone, word, about) = match what {
            "added" => (
                Tone::Info,
                "Added",
                format!("the target `{name}` is new: {from} does not have it"),
            ),
            _ => (
                Tone::Warn,
                "Removed",
                format!("the target `{name}` is gone: {to} does not have it"),
            ),
        };
        match self.arguments.format {
            Format::Text => {
                let about = format!("{package}: {about}");
                terminal.report(&line(tone, word, &visible(&about)));
            }
            Format::Markdown => self.comment.note(package, &about),
            Format::Json => terminal.data(&json::one_sided(package, (from, to), what)),
            Format::Changelog => terminal.problem(&line(tone, word, &visible(&about))),
        }
    }

    /// Says that a side of a target cannot be generated; the diagnostics are printed.
    pub(super) fn broken(&mut self, package: &str, side: &str, terminal: &Terminal) {
        let about = format!("nothing is generated from {side}");
        let text = format!("{package}: {about}");
        terminal.problem(&line(Tone::Bad, "Broken", &visible(&text)));
        if self.arguments.format == Format::Markdown {
            self.comment.note(package, &about);
        }
    }

    /// Adds the changes of a target.
    pub(super) fn add(&mut self, comparison: &Comparison, terminal: &Terminal) {
        match self.arguments.format {
            Format::Text => {
                let is_listed = |one: &Located| self.arguments.all || one.is_noticed();
                let width = text::width();
                terminal.report(&text::changes(comparison, is_listed, width));
                terminal.report(&impact::impact(comparison));
                terminal.report(&self.hint(comparison));
                terminal.annotate(&annotations(comparison, self.fail_on()));
            }
            Format::Markdown => self.comment.add(comparison),
            Format::Json => terminal.data(&json::lines(comparison)),
            Format::Changelog => terminal.data(&changelog::entry(comparison)),
        }
    }

    /// Returns the line that says how to keep what breaks code only; empty if nothing does.
    fn hint(&self, comparison: &Comparison) -> String {
        let changes = comparison.changes.iter().map(|one| &one.change);
        let needless = changes.filter(|change| is_needless(change)).count();
        if needless == 0 || self.arguments.keep.is_some() {
            return String::new();
        }
        let breaks = counted(needless, "break");
        let command = &self.command;
        let about = format!(
            "the wire does not ask for {breaks}; `{command} --keep OVERLAY` writes what keeps code as it was"
        );
        line(Tone::Info, "Help", &visible(&about))
    }

    /// Prints what is printed at the end.
    pub(super) fn finish(self, terminal: &Terminal) {
        if self.arguments.format == Format::Markdown {
            terminal.data(&self.comment.finish());
        }
    }
}

/// Returns the annotations of changes for a GitHub workflow, each at its line of the newer side.
fn annotations(comparison: &Comparison, fail_on: &[FailOn]) -> String {
    let noticed = comparison.changes.iter().filter(|one| one.is_noticed());
    let annotation = |one: &Located| {
        let change = &one.change;
        let level = if one.accepted.is_none() && verdict::is_named(change, fail_on) {
            github::Level::Error
        } else if is_severe(change) {
            github::Level::Warning
        } else {
            github::Level::Notice
        };
        let new = one.new.as_ref().filter(|at| at.revision.is_none());
        let at = new.map(|at| (at.file.as_str(), at.line, at.column));
        // what is gone has no line, and the file that had it mostly still exists
        let file = one.old.as_ref().map(|at| at.file.as_str());
        let message = format!("{}\n{}", change.text, change.effect);
        github::annotation(level, at, file, change.rule, message.trim_end())
    };
    noticed.map(annotation).collect()
}

fn is_severe(change: &Change) -> bool {
    change.source == oasmith::compare::Level::Major
        || change.unseen
        || is_break(change.old_client)
        || is_break(change.old_server)
}
