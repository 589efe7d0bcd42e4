//! The names of a union's variants, and of the types that are made for its branches.
//!
//! A branch without a schema of its own is named after what it holds, so that its name depends neither on its place
//! among the others nor on them, unless several would have one name:
//!
//! ```yaml
//! Pet:
//!   oneOf:
//!     - { $ref: Cat }                                           # Cat
//!     - { title: Big dog, type: object }                        # BigDog
//!     - { properties: { kind: { const: fish } } }               # Fish
//!     - { required: [claws], properties: { claws: { … } } }     # Claws
//!     - { type: array, items: { type: string } }                # StringList
//! ```

use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaKind, Type};
use serde_json::Value;

use super::composition::{SchemaEntry, key};
use super::fields::Fields;
use super::set::SchemaSet;
use super::tags::Constants;
use super::{BranchDraft, SchemaSite, Schemas};
use crate::ir::{Scalar, TypeRef};
use crate::name::{self, Scope, ScopeKind, Wish};

/// The variants that every union may have without a branch of that name.
const FALLBACKS: [&str; 2] = ["Combined", "Unknown"];

/// The number of members that a branch can be named after.
const MEMBERS: usize = 8;

/// The length of a title that is a name, in bytes.
const TITLE: usize = 60;

impl<'a> Schemas<'a> {
    /// Returns what the branches are called, each by its key and its constant members: by its component, its title, its
    /// constant, a member that it requires, or its kind. The discriminator tells nothing about a branch.
    pub(super) fn branch_stems(
        &mut self,
        branches: &[(&'a str, &Constants)],
        discriminator: Option<&str>,
    ) -> Vec<String> {
        let mut scope = Scope::new(ScopeKind::BranchVariant);
        let mut stems = Vec::with_capacity(branches.len());
        for (key, constants) in branches {
            stems.push(self.stems_of_branch(key, constants, discriminator));
        }
        let wishes = branches.iter().zip(&stems).map(|((key, _), stems)| {
            let mut stems = stems.iter();
            let first = stems.next().map_or(VALUE, String::as_str);
            let at = &self.document.schema_at(key).at;
            let is_component = self.components.with_key(key).is_some();
            let wish = Wish::new(first, at).chosen(is_component);
            stems.fold(wish, |wish, stem| wish.or(stem.as_str()))
        });
        let claims = scope.claim_all(&wishes.collect::<Vec<_>>());
        claims.into_iter().map(|claim| claim.name).collect()
    }

    /// Returns the names that a branch could have, the best first.
    fn stems_of_branch(
        &mut self,
        key: &'a str,
        constants: &Constants,
        discriminator: Option<&str>,
    ) -> Vec<String> {
        if let Some(component) = self.components.with_key(key) {
            return vec![name::type_name(&component.name)];
        }
        let document = self.document;
        let schema = &document.schema_at(key).value;
        let mut texts: Vec<String> = schema.schema_data.title.iter().cloned().collect();
        texts.extend(words_of(constants));
        let listed = listed(&schema.schema_kind);
        if let [only] = listed.as_slice() {
            // `Empty` of the empty string
            let has_words = only.chars().any(char::is_alphanumeric);
            texts.push(if has_words {
                only.clone()
            } else {
                name::variant_name(only)
            });
        }
        texts.extend(self.telling_members(key, discriminator));
        let mut stems: Vec<String> = texts.iter().filter_map(|text| stem(text)).collect();
        let (parts, noun) = parts(&schema.schema_kind);
        let of_parts = |stem: String| format!("{stem}{noun}");
        if let ([elements], LIST | MAP) = (parts.as_slice(), noun) {
            stems.extend(self.stem_of_part(elements).map(of_parts));
        }
        stems.push(noun.to_owned());
        // where several are of the same kind
        let first = listed.iter().take(MEMBERS).filter_map(|text| stem(text));
        stems.extend(first.map(|stem| match stem.strip_prefix('_') {
            // `Enum1` of 1 and 2
            Some(number) => format!("{noun}{number}"),
            None => of_parts(stem),
        }));
        for part in parts.iter().take(MEMBERS) {
            stems.extend(self.stem_of_part(part).map(of_parts));
            let members = self.telling_members(document.key(part), discriminator);
            stems.extend(members.iter().filter_map(|text| stem(text)).map(of_parts));
        }
        stems
    }

    /// Returns the members that a branch has itself, first those that it requires, in the document's order.
    fn telling_members(&mut self, key: &'a str, discriminator: Option<&str>) -> Vec<String> {
        let all = self.composition(&SchemaSet::one(key)).subschemas;
        let is_inline = |entry: &&&'a SchemaEntry| {
            let key = self.document.key_of(entry);
            key.is_none_or(|key| self.components.with_key(key).is_none())
        };
        let own: Vec<&'a SchemaEntry> = all.iter().filter(is_inline).copied().collect();
        let fields = Fields::all(if own.is_empty() { &all } else { &own });
        let wires: Vec<&str> = fields.properties.keys().copied().collect();
        let required = wires.iter().filter(|wire| fields.required.contains(wire));
        let undescribed = fields.required.iter().filter(|wire| !wires.contains(wire));
        let optional = wires.iter().filter(|wire| !fields.required.contains(wire));
        let all = required.chain(undescribed).chain(optional).copied();
        let telling = all.filter(|wire| Some(*wire) != discriminator);
        telling.take(MEMBERS).map(str::to_owned).collect()
    }

    /// Returns what an element of an array or map, or a branch, is called by its component or title.
    fn stem_of_part(&self, key: &str) -> Option<String> {
        let key = self.document.key(key);
        match self.components.with_key(key) {
            Some(component) => Some(name::type_name(&component.name)),
            None => stem(
                self.document
                    .schema_at(key)
                    .value
                    .schema_data
                    .title
                    .as_deref()?,
            ),
        }
    }

    /// Names the variants that have no name yet: by the whole names, without what the union's own name says already. A
    /// variant that has its type's whole name keeps it, so a shortened one never takes it away.
    pub(super) fn name_branches(
        &mut self,
        branches: &mut [BranchDraft],
        wholes: &[String],
        place: &SchemaSite,
    ) {
        let has_name = |branch: &BranchDraft| !branch.name.rust.is_empty();
        let known = branches.iter().filter(|branch| has_name(branch));
        let mut scope = Scope::new(ScopeKind::BranchVariant)
            .reserve(FALLBACKS, "a variant for values of no single branch")
            .reserve(
                known.map(|branch| branch.name.rust.as_str()),
                "the variant for objects of the base itself",
            );
        let union = place.name();
        let unnamed = branches.iter().zip(wholes);
        let unnamed = unnamed.filter(|(branch, _)| !has_name(branch));
        let wishes = unnamed.map(|(branch, whole)| {
            let short = without_prefix(whole, &union);
            let wish = Wish::new(short, &place.at).chosen(short == whole);
            let wish = wish.or_equally(whole.as_str());
            match other_word(&branch.ty, whole) {
                Some(word) => wish.or_equally(word),
                None => wish,
            }
        });
        let claims = scope.claim_all(&wishes.collect::<Vec<_>>());
        let unnamed = branches.iter_mut().filter(|branch| !has_name(branch));
        for (branch, claim) in unnamed.zip(claims) {
            // nobody could rename the variant of a type without a name
            if is_named(&branch.ty) {
                self.diagnostics.extend(claim.collision);
            }
            branch.name.rust = claim.name;
        }
    }

    /// Returns the whole name of a variant by its type: its stem if the type is made for this branch of the union.
    pub(super) fn branch_name(&self, ty: &TypeRef, stem: &str, site: &SchemaSite) -> String {
        let of_elements = |inner: &TypeRef, noun: &str| match self.element_word(inner, site) {
            Some(word) => format!("{word}{noun}"),
            None if stem.ends_with(noun) => stem.to_owned(),
            None => noun.to_owned(),
        };
        match ty {
            TypeRef::Named(id) => match self.table.name(*id) {
                Some(name) if name.wire != site.wire || !name.rust.starts_with(&site.name()) => {
                    name.rust.clone()
                }
                _ => stem.to_owned(),
            },
            TypeRef::List(inner) => of_elements(inner, LIST),
            TypeRef::Map(inner) => of_elements(inner, MAP),
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => self.branch_name(inner, stem, site),
            TypeRef::Any => "Any".to_owned(),
            TypeRef::Scalar(Scalar::String) => "Text".to_owned(),
            TypeRef::Scalar(scalar) => scalar_word(*scalar).to_owned(),
        }
    }

    /// Returns what an element of an array or map is called in the name of its variant: `Pet` in `PetList`. `None` for any
    /// JSON, and for a type that is named after the variant itself.
    fn element_word(&self, ty: &TypeRef, site: &SchemaSite) -> Option<String> {
        match ty {
            TypeRef::Named(id) => {
                let name = self.table.name(*id)?;
                let below = name.wire.strip_prefix(&site.wire);
                let is_below = below.is_some_and(|rest| rest.starts_with(['[', '{', '|']));
                (!is_below).then(|| name.rust.clone())
            }
            // `ListListList` says no more than `List`
            TypeRef::List(inner) | TypeRef::Map(inner) if is_container(inner) => None,
            TypeRef::List(inner) => Some(self.element_word(inner, site)? + LIST),
            TypeRef::Map(inner) => Some(self.element_word(inner, site)? + MAP),
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => self.element_word(inner, site),
            TypeRef::Any => None,
            TypeRef::Scalar(scalar) => Some(scalar_word(*scalar).to_owned()),
        }
    }

    pub(super) fn branch_wire(&self, key: &str, index: usize) -> String {
        let at = &self.document.schema_at(key).at;
        let component = at.path().starts_with("/components/schemas/");
        at.name()
            .filter(|_| component)
            .unwrap_or_else(|| (index + 1).to_string())
    }
}

const LIST: &str = "List";
const MAP: &str = "Map";
/// The name of a branch that nothing is known of.
const VALUE: &str = "Value";

fn scalar_word(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::String => "String",
        Scalar::Bool => "Boolean",
        Scalar::F32 | Scalar::F64 | Scalar::NumberOrString(_) => "Number",
        Scalar::DateTime | Scalar::DateTimeOffset => "DateTime",
        Scalar::Date => "Date",
        Scalar::Uuid => "Uuid",
        Scalar::Base64 => "Base64",
        Scalar::Null => "Null",
        _ => "Integer",
    }
}

