//! Another name for a type, and a struct around one.

use quote::quote;

use super::names::{Writer, doc, ident};
use super::paragraphs::Paragraphs;
use super::{Item, docs};
use crate::ir::{TypeDef, TypeRef};

/// `pub type Tags = Vec<String>;`
pub(super) fn items(writer: &Writer<'_>, def: &TypeDef, target: &TypeRef) -> Vec<Item> {
    let mut text = Paragraphs::of(&def.docs);
    text.line(format!("Schema {}.", docs::code(&def.name.wire)));
    let (docs, name, ty) = (doc(&text.lines()), ident(&def.name.rust), writer.ty(target));
    vec![Item::Alone(quote!(#docs pub type #name = #ty;))]
}

/// `pub struct Forest(pub Vec<Forest>);`, which is written as what is in it.
pub(super) fn wrapper(writer: &Writer<'_>, def: &TypeDef, target: &TypeRef) -> Vec<Item> {
    let mut text = Paragraphs::of(&def.docs);
    text.line(format!("Schema {}.", docs::code(&def.name.wire)));
    let (docs, name, ty) = (doc(&text.lines()), ident(&def.name.rust), writer.ty(target));
    let from = writer.std("From");
    let tokens = [
        quote!(#docs #[derive(Debug, Clone, PartialEq)] pub struct #name(pub #ty);),
        quote! {
            impl #from<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self(value)
                }
            }
        },
        quote!(wire::wrapper!(#name);),
    ];
    tokens.into_iter().map(Item::Alone).collect()
}
