//! Enums of values that are neither all strings nor all integers.

use quote::quote;

use super::items;
use crate::emit::module::Item;
use crate::emit::names::{doc, ident};
use crate::emit::paragraphs::Paragraphs;
use crate::emit::type_names::TypePrinter;
use crate::ir::{TypeDef, ValueEnum};

/// Emits the enum and its values as JSON.
pub(super) fn items(printer: &TypePrinter<'_>, def: &TypeDef, body: &ValueEnum) -> Vec<Item> {
    let text = Paragraphs::of_type(def);
    let (docs, name) = (doc(&text.lines()), ident(&def.name.rust));
    let default = items::default_of(&def.body);
    let variants = body.values.iter().map(|value| {
        let docs = items::value_docs(&value.name.wire, value.description.as_deref());
        let variant = ident(&value.name.rust);
        let marked = default.is_some().then(|| quote!(#[default]));
        quote!(#docs #marked #variant,)
    });
    let unknown = body.open.then(|| {
        quote! {
            /// A value that the schema does not list, as received.
            Unknown(serde_json::Value),
        }
    });
    let open = body.open.then(|| quote!(#[non_exhaustive]));
    let rows = body.values.iter().map(|value| {
        let (variant, json) = (ident(&value.name.rust), &value.name.wire);
        quote!((Self::#variant, #json))
    });
    let option = printer.option(&quote!(Self));
    let unknown_value = printer.option(&quote!(&serde_json::Value));
    let functions = if body.open {
        quote! {
            fn from_unknown(value: serde_json::Value) -> #option {
                Some(Self::Unknown(value))
            }
            fn unknown(&self) -> #unknown_value {
                match self {
                    Self::Unknown(value) => Some(value),
                    _ => None,
                }
            }
        }
    } else {
        quote! {
            fn from_unknown(_: serde_json::Value) -> #option {
                None
            }
            fn unknown(&self) -> #unknown_value {
                None
            }
        }
    };
    let tokens = vec![
        quote!(#docs #[derive(Debug, Clone, PartialEq #default)] #open pub enum #name { #(#variants)* #unknown }),
        quote! {
            impl value_enum::ValueEnum for #name {
                const VALUES: &'static [(Self, &'static str)] = &[#(#rows),*];
                #functions
            }
        },
    ];
    items::with_macro(tokens, quote!(value_enum::value_enum!(#name);))
}
