//! Which kind of type a schema is; what is special about a kind stands in a file of its own.

use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaKind, Type};

use super::place::Place;
use super::{Lowering, scalar};
use crate::ir::{Name, TypeBody, TypeId, TypeRef};
use crate::resolve::{Entry, SchemaFacts};

/// What a schema is in Rust.
pub(super) enum Form<'a> {
    /// A type of its own: a struct.
    Object(Fields<'a>),
    /// A type of its own: a string with listed values.
    TextEnum(Vec<String>),
    /// `BTreeMap<String, T>` by the key of the values' schema; without one any JSON.
    Map(Option<&'a str>),
    /// `Vec<T>` by the key of the items' schema; without one any JSON.
    List(Option<&'a str>),
    /// A scalar.
    Plain(crate::ir::Scalar),
    /// Any JSON.
    Any,
    /// Nothing that can be generated yet, by name.
    Unsupported(&'static str),
}

/// The members of an object schema.
pub(super) struct Fields<'a> {
    pub properties: &'a indexmap::IndexMap<String, ReferenceOr<Box<Schema>>>,
    pub required: &'a [String],
    pub additional: Option<&'a AdditionalProperties>,
}

impl<'a> Lowering<'a> {
    /// The type of a schema where it is used, `Nullable` included.
    pub(super) fn type_of(&mut self, key: &str, place: &Place) -> TypeRef {
        let ty = self.type_without_null(key, place);
        match self.document.schema_at(key).value.schema_data.nullable && ty != TypeRef::Any {
            true => TypeRef::Nullable(Box::new(ty)),
            false => ty,
        }
    }

    /// The type of a schema where it is used, when the use itself says what `null` means.
    pub(super) fn type_without_null(&mut self, key: &str, place: &Place) -> TypeRef {
        if let Some(id) = self.ids.get(key) {
            return TypeRef::Named(*id);
        }
        let entry = self.document.schema_at(key);
        match form(entry, self.options) {
            Form::Object(_) | Form::TextEnum(_) => self.inline(key, entry, place),
            _ if self.open.iter().any(|open| open == key) => self.endless(&entry.at),
            other => {
                self.open.push(key.to_owned());
                let ty = self.unnamed(other, entry, place);
                self.open.pop();
                ty
            }
        }
    }

    /// Whether `null` fits a schema.
    pub(super) fn nullable(&self, key: &str) -> bool {
        self.document.schema_at(key).value.schema_data.nullable
    }

    /// Makes the type of a component schema.
    pub(super) fn define(&mut self, id: TypeId, key: &str, place: &Place) {
        let entry = self.document.schema_at(key);
        let docs = self.docs(entry);
        let place = &Place {
            at: entry.at.clone(),
            ..place.clone()
        };
        let body = match form(entry, self.options) {
            Form::Object(fields) => TypeBody::Struct(self.fields(&fields, entry, place)),
            Form::TextEnum(values) => TypeBody::TextEnum(self.text_enum(&values, &entry.at)),
            other => TypeBody::Alias(self.unnamed(other, entry, place)),
        };
        self.put(id, place, docs, body);
    }

    /// Makes the type of an inline schema, named after its place or by `codegen.yaml`.
    ///
    /// Equal schemas that `codegen.yaml` gives one name are one type, in the module of the first.
    fn inline(
        &mut self,
        key: &str,
        entry: &'a Entry<Schema, SchemaFacts>,
        place: &Place,
    ) -> TypeRef {
        let chosen = self.rename_type(None, &entry.at);
        if let Some(rust) = &chosen
            && let Some((id, first)) = self.names.get(rust).cloned()
            && self.same(key, &first.to_string())
        {
            if let Some(Some(def)) = self.types.get_mut(id.0) {
                def.origins.push(entry.at.clone());
            }
            self.ids.insert(key.to_owned(), id);
            return TypeRef::Named(id);
        }
        let place = place.clone().or_file(&entry.at);
        let rust = chosen.unwrap_or_else(|| place.stem.clone());
        let name = Name {
            wire: place.wire.clone(),
            rust: rust.clone(),
        };
        let Some(id) = self.claim(name, &entry.at) else {
            return TypeRef::Any;
        };
        self.ids.insert(key.to_owned(), id);
        let place = Place {
            stem: rust,
            ..place
        };
        self.define(id, key, &place);
        TypeRef::Named(id)
    }

    /// Whether two schemas mean the same, whatever their documentation says.
    fn same(&self, one: &str, other: &str) -> bool {
        let [one, other] = [one, other].map(|key| self.document.schema_at(key));
        one.value.schema_kind == other.value.schema_kind && one.facts == other.facts
    }

    /// The type of a schema that needs no definition.
    fn unnamed(
        &mut self,
        form: Form<'a>,
        entry: &Entry<Schema, SchemaFacts>,
        place: &Place,
    ) -> TypeRef {
        match form {
            Form::Plain(scalar) => TypeRef::Scalar(scalar),
            Form::List(items) => TypeRef::List(Box::new(self.part(items, &place.items()))),
            Form::Map(values) => TypeRef::Map(Box::new(self.part(values, &place.values()))),
            Form::Any | Form::Object(_) | Form::TextEnum(_) => TypeRef::Any,
            Form::Unsupported(what) => {
                self.unsupported(&entry.at, what);
                TypeRef::Any
            }
        }
    }

    fn part(&mut self, key: Option<&str>, place: &Place) -> TypeRef {
        key.map_or(TypeRef::Any, |key| self.type_of(key, place))
    }
}

/// Decides which kind a schema is.
pub(super) fn form<'a>(
    entry: &'a Entry<Schema, SchemaFacts>,
    options: &crate::options::Options,
) -> Form<'a> {
    let facts = &entry.facts;
    if facts.never {
        return Form::Unsupported("the schema `false`");
    }
    if facts.only_null {
        return Form::Unsupported("a value that is always `null`");
    }
    if !facts.types.is_empty() {
        return Form::Unsupported("a value of several types");
    }
    if facts.constant {
        return Form::Unsupported("`const`");
    }
    if !facts.prefix_items.is_empty() {
        return Form::Unsupported("`prefixItems`");
    }
    if !facts.pattern_properties.is_empty() {
        return Form::Unsupported("`patternProperties`");
    }
    match &entry.value.schema_kind {
        SchemaKind::Type(ty) => plain_type(ty, options),
        SchemaKind::OneOf { .. } => Form::Unsupported("`oneOf`"),
        SchemaKind::AllOf { .. } => Form::Unsupported("`allOf`"),
        SchemaKind::AnyOf { .. } => Form::Unsupported("`anyOf`"),
        SchemaKind::Not { .. } => Form::Unsupported("`not`"),
        SchemaKind::Any(any) => mixed(any, options),
    }
}

