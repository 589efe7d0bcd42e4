//! Integers with listed values.

use proc_macro2::Literal;
use quote::quote;

use super::names::{Writer, doc, ident};
use super::paragraphs::Paragraphs;
use super::{Item, docs};
use crate::ir::{IntegerEnum, TypeDef};

/// The enum, its numbers, and the way back.
pub(super) fn items(writer: &Writer<'_>, def: &TypeDef, body: &IntegerEnum) -> Vec<Item> {
    let mut text = Paragraphs::of(&def.docs);
    text.line(format!("Schema {}.", docs::code(&def.name.wire)));
    let (docs, name, from) = (
        doc(&text.lines()),
        ident(&def.name.rust),
        writer.std("From"),
    );
    let variants = body.values.iter().map(|value| {
        let (docs, variant) = (
            doc(&[docs::code(&value.value.to_string())]),
            ident(&value.rust),
        );
        quote!(#docs #variant,)
    });
    let numbers = body.values.iter().map(|value| {
        let (variant, number) = (ident(&value.rust), Literal::i64_unsuffixed(value.value));
        quote!(Self::#variant => #number,)
    });
    let values = body.values.iter().map(|value| {
        let (variant, number) = (ident(&value.rust), Literal::i64_unsuffixed(value.value));
        quote!(#number => Self::#variant,)
    });
    let tokens = [
        quote! {
            #docs
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants)*
                /// A value that the description does not list, as it was received.
                Unknown(i64),
            }
        },
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
