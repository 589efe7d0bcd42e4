//! Integers with listed values.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::names::{Writer, doc, ident};
use super::paragraphs::Paragraphs;
use super::{Item, docs};
use crate::ir::{IntegerEnum, TypeDef};

/// The enum, its numbers, and the way back.
pub(super) fn items(writer: &Writer<'_>, def: &TypeDef, body: &IntegerEnum) -> Vec<Item> {
    let mut text = Paragraphs::of(&def.docs);
    text.line(format!("Schema {}.", docs::code(&def.name.wire)));
    let (docs, name) = (doc(&text.lines()), ident(&def.name.rust));
    let default = super::default_of(&def.body);
    let variants = body.values.iter().map(|value| {
        let (docs, variant) = (
            doc(&[docs::code(&value.value.to_string())]),
            ident(&value.rust),
        );
        let marked = default.is_some().then(|| quote!(#[default]));
        quote!(#docs #marked #variant,)
    });
    let unknown = body.open.then(|| {
        quote! {
            /// A value that the description does not list, as it was received.
            Unknown(i64),
        }
    });
    let open = body.open.then(|| quote!(#[non_exhaustive]));
    let mut items = vec![Item::Alone(quote! {
        #docs
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash #default)]
        #open
        pub enum #name { #(#variants)* #unknown }
    })];
    items.extend(match body.open {
        true => self::open(writer, def, body),
        false => closed(writer, def, body),
    });
    items
}

fn open(writer: &Writer<'_>, def: &TypeDef, body: &IntegerEnum) -> Vec<Item> {
    let (name, from) = (ident(&def.name.rust), writer.std("From"));
    let numbers = arms(body, |variant, number| quote!(Self::#variant => #number,));
    let values = arms(body, |variant, number| quote!(#number => Self::#variant,));
    let tokens = [
        quote! {
            impl #name {
                /// The number on the wire.
                pub fn as_i64(&self) -> i64 {
                    match self {
                        #(#numbers)*
                        Self::Unknown(value) => *value,
                    }
                }
            }
        },
        quote! {
            impl #from<i64> for #name {
                fn from(value: i64) -> Self {
                    match value {
                        #(#values)*
                        _ => Self::Unknown(value),
                    }
                }
            }
        },
        quote!(wire::integer!(#name);),
    ];
    tokens.into_iter().map(Item::Alone).collect()
}

fn closed(writer: &Writer<'_>, def: &TypeDef, body: &IntegerEnum) -> Vec<Item> {
    let name = ident(&def.name.rust);
    let found = writer.option(&quote!(Self));
    let all = arms(body, |variant, _| quote!(Self::#variant,));
    let numbers = arms(body, |variant, number| quote!(Self::#variant => #number,));
    let values = arms(
        body,
        |variant, number| quote!(#number => Some(Self::#variant),),
    );
    let tokens = [
        quote! {
            impl #name {
                /// All values, in the order of the description.
                pub const ALL: &'static [Self] = &[#(#all)*];
                /// The number on the wire.
                pub fn as_i64(&self) -> i64 {
                    match self { #(#numbers)* }
                }
                fn from_i64(value: i64) -> #found {
                    match value {
                        #(#values)*
                        _ => None,
                    }
                }
            }
        },
        quote!(wire::closed_integer!(#name);),
    ];
    tokens.into_iter().map(Item::Alone).collect()
}

fn arms(
    body: &IntegerEnum,
    arm: impl Fn(proc_macro2::Ident, Literal) -> TokenStream,
) -> Vec<TokenStream> {
    let row = |value: &crate::ir::IntegerValue| {
        arm(ident(&value.rust), Literal::i64_unsuffixed(value.value))
    };
    body.values.iter().map(row).collect()
}
