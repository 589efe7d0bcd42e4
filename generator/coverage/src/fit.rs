//! Which of several types was made from a schema.

use std::cmp::Reverse;

use oasmith::ir::{Scalar, TypeBody, TypeRef};
use oasmith::load::{Node, Object};
use oasmith::pointer::Pointer;

use super::matches::Matches;
use super::site::{Resolved, TypeSite};
use super::{keyword, references, values};

/// How well a type fits a schema. Of equal fits, the type with the fewest members that the schema lacks is better.
type Rank = (Quality, Reverse<usize>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Quality {
    /// The type cannot have the schema's values.
    Unfit,
    /// The type is any JSON value.
    Anything,
    /// The type can have the schema's values.
    Fits,
    /// The type is the one that the schema asks for.
    FitsExactly,
    /// The type was made from the schema.
    Made,
}

const UNFIT: Rank = (Quality::Unfit, Reverse(0));
const ANYTHING: Rank = (Quality::Anything, Reverse(0));
const FITS: Rank = (Quality::Fits, Reverse(0));
const FITS_EXACTLY: Rank = (Quality::FitsExactly, Reverse(0));
const MADE: Rank = (Quality::Made, Reverse(0));

/// How many compositions, references and aliases are followed into one another.
const MAX_DEPTH: usize = 6;

pub(super) struct Fit<'m, 'a> {
    pub(super) matches: &'m Matches<'a>,
}

impl<'a> Fit<'_, 'a> {
    /// Returns the type that fits a schema best, the first of equals; `None` when none fits.
    pub(super) fn best(
        &self,
        types: impl Iterator<Item = &'a TypeRef>,
        at: &Pointer,
    ) -> Option<&'a TypeRef> {
        types
            .map(|ty| (self.rank(ty, at, 0), ty))
            .reduce(|best, one| if one.0 > best.0 { one } else { best })
            .filter(|(rank, _)| *rank > UNFIT)
            .map(|(_, ty)| ty)
    }

    /// Returns the type that was made from a schema, if it is among these.
    pub(super) fn made(
        &self,
        mut types: impl Iterator<Item = &'a TypeRef>,
        at: &Pointer,
    ) -> Option<&'a TypeRef> {
        types.find(|ty| self.rank(ty, at, 0) == MADE)
    }

    /// Returns the type that has the values of a schema, though it was made from another one.
    pub(super) fn shared(
        &self,
        mut types: impl Iterator<Item = &'a TypeRef>,
        at: &Pointer,
    ) -> Option<&'a TypeRef> {
        types.find(|ty| self.rank(ty, at, 0).0 >= Quality::Fits)
    }

    fn rank(&self, ty: &'a TypeRef, at: &Pointer, depth: usize) -> Rank {
        let loaded = self.matches.loaded;
        // the siblings of a `$ref` can make a type of their own, so each step on the way can be its origin
        let mut steps = std::iter::successors(Some(at.clone()), |at| references::next(loaded, at))
            .take(MAX_DEPTH);
        if steps.any(|at| self.is_made(ty, &at)) {
            return MADE;
        }
        let at = references::target(loaded, at.clone());
        let node = loaded.get(&at);
        if node.and_then(Node::as_bool).is_some() {
            return ANYTHING;
        }
        let Some(schema) = node.and_then(Node::as_object) else {
            return UNFIT;
        };
        let own = self.own_rank(ty, schema, &at);
        let is_decided = own > ANYTHING || schema.contains_key("properties");
        if is_decided || depth >= MAX_DEPTH {
            return own;
        }
        // `allOf: [{ $ref: Pet }]`, `oneOf: [{ $ref: Pet }, { type: "null" }]`: the type is that of a subschema
        keyword::subschemas(schema, &at, &["allOf", "oneOf", "anyOf"])
            .iter()
            .map(|part| self.rank(ty, part, depth + 1))
            .fold(own, Ord::max)
    }

    /// Returns whether a type, or the one behind an alias, was made from the schema at a place.
    fn is_made(&self, ty: &TypeRef, at: &Pointer) -> bool {
        let Some(made) = self.matches.origins.get(at) else {
            return false;
        };
        let mut ty = ty;
        for _ in 0..MAX_DEPTH {
            match ty {
                TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => ty = inner,
                TypeRef::Named(id) => {
                    let def = self.matches.api.ty(*id);
                    match &def.body {
                        _ if std::ptr::eq(*made, def) => return true,
                        TypeBody::Alias(inner) => ty = inner,
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

    /// Returns the rank by the schema itself, without its subschemas.
    fn own_rank(&self, ty: &'a TypeRef, schema: &Object, at: &Pointer) -> Rank {
        let has = |name: &str| schema.contains_key(name);
        let fits_if = |fits: bool| if fits { FITS } else { UNFIT };
        match TypeSite::of(ty, None).resolve(self.matches.api).ty {
            Resolved::Any => ANYTHING,
            Resolved::Opaque => UNFIT,
            Resolved::Struct(body) => {
                let mut names = Vec::new();
                self.member_names(schema, at, &mut names, 0);
                let has = |wire: &String| body.members.iter().any(|one| one.name.wire == *wire);
                if names.iter().all(has) && !names.is_empty() {
                    let others = body.members.len().saturating_sub(names.len());
                    (Quality::Fits, Reverse(others))
                } else {
                    fits_if(keyword::has_type(schema, "object") && body.members.is_empty())
                }
            }
            Resolved::Scalar(Scalar::Null) => fits_if(values::is_null(schema)),
            Resolved::Scalar(scalar) => {
                if values::scalar_of_format(schema) == Some(scalar) {
                    FITS_EXACTLY
                } else {
                    fits_if(values::fits_scalar(schema, scalar))
                }
            }
            ty @ (Resolved::StringEnum(_) | Resolved::IntegerEnum(_) | Resolved::ValueEnum(_)) => {
                fits_if((has("enum") || has("const")) && values::has_all(schema, ty))
            }
            Resolved::Tuple(_) => fits_if(has("prefixItems")),
            Resolved::List(inner) => {
                let is_array =
                    keyword::has_type(schema, "array") || has("items") || has("prefixItems");
                self.container_rank(fits_if(is_array), inner, schema, &at.child("items"))
            }
            Resolved::Map(inner) => {
                let is_map = keyword::has_type(schema, "object") || has("additionalProperties");
                let values = at.child("additionalProperties");
                self.container_rank(fits_if(is_map), inner, schema, &values)
            }
            Resolved::Union(_) => {
                let types = schema.get("type").and_then(Node::as_array);
                let has_several = types.is_some_and(|types| types.len() > 1);
                fits_if(has_several || has("oneOf") || has("anyOf"))
            }
        }
    }

    /// Returns the rank of an array or map by that of its elements.
    fn container_rank(
        &self,
        own: Rank,
        inner: &'a TypeRef,
        schema: &Object,
        elements: &Pointer,
    ) -> Rank {
        let has_schema = elements
            .name()
            .and_then(|name| schema.get(name.as_str()))
            .is_some_and(|elements| elements.as_object().is_some());
        if own == UNFIT || !has_schema {
            return own;
        }
        match self.rank(inner, elements, 1) {
            UNFIT => UNFIT,
            (quality, others) => (quality.clamp(Quality::Fits, Quality::FitsExactly), others),
        }
    }

    /// Collects the names of a schema's members, those of its `allOf` and `anyOf` included.
    fn member_names(&self, schema: &Object, at: &Pointer, names: &mut Vec<String>, depth: usize) {
        let properties = schema.get("properties").and_then(Node::as_object);
        let properties = properties.into_iter().flat_map(Object::keys);
        names.extend(properties.map(ToString::to_string));
        let required = schema.get("required").and_then(Node::as_array);
        let required = required.into_iter().flatten().filter_map(Node::as_str);
        names.extend(required.map(str::to_owned));
        names.sort_unstable();
        names.dedup();
        if depth >= MAX_DEPTH {
            return;
        }
        let loaded = self.matches.loaded;
        for part in keyword::subschemas(schema, at, &["allOf", "anyOf"]) {
            let part = references::target(loaded, part);
            if let Some(schema) = loaded.get(&part).and_then(Node::as_object) {
                self.member_names(schema, &part, names, depth + 1);
            }
        }
    }
}
