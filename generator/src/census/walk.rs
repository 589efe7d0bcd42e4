//! The objects of a document, found by the tables of the OpenAPI specification.

use std::collections::HashSet;

use crate::load::{self, Loaded, Node};
use crate::pointer::Pointer;

/// What a walk finds.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Operations under `paths`.
    pub(super) operations: usize,
    /// Where schemas stand, each once.
    pub(super) schemas: Vec<Pointer>,
}

/// The kinds of objects that lead to schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Document,
    Components,
    /// A path item of the client's; `Outside` is one of a webhook or a callback.
    PathItem,
    Outside,
    Operation,
    /// A parameter, a header, a request body, a response or a media type: they share the members that matter.
    Carrier,
    Callback,
    Schema,
}

/// What stands under a member.
enum Child {
    One(Kind),
    /// A list, or an object with free names: each element is of the kind.
    Each(Kind),
    /// An operation under its method.
    Operation,
    /// Operations of methods that OpenAPI has no member for.
    Operations,
}

const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

fn child(kind: Kind, name: &str) -> Option<Child> {
    use Child::{Each, One, Operation, Operations};
    Some(match (kind, name) {
        (Kind::Document, "components") => One(Kind::Components),
        (Kind::Document, "paths") => Each(Kind::PathItem),
        (Kind::Document, "webhooks") => Each(Kind::Outside),
        // the other components count where an operation refers to them; all schemas become types
        (Kind::Components, "schemas") => Each(Kind::Schema),
        (Kind::PathItem, name) if METHODS.contains(&name) => Operation,
        (Kind::PathItem, "additionalOperations") => Operations,
        (Kind::Outside, name) if METHODS.contains(&name) => One(Kind::Operation),
        (Kind::Outside, "additionalOperations") => Each(Kind::Operation),
        (Kind::PathItem | Kind::Outside | Kind::Operation, "parameters") => Each(Kind::Carrier),
        (Kind::Operation, "requestBody") => One(Kind::Carrier),
        (Kind::Operation, "responses") => Each(Kind::Carrier),
        (Kind::Operation, "callbacks") => Each(Kind::Callback),
        (Kind::Carrier, "content" | "headers" | "encoding") => Each(Kind::Carrier),
        (Kind::Carrier, "schema" | "itemSchema") => One(Kind::Schema),
        (Kind::Schema, name) => return schema_child(name),
        _ => return None,
    })
}

fn schema_child(name: &str) -> Option<Child> {
    Some(match name {
        "properties" | "patternProperties" | "dependentSchemas" | "$defs" | "definitions"
        | "allOf" | "anyOf" | "oneOf" | "prefixItems" => Child::Each(Kind::Schema),
        "items"
        | "additionalProperties"
        | "not"
        | "if"
        | "then"
        | "else"
        | "contains"
        | "propertyNames"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "contentSchema" => Child::One(Kind::Schema),
        _ => return None,
    })
}

/// Walks a document and what its references lead to.
pub(super) fn walk(loaded: &Loaded) -> Places {
    let mut walk = Walk {
        loaded,
        seen: HashSet::new(),
        waiting: Vec::new(),
        places: Places::default(),
    };
    walk.waiting
        .push((Pointer::root(loaded.root().clone()), Kind::Document));
    while let Some((at, kind)) = walk.waiting.pop() {
        walk.object(at, kind);
    }
    walk.places.schemas.sort();
    walk.places
}

struct Walk<'a> {
    loaded: &'a Loaded,
    /// A path item under `paths` can be one of `components`, too, so a place is known by its kind.
    seen: HashSet<(Pointer, Kind)>,
    waiting: Vec<(Pointer, Kind)>,
    places: Places,
}

impl Walk<'_> {
    fn object(&mut self, at: Pointer, kind: Kind) {
        let Some(object) = self.loaded.get(&at).and_then(Node::as_object) else {
            return;
        };
        if !self.seen.insert((at.clone(), kind)) {
            return;
        }
        if kind == Kind::Schema {
            self.places.schemas.push(at.clone());
        }
        if let Some(text) = object.get("$ref").and_then(Node::as_str)
            && let Ok(target) = load::target(&at.child("$ref"), text)
        {
            self.waiting.push((target, kind));
        }
        if kind == Kind::Callback {
            return self.each(&at, object.iter().map(|(name, _)| name), Kind::Outside);
        }
        for (name, value) in object {
            let below = at.child(name);
            match child(kind, name) {
                None => {}
                Some(Child::One(kind)) => self.waiting.push((below, kind)),
                Some(Child::Each(kind)) => self.elements(&below, value, kind),
                Some(Child::Operation) => {
                    self.places.operations += usize::from(value.as_object().is_some());
                    self.waiting.push((below, Kind::Operation));
                }
                Some(Child::Operations) => {
                    self.places.operations += value.as_object().map_or(0, |all| all.len());
                    self.elements(&below, value, Kind::Operation);
                }
            }
        }
    }

    fn elements(&mut self, at: &Pointer, value: &Node, kind: Kind) {
        if let Some(members) = value.as_object() {
            self.each(at, members.keys(), kind);
        }
        for index in 0..value.as_array().map_or(0, <[Node]>::len) {
            self.waiting.push((at.index(index), kind));
        }
    }

    fn each<'n>(&mut self, at: &Pointer, names: impl Iterator<Item = &'n Box<str>>, kind: Kind) {
        let inert = |name: &str| kind != Kind::Schema && name.starts_with("x-");
        self.waiting.extend(
            names
                .filter(|name| !inert(name.as_ref()))
                .map(|name| (at.child(name), kind)),
        );
    }
}
