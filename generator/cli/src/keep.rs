//! Keeps what code sees where the wire allows it: an overlay that gives the newer description what the older one said.
//!
//! ```text
//! two sides ─▶ compare ─▶ changes that break code, and that both sides of the wire understand
//!                                  │ their places in both documents ─▶ edits ─▶ actions that take one back
//!                                  └─ each proposal is tried: generate, compare, and only that change is gone
//! ```
//!
//! An example: a reply loses an optional member. Code that reads it no longer compiles, and nothing else happens, since
//! a missing member is `None`. An action that puts it back lets a version without a break be released; when the next
//! one with breaks is due, the overlay is deleted.

mod edits;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use oasmith::compare::{self, Change, Level};
use oasmith::diagnostic::Diagnostics;
use oasmith::load::overlay::{Action, Overlay};
use oasmith::load::{Node, SourceError, Sources, load_overlaid};
use oasmith::options::Options;
use oasmith::pointer::Pointer;
use oasmith::{Output, generate};

use crate::diff::change::{is_noticed, is_quiet};
use edits::Edit;

/// The outputs that are generated to try proposals; what is left then is left to people.
const TRIALS: usize = 64;

/// More edits around a place are not about one change.
const EDITS: usize = 24;

/// The name of the overlay that is tried: one that no file has, since an earlier one can be called `kept.overlay.yaml`.
const TRIED: &str = "<tried>.yaml";

/// What one side of a comparison is generated from.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "files can be anywhere")]
pub struct Side<'s> {
    /// Where its files are read.
    pub sources: &'s dyn Sources,
    /// Its choices, with the names of its files.
    pub options: &'s Options,
}

/// What can be kept of the older description.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Kept {
    /// The actions for an overlay on the newer description, each with what it keeps as its description.
    pub actions: Vec<Action>,
    /// The changes that are gone with them.
    pub kept: Vec<Change>,
    /// The changes that no actions take back alone, although both sides of the wire would understand each other.
    pub left: Vec<Change>,
    /// What the newer description gives with these actions, if there are some.
    pub output: Option<Output>,
}

/// Finds the actions that take back changes which break code although nothing on the wire asks for it.
///
/// Changes that lines of `codegen.yaml` keep ([`Change::choice`]) are not among them.
///
/// # Errors
///
/// The diagnostics of a description that is invalid.
pub fn keep(old: Side<'_>, new: Side<'_>) -> Result<Kept, Diagnostics> {
    let before = generate(old.sources, old.options)?;
    let after = generate(new.sources, new.options)?;
    let changes = compare::compare(&before, &after).list;
    let trees = document(old).zip(document(new));
    let mut kept = Kept::default();
    let Some((old_tree, new_tree)) = trees else {
        return Ok(kept);
    };
    let mut trials = Trials {
        before: &before,
        new,
        present: ids(&changes),
        needless: ids(changes.iter().filter(|change| is_needless(change))),
        left: TRIALS,
    };
    let places = Places {
        input: (&old.options.input, &new.options.input),
        old: &old_tree,
        new: &new_tree,
    };
    for change in changes.into_iter().filter(is_needless) {
        if !trials.present.contains(&change.fingerprint) {
            kept.kept.push(change); // what keeps another one keeps it, too
            continue;
        }
        let proposals = places.proposals(&change);
        let found = proposals.into_iter().find_map(|proposal| {
            let reason = format!("keeps `{}` as it was: {}", change.rust, change.rule);
            let proposal = proposal.into_iter().map(|one| one.because(reason.clone()));
            let actions: Vec<Action> = kept.actions.iter().cloned().chain(proposal).collect();
            let output = trials.without(&change, &actions)?;
            Some((actions, output))
        });
        match found {
            Some((actions, output)) => {
                kept.actions = actions;
                kept.output = Some(output);
                kept.kept.push(change);
            }
            None => kept.left.push(change),
        }
    }
    Ok(kept)
}

/// Whether a change breaks code, both sides of the wire understand each other, and no choice keeps what was.
pub(crate) fn is_needless(change: &Change) -> bool {
    let is_break = change.source == Level::Major || change.unseen;
    is_break
        && change.choice.is_none()
        && is_quiet(change.old_client)
        && is_quiet(change.old_server)
}

