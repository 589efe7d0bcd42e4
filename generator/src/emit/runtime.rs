//! `runtime/`: which files of the runtime an API needs, and what they need of the crate's `Cargo.toml`.

use std::collections::BTreeSet;

use oasmith_runtime::{File, SOURCES};
use quote::quote;

use super::names::ident;
use super::{Item, Module};
use crate::ir::{Api, Content, Operation, Returned, Scalar, Success, TypeRef};
pub use requirements::{Dependency, Feature, Requirements, manifest};

mod requirements;

/// Files that carry the values of one other crate; a document needs them or not.
const OPTIONAL: [(&str, &str); 2] = [
    ("runtime/chrono_values.rs", "chrono"),
    ("runtime/uuid_values.rs", "uuid"),
];

/// The files of the runtime that an API needs.
pub(super) struct Runtime {
    files: Vec<&'static File>,
}

impl Runtime {
    /// All files but those for values that the API does not have.
    pub fn of(api: &Api) -> Self {
        let crates = crates(api);
        let needed = |file: &&File| match OPTIONAL.iter().find(|(path, _)| *path == file.path) {
            Some((_, name)) => crates.contains(name),
            None => true,
        };
        Runtime {
            files: SOURCES.iter().filter(needed).collect(),
        }
    }

    /// `runtime/mod.rs`: the modules that are there.
    pub fn module(&self) -> Module {
        let mut names: BTreeSet<&str> = BTreeSet::new();
        for file in &self.files {
            let below = file.path.trim_start_matches("runtime/");
            names.insert(below.split(['/', '.']).next().unwrap_or(below));
        }
        names.remove("mod");
        let declarations = names.into_iter().map(|name| {
            let name = ident(name);
            quote!(pub(crate) mod #name;)
        });
        Module {
            path: "src/runtime/mod.rs".to_owned(),
            docs: vec!["What every client carries, whatever its document says. Written by hand, copied here.".to_owned()],
            attributes: Vec::new(),
            items: vec![Item::Block(declarations.collect())],
        }
    }

    /// The files as they are.
    pub fn files(&self) -> Vec<(String, &'static str)> {
        let carried = self
            .files
            .iter()
            .filter(|file| file.path != "runtime/mod.rs");
        carried
            .map(|file| (format!("src/{}", file.path), file.text))
            .collect()
    }

    /// What they need.
    pub fn requirements(&self) -> Requirements {
        Requirements::of(&self.files)
    }
}

/// The crates whose types the API names.
fn crates(api: &Api) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let types = api.types.iter().flat_map(|def| def.body.parts());
    for ty in types.chain(api.operations.iter().flat_map(used)) {
        scalars(ty, &mut found);
    }
    found
}

fn used(operation: &Operation) -> Vec<&TypeRef> {
    let returned: Vec<&Returned> = match &operation.success {
        Success::One(returned) => vec![returned],
        Success::Several { variants, .. } => {
            variants.iter().map(|variant| &variant.returned).collect()
        }
    };
    let mut all: Vec<&TypeRef> = returned
        .into_iter()
        .filter_map(|returned| match returned {
            Returned::Json(ty) => Some(ty),
            _ => None,
        })
        .collect();
    if let Some(body) = &operation.body
        && let Content::Json { ty, .. } = &body.content
    {
        all.push(ty);
    }
    all
}

fn scalars(ty: &TypeRef, found: &mut BTreeSet<&'static str>) {
    match ty {
        TypeRef::Scalar(Scalar::DateTime | Scalar::DateTimeOffset | Scalar::Date) => {
            found.insert("chrono");
        }
        TypeRef::Scalar(Scalar::Uuid) => {
            found.insert("uuid");
        }
        TypeRef::List(inner)
        | TypeRef::Map(inner)
        | TypeRef::Nullable(inner)
        | TypeRef::Boxed(inner) => {
            scalars(inner, found);
        }
        TypeRef::Named(_) | TypeRef::Scalar(_) | TypeRef::Any => {}
    }
}
