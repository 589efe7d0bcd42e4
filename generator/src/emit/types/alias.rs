//! Type aliases, and structs that wrap one value.

use quote::quote;

use super::items;
use crate::emit::module::Item;
use crate::emit::names::{doc, ident};
use crate::emit::paragraphs::Paragraphs;
use crate::emit::type_names::TypePrinter;
use crate::ir::{TypeDef, TypeRef};

/// `pub type Tags = Vec<String>;`
pub(super) fn items(printer: &TypePrinter<'_>, def: &TypeDef, target: &TypeRef) -> Vec<Item> {
    let text = Paragraphs::of_type(def);
    let (docs, name, ty) = (
        doc(&text.lines()),
        ident(&def.name.rust),
        printer.whole(target),
    );
    vec![Item::Alone(quote!(#docs pub type #name = #ty;))]
}

/// `pub struct Forest(pub Vec<Forest>);`, which has the JSON of its field.
pub(super) fn wrapper(printer: &TypePrinter<'_>, def: &TypeDef, target: &TypeRef) -> Vec<Item> {
    let text = Paragraphs::of_type(def);
    let (docs, name, ty) = (
        doc(&text.lines()),
        ident(&def.name.rust),
        printer.ty(target),
    );
    let from = printer.std("From");
    let iterator = match target {
        TypeRef::List(inner) => {
            let item = printer.ty(inner);
            Some((item.clone(), quote!(std::vec::IntoIter<#item>)))
        }
        TypeRef::Map(inner) => {
            let (text, item) = (printer.std("String"), printer.ty(inner));
            let elements = quote!(std::collections::btree_map::IntoIter<#text, #item>);
            Some((quote!((#text, #item)), elements))
        }
        _ => None,
    };
    // a setter takes what yields the elements, and so the array itself
    let elements = iterator.map(|(item, elements)| {
        let iterator = printer.std("IntoIterator");
        quote! {
            impl #iterator for #name {
                type Item = #item;
                type IntoIter = #elements;
                fn into_iter(self) -> Self::IntoIter {
                    self.0.into_iter()
                }
            }
        }
    });
    let mut tokens = vec![
        quote!(#docs #[derive(Debug, Clone, PartialEq)] pub struct #name(pub #ty);),
        quote! {
            impl #from<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self(value)
                }
            }
        },
    ];
    tokens.splice(1..1, elements);
    let word = match printer.change(target) {
        Some(_) => quote!(chrono_values::utc_wrapper!(#name);),
        None => quote!(wire::wrapper!(#name);),
    };
    items::with_macro(tokens, word)
}
