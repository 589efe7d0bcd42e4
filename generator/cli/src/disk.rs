//! Reads from disk: documents below their reference root, and output folders. Nothing here writes.
//!
//! Symbolic links to documents are followed as long as they stay below the reference root; in an output folder they are
//! never followed.

mod snapshot;
mod sources;

pub(crate) use snapshot::{Extent, snapshot};
pub use sources::DiskSources;
