//! Another name for a type.

use quote::quote;

use super::names::{Writer, doc, ident};
use super::paragraphs::Paragraphs;
use super::{Item, docs};
use crate::ir::{TypeDef, TypeRef};

/// `pub type Tags = Vec<String>;`
pub(super) fn items(writer: &Writer<'_>, def: &TypeDef, target: &TypeRef) -> Vec<Item> {
    let mut text = Paragraphs::of(&def.docs);
    text.line(format!("Schema {}.", docs::code(&def.name.wire)));
    let (docs, name, ty) = (doc(&text.lines()), ident(&def.name.rust), writer.ty(target));
    vec![Item::Alone(quote!(#docs pub type #name = #ty;))]
}
