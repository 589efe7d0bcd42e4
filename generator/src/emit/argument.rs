//! How a caller passes a value: the type of the argument, and its conversion.

use proc_macro2::TokenStream;
use quote::quote;

use super::type_names::TypePrinter;
use crate::ir::{Api, Scalar, TypeBody, TypeRef};

/// An argument and its conversion.
pub(super) struct Given {
    /// The argument's type: `impl Into<String>`.
    pub ty: TokenStream,
    /// The conversion from the argument to the member's value; `None` if they have the same type.
    pub convert: Option<TokenStream>,
}

/// Returns the argument for a value: strings as anything that converts, arrays and maps as anything that yields their
/// elements, also those with a name, and what is one of several types as any of them.
///
/// Elements other than strings and unions are not converted, so that an empty array needs no type annotation.
pub(super) fn value(printer: &TypePrinter<'_>, ty: &TypeRef, name: &proc_macro2::Ident) -> Given {
    let into = printer.std("Into");
    match printer.api.resolve(ty) {
        TypeRef::List(inner) => list(printer, inner, name),
        TypeRef::Map(inner) => map(printer, inner, name),
        // another name for a number is passed as a number, and `null` converts from nothing
        TypeRef::Scalar(scalar) if is_plain(*scalar) => Given {
            ty: printer.ty(ty),
            convert: None,
        },
        // whether there is a box depends on cycles, and a call does not show it
        TypeRef::Boxed(inner) if is_union(printer.api, inner) => {
            let (ty, on_heap) = (printer.whole(inner), printer.std("Box"));
            Given {
                ty: quote!(impl #into<#ty>),
                convert: Some(quote!(#on_heap::new(#name.into()))),
            }
        }
        resolved => match wrapped(printer.api, resolved) {
            Some(TypeRef::List(inner)) => {
                let (given, vec) = (list(printer, inner, name), printer.std("Vec"));
                let made = match is_converted(printer.api, inner) {
                    true => quote!(crate::runtime::convert::list(#name)),
                    false => quote!(#name.into_iter().collect::<#vec<_>>()),
                };
                from(printer, ty, given, &made)
            }
            Some(TypeRef::Map(inner)) => {
                let made = quote!(crate::runtime::convert::map(#name));
                from(printer, ty, map(printer, inner, name), &made)
            }
            _ => {
                let ty = printer.whole(ty);
                Given {
                    ty: quote!(impl #into<#ty>),
                    convert: Some(quote!(#name.into())),
                }
            }
        },
    }
}

/// Returns an argument that becomes the struct around an array or map.
fn from(printer: &TypePrinter<'_>, ty: &TypeRef, given: Given, made: &TokenStream) -> Given {
    let ty = printer.ty(ty);
    Given {
        convert: Some(quote!(#ty::from(#made))),
        ..given
    }
}

/// Returns the elements that a value of a named array or map is passed as, which the file of the argument names.
pub(super) fn elements<'a>(api: &'a Api, ty: &'a TypeRef) -> Option<&'a TypeRef> {
    let resolved = api.resolve(ty);
    match wrapped(api, resolved).unwrap_or(resolved) {
        TypeRef::List(inner) | TypeRef::Map(inner) => Some(inner),
        _ => None,
    }
}

/// Returns the array or map in a type that contains itself, so that a struct is around it.
fn wrapped<'a>(api: &'a Api, ty: &TypeRef) -> Option<&'a TypeRef> {
    let TypeRef::Named(id) = ty else { return None };
    match &api.ty(*id).body {
        TypeBody::Wrapper(target) => Some(target),
        _ => None,
    }
}

fn list(printer: &TypePrinter<'_>, inner: &TypeRef, name: &proc_macro2::Ident) -> Given {
    let (iterator, item) = (printer.std("IntoIterator"), printer.whole(inner));
    if is_converted(printer.api, inner) {
        let into = printer.std("Into");
        return Given {
            ty: quote!(impl #iterator<Item = impl #into<#item>>),
            convert: Some(quote!(crate::runtime::convert::list(#name))),
        };
    }
    Given {
        ty: quote!(impl #iterator<Item = #item>),
        convert: Some(quote!(#name.into_iter().collect())),
    }
}

fn map(printer: &TypePrinter<'_>, inner: &TypeRef, name: &proc_macro2::Ident) -> Given {
    let (iterator, into) = (printer.std("IntoIterator"), printer.std("Into"));
    let (text, item) = (printer.std("String"), printer.whole(inner));
    let item = if is_converted(printer.api, inner) {
        quote!(impl #into<#item>)
    } else {
        item
    };
    Given {
        ty: quote!(impl #iterator<Item = (impl #into<#text>, #item)>),
        convert: Some(quote!(crate::runtime::convert::map(#name))),
    }
}

/// Whether the elements of an array or map are passed as anything that converts.
fn is_converted(api: &Api, ty: &TypeRef) -> bool {
    *api.resolve(ty) == TypeRef::Scalar(Scalar::String) || is_union(api, ty)
}

fn is_union(api: &Api, ty: &TypeRef) -> bool {
    match api.resolve(ty) {
        TypeRef::Named(id) => matches!(api.ty(*id).body, TypeBody::Union(_)),
        _ => false,
    }
}

/// Whether a scalar is passed without conversion: booleans and numbers, whose literals have no type to convert from.
fn is_plain(scalar: Scalar) -> bool {
    !matches!(
        scalar,
        Scalar::String
            | Scalar::DateTime
            | Scalar::DateTimeOffset
            | Scalar::Date
            | Scalar::Uuid
            | Scalar::Base64
            | Scalar::NumberOrString(_)
    )
}
