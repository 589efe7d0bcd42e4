//! `allOf`, `oneOf` and `anyOf`.

use oasmith::load::{Node, Object};
use oasmith::pointer::Pointer;
use serde_json::{Map, Value, json};

use super::{Part, Translator, only_adds_null};

/// The most schemas that are looked through for one property.
const MAX_SEARCHED: usize = 200;

impl Translator<'_> {
    pub(super) fn compositions(
        &mut self,
        object: &Object,
        at: &Pointer,
        part: Part,
        schema: &mut Map<String, Value>,
    ) {
        let parts = object
            .get("allOf")
            .and_then(Node::as_array)
            .unwrap_or_default();
        if !parts.is_empty() {
            self.owners.push(at.clone());
            let place = at.child("allOf");
            let translated = parts
                .iter()
                .enumerate()
                .map(|(index, node)| match node.as_object() {
                    Some(object) if only_adds_null(object) => Value::Bool(true),
                    _ => self.schema(&place.index(index), node, Part::Base),
                });
            let translated: Value = translated.collect();
            schema.insert("allOf".to_owned(), translated);
            self.owners.pop();
        }
        let is_closed = |object: &Object| {
            object.get("additionalProperties").and_then(Node::as_bool) == Some(false)
        };
        if part == Part::Base {
            // the composition is closed as a whole
            if is_closed(object) {
                schema.remove("additionalProperties");
            }
        } else if !parts.is_empty() {
            let place = at.child("allOf");
            let has_closed_part = (0..parts.len()).any(|index| {
                let object = self
                    .followed(&place.index(index))
                    .and_then(|(_, node)| node.as_object());
                object.is_some_and(is_closed)
            });
            if is_closed(object) || has_closed_part {
                schema.remove("additionalProperties");
                schema.insert("unevaluatedProperties".to_owned(), Value::Bool(false));
            }
        }
        let has_branches = union_of(object).is_some();
        match object.get("discriminator") {
            // an `if` of its own leaves no place for the choice
            Some(_) if has_branches && !schema.contains_key("if") => {
                self.choice_among_branches(object, at, schema)
            }
            _ => self.union(object, at, schema),
        }
    }

    /// `oneOf` and `anyOf` as they are.
    pub(super) fn union(&mut self, object: &Object, at: &Pointer, schema: &mut Map<String, Value>) {
        for name in ["oneOf", "anyOf"] {
            let Some(branches) = object
                .get(name)
                .and_then(Node::as_array)
                .filter(|list| !list.is_empty())
            else {
                continue;
            };
            let place = at.child(name);
            let branches =
                branches
                    .iter()
                    .enumerate()
                    .map(|(index, node)| match node.as_object() {
                        // beside other branches, `{ nullable: true }` is not everything
                        Some(object) if only_adds_null(object) => json!({ "type": "null" }),
                        _ => self.subschema(&place.index(index), node),
                    });
            let branches: Value = branches.collect();
            schema.insert(name.to_owned(), branches);
        }
    }

    /// Returns a schema with its place, after following its `$ref`s.
    pub(super) fn followed(&self, at: &Pointer) -> Option<(Pointer, &Node)> {
        let mut at = at.clone();
        for _ in 0..MAX_SEARCHED {
            let node = self.loaded.get(&at)?;
            match node.get("$ref").and_then(Node::as_str) {
                Some(text) => at = self.loaded.target(&at, text).ok()?,
                None => return Some((at, node)),
            }
        }
        None
    }

    /// Whether the property `name` of the schema at a place, or of one that it is composed of, has a flag such as
    /// `readOnly`, beside its `$ref` or behind it.
    pub(super) fn has_flag(&self, at: &Pointer, name: &str, flag: &str) -> bool {
        let mut pending = vec![at.clone()];
        let mut searched = 0;
        while let Some(at) = pending.pop() {
            searched += 1;
            let Some((at, node)) = self.followed(&at).filter(|_| searched <= MAX_SEARCHED) else {
                continue;
            };
            let property = at.child("properties").child(name);
            if self.is_flagged(&property, flag) {
                return true;
            }
            let parts = node
                .get("allOf")
                .and_then(Node::as_array)
                .map_or(0, <[Node]>::len);
            pending.extend((0..parts).map(|index| at.child("allOf").index(index)));
        }
        false
    }

    fn is_flagged(&self, at: &Pointer, flag: &str) -> bool {
        let says_so = |node: &Node| node.get(flag).and_then(Node::as_bool) == Some(true);
        let own = self.loaded.get(at).is_some_and(says_so);
        let target = || self.followed(at).is_some_and(|(_, node)| says_so(node));
        let in_part = || {
            let parts = self
                .loaded
                .get(at)
                .and_then(|node| node.get("allOf")?.as_array());
            parts.is_some_and(|parts| parts.iter().any(says_so))
        };
        own || target() || in_part()
    }
}

/// Returns the branches of a schema and the keyword that has them.
pub(super) fn union_of(object: &Object) -> Option<(&'static str, &[Node])> {
    ["oneOf", "anyOf"].into_iter().find_map(|name| {
        let branches = object.get(name)?.as_array()?;
        (!branches.is_empty()).then_some((name, branches))
    })
}