fn plain_type<'a>(ty: &'a Type, options: &crate::options::Options) -> Form<'a> {
    match ty {
        Type::String(text) => match text.enumeration.as_slice() {
            [] => Form::Plain(scalar::text(&text.format, options)),
            values => Form::TextEnum(values.iter().flatten().cloned().collect()),
        },
        Type::Number(number) if !number.enumeration.is_empty() => {
            Form::Unsupported("an `enum` of numbers")
        }
        Type::Integer(integer) if !integer.enumeration.is_empty() => {
            Form::Unsupported("an `enum` of integers")
        }
        Type::Boolean(boolean) if !boolean.enumeration.is_empty() => {
            Form::Unsupported("an `enum` of booleans")
        }
        Type::Number(number) => Form::Plain(scalar::number(&number.format)),
        Type::Integer(integer) => Form::Plain(scalar::integer(integer)),
        Type::Boolean(_) => Form::Plain(crate::ir::Scalar::Bool),
        Type::Array(array) => Form::List(array.items.as_ref().and_then(key)),
        Type::Object(object) => object_form(
            &object.properties,
            &object.required,
            object.additional_properties.as_ref(),
        ),
    }
}

/// A schema with keywords of several types, or without a type.
fn mixed<'a>(any: &'a AnySchema, options: &crate::options::Options) -> Form<'a> {
    if !any.one_of.is_empty()
        || !any.any_of.is_empty()
        || !any.all_of.is_empty()
        || any.not.is_some()
    {
        return Form::Unsupported(
            "a schema with `oneOf`, `anyOf`, `allOf` or `not` beside other keywords",
        );
    }
    let objectlike = !any.properties.is_empty()
        || any.additional_properties.is_some()
        || !any.required.is_empty();
    match any.typ.as_deref() {
        Some("object") => object_form(
            &any.properties,
            &any.required,
            any.additional_properties.as_ref(),
        ),
        Some("array") => Form::List(any.items.as_ref().and_then(key)),
        Some("string") | None if !any.enumeration.is_empty() => match texts(&any.enumeration) {
            Some(values) => Form::TextEnum(values),
            None => Form::Unsupported("an `enum` of several types"),
        },
        Some("string") => Form::Plain(scalar::text_of(any.format.as_deref(), options)),
        Some("boolean") if any.enumeration.is_empty() => Form::Plain(crate::ir::Scalar::Bool),
        Some("number") if any.enumeration.is_empty() => {
            Form::Plain(scalar::number_of(any.format.as_deref()))
        }
        Some("integer") if any.enumeration.is_empty() => Form::Plain(scalar::integer_of(any)),
        Some(_) => Form::Unsupported("this combination of `type` and other keywords"),
        None if objectlike => object_form(
            &any.properties,
            &any.required,
            any.additional_properties.as_ref(),
        ),
        None if any.items.is_some() => Form::List(any.items.as_ref().and_then(key)),
        None => Form::Any,
    }
}

fn texts(values: &[serde_json::Value]) -> Option<Vec<String>> {
    values
        .iter()
        .map(|value| value.as_str().map(str::to_owned))
        .collect()
}

/// A struct, a map, or any JSON when nothing is said about the members.
fn object_form<'a>(
    properties: &'a indexmap::IndexMap<String, ReferenceOr<Box<Schema>>>,
    required: &'a [String],
    additional: Option<&'a AdditionalProperties>,
) -> Form<'a> {
    if !properties.is_empty() || !required.is_empty() {
        return Form::Object(Fields {
            properties,
            required,
            additional,
        });
    }
    match additional {
        None => Form::Any,
        Some(AdditionalProperties::Any(true)) => Form::Map(None),
        Some(AdditionalProperties::Any(false)) => Form::Object(Fields {
            properties,
            required,
            additional,
        }),
        Some(AdditionalProperties::Schema(schema)) => Form::Map(key(schema)),
    }
}

/// The key that stands for a child schema; `resolve` has put one in the place of every child.
pub(super) fn key<T>(reference: &ReferenceOr<T>) -> Option<&str> {
    match reference {
        ReferenceOr::Reference { reference } => Some(reference),
        ReferenceOr::Item(_) => None,
    }
}
