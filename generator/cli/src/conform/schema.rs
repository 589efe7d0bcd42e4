//! Translates a schema of a description into a JSON Schema (2020-12) that means what OpenAPI means.
//!
//! ```text
//! nullable: true                     null is accepted
//! exclusiveMinimum: true             exclusiveMinimum: <minimum>
//! required: [id], id is readOnly     not required in requests
//! discriminator                      the tag decides which branch has to fit, so a mismatch is one of that branch
//! allOf with closed members          the composition is closed as a whole
//! $ref beside other keywords         ignores them in 3.0
//! ```
//!
//! Each referenced schema is an entry of `$defs`, with its place in the document in a table, and keywords keep their
//! names: so the location of an error leads to the place in the document that it is about.

mod compose;
mod keywords;
mod tags;

use std::collections::HashMap;

use oasmith::load::{Loaded, Node, Object};
use oasmith::pointer::Pointer;
use serde_json::{Map, Value, json};

use super::description::Description;

/// Which way a body goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Direction {
    /// Properties that are `readOnly` are not required.
    Sent,
    /// Properties that are `writeOnly` are not required.
    Received,
}

/// A part of what a schema says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Part {
    /// All of it.
    Whole,
    /// All but that it allows null.
    NotNull,
    /// As a member of an `allOf`: without the choice among the schemas that extend it, and open.
    Base,
    /// Only its `oneOf` or `anyOf`.
    Union,
    /// Nothing fits: its discriminator has a value that is in no branch.
    Unmapped,
    /// Only the values of its format: `int32`.
    Range,
}

/// What an entry of `$defs` is about, if it is not a schema of the document as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Special {
    /// Nothing fits, since the discriminator has a value that is in no branch.
    Unmapped,
    /// The values of a format.
    Range,
}

/// A translated schema.
pub(super) struct Translated {
    /// The JSON Schema.
    pub(super) schema: Value,
    /// The entries of `$defs`, by their names `0`, `1`, …: their places in the document.
    pub(super) entries: Vec<(Pointer, Option<Special>)>,
    /// The discriminators of unions, by the places of these.
    pub(super) tags: HashMap<Pointer, Tag>,
    /// Whether formats are not checked that could tell branches: `ipv4` and `ipv6`.
    pub(super) has_unchecked_formats: bool,
}

/// The property that tells the branches of a union.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) property: String,
    /// The values that are in a branch.
    pub(super) values: Vec<String>,
}

/// Translates the schema at a place.
pub(super) fn translate(
    description: &Description<'_>,
    at: &Pointer,
    direction: Direction,
    index: &Hierarchy,
) -> Translated {
    let mut translator = Translator {
        loaded: description.loaded,
        is_3_0: description.is_3_0,
        direction,
        hierarchy: index,
        entries: Vec::new(),
        numbers: HashMap::new(),
        owners: Vec::new(),
        patterns: HashMap::new(),
        tags: HashMap::new(),
        has_unchecked_formats: false,
    };
    let root = translator.reference(at.clone(), Part::Whole);
    let mut definitions = Map::new();
    let mut next = 0;
    while let Some((at, part)) = translator.entries.get(next).cloned() {
        let schema = match description.loaded.get(&at) {
            Some(node) => translator.schema(&at, node, part),
            None => Value::Bool(true),
        };
        definitions.insert(next.to_string(), schema);
        next += 1;
    }
    let special = |(at, part)| match part {
        Part::Unmapped => (at, Some(Special::Unmapped)),
        Part::Range => (at, Some(Special::Range)),
        Part::Whole | Part::NotNull | Part::Base | Part::Union => (at, None),
    };
    Translated {
        schema: json!({ "$ref": root["$ref"], "$defs": definitions }),
        entries: translator.entries.into_iter().map(special).collect(),
        tags: translator.tags,
        has_unchecked_formats: translator.has_unchecked_formats,
    }
}

pub(super) use tags::Hierarchy;

