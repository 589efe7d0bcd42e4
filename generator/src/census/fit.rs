//! Which of several types was made from a schema.

use std::cmp::Reverse;

use super::evidence;
use super::holds;
use super::keyword;
use super::pairs::Pairs;
use super::shape::{Core, Seat};
use crate::ir::{Scalar, TypeBody, TypeRef};
use crate::load::{Node, Object};
use crate::pointer::Pointer;

/// How well a type fits a schema: 0 not at all, then any JSON, one that can hold it, one that was made from it. Of equals, the one with the
/// fewest members that the schema does not have.
type Rank = (u8, Reverse<usize>);

const NOT: Rank = (0, Reverse(0));
const ANYTHING: Rank = (1, Reverse(0));
const HOLDS: u8 = 2;
const CLOSELY: u8 = 3;
const MADE: Rank = (4, Reverse(0));

/// How deep composition is looked into.
const DEEPEST: usize = 6;

pub(super) struct Fit<'p, 'a> {
    pub(super) pairs: &'p Pairs<'a>,
}

impl<'a> Fit<'_, 'a> {
    /// The type that fits a schema best; `None` when none does.
    pub(super) fn best(
        &self,
        types: impl Iterator<Item = &'a TypeRef>,
        at: &Pointer,
    ) -> Option<&'a TypeRef> {
        let ranked = types.map(|ty| (self.rank(ty, at, 0), ty));
        // the first of equals
        let best = ranked.reduce(|best, one| if one.0 > best.0 { one } else { best });
        best.filter(|(rank, _)| *rank > NOT).map(|(_, ty)| ty)
    }

    /// The type that was made from a schema, when it is among these.
    pub(super) fn made(
        &self,
        mut types: impl Iterator<Item = &'a TypeRef>,
        at: &Pointer,
    ) -> Option<&'a TypeRef> {
        types.find(|ty| self.rank(ty, at, 0) == MADE)
    }

    fn rank(&self, ty: &'a TypeRef, at: &Pointer, depth: usize) -> Rank {
        // what stands beside a `$ref` can make a type of its own, so every step on the way is a place for one
        let steps =
            std::iter::successors(Some(at.clone()), |at| evidence::next(self.pairs.loaded, at));
        if steps.take(DEEPEST).any(|at| self.is_made(ty, &at)) {
            return MADE;
        }
        let at = evidence::target(self.pairs.loaded, at.clone());
        let node = evidence::node(self.pairs.loaded, &at);
        if node.and_then(Node::as_bool).is_some() {
            return ANYTHING;
        }
        let Some(schema) = node.and_then(Node::as_object) else {
            return NOT;
        };
        let own = self.own(ty, schema, &at);
        let is_told = own > ANYTHING || schema.contains_key("properties");
        if is_told || depth >= DEEPEST {
            return own;
        }
        // `allOf: [{ $ref: Pet }]`, `oneOf: [{ $ref: Pet }, { type: "null" }]`: the type is that of the part
        let parts = ["allOf", "oneOf", "anyOf"].into_iter().flat_map(|name| {
            let count = schema.get(name).and_then(Node::as_array);
            let below = at.child(name);
            (0..count.map_or(0, <[Node]>::len)).map(move |index| below.index(index))
        });
        parts
            .map(|part| self.rank(ty, &part, depth + 1))
            .fold(own, Ord::max)
    }

    /// Whether a type, or one that it is another name for, was made from the schema at a place.
    fn is_made(&self, ty: &TypeRef, at: &Pointer) -> bool {
        let mut ty = ty;
        for _ in 0..DEEPEST {
            match ty {
                TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => ty = inner,
                TypeRef::Named(id) => {
                    if self.pairs.origins.get(at) == Some(id) {
                        return true;
                    }
                    match self.pairs.api.types.get(id.0).map(|def| &def.body) {
                        Some(TypeBody::Alias(inner)) => ty = inner,
                        _ => return false,
                    }
                }
                TypeRef::Scalar(_) | TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Any => {
                    return false;
                }
            }
        }
        false
    }

    fn own(&self, ty: &'a TypeRef, schema: &Object, at: &Pointer) -> Rank {
        let core = Seat::of(ty, None).view(self.pairs.api).core;
        let rank = |fits: bool| if fits { (HOLDS, Reverse(0)) } else { NOT };
        match core {
            Core::Any => ANYTHING,
            Core::Opaque => NOT,
            Core::Struct(body) => {
                let mut names = Vec::new();
                self.members(schema, at, &mut names, 0);
                let has = |wire: &String| body.members.iter().any(|one| one.name.wire == *wire);
                match names.iter().all(has) && !names.is_empty() {
                    true => (
                        HOLDS,
                        Reverse(body.members.len().saturating_sub(names.len())),
                    ),
                    false => rank(keyword::has_type(schema, "object") && body.members.is_empty()),
                }
            }
            Core::Scalar(Scalar::Null) => rank(holds::is_null(schema)),
            Core::Scalar(scalar) => match holds::scalar_of(schema) {
                Some(expected) if expected == scalar => (CLOSELY, Reverse(0)),
                _ => rank(holds::fits_scalar(schema, scalar)),
            },
            Core::Text(_) | Core::Integer(_) | Core::Values(_) => {
                let listed = ["enum", "const"];
                let is_listed = listed.iter().any(|name| schema.contains_key(*name));
                rank(is_listed && holds::lists(schema, core))
            }
            Core::Tuple(_) => rank(schema.contains_key("prefixItems")),
            Core::List(inner) => {
                let is_list = keyword::has_type(schema, "array")
                    || schema.contains_key("items")
                    || schema.contains_key("prefixItems");
                self.holding(rank(is_list), inner, schema, &at.child("items"))
            }
            Core::Map(inner) => {
                let is_map = keyword::has_type(schema, "object")
                    || schema.contains_key("additionalProperties");
                let values = at.child("additionalProperties");
                self.holding(rank(is_map), inner, schema, &values)
            }
            Core::Union(_) => {
                let several = schema.get("type").and_then(Node::as_array);
                let parts = ["oneOf", "anyOf"];
                rank(
                    several.is_some_and(|types| types.len() > 1)
                        || parts.iter().any(|name| schema.contains_key(*name)),
                )
            }
        }
    }

    /// The rank of a list or map by that of what it holds.
    fn holding(&self, own: Rank, inner: &'a TypeRef, schema: &Object, held: &Pointer) -> Rank {
        let is_said = held
            .name()
            .and_then(|name| schema.get(name.as_str()))
            .is_some_and(|held| held.as_object().is_some());
        if own == NOT || !is_said {
            return own;
        }
        match self.rank(inner, held, 1) {
            NOT => NOT,
            (rank, more) => (rank.clamp(HOLDS, CLOSELY), more),
        }
    }

    /// The names of the members of a schema and of those that it is composed of.
    fn members(&self, schema: &Object, at: &Pointer, names: &mut Vec<String>, depth: usize) {
        let properties = schema.get("properties").and_then(Node::as_object);
        names.extend(
            properties
                .into_iter()
                .flat_map(Object::keys)
                .map(ToString::to_string),
        );
        let required = schema.get("required").and_then(Node::as_array);
        let required = required.into_iter().flatten().filter_map(Node::as_str);
        names.extend(required.map(str::to_owned));
        names.sort_unstable();
        names.dedup();
        if depth >= DEEPEST {
            return;
        }
        for name in ["allOf", "anyOf"] {
            let count = schema.get(name).and_then(Node::as_array);
            for index in 0..count.map_or(0, <[Node]>::len) {
                let part = evidence::target(self.pairs.loaded, at.child(name).index(index));
                if let Some(schema) =
                    evidence::node(self.pairs.loaded, &part).and_then(Node::as_object)
                {
                    self.members(schema, &part, names, depth + 1);
                }
            }
        }
    }
}
