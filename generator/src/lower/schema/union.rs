//! Values of one of several types: `oneOf`, `anyOf`, and lists of types.

use openapiv3::{AnySchema, SchemaKind, Type};

use super::classify::{SchemaShape, is_object};
use super::composition::{Alternatives, Keyword, SchemaEntry, key};
use super::fields::Fields;
use super::set::SchemaSet;
use super::site::Stem;
use super::table::Filling;
use super::{BodyDraft, BranchDraft, SchemaSite, Schemas, UnionDraft, scalar};
use crate::ir::{Docs, Name, Scalar, TypeRef};
use crate::resolve::Document;

/// The name of the variant for the object among several types.
const OBJECT: &str = "Object";

/// Members that have one value in a branch, with that value: `type: { enum: [CONTACT] }`.
pub(super) type Constants = Vec<(String, Vec<String>)>;

impl<'a> Schemas<'a> {
    /// Decides whether alternatives are an enum, or one struct with the members of all: objects of which a value can be
    /// several at once.
    pub(super) fn classify_alternatives(
        &mut self,
        base: Vec<&'a SchemaEntry>,
        alternatives: Alternatives<'a>,
    ) -> SchemaShape<'a> {
        if alternatives.keyword == Keyword::OneOf || alternatives.discriminator.is_some() {
            return SchemaShape::Union(base, alternatives);
        }
        let mut sets: Vec<Vec<&'a SchemaEntry>> = Vec::new();
        let mut constants: Vec<Constants> = Vec::new();
        for key in &alternatives.branches {
            let set = self.with_base(&base, key);
            let composition = self.composition(&set);
            let objects = composition.subschemas;
            if !composition.alternatives.is_empty()
                || !objects.iter().all(|entry| is_object(entry))
                || Fields::all(&objects).properties.is_empty()
            {
                return SchemaShape::Union(base, alternatives);
            }
            constants.push(self.constants(&set));
            sets.push(objects);
        }
        if share_a_member(&constants) {
            SchemaShape::Union(base, alternatives)
        } else {
            SchemaShape::Object(Fields::any(&sets))
        }
    }

    /// Makes the enum of alternatives, or another name for a type if all branches are that type.
    pub(super) fn union(
        &mut self,
        base: &[&'a SchemaEntry],
        alternatives: &Alternatives<'a>,
        place: &SchemaSite,
    ) -> BodyDraft {
        let mut branches: Vec<BranchDraft> = Vec::new();
        let mut wholes: Vec<String> = Vec::new();
        let mut parts = Vec::with_capacity(alternatives.branches.len());
        for key in &alternatives.branches {
            let set = self.with_base(base, key);
            let constants = self.constants(&set);
            parts.push((*key, set, constants));
        }
        let named = parts.iter().map(|(key, _, constants)| (*key, constants));
        let discriminator = alternatives.discriminator;
        let discriminator = discriminator.map(|found| found.property_name.as_str());
        let stems = self.branch_stems(&named.collect::<Vec<_>>(), discriminator);
        for (index, ((key, set, constants), stem)) in parts.into_iter().zip(stems).enumerate() {
            let site = place.branch(&stem, index);
            let ty = self.type_of_set(&set, &site);
            let tags = self.tags(alternatives, key);
            if let Some(known) = branches.iter_mut().find(|branch| branch.ty == ty) {
                known.tags.extend(tags);
                continue;
            }
            wholes.push(self.branch_name(&ty, &stem, &site));
            branches.push(BranchDraft {
                name: Name {
                    wire: self.branch_wire(key, index),
                    rust: String::new(),
                },
                ty,
                tags,
                constants,
            });
        }
        self.name_branches(&mut branches, &wholes, place);
        // a branch that reads everything comes last
        branches.sort_by_key(|branch| branch.ty == TypeRef::Any);
        match branches.as_slice() {
            [] => BodyDraft::Alias(TypeRef::Any),
            [one] => BodyDraft::Alias(one.ty.clone()),
            _ => BodyDraft::Union(UnionDraft {
                discriminator: discriminator.map(str::to_owned),
                branches,
                is_any_of: alternatives.keyword == Keyword::AnyOf,
            }),
        }
    }

    /// Makes the enum of `type: [string, integer]`, or another name for a type if only one is left.
    pub(super) fn union_of_types(
        &mut self,
        types: &[String],
        set: &SchemaSet<'a>,
        place: &SchemaSite,
    ) -> BodyDraft {
        let entry = set.single().map(|key| self.document.schema_at(key));
        let mut branches: Vec<BranchDraft> = Vec::new();
        let mut wholes: Vec<String> = Vec::new();
        for (index, wire) in types.iter().enumerate() {
            let own = place.branch(OBJECT, index);
            let ty = self.type_by_name(wire, entry, &own, place);
            if branches.iter().any(|branch| branch.ty == ty) {
                continue;
            }
            // the elements of an array or map are named after the union itself
            let site = if ty.id().is_some() { &own } else { place };
            wholes.push(self.branch_name(&ty, OBJECT, site));
            branches.push(BranchDraft {
                name: Name {
                    wire: wire.clone(),
                    rust: String::new(),
                },
                ty,
                tags: Vec::new(),
                constants: Vec::new(),
            });
        }
        self.name_branches(&mut branches, &wholes, place);
        match branches.as_slice() {
            [one] => BodyDraft::Alias(one.ty.clone()),
            _ => BodyDraft::Union(UnionDraft {
                discriminator: None,
                branches,
                is_any_of: false,
            }),
        }
    }

    /// Returns the type of a schema that says `type: [string, array]`, where its value is of one of these.
    fn type_by_name(
        &mut self,
        wire: &str,
        entry: Option<&'a SchemaEntry>,
        own: &SchemaSite,
        place: &SchemaSite,
    ) -> TypeRef {
        let any: Option<&'a AnySchema> = entry.and_then(|entry| match &entry.value.schema_kind {
            SchemaKind::Any(any) => Some(any),
            _ => None,
        });
        let format = any.and_then(|any| any.format.as_deref());
        match wire {
            "string" => TypeRef::Scalar(scalar::string_of(format, self.options)),
            "boolean" => TypeRef::Scalar(Scalar::Bool),
            "integer" => TypeRef::Scalar(any.map_or(Scalar::I64, scalar::integer_of)),
            "number" => TypeRef::Scalar(scalar::number_of(format)),
            "array" => {
                let items = any.and_then(|any| any.items.as_ref()).and_then(key);
                let items = items.map_or(TypeRef::Any, |key| self.type_of(key, &place.items()));
                TypeRef::List(Box::new(items))
            }
            "object" => {
                let fields = entry.map(|entry| Fields::all(&[entry])).unwrap_or_default();
                match SchemaShape::object(fields) {
                    SchemaShape::Object(fields) => self.inner_struct(&fields, own),
                    SchemaShape::Map(Some(key)) => {
                        let values = self.type_of(key, &place.values());
                        TypeRef::Map(Box::new(values))
                    }
                    SchemaShape::MixedMap(keys) => TypeRef::Map(Box::new(self.mixed(&keys))),
                    _ => TypeRef::Map(Box::new(TypeRef::Any)),
                }
            }
            _ => TypeRef::Any,
        }
    }

    /// Adds to a branch what all branches have. A subtype that leads to its base by `allOf` has it already.
    fn with_base(&mut self, base: &[&'a SchemaEntry], key: &'a str) -> SchemaSet<'a> {
        let mut set = SchemaSet::one(key);
        let own = self.composition(&set).subschemas;
        // members say nothing of a branch that is an array: `properties: { … }, oneOf: [{ type: array }, { type: object }]`
        if !own.is_empty() && !own.iter().any(|entry| is_object(entry)) {
            return set;
        }
        let is_missing =
            |entry: &&&SchemaEntry| !own.iter().any(|other| std::ptr::eq(*other, **entry));
        let missing = base.iter().filter(is_missing);
        set.own_keywords = missing
            .filter_map(|entry| self.document.key_of(entry))
            .collect();
        set
    }

    /// Makes a struct for the object among several types.
    fn inner_struct(&mut self, fields: &Fields<'a>, place: &SchemaSite) -> TypeRef {
        let (id, rust) = self.claim(&place.wire, place.name(), OBJECT, &place.at);
        let place = SchemaSite {
            stem: Stem::Known(rust),
            ..place.clone()
        };
        let body = BodyDraft::Struct(self.fields(fields, &place));
        self.table
            .fill(id, Filling::new(&place, Docs::default(), body));
        TypeRef::Named(id)
    }

    /// Returns the values of the discriminator that mean a branch: those of the mapping, or else the schema's own name.
    fn tags(&self, alternatives: &Alternatives<'a>, key: &str) -> Vec<String> {
        let Some(discriminator) = alternatives.discriminator else {
            return Vec::new();
        };
        let from = &alternatives.entry.at;
        let leads_here = |target: &str| {
            let is_reference = target.contains(['#', '/'])
                || target.ends_with(".yaml")
                || target.ends_with(".json");
            let place = if is_reference {
                Document::place(from, target)
            } else {
                Some(from.in_same_file("/components/schemas").child(target))
            };
            place.is_some_and(|place| {
                let component = self.components.at(&place);
                place.to_string() == key || component.is_some_and(|one| one.target == key)
            })
        };
        let mapping = discriminator.mapping.iter();
        let mut tags: Vec<String> = mapping
            .filter(|(_, target)| leads_here(target))
            .map(|(tag, _)| tag.clone())
            .collect();
        if tags.is_empty() {
            let component = self.components.with_key(key);
            tags.extend(component.map(|one| one.name.clone()));
        }
        tags
    }

    /// Returns the members that have one value in a branch, such as `type: { enum: [CONTACT] }`.
    fn constants(&mut self, set: &SchemaSet<'a>) -> Constants {
        let mut objects = self.composition(set).subschemas;
        objects.retain(|entry| is_object(entry));
        let fields = Fields::all(&objects);
        let only = |key: &&'a str| only_string(&self.document.schema_at(key).value.schema_kind);
        fields
            .properties
            .iter()
            .filter_map(|(wire, property)| {
                let value = property.keys.iter().find_map(only)?;
                Some(((*wire).to_owned(), vec![value]))
            })
            .collect()
    }
}

/// Returns whether all branches have one value for the same member, which tells them apart.
fn share_a_member(constants: &[Constants]) -> bool {
    let Some((first, others)) = constants.split_first() else {
        return false;
    };
    let has = |branch: &Constants, name: &String| branch.iter().any(|(other, _)| other == name);
    first
        .iter()
        .any(|(name, _)| others.iter().all(|branch| has(branch, name)))
}

/// Returns the only string that fits a schema.
fn only_string(kind: &SchemaKind) -> Option<String> {
    match kind {
        SchemaKind::Type(Type::String(string)) => match string.enumeration.as_slice() {
            [Some(one)] => Some(one.clone()),
            _ => None,
        },
        SchemaKind::Any(any) => match any.enumeration.as_slice() {
            [serde_json::Value::String(one)] => Some(one.clone()),
            _ => None,
        },
        _ => None,
    }
}
