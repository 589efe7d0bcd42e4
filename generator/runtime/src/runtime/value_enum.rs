//! Enums of values that are neither all strings nor all integers: `[0.5, 1, "auto", true]`.

use crate::runtime::wire::{Json, Mismatch, Read, ToJson, count_unlisted};

/// An enum of any JSON values.
///
/// `value_enum::value_enum!(Name);` implements the serde traits for it.
pub trait ValueEnum: PartialEq + Sized + 'static {
    /// The variants with their JSON.
    const VALUES: &'static [(Self, &'static str)];

    /// Creates the variant of an unknown value; `None` if the enum is closed.
    fn from_unknown(value: serde_json::Value) -> Option<Self>;

    /// Returns the unknown value, if it is one.
    fn unknown(&self) -> Option<&serde_json::Value>;
}

/// Decodes a value. `1.0` equals `1`, and members of an object can have any order.
///
/// # Errors
/// The value is unknown, and the enum is closed.
pub fn read_value_enum<T: ValueEnum + Clone>(json: Json<'_>) -> Read<T> {
    let is_it = |text: &str| {
        let listed = Json::parse(text.as_bytes());
        listed.is_ok_and(|listed| same(&listed, &json))
    };
    if let Some((value, _)) = T::VALUES.iter().find(|(_, text)| is_it(text)) {
        return Ok(value.clone());
    }
    let texts: Vec<_> = T::VALUES.iter().map(|(_, text)| *text).collect();
    let mismatch = Mismatch::expected(texts.join(" or "), &json);
    count_unlisted();
    T::from_unknown(json.read()?).ok_or(mismatch)
}

/// Encodes a value as in the description.
pub fn write_value_enum<T: ValueEnum>(value: &T) -> Json<'_> {
    if let Some(unknown) = value.unknown() {
        return unknown.to_json();
    }
    let listed = T::VALUES.iter().find(|(one, _)| one == value);
    let json = listed.map(|(_, text)| Json::parse(text.as_bytes()));
    match json {
        Some(Ok(json)) => json,
        // every variant is in the table, and its JSON is from the description
        Some(Err(_)) | None => Json::Unwritable("has no JSON"),
    }
}

/// Whether two values are equal in JSON.
fn same(one: &Json<'_>, other: &Json<'_>) -> bool {
    match (one, other) {
        (Json::Number(one), Json::Number(other)) => one.equals(other),
        (Json::Array(one), Json::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Json::Object(one), Json::Object(other)) => {
            let found = |(name, value): (&str, &Json<'_>)| {
                let other = other.iter().find(|(key, _)| *key == name);
                other.is_some_and(|(_, other)| same(value, other))
            };
            one.iter().count() == other.iter().count() && one.iter().all(found)
        }
        (one, other) => one == other,
    }
}

/// For types that implement `ValueEnum`.
#[allow(unused_macros, reason = "a description needs only some of them")]
#[doc(hidden)]
#[macro_export]
macro_rules! value_enum {
    ($name:ident) => {
        impl wire::FromJson for $name {
            #[inline]
            fn from_json(json: wire::Json<'_>) -> wire::Read<Self> {
                value_enum::read_value_enum(json)
            }
        }

        impl wire::ToJson for $name {
            #[inline]
            fn to_json(&self) -> wire::Json<'_> {
                value_enum::write_value_enum(self)
            }
        }

        wire::serde!($name);
    };
}

#[allow(unused_imports, reason = "a description needs only some of them")]
#[doc(hidden)]
pub use value_enum;
