//! What the file of the batch operations imports.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::module::home;
use crate::emit::names::ident;
use crate::ir::{Api, Batch, Failure, Operation, Success};

/// Returns the enums of an operation with several successes or failures.
pub(super) fn enums(operation: &Operation) -> Vec<&str> {
    let success = match &operation.success {
        Success::Several { name, .. } => Some(name.as_str()),
        Success::One(_) => None,
    };
    let failure = match &operation.failure {
        Failure::Several { name, .. } => Some(name.as_str()),
        Failure::One { .. } | Failure::Undeclared => None,
    };
    success.into_iter().chain(failure).collect()
}

/// Returns the imports of the file, with the name that each is used by.
pub(super) fn uses<'a>(
    api: &Api,
    batches: &[(&'a Operation, &Batch)],
) -> Vec<(&'a str, TokenStream)> {
    let home = &home(api);
    let replies = batches.iter().flat_map(|(operation, _)| {
        let tag = ident(&operation.tag.rust);
        enums(operation).into_iter().map(move |text| {
            let name = ident(text);
            (text, quote!(use #home::client::#tag::#name;))
        })
    });
    let mut lines: Vec<_> = replies.collect();
    let client = match api.home {
        Some(_) => quote!(use #home::client::Client;),
        None => quote!(
            use crate::runtime::client::Client;
        ),
    };
    lines.extend([
        ("operation", quote!(use #home::operation;)),
        ("Client", client),
        ("types", quote!(use #home::types;)),
    ]);
    lines
}
