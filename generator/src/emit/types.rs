//! `types/`: a file for each component schema with its inline children, and the list of them.

mod alias;
mod constant;
mod constructor;
mod debug;
mod integer_enum;
mod items;
mod merged;
mod setters;
mod string_enum;
mod structs;
mod tuple;
mod union;
mod value_enum;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::gates;
use super::module::{Item, LazyModule, Module, path};
use super::names::{ident, imported};
use super::paragraphs::Paragraphs;
use super::type_names::{FileKind, Imports, TypePrinter};
use crate::ir::{Api, TypeBody, TypeDef, TypeId};

/// Returns all files under `types/`.
pub(super) fn modules(api: &Api) -> Vec<LazyModule<'_>> {
    let mut files: BTreeMap<&str, Vec<&TypeDef>> = BTreeMap::new();
    let is_own = |index: usize| {
        let home = api.home.as_ref();
        home.is_none_or(|home| !home.shared.contains(&TypeId(index)))
    };
    let own = api.types.iter().enumerate();
    for (_, def) in own.filter(|(index, _)| is_own(*index)) {
        files.entry(&def.module).or_default().push(def);
    }
    let names: Vec<(&str, Vec<&str>)> = files.iter().map(exported).collect();
    let mut modules: Vec<LazyModule<'_>> = vec![Box::new(move || index(api, &names))];
    for (module, defs) in files {
        modules.push(Box::new(move || file(api, module, &defs)));
    }
    modules
}

/// Returns a module and the names of its types, in order.
fn exported<'a>((module, defs): (&&'a str, &Vec<&'a TypeDef>)) -> (&'a str, Vec<&'a str>) {
    let mut names: Vec<&str> = defs.iter().flat_map(|def| def.names()).collect();
    names.sort_unstable();
    (module, names)
}

/// Emits `types/mod.rs`, which exports each type by name: rustc's time for globs grows with the square of their number.
fn index(api: &Api, modules: &[(&str, Vec<&str>)]) -> Module {
    let condition = |module: &str| gates::attribute(&gates::of_types(api, module));
    let declarations = modules.iter().map(|(module, _)| {
        let (condition, module) = (condition(module), ident(module));
        quote!(#condition mod #module;)
    });
    let exports = modules.iter().map(|(module, names)| {
        let (condition, module) = (condition(module), ident(module));
        let line = imported(&quote!(pub use #module), names);
        quote!(#condition #line)
    });
    let mut docs = Paragraphs::default();
    docs.line("The types of the schemas.");
    docs.line(
        "They implement `serde::Serialize` and `serde::Deserialize` without derives, which take several times as long to \
        compile: each type has a function that reads its members and one that writes them.",
    );
    Module {
        path: path(api, "types/mod.rs"),
        docs: docs.lines(),
        attributes: Vec::new(),
        items: vec![
            Item::Block(declarations.collect()),
            Item::Block(common(api).into_iter().chain(exports).collect()),
        ],
    }
}

/// Returns the export of the types that other documents have, too: `pub use crate::common::types::{Error, Paging};`
fn common(api: &Api) -> Option<TokenStream> {
    let home = api.home.as_ref().filter(|home| !home.imports.is_empty())?;
    let names = home.imports.iter().map(|(there, here)| {
        let (name, own) = (ident(there), ident(here));
        if there == here {
            quote!(#name)
        } else {
            quote!(#name as #own)
        }
    });
    Some(quote!(pub use crate::common::types::{#(#names),*};))
}

fn file(api: &Api, module: &str, defs: &[&TypeDef]) -> Module {
    let defined: BTreeSet<&str> = defs.iter().flat_map(|def| def.names()).collect();
    let mut imports = Imports::default();
    for ty in defs.iter().flat_map(|def| def.body.parts()) {
        imports.add(api, ty);
    }
    for ty in defs.iter().flat_map(|def| constructor::elements(api, def)) {
        imports.add(api, ty);
    }
    for branch in defs.iter().flat_map(|def| merged::branches(def)) {
        imports.add(api, &branch.ty);
    }
    for def in defs {
        imports.siblings.remove(def.name.rust.as_str());
        imports.map |= matches!(&def.body, TypeBody::Struct(body) if body.rest.is_some());
    }
    // where a schema has this name, the path is written out
    imports.map &= !defined.contains("BTreeMap");
    let siblings = imports.siblings.iter().copied();
    let printer = TypePrinter::new(api, FileKind::Types, defined, siblings);
    let mut items = uses(&printer, &imports, defs);
    for def in defs {
        items.extend(match &def.body {
            TypeBody::Struct(body) => structs::items(&printer, def, body),
            TypeBody::StringEnum(body) => string_enum::items(&printer, def, body),
            TypeBody::IntegerEnum(body) => integer_enum::items(def, body),
            TypeBody::ValueEnum(body) => value_enum::items(&printer, def, body),
            TypeBody::Tuple(body) => tuple::items(&printer, def, body),
            TypeBody::Union(body) => union::items(&printer, def, body),
            TypeBody::Alias(target) => alias::items(&printer, def, target),
            TypeBody::Wrapper(target) => alias::wrapper(&printer, def, target),
        });
    }
    items.extend(printer.aliases());
    Module {
        path: path(api, &format!("types/{module}.rs")),
        docs: Vec::new(),
        attributes: Vec::new(),
        items,
    }
}

fn uses(printer: &TypePrinter<'_>, imports: &Imports<'_>, defs: &[&TypeDef]) -> Vec<Item> {
    let mut items = Vec::new();
    if imports.map {
        items.push(Item::Block(vec![quote!(
            use std::collections::BTreeMap;
        )]));
    }
    let mut block = Vec::new();
    if !imports.siblings.is_empty() {
        let names: Vec<_> = imports.siblings.iter().copied().collect();
        block.push(imported(&quote!(use super), &names));
    }
    block.extend(support(printer, defs));
    if !block.is_empty() {
        items.push(Item::Block(block));
    }
    items
}

/// Returns the import of the runtime's modules that the types of a file use.
fn support(printer: &TypePrinter<'_>, defs: &[&TypeDef]) -> Option<TokenStream> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for def in defs {
        names.extend(match &def.body {
            TypeBody::Alias(_) => &[][..],
            TypeBody::Wrapper(target) if printer.change(target).is_some() => {
                &["chrono_values", "wire"]
            }
            TypeBody::ValueEnum(_) => &["value_enum", "wire"],
            TypeBody::Tuple(_) => &["tuple", "wire"],
            _ => &["wire"],
        });
    }
    let names: Vec<_> = names.into_iter().collect();
    (!names.is_empty()).then(|| imported(&quote!(use crate::runtime), &names))
}
