//! Which types of several documents are one, before and after: types that were joined, that were split, and that have
//! another name in `common`.
//!
//! Only documents that both sides have count. A document that came or went is a change of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::made;
use crate::compare::change::{Change, Level};
use crate::ir::{Joined, JoinedPart, TypeDef};
use crate::pointer::Pointer;

/// The modules that have types of one name, those with the same type together.
type Groups<'j> = BTreeSet<BTreeSet<&'j str>>;

/// Returns what changed.
pub(super) fn changes(old: &Joined, new: &Joined) -> Vec<Change> {
    let (before, after) = (Names::of(old), Names::of(new));
    let mut found = Vec::new();
    for name in before
        .modules
        .keys()
        .filter(|name| after.modules.contains_key(*name))
    {
        let of = |names: &Names<'_>| -> BTreeSet<String> {
            let modules = names.modules.get(name).into_iter().flatten();
            modules.map(|(module, _)| (*module).to_owned()).collect()
        };
        let both: BTreeSet<String> = of(&before).intersection(&of(&after)).cloned().collect();
        let (was, is) = (before.groups(name, &both), after.groups(name, &both));
        let places = |module: &str| (place(old, module, name), place(new, module, name));
        let edited = |module: &str| {
            let body = |joined| definition(joined, module, name).map(|def| &def.body);
            body(old) != body(new)
        };
        for group in was.iter().filter(|group| group.len() > 1) {
            if let Some(parts) = divided(group, &is) {
                found.push(split(name, &parts, new, (places, edited)));
            }
        }
        for group in is.iter().filter(|group| group.len() > 1) {
            if let Some(parts) = divided(group, &was) {
                found.push(joined(name, &parts, (places, edited)));
            }
        }
        if was == is {
            found.extend(renamed(name, &both, (&before, &after)));
        }
    }
    found
}

/// Returns how a group is divided on the other side; `None` if it is not. The largest part comes first.
fn divided<'j>(group: &BTreeSet<&'j str>, others: &Groups<'j>) -> Option<Vec<BTreeSet<&'j str>>> {
    let parts = others
        .iter()
        .map(|other| -> BTreeSet<&str> { group.intersection(other).copied().collect() });
    let mut parts: Vec<BTreeSet<&str>> = parts.filter(|part| !part.is_empty()).collect();
    parts.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
    (parts.len() > 1).then_some(parts)
}

type Places = (Option<Pointer>, Option<Pointer>);

fn split(
    name: &str,
    parts: &[BTreeSet<&str>],
    new: &Joined,
    (places, edited): (impl Fn(&str) -> Places, impl Fn(&str) -> bool),
) -> Change {
    let apart = new.apart.iter().find(|one| one.name == name);
    let why = apart.map_or_else(String::new, |one| format!(": {}", one.difference));
    let text = format!(
        "`{name}` is not one type any more, but one of {}{why}",
        listed(parts)
    );
    change(
        "type-split",
        name,
        parts,
        (Level::Major, text),
        (places, edited),
    )
}

fn joined(
    name: &str,
    parts: &[BTreeSet<&str>],
    (places, edited): (impl Fn(&str) -> Places, impl Fn(&str) -> bool),
) -> Change {
    let text = format!("`{name}` is one type now: that of {}", listed(parts));
    change(
        "type-joined",
        name,
        parts,
        (Level::Major, text),
        (places, edited),
    )
}

fn change(
    rule: &'static str,
    name: &str,
    parts: &[BTreeSet<&str>],
    (level, text): (Level, String),
    (places, edited): (impl Fn(&str) -> Places, impl Fn(&str) -> bool),
) -> Change {
    let place = format!("{name} {}", listed(parts));
    let mut change = made(rule, &place, &format!("common::{name}"), (level, text));
    // a document in which the type is another than before, or one that is not like most others
    let is_edited = |module: &&&str| edited(module);
    let edited = parts.iter().flatten().find(is_edited);
    let module = edited.or_else(|| parts.get(1)?.first());
    (change.old, change.new) = module.map_or((None, None), |module| places(module));
    change
}

/// `` `contacts`, `deals` and one of `products` ``
fn listed(parts: &[BTreeSet<&str>]) -> String {
    let names = |part: &BTreeSet<&str>| {
        let names = part.iter().map(|name| format!("`{name}`"));
        names.collect::<Vec<_>>().join(", ")
    };
    let parts: Vec<String> = parts.iter().map(names).collect();
    parts.join(" and one of ")
}

fn renamed(
    name: &str,
    both: &BTreeSet<String>,
    (before, after): (&Names<'_>, &Names<'_>),
) -> Vec<Change> {
    let mut found: BTreeMap<(String, String), BTreeSet<&str>> = BTreeMap::new();
    for module in both {
        if let (Some(was), Some(is)) = (before.there(name, module), after.there(name, module))
            && was != is
        {
            let key = (was.to_owned(), is.to_owned());
            found.entry(key).or_default().insert(module);
        }
    }
    let changes = found.into_iter().map(|((was, is), modules)| {
        let text = format!(
            "`common::{is}` was `common::{was}`: `{name}` of {}",
            listed(&[modules])
        );
        let place = format!("{name} {was} {is}");
        let rust = format!("common::{is}");
        made("common-type-renamed", &place, &rust, (Level::Major, text))
    });
    changes.collect()
}

/// The names of the types of all documents.
struct Names<'j> {
    /// For each name, the modules that have such a type, with its name in `common`.
    modules: BTreeMap<&'j str, BTreeMap<&'j str, Option<&'j str>>>,
}

impl<'j> Names<'j> {
    fn of(joined: &'j Joined) -> Self {
        let mut names = Names {
            modules: BTreeMap::new(),
        };
        for part in &joined.parts {
            let imports = part.api.home.iter().flat_map(|home| &home.imports);
            let there: BTreeMap<&str, &str> = imports
                .map(|(there, here)| (here.as_str(), there.as_str()))
                .collect();
            for def in &part.api.types {
                let name = def.name.rust.as_str();
                let modules = names.modules.entry(name).or_default();
                modules.insert(&part.name, there.get(name).copied());
            }
        }
        names
    }

    /// Returns the name in `common` of a type of a document.
    fn there(&self, name: &str, module: &str) -> Option<&'j str> {
        self.modules.get(name)?.get(module).copied().flatten()
    }

    /// Returns the groups of the documents that both sides have.
    fn groups(&self, name: &str, both: &BTreeSet<String>) -> Groups<'j> {
        let mut groups: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (module, there) in self.modules.get(name).into_iter().flatten() {
            if both.contains(*module) {
                // a type of its own is a group with the name of the module, which no type has
                let key = there.unwrap_or(module);
                groups.entry(key).or_default().insert(module);
            }
        }
        groups.into_values().collect()
    }
}

/// Returns where a document has the schema of a type.
fn place(joined: &Joined, module: &str, name: &str) -> Option<Pointer> {
    definition(joined, module, name)?.origins.first().cloned()
}

/// Returns a type of a document by its name.
fn definition<'j>(joined: &'j Joined, module: &str, name: &str) -> Option<&'j TypeDef> {
    let part: &JoinedPart = joined.parts.iter().find(|part| part.name == module)?;
    part.api.types.iter().find(|def| def.name.rust == name)
}
