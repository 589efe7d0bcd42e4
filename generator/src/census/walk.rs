//! The objects of a document, found by the tables of the OpenAPI specification.

use std::collections::{BTreeMap, HashSet};

use super::evidence::{self, Reports};
use super::keyword;
use crate::load::{Loaded, Node, Object};
use crate::pointer::Pointer;

/// What a walk finds.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Operations under `paths`.
    pub(super) operations: usize,
    /// Where schemas stand, each once; and whether a diagnostic tells of the loss of one on the way to it.
    pub(super) schemas: BTreeMap<Pointer, bool>,
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
        // what stands under `$defs` counts where something refers to it
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

/// Headers that the specification has a parameter object not describe: such a parameter is to be ignored.
const IGNORED: [&str; 3] = ["accept", "authorization", "content-type"];

/// Walks a document and what its references lead to.
pub(super) fn walk(loaded: &Loaded, reports: &Reports<'_>) -> Places {
    let mut walk = Walk {
        loaded,
        reports,
        seen: HashSet::new(),
        waiting: Vec::new(),
        places: Places::default(),
    };
    let root = Pointer::root(loaded.root().clone());
    walk.waiting.push((root, Kind::Document, false));
    while let Some((at, kind, told)) = walk.waiting.pop() {
        walk.object(at, kind, told);
    }
    walk.places
}

struct Walk<'a> {
    loaded: &'a Loaded,
    reports: &'a Reports<'a>,
    /// A path item under `paths` can be one of `components`, too, so a place is known by its kind.
    seen: HashSet<(Pointer, Kind, bool)>,
    /// Places to go to, and whether a loss is told on the way there: `headers: { Link: { $ref: … } }` is told at `headers`.
    waiting: Vec<(Pointer, Kind, bool)>,
    places: Places,
}

impl<'a> Walk<'a> {
    fn object(&mut self, at: Pointer, kind: Kind, told: bool) {
        let Some(object) = self.loaded.get(&at).and_then(Node::as_object) else {
            return;
        };
        let told = told || self.is_told(&at, kind);
        if !self.seen.insert((at.clone(), kind, told)) || is_ignored(object, kind) {
            return;
        }
        if kind == Kind::Schema {
            *self.places.schemas.entry(at.clone()).or_default() |= told;
        }
        if let Some(target) = evidence::next(self.loaded, &at) {
            let told = told || self.reports.at(&at.child("$ref"));
            self.waiting.push((target, kind, told));
        }
        if kind == Kind::Callback {
            let names = object.iter().map(|(name, _)| name);
            return self.each(&at, names, Kind::Outside, told);
        }
        let says = |name: &str| kind != Kind::Schema || keyword::is_of_the_type(name, object);
        for (name, value) in object.iter().filter(|(name, _)| says(name)) {
            let below = at.child(name);
            let told = told || self.reports.at(&below);
            if name.as_ref() == "parameters" && matches!(kind, Kind::PathItem | Kind::Outside) {
                self.shared_parameters(object, &at, told);
                continue;
            }
            match child(kind, name) {
                None => {}
                // `items` before 2020 could be a list
                Some(Child::One(kind)) if value.as_array().is_some() => {
                    self.elements(&below, value, kind, told);
                }
                Some(Child::One(kind)) => self.waiting.push((below, kind, told)),
                Some(Child::Each(kind)) => self.elements(&below, value, kind, told),
                Some(Child::Operation) => {
                    self.places.operations += usize::from(value.as_object().is_some());
                    self.waiting.push((below, Kind::Operation, told));
                }
                Some(Child::Operations) => {
                    self.places.operations += value.as_object().map_or(0, |all| all.len());
                    self.elements(&below, value, Kind::Operation, told);
                }
            }
        }
    }

    /// Whether a diagnostic here tells of a loss. One at the document as a whole would cover everything.
    fn is_told(&self, at: &Pointer, kind: Kind) -> bool {
        kind != Kind::Document && self.reports.at(at)
    }

    /// The parameters of a path item, but those that each of its operations declares again. The loss of one is told where that of every
    /// operation is that would send it.
    fn shared_parameters(&mut self, item: &Object, at: &Pointer, told: bool) {
        let count = |node: Option<&Node>| node.and_then(Node::as_array).map_or(0, <[Node]>::len);
        let named = METHODS.iter().filter(|method| item.contains_key(**method));
        let named = named.map(|method| (at.child(method), false));
        let others = item.get("additionalOperations").and_then(Node::as_object);
        let place = at.child("additionalOperations");
        let are_told = self.reports.at(&place);
        let others = others.into_iter().flat_map(|all| all.keys());
        let others = others.map(|method| (place.child(method), are_told));
        let operations: Vec<(bool, Vec<_>)> = named
            .chain(others)
            .map(|(operation, is_told)| {
                let list = operation.child("parameters");
                let all = 0..count(self.loaded.get(&list));
                let own = all.map(|index| self.identity(list.index(index))).collect();
                (is_told || self.reports.at(&operation), own)
            })
            .collect();
        let list = at.child("parameters");
        for index in 0..count(item.get("parameters")) {
            let shared = self.identity(list.index(index));
            let sending = operations.iter().filter(|(_, own)| !own.contains(&shared));
            let sending: Vec<bool> = sending.map(|(is_told, _)| *is_told).collect();
            // without an operation nothing is sent
            if !sending.is_empty() {
                let told = told || !sending.contains(&false);
                self.waiting.push((list.index(index), Kind::Carrier, told));
            }
        }
    }

    /// What tells a parameter from others: its name and where it is sent.
    fn identity(&self, at: Pointer) -> Option<(&'a str, &'a str)> {
        let node = self.loaded.get(&evidence::target(self.loaded, at))?;
        Some((node.get("name")?.as_str()?, node.get("in")?.as_str()?))
    }

    fn elements(&mut self, at: &Pointer, value: &Node, kind: Kind, told: bool) {
        if let Some(members) = value.as_object() {
            self.each(at, members.keys(), kind, told);
        }
        for index in 0..value.as_array().map_or(0, <[Node]>::len) {
            self.waiting.push((at.index(index), kind, told));
        }
    }

    fn each<'n>(
        &mut self,
        at: &Pointer,
        names: impl Iterator<Item = &'n Box<str>>,
        kind: Kind,
        told: bool,
    ) {
        // `headers` and `content` are maps of free names, in which `x-limit` is a header and no extension
        let map = at.name().unwrap_or_default();
        let has_extensions = matches!(map.as_str(), "paths" | "responses");
        let skipped = |name: &str| match map.as_str() {
            "headers" => name.eq_ignore_ascii_case("content-type"),
            _ => has_extensions && name.starts_with("x-"),
        };
        self.waiting.extend(
            names
                .filter(|name| !skipped(name.as_ref()))
                .map(|name| (at.child(name), kind, told)),
        );
    }
}

fn is_ignored(object: &Object, kind: Kind) -> bool {
    let text = |name: &str| object.get(name).and_then(Node::as_str);
    kind == Kind::Carrier
        && text("in") == Some("header")
        && text("name").is_some_and(|name| IGNORED.contains(&name.to_ascii_lowercase().as_str()))
}
