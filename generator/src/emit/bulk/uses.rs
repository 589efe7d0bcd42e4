//! The imports of `bulk.rs`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::names::ident;
use crate::ir::{Batch, Failure, Operation, Success};

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

/// Returns the imports with the name that each is used by.
pub(super) fn lines<'a>(batches: &[(&'a Operation, &Batch)]) -> Vec<(&'a str, TokenStream)> {
    let replies = batches.iter().flat_map(|(operation, _)| {
        let tag = ident(&operation.tag.rust);
        enums(operation).into_iter().map(move |text| {
            let name = ident(text);
            (text, quote!(use crate::client::#tag::#name;))
        })
    });
    let mut lines: Vec<_> = replies.collect();
    lines.extend([
        (
            "operation",
            quote!(
                use crate::operation;
            ),
        ),
        (
            "Client",
            quote!(
                use crate::runtime::client::Client;
            ),
        ),
        (
            "types",
            quote!(
                use crate::types;
            ),
        ),
    ]);
    lines
}
