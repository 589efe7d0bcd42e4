//! Strings with listed values.

use proc_macro2::TokenStream;
use quote::quote;

use super::names::{Writer, doc, ident};
use super::paragraphs::Paragraphs;
use super::{Item, docs};
use crate::ir::{TextEnum, TypeDef};

/// The enum, its texts, and the way back.
pub(super) fn items(writer: &Writer<'_>, def: &TypeDef, body: &TextEnum) -> Vec<Item> {
    let mut text = Paragraphs::of(&def.docs);
    text.line(format!("Schema {}.", docs::code(&def.name.wire)));
    let (docs, name) = (doc(&text.lines()), ident(&def.name.rust));
    let default = super::default_of(&def.body);
    let variants = body.values.iter().map(|value| {
        let (docs, name) = (
            doc(&[docs::code(&value.name.wire)]),
            ident(&value.name.rust),
        );
        let marked = default.is_some().then(|| quote!(#[default]));
        quote!(#docs #marked #name,)
    });
    let unknown = body.open.then(|| {
        let text = writer.std("String");
        quote! {
            /// A value that the description does not list, as it was received.
            Unknown(#text),
        }
    });
    let attributes = match body.open {
        true => quote! {
            #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[non_exhaustive]
        },
        false => {
            quote!(#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash #default)])
        }
    };
    let mut items = vec![Item::Alone(
        quote!(#docs #attributes pub enum #name { #(#variants)* #unknown }),
    )];
    items.extend(match body.open {
        true => open(writer, def, body),
        false => closed(writer, def, body),
    });
    items
}

fn open(writer: &Writer<'_>, def: &TypeDef, body: &TextEnum) -> Vec<Item> {
    let name = ident(&def.name.rust);
    let (from, string) = (writer.std("From"), writer.std("String"));
    let texts = arms(body, |variant, wire| quote!(Self::#variant => #wire,));
    let values = arms(body, |variant, wire| quote!(#wire => Self::#variant,));
    let tokens = [
        quote! {
            impl #name {
                /// The text on the wire.
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
        quote!(wire::text!(#name);),
    ];
    tokens.into_iter().map(Item::Alone).collect()
}

fn closed(writer: &Writer<'_>, def: &TypeDef, body: &TextEnum) -> Vec<Item> {
    let name = ident(&def.name.rust);
    let found = writer.option(&quote!(Self));
    let all = arms(body, |variant, _| quote!(Self::#variant,));
    let texts = arms(body, |variant, wire| quote!(Self::#variant => #wire,));
    let values = arms(body, |variant, wire| quote!(#wire => Some(Self::#variant),));
    let tokens = [
        quote! {
            impl #name {
                /// All values, in the order of the description.
                pub const ALL: &'static [Self] = &[#(#all)*];
                /// The text on the wire.
                pub fn as_str(&self) -> &'static str {
                    match self { #(#texts)* }
                }
                fn from_text(text: &str) -> #found {
                    match text {
                        #(#values)*
                        _ => None,
                    }
                }
            }
        },
        quote!(wire::closed_text!(#name);),
    ];
    tokens.into_iter().map(Item::Alone).collect()
}

fn arms(
    body: &TextEnum,
    arm: impl Fn(proc_macro2::Ident, &str) -> TokenStream,
) -> Vec<TokenStream> {
    body.values
        .iter()
        .map(|value| arm(ident(&value.name.rust), &value.name.wire))
        .collect()
}
