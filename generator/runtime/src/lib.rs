//! The support code of clients that oasmith generates.
//!
//! In this crate it is compiled, linted and tested by itself. Generated crates have a copy of it: [`SOURCES`] has the
//! files as text, [`EXPORTS`] what the root of such a crate exports. In both the code is in a module `runtime`, so
//! paths are the same.
//!
//! Without the feature `client` this crate has only these lists, and no dependency.

#![deny(missing_docs)]

mod sources;

pub use sources::{CALL_METHODS, EXPORTS, Export, File, Part, SOURCES};

#[cfg(feature = "client")]
#[allow(dead_code, reason = "generated code calls it, and here only tests do")]
pub mod runtime;

#[cfg(all(test, feature = "client"))]
mod tests;
