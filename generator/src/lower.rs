//! A [`Document`] to [`ir::Api`](crate::ir::Api): which Rust types and methods there are, and what they are called.
//!
//! ```text
//!  Document ─schema─▶ types ─operation─▶ methods ─finish─▶ ir::Api
//!                        ▲        │
//!                        └────────┘  an operation asks for the types of its schemas; nothing asks back
//! ```
//!
//! `schema` and `operation` make drafts; `finish` takes them and makes the finished value, in which nothing is left to
//! be filled in.

mod finish;
mod graph;
mod operation;
mod schema;
#[cfg(test)]
mod tests;

use crate::diagnostic::Diagnostics;
use crate::ir::Api;
use crate::options::Options;
use crate::resolve::Document;
use schema::Schemas;

/// Decides everything about the output; what it cannot decide is a diagnostic.
pub fn lower(document: &Document, options: &Options, diagnostics: &mut Diagnostics) -> Api {
    let mut schemas = Schemas::of(document, options, diagnostics);
    let operations = operation::lower(&mut schemas);
    let schemas = schemas.into_drafts();
    finish::finish(schemas, operations, (document, options, diagnostics))
}
