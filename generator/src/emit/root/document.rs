//! The parts of a file that declares the modules of a document: the crate's root, or that of one of several.

use std::collections::{BTreeMap, BTreeSet};

use oasmith_runtime::Part;
use proc_macro2::TokenStream;
use quote::quote;

use super::{features, left_out};
use crate::emit::docs;
use crate::emit::gates;
use crate::emit::names::{ident, imported};
use crate::emit::paragraphs::Paragraphs;
use crate::emit::runtime::needs;
use crate::ir::{Api, Gate};
use crate::name;

/// Says which parts are cargo features, and what the description has and the client has not, after a blank line.
pub(super) fn parts(api: &Api) -> Vec<String> {
    let mut parts = Paragraphs::default();
    features::section(api, &mut parts);
    left_out::sections(api, &mut parts);
    let lines = parts.lines();
    let gap = (!lines.is_empty()).then(String::new);
    gap.into_iter().chain(lines).collect()
}

/// Adds title, version and description of the document.
pub(super) fn title(api: &Api, text: &mut Paragraphs) {
    let title = docs::code(&api.info.title);
    text.line(match api.info.version.as_str() {
        "" => format!("Client for {title}."),
        version => format!("Client for {title}, version {}.", docs::code(version)),
    });
    text.text(api.info.description.as_deref().unwrap_or_default());
}

pub(super) fn declarations(api: &Api) -> Vec<TokenStream> {
    let bulk = needs(api).contains(&Part::Bulk).then(|| {
        quote!(
            pub mod bulk;
        )
    });
    let headers = quote!(
        pub mod headers;
    );
    let headers = (!api.headers.is_empty()).then_some(headers);
    let client = match api.home {
        // the service of a part is named by that of the whole
        Some(_) => quote!(
            pub(crate) mod client;
        ),
        None => quote!(
            mod client;
        ),
    };
    let operation = quote! {
        #[allow(missing_debug_implementations, reason = "they have no values")]
        mod operation;
    };
    let operation = (!api.operations.is_empty()).then_some(operation);
    let runtime = api.home.is_none().then(runtime_module);
    let first = bulk.into_iter().chain([client]).chain(headers);
    first
        .chain(operation)
        .chain(runtime)
        .chain([types_module()])
        .collect()
}

pub(super) fn runtime_module() -> TokenStream {
    quote! {
        #[allow(dead_code, unused_imports, unused_macros, reason = "a document needs only a part of it")]
        mod runtime;
    }
}

pub(super) fn types_module() -> TokenStream {
    quote! {
        #[allow(missing_docs, reason = "a document does not describe every member")]
        pub mod types;
    }
}

/// Returns the names of the types that only one operation has.
pub(super) fn operation_names(api: &Api) -> BTreeSet<&str> {
    let operations = api.operations.iter();
    operations
        .flat_map(|operation| operation.own_types())
        .collect()
}

/// Exports the types that only one operation has.
pub(super) fn operation_types(api: &Api) -> Vec<TokenStream> {
    let mut tags: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for operation in &api.operations {
        let own = operation.own_types();
        tags.entry(&operation.tag.rust).or_default().extend(own);
    }
    let tags = tags.iter().filter(|(_, names)| !names.is_empty());
    tags.map(|(tag, names)| {
        let condition = gates::attribute(&gates::of_tag(api, tag));
        let tag = ident(tag);
        let listed: Vec<_> = names.iter().copied().collect();
        let line = imported(&quote!(pub use client::#tag), &listed);
        quote!(#condition #line)
    })
    .collect()
}

/// Exports the types of the schemas but for those whose name is taken.
pub(super) fn schema_types(api: &Api, taken: &BTreeSet<&str>) -> Vec<TokenStream> {
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
    let any = shown.keys().cloned().reduce(Gate::or);
    if let (false, Some(gate)) = (is_hidden, any) {
        // where no type is always compiled, the glob may have nothing to export
        let condition = gates::attribute(&gate);
        return vec![quote!(
            #condition
            pub use types::*;
        )];
    }
    let lines = shown.into_iter().map(|(gate, mut names)| {
        // a name with another meaning at the root rules out the glob
        names.sort_unstable();
        let condition = gates::attribute(&gate);
        let line = imported(&quote!(pub use types), &names);
        quote!(#condition #line)
    });
    lines.collect()
}
