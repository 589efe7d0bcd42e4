//! A source file as tokens, and its parts.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::ir::Api;

/// A source file as tokens.
#[derive(Debug)]
pub(crate) struct Module {
    /// The path below the crate's root: `src/types/product.rs`.
    pub path: String,
    /// Text of the module's own documentation, line by line.
    pub docs: Vec<String>,
    /// Attributes of the module itself.
    pub attributes: Vec<TokenStream>,
    /// The items, in order; render puts a blank line between them, but not between the lines of a block.
    pub items: Vec<Item>,
}

/// A part of a file.
#[derive(Debug)]
pub(crate) enum Item {
    /// An item by itself.
    Alone(TokenStream),
    /// Lines that belong together: imports, module declarations.
    Block(Vec<TokenStream>),
}

/// A file that is made on demand, on any thread: tokens cannot be sent to another.
pub(crate) type LazyModule<'a> = Box<dyn Fn() -> Module + Send + Sync + 'a>;

/// Returns the path of a file of a client: `src/types/pet.rs`, or `src/products/types/pet.rs` for one of several.
pub(super) fn path(api: &Api, below: &str) -> String {
    match &api.home {
        Some(home) => format!("src/{}/{below}", home.module),
        None => format!("src/{below}"),
    }
}

/// Returns the module that a client is in: `crate`, or `crate::products` for one of several.
pub(super) fn home(api: &Api) -> TokenStream {
    match &api.home {
        Some(home) => {
            let module = Ident::new(&home.module, Span::call_site());
            quote!(crate::#module)
        }
        None => quote!(crate),
    }
}
