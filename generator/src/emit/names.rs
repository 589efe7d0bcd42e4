//! Identifiers, imports and doc comments as tokens.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// Returns an identifier; `lower` has checked the name.
pub(super) fn ident(rust: &str) -> Ident {
    Ident::new(rust, Span::call_site())
}

/// Returns doc attributes, one for each line.
pub(super) fn doc(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote!(#(#[doc = #lines])*)
}

/// `pub use product::Product;`, or with braces when there are several names.
pub(super) fn imported(head: &TokenStream, names: &[&str]) -> TokenStream {
    let idents = names.iter().map(|name| ident(name));
    match names {
        [one] => {
            let one = ident(one);
            quote!(#head::#one;)
        }
        _ => quote!(#head::{#(#idents),*};),
    }
}
