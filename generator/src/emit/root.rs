//! `lib.rs`: the crate's documentation, modules and exports.

mod document;
mod features;
mod joined;
mod left_out;

use std::collections::BTreeSet;

use document::{declarations, operation_names, operation_types, parts, schema_types, title};
use oasmith_runtime::{EXPORTS, Export};
use proc_macro2::TokenStream;
use quote::quote;

use super::module::{Item, LazyModule, Module};
use super::names::{ident, imported};
use super::paragraphs::Paragraphs;
use super::runtime::needs;
use crate::ir::{Api, SchemeKind};
use crate::options::Options;

/// Lints that depend on the document and not on the generator, with the reason. At most eight.
const ALLOWED: [(&str, &str); 4] = [
    (
        "clippy::doc_lazy_continuation, clippy::doc_overindented_list_items",
        "descriptions are copied from the document",
    ),
    (
        "clippy::large_enum_variant, clippy::too_many_arguments",
        "schemas decide how large types are and what they require",
    ),
    (
        "clippy::disallowed_names, clippy::should_implement_trait, clippy::wrong_self_convention",
        "names come from the document",
    ),
    (
        "deprecated",
        "deprecated members are still read and written",
    ),
];

/// Emits `lib.rs`, and for several documents the file that declares the modules of each.
pub(super) fn modules<'a>(api: &'a Api, options: &'a Options) -> Vec<LazyModule<'a>> {
    let root: LazyModule<'a> = Box::new(move || module(api, options));
    let documents = api.joined.iter().flat_map(|joined| joined::modules(joined));
    std::iter::once(root).chain(documents).collect()
}

/// Emits `lib.rs`.
fn module(api: &Api, options: &Options) -> Module {
    let lints = ALLOWED.iter().map(|(lints, reason)| {
        // our own table, so it parses
        let lints: TokenStream = lints.parse().unwrap_or_default();
        quote!(#![allow(#lints, reason = #reason)])
    });
    let limit = api.recursion_limit.map(|limit| {
        let limit = limit.to_string();
        quote!(#![recursion_limit = #limit])
    });
    // docs.rs shows which feature an item needs
    let shown = api
        .features
        .as_ref()
        .map(|_| quote!(#![cfg_attr(docsrs, feature(doc_cfg))]));
    Module {
        path: "src/lib.rs".to_owned(),
        docs: documentation(api, options),
        attributes: std::iter::once(quote!(#![deny(missing_docs)]))
            .chain(lints)
            .chain(shown)
            .chain(limit)
            .collect(),
        items: match &api.joined {
            Some(joined) => vec![
                Item::Block(joined::declarations(joined)),
                Item::Block(runtime(api).into_iter().map(export).collect()),
            ],
            None => vec![Item::Block(declarations(api)), Item::Block(exports(api))],
        },
    }
}

/// Documents the crate: title, version and description of the document, and an example.
fn documentation(api: &Api, options: &Options) -> Vec<String> {
    let mut text = Paragraphs::default();
    if let Some(joined) = &api.joined {
        joined::introduction(joined, &mut text);
    } else {
        introduction(api, &mut text);
    }
    if let Some(limit) = api.recursion_limit {
        text.line(format!(
            "The types are nested deeply. A crate in which rustc reports an overflow needs the line \
            `#![recursion_limit = \"{limit}\"]`, as this one has."
        ));
    }
    let mut lines = text.lines();
    lines.push(String::new());
    lines.extend(example(api, options));
    lines.extend(parts(api));
    lines
}

/// Adds title, version and description of the document, and where to start.
fn introduction(api: &Api, text: &mut Paragraphs) {
    title(api, text);
    text.line("Calls start at [`Client`]; the types of the schemas are in [`types`].");
}

/// Returns an example that builds a client with the first security scheme; `options` has checked the package's name.
fn example(api: &Api, options: &Options) -> Vec<String> {
    let package = options.package.replace('-', "_");
    let has_base = |api: &&Api| api.base_url.is_some();
    let base_url = if !api.documents().iter().all(has_base) {
        ".base_url(\"https://example.com\")"
    } else {
        ""
    };
    let credential = match api.schemes.first() {
        None => String::new(),
        Some(scheme) if scheme.kind == SchemeKind::Basic => {
            format!(".{}(\"user\", \"password\")", scheme.method())
        }
        Some(scheme) => format!(".{}(\"…\")", scheme.method()),
    };
    [
        "```".to_owned(),
        format!("let client = {package}::Client::builder(){base_url}{credential}.build()?;"),
    ]
    .into_iter()
    .chain(api.joined.iter().flat_map(|joined| joined::example(joined)))
    .chain([
        format!("# Ok::<(), {package}::SetupError>(())"),
        "```".to_owned(),
    ])
    .collect()
}

fn exports(api: &Api) -> Vec<TokenStream> {
    let mut block = operation_types(api);
    let mut taken: BTreeSet<&str> = operation_names(api);
    for one in runtime(api) {
        block.push(export(one));
        taken.extend(one.names);
    }
    block.extend(schema_types(api, &taken));
    block
}

/// Returns what the root exports of the runtime: what every output has, then what only some have.
fn runtime(api: &Api) -> Vec<&'static Export> {
    let needs = needs(api);
    let is_there = |export: &&Export| export.part.is_none_or(|part| needs.contains(&part));
    EXPORTS.iter().filter(is_there).collect()
}

/// `pub use runtime::call::{ApiError, Call};`
fn export(export: &Export) -> TokenStream {
    let module = ident(export.module);
    let condition = export
        .feature
        .map(|feature| quote!(#[cfg(feature = #feature)]));
    let line = if export.names.is_empty() {
        quote!(pub use runtime::#module;)
    } else {
        imported(&quote!(pub use runtime::#module), export.names)
    };
    quote!(#condition #line)
}
