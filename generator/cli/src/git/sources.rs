//! Documents as they are in a commit.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use oasmith::load::{SourceError, Sources};

use super::Tree;

/// Reads files of a commit by their paths from the workspace, and only those below the reference root.
#[derive(Debug, Clone)]
pub(crate) struct RevisionSources {
    tree: Rc<Tree>,
    root: String,
    /// Files that `codegen.yaml` names, wherever they are: overlays.
    admitted: BTreeSet<String>,
    /// The readers of several documents, each with a reference root of its own.
    inputs: BTreeMap<String, RevisionSources>,
}

impl RevisionSources {
    /// Creates a reader of the files below the folder `root`.
    pub(crate) fn new(tree: Rc<Tree>, root: &str) -> Self {
        RevisionSources {
            tree,
            root: root.to_owned(),
            admitted: BTreeSet::new(),
            inputs: BTreeMap::new(),
        }
    }

    /// Adds files that can be outside of the reference root.
    pub(crate) fn admitting(mut self, names: &[String]) -> Self {
        self.admitted.extend(names.iter().cloned());
        self
    }

    /// Sets the readers of several documents.
    pub(crate) fn with_inputs(mut self, inputs: BTreeMap<String, RevisionSources>) -> Self {
        self.inputs = inputs;
        self
    }
}

impl Sources for RevisionSources {
    fn read(&self, name: &str) -> Result<Vec<u8>, SourceError> {
        if !self.inputs.is_empty() {
            let mut inputs = self.inputs.values();
            let read = inputs.find_map(|input| input.read(name).ok());
            return read.ok_or(SourceError::OutsideRoot);
        }
        let root = if self.admitted.contains(name) {
            ""
        } else {
            &self.root
        };
        self.tree.read(name, root)
    }

    fn of_input(&self, name: &str) -> Option<&dyn Sources> {
        self.inputs.get(name).map(|input| input as &dyn Sources)
    }
}
