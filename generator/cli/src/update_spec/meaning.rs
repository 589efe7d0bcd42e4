//! What a newer description means for those who use the client: its changes, and the line that sums them up.

use oasmith::Output;
use oasmith::options::rename_line;

use super::names::NameChange;
use super::sources::Incoming;
use crate::codegen::Job;
use crate::diff::change::{Comparison, End, Located};
use crate::diff::{impact, input, text};
use crate::workspace::Workspace;

/// Returns the lines of all changes that somebody can notice, but for the names that are told before, and the last line.
pub(super) fn of(
    job: &Job,
    workspace: &Workspace,
    incoming: &Incoming<'_>,
    (old, new): (&Output, &Output),
    names: &[NameChange],
) -> String {
    let version = input::version_on_disk(&job.output, workspace);
    let before = End {
        label: "the description on disk",
        revision: None,
        options: &job.options,
        sources: &job.sources,
        version: version.as_ref(),
    };
    let after = End {
        label: "the newer one",
        sources: incoming,
        ..before
    };
    let comparison = Comparison::of((before, old), (after, new));
    let is_listed = |one: &Located| one.is_noticed() && !is_told(one, names);
    text::changes(&comparison, is_listed, text::width()) + &impact::impact(&comparison)
}

/// Whether a change is one of names alone that is told with the lines for `codegen.yaml`.
fn is_told(one: &Located, names: &[NameChange]) -> bool {
    let choice = one.change.choice.as_deref().unwrap_or_default();
    names.iter().any(|name| {
        let lines = rename_line(name.kind, &[&name.key], &name.kept);
        let line = lines.lines().last().unwrap_or_default().trim();
        choice.lines().any(|chosen| chosen.trim() == line)
    })
}
