//! How a caller gives a value: the type of the argument, and what makes the value of it.

use proc_macro2::TokenStream;
use quote::quote;

use super::type_names::TypePrinter;
use crate::ir::{Scalar, TypeRef};

/// How a value is taken and what becomes of it.
pub(super) struct Given {
    /// The argument's type: `impl Into<String>`.
    pub ty: TokenStream,
    /// From the argument to the member's value; `None` when it is taken as it is.
    pub convert: Option<TokenStream>,
}

/// A value in a convenient form: text as anything that becomes a `String`, lists and maps as anything that yields their elements.
///
/// Elements other than text are taken as they are, so that an empty list needs no type.
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

/// Booleans and numbers are taken as they are: a literal has no type to convert from.
fn is_plain(scalar: Scalar) -> bool {
    !matches!(
        scalar,
        Scalar::String
            | Scalar::DateTime
            | Scalar::DateTimeOffset
            | Scalar::Date
            | Scalar::Uuid
            | Scalar::Base64
    )
}
