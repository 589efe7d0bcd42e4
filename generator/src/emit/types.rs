//! `types/`: a file for each component schema with its inline children, and the list of them.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::names::{Imports, Seat, Writer, ident};
use super::{
    Item, LazyModule, Module, alias, integer_enum, string_enum, structs, tuple, union, value_enum,
};
use crate::ir::{Api, TypeBody, TypeDef};

/// All files under `types/`.
pub(super) fn modules(api: &Api) -> Vec<LazyModule<'_>> {
    let mut files: BTreeMap<&str, Vec<&TypeDef>> = BTreeMap::new();
    for def in &api.types {
        files.entry(&def.module).or_default().push(def);
    }
    let names: Vec<&str> = files.keys().copied().collect();
    let mut modules: Vec<LazyModule<'_>> = vec![Box::new(move || index(&names))];
    for (module, defs) in files {
        modules.push(Box::new(move || file(api, module, &defs)));
    }
    modules
}

/// `types/mod.rs`
fn index(names: &[&str]) -> Module {
    let declarations = names.iter().map(|module| {
        let module = ident(module);
        quote!(mod #module;)
    });
    // by name the list would change with every inline schema
    let exports = names.iter().map(|module| {
        let module = ident(module);
        quote!(pub use #module::*;)
    });
    Module {
        path: "src/types/mod.rs".to_owned(),
        docs: vec!["The schemas of the description.".to_owned()],
        attributes: Vec::new(),
        items: vec![
            Item::Block(declarations.collect()),
            Item::Block(exports.collect()),
        ],
    }
}

/// `pub use product::Product;`, or with braces when there are several names.
pub(super) fn imported(head: &TokenStream, names: &[&str]) -> TokenStream {
    let idents = names.iter().map(|name| ident(name));
    match names {
        [one] => {
            let one = ident(one);
            quote!(#head::#one;)
        }
        _ => quote!(#head::{#(#idents),*};),
    }
}

fn file(api: &Api, module: &str, defs: &[&TypeDef]) -> Module {
    let writer = Writer {
        api,
        seat: Seat::Types,
        defined: defs.iter().map(|def| def.name.rust.as_str()).collect(),
    };
    let mut imports = Imports::default();
    for ty in defs.iter().flat_map(|def| def.body.parts()) {
        imports.add(api, ty);
    }
    for def in defs {
        imports.siblings.remove(&def.name.rust);
        imports.map |= matches!(&def.body, TypeBody::Struct(body) if body.rest.is_some());
    }
    // where a schema has this name, the path is written out
    imports.map &= !writer.defined.contains("BTreeMap");
    let mut items = uses(&imports, defs);
    for def in defs {
        items.extend(match &def.body {
            TypeBody::Struct(body) => structs::items(&writer, def, body),
            TypeBody::StringEnum(body) => string_enum::items(&writer, def, body),
            TypeBody::IntegerEnum(body) => integer_enum::items(&writer, def, body),
            TypeBody::ValueEnum(body) => value_enum::items(&writer, def, body),
            TypeBody::Tuple(body) => tuple::items(&writer, def, body),
            TypeBody::Union(body) => union::items(&writer, def, body),
            TypeBody::Alias(target) => alias::items(&writer, def, target),
            TypeBody::Wrapper(target) => alias::wrapper(&writer, def, target),
        });
    }
    Module {
        path: format!("src/types/{module}.rs"),
        docs: Vec::new(),
        attributes: Vec::new(),
        items,
    }
}

/// The items of a type. The word that makes it an ordinary serde type stands right behind what it works with.
pub(super) fn items(mut tokens: Vec<TokenStream>, word: TokenStream) -> Vec<Item> {
    let last = tokens.pop();
    let mut items: Vec<_> = tokens.into_iter().map(Item::Alone).collect();
    items.push(Item::Block(last.into_iter().chain([word]).collect()));
    items
}

fn uses(imports: &Imports, defs: &[&TypeDef]) -> Vec<Item> {
    let mut items = Vec::new();
    if imports.map {
        items.push(Item::Block(vec![quote!(
            use std::collections::BTreeMap;
        )]));
    }
    let mut block = Vec::new();
    if !imports.siblings.is_empty() {
        let names: Vec<_> = imports.siblings.iter().map(String::as_str).collect();
        block.push(imported(&quote!(use super), &names));
    }
    block.extend(support(defs));
    if !block.is_empty() {
        items.push(Item::Block(block));
    }
    items
}

/// The parts of the runtime that the types of a file are made with.
fn support(defs: &[&TypeDef]) -> Option<TokenStream> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for def in defs {
        names.extend(match def.body {
            TypeBody::Alias(_) => &[][..],
            TypeBody::ValueEnum(_) => &["value_enum", "wire"],
            TypeBody::Tuple(_) => &["tuple", "wire"],
            _ => &["wire"],
        });
    }
    let names: Vec<_> = names.into_iter().collect();
    (!names.is_empty()).then(|| imported(&quote!(use crate::runtime), &names))
}
