//! Enums of integers.

use proc_macro2::Literal;
use quote::quote;

use super::items;
use crate::emit::module::Item;
use crate::emit::names::{doc, ident};
use crate::emit::paragraphs::Paragraphs;
use crate::ir::{IntegerEnum, TypeDef};

/// Emits the enum and the table of its values; a macro of the runtime has the conversions.
pub(super) fn items(def: &TypeDef, body: &IntegerEnum) -> Vec<Item> {
    let text = Paragraphs::of_type(def);
    let (docs, name) = (doc(&text.lines()), ident(&def.name.rust));
    let default = items::default_of(&def.body);
    let variants = body.values.iter().map(|value| {
        let docs = items::value_docs(&value.value.to_string(), value.description.as_deref());
        let variant = ident(&value.rust);
        let marked = default.is_some().then(|| quote!(#[default]));
        quote!(#docs #marked #variant,)
    });
    let unknown = body.open.then(|| {
        quote! {
            /// A value that the schema does not list, as received.
            Unknown(i64),
        }
    });
    let (attributes, word) = if body.open {
        let attributes = quote! {
            #[derive(Debug, Clone, Copy)]
            #[non_exhaustive]
        };
        (attributes, quote!(wire::integer_enum!(#name);))
    } else {
        let derives =
            quote!(#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash #default)]);
        (derives, quote!(wire::closed_integer_enum!(#name);))
    };
    let rows = body.values.iter().map(|value| {
        let (variant, number) = (ident(&value.rust), Literal::i64_unsuffixed(value.value));
        quote!((Self::#variant, #number))
    });
    let tokens = vec![
        quote!(#docs #attributes pub enum #name { #(#variants)* #unknown }),
        quote! {
            impl #name {
                /// All listed values with their integers in the JSON.
                pub const ALL: &'static [(Self, i64)] = &[#(#rows),*];
            }
        },
    ];
    items::with_macro(tokens, word)
}
