//! Values that are one of several types.

use std::collections::BTreeMap;

use openapiv3::{SchemaKind, Type};

use super::form::{Form, is_object};
use super::object::Fields;
use super::pieces::{Alternatives, SchemaEntry, Sum};
use super::place::{Place, Stem};
use super::{Lowering, name};
use crate::ir::{Branch, Name, Scalar, TypeBody, TypeId, TypeRef, Union};
use crate::resolve::Document;

/// The variant that keeps an object that no branch describes.
const UNKNOWN: &str = "Unknown";

/// The variant that keeps an object with members of several branches.
const SEVERAL: &str = "Several";

impl<'a> Lowering<'a> {
    /// Alternatives are an enum, but for objects of which several can be meant at once: their members are put together.
    pub(super) fn union_form(
        &mut self,
        base: Vec<&'a SchemaEntry>,
        alternatives: Alternatives<'a>,
    ) -> Form<'a> {
        if !alternatives.any || alternatives.discriminator.is_some() {
            return Form::Union(base, alternatives);
        }
        let mut sets: Vec<Vec<&'a SchemaEntry>> = Vec::new();
        let mut constants: Vec<Vec<(String, Vec<String>)>> = Vec::new();
        for key in &alternatives.branches {
            let keys = self.with_base(&base, key);
            let pieces = self.pieces(&keys);
            let plain = pieces.alternatives.is_empty() && !pieces.own.is_empty();
            if !plain
                || !pieces.own.iter().all(|entry| is_object(entry))
                || Fields::all(&pieces.own).properties.is_empty()
            {
                return Form::Union(base, alternatives);
            }
            constants.push(self.constants(&keys));
            sets.push(pieces.own);
        }
        // every branch has a member with one value, and the same one: that tells them apart
        let told_apart = constants.first().is_some_and(|first| {
            let shared = |name: &String| {
                constants
                    .iter()
                    .all(|all| all.iter().any(|(other, _)| other == name))
            };
            first.iter().any(|(name, _)| shared(name))
        });
        match told_apart {
            true => Form::Union(base, alternatives),
            false => Form::Object(Fields::any(&sets)),
        }
    }

    /// The enum of alternatives; another name for a type when all branches are that type.
    pub(super) fn union(
        &mut self,
        base: &[&'a SchemaEntry],
        alternatives: &Alternatives<'a>,
        place: &Place,
    ) -> TypeBody {
        let mut branches: Vec<Branch> = Vec::new();
        let taken = [UNKNOWN, SEVERAL].map(|name| (name.to_owned(), 1));
        let mut names: BTreeMap<String, usize> = BTreeMap::from(taken);
        for (index, key) in alternatives.branches.iter().enumerate() {
            let keys = self.with_base(base, key);
            let constants = self.constants(&keys);
            let stem = self.branch_stem(key, &constants, index);
            let ty = self.type_of_all(&keys, &place.branch(&stem, index));
            let tags = self.tags(alternatives, key);
            if let Some(known) = branches.iter_mut().find(|branch| branch.ty == ty) {
                known.tags.extend(tags);
                continue;
            }
            let rust = self.branch_name(&ty, &stem, &place.name());
            let count = names.entry(rust.clone()).or_default();
            *count += 1;
            let rust = if *count == 1 {
                rust
            } else {
                format!("{rust}{count}")
            };
            let name = Name {
                wire: self.branch_wire(key, index),
                rust,
            };
            branches.push(Branch {
                tags,
                constants,
                ..branch(name, ty)
            });
        }
        // a branch that reads everything comes last
        branches.sort_by_key(|branch| branch.ty == TypeRef::Any);
        match branches.as_slice() {
            [] => TypeBody::Alias(TypeRef::Any),
            [one] => TypeBody::Alias(one.ty.clone()),
            _ => {
                let discriminator = alternatives
                    .discriminator
                    .map(|found| found.property_name.clone());
                TypeBody::Union(Union {
                    several: alternatives.any && discriminator.is_none(),
                    discriminator,
                    branches,
                    open: true,
                })
            }
        }
    }

    /// `type: [string, integer]`: an enum of scalars, lists and objects without more said about them.
    pub(super) fn scalars(&mut self, types: &[String], sum: &Sum<'a>, place: &Place) -> TypeBody {
        let mut branches: Vec<Branch> = Vec::new();
        let any = match sum.alone() {
            Some(key) => match &self.document.schema_at(key).value.schema_kind {
                SchemaKind::Any(any) => Some(any),
                _ => None,
            },
            _ => None,
        };
        for (index, wire) in types.iter().enumerate() {
            let format = any.and_then(|any| any.format.as_deref());
            let ty = match wire.as_str() {
                "string" => TypeRef::Scalar(super::scalar::text_of(format, self.options)),
                "boolean" => TypeRef::Scalar(Scalar::Bool),
                "integer" => TypeRef::Scalar(any.map_or(Scalar::I64, super::scalar::integer_of)),
                "number" => TypeRef::Scalar(super::scalar::number_of(format)),
                "array" => {
                    let items = any
                        .and_then(|any| any.items.as_ref())
                        .and_then(super::pieces::key);
                    let items = items.map_or(TypeRef::Any, |key| self.type_of(key, &place.items()));
                    TypeRef::List(Box::new(items))
                }
                "object" => {
                    let entry = sum.alone().map(|key| self.document.schema_at(key));
                    let fields = entry.map(|entry| Fields::all(&[entry])).unwrap_or_default();
                    match fields.properties.is_empty() {
                        true => TypeRef::Map(Box::new(TypeRef::Any)),
                        false => self.inner_struct(&fields, &place.branch("Object", index)),
                    }
                }
                _ => TypeRef::Any,
            };
            let rust = self.branch_name(&ty, "Object", &place.name());
            let name = Name {
                wire: wire.clone(),
                rust,
            };
            if !branches
                .iter()
                .any(|branch| branch.ty == ty || branch.name.rust == name.rust)
            {
                branches.push(branch(name, ty));
            }
        }
        match branches.as_slice() {
            [one] => TypeBody::Alias(one.ty.clone()),
            _ => TypeBody::Union(Union {
                discriminator: None,
                branches,
                open: true,
                several: false,
            }),
        }
    }

    /// A branch with what all branches have. A child that leads to its base by `allOf` has it already.
    fn with_base(&mut self, base: &[&'a SchemaEntry], key: &'a str) -> Sum<'a> {
        let mut sum = Sum::one(key);
        let own = self.pieces(&sum).own;
        // members say nothing of a branch that is a list: `properties: { … }, oneOf: [{ type: array }, { type: object }]`
        if !own.is_empty() && !own.iter().any(|entry| is_object(entry)) {
            return sum;
        }
        let missing = base
            .iter()
            .filter(|entry| !own.iter().any(|other| std::ptr::eq(*other, **entry)));
        sum.bare = missing
            .filter_map(|entry| self.document.key_of(entry))
            .collect();
        sum
    }

    /// A struct for the object among several types.
    fn inner_struct(&mut self, fields: &Fields<'a>, place: &Place) -> TypeRef {
        let (id, rust) = self.claim(&place.wire, place.name(), &place.at);
        let place = Place {
            stem: Stem::Known(rust),
            ..place.clone()
        };
        let body = TypeBody::Struct(self.fields(fields, &place));
        self.put(id, &place, crate::ir::Docs::default(), body);
        TypeRef::Named(id)
    }

    /// Values of the discriminator that mean a branch: those that the mapping gives, or else the schema's own name.
    fn tags(&self, alternatives: &Alternatives<'a>, key: &str) -> Vec<String> {
        let Some(discriminator) = alternatives.discriminator else {
            return Vec::new();
        };
        let from = &alternatives.entry.at;
        let means = |target: &str| {
            let place = match target.contains(['#', '/'])
                || target.ends_with(".yaml")
                || target.ends_with(".json")
            {
                true => Document::place(from, target),
                false => Some(from.in_same_file("/components/schemas").child(target)),
            };
            place.map(|place| place.to_string()).is_some_and(|place| {
                let component = self.known.at(&place);
                place == key || component.is_some_and(|one| one.target == key)
            })
        };
        let mapped = discriminator
            .mapping
            .iter()
            .filter(|(_, target)| means(target))
            .map(|(tag, _)| tag.clone());
        let mut tags: Vec<String> = mapped.collect();
        if tags.is_empty() {
            let component = self.known.with_key(key);
            tags.extend(component.map(|one| one.name.clone()));
        }
        tags
    }

    /// Members that have one value in a branch, such as `type: { enum: [CONTACT] }`.
    fn constants(&mut self, keys: &Sum<'a>) -> Vec<(String, Vec<String>)> {
        let own = self.pieces(keys).own;
        let objects: Vec<_> = own.into_iter().filter(|entry| is_object(entry)).collect();
        let fields = Fields::all(&objects);
        let mut constants = Vec::new();
        for (wire, property) in &fields.properties {
            let values = property
                .keys
                .iter()
                .find_map(|key| single(&self.document.schema_at(key).value.schema_kind));
            if let Some(value) = values {
                constants.push(((*wire).to_owned(), vec![value]));
            }
        }
        constants
    }

    /// What a branch without a name of its own is called: by its title, by its constant, or by its number.
    fn branch_stem(&self, key: &str, constants: &[(String, Vec<String>)], index: usize) -> String {
        let entry = self.document.schema_at(key);
        if let Some(component) = self.known.with_key(key) {
            return name::type_name(&component.name);
        }
        let title = entry.value.schema_data.title.as_deref();
        let constant = constants
            .first()
            .and_then(|(_, values)| values.first())
            .map(String::as_str);
        match title.or(constant) {
            Some(text) if text.chars().any(char::is_alphanumeric) && text.len() <= 60 => {
                name::type_name(text)
            }
            _ => format!("Variant{}", index + 1),
        }
    }

    /// The name of a variant: the type's, without what the union's own name says already.
    fn branch_name(&self, ty: &TypeRef, stem: &str, union: &str) -> String {
        match ty {
            TypeRef::Named(id) => {
                let rust = self
                    .types
                    .get(id.0)
                    .and_then(|def| def.as_ref())
                    .map_or(stem, |def| def.name.rust.as_str());
                let short = rust
                    .strip_prefix(union)
                    .filter(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()));
                short.unwrap_or(rust).to_owned()
            }
            TypeRef::List(_) => "List".to_owned(),
            TypeRef::Map(_) => "Map".to_owned(),
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => {
                self.branch_name(inner, stem, union)
            }
            TypeRef::Any => "Any".to_owned(),
            TypeRef::Scalar(scalar) => match scalar {
                Scalar::String => "Text",
                Scalar::Bool => "Boolean",
                Scalar::F32 | Scalar::F64 => "Number",
                Scalar::DateTime | Scalar::DateTimeOffset => "DateTime",
                Scalar::Date => "Date",
                Scalar::Uuid => "Uuid",
                _ => "Integer",
            }
            .to_owned(),
        }
    }

    fn branch_wire(&self, key: &str, index: usize) -> String {
        let entry = self.document.schema_at(key);
        entry
            .at
            .name()
            .filter(|_| entry.at.path().starts_with("/components/schemas/"))
            .unwrap_or_else(|| (index + 1).to_string())
    }

    /// Gives back a name that turned out not to be needed.
    pub(super) fn release(&mut self, id: TypeId, key: &str) {
        if let Some(slot) = self.types.get_mut(id.0)
            && let Some(def) = slot.take()
        {
            self.names.remove(&def.name.rust);
        }
        self.ids.remove(key);
    }
}

/// A branch of which no more is known yet; `branches` looks at its type when all types are there.
fn branch(name: Name, ty: TypeRef) -> Branch {
    Branch {
        name,
        ty,
        tags: Vec::new(),
        lacks_tag: false,
        kinds: Vec::new(),
        required: Vec::new(),
        constants: Vec::new(),
        texts: Vec::new(),
        converts: false,
    }
}

/// The one text that fits a schema.
fn single(kind: &SchemaKind) -> Option<String> {
    match kind {
        SchemaKind::Type(Type::String(text)) => match text.enumeration.as_slice() {
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
