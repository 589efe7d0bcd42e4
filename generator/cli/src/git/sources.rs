//! Documents as they are in a commit.

use std::collections::BTreeSet;
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
}

impl RevisionSources {
    /// Creates a reader of the files below the folder `root`.
    pub(crate) fn new(tree: Rc<Tree>, root: &str) -> Self {
        RevisionSources {
            tree,
            root: root.to_owned(),
            admitted: BTreeSet::new(),
        }
    }

    /// Adds files that can be outside of the reference root.
    pub(crate) fn admitting(mut self, names: &[String]) -> Self {
        self.admitted.extend(names.iter().cloned());
        self
    }
}

impl Sources for RevisionSources {
    fn read(&self, name: &str) -> Result<Vec<u8>, SourceError> {
        let root = if self.admitted.contains(name) {
            ""
        } else {
            &self.root
        };
        self.tree.read(name, root)
    }
}
