//! A value of the document that an action changes, with its origin.

use std::sync::Arc;

use super::origins::{Key, Origin, Origins, Trace};
use crate::load::node::Node;
use crate::pointer::Pointer;

/// A value to change.
pub(super) struct Site<'d> {
    pub(super) node: &'d mut Node,
    pub(super) trace: &'d mut Trace,
    pub(super) origin: Origin,
}

/// Returns the value at a path of indices, as a search gives it.
pub(super) fn site<'d>(
    root: &'d mut Node,
    origins: &'d mut Origins,
    path: &[usize],
) -> Option<Site<'d>> {
    let origin = origins.whole();
    let mut site = Site {
        node: root,
        trace: &mut origins.trace,
        origin,
    };
    for index in path {
        let (key, node) = match site.node {
            Node::Object(members) => {
                let (name, value) = Arc::make_mut(members).get_index_mut(*index)?;
                (Key::Name(name.clone()), value)
            }
            Node::Array(elements) => (Key::Index(*index), elements.get_mut(*index)?),
            Node::Scalar(_) => return None,
        };
        let origin = site.trace.child_origin(&site.origin, &key);
        site = Site {
            node,
            trace: site.trace.children.entry(key).or_default(),
            origin,
        };
    }
    Some(site)
}

/// Returns the pointer to the value at a path of indices.
pub(super) fn pointer(root: &Node, base: &Pointer, path: &[usize]) -> Pointer {
    let mut node = root;
    let mut at = base.clone();
    for index in path {
        let child = match node {
            Node::Object(members) => members.get_index(*index).map(|(name, value)| {
                at = at.child(name);
                value
            }),
            Node::Array(elements) => elements.get(*index).inspect(|_| at = at.index(*index)),
            Node::Scalar(_) => None,
        };
        match child {
            Some(child) => node = child,
            None => break,
        }
    }
    at
}

/// Returns the value at a path of indices.
pub(super) fn value<'n>(root: &'n Node, path: &[usize]) -> Option<&'n Node> {
    path.iter().try_fold(root, |node, index| match node {
        Node::Object(members) => members.get_index(*index).map(|(_, value)| value),
        Node::Array(elements) => elements.get(*index),
        Node::Scalar(_) => None,
    })
}
