//! Types as people read them in a report: `Option<Vec<Product>>`.

use crate::ir::{Api, Constant, Member, NumberType, Presence, Returned, Scalar, Success, TypeRef};

/// Spells a type.
pub fn ty(api: &Api, ty: &TypeRef) -> String {
    match ty {
        TypeRef::Named(id) => api.ty(*id).name.rust.clone(),
        TypeRef::Scalar(scalar) => self::scalar(*scalar).to_owned(),
        TypeRef::List(inner) => format!("Vec<{}>", self::ty(api, inner)),
        TypeRef::Map(inner) => format!("BTreeMap<String, {}>", self::ty(api, inner)),
        TypeRef::Nullable(inner) => format!("Option<{}>", self::ty(api, inner)),
        TypeRef::Boxed(inner) => format!("Box<{}>", self::ty(api, inner)),
        TypeRef::Any => "serde_json::Value".to_owned(),
    }
}

/// Spells the type of a field; for a member without one, its value.
pub fn field(api: &Api, member: &Member) -> String {
    let inner = ty(api, &member.ty);
    match (member.constant(), member.presence) {
        (Some(Constant::String(value)), _) => format!("{value:?}"),
        (Some(Constant::Integer(value)), _) => value.to_string(),
        (Some(Constant::Bool(value)), _) => value.to_string(),
        (None, Presence::Required) => inner,
        (None, Presence::Tristate) => format!("Tristate<{inner}>"),
        (None, Presence::Optional | Presence::Nullable | Presence::OptionalRaw) => {
            format!("Option<{inner}>")
        }
    }
}

/// Spells what a call gives.
pub fn success(api: &Api, success: &Success) -> String {
    match success {
        Success::One(one) => returned(api, one),
        Success::Several { name, .. } => name.clone(),
    }
}

/// Spells a body.
pub fn returned(api: &Api, returned: &Returned) -> String {
    match returned {
        Returned::Nothing => "()".to_owned(),
        Returned::Json(one) => ty(api, one),
        Returned::Text => "String".to_owned(),
        Returned::Bytes => "Bytes".to_owned(),
        Returned::Events(one) | Returned::JsonLines(one) => format!("a stream of {}", ty(api, one)),
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
        Scalar::DateTime => "DateTime<Utc>",
        Scalar::DateTimeOffset => "DateTime<FixedOffset>",
        Scalar::Date => "NaiveDate",
        Scalar::Uuid => "Uuid",
        Scalar::Base64 => "Base64",
        Scalar::NumberOrString(number) => match number {
            NumberType::I8 => "NumberOrString<i8>",
            NumberType::I16 => "NumberOrString<i16>",
            NumberType::I32 => "NumberOrString<i32>",
            NumberType::I64 => "NumberOrString<i64>",
            NumberType::U8 => "NumberOrString<u8>",
            NumberType::U16 => "NumberOrString<u16>",
            NumberType::U32 => "NumberOrString<u32>",
            NumberType::U64 => "NumberOrString<u64>",
            NumberType::F32 => "NumberOrString<f32>",
            NumberType::F64 => "NumberOrString<f64>",
        },
        Scalar::Null => "()",
    }
}
