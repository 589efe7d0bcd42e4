//! Finds the references of a tree that lead to other files, and the anchors that references can name.
//!
//! It goes by the keywords of OpenAPI only as far as it must: what is data (`example: {$ref: …}`) is no reference, and a schema's
//! property that is called `example` is no data.

use super::node::{Node, Object};
use crate::pointer::Pointer;
use crate::spec::{self, Contents};

/// A reference to another file.
pub(super) struct Reference<'n> {
    /// Where it stands.
    pub(super) at: Pointer,
    /// Its text.
    pub(super) text: &'n str,
}

/// What is found below a node, in the order of the document.
pub(super) struct Found<'n> {
    /// The references that may lead to other files.
    pub(super) references: Vec<Reference<'n>>,
    /// The names of anchors, each with the schema that has it: `$anchor: leaf` is what `$ref: '#leaf'` means.
    pub(super) anchors: Vec<(&'n str, Pointer)>,
}

/// The references and anchors below a node.
pub(super) fn find<'n>(node: &'n Node, at: &Pointer) -> Found<'n> {
    let mut search = Search {
        base: at,
        path: Vec::new(),
        found: Found {
            references: Vec::new(),
            anchors: Vec::new(),
        },
    };
    search.value(node, Keys::Keywords);
    search.found
}

/// What the keys of an object are.
#[derive(Clone, Copy)]
enum Keys {
    Keywords,
    Names,
}

enum Step<'n> {
    Member(&'n str),
    Element(usize),
}

struct Search<'n, 'p> {
    base: &'p Pointer,
    // Made into a pointer only for what is found: a large document has a hundred thousand values and few references to files.
    path: Vec<Step<'n>>,
    found: Found<'n>,
}

impl<'n> Search<'n, '_> {
    fn value(&mut self, node: &'n Node, keys: Keys) {
        match node {
            Node::Scalar(_) => {}
            Node::Object(members) => self.object(members, keys),
            Node::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.path.push(Step::Element(index));
                    self.value(element, Keys::Keywords);
                    self.path.pop();
                }
            }
        }
    }

    fn object(&mut self, members: &'n Object, keys: Keys) {
        for (name, value) in members {
            if let (Keys::Keywords, "$anchor" | "$dynamicAnchor", Some(text)) =
                (keys, &**name, value.as_str())
            {
                let owner = self.pointer();
                self.found.anchors.push((text, owner));
            }
            self.path.push(Step::Member(name));
            // Also among names: `schemas: {$ref: all.yaml}` is found in the wild, and no name has a text for its value.
            if let ("$ref", Some(text)) = (&**name, value.as_str()) {
                self.reference(text);
            }
            match keys {
                Keys::Names => self.value(value, Keys::Keywords),
                Keys::Keywords if spec::is_extension(name) => {}
                Keys::Keywords => match spec::contents(name) {
                    Contents::Data => {}
                    Contents::SchemaNames => self.mapping(value),
                    Contents::Names => self.value(value, Keys::Names),
                    Contents::Description => self.value(value, Keys::Keywords),
                },
            }
            self.path.pop();
        }
    }

    /// The values of a discriminator's mapping are schema names or references; a file is told by its extension or a fragment.
    fn mapping(&mut self, node: &'n Node) {
        for (name, value) in node.as_object().into_iter().flatten() {
            let Some(text) = value.as_str() else { continue };
            let is_file = [".json", ".yaml", ".yml"]
                .iter()
                .any(|extension| text.ends_with(extension));
            if is_file || text.contains('#') {
                self.path.push(Step::Member(name));
                self.reference(text);
                self.path.pop();
            }
        }
    }

    fn reference(&mut self, text: &'n str) {
        if text.starts_with('#') {
            return; // within the file; the next stage follows it
        }
        let at = self.pointer();
        self.found.references.push(Reference { at, text });
    }

    fn pointer(&self) -> Pointer {
        let steps = self.path.iter();
        steps.fold(self.base.clone(), |at, step| match step {
            Step::Member(name) => at.child(name),
            Step::Element(index) => at.index(*index),
        })
    }
}
