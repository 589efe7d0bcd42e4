//! How a caller passes a value: the type of the argument, and its conversion.

use proc_macro2::TokenStream;
use quote::quote;

use super::type_names::TypePrinter;
use crate::ir::{Scalar, TypeRef};

/// An argument and its conversion.
pub(super) struct Given {
    /// The argument's type: `impl Into<String>`.
    pub ty: TokenStream,
    /// The conversion from the argument to the member's value; `None` if they have the same type.
    pub convert: Option<TokenStream>,
}

/// Returns the argument for a value: strings as anything that converts, arrays and maps as anything that yields their
/// elements.
///
/// Elements other than strings are not converted, so that an empty array needs no type annotation.
pub(super) fn value(printer: &TypePrinter<'_>, ty: &TypeRef, name: &proc_macro2::Ident) -> Given {
    let (into, text) = (printer.std("Into"), printer.std("String"));
    let iterator = printer.std("IntoIterator");
    let element = |inner: &TypeRef| match printer.api.resolve(inner) {
        TypeRef::Scalar(Scalar::String) => quote!(impl #into<#text>),
        _ => printer.whole(inner),
    };
    match ty {
        TypeRef::List(inner) => {
            let is_text = matches!(printer.api.resolve(inner), TypeRef::Scalar(Scalar::String));
            let item = element(inner);
            let convert = if is_text {
                quote!(crate::runtime::convert::list(#name))
            } else {
                quote!(#name.into_iter().collect())
            };
            Given {
                ty: quote!(impl #iterator<Item = #item>),
                convert: Some(convert),
            }
        }
        TypeRef::Map(inner) => {
            let item = element(inner);
            Given {
                ty: quote!(impl #iterator<Item = (impl #into<#text>, #item)>),
                convert: Some(quote!(crate::runtime::convert::map(#name))),
            }
        }
        // another name for `null` is `()`, too, and converts from nothing
        _ if *printer.api.resolve(ty) == TypeRef::Scalar(Scalar::Null) => Given {
            ty: printer.ty(ty),
            convert: None,
        },
        TypeRef::Scalar(scalar) if is_plain(*scalar) => Given {
            ty: printer.ty(ty),
            convert: None,
        },
        _ => {
            let ty = printer.whole(ty);
            Given {
                ty: quote!(impl #into<#ty>),
                convert: Some(quote!(#name.into())),
            }
        }
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
