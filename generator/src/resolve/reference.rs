//! `$ref`s as they are found, and as they are written in place of children.

use crate::load::Node;

/// The text of an object's `$ref`, when it has one.
pub(super) fn of(node: &Node) -> Option<&str> {
    node.as_object()?.get("$ref")?.as_str()
}

/// The value of an object's `$ref` when it is no text.
pub(super) fn not_text(node: &Node) -> Option<&Node> {
    node.as_object()?
        .get("$ref")
        .filter(|value| value.as_str().is_none())
}

/// The object that stands for a child in its parent's copy.
pub(super) fn to(key: String) -> Node {
    let member = ("$ref".into(), Node::string(key));
    Node::Object([member].into_iter().collect())
}
