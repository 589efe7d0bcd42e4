//! Finds the operations and schemas of a description, by a table of the objects of OpenAPI.
//!
//! The table repeats on purpose what the generator's stages know about objects, see the crate's documentation.

use std::collections::{BTreeMap, HashSet};

use oasmith::load::{Loaded, Node, Object};
use oasmith::pointer::Pointer;

use super::losses::Losses;
use super::{keyword, references};

/// The operations and schemas of a description.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The number of operations under `paths`.
    pub(super) operations: usize,
    /// The places of the schemas, and whether a diagnostic reports the loss of an object on the way to each.
    pub(super) schemas: BTreeMap<Pointer, bool>,
}

/// The kinds of objects that lead to schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Document,
    Components,
    /// A path item under `paths`, which describes requests of the client.
    PathItem,
    /// A path item of a webhook or a callback, which describes requests of the server.
    ServerPathItem,
    Operation,
    /// A parameter, header, request body, response, media type or encoding: they lead to schemas by the same members.
    SchemaHolder,
    Callback,
    Schema,
}

/// What a member of an object contains.
enum Child {
    One(Kind),
    /// An array or a map: each element is of the kind.
    Each(Kind),
    /// An operation of the client.
    Operation,
    /// A map of operations of the client.
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
        (Kind::Document, "webhooks") => Each(Kind::ServerPathItem),
        // all schemas become types; the other components count where an operation refers to them
        (Kind::Components, "schemas") => Each(Kind::Schema),
        (Kind::PathItem, name) if METHODS.contains(&name) => Operation,
        (Kind::PathItem, "additionalOperations") => Operations,
        (Kind::ServerPathItem, name) if METHODS.contains(&name) => One(Kind::Operation),
        (Kind::ServerPathItem, "additionalOperations") => Each(Kind::Operation),
        (Kind::PathItem | Kind::ServerPathItem | Kind::Operation, "parameters") => {
            Each(Kind::SchemaHolder)
        }
        (Kind::Operation, "requestBody") => One(Kind::SchemaHolder),
        (Kind::Operation, "responses") => Each(Kind::SchemaHolder),
        (Kind::Operation, "callbacks") => Each(Kind::Callback),
        (Kind::SchemaHolder, "content" | "headers" | "encoding") => Each(Kind::SchemaHolder),
        (Kind::SchemaHolder, "schema" | "itemSchema") => One(Kind::Schema),
        (Kind::Schema, name) => return schema_child(name),
        _ => return None,
    })
}

