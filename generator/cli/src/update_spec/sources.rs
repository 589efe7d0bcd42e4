//! The files of a target with a newer description in the place of the one on disk.

use std::collections::BTreeMap;

use oasmith::load::{SourceError, Sources};

use crate::disk::DiskSources;

/// The files of a target, some of them in memory.
#[derive(Debug, Clone)]
pub(super) struct Incoming<'d> {
    disk: &'d DiskSources,
    files: BTreeMap<String, Vec<u8>>,
    input: String,
}

impl<'d> Incoming<'d> {
    /// Puts the newer description in the place of the file `input`.
    pub(super) fn new(disk: &'d DiskSources, input: &str, bytes: Vec<u8>) -> Self {
        Incoming {
            disk,
            files: BTreeMap::from([(input.to_owned(), bytes)]),
            input: input.to_owned(),
        }
    }

    /// Puts a text in the place of a file.
    pub(super) fn with(mut self, name: &str, text: String) -> Self {
        self.files.insert(name.to_owned(), text.into_bytes());
        self
    }

    /// Also gives the newer description another name, that of the file it came from.
    pub(super) fn renamed(&self, name: &str) -> Self {
        let mut renamed = self.clone();
        if let Some(bytes) = renamed.files.get(&self.input).cloned() {
            renamed.files.insert(name.to_owned(), bytes);
        }
        renamed
    }
}

impl Sources for Incoming<'_> {
    fn read(&self, name: &str) -> Result<Vec<u8>, SourceError> {
        match self.files.get(name) {
            Some(bytes) => Ok(bytes.clone()),
            None => self.disk.read(name),
        }
    }
}
