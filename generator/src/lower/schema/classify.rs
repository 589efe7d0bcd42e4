//! Which kind of Rust type a schema becomes.

use openapiv3::{AdditionalProperties, AnySchema, SchemaKind, Type};
use serde_json::Value;

use super::composition::{Alternatives, SchemaEntry, key};
use super::fields::{AdditionalMembers, Fields};
use super::listing::Listing;
use super::scalars::only_format;
use super::set::SchemaSet;
use super::{Schemas, scalar};
use crate::ir::Scalar;
use crate::options::Options;

/// The kind of Rust type that a schema becomes, with what is needed to make it.
pub(super) enum SchemaShape<'a> {
    /// A struct.
    Object(Fields<'a>),
    /// An enum of listed values.
    Enum(Listing),
    /// An enum of types; the first list is what all branches have.
    Union(Vec<&'a SchemaEntry>, Alternatives<'a>),
    /// `BTreeMap<String, T>` by the key of the values' schema; without one any JSON.
    Map(Option<&'a str>),
    /// `BTreeMap<String, serde_json::Value>`, since the values are of several types, by the keys of their schemas.
    MixedMap(Vec<&'a str>),
    /// `Vec<T>` by the key of the items' schema; without one any JSON.
    List(Option<&'a str>),
    /// `Vec<T>` by the keys of several schemas that each item has to fit.
    MergedList(Vec<&'a str>),
    /// An array whose first items have a type each.
    Tuple(TupleItems<'a>),
    /// One of several types, by their names in the document (3.1's `type: [string, integer]`).
    ///
    /// The schema says what each of them is like.
    SeveralTypes(Vec<String>, Option<&'a SchemaEntry>),
    /// A scalar.
    Scalar(Scalar),
    /// Any JSON, with the reason if the schema says more than that.
    Any(Option<&'static str>),
}

/// What a schema says about the items of an array, by the keys of their schemas.
pub(super) struct TupleItems<'a> {
    /// The first items.
    pub first: &'a [String],
    /// How many of them are required.
    pub required: usize,
    /// The items that follow, if there can be some: as a schema says, or any JSON.
    pub rest: Option<Option<&'a str>>,
}

impl<'a> Schemas<'a> {
    /// Decides the kind of a value that several schemas describe together.
    pub(super) fn classify(&mut self, set: &SchemaSet<'a>) -> SchemaShape<'a> {
        if let Some(key) = set.single()
            && let Some(subtypes) = self.hierarchies.union(self.document, key)
        {
            return SchemaShape::Union(Vec::new(), subtypes);
        }
        let mut composition = self.composition(set);
        let mut alternatives = std::mem::take(&mut composition.alternatives);
        let subschemas = composition.subschemas.clone();
        if let [one] = alternatives.as_slice()
            && !subschemas.iter().any(|entry| is_object(entry))
            && let Some(listing) = self.listing_of_alternatives(one)
        {
            return SchemaShape::Enum(self.with_own_listing(&subschemas, listing));
        }
        alternatives.retain(|one| {
            let is_type = one.branches.iter().any(|key| self.is_type(key));
            if !is_type {
                self.condition(one);
            }
            is_type
        });
        let objects: Vec<_> = subschemas
            .iter()
            .copied()
            .filter(|entry| is_object(entry))
            .collect();
        match (alternatives.len(), subschemas.as_slice()) {
            (0, []) => without_keywords(&set.all_of, self.document),
            // `then` and `else` name members, too
            (0, [one])
                if composition.has_conditions()
                    && objects.len() == 1
                    && one.facts.types.is_empty() =>
            {
                SchemaShape::object(composition.fields(&objects))
            }
            (0, [one]) => self.with_formats(self.leaf(one), &[one]),
            (0, _) => {
                let shape = if objects.is_empty() {
                    self.shape_of_scalars(&subschemas)
                } else {
                    SchemaShape::Object(composition.fields(&objects))
                };
                self.contradictions(&subschemas, &shape);
                shape
            }
            (1, []) => self.classify_alternatives(Vec::new(), alternatives.remove(0)),
            (1, all)
                if all
                    .iter()
                    .all(|entry| is_object(entry) || only_format(entry).is_some()) =>
            {
                self.classify_alternatives(subschemas, alternatives.remove(0))
            }
            // `type: string` beside `anyOf: [{ format: … }, { pattern: … }]`
            (_, [_, ..]) if objects.is_empty() => {
                alternatives.iter().for_each(|one| self.condition(one));
                self.shape_of_scalars(&subschemas)
            }
            _ => SchemaShape::Any(Some("several `oneOf` or `anyOf` beside each other")),
        }
    }

    /// Returns whether a branch is a type, and not only a condition such as `required: [a]`.
    fn is_type(&mut self, key: &'a str) -> bool {
        let composition = self.composition(&SchemaSet::one(key));
        let is_condition = |entry: &&SchemaEntry| {
            let fields = Fields::all(&[*entry]);
            is_object(entry) && fields.properties.is_empty() && fields.additional.is_none()
        };
        if !composition.alternatives.is_empty() {
            true
        } else if composition.subschemas.is_empty() {
            let schema = &self.document.schema_at(key).value;
            matches!(&schema.schema_kind, SchemaKind::Type(_))
        } else {
            !composition.subschemas.iter().all(is_condition)
        }
    }

    /// Returns the shape of that of several schemas of scalars or arrays which says most: the values that all list
    /// before a format before the bare type.
    pub(super) fn narrowest(&mut self, subschemas: &[&'a SchemaEntry]) -> SchemaShape<'a> {
        let shapes: Vec<_> = subschemas.iter().map(|entry| self.leaf(entry)).collect();
        let listings = subschemas
            .iter()
            .zip(&shapes)
            .filter_map(|(entry, shape)| match shape {
                SchemaShape::Enum(listing) => Some((*entry, listing.clone())),
                _ => None,
            });
        if let Some(listing) = self.intersection(listings.collect()) {
            return SchemaShape::Enum(listing);
        }
        let items = shapes.iter().map(|shape| match shape {
            SchemaShape::List(items) => *items,
            _ => None,
        });
        // items fit what all of the arrays say of them
        if let Some(items) = items.collect::<Option<Vec<_>>>()
            && items.len() > 1
        {
            return SchemaShape::MergedList(items);
        }
        let rank = |shape: &SchemaShape<'_>| match shape {
            SchemaShape::List(Some(_)) | SchemaShape::Tuple(_) => (1, 0),
            SchemaShape::Scalar(Scalar::F32 | Scalar::F64) => (2, 1), // an integer is a number, too
            SchemaShape::Scalar(Scalar::String) => (3, 0),
            SchemaShape::Any(_) => (4, 0),
            _ => (2, 0),
        };
        shapes
            .into_iter()
            .min_by_key(rank)
            .unwrap_or(SchemaShape::Any(None))
    }

    /// Decides the kind of a schema by its own keywords, without composition.
    pub(super) fn leaf(&self, entry: &'a SchemaEntry) -> SchemaShape<'a> {
        let facts = &entry.facts;
        if facts.never {
            return SchemaShape::Any(Some("the schema `false` fits nothing"));
        }
        if let Some(items) = self.first_items(entry) {
            return SchemaShape::Tuple(items);
        }
        // `type: [string, object], properties: { … }` is a string, too
        if is_object(entry) && facts.types.is_empty() {
            let shape = SchemaShape::object(Fields::all(&[entry]));
            return match (shape, &entry.value.schema_kind) {
                // `type: object` beside listed strings: the values say what it is
                (SchemaShape::Any(_), SchemaKind::Any(any)) if !any.enumeration.is_empty() => {
                    SchemaShape::Enum(Listing::of(entry, any.enumeration.clone()))
                }
                (shape, _) => shape,
            };
        }
        match &entry.value.schema_kind {
            SchemaKind::Type(ty) => of_type(entry, ty, self.options),
            SchemaKind::Any(any) if !any.enumeration.is_empty() && !facts.types.is_empty() => {
                SchemaShape::Enum(Listing::of(entry, any.enumeration.clone()))
            }
            SchemaKind::Any(any) if !facts.types.is_empty() => {
                match scalar::number_or_string(any, &facts.types) {
                    Some(scalar) => SchemaShape::Scalar(scalar),
                    None => SchemaShape::SeveralTypes(facts.types.clone(), Some(entry)),
                }
            }
            SchemaKind::Any(any) => of_any(entry, any, self.options),
            SchemaKind::OneOf { .. }
            | SchemaKind::AllOf { .. }
            | SchemaKind::AnyOf { .. }
            | SchemaKind::Not { .. } => SchemaShape::Any(None),
        }
    }

    /// Reads `prefixItems: [A, B], minItems: 1, items: C`: an A, perhaps a B, and then Cs.
    fn first_items(&self, entry: &'a SchemaEntry) -> Option<TupleItems<'a>> {
        let first = entry.facts.prefix_items.as_slice();
        let (items, fewest, most) = match &entry.value.schema_kind {
            SchemaKind::Type(Type::Array(list)) => (&list.items, list.min_items, list.max_items),
            SchemaKind::Any(any) if entry.facts.types.is_empty() => {
                (&any.items, any.min_items, any.max_items)
            }
            _ => return None,
        };
        let items = items.as_ref().and_then(key);
        let never = items.is_some_and(|key| self.document.schema_at(key).facts.never);
        let full = most.is_some_and(|most| most <= first.len());
        (!first.is_empty()).then(|| TupleItems {
            first,
            required: fewest.unwrap_or(0).min(first.len()),
            rest: (!never && !full).then_some(items),
        })
    }
}

/// Decides the kind of schemas that say nothing, but perhaps that there is an object. Documents write
/// `type: object, properties: {}` for values that are strings on the wire, so that is any JSON, like `type: object`
/// alone.
fn without_keywords<'a>(
    keys: &[&'a str],
    document: &'a crate::resolve::Document,
) -> SchemaShape<'a> {
    let is_closed = |key: &&str| match &document.schema_at(key).value.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            object.additional_properties == Some(AdditionalProperties::Any(false))
        }
        _ => false,
    };
    let is_null = |key: &&str| document.schema_at(key).facts.only_null;
    if keys.iter().any(is_closed) {
        SchemaShape::Object(Fields::default())
    } else if keys.iter().any(is_null) {
        SchemaShape::Scalar(Scalar::Null)
    } else {
        SchemaShape::Any(None)
    }
}

/// Returns whether a schema describes an object: by its type, or by keywords of objects.
pub(super) fn is_object(entry: &SchemaEntry) -> bool {
    match &entry.value.schema_kind {
        SchemaKind::Type(Type::Object(_)) => true,
        SchemaKind::Any(any) => match any.typ.as_deref() {
            Some("object") => true,
            Some(_) => false,
            None => {
                !any.properties.is_empty()
                    || !any.required.is_empty()
                    || any.additional_properties.is_some()
                    || entry.facts.has_conditional_members
            }
        },
        _ => !entry.facts.pattern_properties.is_empty() || entry.facts.has_conditional_members,
    }
}

/// Decides the kind of a schema with one type and no keywords of others.
fn of_type<'a>(entry: &SchemaEntry, ty: &'a Type, options: &Options) -> SchemaShape<'a> {
    match ty {
        Type::String(string) if !string.enumeration.is_empty() => {
            listed(entry, string.enumeration.iter().flatten().cloned())
        }
        Type::Integer(integer) if !integer.enumeration.is_empty() => {
            listed(entry, integer.enumeration.iter().flatten().copied())
        }
        // as floats, even if they are whole: a 1.5 that comes later is no integer
        Type::Number(number) if !number.enumeration.is_empty() => {
            listed(entry, number.enumeration.iter().flatten().copied())
        }
        Type::Boolean(boolean) if !boolean.enumeration.is_empty() => {
            listed(entry, boolean.enumeration.iter().flatten().copied())
        }
        Type::String(string) => SchemaShape::Scalar(scalar::string(&string.format, options)),
        Type::Number(number) => SchemaShape::Scalar(scalar::number(&number.format)),
        Type::Integer(integer) => SchemaShape::Scalar(scalar::integer(integer)),
        Type::Boolean(_) => SchemaShape::Scalar(Scalar::Bool),
        Type::Array(array) => SchemaShape::List(array.items.as_ref().and_then(key)),
        Type::Object(_) => SchemaShape::Any(None),
    }
}

fn listed<'a>(
    entry: &SchemaEntry,
    values: impl Iterator<Item = impl Into<Value>>,
) -> SchemaShape<'a> {
    SchemaShape::Enum(Listing::of(entry, values.map(Into::into)))
}

/// Decides the kind of a schema with keywords of several types, or without a type.
fn of_any<'a>(entry: &SchemaEntry, any: &'a AnySchema, options: &Options) -> SchemaShape<'a> {
    let is_listed = !any.enumeration.is_empty();
    let format = any.format.as_deref();
    match any.typ.as_deref() {
        Some("array") if is_listed => listed(entry, any.enumeration.iter().cloned()),
        Some("array") => SchemaShape::List(any.items.as_ref().and_then(key)),
        Some("number") if is_listed => {
            let float = |value: &Value| value.as_f64().map_or_else(|| value.clone(), Value::from);
            listed(entry, any.enumeration.iter().map(float))
        }
        Some("string" | "integer" | "boolean") | None if is_listed => {
            listed(entry, any.enumeration.iter().cloned())
        }
        Some("string") => SchemaShape::Scalar(scalar::string_of(format, options)),
        Some("boolean") => SchemaShape::Scalar(Scalar::Bool),
        Some("number") => SchemaShape::Scalar(scalar::number_of(format)),
        Some("integer") => SchemaShape::Scalar(scalar::integer_of(any)),
        None if any.items.is_some() => SchemaShape::List(any.items.as_ref().and_then(key)),
        // no type at all, or one that does not exist, as `resolve` has reported
        _ => SchemaShape::Any(None),
    }
}

impl<'a> SchemaShape<'a> {
    /// Decides the kind of an object: a struct, a map, or any JSON if nothing is said about the members.
    pub(super) fn object(fields: Fields<'a>) -> Self {
        if !fields.properties.is_empty() || !fields.required.is_empty() {
            return SchemaShape::Object(fields);
        }
        match fields.additional {
            None => SchemaShape::Any(None),
            Some(AdditionalMembers::None) => SchemaShape::Object(fields),
            Some(AdditionalMembers::Any) => SchemaShape::Map(None),
            Some(AdditionalMembers::Mixed) => SchemaShape::MixedMap(fields.additional_schemas),
            Some(AdditionalMembers::Schema(key)) => SchemaShape::Map(Some(key)),
        }
    }
}
