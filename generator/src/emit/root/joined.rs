//! The root of a crate of several documents, and the file that declares the modules of each.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::document::{self, operation_names, operation_types, parts, schema_types};
use crate::emit::docs;
use crate::emit::module::{Item, LazyModule, Module, path};
use crate::emit::names::ident;
use crate::emit::paragraphs::Paragraphs;
use crate::ir::{Api, Joined, JoinedPart, JoinedType};
use crate::name;

/// The name of the module with the types that several documents have.
const COMMON: &str = "common";

/// Adds what the crate is, and its modules.
pub(super) fn introduction(joined: &Joined, text: &mut Paragraphs) {
    text.line("A client for several descriptions, with a module for each:");
    let part = |part: &JoinedPart| {
        let info = &part.api.info;
        let version = match info.version.as_str() {
            "" => String::new(),
            version => format!(", version {}", docs::code(version)),
        };
        format!("[`{}`]: {}{version}", part.name, docs::code(&info.title))
    };
    text.list(joined.parts.iter().map(part).collect());
    text.line(
        "Calls start at [`Client`], which has a method for each module: it returns the client with the operations. All \
         share connections, credentials, limits and the retry budget.",
    );
    if !joined.common.types.is_empty() {
        text.line("The types that several descriptions have are in [`common`], and in the module of each.");
    }
}

/// Returns the line of the example that takes the client of the first document.
pub(super) fn example(joined: &Joined) -> Option<String> {
    let part = joined.parts.first()?;
    Some(format!("let {0} = client.{0}();", part.name))
}

/// Declares the modules of the crate.
pub(super) fn declarations(joined: &Joined) -> Vec<TokenStream> {
    let mut names: Vec<&str> = joined.parts.iter().map(|part| part.name.as_str()).collect();
    names.extend((!joined.common.types.is_empty()).then_some(COMMON));
    names.sort_unstable();
    let modules = names.into_iter().map(|name| {
        let name = ident(name);
        quote!(pub mod #name;)
    });
    let client = quote!(
        mod client;
    );
    std::iter::once(client)
        .chain(modules)
        .chain([document::runtime_module()])
        .collect()
}

/// Returns the files that declare the modules of each document, and of `common`.
pub(super) fn modules(joined: &Joined) -> Vec<LazyModule<'_>> {
    let parts = joined.parts.iter();
    let parts = parts.map(|one| -> LazyModule<'_> { Box::new(move || part(&one.name, &one.api)) });
    let common = || -> LazyModule<'_> { Box::new(move || common(joined)) };
    let common = (!joined.common.types.is_empty()).then(common);
    parts.chain(common).collect()
}

fn part(name: &str, api: &Api) -> Module {
    let mut text = Paragraphs::default();
    document::title(api, &mut text);
    text.line(format!(
        "Calls start at [`Client`], which [`crate::Client::{name}`] returns; the types of the schemas are in [`types`]."
    ));
    let mut docs = text.lines();
    docs.extend(parts(api));
    let mut taken: BTreeSet<&str> = operation_names(api);
    taken.insert("Client");
    let mut exports = operation_types(api);
    exports.insert(
        0,
        quote!(
            pub use client::Client;
        ),
    );
    exports.extend(schema_types(api, &taken));
    Module {
        path: path(api, "mod.rs"),
        docs,
        attributes: Vec::new(),
        items: vec![
            Item::Block(document::declarations(api)),
            Item::Block(exports),
        ],
    }
}

/// Emits `common/mod.rs`, which lists what was joined.
fn common(joined: &Joined) -> Module {
    let mut text = Paragraphs::default();
    text.line("The types that several descriptions have: equal in name and structure.");
    text.line("Each is in the module of each of these descriptions, too:");
    text.list(
        joined
            .types
            .iter()
            .zip(&joined.common.types)
            .map(|(one, def)| line(one, &def.name.rust))
            .collect(),
    );
    let exports = schema_types(&joined.common, &BTreeSet::new());
    Module {
        path: path(&joined.common, "mod.rs"),
        docs: text.lines(),
        attributes: Vec::new(),
        items: vec![
            Item::Block(vec![document::types_module()]),
            Item::Block(exports.into_iter().collect()),
        ],
    }
}

/// `` [`Paging`]: `deals`, `products`. ``
fn line(one: &JoinedType, rust: &str) -> String {
    let modules = |names: &[String]| {
        let names = names.iter().map(|name| format!("`{name}`"));
        names.collect::<Vec<_>>().join(", ")
    };
    let other_name = if one.name == rust {
        String::new()
    } else {
        format!(" as `{}`", one.name)
    };
    let texts = if one.other_texts.is_empty() {
        String::new()
    } else {
        format!(
            "; the texts are those of `{}`, and differ in {}",
            one.described_by,
            modules(&one.other_texts)
        )
    };
    let link = if name::is_prelude(rust) {
        format!("[`types::{rust}`]")
    } else {
        format!("[`{rust}`]")
    };
    format!("{link}: {}{other_name}{texts}.", modules(&one.modules))
}
