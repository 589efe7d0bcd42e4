//! Serialization styles as the runtime names them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{FormStyle, Style};

/// `Style::Form`
pub(super) fn tokens(style: Style) -> TokenStream {
    match style {
        Style::Simple => quote!(Style::Simple),
        Style::Label => quote!(Style::Label),
        Style::Matrix => quote!(Style::Matrix),
        Style::Form => quote!(Style::Form),
        Style::SpaceDelimited => quote!(Style::SpaceDelimited),
        Style::PipeDelimited => quote!(Style::PipeDelimited),
        Style::DeepObject => quote!(Style::DeepObject),
        Style::Cookie => quote!(Style::Cookie),
        Style::Json => quote!(Style::Json),
    }
}

/// `(Style::DeepObject, true, &["expand"])`
pub(super) fn of_form(form: &FormStyle) -> TokenStream {
    let (style, explode, members) = (tokens(form.style), form.explode, &form.members);
    quote!((#style, #explode, &[#(#members),*]))
}
