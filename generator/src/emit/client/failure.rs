//! The enum of an operation with several types of error responses, selected by status.

use quote::quote;

use super::response::{arm_by_status, variants as definitions};
use crate::emit::module::Item;
use crate::emit::names::{doc, ident};
use crate::emit::type_names::TypePrinter;
use crate::ir::{Failure, Operation, Status};

/// Emits the items of the enum; none for an operation with one type of error responses.
pub(super) fn items(printer: &TypePrinter<'_>, operation: &Operation) -> Vec<Item> {
    let Failure::Several { name, variants } = &operation.failure else {
        return Vec::new();
    };
    let name = ident(name);
    let docs = doc(&[format!(
        "Error responses of [`Client::{}`].",
        operation.name.rust
    )]);
    let definitions = definitions(printer, variants);
    let arms = variants
        .iter()
        .map(|variant| arm_by_status(printer, variant, variants, false));
    let otherwise = variants
        .iter()
        .all(|variant| variant.status != Status::Default);
    let otherwise = otherwise.then(|| quote!(_ => response::undeclared(reply),));
    vec![
        Item::Alone(quote! {
            #docs
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            pub enum #name { #(#definitions)* }
        }),
        Item::Alone(quote! {
            impl #name {
                #[inline]
                fn from_response(reply: &response::Received<'_>) -> wire::Read<Self> {
                    match reply.status.as_u16() { #(#arms)* #otherwise }
                }
            }
        }),
    ]
}
