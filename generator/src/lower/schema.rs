//! The types of schemas: where one is used, and where it is defined. Which kind of type a schema is stands in `form`, what is special about
//! a kind in a file of its own.

use super::Lowering;
use super::form::{Form, Items};
use super::pieces::Sum;
use super::place::{Place, Stem};
use crate::ir::{Scalar, Struct, Tuple, TypeBody, TypeId, TypeRef};

/// How deeply schemas without a name of their own may stand in one another: lists of unions of lists. Each level of `Vec<Vec<…>>` takes 35
/// kilobytes of stack to parse where syn is not optimised.
const DEEPEST: usize = 32;

impl<'a> Lowering<'a> {
    /// The type of a schema where it is used, `Nullable` included.
    pub(super) fn type_of(&mut self, key: &str, place: &Place) -> TypeRef {
        let key = self.document.key(key);
        let ty = self.type_without_null(key, place);
        or_null(ty, self.nullable(key))
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
        if let Some(key) = sum.alone() {
            self.lone_discriminator(key);
        }
        if let Some(same) = sum.alone().and_then(|key| self.same(key)) {
            return self.type_without_null(same, place);
        }
        match self.form(sum) {
            form @ (Form::Object(_)
            | Form::Values(_)
            | Form::Union(..)
            | Form::Types(_)
            | Form::Tuple(_)) => self.inline(sum, form, place),
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
        let key = self.inner(id, key);
        let sum = Sum::one(key);
        self.open.push(sum.name());
        self.lone_discriminator(key);
        let body = match self.same(key) {
            Some(same) => TypeBody::Alias(self.type_without_null(same, place)),
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

    /// The schema that a component is when it only stands around one without a name: `Pet: { oneOf: [{ type: object, … }] }` is that object.
    fn inner(&mut self, id: TypeId, key: &'a str) -> &'a str {
        let mut key = key;
        let mut passed = vec![key];
        while let Some(inner) = self.same(key)
            && !self.ids.contains_key(inner)
            && !passed.contains(&inner)
        {
            key = inner;
            passed.push(key);
            self.ids.insert(key.to_owned(), id);
        }
        key
    }

    /// The definition of a type; a struct is filled later.
    fn body_of(&mut self, form: Form<'a>, sum: &Sum<'a>, place: &Place) -> TypeBody {
        match form {
            Form::Values(values) => self.enumeration(&values, place),
            Form::Union(base, alternatives) => self.union(&base, &alternatives, place),
            Form::Types(types) => self.scalars(&types, sum, place),
            Form::Tuple(items) => TypeBody::Tuple(self.tuple(&items, place)),
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
        let wanted = chosen.unwrap_or_else(|| place.name());
        let (id, rust) = self.claim(&place.wire, wanted, &at);
        self.ids.insert(sum.name(), id);
        let place = Place {
            stem: Stem::Known(rust),
            at,
            ..place
        };
        // a branch with what all branches have is documented as the branch
        let docs = sum
            .whole
            .first()
            .map_or_else(crate::ir::Docs::default, |key| {
                self.docs(self.document.schema_at(key))
            });
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
            Form::Lists(items) => {
                let nullable = items.iter().all(|key| self.fits_null(key));
                let sum = Sum {
                    whole: items,
                    ..Sum::default()
                };
                let item = self.type_of_all(&sum, &place.items());
                TypeRef::List(Box::new(or_null(item, nullable)))
            }
            Form::MixedMap(values) => TypeRef::Map(Box::new(self.mixed(&values))),
            Form::List(items) => TypeRef::List(Box::new(self.part(items, &place.items()))),
            Form::Map(values) => TypeRef::Map(Box::new(self.part(values, &place.values()))),
            Form::Any(reason) => {
                if let Some(reason) = reason {
                    let at = self.stands_at(sum, place);
                    self.untyped(&at, reason);
                }
                TypeRef::Any
            }
            Form::Object(_)
            | Form::Values(_)
            | Form::Union(..)
            | Form::Types(_)
            | Form::Tuple(_) => TypeRef::Any,
        }
    }

    fn tuple(&mut self, items: &Items<'a>, place: &Place) -> Tuple {
        let first = items.first.iter().enumerate();
        let first = first.map(|(index, key)| self.type_of(key, &place.item(index)));
        Tuple {
            items: first.collect(),
            required: items.required,
            rest: items.rest.map(|key| self.part(key, &place.items())),
        }
    }

    fn part(&mut self, key: Option<&'a str>, place: &Place) -> TypeRef {
        key.map_or(TypeRef::Any, |key| self.type_of(key, place))
    }
}

/// A type, or `null`; any JSON has a `null` of its own.
fn or_null(ty: TypeRef, nullable: bool) -> TypeRef {
    let has_null = matches!(ty, TypeRef::Any | TypeRef::Scalar(Scalar::Null));
    match nullable && !has_null {
        true => TypeRef::Nullable(Box::new(ty)),
        false => ty,
    }
}
