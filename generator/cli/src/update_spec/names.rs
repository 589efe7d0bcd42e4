//! The Rust names that a newer description would change, with the lines of `codegen.yaml` that keep them.

use std::collections::{BTreeMap, BTreeSet};

use oasmith::ir::{Api, Struct, TypeBody, TypeDef};
use oasmith::options::RenameKind;

use super::renamed::Renamed;

/// A Rust name that would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NameChange {
    pub(super) kind: RenameKind,
    /// The key below `rename:` in `codegen.yaml`.
    pub(super) key: String,
    /// How it is shown: `Pet`, `Pet::name`, `get_pet()`.
    pub(super) old: String,
    pub(super) new: String,
    /// The value that keeps the name.
    pub(super) kept: String,
}

/// The components that have a name of their own.
const SCHEMAS: &str = "/components/schemas/";

/// Returns the names that change although what they name is the same in the document.
pub(super) fn changed(old: &Api, new: &Api, renamed: &[Renamed]) -> Vec<NameChange> {
    let mut list = Vec::new();
    let new_types = types(new);
    let moved = moved(renamed);
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for (path, before) in types(old) {
        let at = moved.get(&path).unwrap_or(&path);
        let Some(after) = new_types.get(at) else {
            continue;
        };
        // the names of inner types follow from the one around them
        let is_inner = seen
            .iter()
            .any(|outer| path.starts_with(&format!("{outer}/")));
        if before.name.rust != after.name.rust {
            if !is_inner {
                list.push(NameChange {
                    kind: RenameKind::Types,
                    key: key(at),
                    old: before.name.rust.clone(),
                    new: after.name.rust.clone(),
                    kept: before.name.rust.clone(),
                });
            }
            seen.insert(path.clone());
        }
        if let (TypeBody::Struct(old), TypeBody::Struct(new)) = (&before.body, &after.body) {
            members(&mut list, (before, old), new, at);
        }
    }
    operations(&mut list, old, new);
    list.dedup();
    list
}

/// Returns the types by the places that they were made from.
fn types(api: &Api) -> BTreeMap<String, &TypeDef> {
    let types = api.types.iter();
    let places = types.flat_map(|def| {
        let origins = def.origins.iter();
        origins.map(move |origin| (origin.path().to_owned(), def))
    });
    places.collect()
}

fn moved(renamed: &[Renamed]) -> BTreeMap<String, String> {
    let escaped = |name: &str| name.replace('~', "~0").replace('/', "~1");
    let path = |name: &str| format!("{SCHEMAS}{}", escaped(name));
    let paths = renamed.iter().map(|one| (path(&one.old), path(&one.new)));
    paths.collect()
}

/// Returns how `codegen.yaml` names a schema: by its name, or by its JSON Pointer if it has none.
fn key(path: &str) -> String {
    let name = path
        .strip_prefix(SCHEMAS)
        .filter(|name| !name.contains('/'));
    match name {
        Some(name) => name.replace("~1", "/").replace("~0", "~"),
        None => format!("#{path}"),
    }
}

fn members(list: &mut Vec<NameChange>, (def, old): (&TypeDef, &Struct), new: &Struct, at: &str) {
    for before in &old.members {
        let wire = &before.name.wire;
        let after = new.members.iter().find(|member| member.name.wire == *wire);
        let Some(after) = after.filter(|after| after.name.rust != before.name.rust) else {
            continue;
        };
        let schema = key(at);
        list.push(NameChange {
            kind: RenameKind::Members,
            key: if schema.starts_with('#') {
                format!("#{}", after.origin.path())
            } else {
                format!("{schema}.{wire}")
            },
            old: format!("{}::{}", def.name.rust, before.name.rust),
            new: format!("{}::{}", def.name.rust, after.name.rust),
            kept: before.name.rust.clone(),
        });
    }
}

fn operations(list: &mut Vec<NameChange>, old: &Api, new: &Api) {
    for before in &old.operations {
        let is_same = |after: &&oasmith::ir::Operation| {
            after.method == before.method && after.path == before.path
        };
        let Some(after) = new.operations.iter().find(is_same) else {
            continue;
        };
        if before.name.rust != after.name.rust {
            list.push(NameChange {
                kind: RenameKind::Operations,
                key: format!("{} {}", before.method.0, before.path),
                old: format!("{}()", before.name.rust),
                new: format!("{}()", after.name.rust),
                kept: before.name.rust.clone(),
            });
        }
    }
}
