//! The public items of generated code, and what two outputs have that differs.
//!
//! The files are read as text, so that checked-in source can be compared with a new output. Only files that differ are
//! parsed. The files of the runtime are left out: they belong to the generator's version, not to a description.

mod compatible;
mod exports;
mod item;
mod parse;
mod spelling;

use std::collections::{BTreeMap, BTreeSet};

use super::change::Level;
use crate::render::Tree;

use item::body;
pub use item::{Difference, Item, ItemKind, Key, Renames};

/// Returns how the public items of two source trees differ, without the runtime's own files.
///
/// The paths are those of [`Output::files`](crate::Output::files). Files that do not parse have no items.
pub fn surface_changes(old: &Tree, new: &Tree) -> Vec<Difference> {
    differences(old, new, &Renames::new())
}

/// Returns how the public items differ after old names were replaced by new ones.
pub fn differences(old: &Tree, new: &Tree, renames: &Renames) -> Vec<Difference> {
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let differ: Vec<&str> = paths
        .into_iter()
        .map(String::as_str)
        .filter(|path| {
            old.get(*path).map(|text| body(text)) != new.get(*path).map(|text| body(text))
        })
        .filter(|path| is_surface(path))
        .collect();
    if differ.is_empty() {
        return Vec::new();
    }
    let before = Side::read(old, &differ, renames);
    let after = Side::read(new, &differ, &Renames::new());
    let mut found = before.compared(&after);
    found.extend(exports::differences(old, new, renames));
    found
}

/// Returns whether two outputs have the same lines, whatever their order, but for the names of their inputs.
pub fn have_same_lines(old: &Tree, new: &Tree) -> bool {
    if old.len() == new.len()
        && old
            .iter()
            .zip(new)
            .all(|(old, new)| old.0 == new.0 && body(old.1) == body(new.1))
    {
        return true;
    }
    let mut lines: BTreeMap<&str, isize> = BTreeMap::new();
    let count = |tree: &'_ Tree, other: &Tree, step: isize| -> Vec<(String, isize)> {
        let differing = tree
            .iter()
            .filter(|(path, text)| other.get(*path).map(|text| body(text)) != Some(body(text)));
        differing
            .flat_map(|(_, text)| {
                body(text)
                    .lines()
                    .map(|line| (line.to_owned(), step))
                    .collect::<Vec<_>>()
            })
            .collect()
    };
    let all: Vec<(String, isize)> = count(old, new, 1)
        .into_iter()
        .chain(count(new, old, -1))
        .collect();
    for (line, step) in &all {
        if !line.trim_start().starts_with("// ") {
            *lines.entry(line).or_default() += step;
        }
    }
    lines.values().all(|count| *count == 0)
}

/// Returns whether a file has items that users can name, and is not read for its exports alone.
fn is_surface(path: &str) -> bool {
    let is_index = ["src/lib.rs", "src/operation.rs", "src/types/mod.rs"].contains(&path);
    path.starts_with("src/")
        && path.ends_with(".rs")
        && !path.starts_with("src/runtime/")
        && !is_index
}

/// The items of one output.
struct Side {
    items: BTreeMap<Key, Item>,
    /// What other names of types stand for.
    aliases: BTreeMap<String, String>,
}

impl Side {
    fn read(tree: &Tree, differ: &[&str], renames: &Renames) -> Self {
        let mut items = BTreeMap::new();
        for path in differ {
            if let Some(text) = tree.get(*path) {
                parse::file(path, text, renames, &mut items);
            }
        }
        let mut aliases = BTreeMap::new();
        let others = tree
            .iter()
            .filter(|(path, text)| path.starts_with("src/types/") && text.contains("\npub type "));
        for (path, text) in others {
            parse::aliases(path, text, renames, &mut aliases);
        }
        Side { items, aliases }
    }

    fn compared(&self, other: &Side) -> Vec<Difference> {
        let mut found = Vec::new();
        let keys: BTreeSet<&Key> = self.items.keys().chain(other.items.keys()).collect();
        for key in keys {
            let (was, is) = (self.items.get(key), other.items.get(key));
            let level = match (was, is) {
                (Some(was), Some(is)) => self.level(was, other, is),
                (Some(was), None) => Some(was.level_if_gone()),
                (None, Some(is)) => Some(is.level_if_new(
                    other.items.get(&key.owner_key()),
                    self.items.contains_key(&key.owner_key()),
                )),
                (None, None) => None,
            };
            if let Some(level) = level {
                found.push(Difference {
                    key: key.clone(),
                    was: was.map(|item| item.declaration.clone()),
                    is: is.map(|item| item.declaration.clone()),
                    level,
                    named: named(was, is),
                });
            }
        }
        found
    }

    /// Returns what two declarations of one item mean to code; `None` if they are the same.
    fn level(&self, was: &Item, other: &Side, is: &Item) -> Option<Level> {
        let expanded =
            |side: &Side, item: &Item| spelling::expanded(&item.declaration, &side.aliases);
        if was.declaration != is.declaration && expanded(self, was) != expanded(other, is) {
            let is_wider = compatible::takes_more(was, is, &|owner, name| {
                other
                    .items
                    .contains_key(&Key::new(owner, ItemKind::Impl, name))
            });
            return Some(if is_wider { Level::Minor } else { Level::Major });
        }
        match (was.is_exhaustive, is.is_exhaustive) {
            (true, false) => return Some(Level::Major),
            (false, true) => return Some(Level::Minor),
            _ => {}
        }
        (is.is_deprecated && !was.is_deprecated).then_some(Level::Minor)
    }
}

/// Returns the types that one declaration names and the other does not.
fn named(was: Option<&Item>, is: Option<&Item>) -> BTreeSet<String> {
    let of = |item: Option<&Item>| {
        item.map(|item| spelling::named(&item.declaration))
            .unwrap_or_default()
    };
    of(was).symmetric_difference(&of(is)).cloned().collect()
}
