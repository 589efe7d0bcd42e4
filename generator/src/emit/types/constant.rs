//! Values that a schema or a union fixes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::Constant;

/// Returns a fixed value as an argument: `"card"`, `2`, `true`.
pub(super) fn literal(value: &Constant) -> TokenStream {
    match value {
        Constant::String(text) => quote!(#text),
        Constant::Integer(number) => {
            let number = Literal::i64_unsuffixed(*number);
            quote!(#number)
        }
        Constant::Bool(value) => quote!(#value),
    }
}

/// Returns a fixed value as a word of the documentation.
pub(super) fn as_text(value: &Constant) -> String {
    match value {
        Constant::String(text) => text.clone(),
        Constant::Integer(number) => number.to_string(),
        Constant::Bool(value) => value.to_string(),
    }
}
