//! [`Api`] to tokens: one file for each Rust construct. Nothing is decided here that a reader of the API would care about.
//!
//! Text of the document becomes tokens only as a literal, a doc attribute or an identifier that `lower` has checked.

mod alias;
mod body;
mod bulk;
mod client;
mod constructor;
pub(crate) mod docs;
mod failure;
mod fields;
mod headers;
mod integer_enum;
mod method;
mod names;
mod notes;
mod paragraphs;
mod params;
mod response;
mod root;
mod runtime;
mod service;
mod string_enum;
mod structs;
mod tuple;
mod types;
mod union;
mod value_enum;

use proc_macro2::TokenStream;

use crate::ir::Api;
use crate::options::Options;
pub use runtime::{Dependency, Feature, Requirements, manifest};

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

/// What is written: modules made for this API, files of the runtime as they are, and what both need.
pub(crate) struct Emitted<'a> {
    /// The modules made for this API.
    pub modules: Vec<LazyModule<'a>>,
    /// Files of the runtime: the path below the crate's root, and the text.
    pub carried: Vec<(String, &'static str)>,
    /// What the crate's `Cargo.toml` has to have.
    pub requirements: Requirements,
}

/// `, Default` for a type that has one value only: the value needs no choosing.
fn default_of(body: &crate::ir::TypeBody) -> Option<TokenStream> {
    body.constant().map(|_| quote::quote!(, Default))
}

/// Makes all files of a client.
pub(crate) fn emit<'a>(api: &'a Api, options: &'a Options) -> Emitted<'a> {
    let mut modules: Vec<LazyModule<'a>> = vec![Box::new(move || root::module(api, options))];
    modules.extend(types::modules(api));
    modules.extend(client::modules(api));
    modules.extend(headers::module(api));
    modules.extend(bulk::module(api));
    let runtime = runtime::Runtime::of(api);
    let (carried, requirements) = (runtime.files(), runtime.requirements());
    modules.push(Box::new(move || runtime.module()));
    Emitted {
        modules,
        carried,
        requirements,
    }
}
