//! Which kind of type a schema is.

use openapiv3::{AdditionalProperties, AnySchema, SchemaKind, Type};
use serde_json::Value;

use super::object::{Fields, Source};
use super::pieces::{Alternatives, Pieces, SchemaEntry, Sum, key};
use super::{Lowering, scalar};
use crate::ir::Scalar;
use crate::options::Options;

/// What a schema is in Rust.
pub(super) enum Form<'a> {
    /// A struct.
    Object(Fields<'a>),
    /// An enum of listed values.
    Values(Vec<Value>),
    /// An enum of types. What all branches have stands in the first list.
    Union(Vec<&'a SchemaEntry>, Alternatives<'a>),
    /// `BTreeMap<String, T>` by the key of the values' schema; without one any JSON.
    Map(Option<&'a str>),
    /// `BTreeMap<String, serde_json::Value>`, since the values are of several types, by the keys of their schemas.
    MixedMap(Vec<&'a str>),
    /// `Vec<T>` by the key of the items' schema; without one any JSON.
    List(Option<&'a str>),
    /// `Vec<T>` by the keys of several schemas that each item fits all of.
    Lists(Vec<&'a str>),
    /// An array whose first items have a type each.
    Tuple(Items<'a>),
    /// One of several scalars, by their names in the document (3.1's `type: [string, integer]`).
    Types(Vec<String>),
    /// A scalar.
    Plain(Scalar),
    /// Any JSON, with the reason when the schema says more than that.
    Any(Option<&'static str>),
}

/// What a schema says about the items of an array, by the keys of their schemas.
pub(super) struct Items<'a> {
    /// The first items.
    pub first: &'a [String],
    /// How many of them have to be there.
    pub required: usize,
    /// The items that follow, when some can: as a schema says, or any JSON.
    pub rest: Option<Option<&'a str>>,
}

impl<'a> Lowering<'a> {
    /// Decides which kind a value is that fits all of several schemas.
    pub(super) fn form(&mut self, sum: &Sum<'a>) -> Form<'a> {
        let Pieces {
            own,
            mut alternatives,
            ..
        } = self.pieces(sum);
        if let Some(form) = self.listed_by_any(&sum.any) {
            return form;
        }
        alternatives.retain(|one| {
            let is_a_type = one.branches.iter().any(|key| self.is_a_type(key));
            if !is_a_type {
                self.condition(one);
            }
            is_a_type
        });
        let objects: Vec<_> = own
            .iter()
            .copied()
            .filter(|entry| is_object(entry))
            .collect();
        match (alternatives.len(), own.as_slice()) {
            (0, []) => bare(&sum.whole, self.document),
            (0, [one]) => self.leaf(one),
            (0, _) if !objects.is_empty() => {
                let form = Form::Object(Fields::all(&objects));
                self.contradictions(&own, &form);
                form
            }
            (0, _) => {
                let form = self.narrowest(&own);
                self.contradictions(&own, &form);
                form
            }
            (1, []) => self.union_form(Vec::new(), alternatives.remove(0)),
            (1, own_objects) if objects.len() == own_objects.len() => {
                self.union_form(own, alternatives.remove(0))
            }
            // `type: string` beside `anyOf: [{ format: … }, { pattern: … }]`
            (_, [_, ..]) if objects.is_empty() => match self.listed(&alternatives) {
                Some(values) => Form::Values(values),
                None => {
                    alternatives.iter().for_each(|one| self.condition(one));
                    self.narrowest(&own)
                }
            },
            _ => Form::Any(Some("several `oneOf` or `anyOf` beside each other")),
        }
    }

    /// A member that branches of an `anyOf` list different strings for is one of all of them: `[foot, bike]` and `[car]`. Where one of
    /// the branches lists nothing, any string fits.
    fn listed_by_any(&mut self, keys: &[&'a str]) -> Option<Form<'a>> {
        let mut all: Vec<Value> = Vec::new();
        let mut open = false;
        for key in keys {
            match self.form(&Sum::one(key)) {
                Form::Values(values) if values.iter().all(Value::is_string) => all.extend(values),
                Form::Plain(Scalar::String) => open = true,
                _ => return None,
            }
        }
        match (keys, open) {
            ([], _) => None,
            (_, true) => Some(Form::Plain(Scalar::String)),
            (_, false) => Some(Form::Values(all)),
        }
    }

    /// `type: string` beside `oneOf: [{ const: a }, { const: b }]`: the branches list the values.
    fn listed(&self, alternatives: &[Alternatives<'a>]) -> Option<Vec<Value>> {
        let [one] = alternatives else { return None };
        let mut all = Vec::new();
        for key in &one.branches {
            match self.leaf(self.document.schema_at(key)) {
                Form::Values(values) => all.extend(values),
                _ => return None,
            }
        }
        Some(all)
    }

    /// Whether a branch is a type, and not only a condition such as `required: [a]`.
    fn is_a_type(&mut self, key: &'a str) -> bool {
        let pieces = self.pieces(&Sum::one(key));
        let plain = self.document.schema_at(key);
        let only_required = |entry: &&SchemaEntry| {
            let fields = Fields::all(&[*entry]);
            is_object(entry) && fields.properties.is_empty() && fields.additional.is_none()
        };
        let bare = pieces.own.is_empty() && pieces.alternatives.is_empty();
        match bare {
            true => matches!(&plain.value.schema_kind, SchemaKind::Type(_)),
            false => !pieces.alternatives.is_empty() || !pieces.own.iter().all(only_required),
        }
    }

    /// Of several schemas of scalars or lists the one that says most: the fewest listed values before a format before the bare type.
    fn narrowest(&self, own: &[&'a SchemaEntry]) -> Form<'a> {
        let forms: Vec<_> = own.iter().map(|entry| self.leaf(entry)).collect();
        let items = forms.iter().map(|form| match form {
            Form::List(items) => *items,
            _ => None,
        });
        // items fit what all of the lists say of them
        if let Some(items) = items.collect::<Option<Vec<_>>>()
            && items.len() > 1
        {
            return Form::Lists(items);
        }
        let rank = |form: &Form<'_>| match form {
            Form::Values(values) => (0, values.len()),
            Form::List(Some(_)) | Form::Tuple(_) => (1, 0),
            Form::Plain(Scalar::F32 | Scalar::F64) => (2, 1), // an integer is a number, too
            Form::Plain(Scalar::String) => (3, 0),
            Form::Any(_) => (4, 0),
            _ => (2, 0),
        };
        forms
            .into_iter()
            .min_by_key(rank)
            .unwrap_or(Form::Any(None))
    }

    /// The kind of a schema without composition.
    pub(super) fn leaf(&self, entry: &'a SchemaEntry) -> Form<'a> {
        let facts = &entry.facts;
        if facts.never {
            return Form::Any(Some("the schema `false` fits nothing"));
        }
        if let Some(items) = self.first_items(entry) {
            return Form::Tuple(items);
        }
        if is_object(entry) {
            return match (
                Form::object(Fields::all(&[entry])),
                &entry.value.schema_kind,
            ) {
                // `type: object` beside listed texts: the values say what it is
                (Form::Any(_), SchemaKind::Any(any)) if !any.enumeration.is_empty() => {
                    Form::Values(any.enumeration.clone())
                }
                (form, _) => form,
            };
        }
        match &entry.value.schema_kind {
            SchemaKind::Type(ty) => plain_type(ty, self.options),
            SchemaKind::Any(any) if !facts.types.is_empty() => several(facts.types.clone(), any),
            SchemaKind::Any(any) => mixed(any, self.options),
            SchemaKind::OneOf { .. }
            | SchemaKind::AllOf { .. }
            | SchemaKind::AnyOf { .. }
            | SchemaKind::Not { .. } => Form::Any(None),
        }
    }

    /// `prefixItems: [A, B], minItems: 1, items: C`: an A, perhaps a B, and then Cs.
    fn first_items(&self, entry: &'a SchemaEntry) -> Option<Items<'a>> {
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
        (!first.is_empty()).then(|| Items {
            first,
            required: fewest.unwrap_or(0).min(first.len()),
            rest: (!never && !full).then_some(items),
        })
    }
}

/// A schema that says nothing, but perhaps that it is an object. Documents write `type: object, properties: {}` for values that are
/// strings on the wire, so that is any JSON, like `type: object` alone.
fn bare<'a>(keys: &[&'a str], document: &'a crate::resolve::Document) -> Form<'a> {
    let closed = keys
        .iter()
        .any(|key| match &document.schema_at(key).value.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                object.additional_properties == Some(AdditionalProperties::Any(false))
            }
            _ => false,
        });
    let null = |key: &&str| document.schema_at(key).facts.only_null;
    match closed {
        true => Form::Object(Fields::default()),
        false if keys.iter().any(null) => Form::Plain(Scalar::Null),
        false => Form::Any(None),
    }
}

/// Whether a schema has members.
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
            }
        },
        _ => !entry.facts.pattern_properties.is_empty(),
    }
}

fn several<'a>(types: Vec<String>, any: &'a AnySchema) -> Form<'a> {
    match any.enumeration.is_empty() {
        true => Form::Types(types),
        false => Form::Values(any.enumeration.clone()),
    }
}

fn plain_type<'a>(ty: &'a Type, options: &Options) -> Form<'a> {
    match ty {
        Type::String(text) if !text.enumeration.is_empty() => Form::Values(
            text.enumeration
                .iter()
                .flatten()
                .map(|text| text.as_str().into())
                .collect(),
        ),
        Type::Integer(integer) if !integer.enumeration.is_empty() => Form::Values(
            integer
                .enumeration
                .iter()
                .flatten()
                .map(|value| (*value).into())
                .collect(),
        ),
        // as floats, even if they are whole: a 1.5 that comes later is no integer
        Type::Number(number) if !number.enumeration.is_empty() => {
            let listed = number.enumeration.iter().flatten();
            Form::Values(listed.map(|value| (*value).into()).collect())
        }
        Type::Boolean(boolean) if !boolean.enumeration.is_empty() => {
            let listed = boolean.enumeration.iter().flatten();
            Form::Values(listed.map(|value| (*value).into()).collect())
        }
        Type::String(text) => Form::Plain(scalar::text(&text.format, options)),
        Type::Number(number) => Form::Plain(scalar::number(&number.format)),
        Type::Integer(integer) => Form::Plain(scalar::integer(integer)),
        Type::Boolean(_) => Form::Plain(Scalar::Bool),
        Type::Array(array) => Form::List(array.items.as_ref().and_then(key)),
        Type::Object(_) => Form::Any(None),
    }
}

/// A schema with keywords of several types, or without a type.
fn mixed<'a>(any: &'a AnySchema, options: &Options) -> Form<'a> {
    let listed = !any.enumeration.is_empty();
    match any.typ.as_deref() {
        Some("array") => Form::List(any.items.as_ref().and_then(key)),
        Some("number") if listed => {
            let float = |value: &Value| value.as_f64().map_or_else(|| value.clone(), Value::from);
            Form::Values(any.enumeration.iter().map(float).collect())
        }
        Some("string" | "integer" | "boolean") | None if listed => {
            Form::Values(any.enumeration.clone())
        }
        Some("string") => Form::Plain(scalar::text_of(any.format.as_deref(), options)),
        Some("boolean") => Form::Plain(Scalar::Bool),
        Some("number") => Form::Plain(scalar::number_of(any.format.as_deref())),
        Some("integer") => Form::Plain(scalar::integer_of(any)),
        None if any.items.is_some() => Form::List(any.items.as_ref().and_then(key)),
        // no type at all, or one that nobody knows, as `resolve` has reported
        _ => Form::Any(None),
    }
}

impl<'a> Form<'a> {
    /// A struct, a map, or any JSON when nothing is said about the members.
    fn object(fields: Fields<'a>) -> Self {
        if !fields.properties.is_empty() || !fields.required.is_empty() {
            return Form::Object(fields);
        }
        match fields.additional {
            None => Form::Any(None),
            Some(Source::Nothing) => Form::Object(fields),
            Some(Source::Any) => Form::Map(None),
            Some(Source::Mixed) => Form::MixedMap(fields.further),
            Some(Source::Schema(key)) => Form::Map(Some(key)),
        }
    }
}