/// Returns the changes that somebody can notice, by their ids.
fn ids<'c>(changes: impl IntoIterator<Item = &'c Change>) -> BTreeSet<String> {
    let noticed = changes.into_iter().filter(|change| is_noticed(change));
    noticed.map(|change| change.fingerprint.clone()).collect()
}

/// Returns the document of a side with its overlays applied.
fn document(side: Side<'_>) -> Option<Node> {
    let Side { sources, options } = side;
    let (name, overlays) = (&options.input, &options.overlays);
    let mut ignored = Diagnostics::new();
    let loaded = load_overlaid(sources, name, overlays, &options.budgets, &mut ignored)?;
    loaded.document().cloned()
}

/// The documents that proposals are about.
struct Places<'n> {
    /// Their names.
    input: (&'n str, &'n str),
    old: &'n Node,
    new: &'n Node,
}

impl Places<'_> {
    /// Returns actions that could take a change back: those of each edit at its place, then all of them together; then
    /// the same one level up, since the edit can be beside the place, as in `required`.
    fn proposals(&self, change: &Change) -> Vec<Vec<Action>> {
        let mut proposals: Vec<Vec<Action>> = Vec::new();
        let (Some(old), Some(new)) = (
            change.old.as_ref().or(change.new.as_ref()),
            change.new.as_ref().or(change.old.as_ref()),
        ) else {
            return proposals;
        };
        let is_here =
            |at: &Option<Pointer>, name: &str| at.as_ref().is_none_or(|at| **at.file() == *name);
        if !is_here(&change.old, self.input.0) || !is_here(&change.new, self.input.1) {
            return proposals; // an overlay changes the document itself, not the files that it refers to
        }
        let mut at = Some((old.clone(), new.clone()));
        while let Some((old, new)) = at {
            let edits = match self.old.get_path(&old) {
                Some(value) => edits::between(value, self.new, &new),
                None => Vec::new(),
            };
            if edits.len() > EDITS {
                break;
            }
            add(&mut proposals, edits);
            at = old.parent().zip(new.parent());
        }
        proposals
    }
}

/// Adds each edit alone, and all together.
fn add(proposals: &mut Vec<Vec<Action>>, edits: Vec<Edit>) {
    let together: Vec<Action> = edits.iter().flat_map(|edit| edit.actions.clone()).collect();
    let alone = edits.into_iter().map(|edit| edit.actions);
    for proposal in alone.chain([together]) {
        if !proposal.is_empty() && !proposals.contains(&proposal) {
            proposals.push(proposal);
        }
    }
}

/// Generates the newer description with actions, to see what is left of the changes.
struct Trials<'s> {
    before: &'s Output,
    new: Side<'s>,
    /// The changes that are still there with the actions found so far.
    present: BTreeSet<String>,
    /// Those that may go.
    needless: BTreeSet<String>,
    /// How many may still be made.
    left: usize,
}

impl Trials<'_> {
    /// Returns the output with these actions if they take a change back and nothing that is new in the description: of
    /// all others, only those can be gone that break code needlessly.
    fn without(&mut self, change: &Change, actions: &[Action]) -> Option<Output> {
        if self.left == 0 {
            return None;
        }
        self.left -= 1;
        let mut overlay = Overlay::new("Kept for code");
        overlay.actions = actions.to_vec();
        let sources = Tried {
            sources: self.new.sources,
            text: overlay.to_yaml(),
        };
        let mut options = self.new.options.clone();
        options.overlays.push(TRIED.to_owned());
        let after = generate(&sources, &options).ok()?;
        let present = ids(&compare::compare(self.before, &after).list);
        let mut gone = self.present.difference(&present);
        let is_gone = !present.contains(&change.fingerprint)
            && present.is_subset(&self.present)
            && gone.all(|id| self.needless.contains(id));
        is_gone.then(|| {
            self.present = present;
            after
        })
    }
}

/// The files of a side, and the overlay that is tried.
struct Tried<'s> {
    sources: &'s dyn Sources,
    text: String,
}

impl Sources for Tried<'_> {
    fn read(&self, name: &str) -> Result<Vec<u8>, SourceError> {
        if name == TRIED {
            return Ok(self.text.clone().into_bytes());
        }
        self.sources.read(name)
    }
}
