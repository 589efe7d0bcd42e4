//! The names that the root of a crate exports.

use std::collections::{BTreeMap, BTreeSet};

use syn::UseTree;

use super::item::{Difference, Renames, body};
use super::item::{ItemKind, Key};
use super::parse;
use crate::compare::change::Level;
use crate::render::Tree;

const ROOT: &str = "src/lib.rs";
const TYPES: &str = "src/types/mod.rs";

/// Returns the exports of the root that only one output has.
pub fn differences(old: &Tree, new: &Tree, renames: &Renames) -> Vec<Difference> {
    let is_same =
        |path: &str| old.get(path).map(|text| body(text)) == new.get(path).map(|text| body(text));
    if is_same(ROOT) && is_same(TYPES) {
        return Vec::new();
    }
    let (before, after) = (exports(old, renames), exports(new, &Renames::new()));
    let difference = |name: &str, level, was: Option<&str>, is: Option<&str>| Difference {
        key: Key::new("crate", ItemKind::Export, name),
        was: was.map(ToOwned::to_owned),
        is: is.map(ToOwned::to_owned),
        level,
        named: BTreeSet::new(),
    };
    let gone = before
        .iter()
        .filter(|(name, _)| !after.contains_key(*name))
        .map(|(name, path)| difference(name, Level::Major, Some(path), None));
    let added = after
        .iter()
        .filter(|(name, _)| !before.contains_key(*name))
        .map(|(name, path)| difference(name, Level::Minor, None, Some(path)));
    gone.chain(added).collect()
}

/// Returns what the root exports with the path that it comes from: public modules, and items as `Pet`; those of `types`
/// as `types::Pet`.
fn exports(tree: &Tree, renames: &Renames) -> BTreeMap<String, String> {
    let types: Vec<String> = uses(tree, TYPES)
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let mut found = BTreeMap::new();
    for (name, path) in uses(tree, ROOT) {
        match (name.as_str(), path.as_str()) {
            ("*", "types") => found.extend(
                types
                    .iter()
                    .map(|name| (format!("types::{name}"), path.clone())),
            ),
            (_, "types") => drop(found.insert(format!("types::{name}"), path)),
            _ => drop(found.insert(name, path)),
        }
    }
    let renamed = |name: String| renames.get(&name).cloned().unwrap_or(name);
    found
        .into_iter()
        .map(|(name, path)| (renamed(name), path))
        .collect()
}

/// Returns the public names of a file with the modules of their path: `Events` of `runtime::events`.
fn uses(tree: &Tree, path: &str) -> Vec<(String, String)> {
    let Some(Ok(file)) = tree.get(path).map(|text| syn::parse_file(text)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for item in &file.items {
        match item {
            syn::Item::Use(item) if parse::is_public(&item.vis) => {
                let (mut modules, mut tree) = (Vec::new(), &item.tree);
                while let UseTree::Path(path) = tree {
                    modules.push(path.ident.to_string());
                    tree = &path.tree;
                }
                let mut names = BTreeSet::new();
                parse::imported(tree, &mut names);
                found.extend(names.into_iter().map(|name| (name, modules.join("::"))));
            }
            syn::Item::Mod(item) if parse::is_public(&item.vis) => {
                found.push((format!("mod {}", item.ident), String::new()));
            }
            _ => {}
        }
    }
    found
}
