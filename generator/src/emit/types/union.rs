//! `oneOf` and `anyOf`: enums with a variant for each branch.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::constant::literal;
use super::items;
use crate::emit::docs;
use crate::emit::module::Item;
use crate::emit::names::{doc, ident};
use crate::emit::paragraphs::Paragraphs;
use crate::emit::type_names::TypePrinter;
use crate::ir::{Branch, JsonKind, Scalar, TypeDef, TypeRef, Union};

/// Emits the enum, the table that selects a branch, and the conversions.
pub(super) fn items(printer: &TypePrinter<'_>, def: &TypeDef, body: &Union) -> Vec<Item> {
    let name = ident(&def.name.rust);
    let tokens = vec![
        definition(printer, def, body),
        read(printer, def, body),
        write(def, body),
    ];
    let mut items = items::with_macro(tokens, quote!(wire::union!(#name);));
    items.extend(conversions(printer, def, body).into_iter().map(Item::Alone));
    items
}

fn definition(printer: &TypePrinter<'_>, def: &TypeDef, body: &Union) -> TokenStream {
    let text = Paragraphs::of_type(def);
    let (docs, name) = (doc(&text.lines()), ident(&def.name.rust));
    let variants = body.branches.iter().map(|branch| {
        let (variant, ty) = (ident(&branch.name.rust), printer.ty(&branch.ty));
        let docs = selected_by(body, branch).map(|text| doc(&[text]));
        let deprecated = branch.deprecated.then(|| quote!(#[deprecated]));
        quote!(#docs #deprecated #variant(#ty),)
    });
    let combined = body.combined.then(|| {
        quote! {
            /// An object with members of several branches, as received.
            Combined(serde_json::Value),
        }
    });
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #combined
            /// A value that fits none of the branches, as received.
            Unknown(serde_json::Value),
        }
    }
}

/// Describes which tag selects a branch: `` `type` is `CONTACT`. ``
fn selected_by(body: &Union, branch: &Branch) -> Option<String> {
    let tags: Vec<_> = branch.tags.iter().map(|tag| docs::code(tag)).collect();
    match (&body.discriminator, tags.as_slice()) {
        (Some(name), [_, ..]) if branch.is_base => Some(format!(
            "{} is {}, or a value that no other variant has.",
            docs::code(name),
            tags.join(" or ")
        )),
        (Some(name), [_, ..]) => Some(format!("{} is {}.", docs::code(name), tags.join(" or "))),
        _ => None,
    }
}

/// Emits `impl wire::Union`: what selects a branch.
fn read(printer: &TypePrinter<'_>, def: &TypeDef, body: &Union) -> TokenStream {
    let name = ident(&def.name.rust);
    let branches = body.branches.iter().map(|one| branch(printer, one));
    let discriminator = body
        .discriminator
        .as_ref()
        .map(|name| quote!(const DISCRIMINATOR: wire::Discriminator = Some(#name);));
    let combined = body.combined.then(|| {
        quote!(
            const COMBINED: wire::Fallback<Self> = Some(Self::Combined);
        )
    });
    quote! {
        impl wire::Union for #name {
            #discriminator
            const BRANCHES: &'static [wire::Branch<Self>] = &[#(#branches),*];
            #combined
            const UNKNOWN: wire::Fallback<Self> = Some(Self::Unknown);
        }
    }
}

/// `wire::Branch::new(|json| json.read().map(Self::Contact)).tagged(&["CONTACT"]).object(&["id"])`
fn branch(printer: &TypePrinter<'_>, branch: &Branch) -> TokenStream {
    let variant = ident(&branch.name.rust);
    let tags = (!branch.tags.is_empty()).then(|| {
        let tags = &branch.tags;
        quote!(.tagged(&[#(#tags),*]))
    });
    let kinds = branch.kinds.iter().map(|kind| match kind {
        JsonKind::Object => {
            let required = &branch.required;
            quote!(.object(&[#(#required),*]))
        }
        JsonKind::Array => quote!(.array()),
        JsonKind::String if branch.texts.is_empty() => quote!(.string()),
        JsonKind::String => {
            let texts = &branch.texts;
            quote!(.string().strings(&[#(#texts),*]))
        }
        JsonKind::Number => quote!(.number()),
        JsonKind::Boolean => quote!(.boolean()),
        JsonKind::Null => quote!(.null()),
        JsonKind::Any => quote!(.any()),
    });
    let constants = (!branch.constants.is_empty()).then(|| {
        let rows = branch
            .constants
            .iter()
            .map(|(name, values)| quote!((#name, &[#(#values),*])));
        quote!(.constants(&[#(#rows),*]))
    });
    let base = branch.is_base.then(|| quote!(.base()));
    let json = match printer.change(&branch.ty) {
        Some(change) => quote!(#change(json)),
        None => quote!(json),
    };
    quote!(wire::Branch::new(|json| #json.read().map(Self::#variant)) #tags #base #(#kinds)* #constants)
}

fn write(def: &TypeDef, body: &Union) -> TokenStream {
    let name = ident(&def.name.rust);
    let arms = body.branches.iter().enumerate().map(|(index, branch)| {
        let variant = ident(&branch.name.rust);
        let Some(tag) = &branch.written_tag else {
            return quote!(Self::#variant(value) => value.to_json(),);
        };
        let word = ident(match tag.is_optional {
            true => "optionally_tagged",
            false => "tagged",
        });
        let (index, tag) = (Literal::usize_unsuffixed(index), literal(&tag.value));
        quote!(Self::#variant(value) => wire::#word::<Self>(value.to_json(), #index, #tag),)
    });
    let combined = body
        .combined
        .then(|| quote!(Self::Combined(value) => value.to_json(),));
    quote! {
        impl wire::ToJson for #name {
            #[inline]
            fn to_json(&self) -> wire::Json<'_> {
                match self { #(#arms)* #combined Self::Unknown(value) => value.to_json(), }
            }
        }
    }
}

/// Emits `From` for each branch, and for `&str` where a branch is a string; no two branches have the same type.
fn conversions(printer: &TypePrinter<'_>, def: &TypeDef, body: &Union) -> Vec<TokenStream> {
    let (name, from) = (ident(&def.name.rust), printer.std("From"));
    let branches = body.branches.iter().filter(|branch| branch.converts);
    branches
        .flat_map(|branch| {
            let variant = ident(&branch.name.rust);
            let (ty, value) = match &branch.ty {
                TypeRef::Boxed(inner) => {
                    let on_heap = printer.std("Box");
                    (printer.ty(inner), quote!(#on_heap::new(value)))
                }
                ty => (printer.ty(ty), quote!(value)),
            };
            let borrowed = is_string(printer, &branch.ty).then(|| {
                quote! {
                    impl #from<&str> for #name {
                        fn from(value: &str) -> Self {
                            Self::#variant(value.to_owned())
                        }
                    }
                }
            });
            let owned = quote! {
                impl #from<#ty> for #name {
                    fn from(value: #ty) -> Self {
                        Self::#variant(#value)
                    }
                }
            };
            std::iter::once(owned).chain(borrowed)
        })
        .collect()
}

fn is_string(printer: &TypePrinter<'_>, ty: &TypeRef) -> bool {
    *printer.api.resolve(ty) == TypeRef::Scalar(Scalar::String)
}
