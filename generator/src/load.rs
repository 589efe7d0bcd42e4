//! Parsing: reads a description and the files that its `$ref`s name into untyped trees, and reports syntax errors.
//!
//! Each syntax has one parser: serde_json for JSON, the events of granit-parser for YAML. Both build the same [`Node`].
//! Nothing here knows OpenAPI except `external`, which finds the `$ref`s; what a document means is decided in
//! `resolve`.

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

/// The parsed files of a description: the root document, and every file that a `$ref` leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    root: Arc<str>,
    files: BTreeMap<Arc<str>, Node>,
    /// The schemas with an `$anchor`, by the reference to it: `pets.yaml#leaf`.
    anchors: BTreeMap<String, Pointer>,
}

/// The number of diagnostics of one kind per file. A file with more is not a description, and further ones are not
/// looked for.
const MAX_FINDINGS: usize = 100;

/// Reads the document at `root` and every file that its `$ref`s lead to.
///
/// Problems are added to `diagnostics`. A file that cannot be parsed is left out; `None` if that is the root document.
/// Some errors, such as duplicate keys, still give a tree, so that later stages can report more in the same run.
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
    let mut pending = vec![(root.clone(), Place::from(Pointer::root(root.clone())))];
    while let Some((name, at)) = pending.pop() {
        let Some(node) = file::read(sources, &name, &at, &mut meter, diagnostics) else {
            continue;
        };
        let whole = Pointer::root(name.clone());
        let mut rejected = 0;
        let found = external::find(&node, &whole);
        for (name, at) in found.anchors {
            anchors.entry(format!("{whole}{name}")).or_insert(at);
        }
        for reference in found.references {
            match target(&reference.at, reference.text) {
                Ok(to) if seen.insert(to.file().clone()) => {
                    pending.push((to.file().clone(), reference.at.into()));
                }
                Ok(_) => {}
                Err(bad) => {
                    rejected += 1;
                    diagnostics.push(bad.diagnostic(reference.text, reference.at));
                }
            }
            if rejected == MAX_FINDINGS {
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

/// Reads one file without following references: for `codegen.yaml`, which has none.
///
/// Problems are added to `diagnostics`; `None` if the file cannot be parsed.
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
    /// Returns the file of the root document, a path below the reference root.
    pub fn root(&self) -> &Arc<str> {
        &self.root
    }

    /// Returns the value at a pointer; `None` if there is none, or the file was not read.
    pub fn get(&self, pointer: &Pointer) -> Option<&Node> {
        match pointer.path() {
            "" => self.files.get(pointer.file()),
            path if path.starts_with('/') => self.files.get(pointer.file())?.get_path(pointer),
            _ => None, // an anchor that does not exist
        }
    }

    /// Returns the target of a reference; that of an anchor is the pointer to its schema. The target need not exist.
    ///
    /// # Errors
    ///
    /// As [`target`].
    pub fn target(&self, from: &Pointer, reference: &str) -> Result<Pointer, BadReference> {
        let target = target(from, reference)?;
        if target.path().is_empty() || target.path().starts_with('/') {
            Ok(target)
        } else {
            Ok(self
                .anchors
                .get(&target.to_string())
                .cloned()
                .unwrap_or(target))
        }
    }

    /// Iterates over the files and their trees, in the order of their names.
    pub fn files(&self) -> impl Iterator<Item = (&Arc<str>, &Node)> {
        self.files.iter()
    }
}
