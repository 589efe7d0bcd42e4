//! Writes amendments into an overlay file.
//!
//! An action that is there already is not written again; if its description is the evidence of an earlier run, and more
//! traffic was seen now, the description is brought up to date.

mod grow;
#[cfg(test)]
mod tests;

use std::ops::Range;

use oasmith::load::overlay::Action;
use oasmith::load::{Node, write};

use super::mend::{Amendment, Evidence};
use super::shape::Dialect;
use crate::overlay_file::{self, Block, SHAPE, item, parse};

/// The new text of an overlay file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) text: String,
    /// The number of actions that are new.
    pub(super) added: usize,
    /// The number of actions with new evidence.
    pub(super) updated: usize,
}

/// Writes a new file; `extends` is the document's path from the overlay.
pub(super) fn create(amendments: &[Amendment], extends: &str) -> Written {
    let actions = amendments.iter().map(|amendment| amendment.action.clone());
    Written {
        text: overlay_file::create(
            "What the wire does",
            actions.collect(),
            Some(extends.to_owned()),
        ),
        added: amendments.len(),
        updated: 0,
    }
}

/// Extends the text of a file by actions, and brings the evidence of those up to date that are known.
///
/// # Errors
///
/// What is in the way, such as a file that is no overlay.
pub(super) fn extend(
    old: &str,
    amendments: &[Amendment],
    known: &[Amendment],
    (name, dialect): (&str, Dialect),
) -> Result<Written, String> {
    let existing = parse(old)?;
    let block = Block::find(old).filter(|block| block.items.len() == existing.len());
    let block = block.ok_or(SHAPE)?;
    let find = |amendment: &Amendment| {
        let Action { target, change, .. } = &amendment.action;
        existing
            .iter()
            .position(|one| one.target == *target && one.change == *change)
    };
    let mut replaced: Vec<(Range<usize>, String)> = Vec::new();
    // those that are made wider by this traffic, and what was to be changed in them
    let mut wider: Vec<usize> = Vec::new();
    for amendment in known.iter().filter(|amendment| find(amendment).is_none()) {
        let Some((index, action)) = grown(&existing, amendment, known, dialect) else {
            continue;
        };
        if let (Some(range), false) = (block.items.get(index), wider.contains(&index)) {
            replaced.push((range.clone(), item(&action, &block.indent)));
            wider.push(index);
        }
    }
    let is_covered = |amendment: &Amendment| {
        let within = amendment.within.as_ref();
        within.is_some_and(|(file, index)| **file == *name && wider.contains(index))
    };
    for amendment in known {
        let index = find(amendment);
        let description = index.and_then(|index| existing.get(index)?.description.as_deref());
        let range = index.and_then(|index| block.items.get(index).cloned());
        if let (Some(description), Some(range)) = (description, range)
            && let Some(newer) = newer(description, &amendment.evidence)
            && let Some(text) = old.get(range.clone())
            && let Some(text) = replace(text, description, &newer)
        {
            replaced.push((range, text));
        }
    }
    let new: Vec<Action> = amendments
        .iter()
        .filter(|amendment| find(amendment).is_none() && !is_covered(amendment))
        .map(|amendment| amendment.action.clone())
        .collect();
    let updated = replaced.len();
    let mut text = block.append(old, &new);
    replaced.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    for (range, new) in replaced {
        text.replace_range(range, &new);
    }
    match parse(&text) {
        Ok(actions) if actions.len() == existing.len() + new.len() => Ok(Written {
            text,
            added: new.len(),
            updated,
        }),
        _ => Err(SHAPE.to_owned()),
    }
}

/// Returns the action of an earlier run that is about the same as an amendment, with what this traffic adds to it.
fn grown(
    existing: &[Action],
    amendment: &Amendment,
    known: &[Amendment],
    dialect: Dialect,
) -> Option<(usize, Action)> {
    let is_known = |action: &Action| {
        let mut known = known.iter().map(|one| &one.action);
        known.any(|one| one.target == action.target && one.change == action.change)
    };
    existing.iter().enumerate().find_map(|(index, own)| {
        let description = own
            .description
            .as_deref()
            .filter(|text| is_evidence(text))?;
        let is_used = existing.iter().any(|other| grow::is_about_part(other, own));
        let grown = grow::grown(own, &amendment.action, dialect)?;
        if is_known(own) || is_used || grown.change == own.change {
            return None;
        }
        let newer = newer(description, &amendment.evidence);
        let action = match newer {
            Some(newer) => grown.because(newer),
            None => grown,
        };
        Some((index, action))
    })
}

/// Returns the evidence if it is of more traffic than a description that is evidence, too.
fn newer(description: &str, evidence: &Evidence) -> Option<String> {
    let total = total(description)?;
    let new = evidence.to_string();
    (evidence.total > total && new != description).then_some(new)
}

/// Whether a description is evidence, so that its action is one of an earlier run.
fn is_evidence(description: &str) -> bool {
    total(description).is_some()
}

/// `null in 1 of 2 replies` → 2
fn total(description: &str) -> Option<usize> {
    let (before, side) = description.rsplit_once(' ')?;
    let (before, total) = before.rsplit_once(" of ")?;
    let (_, count) = before.rsplit_once(" in ")?;
    let mut nouns = ["repl", "request", "message"].iter();
    let is_side = nouns.any(|noun| side.starts_with(noun));
    count.parse::<usize>().ok()?;
    total.parse().ok().filter(|_| is_side)
}

/// Replaces the description of an action; `None` if it is not on one line.
fn replace(action: &str, old: &str, new: &str) -> Option<String> {
    let quoted = format!("'{}'", old.replace('\'', "''"));
    [spelled(old), old.to_owned(), quoted]
        .iter()
        .find_map(|old| {
            let old = format!("description: {old}");
            (action.matches(&old).count() == 1)
                .then(|| action.replace(&old, &format!("description: {}", spelled(new))))
        })
}

/// Writes a string as YAML.
fn spelled(text: &str) -> String {
    write::yaml(&Node::from(text)).trim_end().to_owned()
}
