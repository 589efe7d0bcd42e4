//! The accessors of a response enum: methods that return a member of the body without a `match`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::docs;
use crate::emit::names::{doc, ident};
use crate::emit::type_names::TypePrinter;
use crate::ir::{
    Accessor, AccessorField, Api, Presence, Reading, Returned, Scalar, TypeBody, TypeRef, Variant,
};

/// Emits the method of an accessor.
pub(super) fn method(
    printer: &TypePrinter<'_>,
    variants: &[Variant],
    accessor: &Accessor,
) -> TokenStream {
    let name = ident(&accessor.name.rust);
    let member = docs::code(&accessor.name.wire);
    let sentence = match accessor.reading {
        Reading::Slice => {
            format!("Returns member {member} of the body; empty where there is none.")
        }
        Reading::Copied | Reading::Borrowed => {
            format!("Returns member {member} of the body, if there is one.")
        }
    };
    let docs = doc(&[sentence]);
    let ty = accessor_type(printer, accessor);
    let arms = variants
        .iter()
        .zip(&accessor.fields)
        .map(|(variant, field)| {
            let field = field.as_ref();
            let value = field.map(|field| value(printer, variant, field, accessor));
            arm(variant, accessor.reading, value)
        });
    quote! {
        #docs
        pub fn #name(&self) -> #ty {
            match self { #(#arms)* }
        }
    }
}

fn accessor_type(printer: &TypePrinter<'_>, accessor: &Accessor) -> TokenStream {
    match (printer.api.resolve(&accessor.ty), accessor.reading) {
        (TypeRef::List(inner), Reading::Slice) => {
            let inner = printer.ty(inner);
            quote!(&[#inner])
        }
        (TypeRef::Scalar(Scalar::String), _) => quote!(Option<&str>),
        (_, Reading::Copied) => {
            let ty = printer.ty(&accessor.ty);
            quote!(Option<#ty>)
        }
        _ => {
            let ty = printer.ty(&accessor.ty);
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

/// Returns the expression that reads the member of a body for the accessor.
fn value(
    printer: &TypePrinter<'_>,
    variant: &Variant,
    field: &AccessorField,
    accessor: &Accessor,
) -> TokenStream {
    let name = ident(&field.rust);
    let is_text = *printer.api.resolve(&accessor.ty) == TypeRef::Scalar(Scalar::String);
    let is_boxed = is_boxed(printer.api, variant, &field.rust);
    match (accessor.reading, field.presence) {
        (Reading::Slice, Presence::Required) => quote!(&body.#name),
        (Reading::Slice, Presence::Tristate) => {
            quote!(body.#name.as_option().map_or(&[], Vec::as_slice))
        }
        (Reading::Slice, Presence::Optional | Presence::Nullable | Presence::OptionalRaw) => {
            quote!(body.#name.as_deref().unwrap_or_default())
        }
        (Reading::Copied, Presence::Required) => quote!(Some(body.#name)),
        (Reading::Copied, Presence::Optional | Presence::Nullable | Presence::OptionalRaw) => {
            quote!(body.#name)
        }
        (Reading::Copied, Presence::Tristate) => quote!(body.#name.as_option().copied()),
        (Reading::Borrowed, Presence::Required) => quote!(Some(&body.#name)),
        (Reading::Borrowed, Presence::Optional | Presence::Nullable | Presence::OptionalRaw)
            if is_text || is_boxed =>
        {
            quote!(body.#name.as_deref())
        }
        (Reading::Borrowed, Presence::Optional | Presence::Nullable | Presence::OptionalRaw) => {
            quote!(body.#name.as_ref())
        }
        (Reading::Borrowed, Presence::Tristate) if is_text => {
            quote!(body.#name.as_option().map(String::as_str))
        }
        (Reading::Borrowed, Presence::Tristate) if is_boxed => {
            quote!(body.#name.as_option().map(Box::as_ref))
        }
        (Reading::Borrowed, Presence::Tristate) => quote!(body.#name.as_option()),
    }
}

/// Returns whether a variant's body boxes the member, since its type contains itself; an accessor hides that.
fn is_boxed(api: &Api, variant: &Variant, field: &str) -> bool {
    let Returned::Json(ty) = &variant.returned else {
        return false;
    };
    let TypeRef::Named(id) = api.resolve(ty) else {
        return false;
    };
    let TypeBody::Struct(body) = &api.ty(*id).body else {
        return false;
    };
    let mut members = body.members.iter();
    let member = members.find(|member| member.name.rust == field);
    member.is_some_and(|member| matches!(member.ty, TypeRef::Boxed(_)))
}
