//! Enums of integers.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::items;
use crate::emit::docs;
use crate::emit::module::Item;
use crate::emit::names::{doc, ident};
use crate::emit::paragraphs::Paragraphs;
use crate::emit::type_names::TypePrinter;
use crate::ir::{IntegerEnum, TypeDef};

/// Emits the enum and its conversions.
pub(super) fn items(printer: &TypePrinter<'_>, def: &TypeDef, body: &IntegerEnum) -> Vec<Item> {
    let text = Paragraphs::of_type(def);
    let (docs, name) = (doc(&text.lines()), ident(&def.name.rust));
    let default = items::default_of(&def.body);
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
            /// A value that the schema does not list, as received.
            Unknown(i64),
        }
    });
    let open = body.open.then(|| quote!(#[non_exhaustive]));
    let mut tokens = vec![quote! {
        #docs
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash #default)]
        #open
        pub enum #name { #(#variants)* #unknown }
    }];
    let word = if body.open {
        tokens.extend(self::open(printer, def, body));
        quote!(wire::integer_enum!(#name);)
    } else {
        tokens.push(closed(def, body));
        quote!(wire::closed_integer_enum!(#name);)
    };
    items::with_macro(tokens, word)
}

fn open(printer: &TypePrinter<'_>, def: &TypeDef, body: &IntegerEnum) -> [TokenStream; 2] {
    let (name, from) = (ident(&def.name.rust), printer.std("From"));
    let numbers = arms(body, |variant, number| quote!(Self::#variant => #number,));
    let values = arms(body, |variant, number| quote!(#number => Self::#variant,));
    [
        quote! {
            impl #name {
                /// Returns the number that the JSON has.
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
    ]
}

fn closed(def: &TypeDef, body: &IntegerEnum) -> TokenStream {
    let name = ident(&def.name.rust);
    let rows = arms(body, |variant, number| quote!((Self::#variant, #number)));
    quote! {
        impl #name {
            /// All values with their numbers in the JSON, in document order.
            pub const ALL: &'static [(Self, i64)] = &[#(#rows),*];
        }
    }
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
