//! Unions with what a value of each branch looks like, told from the types of the branches.

use std::collections::{BTreeMap, BTreeSet};

use super::constants::is_telling;
use super::drafts::TypeDrafts;
use crate::ir::{Branch, Constant, JsonKind, Presence, Scalar, TypeId, TypeRef, Union, WrittenTag};
use crate::lower::schema::{BodyDraft, BranchDraft, UnionDraft};

/// What is looked up for the branches of unions.
struct Shapes<'a> {
    types: &'a TypeDrafts,
}

/// Returns the finished union of a draft.
pub(super) fn finished(types: &TypeDrafts, id: TypeId, draft: &UnionDraft) -> Union {
    let shapes = Shapes { types };
    let kinds: Vec<_> = draft
        .branches
        .iter()
        .map(|branch| shapes.kinds(&branch.ty))
        .collect();
    let strings = kinds
        .iter()
        .filter(|kinds| kinds.contains(&JsonKind::String))
        .count();
    let converting = converting(&shapes, id, &draft.branches);
    let branches: Vec<Branch> = draft
        .branches
        .iter()
        .zip(kinds)
        .zip(converting)
        .map(|((branch, kinds), converts)| Branch {
            name: branch.name.clone(),
            ty: branch.ty.clone(),
            tags: branch.tags.clone(),
            written_tag: draft
                .discriminator
                .as_ref()
                .and_then(|member| shapes.written_tag(branch, member)),
            is_base: branch.is_base,
            deprecated: branch.deprecated,
            kinds,
            required: shapes.required(&branch.ty),
            constants: constants(draft, branch),
            texts: if strings > 1 {
                shapes.listed_strings(&branch.ty)
            } else {
                Vec::new()
            },
            converts,
        })
        .collect();
    Union {
        combined: draft.is_any_of && draft.discriminator.is_none() && can_be_two_at_once(&branches),
        discriminator: draft.discriminator.clone(),
        branches,
    }
}

/// Returns the members of a branch with the values that tell it.
fn constants(draft: &UnionDraft, branch: &BranchDraft) -> Vec<(String, Vec<String>)> {
    let own = branch.constants.iter();
    let own = own.filter(|(name, _)| is_telling(draft, branch, name));
    let listed = draft.discriminator.iter();
    let listed = listed.filter(|_| !branch.listed.is_empty());
    own.cloned()
        .chain(listed.map(|name| (name.clone(), branch.listed.clone())))
        .collect()
}

/// Returns for each branch whether a value of its type can only mean this branch, so that there is a `From`.
fn converting(shapes: &Shapes<'_>, id: TypeId, branches: &[BranchDraft]) -> Vec<bool> {
    let spellings: Vec<TypeRef> = branches
        .iter()
        .map(|one| shapes.without_aliases(&one.ty))
        .collect();
    let mut uses: BTreeMap<&TypeRef, usize> = BTreeMap::new();
    for spelling in &spellings {
        *uses.entry(spelling).or_default() += 1;
    }
    let itself = TypeRef::Named(id);
    let is_only = |spelling| uses.get(spelling) == Some(&1) && *spelling != itself;
    let pairs = branches.iter().zip(&spellings);
    pairs
        .map(|(branch, spelling)| is_only(spelling) && branch.ty != TypeRef::Any)
        .collect()
}

/// Returns whether one object can be of two branches: no member has to have another value in each.
fn can_be_two_at_once(branches: &[Branch]) -> bool {
    branches.iter().enumerate().any(|(index, one)| {
        branches
            .iter()
            .skip(index + 1)
            .any(|other| are_compatible(one, other))
    })
}

fn are_compatible(one: &Branch, other: &Branch) -> bool {
    let are_objects = [one, other]
        .iter()
        .all(|branch| branch.kinds == [JsonKind::Object]);
    let differ = one.constants.iter().any(|(name, strings)| {
        let mut others = other.constants.iter().filter(|(other, _)| other == name);
        others.any(|(_, others)| strings.iter().all(|string| !others.contains(string)))
    });
    are_objects && !differ
}

