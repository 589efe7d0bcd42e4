//! What the values of a type are, whatever its names.

use crate::ir::{
    Api, IntegerEnum, Scalar, StringEnum, Struct, Tuple, TypeBody, TypeId, TypeRef, Union,
    ValueEnum,
};

/// The values of a type.
pub enum Shape<'a> {
    Any,
    Scalar(Scalar),
    Strings(&'a StringEnum),
    Integers(&'a IntegerEnum),
    Values(&'a ValueEnum),
    List(&'a TypeRef),
    Map(&'a TypeRef),
    Tuple(&'a Tuple),
    Struct(&'a Struct, TypeId),
    Union(&'a Union),
    Nullable(&'a TypeRef),
}

impl Shape<'_> {
    /// Returns the type of an object.
    pub fn id(&self) -> Option<TypeId> {
        match self {
            Shape::Struct(_, id) => Some(*id),
            _ => None,
        }
    }
}

/// Returns the shape of a type. Other names, boxes and wrappers are looked through.
pub fn shape<'a>(api: &'a Api, ty: &'a TypeRef) -> Shape<'a> {
    match ty {
        TypeRef::Any => Shape::Any,
        TypeRef::Scalar(scalar) => Shape::Scalar(*scalar),
        TypeRef::List(inner) => Shape::List(inner),
        TypeRef::Map(inner) => Shape::Map(inner),
        TypeRef::Nullable(inner) => Shape::Nullable(inner),
        TypeRef::Boxed(inner) => shape(api, inner),
        TypeRef::Named(id) => match &api.ty(*id).body {
            TypeBody::Struct(body) => Shape::Struct(body, *id),
            TypeBody::StringEnum(body) => Shape::Strings(body),
            TypeBody::IntegerEnum(body) => Shape::Integers(body),
            TypeBody::ValueEnum(body) => Shape::Values(body),
            TypeBody::Tuple(body) => Shape::Tuple(body),
            TypeBody::Union(body) => Shape::Union(body),
            TypeBody::Alias(target) | TypeBody::Wrapper(target) => shape(api, target),
        },
    }
}
