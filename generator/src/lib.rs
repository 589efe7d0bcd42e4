//! Turns an OpenAPI 3.x description into the source of a typed Rust client crate.
//!
//! ```text
//!  Sources ─load─▶ Loaded ─resolve─▶ Document ─lower─▶ ir::Api ─emit─▶ Module ─render─▶ Tree
//!              every stage may add diagnostics; none reads a later stage, none writes into an earlier one
//! ```
//!
//! The crate is a library: it touches no disk, prints nothing and asks no clock. A caller gives it [`load::Sources`] to read from, and writes
//! what comes back where it wants it:
//!
//! ```
//! use oasmith::load::MapSources;
//! use oasmith::options::Options;
//!
//! let document = r#"
//! openapi: 3.0.3
//! info: { title: Pets, version: "1" }
//! paths:
//!   /pets:
//!     get:
//!       operationId: listPets
//!       responses:
//!         "200":
//!           description: All pets.
//!           content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } }
//! components:
//!   schemas:
//!     Pet: { type: object, required: [name], properties: { name: { type: string } } }
//! "#;
//! let sources = MapSources::new().with("pets.yaml", document);
//! let output = oasmith::generate(&sources, &Options::new("pets.yaml", "pets")).expect("the document is right");
//! assert!(output.files["src/types/pet.rs"].contains("pub struct Pet"));
//! assert!(output.files["src/client/default.rs"].contains("pub fn list_pets"));
//! ```

#![deny(missing_docs)]
// A document never reaches a panic: what could is either written without one, or says why it cannot happen.
#![cfg_attr(
    not(test),
    warn(
        clippy::allow_attributes_without_reason,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable,
        clippy::unwrap_used
    )
)]

pub mod census;
pub mod diagnostic;
mod emit;
pub mod ir;
pub mod load;
mod lower;
mod name;
pub mod options;
pub mod pointer;
mod render;
pub mod resolve;
mod spec;

pub use emit::{Dependency, Feature, Requirements, manifest};
pub use render::{Tree, reparse};

use diagnostic::Diagnostics;
use ir::Api;
use load::Sources;
use options::Options;

/// What a run makes.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Output {
    /// The files of the crate by path, such as `src/lib.rs`; `/` between the parts on every system.
    pub files: Tree,
    /// What the crate's `Cargo.toml` has to have.
    pub requirements: Requirements,
    /// What is worth knowing; none of it is an error.
    pub diagnostics: Diagnostics,
    /// The files that were read, as paths below the reference root.
    pub inputs: Vec<String>,
    /// What the files were made from: the types and operations, as plain data.
    pub api: ir::Api,
}

/// Reads a description and makes the source of a client.
///
/// # Errors
///
/// All errors of the document, together with the warnings. There is no output then, not even a part.
pub fn generate(sources: &dyn Sources, options: &Options) -> Result<Output, Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    let output = stages(sources, options, &mut diagnostics);
    diagnostics.sort();
    match output {
        Some(output) if !diagnostics.has_errors() => Ok(Output {
            diagnostics,
            ..output
        }),
        _ => Err(diagnostics),
    }
}

/// The five calls. A stage that has errors still goes on, and the next one still runs, so that one run tells everything.
fn stages(
    sources: &dyn Sources,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Output> {
    options.check(diagnostics);
    let loaded = load::load(sources, &options.input, &options.budgets, diagnostics)?;
    let document = resolve::resolve(&loaded, options, diagnostics)?;
    let api = lower::lower(&document, options, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    let (files, requirements) = write(&api, options, diagnostics);
    let inputs = loaded.files().map(|(path, _)| path.to_string()).collect();
    Some(Output {
        files,
        requirements,
        diagnostics: Diagnostics::new(),
        inputs,
        api,
    })
}

/// The last two calls: a file is rendered as soon as its tokens are there.
fn write(api: &Api, options: &Options, diagnostics: &mut Diagnostics) -> (Tree, Requirements) {
    let emitted = emit::emit(api, options);
    let files = render::render(&emitted, options, diagnostics);
    (files, emitted.requirements)
}

/// The stages that are no modules of the public API, one by one: for the benchmark that times them. No part of the contract.
#[doc(hidden)]
pub mod stage {
    use crate::diagnostic::Diagnostics;
    use crate::ir::Api;
    use crate::options::Options;
    use crate::render::Tree;

    pub use crate::lower::lower;

    /// Emits and renders.
    pub fn write(api: &Api, options: &Options, diagnostics: &mut Diagnostics) -> Tree {
        super::write(api, options, diagnostics).0
    }
}

/// Single steps on a text of a document, for the fuzz targets in `fuzz/`. No part of the contract.
#[doc(hidden)]
pub mod step {
    use crate::emit::docs;
    use crate::load::scalar;
    use crate::{load, name};

    /// The Rust names that a wire name gives: type, member, method, variant, module.
    pub fn names(wire: &str) -> [String; 5] {
        [
            name::type_name(wire),
            name::member_name(wire),
            name::method_name(wire),
            name::variant_name(wire),
            name::module_name(wire),
        ]
    }

    /// The name of a method by id, method and path.
    pub fn operation_name(id: Option<&str>, method: &str, path: &str) -> String {
        name::operation_name(id, method, path)
    }

    /// The lines of a doc comment.
    pub fn doc_lines(text: &str) -> Vec<String> {
        docs::lines(text)
    }

    /// A name in a doc comment.
    pub fn doc_code(text: &str) -> String {
        docs::code(text)
    }

    /// What a plain YAML scalar is, and its number.
    pub fn scalar(text: &str) -> (load::Kind, Option<serde_json::Number>) {
        let kind = scalar::kind(text);
        let number = match kind {
            load::Kind::Integer => scalar::integer(text),
            load::Kind::Float => scalar::float(text),
            load::Kind::Null | load::Kind::Bool | load::Kind::String => None,
        };
        (kind, number)
    }
}
