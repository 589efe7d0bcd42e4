//! What a newer description means for those who use the client: its changes, and the line that sums them up.

use oasmith::Output;

use super::sources::Incoming;
use crate::codegen::Job;
use crate::diff::change::{Comparison, End};
use crate::diff::{impact, input, text};
use crate::workspace::Workspace;

/// Returns the lines of all changes that somebody can notice, and the last line.
pub(super) fn of(
    job: &Job,
    workspace: &Workspace,
    incoming: &Incoming<'_>,
    old: &Output,
    new: &Output,
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
    text::changes(&comparison, |one| one.is_noticed(), text::width()) + &impact::impact(&comparison)
}