/// Returns another word for a variant, where several scalars of one JSON type, or a type and the same with `null`, are in
/// a union: `I32` for `Integer`.
fn other_word(ty: &TypeRef, whole: &str) -> Option<String> {
    match ty {
        TypeRef::Nullable(_) => Some(format!("Nullable{whole}")),
        TypeRef::Scalar(Scalar::NumberOrString(_)) => Some("NumberOrString".to_owned()),
        TypeRef::Scalar(scalar) if matches!(scalar_word(*scalar), "Integer" | "Number") => {
            Some(format!("{scalar:?}"))
        }
        _ => None,
    }
}

/// Returns a text as a name, if it is one.
fn stem(text: &str) -> Option<String> {
    (text.chars().any(char::is_alphanumeric) && text.len() <= TITLE).then(|| name::type_name(text))
}

/// Returns what the members with a single value say: `fish` for `kind: { const: fish }`, and only after all strings
/// `version 2` for `version: { const: 2 }`.
fn words_of(constants: &Constants) -> Vec<String> {
    let (mut words, mut others) = (Vec::new(), Vec::new());
    for (wire, values) in constants {
        if let [value] = values.as_slice() {
            match serde_json::from_str::<Value>(value) {
                Ok(_) => others.push(format!("{wire} {value}")),
                Err(_) => words.push(value.clone()),
            }
        }
    }
    words.extend(others);
    words
}

