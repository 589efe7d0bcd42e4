//! Resolves untyped trees into a [`Document`]: every object is rewritten to the spelling of OpenAPI 3.0 and read on its
//! own.
//!
//! Resolving starts at the components and the selected operations and follows references from there. The children of an
//! object are replaced by references before it is read, so a wrong object is one finding at its own location, and all
//! others are still read.

mod audit;
mod components;
mod conditions;
mod dialect;
mod document;
mod fit;
mod follow;
mod holes;
mod listed;
mod object;
mod operation;
mod parts;
mod reference;
mod responses;
mod rules;
mod schema;
mod select;
mod siblings;
mod slips;
mod tally;

#[cfg(test)]
mod tests;

pub use document::{
    Component, Document, Entry, HeaderFacts, OperationEntry, ParameterFacts, SchemaFacts,
};

use std::collections::BTreeSet;

use foldhash::HashSet;
use serde::Deserialize;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, code};
use crate::load::{Budgets, Loaded, Node, Object};
use crate::options::Options;
use crate::pointer::Pointer;
use crate::spec::{self, Shape, Version};
use object::ObjectKind;
use parts::Queued;
use tally::Tally;

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
    let mut resolver = Resolver::new(loaded, std::mem::take(diagnostics));
    resolver.version = version;
    resolver.budgets = options.budgets.clone();
    resolver.root(object, &root, options);
    resolver.drain();
    if !select::everything(options) {
        resolver.reached(object, &root);
    }
    *diagnostics = resolver.diagnostics;
    diagnostics.extend(resolver.once);
    resolver.tally.report(diagnostics);
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
            let at = root.child("openapi");
            let written = node.as_text().unwrap_or_default();
            let text = written.trim().trim_start_matches(['v', 'V']);
            let is_known = |known: &str| {
                text.strip_prefix(known)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
            };
            let mut versions = Version::ALL.into_iter();
            if let Some((known, version)) = versions.find(|(known, _)| is_known(known)) {
                if node.as_str() != Some(text) {
                    let text = format!(
                        "expected a version such as `\"{known}.0\"`, found {} `{written}`; it is read as OpenAPI {known}",
                        node.describe()
                    );
                    let finding = Diagnostic::new(code::UNSUPPORTED_VERSION, at, text)
                        .severity(Severity::Warning)
                        .help(format!("write `\"{known}.0\"`, in quotes"));
                    diagnostics.push(finding);
                }
                return Some(version);
            }
            let message = match node.as_text() {
                Some(text) => format!("OpenAPI {text:?} is not supported"),
                None => format!("expected a version of OpenAPI, found {}", node.describe()),
            };
            Diagnostic::new(code::UNSUPPORTED_VERSION, at, message)
                .help("convert it to OpenAPI 3.0, 3.1 or 3.2")
        }
    };
    diagnostics.push(finding);
    None
}

/// Returns a member that is not null: a null is absent, which the audit of the object reports.
fn present<'n>(object: &'n Object, name: &str) -> Option<&'n Node> {
    object.get(name).filter(|node| !node.is_null())
}

/// The document so far, and the objects that are still to be read.
struct Resolver<'a> {
    loaded: &'a Loaded,
    diagnostics: Diagnostics,
    document: Document,
    version: Version,
    /// Locations with a finding about a reference, so that none is reported twice.
    reported: BTreeSet<Place>,
    /// These findings.
    once: Vec<Diagnostic>,
    /// Objects that references lead to and that are still to be read.
    queue: Vec<Queued>,
    budgets: Budgets,
    /// The number of names compared for suggestions.
    comparisons: usize,
    /// Findings that are reported once, with the number of their places.
    tally: Tally,
    /// All objects that were ever queued: one that cannot be read is in no table, and may refer to itself.
    queued: HashSet<(ObjectKind, String)>,
}

impl<'a> Resolver<'a> {
    fn new(loaded: &'a Loaded, diagnostics: Diagnostics) -> Self {
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
            value: holes::any(),
            facts: SchemaFacts::default(),
        };
        document.schemas.insert(String::new(), Box::new(entry));
        Resolver {
            loaded,
            reported: diagnostics
                .iter()
                .map(|finding| finding.place.clone())
                .collect(),
            once: Vec::new(),
            diagnostics,
            document,
            version: Version::V3_0,
            queue: Vec::new(),
            budgets: Budgets::default(),
            comparisons: 0,
            tally: Tally::default(),
            queued: HashSet::default(),
        }
    }

    /// Reads the root object and everything that is not reached by a reference from elsewhere.
    fn root(&mut self, object: &'a Object, root: &Pointer, options: &Options) {
        self.audit(&spec::ROOT, object, root);
        self.info(object, root, options);
        if let Some(node) = present(object, "servers") {
            let at = root.child("servers");
            let servers = self.read_as(spec::SERVERS, node, &at);
            self.document.servers = servers.unwrap_or_default();
        }
        if let Some(node) = present(object, "security") {
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
        if let Some(paths) = present(object, "paths") {
            self.paths(paths, &root.child("paths"), options);
        } else if present(object, "webhooks").is_none() && present(object, "components").is_none() {
            let text = "the document has neither `paths`, `components` nor `webhooks`";
            self.report(Diagnostic::new(code::MISSING_MEMBER, root.clone(), text));
        }
        if let Some(node) = present(object, "webhooks") {
            let at = root.child("webhooks");
            if select::everything(options) {
                self.webhooks(node, &at);
            }
        }
    }

    /// Reads `info`. What is missing there is missing in the documentation of the client only.
    fn info(&mut self, object: &'a Object, root: &Pointer, options: &Options) {
        let at = root.child("info");
        let mut info = Object::default();
        match present(object, "info") {
            Some(Node::Object(given)) => {
                info = Object::clone(given);
                self.audit(&spec::INFO, &info, &at);
                self.fit(&spec::INFO, &mut info, &at);
            }
            Some(node) => self.wrong_kind(node, &at, "an object with `title` and `version`"),
            None => {
                let text = "`info` is missing; the API is called by the name of the package";
                let finding = Diagnostic::new(code::MISSING_MEMBER, root.clone(), text);
                let help = "add the API's title and version: `info: { title: …, version: … }`";
                self.report(finding.severity(Severity::Warning).help(help));
            }
        }
        // nothing of a client is made from the rest, some of which openapiv3 requires
        info.retain(|name, _| matches!(&**name, "title" | "description" | "version"));
        info.entry("title".into())
            .or_insert_with(|| Node::string(options.package.clone()));
        info.entry("version".into())
            .or_insert_with(|| Node::string(""));
        self.document.info = self.read(&Node::from(info), &at).unwrap_or_default();
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
}
