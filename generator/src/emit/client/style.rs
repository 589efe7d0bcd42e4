//! Serialization styles as the runtime names them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{FormStyle, Style};

/// Returns a style with its explode form: `Style::Form { explode: true }`.
pub(super) fn tokens(style: Style, explode: bool) -> TokenStream {
    match style {
        Style::Simple => quote!(Style::Simple { explode: #explode }),
        Style::Label => quote!(Style::Label { explode: #explode }),
        Style::Matrix => quote!(Style::Matrix { explode: #explode }),
        Style::Form => quote!(Style::Form { explode: #explode }),
        Style::SpaceDelimited => quote!(Style::SpaceDelimited { explode: #explode }),
        Style::PipeDelimited => quote!(Style::PipeDelimited { explode: #explode }),
        Style::DeepObject => quote!(Style::DeepObject),
        Style::Cookie => quote!(Style::Cookie { explode: #explode }),
        Style::Json => quote!(Style::Json),
    }
}

/// Returns the style of some members of a form: `(Style::DeepObject, &["expand"])`.
pub(super) fn of_form(form: &FormStyle) -> TokenStream {
    let (style, members) = (tokens(form.style, form.explode), &form.members);
    quote!((#style, &[#(#members),*]))
}
