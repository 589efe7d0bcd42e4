//! The type of a schema where it is used, and where it is defined.
//!
//! Which kind of type a schema becomes is decided in `classify`; what is special about a kind is in a file of its own.

use super::classify::{SchemaShape, TupleItems};
use super::set::SchemaSet;
use super::site::Stem;
use super::table::Filling;
use super::{BodyDraft, InProgress, SchemaSite, Schemas, Unfilled};
use crate::ir::{Docs, Scalar, Tuple, TypeId, TypeRef};
use crate::pointer::Pointer;

/// How many schemas without a name of their own may be nested: arrays of unions of arrays. Each level of `Vec<Vec<…>>`
/// takes 35 kilobytes of stack to parse where syn is not optimised.
const MAX_NESTING: usize = 32;

impl<'a> Schemas<'a> {
    /// Returns the type of a schema where it is used, `Nullable` included.
    pub fn type_of(&mut self, key: &str, place: &SchemaSite) -> TypeRef {
        let key = self.document.key(key);
        let ty = self.type_without_null(key, place);
        or_null(ty, self.nullable(key))
    }

    /// Returns the type of a schema where the use itself says what `null` means.
    pub fn type_without_null(&mut self, key: &'a str, place: &SchemaSite) -> TypeRef {
        self.type_of_set(&SchemaSet::one(key), place)
    }

    /// Returns the type of a value that several schemas describe together.
    pub(super) fn type_of_set(&mut self, set: &SchemaSet<'a>, place: &SchemaSite) -> TypeRef {
        let key = set.key();
        if let Some(id) = self.keys.get(&key) {
            return TypeRef::Named(*id);
        }
        let level = InProgress::Type(key);
        if self.in_progress.contains(&level) {
            return self.contains_itself(&place.at);
        }
        if self.in_progress.len() >= MAX_NESTING {
            self.untyped(&place.at, "it is nested too deeply");
            return TypeRef::Any;
        }
        self.in_progress.push(level);
        let ty = self.type_of_new(set, place);
        self.in_progress.pop();
        if self.in_progress.is_empty() {
            self.fill_structs();
        }
        ty
    }

    fn type_of_new(&mut self, set: &SchemaSet<'a>, place: &SchemaSite) -> TypeRef {
        if let Some(key) = set.single() {
            self.check_discriminator(key);
            if let Some(same) = self.equivalent(key) {
                return self.type_without_null(same, place);
            }
        }
        match self.classify(set) {
            shape @ (SchemaShape::Object(_)
            | SchemaShape::Enum(_)
            | SchemaShape::Union(..)
            | SchemaShape::SeveralTypes(..)
            | SchemaShape::Tuple(_)) => self.inline(set, shape, place),
            other => self.unnamed(other, set, place),
        }
    }

    /// Makes the structs that were only named so far. What they refer to is named first, too, so that a chain of ten
    /// thousand schemas takes no more stack than one.
    fn fill_structs(&mut self) {
        while let Some(Unfilled {
            id,
            fields,
            place,
            docs,
        }) = self.unfilled.pop_front()
        {
            self.in_progress.push(InProgress::Members);
            let body = BodyDraft::Struct(self.fields(&fields, &place));
            self.in_progress.pop();
            self.table.fill(id, Filling::new(&place, docs, body));
        }
    }

    /// Makes the type of a component schema.
    pub(super) fn define(&mut self, id: TypeId, key: &'a str, place: &SchemaSite) {
        let nullable = self.nullable(key);
        let entry = self.document.schema_at(key);
        let place = &SchemaSite {
            at: entry.at.clone(),
            ..place.clone()
        };
        let key = self.inner(id, key);
        let mut docs = self.docs(entry);
        // what the schema in it says about its values is told here, since that schema has no name
        let inner = self.notes(self.document.schema_at(key));
        let inner = inner.into_iter().filter(|note| !docs.notes.contains(note));
        docs.notes.extend(inner.collect::<Vec<_>>());
        let set = SchemaSet::one(key);
        self.in_progress.push(InProgress::Type(set.key()));
        self.check_discriminator(key);
        let body = match self.equivalent(key) {
            Some(same) => BodyDraft::Alias(self.type_without_null(same, place)),
            None => match self.classify(&set) {
                SchemaShape::Object(fields) => BodyDraft::Struct(self.fields(&fields, place)),
                shape => self.body_of(shape, &set, place),
            },
        };
        self.in_progress.pop();
        let filling = Filling {
            nullable,
            ..Filling::new(place, docs, body)
        };
        self.table.fill(id, filling);
        self.fill_structs();
    }

