//! What speaks for a schema being in the output, or for its loss being told.

use std::collections::HashSet;

use crate::diagnostic::Diagnostics;
use crate::ir::{Api, TypeBody};
use crate::load::{self, Loaded, Node};
use crate::pointer::Pointer;

/// The places that types, members and parameters came from.
pub(super) struct Seats(HashSet<Pointer>);

/// Members behind which a value of the same Rust type stands: `Vec<Pet>` is one type for a list and its items.
const INNER: [&str; 9] = [
    "items",
    "additionalProperties",
    "prefixItems",
    "allOf",
    "anyOf",
    "oneOf",
    "properties",
    "patternProperties",
    "schema",
];

impl Seats {
    /// Gathers them. A reference is followed: the type of a schema is that of its target.
    pub(super) fn of(api: &Api, loaded: &Loaded) -> Self {
        let mut seats = HashSet::new();
        let mut add = |at: &Pointer| {
            let mut at = at.clone();
            while seats.insert(at.clone())
                && let Some(text) = loaded
                    .get(&at)
                    .and_then(|node| node.get("$ref"))
                    .and_then(Node::as_str)
                && let Ok(target) = load::target(&at.child("$ref"), text)
            {
                at = target;
            }
        };
        for def in &api.types {
            def.origins.iter().for_each(&mut add);
            if let TypeBody::Struct(body) = &def.body {
                body.members.iter().for_each(|member| add(&member.origin));
            }
        }
        for operation in &api.operations {
            add(&operation.origin);
            operation
                .parameters
                .iter()
                .for_each(|parameter| add(&parameter.origin));
            carried(loaded, &operation.origin).iter().for_each(&mut add);
        }
        let headers = api.headers.iter();
        headers
            .flat_map(|header| &header.origins)
            .for_each(&mut add);
        Seats(seats)
    }

    /// Whether a schema is behind one of them: it stands there, or as a part of one that does.
    pub(super) fn has(&self, at: &Pointer) -> bool {
        let mut at = at.clone();
        loop {
            if self.0.contains(&at) {
                return true;
            }
            // up from `…/Pets/items` to `…/Pets`, from `…/allOf/0` over `…/allOf`
            let Some(parent) = at.parent() else {
                return false;
            };
            let is_part =
                |at: &Pointer| at.name().is_some_and(|name| INNER.contains(&name.as_str()));
            if is_part(&at) {
                at = parent;
            } else if at.name().is_some_and(|name| name.parse::<usize>().is_ok())
                && is_part(&parent)
            {
                let Some(owner) = parent.parent() else {
                    return false;
                };
                at = owner;
            } else {
                return false;
            }
        }
    }
}

/// The schemas of an operation's bodies. Bodies have no place of their own in the IR, so this goes by the operation: it has a method, and
/// a body that the method lacks is reported or refused with it.
fn carried(loaded: &Loaded, operation: &Pointer) -> Vec<Pointer> {
    let keys = |at: &Pointer| -> Vec<Pointer> {
        let members = loaded
            .get(at)
            .and_then(Node::as_object)
            .into_iter()
            .flatten();
        members.map(|(name, _)| at.child(name)).collect()
    };
    let mut bodies = keys(&operation.child("responses"));
    bodies.push(operation.child("requestBody"));
    let bodies = bodies.into_iter().map(|at| target(loaded, at));
    let media = bodies.flat_map(|at| keys(&at.child("content")));
    media
        .flat_map(|at| [at.child("schema"), at.child("itemSchema")])
        .collect()
}

/// Where references lead; a circle of them ends somewhere in it.
pub(super) fn target(loaded: &Loaded, mut at: Pointer) -> Pointer {
    const LONGEST: usize = 32;
    for _ in 0..LONGEST {
        let text = loaded
            .get(&at)
            .and_then(|node| node.get("$ref"))
            .and_then(Node::as_str);
        match text.and_then(|text| load::target(&at.child("$ref"), text).ok()) {
            Some(target) => at = target,
            None => break,
        }
    }
    at
}

/// The places of diagnostics.
pub(super) struct Reports(HashSet<Pointer>);

impl Reports {
    /// Gathers them.
    pub(super) fn of(diagnostics: &Diagnostics) -> Self {
        Reports(
            diagnostics
                .iter()
                .filter_map(|one| one.at.pointer().cloned())
                .collect(),
        )
    }

    /// Whether one stands at this place or around it. The document as a whole does not count: that would cover everything.
    pub(super) fn cover(&self, at: &Pointer) -> bool {
        let around = std::iter::successors(Some(at.clone()), Pointer::parent);
        around
            .filter(|at| !at.path().is_empty())
            .any(|at| self.0.contains(&at))
    }
}