impl Shapes<'_> {
    /// Returns the type with all aliases written out and no boxes: two spellings of one type are equal.
    fn without_aliases(&self, ty: &TypeRef) -> TypeRef {
        match self.types.resolve(ty) {
            TypeRef::List(inner) => TypeRef::List(Box::new(self.without_aliases(inner))),
            TypeRef::Map(inner) => TypeRef::Map(Box::new(self.without_aliases(inner))),
            TypeRef::Nullable(inner) => TypeRef::Nullable(Box::new(self.without_aliases(inner))),
            TypeRef::Boxed(inner) => self.without_aliases(inner),
            other => other.clone(),
        }
    }

    /// Returns the kinds of JSON that a type is written as, each once; any JSON is all of them. Unions are made of
    /// unions, thousands in a row or in a ring, so each is visited once.
    fn kinds(&self, ty: &TypeRef) -> Vec<JsonKind> {
        let mut kinds: BTreeSet<JsonKind> = BTreeSet::new();
        let mut seen: BTreeSet<TypeId> = BTreeSet::new();
        let mut queue = vec![ty];
        while let Some(ty) = queue.pop() {
            match ty {
                TypeRef::Any => return vec![JsonKind::Any],
                TypeRef::List(_) => drop(kinds.insert(JsonKind::Array)),
                TypeRef::Map(_) => drop(kinds.insert(JsonKind::Object)),
                TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => queue.push(inner),
                TypeRef::Scalar(Scalar::NumberOrString(_)) => {
                    kinds.extend([JsonKind::Number, JsonKind::String])
                }
                TypeRef::Scalar(scalar) => drop(kinds.insert(kind_of_scalar(*scalar))),
                TypeRef::Named(id) if !seen.insert(*id) => {}
                TypeRef::Named(id) => match self.types.body(*id) {
                    BodyDraft::Struct(_) => drop(kinds.insert(JsonKind::Object)),
                    BodyDraft::Strings(_) => drop(kinds.insert(JsonKind::String)),
                    BodyDraft::Integers(_) => drop(kinds.insert(JsonKind::Number)),
                    BodyDraft::Values(listed) => {
                        let values = listed.values.iter();
                        kinds.extend(values.map(|value| kind_of_json(&value.name.wire)))
                    }
                    BodyDraft::Tuple(_) => drop(kinds.insert(JsonKind::Array)),
                    BodyDraft::Alias(target) | BodyDraft::Wrapper(target) => queue.push(target),
                    BodyDraft::Union(body) => {
                        queue.extend(body.branches.iter().map(|branch| &branch.ty))
                    }
                },
            }
        }
        kinds.into_iter().collect()
    }

    /// Returns the definition behind a type that a value is held in, if it has one.
    fn body(&self, ty: &TypeRef) -> Option<&BodyDraft> {
        match self.types.resolve(ty) {
            TypeRef::Named(id) => Some(self.types.body(*id)),
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => self.body(inner),
            _ => None,
        }
    }

    /// Returns the strings that a type lists.
    fn listed_strings(&self, ty: &TypeRef) -> Vec<String> {
        match self.body(ty) {
            Some(BodyDraft::Strings(listed)) => {
                let values = listed.values.iter();
                values.map(|value| value.name.wire.clone()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Returns the members that an object of a type has to have.
    fn required(&self, ty: &TypeRef) -> Vec<String> {
        match self.body(ty) {
            Some(BodyDraft::Struct(body)) => {
                let is_required =
                    |presence| matches!(presence, Presence::Required | Presence::Nullable);
                let members = body
                    .members
                    .iter()
                    .filter(|member| is_required(member.presence));
                members.map(|member| member.name.wire.clone()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Returns the tag that the union writes for a branch whose type does not have the right one by itself.
    fn written_tag(&self, branch: &BranchDraft, name: &str) -> Option<WrittenTag> {
        let tag = branch.tags.first()?;
        let lacking = WrittenTag {
            value: Constant::String(tag.clone()),
            is_optional: false,
        };
        let body = match self.types.resolve(&branch.ty) {
            TypeRef::Map(_) => return Some(lacking),
            ty => self.body(ty)?,
        };
        let BodyDraft::Struct(body) = body else {
            // a union writes the tags of its own branches
            return None;
        };
        let Some(member) = body.members.iter().find(|one| one.name.wire == name) else {
            return Some(lacking);
        };
        if member.constant().is_some() {
            return None;
        }
        let value = self.constant_of(&member.ty, tag)?;
        Some(WrittenTag {
            value,
            is_optional: !matches!(member.presence, Presence::Required | Presence::Nullable),
        })
    }

    /// Returns a tag as a value of the type that holds it; `None` if it is none.
    fn constant_of(&self, ty: &TypeRef, tag: &str) -> Option<Constant> {
        match self.types.resolve(ty) {
            TypeRef::Scalar(Scalar::String) | TypeRef::Any => {
                Some(Constant::String(tag.to_owned()))
            }
            TypeRef::Scalar(Scalar::Bool) => tag.parse().ok().map(Constant::Bool),
            TypeRef::Scalar(scalar) if scalar.is_number() => {
                tag.parse().ok().map(Constant::Integer)
            }
            other => match self.body(other)? {
                BodyDraft::Strings(listed) => {
                    let is_listed = listed.values.iter().any(|value| value.name.wire == tag);
                    is_listed.then(|| Constant::String(tag.to_owned()))
                }
                BodyDraft::Integers(_) => tag.parse().ok().map(Constant::Integer),
                _ => None,
            },
        }
    }
}

fn kind_of_scalar(scalar: Scalar) -> JsonKind {
    match scalar {
        Scalar::Bool => JsonKind::Boolean,
        Scalar::Null => JsonKind::Null,
        scalar if scalar.is_number() => JsonKind::Number,
        _ => JsonKind::String,
    }
}

/// Returns the kind of a value by its JSON.
fn kind_of_json(json: &str) -> JsonKind {
    match json.as_bytes().first() {
        Some(b'{') => JsonKind::Object,
        Some(b'[') => JsonKind::Array,
        Some(b'"') => JsonKind::String,
        Some(b't' | b'f') => JsonKind::Boolean,
        Some(b'n') => JsonKind::Null,
        _ => JsonKind::Number,
    }
}
