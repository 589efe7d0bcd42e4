//! What is read from disk: documents below their reference root, and output folders.
//!
//! Nothing here writes. Symbolic links are resolved for documents, since a `spec/` may be full of them, and the result
//! must still lie below the reference root; in an output folder they are never followed.

mod snapshot;
mod sources;

pub use snapshot::snapshot;
pub use sources::DiskSources;
