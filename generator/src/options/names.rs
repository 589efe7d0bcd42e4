//! `rename` and `order` of `codegen.yaml`: the names of items, and the order of arguments.

use std::collections::BTreeMap;

use super::section::{Entry, Section};
use super::{Order, Rename, check, table};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};

/// Reads the chosen names of a target.
pub(super) fn rename(section: &Section<'_>, diagnostics: &mut Diagnostics) -> Rename {
    let keys = ["types", "members", "operations", "values"];
    let entry = section.get("rename");
    let section = entry.and_then(|entry| entry.section(&table::RENAME, diagnostics));
    let Some(section) = section else {
        return Rename::default();
    };
    let mut entries = |key| {
        let entry = section.get(key);
        entry.map(|entry| entry.members(diagnostics))
    };
    let [types, members, operations, values] = keys.map(|key| entries(key).unwrap_or_default());
    let types = names(&types, diagnostics);
    for entry in &members {
        if let Some(help) = check::member_key(entry.name) {
            let message = format!("`{}` does not name a member", entry.name);
            let at = Place::key(entry.at.clone());
            diagnostics.push(Diagnostic::new(code::CONFIG_WRONG_VALUE, at, message).help(help));
        }
    }
    let values = values.iter().map(|entry| {
        let variants = entry.members(diagnostics);
        (entry.name.to_owned(), names(&variants, diagnostics))
    });
    Rename {
        values: values.collect(),
        types,
        members: names(&members, diagnostics),
        operations: names(&operations, diagnostics),
    }
}

/// Reads `wire: rust` from each entry.
fn names(entries: &[Entry<'_>], diagnostics: &mut Diagnostics) -> BTreeMap<String, String> {
    let names = entries.iter().filter_map(|entry| {
        let name = entry.checked_string(code::CONFIG_BAD_NAME, &check::RUST_NAME, diagnostics)?;
        Some((entry.name.to_owned(), name.to_owned()))
    });
    names.collect()
}

/// Reads the chosen orders of arguments of a target.
pub(super) fn order(section: &Section<'_>, diagnostics: &mut Diagnostics) -> Order {
    let entry = section.get("order");
    let section = entry.and_then(|entry| entry.section(&table::ORDER, diagnostics));
    let Some(section) = section else {
        return Order::default();
    };
    let mut lists = |key| {
        let entry = section.get(key);
        let entries = entry.map(|entry| entry.members(diagnostics));
        let lists = entries.unwrap_or_default().into_iter().map(|entry| {
            let names = entry.array(diagnostics);
            let names = names.iter().filter_map(|name| name.string(diagnostics));
            (entry.name.to_owned(), names.map(str::to_owned).collect())
        });
        lists.collect::<BTreeMap<String, Vec<String>>>()
    };
    Order {
        types: lists("types"),
        operations: lists("operations"),
    }
}
