//! The line that ends a run: what the change since the last commit means for those who use the client.
//!
//! Nothing is said without git, without a commit, if the description and its choices are those of the commit, or if the
//! commit's own cannot be generated: the comparison that says why is `diff`.

use oasmith::Output;
use oasmith::load::Sources as _;

use super::job::Job;
use crate::diff::change::{Comparison, End};
use crate::diff::impact;
use crate::diff::input::{self, Input, OfRevision};
use crate::git::{Repository, Tree};
use crate::lock::Hash;
use crate::workspace::Workspace;

/// Returns the line of a target, if something changed since the last commit.
pub(super) fn line(
    job: &Job,
    output: &Output,
    workspace: &Workspace,
    program: &str,
) -> Option<String> {
    if job.is_stand_alone {
        return None;
    }
    let repository = Repository::find(workspace.root())?;
    let head = repository.commit("HEAD").ok()??;
    let tree = repository.tree(&head).ok()?;
    if is_same(job, output, &tree) {
        return None;
    }
    let OfRevision::Inputs(olds) = input::of_revision(&tree) else {
        return None;
    };
    let is_same = |old: &&Input| old.name == job.target || old.package == job.subject.package;
    let old = olds.iter().find(is_same)?;
    let before = old.generate().ok()?;
    let version = input::version_on_disk(&job.output, workspace);
    let end = End {
        label: "the working tree",
        revision: None,
        options: &job.options,
        sources: &job.sources,
        version: version.as_ref(),
    };
    let comparison = Comparison::of((old.end("HEAD"), &before), (end, output));
    let is_changed = comparison.texts > 0 || comparison.changes.iter().any(|one| one.is_noticed());
    let command = format!("{program} diff --from HEAD");
    is_changed.then(|| impact::with_command(&comparison, &command))
}

/// Whether everything that the output is generated from is as in a revision.
fn is_same(job: &Job, output: &Output, tree: &Tree) -> bool {
    let is_config_same = job.config.as_ref().is_none_or(|(name, hash)| {
        let old = tree.read(name, "");
        old.is_ok_and(|bytes| Hash::of(&bytes) == *hash)
    });
    let mut inputs = output.inputs.iter();
    is_config_same
        && inputs.all(|name| {
            let old = tree.read(name, "");
            old.is_ok() && old == job.sources.read(name)
        })
}
