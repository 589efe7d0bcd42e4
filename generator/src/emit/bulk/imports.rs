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

/// Returns the imports of the file.
pub(super) fn uses(api: &Api, batches: &[(&Operation, &Batch)]) -> Vec<TokenStream> {
    let home = &home(api);
    let replies = batches.iter().flat_map(|(operation, _)| {
        let tag = ident(&operation.tag.rust);
        let names = enums(operation).into_iter().map(ident);
        names.map(move |name| quote!(use #home::client::#tag::#name;))
    });
    let mut lines: Vec<_> = replies.collect();
    lines.push(quote!(use #home::operation;));
    lines.push(match api.home {
        Some(_) => quote!(use #home::client::Client;),
        None => quote!(
            use crate::runtime::client::Client;
        ),
    });
    lines.push(quote!(use #home::types;));
    lines
}
