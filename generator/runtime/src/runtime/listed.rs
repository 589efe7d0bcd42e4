//! Listed values that are neither all texts nor all integers: `[0.5, 1, "auto", true]`.

use crate::runtime::wire::{Json, Mismatch, Read, ToJson};

/// A value of which the document lists all that it can be.
///
/// `listed::listed!(Name);` makes an implementor an ordinary serde type.
pub trait Listed: PartialEq + Sized + 'static {
    /// The values, each with its JSON.
    const VALUES: &'static [(Self, &'static str)];

    /// Keeps a value that is not listed; `None` where such a value is refused.
    fn keep(value: serde_json::Value) -> Option<Self>;

    /// The value that is not listed, if it is one.
    fn kept(&self) -> Option<&serde_json::Value>;
}

/// Reads a listed value. `1.0` is `1`, and members of an object stand in any order.
///
/// # Errors
/// The value is not listed, and others are refused.
pub fn read_listed<T: Listed + Clone>(json: Json<'_>) -> Read<T> {
    let is_it = |text: &str| {
        let listed = Json::parse(text.as_bytes());
        listed.is_ok_and(|listed| same(&listed, &json))
    };
    if let Some((value, _)) = T::VALUES.iter().find(|(_, text)| is_it(text)) {
        return Ok(value.clone());
    }
    let texts: Vec<_> = T::VALUES.iter().map(|(_, text)| *text).collect();
    let refused = Mismatch::expected(texts.join(" or "), &json);
    T::keep(json.read()?).ok_or(refused)
}

/// Writes a listed value as the document spells it.
pub fn write_listed<T: Listed>(value: &T) -> Json<'_> {
    if let Some(kept) = value.kept() {
        return kept.to_json();
    }
    let listed = T::VALUES.iter().find(|(one, _)| one == value);
    let json = listed.map(|(_, text)| Json::parse(text.as_bytes()));
    match json {
        Some(Ok(json)) => json,
        // every value is in the list, and its text is the JSON of the document
        Some(Err(_)) | None => Json::Unwritable("is no listed value"),
    }
}

/// Whether two values mean the same in JSON.
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

/// For types that implement `Listed`.
#[allow(unused_macros, reason = "a description needs only some of them")]
macro_rules! listed {
    ($name:ident) => {
        impl wire::FromJson for $name {
            #[inline]
            fn from_json(json: wire::Json<'_>) -> wire::Read<Self> {
                listed::read_listed(json)
            }
        }

        impl wire::ToJson for $name {
            #[inline]
            fn to_json(&self) -> wire::Json<'_> {
                listed::write_listed(self)
            }
        }

        wire::serde!($name);
    };
}

#[allow(unused_imports, reason = "a description needs only some of them")]
pub(crate) use listed;
