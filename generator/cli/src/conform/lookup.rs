//! What a schema allows, as far as texts on the wire have to know it: a text is a number where a number is declared.

use oasmith::load::Node;
use oasmith::pointer::Pointer;

use super::description::Description;

/// The most schemas that are looked through for one answer.
const MAX_SEARCHED: usize = 200;

/// The types that a schema allows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Types {
    pub(super) is_scalar: bool,
    pub(super) is_array: bool,
    pub(super) is_object: bool,
}

impl Description<'_> {
    /// Returns the types that the schema at a place allows.
    pub(super) fn types(&self, at: &Pointer) -> Types {
        let mut types = Types::default();
        for (_, node) in self.parts(at) {
            let named = match node.get("type") {
                Some(Node::Array(names)) => names.iter().filter_map(Node::as_text).collect(),
                Some(name) => name.as_text().into_iter().collect(),
                None => Vec::new(),
            };
            let has = |name: &str| named.contains(&name);
            let has_any = |names: &[&str]| {
                named.is_empty() && names.iter().any(|name| node.get(name).is_some())
            };
            types.is_array |= has("array") || has_any(&["items", "prefixItems"]);
            types.is_object |= has("object") || has_any(&["properties", "additionalProperties"]);
            types.is_scalar |= named
                .iter()
                .any(|name| !matches!(*name, "array" | "object"));
        }
        // nothing is said, so a text is a text
        types.is_scalar |= !types.is_array && !types.is_object;
        types
    }

    /// Returns the schema of a property of the schema at a place.
    pub(super) fn property(&self, at: &Pointer, name: &str) -> Option<Pointer> {
        self.declared_property(at, name).or_else(|| {
            let mut others = self.parts(at).into_iter();
            others.find_map(|(at, node)| {
                let is_schema = node.get("additionalProperties")?.as_object().is_some();
                is_schema.then(|| at.child("additionalProperties"))
            })
        })
    }

    /// Returns the schema of a property that is declared by name.
    pub(super) fn declared_property(&self, at: &Pointer, name: &str) -> Option<Pointer> {
        let mut parts = self.parts(at).into_iter();
        parts.find_map(|(at, node)| {
            node.get("properties")?.get(name)?;
            Some(at.child("properties").child(name))
        })
    }

    /// Returns the schema of the items of an array.
    pub(super) fn items(&self, at: &Pointer) -> Option<Pointer> {
        let mut parts = self.parts(at).into_iter();
        parts.find_map(|(at, node)| {
            node.get("items")?.as_object()?;
            Some(at.child("items"))
        })
    }

    /// Whether a schema is of bytes: a file of a form.
    pub(super) fn is_binary(&self, at: &Pointer) -> bool {
        let parts = self.parts(at);
        let is_it = |node: &Node| {
            let format = node.get("format").and_then(Node::as_text);
            format == Some("binary") || node.get("contentMediaType").is_some()
        };
        parts.iter().any(|(_, node)| is_it(node))
    }

    /// Returns a schema with those that it is composed of, behind their references.
    fn parts(&self, at: &Pointer) -> Vec<(Pointer, &Node)> {
        let mut pending = vec![at.clone()];
        let mut found: Vec<(Pointer, &Node)> = Vec::new();
        while let Some(at) = pending.pop() {
            let Some((at, node)) = self.follow(&at) else {
                continue;
            };
            if found.iter().any(|(known, _)| *known == at) {
                continue;
            }
            for keyword in ["allOf", "oneOf", "anyOf"] {
                let count = node
                    .get(keyword)
                    .and_then(Node::as_array)
                    .map_or(0, <[Node]>::len);
                let at = at.child(keyword);
                pending.extend((0..count).rev().map(|index| at.index(index)));
            }
            found.push((at, node));
            if found.len() == MAX_SEARCHED {
                break;
            }
        }
        found
    }
}
