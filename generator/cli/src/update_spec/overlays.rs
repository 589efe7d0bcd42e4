//! What a newer description means for the actions of overlays: which hold, which are obsolete, which find nothing.

use oasmith::diagnostic::{Diagnostic, code};
use oasmith::load::{Sources, jsonpath};
use oasmith::report::locate::locate_all;

use super::renamed::Renamed;
use super::sources::Incoming;
use super::trial::{self, action_of};
use crate::codegen::Job;

/// What happens to the actions of an overlay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fates {
    /// The file of the overlay.
    pub(super) name: String,
    /// The number of its actions.
    pub(super) actions: usize,
    /// The actions that do not hold.
    pub(super) others: Vec<Fate>,
}

/// What happens to an action that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fate {
    pub(super) kind: Kind,
    pub(super) finding: Finding,
}

/// Why an action does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The document says the same by itself.
    Obsolete,
    /// Its target is gone.
    Dangling,
    /// Its target is of another type.
    Misfit,
}

/// Something to read, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    /// `spec/wire.overlay.yaml:9:5`
    pub(super) place: String,
    pub(super) text: String,
    /// What to do, line by line.
    pub(super) help: Vec<String>,
    pub(super) is_error: bool,
}

/// Returns what happens to the actions of each overlay.
pub(super) fn fates(
    job: &Job,
    incoming: &Incoming<'_>,
    findings: &[Diagnostic],
    renamed: &[Renamed],
) -> Vec<Fates> {
    let overlays = job.options.overlays.iter();
    let fates = overlays.map(|name| {
        let overlay = trial::overlay(job, incoming, name);
        let own: Vec<&Diagnostic> = findings
            .iter()
            .filter(|one| **one.place.file() == **name && kind(one).is_some())
            .collect();
        let located = located(own.iter().copied(), incoming);
        let others = own
            .iter()
            .zip(located)
            .filter_map(|(diagnostic, mut finding)| {
                let action =
                    action_of(diagnostic).and_then(|index| overlay.as_ref()?.actions.get(index));
                let meant = action.and_then(|action| moved(&action.target, renamed));
                if let (Some(Kind::Dangling), Some(meant)) = (kind(diagnostic), meant) {
                    finding.help = vec![meant];
                }
                let kind = kind(diagnostic)?;
                Some(Fate { kind, finding })
            });
        Fates {
            name: name.clone(),
            actions: overlay.as_ref().map_or(0, |overlay| overlay.actions.len()),
            others: others.collect(),
        }
    });
    fates.collect()
}

fn kind(diagnostic: &Diagnostic) -> Option<Kind> {
    let kinds = [
        (code::OBSOLETE, Kind::Obsolete),
        (code::NO_MATCH, Kind::Dangling),
        (code::MISFIT, Kind::Misfit),
    ];
    let found = kinds
        .into_iter()
        .find(|(code, _)| *code == diagnostic.code)?;
    Some(found.1)
}

/// Says where a target is now, if the schema that it starts with has another name.
fn moved(target: &str, renamed: &[Renamed]) -> Option<String> {
    renamed.iter().find_map(|Renamed { old, new, common }| {
        let schema = |name: &str| format!("$.components.schemas{}", jsonpath::member(name));
        let quoted = format!("$.components.schemas['{old}']");
        let rest = [schema(old), quoted]
            .iter()
            .find_map(|start| target.strip_prefix(start.as_str()))
            .filter(|rest| rest.is_empty() || rest.starts_with(['.', '[', ' ']))?;
        Some(format!(
            "the schema `{old}` was renamed to `{new}` ({common}): did you mean `{}{rest}`?",
            schema(new)
        ))
    })
}

/// Returns diagnostics as findings.
pub(super) fn located<'d>(
    diagnostics: impl Iterator<Item = &'d Diagnostic>,
    sources: &dyn Sources,
) -> Vec<Finding> {
    let diagnostics: Vec<&Diagnostic> = diagnostics.collect();
    let places = locate_all(diagnostics.iter().copied(), sources);
    let findings = diagnostics.iter().zip(places).map(|(one, place)| Finding {
        place: match place {
            Some(at) => format!("{}:{}:{}", at.file, at.line, at.column),
            None => one.place.file().to_string(),
        },
        text: one.message.clone(),
        help: one
            .help
            .iter()
            .flat_map(|help| help.lines())
            .map(str::to_owned)
            .collect(),
        is_error: one.severity == oasmith::diagnostic::Severity::Error,
    });
    findings.collect()
}
