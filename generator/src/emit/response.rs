//! The enum of an operation with several successes: its variants, accessors to what they share, and how a reply is told.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::method::returned_type;
use super::names::{Writer, doc, ident};
use super::paragraphs::Paragraphs;
use super::{Item, docs};
use crate::ir::{Accessor, Operation, Presence, Reading, Returned, Status, Success, Variant};

/// All items of the enum; none for an operation with one success.
pub(super) fn items(writer: &Writer<'_>, operation: &Operation) -> Vec<Item> {
    let Success::Several {
        name,
        variants,
        accessors,
    } = &operation.success
    else {
        return Vec::new();
    };
    let name = ident(name);
    let shapes = ident(&format!(
        "{}_SHAPES",
        operation.name.rust.trim_end_matches('_').to_uppercase()
    ));
    let methods = accessors
        .iter()
        .map(|accessor| method(writer, variants, accessor));
    let read = read(variants, &shapes);
    let tokens = [
        definition(writer, &name, operation, variants),
        quote!(impl #name { #(#methods)* #read }),
        table(variants, &shapes),
    ];
    tokens.into_iter().map(Item::Alone).collect()
}

fn definition(
    writer: &Writer<'_>,
    name: &proc_macro2::Ident,
    operation: &Operation,
    variants: &[Variant],
) -> TokenStream {
    let lines = [
        format!("A success of [`Client::{}`].", operation.name.rust),
        String::new(),
        "The variant names the shape of the body, so that nothing in it is lost because of a status;".to_owned(),
        "[`Call::send`] tells the status.".to_owned(),
    ];
    let docs = doc(&lines);
    let variants = variants.iter().map(|variant| {
        let text = text(variant);
        let (docs, name) = (doc(&text), ident(&variant.name.rust));
        match &variant.returned {
            Returned::Nothing => quote!(#docs #name,),
            other => {
                let ty = returned_type(writer, other);
                quote!(#docs #name(#ty),)
            }
        }
    });
    quote!(#docs #[derive(Debug, Clone, PartialEq)] pub enum #name { #(#variants)* })
}

/// `207: multiple statuses.`
fn text(variant: &Variant) -> Vec<String> {
    let mut lines = Paragraphs::of(&variant.docs).lines();
    match lines.first_mut() {
        Some(first) => *first = format!("{}: {first}", variant.name.wire),
        None => lines.push(format!("Status {}.", variant.name.wire)),
    }
    lines
}

fn method(writer: &Writer<'_>, variants: &[Variant], accessor: &Accessor) -> TokenStream {
    let name = ident(&accessor.name.rust);
    let member = docs::code(&accessor.name.wire);
    let everywhere = accessor
        .presence
        .iter()
        .all(|presence| *presence == Some(Presence::Required));
    let sentence = match (accessor.reading, everywhere) {
        (_, true) => format!("Member {member} of the body."),
        (Reading::Slice, false) => format!("Member {member} of the body; empty where it has none."),
        (_, false) => format!("Member {member} of the body, if it has one."),
    };
    let docs = doc(&[sentence]);
    let ty = accessor_type(writer, accessor);
    let arms = variants
        .iter()
        .zip(&accessor.presence)
        .map(|(variant, presence)| {
            let value = presence.map(|presence| value(&name, presence, accessor));
            arm(variant, accessor.reading, value)
        });
    quote! {
        #docs
        pub fn #name(&self) -> #ty {
            match self { #(#arms)* }
        }
    }
}

fn accessor_type(writer: &Writer<'_>, accessor: &Accessor) -> TokenStream {
    match (writer.api.resolve(&accessor.ty), accessor.reading) {
        (crate::ir::TypeRef::List(inner), Reading::Slice) => {
            let inner = writer.ty(inner);
            quote!(&[#inner])
        }
        (crate::ir::TypeRef::Scalar(crate::ir::Scalar::Text), _) => quote!(Option<&str>),
        (_, Reading::Copied) => {
            let ty = writer.ty(&accessor.ty);
            quote!(Option<#ty>)
        }
        _ => {
            let ty = writer.ty(&accessor.ty);
            quote!(Option<&#ty>)
        }
    }
}

fn arm(variant: &Variant, reading: Reading, value: Option<TokenStream>) -> TokenStream {
    let name = ident(&variant.name.rust);
    match (value, &variant.returned, reading) {
        (Some(value), _, _) => quote!(Self::#name(body) => #value,),
        (None, Returned::Nothing, Reading::Slice) => quote!(Self::#name => &[],),
        (None, Returned::Nothing, _) => quote!(Self::#name => None,),
        (None, _, Reading::Slice) => quote!(Self::#name(_) => &[],),
        (None, _, _) => quote!(Self::#name(_) => None,),
    }
}

/// The member of a body, as the accessor gives it.
fn value(name: &proc_macro2::Ident, presence: Presence, accessor: &Accessor) -> TokenStream {
    let text = accessor.ty == crate::ir::TypeRef::Scalar(crate::ir::Scalar::Text);
    match (accessor.reading, presence) {
        (Reading::Slice, Presence::Required) => quote!(&body.#name),
        (Reading::Slice, _) => quote!(body.#name.as_deref().unwrap_or_default()),
        (Reading::Copied, Presence::Required) => quote!(Some(body.#name)),
        (Reading::Copied, Presence::Optional | Presence::Nullable) => quote!(body.#name),
        (Reading::Copied, Presence::Tristate) => quote!(body.#name.as_option().copied()),
        (Reading::Borrowed, Presence::Required) => quote!(Some(&body.#name)),
        (Reading::Borrowed, Presence::Optional | Presence::Nullable) if text => {
            quote!(body.#name.as_deref())
        }
        (Reading::Borrowed, Presence::Optional | Presence::Nullable) => quote!(body.#name.as_ref()),
        (Reading::Borrowed, Presence::Tristate) if text => {
            quote!(body.#name.as_option().map(String::as_str))
        }
        (Reading::Borrowed, Presence::Tristate) => quote!(body.#name.as_option()),
    }
}

/// Reads a reply as the success whose type knows most of its members.
fn read(variants: &[Variant], shapes: &proc_macro2::Ident) -> TokenStream {
    let arms = variants.iter().enumerate().map(|(index, variant)| {
        let name = ident(&variant.name.rust);
        let pattern = match index + 1 == variants.len() {
            true => quote!(_),
            false => {
                let code = code(variant.status);
                quote!(#code)
            }
        };
        match &variant.returned {
            Returned::Nothing => quote!(#pattern => Ok(Self::#name),),
            Returned::Json(_) => quote!(#pattern => body.read().map(Self::#name),),
            Returned::Text => quote!(#pattern => call::text(reply).map(Self::#name),),
            Returned::Bytes => quote!(#pattern => call::bytes(reply).map(Self::#name),),
        }
    });
    quote! {
        #[inline]
        fn read(reply: &call::Received<'_>) -> wire::Read<Self> {
            let body = reply.json()?;
            match call::closest_shape(reply.status, &body, #shapes) { #(#arms)* }
        }
    }
}

/// `const SHAPES: &[(u16, &[&str])] = &[(200, &[]), (207, &["errors", "numErrors"])];`
fn table(variants: &[Variant], shapes: &proc_macro2::Ident) -> TokenStream {
    let rows = variants.iter().map(|variant| {
        let (code, marks) = (code(variant.status), &variant.marks);
        quote!((#code, &[#(#marks),*]))
    });
    quote! {
        /// The members by which the bodies of the declared statuses differ.
        const #shapes: &[(u16, &[&str])] = &[#(#rows),*];
    }
}

/// A status as a number; a range stands behind all its statuses, `default` behind everything.
fn code(status: Status) -> Literal {
    Literal::u16_unsuffixed(match status {
        Status::Code(code) => code,
        Status::Range(digit) => u16::from(digit) * 100 + 99,
        Status::Default => 999,
    })
}
