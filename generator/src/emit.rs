//! [`Api`] to tokens: one file for each Rust construct. Nothing is decided here that a reader of the API would care about.
//!
//! Text of the document becomes tokens only as a literal, a doc attribute or an identifier that `lower` has checked.

mod argument;
mod bulk;
mod client;
mod complexity;
pub(crate) mod docs;
mod headers;
mod module;
mod names;
mod notes;
mod paragraphs;
mod root;
mod runtime;
mod type_names;
mod types;

use crate::ir::Api;
use crate::options::Options;
pub(crate) use module::{Item, LazyModule, Module};
pub use runtime::{Dependency, Feature, Requirements, manifest};

/// What is written: modules made for this API, files of the runtime as they are, and what both need.
pub(crate) struct Emitted<'a> {
    /// The modules made for this API.
    pub modules: Vec<LazyModule<'a>>,
    /// Files of the runtime: the path below the crate's root, and the text.
    pub carried: Vec<(String, &'static str)>,
    /// What the crate's `Cargo.toml` has to have.
    pub requirements: Requirements,
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
