//! Reads and writes `$ref`s.

use crate::load::Node;

/// Returns an object's `$ref` if it is a string.
pub(super) fn of(node: &Node) -> Option<&str> {
    node.as_object()?.get("$ref")?.as_str()
}

/// Returns the value of an object's `$ref` if it is neither a string nor null, which is absent.
pub(super) fn not_a_string(node: &Node) -> Option<&Node> {
    node.as_object()?
        .get("$ref")
        .filter(|value| value.as_str().is_none() && !value.is_null())
}

/// Makes the object that replaces a child in its parent's copy: `{ $ref: key }`.
pub(super) fn to(key: String) -> Node {
    let member = ("$ref".into(), Node::string(key));
    [member].into_iter().collect()
}
