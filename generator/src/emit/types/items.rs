//! What several kinds of types share.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::docs;
use crate::emit::module::Item;
use crate::emit::names::doc;
use crate::emit::paragraphs::Paragraphs;
use crate::ir::TypeBody;

/// Returns the items of a type. The macro that makes it a serde type directly follows the item that it builds on.
pub(super) fn with_macro(mut tokens: Vec<TokenStream>, word: TokenStream) -> Vec<Item> {
    let last = tokens.pop();
    let mut items: Vec<_> = tokens.into_iter().map(Item::Alone).collect();
    items.push(Item::Block(last.into_iter().chain([word]).collect()));
    items
}

/// Returns the documentation of a listed value: what the document says about it, and the value.
pub(super) fn value_docs(wire: &str, description: Option<&str>) -> TokenStream {
    let mut text = Paragraphs::default();
    text.text(description.unwrap_or_default());
    let value = docs::code(wire);
    if !text.under_title(&value) {
        text.line(value);
    }
    doc(&text.lines())
}

/// Returns `, Default` for a type with a single value.
pub(super) fn default_of(body: &TypeBody) -> Option<TokenStream> {
    body.constant().map(|_| quote!(, Default))
}
