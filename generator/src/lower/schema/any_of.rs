//! An `anyOf` of objects: an enum where something tells the branches apart, else one struct with the members of all.
//!
//! ```yaml
//! anyOf: [{ $ref: Car }, { $ref: Plane }]
//! # Car requires `doors`, Plane requires `wings`: an enum with Car, Plane, and CarAndPlane for an object of both
//! # nothing is required: a struct, made from a Car or a Plane, with `as_car()` and `as_plane()`
//! ```

use super::Schemas;
use super::classify::is_object;
use super::composition::{Alternatives, Keyword, SchemaEntry, bases, branches, says_something};
use super::fields::{Fields, Property};
use super::scalars::{overlap, types};
use super::set::SchemaSet;
use crate::resolve::Document;

/// What the branches of an `anyOf` are to each other.
pub(super) enum Relation<'a> {
    /// They are not all objects with members, or one member has a single value in each: an enum.
    Mixed,
    /// No object fits two of them, or it is all that the larger one has: an enum.
    Apart,
    /// Two that require different members, with the schemas of an object that fits both: an enum of three.
    Both(SchemaSet<'a>),
    /// Nothing tells them apart, or they have no names: a struct.
    Merged(Vec<AnyOfBranch<'a>>),
}

/// A branch of an `anyOf`: an object with members.
pub(super) struct AnyOfBranch<'a> {
    /// The key of its schema.
    pub key: &'a str,
    /// The schemas that it consists of, with those beside the `anyOf`.
    pub objects: Vec<&'a SchemaEntry>,
    set: SchemaSet<'a>,
    /// Its members.
    pub fields: Fields<'a>,
    constants: Vec<(String, Vec<String>)>,
}

impl<'a> Schemas<'a> {
    /// Decides what the branches of an `anyOf` without a discriminator are to each other.
    pub(super) fn relation(
        &mut self,
        base: &[&'a SchemaEntry],
        alternatives: &Alternatives<'a>,
    ) -> Relation<'a> {
        if alternatives.keyword != Keyword::AnyOf || alternatives.discriminator.is_some() {
            return Relation::Mixed;
        }
        let mut all: Vec<AnyOfBranch<'a>> = Vec::new();
        let (objects, others): (Vec<&'a str>, Vec<&'a str>) =
            alternatives.branches.iter().partition(|key| {
                let types = self.types_of(key).unwrap_or_default();
                types.is_empty() || types.contains(&"object")
            });
        for key in objects {
            let set = self.with_base(base, key);
            let composition = self.composition(&set);
            let fields = composition.fields(&composition.subschemas);
            let objects = composition.subschemas;
            if !composition.alternatives.is_empty()
                || !objects.iter().all(|entry| is_object(entry))
                || fields.properties.is_empty()
            {
                return Relation::Mixed;
            }
            all.push(AnyOfBranch {
                key,
                constants: self.branch_members(&set, None).constants,
                objects,
                set,
                fields,
            });
        }
        if share_a_member(&all) {
            return Relation::Mixed;
        }
        let merged = |all| match others.is_empty() {
            true => Relation::Merged(all),
            false => Relation::Mixed,
        };
        // branches without a schema of their own are cases of one object more often than types, and a struct loses nothing
        if !all.iter().all(|one| self.has_own_name(one.key)) {
            return merged(all);
        }
        let are_apart = |one: &AnyOfBranch<'a>, other: &AnyOfBranch<'a>| {
            self.exclude(one, other) || self.contains(one, other) || self.contains(other, one)
        };
        if pairs(&all).all(|(one, other)| are_apart(one, other)) {
            return Relation::Apart;
        }
        match all.as_slice() {
            [one, other] if requires_more(one, other) || requires_more(other, one) => {
                let mut keys = vec![one.key, other.key];
                keys.sort_unstable();
                Relation::Both(SchemaSet {
                    own_keywords: one.set.own_keywords.clone(),
                    ..SchemaSet::all(keys)
                })
            }
            _ => merged(all),
        }
    }

