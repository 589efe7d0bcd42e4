//! What the constructs of several kinds of types share.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::module::Item;
use crate::ir::TypeBody;

/// The items of a type. The word that makes it an ordinary serde type stands right behind what it works with.
pub(super) fn with_macro(mut tokens: Vec<TokenStream>, word: TokenStream) -> Vec<Item> {
    let last = tokens.pop();
    let mut items: Vec<_> = tokens.into_iter().map(Item::Alone).collect();
    items.push(Item::Block(last.into_iter().chain([word]).collect()));
    items
}

/// `, Default` for a type that has one value only: the value needs no choosing.
pub(super) fn default_of(body: &TypeBody) -> Option<TokenStream> {
    body.constant().map(|_| quote!(, Default))
}
