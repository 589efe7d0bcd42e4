//! What a use of a type is in Rust once names are followed: the side of the output in a comparison with a schema.

use crate::ir::{
    Api, Docs, IntegerEnum, Member, Presence, Scalar, StringEnum, Struct, Tuple, TypeBody, TypeId,
    TypeRef, Union, ValueEnum,
};

/// A place of the output where a value stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seat<'a> {
    pub(super) value: Value<'a>,
    /// The documentation of the member, parameter or type; a list's items share that of the list.
    pub(super) docs: Option<&'a Docs>,
    pub(super) kind: Kind<'a>,
    /// Whether `null` can stand here.
    pub(super) nullable: bool,
}

/// What holds the value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'a> {
    /// A use of a type.
    Use(&'a TypeRef),
    /// The definition of one.
    Definition(TypeId),
    /// A body that is text, or a part that is a file: no type of the API.
    Opaque,
}

/// The kinds of places.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind<'a> {
    /// A type's definition; what only a use can show (`nullable`, `readOnly`) is not to be seen here.
    Definition,
    /// A field of a struct.
    Member(&'a Member),
    /// Anywhere else: an item, a value of a map, a branch, a body, a parameter.
    Inner,
}

/// What stands at the end of names.
#[derive(Debug, Clone, Copy)]
pub(super) enum Core<'a> {
    Struct(&'a Struct),
    Text(&'a StringEnum),
    Integer(&'a IntegerEnum),
    Values(&'a ValueEnum),
    Tuple(&'a Tuple),
    Union(&'a Union),
    Scalar(Scalar),
    List(&'a TypeRef),
    Map(&'a TypeRef),
    /// Text or bytes as they came.
    Opaque,
    Any,
}

/// How many names may follow one another; `lower` allows no ring of them.
const MOST_NAMES: usize = 64;

impl<'a> Seat<'a> {
    /// A field of a struct.
    pub(super) fn member(member: &'a Member) -> Self {
        Seat {
            value: Value::Use(&member.ty),
            docs: Some(&member.docs),
            kind: Kind::Member(member),
            nullable: !matches!(member.presence, Presence::Required | Presence::Optional),
        }
    }

    /// A value with documentation of its own.
    pub(super) fn of(ty: &'a TypeRef, docs: Option<&'a Docs>) -> Self {
        Seat {
            value: Value::Use(ty),
            docs,
            kind: Kind::Inner,
            nullable: false,
        }
    }

    /// A type's definition.
    pub(super) fn definition(api: &'a Api, id: TypeId) -> Self {
        Seat {
            value: Value::Definition(id),
            docs: api.types.get(id.0).map(|def| &def.docs),
            kind: Kind::Definition,
            nullable: false,
        }
    }

    /// A value inside of this one, such as an item.
    pub(super) fn inside(&self, ty: &'a TypeRef) -> Self {
        Seat::of(ty, self.docs)
    }

    /// The type behind the names, whether a `null` fits it, and the documentation on the way.
    pub(super) fn view(&self, api: &'a Api) -> View<'a> {
        let mut view = View {
            core: Core::Opaque,
            nullable: self.nullable,
            docs: self.docs.into_iter().collect(),
        };
        let mut next = match self.value {
            Value::Opaque => return view,
            Value::Use(ty) => Step::Use(ty),
            Value::Definition(id) => Step::Name(id),
        };
        for _ in 0..MOST_NAMES {
            next = match next {
                Step::Use(TypeRef::Nullable(inner)) => {
                    view.nullable = true;
                    Step::Use(inner)
                }
                Step::Use(TypeRef::Boxed(inner)) => Step::Use(inner),
                Step::Use(TypeRef::Named(id)) => Step::Name(*id),
                Step::Use(TypeRef::List(inner)) => Step::End(Core::List(inner)),
                Step::Use(TypeRef::Map(inner)) => Step::End(Core::Map(inner)),
                Step::Use(TypeRef::Scalar(scalar)) => Step::End(Core::Scalar(*scalar)),
                Step::Use(TypeRef::Any) => Step::End(Core::Any),
                Step::Name(id) => {
                    let Some(def) = api.types.get(id.0) else {
                        break;
                    };
                    view.docs.push(&def.docs);
                    match &def.body {
                        TypeBody::Struct(body) => Step::End(Core::Struct(body)),
                        TypeBody::StringEnum(body) => Step::End(Core::Text(body)),
                        TypeBody::IntegerEnum(body) => Step::End(Core::Integer(body)),
                        TypeBody::ValueEnum(body) => Step::End(Core::Values(body)),
                        TypeBody::Tuple(body) => Step::End(Core::Tuple(body)),
                        TypeBody::Union(body) => Step::End(Core::Union(body)),
                        TypeBody::Alias(ty) | TypeBody::Wrapper(ty) => Step::Use(ty),
                    }
                }
                Step::End(core) => {
                    view.core = core;
                    view.nullable |= matches!(core, Core::Any | Core::Scalar(Scalar::Null));
                    break;
                }
            };
        }
        view
    }
}

enum Step<'a> {
    Use(&'a TypeRef),
    Name(TypeId),
    End(Core<'a>),
}

/// A seat with its names followed.
#[derive(Debug, Clone)]
pub(super) struct View<'a> {
    pub(super) core: Core<'a>,
    pub(super) nullable: bool,
    pub(super) docs: Vec<&'a Docs>,
}

impl<'a> View<'a> {
    /// The types that a value can have, with those of unions in place of the unions.
    pub(super) fn faces(&self, api: &'a Api) -> Vec<Core<'a>> {
        let mut faces = Vec::new();
        let mut seen: Vec<*const Union> = Vec::new();
        let mut waiting = vec![self.core];
        while let Some(core) = waiting.pop() {
            match core {
                Core::Union(union) => {
                    let this = std::ptr::from_ref(union);
                    if !seen.contains(&this) {
                        seen.push(this);
                        let branches = union.branches.iter().rev();
                        waiting.extend(branches.map(|one| Seat::of(&one.ty, None).view(api).core));
                    }
                }
                other => faces.push(other),
            }
        }
        faces
    }
}
