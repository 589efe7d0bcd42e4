//! Types and references to them.

use super::{Docs, Name, Scalar};
use crate::pointer::Pointer;

/// An index into [`Api::types`](super::Api::types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub(crate) usize);

/// A named type.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDef {
    /// The schema's name, or the location of an inline schema such as `Pet.owner`, and the Rust type's name.
    pub name: Name,
    /// The module that contains it. Inline schemas share the module of their component schema.
    pub module: String,
    /// The location of its schema; several if `codegen.yaml` gives equal inline schemas one name.
    pub origins: Vec<Pointer>,
    /// Its documentation.
    pub docs: Docs,
    /// Whether requests and responses use it.
    pub usage: Usage,
    /// Whether the schema allows `null`; the type does not, so a use of it is an `Option`.
    pub nullable: bool,
    /// Its definition.
    pub body: TypeBody,
}

impl TypeDef {
    /// Returns its name, and that of the struct that its `new` takes.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let required = match &self.body {
            TypeBody::Struct(body) => body.required_type.as_deref(),
            _ => None,
        };
        std::iter::once(self.name.rust.as_str()).chain(required)
    }
}

/// Whether requests and responses of the selected operations use a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    /// Requests contain it, so it gets a constructor and setters.
    pub request: bool,
    /// Responses contain it.
    pub response: bool,
}

/// The kinds of named types.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeBody {
    /// A JSON object with named members.
    Struct(Struct),
    /// A string with listed values.
    StringEnum(StringEnum),
    /// An integer with listed values.
    IntegerEnum(IntegerEnum),
    /// Listed values of other JSON types, or of several.
    ValueEnum(ValueEnum),
    /// An array whose first items have a type each.
    Tuple(Tuple),
    /// A value that is one of several types.
    Union(Union),
    /// Another name for a type, such as a schema that is an array.
    Alias(TypeRef),
    /// An array or map that contains itself, which cannot be an alias: `struct Forest(Vec<Forest>)`.
    Wrapper(TypeRef),
}

/// The field with the members that a schema does not name.
pub const REST: &str = "additional_properties";

/// A JSON object with named members.
#[derive(Debug, Clone, PartialEq)]
pub struct Struct {
    /// Its members, in the document's order.
    pub members: Vec<Member>,
    /// The type of additional members, if the schema declares some.
    pub rest: Option<TypeRef>,
    /// The branches of an `anyOf` whose members are merged into it, those that have a name.
    pub branches: Vec<MergedBranch>,
    /// The name of the struct that `new` takes: `PetRequired`. `None` if there are so few required members that each is
    /// an argument.
    pub required_type: Option<String>,
}

/// A branch of an `anyOf` whose members are merged into a struct with those of the others.
#[derive(Debug, Clone, PartialEq)]
pub struct MergedBranch {
    /// The schema's name, and that of the method that returns the value as this branch: `as_cat`.
    pub name: Name,
    /// Its type.
    pub ty: TypeRef,
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The name on the wire and the field's name.
    pub name: Name,
    /// The location of its schema.
    pub origin: Pointer,
    /// Its documentation.
    pub docs: Docs,
    /// The type of its value, without what `presence` adds.
    pub ty: TypeRef,
    /// Whether it can be absent or `null`.
    pub presence: Presence,
    /// Whether only the server sets it.
    pub read_only: bool,
    /// Whether only requests have it.
    pub write_only: bool,
    /// Whether requests have to have it although it can be absent: a required `writeOnly` member of a type that
    /// responses contain, too. `new` takes it.
    pub needed_in_requests: bool,
    /// Whether `Debug` does not show it: `format: password`.
    pub secret: bool,
    /// The method that sets it to `null`, if requests contain the object and the member has three states:
    /// `with_name_null`.
    pub null_setter: Option<String>,
    /// The value that it has, if that tells which branch of a union its object is.
    pub fixed: Option<Fixed>,
}

/// The value of a member that tells a branch of a union.
#[derive(Debug, Clone, PartialEq)]
pub enum Fixed {
    /// The schema allows no other: there is no field, it is checked when decoding and always encoded.
    Constant(Constant),
    /// The union says so: `new` fills it in.
    Preset(Constant),
}

impl Member {
    /// Returns the value of a member that is not stored.
    pub fn constant(&self) -> Option<&Constant> {
        match &self.fixed {
            Some(Fixed::Constant(value)) => Some(value),
            Some(Fixed::Preset(_)) | None => None,
        }
    }
}

/// Whether a member can be absent or `null`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Presence {
    /// Required and not `null`: `T`.
    Required,
    /// Optional; `null` reads as absent: `Option<T>`, not written if `None`.
    Optional,
    /// Required and nullable: `Option<T>`, written as `null` if `None`.
    Nullable,
    /// Optional and nullable: `Tristate<T>`, which distinguishes absent, `null` and a value.
    Tristate,
    /// Optional; `null` is a valid `T` and is preserved: `Option<T>`, where only absence reads as `None`.
    OptionalRaw,
}

/// A string with listed values.
#[derive(Debug, Clone, PartialEq)]
pub struct StringEnum {
    /// The values, in the document's order.
    pub values: Vec<ListedValue>,
    /// Whether a value that is not listed is preserved (`Unknown`); for a constant it is an error.
    pub open: bool,
}

/// A listed value: a string, or any JSON in a [`ValueEnum`].
#[derive(Debug, Clone, PartialEq)]
pub struct ListedValue {
    /// The value on the wire and the variant's name.
    pub name: Name,
    /// What the document says about it.
    pub description: Option<String>,
}

/// An integer with listed values.
#[derive(Debug, Clone, PartialEq)]
pub struct IntegerEnum {
    /// The values, in the document's order.
    pub values: Vec<IntegerValue>,
    /// Whether a value that is not listed is preserved (`Unknown`); for a constant it is an error.
    pub open: bool,
}

