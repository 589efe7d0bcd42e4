//! Values of one of several types: `oneOf`, `anyOf`, and lists of types.

use openapiv3::{AnySchema, SchemaKind};

use super::any_of::Relation;
use super::classify::{SchemaShape, is_object};
use super::composition::{Alternatives, Keyword, SchemaEntry, key};
use super::fields::Fields;
use super::scalars::only_format;
use super::set::SchemaSet;
use super::site::Stem;
use super::table::Filling;
use super::tags::{BranchMembers, Constants, without_tag};
use super::{BodyDraft, BranchDraft, SchemaSite, Schemas, UnionDraft, scalar};
use crate::ir::{Docs, Name, Scalar, TypeRef};

/// The name of the variant for the object among several types.
const OBJECT: &str = "Object";

/// The variant of a base among its subtypes, and the end of the name of its own type.
const BASE: &str = "Base";

impl<'a> Schemas<'a> {
    /// Decides whether alternatives are an enum, or one struct with the members of all: objects of which a value can be
    /// several at once.
    pub(super) fn classify_alternatives(
        &mut self,
        base: Vec<&'a SchemaEntry>,
        alternatives: Alternatives<'a>,
    ) -> SchemaShape<'a> {
        match self.relation(&base, &alternatives) {
            Relation::Merged(branches) => SchemaShape::Object(Fields::any(branches)),
            Relation::Mixed | Relation::Apart | Relation::Both(_) => {
                SchemaShape::Union(base, alternatives)
            }
        }
    }

    /// Makes the enum of alternatives, or another name for a type if all branches are that type.
    pub(super) fn union(
        &mut self,
        base: &[&'a SchemaEntry],
        alternatives: &Alternatives<'a>,
        place: &SchemaSite,
    ) -> BodyDraft {
        self.check_mapping(alternatives);
        let discriminator = alternatives
            .discriminator
            .map(|declared| declared.discriminator.property_name.clone());
        let sets = self.branch_sets(base, alternatives);
        let members: Vec<BranchMembers> = sets
            .iter()
            .map(|set| self.branch_members(set, discriminator.as_deref()))
            .collect();
        let tags = self.tags(alternatives, &alternatives.branches, &members);
        let listed = without_tag(&members, &tags);
        let tagged = members.into_iter().zip(&tags);
        let constants: Vec<Constants> = tagged
            .map(|(members, tags)| distinguishing(members, tags, discriminator.as_deref()))
            .collect();
        let named = alternatives.branches.iter().copied().zip(&constants);
        let stems = self.branch_stems(&named.collect::<Vec<_>>(), discriminator.as_deref());
        let mut branches: Vec<BranchDraft> = Vec::new();
        let mut wholes: Vec<String> = Vec::new();
        let keys = alternatives.branches.iter().zip(&sets).zip(stems);
        let described = constants.into_iter().zip(tags).zip(listed);
        for (index, (((key, set), stem), ((constants, tags), listed))) in
            keys.zip(described).enumerate()
        {
            let is_base = alternatives.keyword == Keyword::Subtypes && index == 0;
            let site = match set.without_subtypes {
                true => self.base_site(key, place, &stem),
                false => place.branch(&stem, index),
            };
            let ty = self.type_of_set(set, &site);
            if let Some(known) = branches.iter_mut().find(|branch| branch.ty == ty) {
                known.tags.extend(tags);
                continue;
            }
            wholes.push(match alternatives.keyword {
                Keyword::Subtypes => stem,
                Keyword::OneOf | Keyword::AnyOf => self.branch_name(&ty, &stem, &site),
            });
            branches.push(BranchDraft {
                name: Name {
                    wire: self.branch_wire(key, index),
                    rust: if is_base { BASE } else { "" }.to_owned(),
                },
                ty,
                tags,
                constants,
                listed,
                is_base,
                deprecated: self.is_deprecated_branch(key),
            });
        }
        let relation = self.relation(base, alternatives);
        let can_be_several = matches!(relation, Relation::Mixed);
        if let Relation::Both(set) = relation {
            let (whole, both) = self.both(&set, alternatives, place);
            wholes.push(whole);
            branches.push(both);
        }
        self.name_branches(&mut branches, &wholes, place);
        // a branch that reads everything comes last
        branches.sort_by_key(|branch| branch.ty == TypeRef::Any);
        match branches.as_slice() {
            [] => BodyDraft::Alias(TypeRef::Any),
            [one] if one.tags.is_empty() => BodyDraft::Alias(one.ty.clone()),
            _ => BodyDraft::Union(UnionDraft {
                discriminator,
                branches,
                is_any_of: can_be_several && alternatives.keyword == Keyword::AnyOf,
            }),
        }
    }

    /// Makes the branch of an object that fits both branches, with its whole name: `CarAndPlane` beside `Car` and `Plane`.
    /// All unions with the two have one type for it.
    fn both(
        &mut self,
        set: &SchemaSet<'a>,
        alternatives: &Alternatives<'a>,
        place: &SchemaSite,
    ) -> (String, BranchDraft) {
        let ids = set.all_of.iter().filter_map(|key| self.type_of_key(key));
        let names: Vec<&Name> = ids.filter_map(|id| self.table.name(id)).collect();
        let join = |part: fn(&Name) -> &str, word: &str| {
            let parts: Vec<&str> = names.iter().map(|name| part(name)).collect();
            parts.join(word)
        };
        let name = Name {
            wire: join(|name| &name.wire, " and "),
            rust: join(|name| &name.rust, "And"),
        };
        let at = alternatives.entry.at.child(alternatives.keyword.as_str());
        let site = match set.own_keywords.as_slice() {
            [] => SchemaSite::component(&name, &at),
            _ => SchemaSite {
                at,
                ..place.branch(&name.rust, alternatives.branches.len())
            },
        };
        let branch = BranchDraft {
            name: Name {
                wire: name.wire,
                rust: String::new(),
            },
            ty: self.type_of_set(set, &site),
            tags: Vec::new(),
            constants: Vec::new(),
            listed: Vec::new(),
            is_base: false,
            deprecated: false,
        };
        (name.rust, branch)
    }

    /// Returns whether a branch is deprecated beside its `$ref`; the type of a component says so itself.
    fn is_deprecated_branch(&self, key: &'a str) -> bool {
        self.components.with_key(key).is_none() && self.annotations(&[key]).deprecated
    }

    /// Returns what each branch of a union consists of.
    pub(super) fn branch_sets(
        &mut self,
        base: &[&'a SchemaEntry],
        alternatives: &Alternatives<'a>,
    ) -> Vec<SchemaSet<'a>> {
        let branches = alternatives.branches.iter();
        branches
            .map(|key| match alternatives.keyword {
                Keyword::Subtypes if self.hierarchies.has_subtypes(key) => {
                    SchemaSet::without_subtypes(key)
                }
                Keyword::Subtypes => SchemaSet::one(key),
                Keyword::OneOf | Keyword::AnyOf => self.with_base(base, key),
            })
            .collect()
    }

    /// Returns the site of a base's own members, beside the union of its subtypes: `PetBase` for `Pet`.
    fn base_site(&self, key: &str, union: &SchemaSite, stem: &str) -> SchemaSite {
        let entry = self.document.schema_at(key);
        let name = self.type_of_key(key).and_then(|id| self.table.name(id));
        let site = name.map_or_else(
            || union.branch(stem, 0).or_file(&entry.at),
            |name| SchemaSite::component(name, &entry.at),
        );
        SchemaSite {
            stem: Stem::Known(format!("{}{BASE}", site.name())),
            at: entry.at.child("discriminator"),
            ..site
        }
    }

    /// Makes the enum of `type: [string, integer]`, or another name for a type if only one is left.
    pub(super) fn union_of_types(
        &mut self,
        types: &[String],
        entry: Option<&'a SchemaEntry>,
        place: &SchemaSite,
    ) -> BodyDraft {
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
                listed: Vec::new(),
                is_base: false,
                deprecated: false,
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
    pub(super) fn with_base(&mut self, base: &[&'a SchemaEntry], key: &'a str) -> SchemaSet<'a> {
        let mut set = SchemaSet::one(key);
        let own = self.composition(&set).subschemas;
        // members say nothing of a branch that is an array: `properties: { … }, oneOf: [{ type: array }, { type: object }]`
        if !own.is_empty() && !own.iter().any(|entry| is_object(entry)) {
            set.own_keywords = self.formats_for(base, key);
            return set;
        }
        let is_missing =
            |entry: &&&SchemaEntry| !own.iter().any(|other| std::ptr::eq(*other, **entry));
        let missing = base
            .iter()
            .filter(is_missing)
            .filter(|entry| only_format(entry).is_none());
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
}

/// Returns the members that distinguish a branch where the discriminator does not.
fn distinguishing(
    members: BranchMembers,
    tags: &[String],
    discriminator: Option<&str>,
) -> Constants {
    let mut constants = members.constants;
    if let Some(name) = discriminator.filter(|_| tags.is_empty())
        && let Some(values) = members.listed.filter(|values| values.len() > 1)
    {
        constants.push((name.to_owned(), values));
    }
    constants
}
