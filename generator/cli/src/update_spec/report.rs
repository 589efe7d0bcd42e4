//! What a newer description means, as text.

use oasmith::options::{RenameKind, rename_line};

use super::changes::Changes;
use super::names::NameChange;
use super::overlays::{Fate, Fates, Finding, Kind};
use crate::report::counted;
use crate::terminal::{self, Tone, visible};

/// What a newer description means.
#[derive(Debug)]
pub(super) struct Update {
    /// The description.
    pub(super) input: String,
    /// The output folder.
    pub(super) output: String,
    /// The command that generates.
    pub(super) command: String,
    /// `None` without a description on disk to compare with.
    pub(super) changes: Option<Changes>,
    pub(super) overlays: Vec<Fates>,
    /// The choices of `codegen.yaml` that name what is gone.
    pub(super) choices: Vec<Finding>,
    pub(super) names: Vec<NameChange>,
    /// What it means for those who use the client, as lines.
    pub(super) meaning: String,
    pub(super) is_written: bool,
}

/// The column of the text of a line, where what belongs to it is continued.
const MARGIN: &str = "             ";

/// Formats a line; what comes from documents cannot control the terminal.
fn line(tone: Tone, word: &str, about: &str) -> String {
    terminal::line(tone, word, &visible(about))
}

/// Says that only order and white space differ.
pub(super) fn same(shown: &str, input: &str) -> String {
    let about = format!("{shown}: only order and white space differ; {input} stays as it is");
    line(Tone::Good, "Same", &about)
}

/// Says that a newer description is not used.
pub(super) fn broken(shown: &str, input: &str) -> String {
    line(
        Tone::Bad,
        "Broken",
        &format!("{shown}: {input} stays as it is"),
    )
}

impl Update {
    /// Whether something is left to people.
    pub(super) fn leaves_work(&self) -> bool {
        let mut fates = self.overlays.iter().flat_map(|overlay| &overlay.others);
        fates.any(|fate| fate.finding.is_error) || self.choices.iter().any(|one| one.is_error)
    }

    /// Returns the whole report.
    pub(super) fn text(&self) -> String {
        let about = match self.changes {
            None => "new".to_owned(),
            Some(Changes { values, order }) => {
                let all = counted(values + order, "change");
                match order {
                    0 => all,
                    _ => format!("{all}, {order} only order"),
                }
            }
        };
        let mut text = line(Tone::Info, "Upstream", &format!("{}: {about}", self.input));
        for overlay in &self.overlays {
            text += &overlay_lines(overlay);
        }
        for choice in &self.choices {
            let tone = if choice.is_error {
                Tone::Bad
            } else {
                Tone::Warn
            };
            text += &finding_lines(tone, "Choice", choice);
        }
        text + &self.name_lines() + &self.meaning + &self.end()
    }

    fn name_lines(&self) -> String {
        let mut text = String::new();
        for name in &self.names {
            let about = format!("`{}` would become `{}`", name.old, name.new);
            text += &line(Tone::Warn, "Renamed", &about);
        }
        if self.names.is_empty() {
            return text;
        }
        text += &line(
            Tone::Info,
            "Help",
            "keep the names with these lines below the target in codegen.yaml",
        );
        text += &format!("{MARGIN}    rename:\n");
        for kind in [
            RenameKind::Types,
            RenameKind::Members,
            RenameKind::Operations,
        ] {
            let names = self.names.iter().filter(|name| name.kind == kind);
            for (index, name) in names.enumerate() {
                let lines = rename_line(kind, &[&name.key], &name.kept);
                // the first two lines name the section
                let skipped = if index == 0 { 1 } else { 2 };
                for line in lines.lines().skip(skipped) {
                    text += &visible(&format!("{MARGIN}    {line}\n"));
                }
            }
        }
        text
    }

    fn end(&self) -> String {
        let Update {
            input,
            output,
            command,
            ..
        } = self;
        let next = if self.leaves_work() {
            format!(
                "mend what is named above, run `{command}`, read `git diff {output}`, commit all of it"
            )
        } else {
            format!("run `{command}`, read `git diff {output}`, commit both")
        };
        if self.is_written {
            return line(Tone::Good, "Wrote", &format!("{input}; {next}"));
        }
        line(Tone::Info, "Dry run", &format!("{input} stays as it is"))
    }
}

fn overlay_lines(overlay: &Fates) -> String {
    let Fates {
        name,
        actions,
        others,
    } = overlay;
    let holding = actions.saturating_sub(others.len());
    let about = match others.len() {
        0 => format!("{name}: {} hold", counted(*actions, "action")),
        _ => format!("{name}: {holding} of {} hold", counted(*actions, "action")),
    };
    let tone = if others.is_empty() {
        Tone::Good
    } else {
        Tone::Warn
    };
    let mut text = line(tone, "Overlay", &about);
    for Fate { kind, finding } in others {
        text += &match kind {
            Kind::Obsolete => finding_lines(Tone::Warn, "Obsolete", finding),
            Kind::Dangling => finding_lines(Tone::Bad, "Dangling", finding),
            Kind::Misfit => finding_lines(Tone::Bad, "Misfit", finding),
        };
    }
    text
}

fn finding_lines(tone: Tone, word: &str, finding: &Finding) -> String {
    let Finding {
        place, text, help, ..
    } = finding;
    let mut lines = line(tone, word, &format!("{place}  {text}"));
    for help in help {
        lines += &visible(&format!("{MARGIN}{help}\n"));
    }
    lines
}
