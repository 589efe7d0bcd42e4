//! Resolves untyped trees into a [`Document`]: every object is rewritten to the spelling of OpenAPI 3.0 and read on its
//! own.
//!
//! Resolving starts at the components and the selected operations and follows references from there. The children of an
//! object are replaced by references before it is read, so a wrong object is one finding at its own location, and all
//! others are still read.

mod audit;
mod components;
mod dialect;
mod document;
mod fit;
mod object;
mod operation;
mod reference;
mod rules;
mod select;
mod siblings;

#[cfg(test)]
mod tests;

pub use document::{
    Component, Document, Entry, HeaderFacts, OperationEntry, ParameterFacts, SchemaFacts,
};

use std::collections::{BTreeSet, HashSet};

use openapiv3::{Schema, SchemaData};
use serde::Deserialize;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, suggest};
use crate::load::{Budgets, Loaded, Node, Object};
use crate::options::Options;
use crate::pointer::Pointer;
use crate::spec::{self, Shape, Version};
use object::ObjectKind;

/// Resolves a description; `None` if its root is no OpenAPI 3.x document.
pub fn resolve(
    loaded: &Loaded,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let root = Pointer::root(loaded.root().clone());
    let node = loaded.get(&root)?;
    let Some(object) = node.as_object() else {
        let text = "an OpenAPI description is an object with `openapi`, `info` and `paths`";
        diagnostics.push(Diagnostic::new(code::WRONG_SHAPE, root, text));
        return None;
    };
    let version = version(object, &root, diagnostics)?;
    let mut resolver = Resolver::new(loaded, diagnostics);
    resolver.version = version;
    resolver.budgets = options.budgets.clone();
    resolver.root(object, &root, options);
    resolver.drain();
    if !select::everything(options) {
        resolver.reached(object, &root);
    }
    Some(resolver.document)
}

/// Returns the version of OpenAPI that the document declares.
fn version(object: &Object, root: &Pointer, diagnostics: &mut Diagnostics) -> Option<Version> {
    let finding = match object.get("openapi") {
        None if object.contains_key("swagger") => Diagnostic::new(
            code::UNSUPPORTED_VERSION,
            root.child("swagger"),
            "this is a Swagger 2.0 document",
        )
        .help("convert it to OpenAPI 3.0 first, for example with `swagger2openapi`"),
        None => Diagnostic::new(code::MISSING_MEMBER, root.clone(), "`openapi` is missing")
            .help("add the version of OpenAPI that the document is written in: `openapi: 3.0.3`"),
        Some(node) => {
            let text = node.as_str().unwrap_or_default();
            let is_known = |known: &str| {
                text.strip_prefix(known)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
            };
            let mut versions = Version::ALL.into_iter();
            if let Some((_, version)) = versions.find(|(known, _)| is_known(known)) {
                return Some(version);
            }
            let message = format!("OpenAPI {text:?} is not supported");
            Diagnostic::new(code::UNSUPPORTED_VERSION, root.child("openapi"), message)
                .help("convert it to OpenAPI 3.0, 3.1 or 3.2")
        }
    };
    diagnostics.push(finding);
    None
}

/// The number of names that a run compares for suggestions: 20,000 dangling references beside 20,000 schemas would take
/// minutes.
const MAX_COMPARISONS: usize = 300_000;

/// The document so far, and the objects that are still to be read.
struct Resolver<'a> {
    loaded: &'a Loaded,
    diagnostics: &'a mut Diagnostics,
    document: Document,
    version: Version,
    /// Locations with a finding about a reference, so that none is reported twice.
    reported: BTreeSet<Place>,
    /// Objects that references lead to and that are still to be read.
    queue: Vec<(ObjectKind, Pointer)>,
    budgets: Budgets,
    /// The number of names compared for suggestions.
    comparisons: usize,
    /// All objects that were ever queued: one that cannot be read is in no table, and may refer to itself.
    queued: HashSet<(ObjectKind, String)>,
}

