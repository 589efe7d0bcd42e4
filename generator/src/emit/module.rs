//! A source file before it is text, and its parts.

use proc_macro2::TokenStream;

/// A source file before it is text.
#[derive(Debug)]
pub(crate) struct Module {
    /// The path below the crate's root: `src/types/product.rs`.
    pub path: String,
    /// Text of the module's own documentation, line by line.
    pub docs: Vec<String>,
    /// Attributes of the module itself.
    pub attributes: Vec<TokenStream>,
    /// The items, in order; a blank line stands between all but the lines of a block.
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

/// A file that is made when it is asked for, on any thread: tokens cannot leave theirs.
pub(crate) type LazyModule<'a> = Box<dyn Fn() -> Module + Send + Sync + 'a>;
