//! What another version of the generator changes: the source that a revision has, against what is generated now from the
//! same description.
//!
//! Nothing is told if the source of the revision was edited by hand, or was not generated from its description: then
//! a difference would have another cause.

use std::collections::BTreeMap;

use oasmith::Output;
use oasmith::compare::{Difference, Level, surface_changes};

use super::input::Input;
use crate::git::Tree;
use crate::lock::{self, Hash, Lock};

/// The id of the rule.
pub(crate) const RULE: &str = "generator-changed";

/// Returns how the public items of the checked-in source and of the output differ.
pub(crate) fn changes(old: &Input, before: &Output) -> Vec<Difference> {
    let Some(tree) = &old.tree else {
        return Vec::new();
    };
    match checked_in(tree, &old.output) {
        Some(files) => surface_changes(&files, &before.files),
        None => Vec::new(),
    }
}

/// Returns the generated files of a revision, if they are as its lock says.
fn checked_in(tree: &Tree, output: &str) -> Option<BTreeMap<String, String>> {
    let lock = tree.text(&format!("{output}/{}", lock::FILE))?;
    let lock = Lock::parse(&lock).ok()?;
    let mut inputs = lock.inputs.iter();
    let is_fresh = inputs.all(|(name, hash)| {
        let bytes = tree.read(name, "");
        bytes.is_ok_and(|bytes| Hash::of(&bytes) == *hash)
    });
    let files: BTreeMap<String, String> = tree
        .texts_below(&format!("{output}/src"))
        .into_iter()
        .map(|(path, text)| (format!("src/{path}"), text))
        .filter(|(path, _)| lock.outputs.contains_key(path))
        .collect();
    let mut outputs = lock.outputs.iter();
    let is_untouched = outputs.all(|(path, hash)| {
        let text = files.get(path);
        text.is_some_and(|text| Hash::of(text.as_bytes()) == *hash)
    });
    (is_fresh && is_untouched).then_some(files)
}

/// Returns what all of them together mean to code.
pub(crate) fn level(changes: &[Difference]) -> Level {
    let levels = changes.iter().map(|one| one.level);
    levels.fold(Level::None, Level::max)
}

/// Returns what a difference is, in one line.
pub(crate) fn text(one: &Difference) -> String {
    let item = one.key.shown();
    match (&one.was, &one.is) {
        (Some(_), None) => format!("`{item}` is gone"),
        (None, Some(_)) => format!("`{item}` is new"),
        (Some(was), Some(is)) if was != is => format!("`{item}` is `{is}` instead of `{was}`"),
        _ => format!("`{item}` changed"),
    }
}
