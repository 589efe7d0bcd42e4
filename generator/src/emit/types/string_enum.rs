//! Enums of strings.

use quote::quote;

use super::items;
use crate::emit::module::Item;
use crate::emit::names::{doc, ident};
use crate::emit::paragraphs::Paragraphs;
use crate::emit::type_names::TypePrinter;
use crate::ir::{StringEnum, TypeDef};

/// Emits the enum and the table of its values; a macro of the runtime has the conversions.
pub(super) fn items(printer: &TypePrinter<'_>, def: &TypeDef, body: &StringEnum) -> Vec<Item> {
    let text = Paragraphs::of_type(def);
    let (docs, name) = (doc(&text.lines()), ident(&def.name.rust));
    let default = items::default_of(&def.body);
    let variants = body.values.iter().map(|value| {
        let docs = items::value_docs(&value.name.wire, value.description.as_deref());
        let name = ident(&value.name.rust);
        let marked = default.is_some().then(|| quote!(#[default]));
        quote!(#docs #marked #name,)
    });
    let unknown = body.open.then(|| {
        let text = printer.std("String");
        quote! {
            /// A value that the schema does not list, as received.
            Unknown(#text),
        }
    });
    let (attributes, word) = if body.open {
        let attributes = quote! {
            #[derive(Debug, Clone)]
            #[non_exhaustive]
        };
        (attributes, quote!(wire::string_enum!(#name);))
    } else {
        let derives =
            quote!(#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash #default)]);
        (derives, quote!(wire::closed_string_enum!(#name);))
    };
    let rows = body.values.iter().map(|value| {
        let (variant, wire) = (ident(&value.name.rust), &value.name.wire);
        quote!((Self::#variant, #wire))
    });
    let tokens = vec![
        quote!(#docs #attributes pub enum #name { #(#variants)* #unknown }),
        quote! {
            impl #name {
                /// All listed values with their strings in the JSON.
                pub const ALL: &'static [(Self, &'static str)] = &[#(#rows),*];
            }
        },
    ];
    items::with_macro(tokens, word)
}
