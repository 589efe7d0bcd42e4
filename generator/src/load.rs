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
mod meant;
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

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::pointer::Pointer;
use crate::spec::Section;
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
    let mut loaded = Loaded {
        root: root.clone(),
        files: BTreeMap::new(),
        anchors: BTreeMap::new(),
    };
    let mut unfound: Vec<(Pointer, String, Diagnostic)> = Vec::new();
    let mut seen = BTreeSet::from([root.clone()]);
    let mut pending = vec![(root.clone(), None::<(Pointer, String)>)];
    while let Some((name, reference)) = pending.pop() {
        let at = match &reference {
            Some((at, _)) => Place::from(at.clone()),
            None => Place::from(Pointer::root(name.clone())),
        };
        let mut found = Diagnostics::new();
        let node = file::read(sources, &name, &at, &mut meter, &mut found);
        for finding in found {
            match &reference {
                Some((at, text)) if finding.code == code::FILE_NOT_FOUND => {
                    unfound.push((at.clone(), text.clone(), finding));
                }
                _ => diagnostics.push(finding),
            }
        }
        let Some(node) = node else { continue };
        let whole = Pointer::root(name.clone());
        let mut rejected = 0;
        let found = external::find(&node, &whole);
        for (name, at) in found.anchors {
            loaded.anchors.entry(format!("{whole}{name}")).or_insert(at);
        }
        for reference in found.references {
            let external::Reference { at, text } = reference;
            match target(&at, text) {
                Ok(to) if seen.insert(to.file().clone()) => {
                    pending.push((to.file().clone(), Some((at, text.to_owned()))));
                }
                Ok(_) => {}
                Err(bad) => {
                    rejected += 1;
                    let finding = bad.diagnostic(text, at.clone());
                    unfound.push((at, text.to_owned(), finding));
                }
            }
            if rejected == MAX_FINDINGS {
                break;
            }
        }
        loaded.files.insert(name, node);
    }
    for (at, text, finding) in unfound {
        // the `$ref`, or an entry in the mapping of a discriminator, in the object that it stands for
        let section = at.parent().map_or(Section::Schemas, |at| section(&at));
        if loaded.component_meant(&at, &text, section).is_none() {
            diagnostics.push(finding.bridge(section.bridge()));
        }
    }
    loaded.files.contains_key(&root).then_some(loaded)
}

/// Returns the section of `components` that an object at this place belongs into.
pub(crate) fn section(at: &Pointer) -> Section {
    let mut last = at.tokens().rev();
    let name = last.next().unwrap_or_default();
    Section::at(&last.next().unwrap_or_default(), &name)
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
