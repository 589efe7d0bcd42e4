//! Types in one line each.
//!
//! ```text
//! List<Nullable<String>>                        uses of types
//! struct { id: String!, name: String?, ..Any }  ! required, ? optional, ~ nullable, ?~ three states, ?raw own null
//! enum { a A, b B, .. }                         values with their variants; .. keeps values that are not listed
//! union kind { Cat = cat, Dog(Animal) }         branches with their types, where those have another name, and tags
//! (String, f64?, ..Any)                         a tuple of one required and one optional item, and others
//! ```

use crate::ir::{
    Api, Branch, Constant, Fixed, Member, Name, NumberType, Presence, Scalar, TypeBody, TypeDef,
    TypeRef,
};

/// Returns a use of a type: `Map<List<Pet>>`.
pub(in crate::lower) fn ty(api: &Api, used: &TypeRef) -> String {
    match used {
        TypeRef::Named(id) => api.ty(*id).name.rust.clone(),
        TypeRef::Scalar(scalar) => self::scalar(*scalar).to_owned(),
        TypeRef::List(inner) => format!("List<{}>", ty(api, inner)),
        TypeRef::Map(inner) => format!("Map<{}>", ty(api, inner)),
        TypeRef::Nullable(inner) => format!("Nullable<{}>", ty(api, inner)),
        TypeRef::Boxed(inner) => format!("Box<{}>", ty(api, inner)),
        TypeRef::Any => "Any".to_owned(),
    }
}

fn scalar(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::String => "String",
        Scalar::Bool => "bool",
        Scalar::I8 => "i8",
        Scalar::I16 => "i16",
        Scalar::I32 => "i32",
        Scalar::I64 => "i64",
        Scalar::U8 => "u8",
        Scalar::U16 => "u16",
        Scalar::U32 => "u32",
        Scalar::U64 => "u64",
        Scalar::F32 => "f32",
        Scalar::F64 => "f64",
        Scalar::DateTime => "DateTime",
        Scalar::DateTimeOffset => "DateTimeOffset",
        Scalar::Date => "Date",
        Scalar::Uuid => "Uuid",
        Scalar::Base64 => "Base64",
        Scalar::NumberOrString(NumberType::I32) => "i32 or string",
        Scalar::NumberOrString(NumberType::I64) => "i64 or string",
        Scalar::NumberOrString(NumberType::F64) => "f64 or string",
        Scalar::NumberOrString(_) => "number or string",
        Scalar::Null => "Null",
    }
}

/// Returns the types of a module, the first as it is and the others with their names:
/// `struct { owner: PetOwner? }; PetOwner = struct { … }`.
pub(in crate::lower) fn module(api: &Api, module: &str) -> String {
    let types = api.types.iter().filter(|one| one.module == module);
    let lines = types.enumerate().map(|(index, one)| {
        if index == 0 {
            definition(api, one)
        } else {
            format!("{} = {}", one.name.rust, definition(api, one))
        }
    });
    lines.collect::<Vec<_>>().join("; ")
}

/// Returns what a type is: `struct { id: String! }`.
pub(in crate::lower) fn definition(api: &Api, def: &TypeDef) -> String {
    let body = body(api, &def.body);
    if def.nullable {
        format!("Nullable<{body}>")
    } else {
        body
    }
}

fn body(api: &Api, body: &TypeBody) -> String {
    match body {
        TypeBody::Struct(body) => {
            let members = body.members.iter().map(|one| member(api, one));
            let rest = body.rest.iter().map(|rest| format!("..{}", ty(api, rest)));
            let branches = body.branches.iter().map(|one| one.name.rust.clone());
            braces("struct", members.chain(rest).chain(branches))
        }
        TypeBody::StringEnum(body) => {
            let values = body.values.iter().map(|one| value(&one.name));
            braces("enum", values.chain(others(body.open)))
        }
        TypeBody::IntegerEnum(body) => {
            let values = body
                .values
                .iter()
                .map(|one| format!("{} {}", one.value, one.rust));
            braces("integers", values.chain(others(body.open)))
        }
        TypeBody::ValueEnum(body) => {
            let values = body.values.iter().map(|one| value(&one.name));
            braces("values", values.chain(others(body.open)))
        }
        TypeBody::Tuple(body) => {
            let items = body.items.iter().enumerate().map(|(index, item)| {
                let optional = if index < body.required { "" } else { "?" };
                format!("{}{optional}", ty(api, item))
            });
            let rest = body.rest.iter().map(|rest| format!("..{}", ty(api, rest)));
            format!("({})", items.chain(rest).collect::<Vec<_>>().join(", "))
        }
        TypeBody::Union(body) => {
            let branches = body.branches.iter().map(|one| branch(api, one));
            let combined = body.combined.then(|| "&".to_owned());
            let kind = body
                .discriminator
                .as_ref()
                .map(|member| format!("union {member}"));
            braces(kind.as_deref().unwrap_or("union"), branches.chain(combined))
        }
        TypeBody::Alias(target) => ty(api, target),
        TypeBody::Wrapper(target) => format!("wrapper({})", ty(api, target)),
    }
}

