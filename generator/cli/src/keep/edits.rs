//! The edits between two values of a document, each with the actions of an overlay that take it back.

use oasmith::load::overlay::Action;
use oasmith::load::{Node, Object, jsonpath};
use oasmith::pointer::Pointer;

/// An edit of a document.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Edit {
    /// Where it is in the newer document: a member that was added, removed or changed, or a list.
    pub(super) at: Pointer,
    /// What takes it back.
    pub(super) actions: Vec<Action>,
}

/// Returns the edits that made the value `old` the one at a place of the newer document `root`, in document order.
pub(super) fn between(old: &Node, root: &Node, at: &Pointer) -> Vec<Edit> {
    let mut finder = Finder {
        root,
        edits: Vec::new(),
    };
    if let Some(new) = root.get_path(at) {
        finder.value(old, new, at);
    }
    finder.edits
}

struct Finder<'n> {
    root: &'n Node,
    edits: Vec<Edit>,
}

impl Finder<'_> {
    /// Compares two values. One that is replaced as a whole is an edit of the member that holds it.
    fn value(&mut self, old: &Node, new: &Node, at: &Pointer) {
        match (old, new) {
            _ if old == new => {}
            (Node::Object(old), Node::Object(new)) => self.object(old, new, at),
            (Node::Array(old), Node::Array(new)) => self.array(old, new, at),
            _ => self.replaced(old, new, at),
        }
    }

    fn object(&mut self, old: &Object, new: &Object, at: &Pointer) {
        for (name, value) in new {
            let at = at.child(name);
            match old.get(name) {
                Some(old) => self.value(old, value, &at),
                None => self.push(at.clone(), vec![Action::remove(self.path(&at))]),
            }
        }
        for (name, value) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
            self.push(at.child(name), vec![self.put(at, name, value)]);
        }
    }

    /// Compares two lists. Those of equal length are compared element by element if these are objects, as parameters
    /// and branches are; else elements come and go: `required: [id, name]`.
    fn array(&mut self, old: &[Node], new: &[Node], at: &Pointer) {
        let objects = |list: &[Node]| list.iter().all(|one| one.as_object().is_some());
        if old.len() == new.len() && objects(old) && objects(new) {
            for (index, (old, new)) in old.iter().zip(new).enumerate() {
                self.value(old, new, &at.index(index));
            }
            return;
        }
        let gone: Vec<&Node> = old.iter().filter(|one| !new.contains(one)).collect();
        let added: Vec<usize> = new
            .iter()
            .enumerate()
            .filter(|(_, one)| !old.contains(one))
            .map(|(index, _)| index)
            .collect();
        // from the last to the first, so that an index still means the same element when its turn comes
        let mut actions: Vec<Action> = added
            .into_iter()
            .rev()
            .map(|index| Action::remove(self.element(new, at, index)))
            .collect();
        // a list in an action would be appended element by element
        if gone.iter().any(|one| one.as_array().is_some()) {
            return;
        }
        let back = gone.into_iter().cloned();
        actions.extend(back.map(|one| Action::update(self.path(at), one)));
        if !actions.is_empty() {
            self.push(at.clone(), actions);
        }
    }

    /// Takes back that a value was replaced by one of another kind, or a scalar by another.
    fn replaced(&mut self, old: &Node, new: &Node, at: &Pointer) {
        let (Some(parent), Some(name)) = (at.parent(), at.name()) else {
            return;
        };
        if self
            .root
            .get_path(&parent)
            .and_then(Node::as_object)
            .is_none()
        {
            return; // an element of a list has no place of its own to put a value to
        }
        let mut actions = Vec::new();
        if new.as_scalar().is_none() || old.as_scalar().is_none() {
            actions.push(Action::remove(self.path(at)));
        }
        actions.push(self.put(&parent, &name, old));
        self.push(at.clone(), actions);
    }

    fn push(&mut self, at: Pointer, actions: Vec<Action>) {
        self.edits.push(Edit { at, actions });
    }

    /// The action that gives an object a member.
    fn put(&self, object: &Pointer, name: &str, value: &Node) -> Action {
        let member = Object::from_iter([(name.into(), value.clone())]);
        Action::update(self.path(object), member.into())
    }

    fn path(&self, at: &Pointer) -> String {
        jsonpath::to_place(self.root, at)
    }

    /// The path of an element: by its text, which holds when others come and go, or by its index.
    fn element(&self, list: &[Node], at: &Pointer, index: usize) -> String {
        match list.get(index).and_then(Node::as_str) {
            Some(text) => self.path(at) + &jsonpath::element(text),
            None => self.path(&at.index(index)),
        }
    }
}

#[cfg(test)]
mod tests {
    use oasmith::diagnostic::Diagnostics;
    use oasmith::load::{Budgets, MapSources, load_one};

    use super::*;

    fn node(text: &str) -> Node {
        let sources = MapSources::new().with("a.yaml", text.to_owned());
        let mut found = Diagnostics::new();
        load_one(&sources, "a.yaml", &Budgets::default(), &mut found).expect("it is YAML")
    }

    /// The edits of a whole document, as places and actions.
    fn told(old: &str, new: &str) -> String {
        let edits = between(&node(old), &node(new), &Pointer::root("a.yaml"));
        let lines = edits.iter().flat_map(|edit| {
            let actions = edit.actions.iter();
            actions.map(|action| format!("{}\n{}", edit.at.path(), action.to_yaml()))
        });
        lines.collect()
    }

    #[test]
    fn an_edit_is_as_small_as_it_can_be() {
        for (old, new, expected) in [
            ("{a: 1}", "{a: 1}", ""),
            (
                "{a: {b: 1}}",
                "{a: {b: 1, c: 2}}",
                "/a/c\n- target: $.a.c\n  remove: true\n",
            ),
            (
                "{a: {b: 1, c: 2}}",
                "{a: {b: 1}}",
                "/a/c\n- target: $.a\n  update:\n    c: 2\n",
            ),
            ("{a: 1}", "{a: 2}", "/a\n- target: $\n  update:\n    a: 1\n"),
            (
                "{a: x}",
                "{a: [x, w]}",
                "/a\n- target: $.a\n  remove: true\n/a\n- target: $\n  update:\n    a: x\n",
            ),
            (
                "{a: [x, w]}",
                "{a: [x, z]}",
                "/a\n- target: $.a[?@ == 'z']\n  remove: true\n/a\n- target: $.a\n  update: w\n",
            ),
            ("{a: [x, w]}", "{a: [w, x]}", ""),
            (
                "{a: [{b: 1}, {b: 2}]}",
                "{a: [{b: 1}, {b: 3}]}",
                "/a/1/b\n- target: $.a[1]\n  update:\n    b: 2\n",
            ),
            (
                "{a: [{b: 1}]}",
                "{a: [{b: 2}, {b: 1}, {b: 3}]}",
                "/a\n- target: $.a[2]\n  remove: true\n/a\n- target: $.a[0]\n  remove: true\n",
            ),
        ] {
            assert_eq!(told(old, new), expected, "{old} -> {new}");
        }
    }
}
