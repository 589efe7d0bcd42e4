//! The source of files. The generator itself never accesses a disk.

use std::collections::BTreeMap;
use std::fmt;

/// A source of files below the reference root.
pub trait Sources {
    /// Reads the file at `path`, which is relative to the reference root, with `/` between its parts and without `.`,
    /// `..` or empty parts.
    ///
    /// # Errors
    ///
    /// [`SourceError`] if it cannot be read. An implementation that follows links must reject one that leaves the root.
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError>;

    /// Returns the source of one of several documents, by its name in `inputs` of `codegen.yaml`, if it has a reference
    /// root of its own. Then a path that names a file there names it here, too.
    fn of_input(&self, name: &str) -> Option<&dyn Sources> {
        let _ = name;
        None
    }
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SourceError {
    /// The file does not exist.
    NotFound,
    /// The file is outside the reference root once links are followed.
    OutsideRoot,
    /// Reading failed; the text is the system's message.
    Other(String),
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SourceError::NotFound => f.write_str("file not found"),
            SourceError::OutsideRoot => f.write_str("outside the reference root"),
            SourceError::Other(cause) => f.write_str(cause),
        }
    }
}

impl std::error::Error for SourceError {}

/// Files in memory: for tests, and for callers whose documents are not files.
#[derive(Debug, Clone, Default)]
pub struct MapSources {
    files: BTreeMap<String, Vec<u8>>,
}

impl MapSources {
    /// Creates a source without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces a file.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.into(), bytes.into());
        self
    }
}

impl Sources for MapSources {
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        self.files.get(path).cloned().ok_or(SourceError::NotFound)
    }
}