    /// Returns the schema that a component is when it only wraps one without a name:
    /// `Pet: { oneOf: [{ type: object, … }] }` is that object.
    fn inner(&mut self, id: TypeId, key: &'a str) -> &'a str {
        let mut key = key;
        let mut passed = vec![key];
        while let Some(inner) = self.equivalent(key)
            && self.type_of_key(inner).is_none()
            && !passed.contains(&inner)
        {
            key = inner;
            passed.push(key);
            self.keys.insert(SchemaSet::one(key).key(), id);
        }
        key
    }

    /// Makes the definition of a type that is no struct.
    fn body_of(
        &mut self,
        shape: SchemaShape<'a>,
        set: &SchemaSet<'a>,
        place: &SchemaSite,
    ) -> BodyDraft {
        match shape {
            SchemaShape::Enum(listing) => self.enumeration(&listing),
            SchemaShape::Union(base, alternatives) => self.union(&base, &alternatives, place),
            SchemaShape::SeveralTypes(types, entry) => self.union_of_types(&types, entry, place),
            SchemaShape::Tuple(items) => BodyDraft::Tuple(self.tuple(&items, place)),
            other => BodyDraft::Alias(self.unnamed(other, set, place)),
        }
    }

    /// Makes the type of an inline schema, named after its place or by `codegen.yaml`.
    ///
    /// Equal schemas that `codegen.yaml` gives one name are one type, in the module of the first. So are equal schemas
    /// below one component whose places give one name.
    fn inline(
        &mut self,
        set: &SchemaSet<'a>,
        shape: SchemaShape<'a>,
        place: &SchemaSite,
    ) -> TypeRef {
        let at = set.single().map_or_else(
            || place.at.clone(),
            |key| self.document.schema_at(key).at.clone(),
        );
        let chosen = self.rename_type(None, &at);
        let is_chosen = chosen.is_some();
        let own = set.single().and_then(|_| self.own_site(place, &at));
        let place = own.unwrap_or_else(|| place.clone().or_file(&at));
        let wanted = chosen.unwrap_or_else(|| place.name());
        if let Some(id) = self.shared(&wanted, set)
            && (is_chosen
                || self
                    .names
                    .holder(&wanted)
                    .is_some_and(|other| are_below_one(other, &at)))
        {
            self.table.add_origin(id, at);
            self.keys.insert(set.key(), id);
            return TypeRef::Named(id);
        }
        let (id, rust) = self.claim(&place.wire, wanted, noun(&shape), &at);
        self.keys.insert(set.key(), id);
        let place = SchemaSite {
            stem: Stem::Known(rust),
            at,
            ..place
        };
        // a branch with what all branches have is documented as the branch
        let docs = set
            .all_of
            .first()
            .map_or_else(Docs::default, |key| self.docs(self.document.schema_at(key)));
        if let SchemaShape::Object(fields) = shape {
            self.unfilled.push_back(Unfilled {
                id,
                fields,
                place,
                docs,
            });
            return TypeRef::Named(id);
        }
        let body = self.body_of(shape, set, &place);
        // a union can turn out to be one type after all
        if let BodyDraft::Alias(ty) = &body
            && ty.id() != Some(id)
        {
            let ty = ty.clone();
            self.release(id, &set.key());
            return ty;
        }
        self.table.fill(id, Filling::new(&place, docs, body));
        TypeRef::Named(id)
    }

    /// Returns the site of a schema that is inside of a component: whichever leads to it first, an object in `Base` is
    /// `BaseOwner`, also for a `Derived` that has `Base` in its `allOf`, and for `Base` beside its subtypes.
    fn own_site(&self, place: &SchemaSite, at: &Pointer) -> Option<SchemaSite> {
        Some(self.own_name(at)?.or_name_of(place, at))
    }

    fn own_name(&self, at: &Pointer) -> Option<SchemaSite> {
        let is_only = |union: &Pointer, branch: &Pointer| {
            self.equivalent(&union.to_string()) == Some(&branch.to_string())
        };
        self.component_around(at)?.inside(at, &is_only)
    }

    /// Returns whether a schema has a type with a name of its own wherever it is used, also if it has not been read yet: a
    /// component, what is inside of one, and what another file describes.
    pub(super) fn has_own_name(&self, key: &str) -> bool {
        let at = &self.document.schema_at(key).at;
        self.components.with_key(key).is_some()
            || **at.file() != *self.options.input
            || self.own_name(at).is_some()
    }

    /// Returns the site of the component that a schema is inside of. One of another file that is only part of an `allOf`
    /// has no type of its own, and gives its name all the same.
    fn component_around(&self, at: &Pointer) -> Option<SchemaSite> {
        let mut around = at.parent();
        while let Some(outer) = around {
            around = outer.parent();
            let own = self.components.at(&outer);
            let section = around.as_ref().map_or("", Pointer::path);
            if own.is_none() && section != "/components/schemas" {
                continue;
            }
            let key = own.map_or_else(|| outer.to_string(), |component| component.target.clone());
            let name = self.type_of_key(&key).and_then(|id| self.table.name(id));
            return match name {
                Some(name) => Some(SchemaSite::component(name, &outer)),
                None => own.is_none().then(|| SchemaSite::of_place(&outer)),
            };
        }
        None
    }

    /// Returns the type that has a name already, if its schema is equal but for documentation.
    fn shared(&self, rust: &str, set: &SchemaSet<'_>) -> Option<TypeId> {
        let first = self.names.holder(rust)?.to_string();
        let own = set.single()?;
        self.type_of_key(&first)
            .filter(|_| self.is_equal(own, &first))
    }

    /// Returns whether two schemas mean the same, whatever their documentation says.
    pub(super) fn is_equal(&self, one: &str, other: &str) -> bool {
        let [one, other] = [one, other].map(|key| self.document.schema_at(key));
        one.value.schema_kind == other.value.schema_kind && one.facts == other.facts
    }

    /// Returns the type of a schema that needs no definition.
    fn unnamed(
        &mut self,
        shape: SchemaShape<'a>,
        set: &SchemaSet<'a>,
        place: &SchemaSite,
    ) -> TypeRef {
        match shape {
            SchemaShape::Scalar(scalar) => TypeRef::Scalar(scalar),
            SchemaShape::MergedList(items) => {
                let nullable = self.nullable_together(&items);
                let item = self.type_of_set(&SchemaSet::all(items), &place.items());
                TypeRef::List(Box::new(or_null(item, nullable)))
            }
            SchemaShape::MixedMap(values) => TypeRef::Map(Box::new(self.mixed(&values))),
            SchemaShape::List(items) => TypeRef::List(Box::new(self.part(items, &place.items()))),
            SchemaShape::Map(values) => TypeRef::Map(Box::new(self.part(values, &place.values()))),
            SchemaShape::Any(reason) => {
                if let Some(reason) = reason {
                    let at = self.origin_of(set, place);
                    self.untyped(&at, reason);
                }
                TypeRef::Any
            }
            SchemaShape::Object(_)
            | SchemaShape::Enum(_)
            | SchemaShape::Union(..)
            | SchemaShape::SeveralTypes(..)
            | SchemaShape::Tuple(_) => TypeRef::Any,
        }
    }

    fn tuple(&mut self, items: &TupleItems<'a>, place: &SchemaSite) -> Tuple {
        let first = items.first.iter().enumerate();
        Tuple {
            items: first
                .map(|(index, key)| self.type_of(key, &place.item(index)))
                .collect(),
            required: items.required,
            rest: items.rest.map(|key| self.part(key, &place.items())),
        }
    }

    fn part(&mut self, key: Option<&'a str>, place: &SchemaSite) -> TypeRef {
        key.map_or(TypeRef::Any, |key| self.type_of(key, place))
    }

    /// Reports an array or map without a name that contains itself, and returns the type in its place.
    fn contains_itself(&mut self, at: &Pointer) -> TypeRef {
        self.untyped(at, "an array or map without a name contains itself");
        TypeRef::Any
    }
}

impl Filling {
    /// Creates what a type gets at a place; `null` is not allowed.
    pub(super) fn new(place: &SchemaSite, docs: Docs, body: BodyDraft) -> Self {
        Filling {
            module: place.module.clone(),
            docs,
            nullable: false,
            body,
        }
    }
}

/// Returns whether two inline schemas are below one component, `/components/schemas/Pet/…`, or one operation,
/// `/paths/~1pets/get/…`.
fn are_below_one(one: &Pointer, other: &Pointer) -> bool {
    let above = |at: &Pointer| {
        let path = at.path().to_owned();
        let end = path.match_indices('/').map(|(index, _)| index).nth(3)?;
        path.get(..end).map(str::to_owned)
    };
    one.file() == other.file() && above(one).is_some() && above(one) == above(other)
}

/// Returns what an inline type is called whose place gives the name of another one: `PetKindEnum` beside `PetKind`.
fn noun(shape: &SchemaShape<'_>) -> &'static str {
    match shape {
        SchemaShape::Enum(_) => "Enum",
        SchemaShape::Union(..) | SchemaShape::SeveralTypes(..) => "Union",
        SchemaShape::Tuple(_) => "Tuple",
        _ => "Object",
    }
}

/// Returns a type or `null`; any JSON has a `null` of its own.
fn or_null(ty: TypeRef, nullable: bool) -> TypeRef {
    let has_null = matches!(ty, TypeRef::Any | TypeRef::Scalar(Scalar::Null));
    if nullable && !has_null {
        TypeRef::Nullable(Box::new(ty))
    } else {
        ty
    }
}
