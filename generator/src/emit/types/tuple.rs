//! Arrays whose first items have a type each: a tuple struct, and the functions that decode and encode it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::items;
use crate::emit::module::Item;
use crate::emit::names::{doc, ident};
use crate::emit::paragraphs::Paragraphs;
use crate::emit::type_names::TypePrinter;
use crate::ir::{Tuple, TypeDef, TypeRef};

/// `pub struct Place(pub String, pub f64, pub Option<f64>, pub Vec<serde_json::Value>);`
pub(super) fn items(printer: &TypePrinter<'_>, def: &TypeDef, body: &Tuple) -> Vec<Item> {
    let text = Paragraphs::of_type(def);
    let (docs, name) = (doc(&text.lines()), ident(&def.name.rust));
    let fields = body.items.iter().enumerate().map(|(index, ty)| {
        let ty = printer.ty(ty);
        if index < body.required {
            quote!(pub #ty)
        } else {
            let ty = printer.option(&ty);
            quote!(pub #ty)
        }
    });
    let fields: Vec<_> = fields.collect();
    let rest = body.rest.as_ref().map(|ty| {
        let ty = printer.ty(&TypeRef::List(Box::new(ty.clone())));
        quote! {
            /// The items after these.
            pub #ty
        }
    });
    let fields = fields.into_iter().chain(rest);
    let tokens = vec![
        quote!(#docs #[derive(Debug, Clone, PartialEq)] pub struct #name(#(#fields),*);),
        mapping(printer, def, body),
    ];
    items::with_macro(tokens, quote!(tuple::tuple!(#name);))
}

/// Emits `impl tuple::Tuple`: one call for each item in both directions.
fn mapping(printer: &TypePrinter<'_>, def: &TypeDef, body: &Tuple) -> TokenStream {
    let name = ident(&def.name.rust);
    let words: Vec<_> = words(body).collect();
    let reads = words.iter().map(|word| quote!(items.#word()?));
    let writes = words.iter().enumerate().map(|(index, word)| {
        let index = Literal::usize_unsuffixed(index);
        quote!(items.#word(&self.#index);)
    });
    let changes = changes(printer, body);
    quote! {
        impl tuple::Tuple for #name {
            #[inline]
            fn read(items: &mut tuple::Reader<'_>) -> wire::Read<Self> {
                #(#changes)*
                Ok(Self(#(#reads),*))
            }
            #[inline]
            fn write<'a>(&'a self, items: &mut tuple::Writer<'a>) {
                #(#writes)*
            }
        }
    }
}

/// Emits what changes items before they are decoded.
fn changes(printer: &TypePrinter<'_>, body: &Tuple) -> Vec<TokenStream> {
    let items = body.items.iter().enumerate();
    let changed: Vec<_> = items
        .filter_map(|(index, ty)| Some((Literal::usize_unsuffixed(index), printer.change(ty)?)))
        .collect();
    let indexes = changed.iter().map(|(index, _)| index);
    let change = changed.first().map(|(_, change)| change);
    let named = change.map(|change| quote!(items.change(&[#(#indexes),*], #change);));
    let rest = body.rest.as_ref().and_then(|ty| printer.change(ty));
    let first = Literal::usize_unsuffixed(body.items.len());
    let rest = rest.map(|change| quote!(items.change_from(#first, #change);));
    named.into_iter().chain(rest).collect()
}

fn words(body: &Tuple) -> impl Iterator<Item = proc_macro2::Ident> {
    let items = (0..body.items.len()).map(|index| {
        if index < body.required {
            "required"
        } else {
            "optional"
        }
    });
    items
        .chain(body.rest.is_some().then_some("rest"))
        .map(ident)
}