/// Returns the values that a schema lists, as words.
fn listed(kind: &SchemaKind) -> Vec<String> {
    let words = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match kind {
        SchemaKind::Type(Type::String(string)) => {
            string.enumeration.iter().flatten().cloned().collect()
        }
        SchemaKind::Type(Type::Integer(integer)) => {
            let values = integer.enumeration.iter().flatten();
            values.map(ToString::to_string).collect()
        }
        SchemaKind::Any(any) => any.enumeration.iter().map(words).collect(),
        _ => Vec::new(),
    }
}

/// Returns the kind of a schema, and the keys of its elements or branches.
fn parts(kind: &SchemaKind) -> (Vec<&str>, &'static str) {
    match kind {
        SchemaKind::OneOf { one_of } => (keys(one_of), "OneOf"),
        SchemaKind::AnyOf { any_of } => (keys(any_of), "AnyOf"),
        SchemaKind::Type(Type::Array(array)) => {
            (array.items.iter().filter_map(key).collect(), LIST)
        }
        SchemaKind::Type(Type::Object(object))
            if object.properties.is_empty() && has_values(&object.additional_properties) =>
        {
            (values(object.additional_properties.as_ref()), MAP)
        }
        SchemaKind::Type(Type::Object(_)) => (Vec::new(), "Object"),
        SchemaKind::Any(any) if any.items.is_some() => {
            (any.items.iter().filter_map(key).collect(), LIST)
        }
        SchemaKind::Any(any) if !any.one_of.is_empty() => (keys(&any.one_of), "OneOf"),
        SchemaKind::Any(any) if !any.any_of.is_empty() => (keys(&any.any_of), "AnyOf"),
        SchemaKind::Any(any) if !any.properties.is_empty() => (Vec::new(), "Object"),
        SchemaKind::Any(any) if has_values(&any.additional_properties) => {
            (values(any.additional_properties.as_ref()), MAP)
        }
        _ if !listed(kind).is_empty() => (Vec::new(), "Enum"),
        _ => (Vec::new(), VALUE),
    }
}

fn has_values(additional: &Option<AdditionalProperties>) -> bool {
    additional
        .as_ref()
        .is_some_and(|one| !matches!(one, AdditionalProperties::Any(false)))
}

fn keys(schemas: &[ReferenceOr<Schema>]) -> Vec<&str> {
    schemas.iter().filter_map(key).collect()
}

fn values(additional: Option<&AdditionalProperties>) -> Vec<&str> {
    match additional {
        Some(AdditionalProperties::Schema(schema)) => key(schema).into_iter().collect(),
        Some(AdditionalProperties::Any(_)) | None => Vec::new(),
    }
}

fn is_container(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::List(_) | TypeRef::Map(_) => true,
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => is_container(inner),
        TypeRef::Named(_) | TypeRef::Scalar(_) | TypeRef::Any => false,
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
