//! Which kind of type a schema is; what is special about a kind stands in a file of its own.

use openapiv3::{AdditionalProperties, AnySchema, SchemaKind, Type};
use serde_json::Value;

use super::object::{Fields, Source};
use super::pieces::{Alternatives, Pieces, SchemaEntry, Sum, key};
use super::place::Place;
use super::{Lowering, scalar};
use crate::ir::{Scalar, Struct, TypeBody, TypeId, TypeRef};
use crate::options::Options;

/// How deeply schemas without a name of their own may stand in one another: lists of unions of lists.
const DEEPEST: usize = 100;

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
    /// `Vec<T>` by the key of the items' schema; without one any JSON.
    List(Option<&'a str>),
    /// One of several scalars, by their names in the document (3.1's `type: [string, integer]`).
    Types(Vec<String>),
    /// A scalar.
    Plain(Scalar),
    /// Any JSON, with the reason when the schema says more than that.
    Any(Option<&'static str>),
}

impl<'a> Lowering<'a> {
    /// The type of a schema where it is used, `Nullable` included.
    pub(super) fn type_of(&mut self, key: &str, place: &Place) -> TypeRef {
        let key = self.document.key(key);
        let ty = self.type_without_null(key, place);
        match self.nullable(key) && ty != TypeRef::Any {
            true => TypeRef::Nullable(Box::new(ty)),
            false => ty,
        }
    }

    /// The type of a schema where it is used, when the use itself says what `null` means.
    pub(super) fn type_without_null(&mut self, key: &'a str, place: &Place) -> TypeRef {
        self.type_of_all(&Sum::one(key), place)
    }

    /// The type of a value that fits all of several schemas.
    pub(super) fn type_of_all(&mut self, sum: &Sum<'a>, place: &Place) -> TypeRef {
        let name = sum.name();
        if let Some(id) = self.ids.get(&name) {
            return TypeRef::Named(*id);
        }
        if self.open.contains(&name) {
            return self.endless(&place.at);
        }
        if self.open.len() >= DEEPEST {
            self.untyped(&place.at, "it is nested too deeply");
            return TypeRef::Any;
        }
        self.open.push(name);
        let ty = self.type_of_new(sum, place);
        self.open.pop();
        if self.open.is_empty() {
            self.fill_structs();
        }
        ty
    }

    fn type_of_new(&mut self, sum: &Sum<'a>, place: &Place) -> TypeRef {
        if let Some(same) = sum.alone().and_then(|key| self.same(key)) {
            return self.type_without_null(same, place);
        }
        match self.form(sum) {
            form @ (Form::Object(_) | Form::Values(_) | Form::Union(..) | Form::Types(_)) => {
                self.inline(sum, form, place)
            }
            other => self.unnamed(other, sum, place),
        }
    }

    /// Makes the structs that were only named so far. What they hold is named first, too, so that a chain of ten thousand schemas
    /// takes no more stack than one.
    fn fill_structs(&mut self) {
        while let Some((id, fields, place)) = self.unfilled.pop_front() {
            self.open.push(format!("{id:?}"));
            let body = TypeBody::Struct(self.fields(&fields, &place));
            self.open.pop();
            if let Some(Some(def)) = self.types.get_mut(id.0) {
                def.body = body;
            }
        }
    }

    /// Makes the type of a component schema.
    pub(super) fn define(&mut self, id: TypeId, key: &'a str, place: &Place) {
        let entry = self.document.schema_at(key);
        let place = &Place {
            at: entry.at.clone(),
            ..place.clone()
        };
        let sum = Sum::one(key);
        self.open.push(sum.name());
        let body = match self.same(key) {
            Some(same) => TypeBody::Alias(self.type_of(same, place)),
            None => match self.form(&sum) {
                Form::Object(fields) => TypeBody::Struct(self.fields(&fields, place)),
                form => self.body_of(form, &sum, place),
            },
        };
        self.open.pop();
        let docs = self.docs(entry);
        self.put(id, place, docs, body);
        self.fill_structs();
    }

    /// The definition of a type; a struct is filled later.
    fn body_of(&mut self, form: Form<'a>, sum: &Sum<'a>, place: &Place) -> TypeBody {
        match form {
            Form::Values(values) => self.enumeration(&values, place),
            Form::Union(base, alternatives) => self.union(&base, &alternatives, place),
            Form::Types(types) => self.scalars(&types, sum, place),
            other => TypeBody::Alias(self.unnamed(other, sum, place)),
        }
    }

    /// Makes the type of an inline schema, named after its place or by `codegen.yaml`.
    ///
    /// Equal schemas that `codegen.yaml` gives one name are one type, in the module of the first.
    fn inline(&mut self, sum: &Sum<'a>, form: Form<'a>, place: &Place) -> TypeRef {
        let at = match sum.alone() {
            Some(key) => self.document.schema_at(key).at.clone(),
            None => place.at.clone(),
        };
        let chosen = self.rename_type(None, &at);
        if let Some(rust) = &chosen
            && let Some((id, first)) = self.names.get(rust).cloned()
            && self.alike(sum, &first.to_string())
        {
            if let Some(Some(def)) = self.types.get_mut(id.0) {
                def.origins.push(at);
            }
            self.ids.insert(sum.name(), id);
            return TypeRef::Named(id);
        }
        let place = place.clone().or_file(&at);
        let wanted = chosen.unwrap_or_else(|| place.stem.clone());
        let (id, rust) = self.claim(&place.wire, wanted, &at);
        self.ids.insert(sum.name(), id);
        let place = Place {
            stem: rust,
            at,
            ..place
        };
        let docs = match sum.alone() {
            Some(key) => self.docs(self.document.schema_at(key)),
            None => crate::ir::Docs::default(),
        };
        if let Form::Object(fields) = form {
            self.put(
                id,
                &place,
                docs,
                TypeBody::Struct(Struct {
                    members: Vec::new(),
                    rest: None,
                }),
            );
            self.unfilled.push_back((id, fields, place));
            return TypeRef::Named(id);
        }
        let body = self.body_of(form, sum, &place);
        // a union can turn out to be one type after all
        if let TypeBody::Alias(ty) = &body
            && ty.id() != Some(id)
        {
            let ty = ty.clone();
            self.release(id, &sum.name());
            return ty;
        }
        self.put(id, &place, docs, body);
        TypeRef::Named(id)
    }

    /// Whether two schemas mean the same, whatever their documentation says.
    fn alike(&self, sum: &Sum<'_>, other: &str) -> bool {
        let Some(one) = sum.alone() else { return false };
        let [one, other] = [one, other].map(|key| self.document.schema_at(key));
        one.value.schema_kind == other.value.schema_kind && one.facts == other.facts
    }

    /// The type of a schema that needs no definition.
    fn unnamed(&mut self, form: Form<'a>, sum: &Sum<'a>, place: &Place) -> TypeRef {
        match form {
            Form::Plain(scalar) => TypeRef::Scalar(scalar),
            Form::List(items) => TypeRef::List(Box::new(self.part(items, &place.items()))),
            Form::Map(values) => TypeRef::Map(Box::new(self.part(values, &place.values()))),
            Form::Any(reason) => {
                if let (Some(reason), Some(key)) = (reason, sum.alone()) {
                    let at = self.document.schema_at(key).at.clone();
                    self.untyped(&at, reason);
                }
                TypeRef::Any
            }
            Form::Object(_) | Form::Values(_) | Form::Union(..) | Form::Types(_) => TypeRef::Any,
        }
    }

    fn part(&mut self, key: Option<&'a str>, place: &Place) -> TypeRef {
        key.map_or(TypeRef::Any, |key| self.type_of(key, place))
    }

    /// Decides which kind a value is that fits all of several schemas.
    pub(super) fn form(&mut self, sum: &Sum<'a>) -> Form<'a> {
        let Pieces {
            own,
            mut alternatives,
        } = self.pieces(sum);
        alternatives.retain(|one| one.branches.iter().any(|key| self.is_a_type(key)));
        let objects: Vec<_> = own
            .iter()
            .copied()
            .filter(|entry| is_object(entry))
            .collect();
        match (alternatives.len(), own.len()) {
            (0, 0) => bare(&sum.whole, self.document),
            (0, 1) => leaf(own[0], self.options),
            (0, _) if !objects.is_empty() => Form::Object(Fields::all(&objects)),
            (0, _) => narrowest(&own, self.options),
            (1, 0) => self.union_form(Vec::new(), alternatives.remove(0)),
            (1, count) if objects.len() == count => self.union_form(own, alternatives.remove(0)),
            // `type: string` beside `anyOf: [{ format: … }, { pattern: … }]`
            (_, count) if count > 0 && objects.is_empty() => narrowest(&own, self.options),
            _ => Form::Any(Some("several `oneOf` or `anyOf` beside each other")),
        }
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
}

/// A schema that says nothing, but perhaps that it is an object.
fn bare<'a>(keys: &[&'a str], document: &'a crate::resolve::Document) -> Form<'a> {
    let closed = keys
        .iter()
        .any(|key| match &document.schema_at(key).value.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                object.additional_properties == Some(AdditionalProperties::Any(false))
            }
            _ => false,
        });
    match closed {
        true => Form::Object(Fields::default()),
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

/// Of several schemas of scalars or lists the one that says most: listed values before a format before the bare type.
fn narrowest<'a>(own: &[&'a SchemaEntry], options: &Options) -> Form<'a> {
    let forms = own.iter().map(|entry| leaf(entry, options));
    let rank = |form: &Form<'_>| match form {
        Form::Values(_) => 0,
        Form::List(Some(_)) => 1,
        Form::Plain(Scalar::Text) => 3,
        Form::Any(_) => 4,
        _ => 2,
    };
    forms.min_by_key(rank).unwrap_or(Form::Any(None))
}

/// The kind of a schema without composition.
fn leaf<'a>(entry: &'a SchemaEntry, options: &Options) -> Form<'a> {
    let facts = &entry.facts;
    if facts.never {
        return Form::Any(Some("the schema `false` fits nothing"));
    }
    if !facts.prefix_items.is_empty() {
        return Form::List(None);
    }
    if is_object(entry) {
        return Form::object(Fields::all(&[entry]));
    }
    match &entry.value.schema_kind {
        SchemaKind::Type(ty) => plain_type(ty, options),
        SchemaKind::Any(any) if !facts.types.is_empty() => several(facts.types.clone(), any),
        SchemaKind::Any(any) => mixed(any, options),
        SchemaKind::OneOf { .. }
        | SchemaKind::AllOf { .. }
        | SchemaKind::AnyOf { .. }
        | SchemaKind::Not { .. } => Form::Any(None),
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
        Some("string" | "integer") | None if listed => Form::Values(any.enumeration.clone()),
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
            Some(Source::Schema(key)) => Form::Map(Some(key)),
        }
    }
}