fn schema_child(name: &str) -> Option<Child> {
    Some(match name {
        // the schemas of `$defs` count where something refers to them
        "properties" | "patternProperties" | "dependentSchemas" | "allOf" | "anyOf" | "oneOf"
        | "prefixItems" => Child::Each(Kind::Schema),
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

/// The header parameters that the specification says to ignore.
const IGNORED: [&str; 3] = ["accept", "authorization", "content-type"];

/// Walks a description and everything that it refers to.
pub(super) fn walk(loaded: &Loaded, losses: &Losses<'_>) -> Places {
    let mut walk = Walk {
        loaded,
        losses,
        seen: HashSet::new(),
        waiting: Vec::new(),
        places: Places::default(),
    };
    let root = Pointer::root(loaded.root().clone());
    walk.waiting.push((root, Kind::Document, false));
    while let Some((at, kind, reported)) = walk.waiting.pop() {
        walk.object(at, kind, reported);
    }
    walk.places
}

struct Walk<'a> {
    loaded: &'a Loaded,
    losses: &'a Losses<'a>,
    /// The visited places, by kind: a path item can be reached from `paths` and from a callback.
    seen: HashSet<(Pointer, Kind, bool)>,
    /// The places to visit, and whether a loss is reported on the way there, such as at `headers` for
    /// `headers: { Link: { $ref: … } }`.
    waiting: Vec<(Pointer, Kind, bool)>,
    places: Places,
}

impl<'a> Walk<'a> {
    fn object(&mut self, at: Pointer, kind: Kind, reported: bool) {
        let Some(object) = self.loaded.get(&at).and_then(Node::as_object) else {
            return;
        };
        let reported = reported || self.is_reported(&at, kind);
        if !self.seen.insert((at.clone(), kind, reported)) || is_ignored(object, kind) {
            return;
        }
        if kind == Kind::Schema {
            *self.places.schemas.entry(at.clone()).or_default() |= reported;
        }
        if let Some(target) = references::next(self.loaded, &at) {
            let reported = reported || self.losses.contains(&at.child("$ref"));
            self.waiting.push((target, kind, reported));
        }
        if kind == Kind::Callback {
            let names = object.iter().map(|(name, _)| name);
            return self.each(&at, names, Kind::ServerPathItem, reported);
        }
        let applies = |name: &str| kind != Kind::Schema || keyword::applies(name, object);
        for (name, value) in object.iter().filter(|(name, _)| applies(name)) {
            let below = at.child(name);
            let reported = reported || self.losses.contains(&below);
            if name.as_ref() == "parameters"
                && matches!(kind, Kind::PathItem | Kind::ServerPathItem)
            {
                self.shared_parameters(object, &at, reported);
                continue;
            }
            match child(kind, name) {
                None => {}
                // before 2020-12, `items` could be an array
                Some(Child::One(kind)) if value.as_array().is_some() => {
                    self.elements(&below, value, kind, reported);
                }
                Some(Child::One(kind)) => self.waiting.push((below, kind, reported)),
                Some(Child::Each(kind)) => self.elements(&below, value, kind, reported),
                Some(Child::Operation) => {
                    self.places.operations += usize::from(value.as_object().is_some());
                    self.waiting.push((below, Kind::Operation, reported));
                }
                Some(Child::Operations) => {
                    self.places.operations += value.as_object().map_or(0, |all| all.len());
                    self.elements(&below, value, Kind::Operation, reported);
                }
            }
        }
    }

    /// Returns whether a loss is reported here. One at the root would cover the whole description, so it does not
    /// count.
    fn is_reported(&self, at: &Pointer, kind: Kind) -> bool {
        kind != Kind::Document && self.losses.contains(at)
    }

    /// Visits the parameters of a path item, except those that each of its operations overrides. The loss of one is
    /// reported if that of every operation that would send it is.
    fn shared_parameters(&mut self, item: &Object, at: &Pointer, reported: bool) {
        let count = |node: Option<&Node>| node.and_then(Node::as_array).map_or(0, <[Node]>::len);
        let named = METHODS.iter().filter(|method| item.contains_key(**method));
        let named = named.map(|method| (at.child(method), false));
        let others = item.get("additionalOperations").and_then(Node::as_object);
        let place = at.child("additionalOperations");
        let are_others_reported = self.losses.contains(&place);
        let others = others.into_iter().flat_map(|all| all.keys());
        let others = others.map(|method| (place.child(method), are_others_reported));
        let operations: Vec<(bool, Vec<_>)> = named
            .chain(others)
            .map(|(operation, is_reported)| {
                let list = operation.child("parameters");
                let all = 0..count(self.loaded.get(&list));
                let own = all.map(|index| self.identity(list.index(index))).collect();
                (is_reported || self.losses.contains(&operation), own)
            })
            .collect();
        let list = at.child("parameters");
        for index in 0..count(item.get("parameters")) {
            let shared = self.identity(list.index(index));
            let sending = operations.iter().filter(|(_, own)| !own.contains(&shared));
            let sending: Vec<bool> = sending.map(|(is_reported, _)| *is_reported).collect();
            // without an operation nothing is sent
            if !sending.is_empty() {
                let reported = reported || !sending.contains(&false);
                self.waiting
                    .push((list.index(index), Kind::SchemaHolder, reported));
            }
        }
    }

    /// Returns what identifies a parameter: its `name` and `in`.
    fn identity(&self, at: Pointer) -> Option<(&'a str, &'a str)> {
        let node = self.loaded.get(&references::target(self.loaded, at))?;
        Some((node.get("name")?.as_str()?, node.get("in")?.as_str()?))
    }

    fn elements(&mut self, at: &Pointer, value: &Node, kind: Kind, reported: bool) {
        if let Some(members) = value.as_object() {
            self.each(at, members.keys(), kind, reported);
        }
        for index in 0..value.as_array().map_or(0, <[Node]>::len) {
            self.waiting.push((at.index(index), kind, reported));
        }
    }

    fn each<'n>(
        &mut self,
        at: &Pointer,
        names: impl Iterator<Item = &'n Box<str>>,
        kind: Kind,
        reported: bool,
    ) {
        // `x-limit` is an extension in `paths`, and a header in `headers`
        let map = at.name().unwrap_or_default();
        let has_extensions = matches!(map.as_str(), "paths" | "responses");
        let skipped = |name: &str| match map.as_str() {
            "headers" => name.eq_ignore_ascii_case("content-type"),
            _ => has_extensions && name.starts_with("x-"),
        };
        self.waiting.extend(
            names
                .filter(|name| !skipped(name.as_ref()))
                .map(|name| (at.child(name), kind, reported)),
        );
    }
}

fn is_ignored(object: &Object, kind: Kind) -> bool {
    let text = |name: &str| object.get(name).and_then(Node::as_str);
    kind == Kind::SchemaHolder
        && text("in") == Some("header")
        && text("name").is_some_and(|name| IGNORED.contains(&name.to_ascii_lowercase().as_str()))
}
