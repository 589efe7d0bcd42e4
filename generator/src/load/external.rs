//! Finds the references of a tree to other files, and the anchors that references can name.
//!
//! It knows no more about OpenAPI than `spec::contents`: a `$ref` inside data (`example: {$ref: …}`) is no reference,
//! and a property named `example` is no data.

use super::node::{Node, Object};
use crate::pointer::Pointer;
use crate::spec::{self, Contents};

/// A reference to another file.
pub(super) struct Reference<'n> {
    /// Its location.
    pub(super) at: Pointer,
    /// Its text.
    pub(super) text: &'n str,
}

/// The references and anchors below a node, in the order of the document.
pub(super) struct Links<'n> {
    /// References that may lead to other files.
    pub(super) references: Vec<Reference<'n>>,
    /// The names of anchors and the schemas that have them: `$ref: '#leaf'` leads to `$anchor: leaf`.
    pub(super) anchors: Vec<(&'n str, Pointer)>,
}

/// Finds the references and anchors below a node.
pub(super) fn find<'n>(node: &'n Node, at: &Pointer) -> Links<'n> {
    let mut search = Search {
        base: at,
        path: Vec::new(),
        links: Links {
            references: Vec::new(),
            anchors: Vec::new(),
        },
    };
    search.value(node, Keys::Keywords);
    search.links
}

/// The keys of an object: keywords, or free names.
#[derive(Clone, Copy)]
enum Keys {
    Keywords,
    Names,
}

/// A step of the path from the base to the current value.
enum Segment<'n> {
    Member(&'n str),
    Element(usize),
}

struct Search<'n, 'p> {
    base: &'p Pointer,
    // Made into a pointer on a match only: a large document has a hundred thousand values and few references to files.
    path: Vec<Segment<'n>>,
    links: Links<'n>,
}

impl<'n> Search<'n, '_> {
    fn value(&mut self, node: &'n Node, keys: Keys) {
        match node {
            Node::Scalar(_) => {}
            Node::Object(members) => self.object(members, keys),
            Node::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.path.push(Segment::Element(index));
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
                self.links.anchors.push((text, owner));
            }
            self.path.push(Segment::Member(name));
            // Also among names: real documents have `schemas: {$ref: all.yaml}`, and no other name has a string for its
            // value.
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

    /// Adds the references of a discriminator's mapping. A reference is recognized by a file extension or a fragment;
    /// other values are names of schemas.
    fn mapping(&mut self, node: &'n Node) {
        for (name, value) in node.as_object().into_iter().flatten() {
            let Some(text) = value.as_str() else { continue };
            let is_file = [".json", ".yaml", ".yml"]
                .iter()
                .any(|extension| text.ends_with(extension));
            if is_file || text.contains('#') {
                self.path.push(Segment::Member(name));
                self.reference(text);
                self.path.pop();
            }
        }
    }

    fn reference(&mut self, text: &'n str) {
        if text.starts_with('#') {
            return; // inside the file: `resolve` follows it
        }
        let at = self.pointer();
        self.links.references.push(Reference { at, text });
    }

    fn pointer(&self) -> Pointer {
        let steps = self.path.iter();
        steps.fold(self.base.clone(), |at, step| match step {
            Segment::Member(name) => at.child(name),
            Segment::Element(index) => at.index(*index),
        })
    }
}
