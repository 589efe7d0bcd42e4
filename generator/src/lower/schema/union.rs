//! Values of one of several types: `oneOf`, `anyOf`, and lists of types.

use openapiv3::{AnySchema, SchemaKind, Type};

use super::any_of::Relation;
use super::classify::{SchemaShape, is_object};
use super::composition::{Alternatives, Keyword, SchemaEntry, key};
use super::fields::Fields;
use super::scalars::only_format;
use super::set::SchemaSet;
use super::site::Stem;
use super::table::Filling;
use super::{BodyDraft, BranchDraft, SchemaSite, Schemas, UnionDraft, scalar};
use crate::ir::{Docs, Name, Scalar, TypeRef};
use crate::name::{self, Scope, ScopeKind, Wish};
use crate::resolve::Document;

/// The variant for objects that fit both branches of an `anyOf`.
const BOTH: &str = "Both";

/// The variants that every union may have without a branch of that name.
const FALLBACKS: [&str; 2] = ["Combined", "Unknown"];

/// Members that have one value in a branch, with that value: `type: { enum: [CONTACT] }`.
type Constants = Vec<(String, Vec<String>)>;

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
        let mut branches: Vec<BranchDraft> = Vec::new();
        let mut stems: Vec<String> = Vec::new();
        for (index, key) in alternatives.branches.iter().enumerate() {
            let set = self.with_base(base, key);
            let constants = self.constants(&set);
            let stem = self.branch_stem(key, &constants, index);
            let ty = self.type_of_set(&set, &place.branch(&stem, index));
            let tags = self.tags(alternatives, key);
            if let Some(known) = branches.iter_mut().find(|branch| branch.ty == ty) {
                known.tags.extend(tags);
                continue;
            }
            stems.push(stem);
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
        let relation = self.relation(base, alternatives);
        let can_be_several = matches!(relation, Relation::Mixed);
        if let Relation::Both(set) = relation {
            branches.push(self.both(&set, &branches, alternatives, place));
            stems.push(BOTH.to_owned());
        }
        self.name_branches(&mut branches, &stems, place);
        // a branch that reads everything comes last
        branches.sort_by_key(|branch| branch.ty == TypeRef::Any);
        match branches.as_slice() {
            [] => BodyDraft::Alias(TypeRef::Any),
            [one] => BodyDraft::Alias(one.ty.clone()),
            _ => BodyDraft::Union(UnionDraft {
                discriminator: alternatives
                    .discriminator
                    .map(|found| found.property_name.clone()),
                branches,
                is_any_of: can_be_several && alternatives.keyword == Keyword::AnyOf,
            }),
        }
    }

    /// Makes the branch of an object that fits both branches: `Both` beside `Car` and `Plane`.
    fn both(
        &mut self,
        set: &SchemaSet<'a>,
        branches: &[BranchDraft],
        alternatives: &Alternatives<'a>,
        place: &SchemaSite,
    ) -> BranchDraft {
        let site = SchemaSite {
            at: alternatives.entry.at.child(alternatives.keyword.as_str()),
            ..place.branch(BOTH, branches.len())
        };
        let names: Vec<_> = branches.iter().map(|one| one.name.wire.as_str()).collect();
        BranchDraft {
            name: Name {
                wire: names.join(" and "),
                rust: String::new(),
            },
            ty: self.type_of_set(set, &site),
            tags: Vec::new(),
            constants: Vec::new(),
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
        for (index, wire) in types.iter().enumerate() {
            let ty = self.type_by_name(wire, entry, &place.branch("Object", index), place);
            if branches.iter().any(|branch| branch.ty == ty) {
                continue;
            }
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
        let stems = vec!["Object".to_owned(); branches.len()];
        self.name_branches(&mut branches, &stems, place);
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

    /// Names the variants: after their types, without what the union's own name says already. A variant that has its
    /// type's whole name keeps it, so a shortened one never takes it away.
    fn name_branches(
        &mut self,
        branches: &mut [BranchDraft],
        stems: &[String],
        place: &SchemaSite,
    ) {
        let mut scope = Scope::new(ScopeKind::BranchVariant)
            .reserve(FALLBACKS, "a variant for values of no single branch");
        let union = place.name();
        let wanted: Vec<(String, String)> = branches
            .iter()
            .zip(stems)
            .map(|(branch, stem)| {
                let whole = self.branch_name(&branch.ty, stem);
                (without_prefix(&whole, &union).to_owned(), whole)
            })
            .collect();
        let mut order: Vec<usize> = (0..branches.len()).collect();
        order.sort_by_key(|index| {
            wanted
                .get(*index)
                .is_some_and(|(short, whole)| short != whole)
        });
        for index in order {
            let (Some(branch), Some((short, whole))) = (branches.get_mut(index), wanted.get(index))
            else {
                continue;
            };
            let claim = scope.claim_one_of(Wish::new(short.clone(), &place.at).or(whole.clone()));
            // the variant of a type without a name is numbered in silence: nobody could rename it
            if is_named(&branch.ty) {
                self.diagnostics.extend(claim.collision);
            }
            branch.name.rust = claim.name;
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
        let (id, rust) = self.claim(&place.wire, place.name(), &place.at);
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
    pub(super) fn constants(&mut self, set: &SchemaSet<'a>) -> Constants {
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

    /// Returns what a branch without a name of its own is called: by its title, by its constant, or by its number.
    fn branch_stem(&self, key: &str, constants: &Constants, index: usize) -> String {
        if let Some(component) = self.components.with_key(key) {
            return name::type_name(&component.name);
        }
        let title = self
            .document
            .schema_at(key)
            .value
            .schema_data
            .title
            .as_deref();
        let constant = constants.first().and_then(|(_, values)| values.first());
        match title.or(constant.map(String::as_str)) {
            Some(text) if text.chars().any(char::is_alphanumeric) && text.len() <= 60 => {
                name::type_name(text)
            }
            _ => format!("Variant{}", index + 1),
        }
    }

    /// Returns the name of a variant by its type.
    fn branch_name(&self, ty: &TypeRef, stem: &str) -> String {
        let word = match ty {
            TypeRef::Named(id) => self.table.name(*id).map_or(stem, |name| &name.rust),
            TypeRef::List(_) => "List",
            TypeRef::Map(_) => "Map",
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => {
                return self.branch_name(inner, stem);
            }
            TypeRef::Any => "Any",
            TypeRef::Scalar(scalar) => match scalar {
                Scalar::String => "Text",
                Scalar::Bool => "Boolean",
                Scalar::F32 | Scalar::F64 => "Number",
                Scalar::DateTime | Scalar::DateTimeOffset => "DateTime",
                Scalar::Date => "Date",
                Scalar::Uuid => "Uuid",
                Scalar::Base64 => "Base64",
                Scalar::NumberOrString(_) => "Number",
                Scalar::Null => "Null",
                _ => "Integer",
            },
        };
        word.to_owned()
    }

    fn branch_wire(&self, key: &str, index: usize) -> String {
        let at = &self.document.schema_at(key).at;
        let component = at.path().starts_with("/components/schemas/");
        at.name()
            .filter(|_| component)
            .unwrap_or_else(|| (index + 1).to_string())
    }
}

fn is_named(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Named(_) => true,
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => is_named(inner),
        TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Scalar(_) | TypeRef::Any => false,
    }
}

/// Returns `Cat` for `PetCat` in `Pet`.
fn without_prefix<'n>(rust: &'n str, union: &str) -> &'n str {
    rust.strip_prefix(union)
        .filter(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()))
        .unwrap_or(rust)
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
