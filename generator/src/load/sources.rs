//! Where files come from. The generator itself never touches a disk.

use std::collections::BTreeMap;
use std::fmt;

/// Gives the bytes of files below the reference root.
pub trait Sources {
    /// The bytes of the file at `path`: relative to the reference root, `/` between its parts, without `.`, `..` or an empty part.
    ///
    /// # Errors
    ///
    /// [`SourceError`] tells why there are none. An implementation that follows links must refuse one that leaves the root.
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError>;
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SourceError {
    /// There is no such file.
    NotFound,
    /// The file is not below the reference root, once links are followed.
    OutsideRoot,
    /// Reading failed; the text is the cause as the system tells it.
    Other(String),
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SourceError::NotFound => f.write_str("there is no such file"),
            SourceError::OutsideRoot => f.write_str("it lies outside the reference root"),
            SourceError::Other(cause) => f.write_str(cause),
        }
    }
}

impl std::error::Error for SourceError {}

/// Files held in memory: for tests, and for library users whose documents are not files.
#[derive(Debug, Clone, Default)]
pub struct MapSources {
    files: BTreeMap<String, Vec<u8>>,
}

impl MapSources {
    /// No files yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, or replaces it.
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
