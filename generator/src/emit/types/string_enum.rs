//! Enums of strings.

use proc_macro2::TokenStream;
use quote::quote;

use super::items;
use crate::emit::docs;
use crate::emit::module::Item;
use crate::emit::names::{doc, ident};
use crate::emit::paragraphs::Paragraphs;
use crate::emit::type_names::TypePrinter;
use crate::ir::{StringEnum, TypeDef};

/// Emits the enum and its conversions.
pub(super) fn items(printer: &TypePrinter<'_>, def: &TypeDef, body: &StringEnum) -> Vec<Item> {
    let text = Paragraphs::of_type(def);
    let (docs, name) = (doc(&text.lines()), ident(&def.name.rust));
    let default = items::default_of(&def.body);
    let variants = body.values.iter().map(|value| {
        let (docs, name) = (
            doc(&[docs::code(&value.name.wire)]),
            ident(&value.name.rust),
        );
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
    let attributes = if body.open {
        quote! {
            #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[non_exhaustive]
        }
    } else {
        quote!(#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash #default)])
    };
    let mut tokens = vec![quote!(#docs #attributes pub enum #name { #(#variants)* #unknown })];
    let word = if body.open {
        tokens.extend(open(printer, def, body));
        quote!(wire::string_enum!(#name);)
    } else {
        tokens.push(closed(def, body));
        quote!(wire::closed_string_enum!(#name);)
    };
    items::with_macro(tokens, word)
}

fn open(printer: &TypePrinter<'_>, def: &TypeDef, body: &StringEnum) -> [TokenStream; 2] {
    let name = ident(&def.name.rust);
    let (from, string) = (printer.std("From"), printer.std("String"));
    let texts = arms(body, |variant, wire| quote!(Self::#variant => #wire,));
    let values = arms(body, |variant, wire| quote!(#wire => Self::#variant,));
    [
        quote! {
            impl #name {
                /// Returns the string that the JSON has.
                pub fn as_str(&self) -> &str {
                    match self {
                        #(#texts)*
                        Self::Unknown(text) => text,
                    }
                }
            }
        },
        quote! {
            impl #from<#string> for #name {
                fn from(text: #string) -> Self {
                    match text.as_str() {
                        #(#values)*
                        _ => Self::Unknown(text),
                    }
                }
            }
        },
    ]
}

fn closed(def: &TypeDef, body: &StringEnum) -> TokenStream {
    let name = ident(&def.name.rust);
    let rows = arms(body, |variant, wire| quote!((Self::#variant, #wire)));
    quote! {
        impl #name {
            /// All values with their strings in the JSON, in document order.
            pub const ALL: &'static [(Self, &'static str)] = &[#(#rows),*];
        }
    }
}

fn arms(
    body: &StringEnum,
    arm: impl Fn(proc_macro2::Ident, &str) -> TokenStream,
) -> Vec<TokenStream> {
    body.values
        .iter()
        .map(|value| arm(ident(&value.name.rust), &value.name.wire))
        .collect()
}
