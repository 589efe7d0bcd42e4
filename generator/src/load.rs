//! Bytes to trees: reads a description and the files that its `$ref`s name, and says where they are not well-formed.
//!
//! One reader a syntax: JSON by serde_json, YAML by the events of granit-parser. Both build the same [`Node`]. Nothing here knows
//! OpenAPI but for `external`, which finds the `$ref`s; what a document means is the next stage's business.

mod budgets;
mod deserialize;
mod external;
mod file;
mod json;
mod node;
pub(crate) mod position;
mod reference;
pub(crate) mod scalar;
mod sources;
#[cfg(test)]
mod tests;
pub(crate) mod text;
mod yaml;

pub use budgets::Budgets;
pub use deserialize::NodeError;
pub use node::{Node, Object, Scalar, ScalarKind};
pub use reference::{BadReference, target};
pub use sources::{MapSources, SourceError, Sources};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostics, Place};
use crate::pointer::Pointer;
use budgets::Meter;

/// The files of a description as trees: the root document, and every file that a `$ref` leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    root: Arc<str>,
    files: BTreeMap<Arc<str>, Node>,
    /// The schemas that have an `$anchor`, by the reference to it: `pets.yaml#leaf`.
    anchors: BTreeMap<String, Pointer>,
}

/// A file with so many findings of one kind is not a description: the next ones are not looked for. It is refused as it is.
const MOST_FINDINGS: usize = 100;

/// Reads the document at `root` and every file that its `$ref`s lead to.
///
/// What is wrong is added to `diagnostics`. A file that has no tree is left out; `None` when that is the root document itself. There
/// may be a tree in spite of errors, so that later stages can report more in the same run.
pub fn load(
    sources: &dyn Sources,
    root: &str,
    budgets: &Budgets,
    diagnostics: &mut Diagnostics,
) -> Option<Loaded> {
    let root: Arc<str> = root.into();
    let mut meter = Meter::new(budgets);
    let mut files = BTreeMap::new();
    let mut anchors = BTreeMap::new();
    let mut seen = BTreeSet::from([root.clone()]);
    let mut waiting = vec![(root.clone(), Place::from(Pointer::root(root.clone())))];
    while let Some((name, at)) = waiting.pop() {
        let Some(node) = file::read(sources, &name, &at, &mut meter, diagnostics) else {
            continue;
        };
        let whole = Pointer::root(name.clone());
        let mut refused = 0;
        let found = external::find(&node, &whole);
        for (name, at) in found.anchors {
            anchors.entry(format!("{whole}{name}")).or_insert(at);
        }
        for reference in found.references {
            match target(&reference.at, reference.text) {
                Ok(to) if seen.insert(to.file().clone()) => {
                    waiting.push((to.file().clone(), reference.at.into()));
                }
                Ok(_) => {}
                Err(bad) => {
                    refused += 1;
                    diagnostics.push(bad.diagnostic(reference.text, reference.at));
                }
            }
            if refused == MOST_FINDINGS {
                break;
            }
        }
        files.insert(name, node);
    }
    files.contains_key(&root).then_some(Loaded {
        root,
        files,
        anchors,
    })
}

/// Reads one file, without following references: for documents of ours, which have none.
///
/// What is wrong is added to `diagnostics`; `None` when there is no tree.
pub fn load_one(
    sources: &dyn Sources,
    path: &str,
    budgets: &Budgets,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let name: Arc<str> = path.into();
    let at = Place::from(Pointer::root(name.clone()));
    file::read(sources, &name, &at, &mut Meter::new(budgets), diagnostics)
}

impl Loaded {
    /// The root document's file name, a path below the reference root.
    pub fn root(&self) -> &Arc<str> {
        &self.root
    }

    /// The value at a place; `None` when there is none, or the file was not read.
    pub fn get(&self, pointer: &Pointer) -> Option<&Node> {
        match pointer.path() {
            "" => self.files.get(pointer.file()),
            path if path.starts_with('/') => self.files.get(pointer.file())?.get_path(pointer),
            _ => None, // the name of an anchor that is not there
        }
    }

    /// The place that a reference leads to; an anchor is where its schema stands. Whether there is such a place is not asked here.
    ///
    /// # Errors
    ///
    /// As [`target`].
    pub fn target(&self, from: &Pointer, reference: &str) -> Result<Pointer, BadReference> {
        let target = target(from, reference)?;
        match target.path().is_empty() || target.path().starts_with('/') {
            true => Ok(target),
            false => Ok(self
                .anchors
                .get(&target.to_string())
                .cloned()
                .unwrap_or(target)),
        }
    }

    /// The files that were read, with their trees, in the order of their names.
    pub fn files(&self) -> impl Iterator<Item = (&Arc<str>, &Node)> {
        self.files.iter()
    }
}