    /// Returns whether no object fits both branches: one requires a member that has another value or type in the other.
    fn exclude(&self, one: &AnyOfBranch<'a>, other: &AnyOfBranch<'a>) -> bool {
        let differ = |wire: &str| {
            let constant = |branch: &AnyOfBranch<'a>| {
                let mut constants = branch.constants.iter();
                constants
                    .find(|(name, _)| name == wire)
                    .map(|(_, values)| values.clone())
            };
            match (constant(one), constant(other)) {
                (Some(one), Some(other)) => one != other,
                _ => false,
            }
        };
        let required = one.fields.required.iter().chain(&other.fields.required);
        required.into_iter().any(|wire| {
            let [one, other] = [one, other].map(|branch| branch.fields.properties.get(wire));
            let (Some(one), Some(other)) = (one, other) else {
                return false;
            };
            differ(wire) || self.have_other_types(one, other)
        })
    }

    /// Returns whether a branch has all members of another, and requires more: an object that fits both is of it.
    fn contains(&self, one: &AnyOfBranch<'a>, other: &AnyOfBranch<'a>) -> bool {
        let has_equal = |(wire, property): (&&str, &Property<'a>)| {
            let own = one.fields.properties.get(wire);
            own.is_some_and(|own| {
                let mut keys = property.keys.iter();
                keys.all(|key| own.keys.iter().any(|own| self.is_equal(own, key)))
            })
        };
        requires_more(one, other) && other.fields.properties.iter().all(has_equal)
    }

    /// Returns whether no value fits both members, by their types.
    fn have_other_types(&self, one: &Property<'a>, other: &Property<'a>) -> bool {
        let [one, other] = [one, other].map(|property| {
            let keys = property.keys.iter();
            let mut known = keys.filter_map(|key| self.types_of(key));
            known.next().unwrap_or_default()
        });
        let are_known = !one.is_empty() && !other.is_empty();
        are_known
            && !one
                .iter()
                .any(|one| other.iter().any(|other| overlap(one, other)))
    }

    /// Returns the types of a schema, `null` included, if it or what it stands for names them.
    fn types_of(&self, key: &'a str) -> Option<Vec<&'a str>> {
        let mut last = key;
        let mut passed = vec![last];
        while let Some(next) = self.equivalent(last).filter(|next| !passed.contains(next)) {
            last = next;
            passed.push(last);
        }
        let entry = self.document.schema_at(last);
        let mut types = types(entry).or_else(|| is_object(entry).then(|| vec!["object"]))?;
        if self.nullable(key) {
            types.push("null");
        }
        Some(types)
    }
}

/// Returns the branches of an `anyOf` with those of an `anyOf` without a name among them in its place.
pub(super) fn flattened<'a>(
    document: &'a Document,
    keys: Vec<&'a str>,
    is_named: impl Fn(&str) -> bool,
) -> Vec<&'a str> {
    let mut flat: Vec<&'a str> = Vec::new();
    let mut queue: Vec<&'a str> = keys.into_iter().rev().collect();
    let mut opened: Vec<&'a str> = Vec::new();
    while let Some(key) = queue.pop() {
        let entry = document.schema_at(key);
        let is_plain = !is_named(key)
            && !says_something(entry)
            && bases(&entry.value).next().is_none()
            && entry.value.schema_data.discriminator.is_none();
        match branches(&entry.value).as_slice() {
            [(inner, Keyword::AnyOf)] if is_plain && !opened.contains(&key) => {
                opened.push(key);
                queue.extend(inner.iter().rev());
            }
            _ if flat.contains(&key) => {}
            _ => flat.push(key),
        }
    }
    flat
}

fn pairs<'b, 'a>(
    all: &'b [AnyOfBranch<'a>],
) -> impl Iterator<Item = (&'b AnyOfBranch<'a>, &'b AnyOfBranch<'a>)> {
    let first = all.iter().enumerate();
    first.flat_map(|(index, one)| all.iter().skip(index + 1).map(move |other| (one, other)))
}

/// Returns whether all branches have a value of their own for the same member, which tells them apart.
fn share_a_member(all: &[AnyOfBranch<'_>]) -> bool {
    let Some((first, others)) = all.split_first() else {
        return false;
    };
    first.constants.iter().any(|(name, values)| {
        let mut seen = vec![values];
        others.iter().all(|branch| {
            let mut constants = branch.constants.iter();
            let own = constants.find(|(other, _)| other == name);
            own.is_some_and(|(_, values)| {
                let is_new = !seen.contains(&values);
                seen.push(values);
                is_new
            })
        })
    })
}

/// Returns whether a branch requires a member that the other does not have.
fn requires_more(one: &AnyOfBranch<'_>, other: &AnyOfBranch<'_>) -> bool {
    let mut required = one.fields.required.iter();
    required.any(|wire| !other.fields.properties.contains_key(wire))
}