struct Translator<'t> {
    loaded: &'t Loaded,
    is_3_0: bool,
    direction: Direction,
    hierarchy: &'t Hierarchy,
    /// The entries of `$defs`.
    entries: Vec<(Pointer, Part)>,
    numbers: HashMap<(Pointer, Part), usize>,
    /// The schemas whose `allOf` is being translated, from the outside in.
    owners: Vec<Pointer>,
    /// Whether a regular expression can be compiled.
    patterns: HashMap<String, bool>,
    tags: HashMap<Pointer, Tag>,
    has_unchecked_formats: bool,
}

impl Translator<'_> {
    /// Returns a reference to an entry of `$defs`, which is added if it is new.
    fn reference(&mut self, at: Pointer, part: Part) -> Value {
        let next = self.entries.len();
        let number = *self.numbers.entry((at.clone(), part)).or_insert(next);
        if number == next {
            self.entries.push((at, part));
        }
        json!({ "$ref": format!("#/$defs/{number}") })
    }

    /// Translates a subschema in its place.
    fn subschema(&mut self, at: &Pointer, node: &Node) -> Value {
        let owners = std::mem::take(&mut self.owners);
        let schema = self.schema(at, node, Part::Whole);
        self.owners = owners;
        schema
    }

    fn schema(&mut self, at: &Pointer, node: &Node, part: Part) -> Value {
        let Some(object) = node.as_object() else {
            return Value::Bool(node.as_bool() != Some(false));
        };
        match part {
            Part::Unmapped => return Value::Bool(false),
            Part::Range => return keywords::range(object),
            Part::Union => {
                let mut union = Map::new();
                self.union(object, at, &mut union);
                return Value::Object(union);
            }
            Part::Whole if self.needs_null_apart(object, at) => {
                return json!({
                    "if": { "type": "null" },
                    "then": true,
                    "else": self.reference(at.clone(), Part::NotNull),
                });
            }
            Part::Whole | Part::NotNull if self.is_parent(object, at) => {
                return self.choice_among_children(object, at);
            }
            Part::Whole | Part::NotNull | Part::Base => {}
        }
        let mut schema = Map::new();
        if let Some(text) = object.get("$ref").and_then(Node::as_str) {
            let target = self.loaded.target(at, text).ok();
            // what leads nowhere is reported by `codegen`
            if let Some(target) = target.filter(|target| self.loaded.get(target).is_some()) {
                let part = if part == Part::Base {
                    Part::Base
                } else {
                    Part::Whole
                };
                schema.insert(
                    "$ref".to_owned(),
                    self.reference(target, part)["$ref"].take(),
                );
            }
            if self.is_3_0 {
                return Value::Object(schema);
            }
        }
        self.keywords(object, at, part, &mut schema);
        Value::Object(schema)
    }

    /// Whether null has to be accepted beside the whole schema, since it has more than a type that can say it.
    fn needs_null_apart(&self, object: &Object, at: &Pointer) -> bool {
        let is_flagged = object.get("nullable").and_then(Node::as_bool) == Some(true);
        let is_plain = object.get("type").and_then(Node::as_str).is_some()
            && ![
                "$ref",
                "enum",
                "const",
                "allOf",
                "anyOf",
                "oneOf",
                "not",
                "discriminator",
            ]
            .iter()
            .any(|name| object.contains_key(*name));
        (is_flagged && !is_plain && !only_adds_null(object))
            || self.has_part_that_adds_null(object, at)
    }

    /// Whether the `allOf` has a part `{ nullable: true }`: OpenAPI 3.0 has no other way to say that a `$ref` can be null.
    fn has_part_that_adds_null(&self, object: &Object, _: &Pointer) -> bool {
        let parts = object
            .get("allOf")
            .and_then(Node::as_array)
            .unwrap_or_default();
        parts.iter().filter_map(Node::as_object).any(only_adds_null)
    }
}

/// Whether a schema says `nullable: true` and nothing about other values.
fn only_adds_null(object: &Object) -> bool {
    const SILENT: [&str; 6] = [
        "nullable",
        "description",
        "title",
        "example",
        "deprecated",
        "default",
    ];
    object.get("nullable").and_then(Node::as_bool) == Some(true)
        && object
            .keys()
            .all(|name| SILENT.contains(&&**name) || name.starts_with("x-"))
}
