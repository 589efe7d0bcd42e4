//! `lib.rs`: the crate's documentation, modules and exports.

mod features;
mod left_out;

use std::collections::{BTreeMap, BTreeSet};

use oasmith_runtime::{EXPORTS, Export, Part};
use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::gates;
use super::module::{Item, Module};
use super::names::{ident, imported};
use super::paragraphs::Paragraphs;
use super::runtime::needs;
use crate::ir::{Api, Gate, SchemeKind};
use crate::name;
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

/// Emits `lib.rs`.
pub(super) fn module(api: &Api, options: &Options) -> Module {
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
        items: vec![Item::Block(declarations(api)), Item::Block(exports(api))],
    }
}

/// Documents the crate: title, version and description of the document, and an example.
fn documentation(api: &Api, options: &Options) -> Vec<String> {
    let mut text = Paragraphs::default();
    let title = docs::code(&api.info.title);
    text.line(match api.info.version.as_str() {
        "" => format!("Client for {title}."),
        version => format!("Client for {title}, version {}.", docs::code(version)),
    });
    text.text(api.info.description.as_deref().unwrap_or_default());
    text.line("Calls start at [`Client`]; the types of the schemas are in [`types`].");
    if let Some(limit) = api.recursion_limit {
        text.line(format!(
            "The types are nested deeply. A crate in which rustc reports an overflow needs the line \
            `#![recursion_limit = \"{limit}\"]`, as this one has."
        ));
    }
    let mut lines = text.lines();
    lines.push(String::new());
    lines.extend(example(api, options));
    let mut more = Paragraphs::default();
    features::section(api, &mut more);
    left_out::sections(api, &mut more);
    let more = more.lines();
    lines.extend((!more.is_empty()).then(String::new));
    lines.extend(more);
    lines
}

/// Returns an example that builds a client with the first security scheme; `options` has checked the package's name.
fn example(api: &Api, options: &Options) -> Vec<String> {
    let package = options.package.replace('-', "_");
    let base_url = if api.base_url.is_none() {
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
        format!("# Ok::<(), {package}::SetupError>(())"),
        "```".to_owned(),
    ]
    .into()
}

fn declarations(api: &Api) -> Vec<TokenStream> {
    let bulk = needs(api).contains(&Part::Bulk).then(|| {
        quote!(
            pub mod bulk;
        )
    });
    let headers = quote!(
        pub mod headers;
    );
    let headers = (!api.headers.is_empty()).then_some(headers);
    let client = quote!(
        mod client;
    );
    let operation = quote! {
        #[allow(missing_debug_implementations, reason = "they have no values")]
        mod operation;
    };
    let operation = (!api.operations.is_empty()).then_some(operation);
    let others = [
        quote! {
            #[allow(dead_code, unused_imports, unused_macros, reason = "a document needs only a part of it")]
            mod runtime;
        },
        quote! {
            #[allow(missing_docs, reason = "a document does not describe every member")]
            pub mod types;
        },
    ];
    let first = bulk.into_iter().chain([client]).chain(headers);
    first.chain(operation).chain(others).collect()
}

fn exports(api: &Api) -> Vec<TokenStream> {
    let mut tags: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for operation in &api.operations {
        let own = operation.own_types();
        tags.entry(&operation.tag.rust).or_default().extend(own);
    }
    let mut block = Vec::new();
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    for (tag, names) in tags.iter().filter(|(_, names)| !names.is_empty()) {
        let condition = gates::attribute(&gates::of_tag(api, tag));
        let tag = ident(tag);
        let listed: Vec<_> = names.iter().copied().collect();
        let line = imported(&quote!(pub use client::#tag), &listed);
        block.push(quote!(#condition #line));
        taken.extend(names);
    }
    for one in runtime(api) {
        block.push(export(one));
        taken.extend(one.names);
    }
    let is_shown = |rust: &str| !name::is_prelude(rust) && !taken.contains(rust);
    let (mut shown, mut is_hidden) = (BTreeMap::<Gate, Vec<&str>>::new(), false);
    for def in &api.types {
        let (names, hidden): (Vec<_>, Vec<_>) = def.names().partition(|rust| is_shown(rust));
        is_hidden |= !hidden.is_empty();
        if !names.is_empty() {
            let gate = gates::of_types(api, &def.module);
            shown.entry(gate).or_default().extend(names);
        }
    }
    if !is_hidden && !shown.is_empty() {
        block.push(quote!(
            pub use types::*;
        ));
        return block;
    }
    for (gate, mut names) in shown {
        // a name with another meaning at the root rules out the glob
        names.sort_unstable();
        let condition = gates::attribute(&gate);
        let line = imported(&quote!(pub use types), &names);
        block.push(quote!(#condition #line));
    }
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