/// Returns a member: `createdAt/created_at: Date?`, with `readonly`, `writeonly` and `needed` (in requests) behind it;
/// `kind = cat` if its value is not stored, and `kind: String! = cat` if `new` fills it in.
fn member(api: &Api, member: &Member) -> String {
    let read_only = if member.read_only { " readonly" } else { "" };
    let write_only = if member.write_only { " writeonly" } else { "" };
    let needed = if member.needed_in_requests {
        " needed"
    } else {
        ""
    };
    let ty = ty(api, &member.ty);
    let presence = presence(member.presence);
    let name = renamed(&member.name);
    match &member.fixed {
        None => format!("{name}: {ty}{presence}{read_only}{write_only}{needed}"),
        Some(Fixed::Constant(value)) => format!("{name} = {}", constant(value)),
        Some(Fixed::Preset(value)) => {
            format!(
                "{name}: {ty}{presence}{read_only}{write_only}{needed} = {}",
                constant(value)
            )
        }
    }
}

fn constant(value: &Constant) -> String {
    match value {
        Constant::String(text) => text.clone(),
        Constant::Integer(number) => number.to_string(),
        Constant::Bool(value) => value.to_string(),
    }
}

/// Returns the mark of a presence.
pub(in crate::lower) fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "!",
        Presence::Optional => "?",
        Presence::Nullable => "~",
        Presence::Tristate => "?~",
        Presence::OptionalRaw => "?raw",
    }
}

/// Returns the name on the wire, and the one in Rust where that is another: `createdAt/created_at`.
pub(in crate::lower) fn renamed(name: &Name) -> String {
    if name.wire == name.rust {
        name.wire.clone()
    } else {
        format!("{}/{}", name.wire, name.rust)
    }
}

fn value(name: &Name) -> String {
    format!("{} {}", name.wire, name.rust)
}

/// Returns a branch: `Cat`, `Text(String)`, `Cat = cat|tom`, with `+=` where the union writes the tag.
fn branch(api: &Api, branch: &Branch) -> String {
    let ty = ty(api, &branch.ty);
    let own = if ty == branch.name.rust {
        ty
    } else {
        format!("{}({ty})", branch.name.rust)
    };
    let sign = match &branch.written_tag {
        None => "=",
        Some(tag) if tag.is_optional => "?=",
        Some(_) => "+=",
    };
    let base = if branch.is_base { " base" } else { "" };
    if branch.tags.is_empty() {
        own + base
    } else {
        format!("{own} {sign} {}{base}", branch.tags.join("|"))
    }
}

fn others(open: bool) -> Option<String> {
    open.then(|| "..".to_owned())
}

/// Returns a kind and what is in it: `struct {}`, `struct { id: String! }`.
pub(in crate::lower) fn braces(kind: &str, items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    if items.is_empty() {
        format!("{kind} {{}}")
    } else {
        format!("{kind} {{ {} }}", items.join(", "))
    }
}

mod own_tests {
    use super::{braces, presence, renamed, ty};
    use crate::ir::{Name, Presence, Scalar, TypeRef};
    use crate::lower::tests::lowered;

    #[test]
    fn uses_of_types_nest() {
        let api = lowered("{ openapi: 3.1.0, info: { title: T, version: '1' }, paths: {} }").api;
        let list = TypeRef::List(Box::new(TypeRef::Nullable(Box::new(TypeRef::Any))));
        let map = TypeRef::Map(Box::new(TypeRef::Boxed(Box::new(list))));
        assert_eq!(ty(&api, &map), "Map<Box<List<Nullable<Any>>>>");
        assert_eq!(ty(&api, &TypeRef::Scalar(Scalar::U16)), "u16");
    }

    #[test]
    fn a_name_in_rust_is_there_where_it_is_another() {
        let name = |wire: &str, rust: &str| Name {
            wire: wire.to_owned(),
            rust: rust.to_owned(),
        };
        assert_eq!(renamed(&name("id", "id")), "id");
        assert_eq!(
            renamed(&name("createdAt", "created_at")),
            "createdAt/created_at"
        );
    }

    #[test]
    fn every_presence_has_a_mark_of_its_own() {
        let all = [
            Presence::Required,
            Presence::Optional,
            Presence::Nullable,
            Presence::Tristate,
            Presence::OptionalRaw,
        ];
        assert_eq!(all.map(presence), ["!", "?", "~", "?~", "?raw"]);
    }

    #[test]
    fn nothing_in_braces_has_no_blank() {
        assert_eq!(braces("struct", std::iter::empty()), "struct {}");
        assert_eq!(
            braces("enum", ["a".to_owned(), "b".to_owned()].into_iter()),
            "enum { a, b }"
        );
    }
}
