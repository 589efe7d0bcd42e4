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
pub mod jsonpath;
mod meant;
mod node;
pub mod overlay;
pub(crate) mod position;
mod reference;
pub(crate) mod scalar;
mod sources;
#[cfg(test)]
mod tests;
pub(crate) mod text;
pub mod write;
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
use overlay::{Origins, Remover};

/// The parsed files of a description: the root document, and every file that a `$ref` leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    root: Arc<str>,
    files: BTreeMap<Arc<str>, Node>,
    /// The schemas with an `$anchor`, by the reference to it: `pets.yaml#leaf`.
    anchors: BTreeMap<String, Pointer>,
    /// The overlays that were applied to the root document.
    overlays: Vec<Arc<str>>,
    /// Where the values of the root document came from; `None` without overlays.
    origins: Option<Origins>,
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
    load_overlaid(sources, root, &[], budgets, diagnostics)
}

/// Reads as [`load`] does, and applies overlays to the root document, in their order.
pub fn load_overlaid(
    sources: &dyn Sources,
    root: &str,
    overlays: &[String],
    budgets: &Budgets,
    diagnostics: &mut Diagnostics,
) -> Option<Loaded> {
    let (loaded, mut found) = load_parts(sources, root, overlays, budgets, diagnostics)?;
    loaded.translate(&mut found);
    diagnostics.extend(found);
    Some(loaded)
}

/// Reads as [`load_overlaid`] does, and returns what is wrong with references beside the result. Their places are those
/// in the changed document, as those of later stages are: [`Loaded::translate`] moves them.
pub(crate) fn load_parts(
    sources: &dyn Sources,
    root: &str,
    overlays: &[String],
    budgets: &Budgets,
    diagnostics: &mut Diagnostics,
) -> Option<(Loaded, Diagnostics)> {
    let mut meter = Meter::new(budgets);
    let mut loaded = Loaded {
        root: root.into(),
        files: BTreeMap::new(),
        anchors: BTreeMap::new(),
        overlays: overlays.iter().map(|name| name.as_str().into()).collect(),
        origins: None,
    };
    let at = Place::from(Pointer::root(loaded.root.clone()));
    let mut document = file::read(sources, &loaded.root, &at, &mut meter, diagnostics)?;
    if !overlays.is_empty() {
        let origins = overlay::apply_files(
            sources,
            (&loaded.root, &mut document),
            &loaded.overlays,
            &mut meter,
            diagnostics,
        );
        loaded.origins = Some(origins);
    }
    let mut found = Diagnostics::new();
    follow(sources, document, &mut loaded, &mut meter, &mut found);
    Some((loaded, found))
}

/// Adds the root document, and the files that references lead to.
fn follow(
    sources: &dyn Sources,
    document: Node,
    loaded: &mut Loaded,
    meter: &mut Meter<'_>,
    diagnostics: &mut Diagnostics,
) {
    let mut unfound: Vec<(Pointer, String, Diagnostic)> = Vec::new();
    let mut seen = BTreeSet::from([loaded.root.clone()]);
    let mut pending = Vec::new();
    let mut next = Some((loaded.root.clone(), document));
    while let Some((name, node)) = next {
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
                    pending.push((to.file().clone(), at, text.to_owned()));
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
        next = None;
        while next.is_none() {
            let Some((name, at, text)) = pending.pop() else {
                break;
            };
            let mut found = Diagnostics::new();
            let place = Place::from(at.clone());
            let node = file::read(sources, &name, &place, meter, &mut found);
            for finding in found {
                if finding.code == code::FILE_NOT_FOUND {
                    unfound.push((at.clone(), text.clone(), finding));
                } else {
                    diagnostics.push(finding);
                }
            }
            next = node.map(|node| (name, node));
        }
    }
    for (at, text, finding) in unfound {
        // the `$ref`, or an entry in the mapping of a discriminator, in the object that it stands for
        let section = at.parent().map_or(Section::Schemas, |at| section(&at));
        if loaded.component_meant(&at, &text, section).is_none() {
            diagnostics.push(finding.bridge(section.bridge()));
        }
    }
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

    /// Returns the root document, with all overlays applied.
    pub fn document(&self) -> Option<&Node> {
        self.files.get(&self.root)
    }

    /// Returns the files of the overlays, in the order in which they were applied.
    pub fn overlays(&self) -> &[Arc<str>] {
        &self.overlays
    }

    /// Returns the JSONPath of a value for an action of an overlay; `None` for one in another file, or one that an
    /// overlay wrote.
    pub(crate) fn json_path(&self, pointer: &Pointer) -> Option<String> {
        if pointer.file() != &self.root {
            return None;
        }
        let is_written = |origins: &Origins| origins.is_written(pointer);
        if self.origins.as_ref().is_some_and(is_written) {
            return None;
        }
        self.get(pointer)?;
        Some(jsonpath::to_place(self.document()?, pointer))
    }

    /// Returns the action that removed the value at a pointer, or one around it.
    pub(crate) fn remover(&self, pointer: &Pointer) -> Option<&Remover> {
        let origins = self.origins.as_ref();
        origins
            .filter(|_| pointer.file() == &self.root)?
            .remover(pointer)
    }

    /// Returns where a value was written: the pointer itself, unless an overlay wrote or moved the value.
    pub fn written_at(&self, pointer: &Pointer) -> Pointer {
        match &self.origins {
            Some(origins) if pointer.file() == &self.root => origins.written_at(pointer),
            _ => pointer.clone(),
        }
    }

    /// Moves the places of diagnostics from the root document as it is now to the files in which its values were
    /// written: the document as it was read, and the overlays.
    pub fn translate(&self, diagnostics: &mut Diagnostics) {
        if let Some(origins) = &self.origins {
            origins.translate(diagnostics);
        }
    }

    /// Iterates over the files and their trees, in the order of their names.
    pub fn files(&self) -> impl Iterator<Item = (&Arc<str>, &Node)> {
        self.files.iter()
    }
}
