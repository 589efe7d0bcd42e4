//! Counts how two trees differ: in values, and in order alone.

use oasmith::load::{Node, Object};

/// How two documents differ.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// Members and elements that were added, removed or changed.
    pub(super) values: usize,
    /// Objects whose members are in another order.
    pub(super) order: usize,
}

/// Counts the differences.
pub(super) fn between(old: &Node, new: &Node) -> Changes {
    let mut changes = Changes::default();
    changes.add(old, new);
    changes
}

impl Changes {
    fn add(&mut self, old: &Node, new: &Node) {
        match (old, new) {
            (Node::Object(old), Node::Object(new)) => self.objects(old, new),
            (Node::Array(old), Node::Array(new)) => {
                self.values += old.len().abs_diff(new.len());
                for (old, new) in old.iter().zip(new) {
                    self.add(old, new);
                }
            }
            (old, new) => self.values += usize::from(old != new),
        }
    }

    fn objects(&mut self, old: &Object, new: &Object) {
        let gone = old.keys().filter(|name| !new.contains_key(*name));
        let added = new.keys().filter(|name| !old.contains_key(*name));
        self.values += gone.count() + added.count();
        for (name, value) in old {
            if let Some(other) = new.get(name) {
                self.add(value, other);
            }
        }
        let shared = old.keys().filter(|name| new.contains_key(*name));
        let other = new.keys().filter(|name| old.contains_key(*name));
        self.order += usize::from(!shared.eq(other));
    }
}