impl<'a> Resolver<'a> {
    fn new(loaded: &'a Loaded, diagnostics: &'a mut Diagnostics) -> Self {
        let any = Schema {
            schema_data: SchemaData::default(),
            schema_kind: openapiv3::SchemaKind::Any(openapiv3::AnySchema::default()),
        };
        let mut document = Document {
            info: openapiv3::Info::default(),
            servers: Vec::new(),
            components: Vec::new(),
            schemes: Default::default(),
            security: Vec::new(),
            operations: Vec::new(),
            left_out: BTreeSet::new(),
            inbound: Vec::new(),
            schemas: Default::default(),
            parameters: Default::default(),
            bodies: Default::default(),
            responses: Default::default(),
            headers: Default::default(),
            item_schemas: Default::default(),
            descriptions: Default::default(),
        };
        let entry = Entry {
            at: Pointer::root(loaded.root().clone()),
            value: any,
            facts: SchemaFacts::default(),
        };
        document.schemas.insert(String::new(), entry);
        Resolver {
            loaded,
            reported: diagnostics
                .iter()
                .map(|finding| finding.place.clone())
                .collect(),
            diagnostics,
            document,
            version: Version::V3_0,
            queue: Vec::new(),
            budgets: Budgets::default(),
            comparisons: 0,
            queued: HashSet::new(),
        }
    }

    /// Reads the root object and everything that is not reached by a reference from elsewhere.
    fn root(&mut self, object: &'a Object, root: &Pointer, options: &Options) {
        self.audit(&spec::ROOT, object, root);
        match object.get("info") {
            Some(node) => {
                let at = root.child("info");
                let info = self.read_as(Shape::Object(&spec::INFO), node, &at);
                self.document.info = info.unwrap_or_default();
            }
            None => self.report(
                Diagnostic::new(code::MISSING_MEMBER, root.clone(), "`info` is missing")
                    .help("add the API's title and version: `info: { title: …, version: … }`"),
            ),
        }
        if let Some(node) = object.get("servers") {
            let at = root.child("servers");
            let servers = self.read_as(spec::SERVERS, node, &at);
            self.document.servers = servers.unwrap_or_default();
        }
        if let Some(node) = object.get("security") {
            let at = root.child("security");
            let security = self.read_as(spec::SECURITY, node, &at);
            self.document.security = security.unwrap_or_default();
        }
        let at = root.child("components");
        let components = object.get("components");
        if let Some(components) = self.members_of(components, &at, "an object of components") {
            self.audit(&spec::COMPONENTS, components, &at);
            self.schemes(components, &at.child("securitySchemes"));
            if select::everything(options) {
                self.components(components, &at);
            }
        }
        if let Some(paths) = object.get("paths") {
            self.paths(paths, &root.child("paths"), options);
        } else if object.get("webhooks").is_none() && object.get("components").is_none() {
            let text = "the document has neither `paths`, `components` nor `webhooks`";
            self.report(Diagnostic::new(code::MISSING_MEMBER, root.clone(), text));
        }
        if let Some(node) = object.get("webhooks") {
            let at = root.child("webhooks");
            if select::everything(options) {
                self.webhooks(node, &at);
            }
        }
    }

    /// Lists the component schemas that the selected operations reach, in the document's order.
    fn reached(&mut self, root: &Object, at: &Pointer) {
        let at = at.child("components").child("schemas");
        let components = root.get("components").and_then(Node::as_object);
        let schemas = components.and_then(|components| components.get("schemas")?.as_object());
        for name in schemas.into_iter().flat_map(Object::keys) {
            let at = at.child(name);
            let target = at.to_string();
            if self.document.schemas.contains_key(&target) {
                let name = name.to_string();
                let component = Component { name, at, target };
                self.document.components.push(component);
            }
        }
    }

    /// Reads the queued objects, each of which may queue others.
    fn drain(&mut self) {
        while let Some((kind, at)) = self.queue.pop() {
            if let Some(node) = self.loaded.get(&at) {
                self.object(kind, node, &at);
            }
        }
    }

    /// Reads an object whose children have been replaced by references.
    fn read<T: for<'de> Deserialize<'de>>(&mut self, node: &Node, at: &Pointer) -> Option<T> {
        match T::deserialize(node) {
            Ok(value) => Some(value),
            Err(error) => {
                // the tables of `spec` report what can be wrong; this is for what they may lack
                let text = "this value has an unexpected shape";
                self.report(Diagnostic::new(code::WRONG_SHAPE, error.pointer(at), text));
                None
            }
        }
    }

