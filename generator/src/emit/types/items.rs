//! What several kinds of types share.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::module::Item;
use crate::ir::TypeBody;

/// Returns the items of a type. The macro that makes it a serde type directly follows the item that it builds on.
pub(super) fn with_macro(mut tokens: Vec<TokenStream>, word: TokenStream) -> Vec<Item> {
    let last = tokens.pop();
    let mut items: Vec<_> = tokens.into_iter().map(Item::Alone).collect();
    items.push(Item::Block(last.into_iter().chain([word]).collect()));
    items
}

/// Returns `, Default` for a type with a single value.
pub(super) fn default_of(body: &TypeBody) -> Option<TokenStream> {
    body.constant().map(|_| quote!(, Default))
}
