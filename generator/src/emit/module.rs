//! A source file as tokens, and its parts.

use proc_macro2::TokenStream;

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