/// A listed value of an integer.
#[derive(Debug, Clone, PartialEq)]
pub struct IntegerValue {
    /// The number on the wire.
    pub value: i64,
    /// The variant's name.
    pub rust: String,
    /// What the document says about it.
    pub description: Option<String>,
}

/// Listed values that are neither all strings nor all integers: `[0.5, "auto", true]`.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueEnum {
    /// The values, in the document's order: `wire` is JSON, `rust` the variant's name.
    pub values: Vec<ListedValue>,
    /// Whether a value that is not listed is preserved (`Unknown`); for a constant it is an error.
    pub open: bool,
}

/// An array whose first items have a type each: `struct Place(String, f64, Option<f64>, Vec<Value>)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Tuple {
    /// The types of the first items.
    pub items: Vec<TypeRef>,
    /// The number of required items.
    pub required: usize,
    /// The type of further items, if they are allowed.
    pub rest: Option<TypeRef>,
}

/// A value that is one of several types; one that matches no branch is preserved (`Unknown`).
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// The discriminator property, if the document has one.
    pub discriminator: Option<String>,
    /// The branches, in the document's order.
    pub branches: Vec<Branch>,
    /// Whether an object can match two branches, so that one with members of both is preserved (`Combined`).
    pub combined: bool,
}

/// One type of several.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// The schema's name or its number, and the variant's name.
    pub name: Name,
    /// The type of the value.
    pub ty: TypeRef,
    /// The values of the discriminator for this branch.
    pub tags: Vec<String>,
    /// The tag of an object whose type does not make sure that it has one of `tags`.
    pub written_tag: Option<WrittenTag>,
    /// Whether the other branches are its subtypes, so that it has objects with an unknown tag, too.
    pub is_base: bool,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// The JSON types of its values.
    pub kinds: Vec<JsonKind>,
    /// The required members of an object of this branch.
    pub required: Vec<String>,
    /// Members with the values that they can have in this branch, as strings.
    pub constants: Vec<(String, Vec<String>)>,
    /// The strings that this branch lists, if several branches can be strings.
    pub texts: Vec<String>,
    /// Whether a value of the type always selects this branch, so that there is a `From`.
    pub converts: bool,
}

/// The tag that a union writes for a branch.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenTag {
    /// The value of the discriminator.
    pub value: Constant,
    /// Whether the branch may go without, where its value is read as this branch all the same.
    pub is_optional: bool,
}

/// A value that a schema fixes: `const: card`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Constant {
    /// A string.
    String(String),
    /// An integer.
    Integer(i64),
    /// `true` or `false`.
    Bool(bool),
}

/// The types of JSON values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JsonKind {
    /// An object.
    Object,
    /// An array.
    Array,
    /// A string.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// `null`.
    Null,
    /// Any of them.
    Any,
}

/// A use of a type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TypeRef {
    /// A type of this API.
    Named(TypeId),
    /// A type that is not generated.
    Scalar(Scalar),
    /// An array: `Vec<T>`.
    List(Box<TypeRef>),
    /// An object with any member names: `BTreeMap<String, T>`.
    Map(Box<TypeRef>),
    /// A value or `null`, in an array, a map or a body: `Option<T>`.
    Nullable(Box<TypeRef>),
    /// A value on the heap, where the type would contain itself: `Box<T>`.
    Boxed(Box<TypeRef>),
    /// Any JSON: `serde_json::Value`.
    Any,
}

impl TypeBody {
    /// Returns the variant of a constant, such as `const: CONTACT`.
    pub fn constant(&self) -> Option<&str> {
        match self {
            TypeBody::StringEnum(body) => match body.values.as_slice() {
                [one] if !body.open => Some(&one.name.rust),
                _ => None,
            },
            TypeBody::IntegerEnum(body) => match body.values.as_slice() {
                [one] if !body.open => Some(&one.rust),
                _ => None,
            },
            TypeBody::ValueEnum(body) => match body.values.as_slice() {
                [one] if !body.open => Some(&one.name.rust),
                _ => None,
            },
            _ => None,
        }
    }

    /// Returns the types that it uses.
    pub fn parts(&self) -> impl Iterator<Item = &TypeRef> {
        let parts: Vec<_> = match self {
            TypeBody::Struct(body) => {
                let members = body.members.iter().map(|member| &member.ty);
                members.chain(&body.rest).collect()
            }
            TypeBody::Union(body) => body.branches.iter().map(|branch| &branch.ty).collect(),
            TypeBody::Tuple(body) => body.items.iter().chain(&body.rest).collect(),
            TypeBody::Alias(ty) | TypeBody::Wrapper(ty) => vec![ty],
            TypeBody::StringEnum(_) | TypeBody::IntegerEnum(_) | TypeBody::ValueEnum(_) => {
                Vec::new()
            }
        };
        parts.into_iter()
    }
}

impl TypeRef {
    /// Returns the type of a value that is only sent: of a number or its string, the number.
    pub fn sent(self) -> TypeRef {
        match self {
            TypeRef::Scalar(Scalar::NumberOrString(number)) => TypeRef::Scalar(number.scalar()),
            TypeRef::List(inner) => TypeRef::List(Box::new(inner.sent())),
            other => other,
        }
    }

    /// Returns the named type in it, if there is one.
    pub fn id(&self) -> Option<TypeId> {
        match self {
            TypeRef::Named(id) => Some(*id),
            TypeRef::List(inner)
            | TypeRef::Map(inner)
            | TypeRef::Nullable(inner)
            | TypeRef::Boxed(inner) => inner.id(),
            TypeRef::Scalar(_) | TypeRef::Any => None,
        }
    }
}
