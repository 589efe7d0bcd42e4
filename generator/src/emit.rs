//! Emits tokens for an [`Api`]: one file for each Rust construct. Nothing is decided here that a user of the output
//! would care about.
//!
//! At the bottom are `module`, `names`, `docs`, `gates` and `type_names`; `types/` and `client/` have the constructs; `root`,
//! `headers`, `bulk` and `runtime` are on top. No two files name each other.
//!
//! Text of the document becomes tokens only as a literal, a doc attribute or an identifier that `lower` has checked.

mod argument;
mod bulk;
mod client;
mod complexity;
pub(crate) mod docs;
mod gates;
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
pub use runtime::{Dependency, Feature, FeatureKind, Requirements, manifest, member_manifest};

/// The files of a client: modules made for this API, files of the runtime, and what both need.
pub(crate) struct Emitted<'a> {
    /// The modules made for this API.
    pub modules: Vec<LazyModule<'a>>,
    /// Files of the runtime that the crate carries: the path below the crate's root, and the text.
    pub runtime_files: Vec<(String, String)>,
    /// What the crate's `Cargo.toml` needs.
    pub requirements: Requirements,
}

/// Emits all files of a client.
pub(crate) fn emit<'a>(api: &'a Api, options: &'a Options) -> Emitted<'a> {
    let mut modules = root::modules(api, options);
    match &api.joined {
        Some(joined) => {
            modules.push(client::whole(api, joined));
            modules.extend(types::modules(&joined.common));
            modules.extend(joined.parts.iter().flat_map(|part| document(&part.api)));
        }
        None => modules.extend(document(api)),
    }
    let runtime = runtime::Runtime::of(api, options);
    let (runtime_files, mut requirements) = (runtime.files(), runtime.requirements());
    requirements.add_features(api);
    modules.push(Box::new(move || runtime.module()));
    Emitted {
        modules,
        runtime_files,
        requirements,
    }
}

/// Emits the types and operations of a document.
fn document(api: &Api) -> Vec<LazyModule<'_>> {
    let mut modules = types::modules(api);
    modules.extend(client::modules(api));
    modules.extend(client::call::markers(api));
    modules.extend(headers::module(api));
    modules.extend(bulk::module(api));
    modules
}
