//! Merge keys `<<`, which are not in YAML 1.2 and still in use.

use std::sync::Arc;

use crate::load::node::{Node, Object};

/// Merges mappings into the members of a mapping. The merged members come first; the mapping's own members replace
/// equal ones.
///
/// ```yaml
/// base: &base { type: object, title: Base }
/// pet: { <<: *base, title: Pet }      # type: object, title: Pet
/// ```
pub(super) fn merge(own: Object, merged: Vec<Object>) -> Object {
    if merged.is_empty() {
        return own;
    }
    let mut all = Object::default();
    for (name, value) in merged.into_iter().flatten() {
        all.entry(name).or_insert(value);
    }
    all.extend(own);
    all
}

/// Returns the mappings of the value of a merge key; `None` if it is neither a mapping nor a sequence of mappings.
pub(super) fn mappings(node: Node) -> Option<Vec<Object>> {
    match node {
        Node::Object(mapping) => Some(vec![Arc::unwrap_or_clone(mapping)]),
        Node::Array(list) => list
            .into_iter()
            .map(|node| match node {
                Node::Object(mapping) => Some(Arc::unwrap_or_clone(mapping)),
                Node::Array(_) | Node::Scalar(_) => None,
            })
            .collect(),
        Node::Scalar(_) => None,
    }
}