    /// Reads a value without the parts that do not fit.
    fn read_as<T: for<'de> Deserialize<'de>>(
        &mut self,
        shape: Shape,
        node: &Node,
        at: &Pointer,
    ) -> Option<T> {
        let mut node = node.clone();
        if !self.fit_value(shape, &mut node, at) {
            return None;
        }
        self.read(&node, at)
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reports a value that is not the object or array that is expected.
    fn wrong_kind(&mut self, node: &Node, at: &Pointer, expected: &str) {
        let text = format!("expected {expected}, found {}", node.describe());
        self.report(Diagnostic::new(code::WRONG_SHAPE, at.clone(), text));
    }

    /// Follows `$ref`s from a value to the object that they lead to.
    fn follow(&mut self, node: &'a Node, at: &Pointer) -> Option<(Pointer, &'a Node)> {
        self.follow_to(node, at, &|_| false)
    }

    /// Follows `$ref`s like `follow`, and stops early at an object that `is_target` accepts although it has a `$ref`.
    fn follow_to(
        &mut self,
        node: &'a Node,
        at: &Pointer,
        is_target: &dyn Fn(&Node) -> bool,
    ) -> Option<(Pointer, &'a Node)> {
        let (mut node, mut at) = (node, at.clone());
        let mut seen: Vec<Pointer> = Vec::new();
        while let Some(text) = reference::of(node)
            && !is_target(node)
        {
            let place = at.child("$ref");
            if seen.contains(&at) {
                let text = "this `$ref` resolves to itself";
                let mut finding = Diagnostic::new(code::REFERENCE_LOOP, place, text);
                for other in seen.iter().skip_while(|one| **one != at).skip(1) {
                    finding = finding.related(other.child("$ref"), "through this `$ref`");
                }
                self.report(finding.help("replace one of these references by a definition"));
                return None;
            }
            if seen.len() >= self.budgets.hops {
                let first = seen.first().unwrap_or(&at).child("$ref");
                let text = "the chain of references that starts here has more `$ref`s";
                let finding = self.budgets.over(text, "hops", first.clone());
                return self.unreachable(first, finding);
            }
            seen.push(at.clone());
            let target = match self.loaded.target(&at, text) {
                Ok(target) => target,
                Err(bad) => return self.unreachable(place.clone(), bad.diagnostic(text, place)),
            };
            let Some(next) = self.loaded.get(&target) else {
                let finding = self.dangling(place.clone(), text, &target);
                return self.unreachable(place, finding);
            };
            (node, at) = (next, target);
        }
        if let Some(wrong) = reference::not_a_string(node) {
            let text = format!(
                "expected a reference as a string, found {}",
                wrong.describe()
            );
            self.report(Diagnostic::new(code::BAD_REFERENCE, at.child("$ref"), text));
            return None;
        }
        Some((at, node))
    }

    /// Reports a reference that leads nowhere, unless `load` has reported it for a missing file.
    fn unreachable<T>(&mut self, place: Pointer, finding: Diagnostic) -> Option<T> {
        if self.reported.insert(Place::from(place)) {
            self.report(finding);
        }
        None
    }

    /// Returns the finding for a `$ref` to nothing, with the name that was probably meant.
    fn dangling(&mut self, place: Pointer, text: &str, target: &Pointer) -> Diagnostic {
        let finding = Diagnostic::new(
            code::DANGLING_REFERENCE,
            place,
            format!("`{text}` does not exist"),
        );
        let parent = target
            .parent()
            .and_then(|parent| self.loaded.get(&parent)?.as_object());
        let siblings = parent.filter(|siblings| {
            self.comparisons = self.comparisons.saturating_add(siblings.len());
            self.comparisons <= MAX_COMPARISONS
        });
        let closest = siblings.zip(target.name()).and_then(|(siblings, name)| {
            let found = suggest::closest(&name, siblings.keys().map(AsRef::as_ref))?;
            Some((
                text.strip_suffix(name.as_str())?.to_owned(),
                found.to_owned(),
            ))
        });
        match closest {
            Some((stem, name)) => finding.help(format!("did you mean `{stem}{name}`?")),
            None => finding.help("add the definition, or correct the reference"),
        }
    }
}
