//! Turns an OpenAPI 3.x description into the source of a typed Rust client crate.
//!
//! ```text
//!  Sources ─load─▶ Loaded ─resolve─▶ Document ─lower─▶ ir::Api ─emit─▶ Module ─render─▶ Tree
//!              each stage can add diagnostics; none depends on a later stage, none changes the value of an earlier one
//! ```
//!
//! The crate is a library: it does not access the disk, the terminal or the clock. A caller passes [`load::Sources`] to
//! read from, and writes the returned files itself:
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
//! let output = oasmith::generate(&sources, &Options::new("pets.yaml", "pets")).expect("the document is valid");
//! assert!(output.files["src/types/pet.rs"].contains("pub struct Pet"));
//! assert!(output.files["src/client/default.rs"].contains("pub fn list_pets"));
//! ```

#![deny(missing_docs)]
// No document causes a panic: an operation that can panic is avoided, or states why it cannot.
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

pub mod compare;
pub mod diagnostic;
mod emit;
pub mod ir;
mod join;
pub mod load;
mod lower;
mod name;
pub mod options;
pub mod pointer;
mod render;
pub mod report;
pub mod resolve;
mod spec;
#[cfg(test)]
mod tests;

pub use emit::{Dependency, Feature, FeatureKind, Requirements, manifest, member_manifest};
pub use render::{Tree, reparse};

use diagnostic::Diagnostics;
use ir::Api;
use load::{Loaded, Sources};
use options::Options;
use pointer::Pointer;

/// The output of a run.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Output {
    /// The files of the crate by path, such as `src/lib.rs`, with `/` between the parts on every system.
    pub files: Tree,
    /// What the crate's `Cargo.toml` must contain.
    pub requirements: Requirements,
    /// Warnings and notes; no errors.
    pub diagnostics: Diagnostics,
    /// The files that were read, overlays included, as paths below the reference root.
    pub inputs: Vec<String>,
    /// The types and operations that the files were generated from.
    pub api: ir::Api,
}

/// Generates the source of a client crate from a description.
///
/// # Errors
///
/// All diagnostics of the document if one of them is an error. There is no partial output.
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

/// Runs the stages. They continue past errors so that one run reports every problem.
fn stages(
    sources: &dyn Sources,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Output> {
    options.check(diagnostics);
    let (api, inputs) = if options.inputs.is_empty() {
        let document = read(sources, options, diagnostics)?;
        (document.api, document.inputs)
    } else {
        several(sources, options, diagnostics)?
    };
    if diagnostics.has_errors() {
        return None;
    }
    let (files, requirements) = write(&api, options, diagnostics);
    Some(Output {
        files,
        requirements,
        diagnostics: Diagnostics::new(),
        inputs,
        api,
    })
}

/// A document that is read.
struct Read {
    api: Api,
    inputs: Vec<String>,
}

/// Loads, resolves and lowers a document.
fn read(sources: &dyn Sources, options: &Options, diagnostics: &mut Diagnostics) -> Option<Read> {
    let mut own = Diagnostics::new();
    let read = understood(sources, options, &mut own);
    if options.lenient && read.is_some() {
        own.bridge();
    }
    diagnostics.extend(own);
    read
}

fn understood(
    sources: &dyn Sources,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Read> {
    let Options {
        input,
        overlays,
        budgets,
        ..
    } = options;
    let (loaded, mut found) = load::load_parts(sources, input, overlays, budgets, diagnostics)?;
    let api = understand(&loaded, options, &mut found);
    loaded.translate(&mut found);
    diagnostics.extend(found);
    let files = loaded.files().map(|(path, _)| path);
    let inputs = files.chain(loaded.overlays()).map(ToString::to_string);
    Some(Read {
        api: api?,
        inputs: inputs.collect(),
    })
}

/// Reads each of several documents by itself, and joins them.
fn several(
    sources: &dyn Sources,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<(Api, Vec<String>)> {
    let mut parts = Vec::with_capacity(options.inputs.len());
    let mut inputs = std::collections::BTreeSet::new();
    for (name, own) in &options.inputs {
        own.check(diagnostics);
        let sources = sources.of_input(name).unwrap_or(sources);
        // a document that is wrong does not keep the others from being read
        if let Some(read) = read(sources, own, diagnostics) {
            inputs.extend(read.inputs);
            parts.push(join::Part {
                name: name.clone(),
                document: Pointer::root(own.input.as_str()),
                api: read.api,
            });
        }
    }
    if parts.len() < options.inputs.len() || diagnostics.has_errors() {
        return None;
    }
    let api = join::join(parts, &options.package, diagnostics);
    Some((api, inputs.into_iter().collect()))
}

/// Resolves and lowers. The places of diagnostics are those of the document with its overlays.
fn understand(loaded: &Loaded, options: &Options, diagnostics: &mut Diagnostics) -> Option<Api> {
    let document = resolve::resolve(loaded, options, diagnostics)?;
    Some(lower::lower(&document, options, diagnostics))
}

/// Emits and renders, file by file.
fn write(api: &Api, options: &Options, diagnostics: &mut Diagnostics) -> (Tree, Requirements) {
    let emitted = emit::emit(api, options);
    let files = render::render(&emitted, options, diagnostics);
    (files, emitted.requirements)
}

/// The private stages, for the benchmark that measures them. Not part of the public API.
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

/// Single steps on a string of a document, for the fuzz targets in `fuzz/`. Not part of the public API.
#[doc(hidden)]
pub mod step {
    use crate::emit::docs;
    use crate::load::scalar;
    use crate::{load, name};

    /// Returns the Rust names of a wire name: type, member, method, variant, module.
    pub fn names(wire: &str) -> [String; 5] {
        [
            name::type_name(wire),
            name::member_name(wire),
            name::method_name(wire),
            name::variant_name(wire),
            name::module_name(wire),
        ]
    }

    /// Returns the name of a method by `operationId`, HTTP method and path.
    pub fn operation_name(id: Option<&str>, method: &str, path: &str) -> String {
        name::operation_name(id, method, path).name
    }

    /// Returns the lines of a doc comment.
    pub fn doc_lines(text: &str) -> Vec<String> {
        docs::lines(text)
    }

    /// Returns a name in a doc comment.
    pub fn doc_code(text: &str) -> String {
        docs::code(text)
    }

    /// Returns the kind of a plain YAML scalar, and its value if it is a number.
    pub fn scalar(text: &str) -> (load::ScalarKind, Option<serde_json::Number>) {
        let kind = scalar::kind(text);
        let number = match kind {
            load::ScalarKind::Integer => scalar::integer(text),
            load::ScalarKind::Float => scalar::float(text),
            load::ScalarKind::Null | load::ScalarKind::Bool | load::ScalarKind::String => None,
        };
        (kind, number)
    }
}
