//! Numbers that can come as strings with their digits, as .NET writes and reads them: `7` or `"7"`.

use std::fmt;
use std::ops::Deref;

use crate::runtime::wire::{FromJson, Json, Mismatch, Number, Read, ToJson};

/// A number that is read from a string with its digits, too, and written as a number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NumberOrString<T>(pub T);

impl<T: FromJson> FromJson for NumberOrString<T> {
    fn from_json(json: Json<'_>) -> Read<Self> {
        let Json::String(text) = &json else {
            return T::from_json(json).map(Self);
        };
        let number = Number::parse::<serde_json::Error>(text)
            .map_err(|_| Mismatch::expected("a number, or a string with one", &json))?;
        T::from_json(Json::Number(number)).map(Self)
    }
}

impl<T: ToJson> ToJson for NumberOrString<T> {
    fn to_json(&self) -> Json<'_> {
        self.0.to_json()
    }
}

impl<T> Deref for NumberOrString<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> From<T> for NumberOrString<T> {
    fn from(value: T) -> Self {
        NumberOrString(value)
    }
}

impl<T: fmt::Display> fmt::Display for NumberOrString<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de, T: FromJson> serde::Deserialize<'de> for NumberOrString<T> {
    fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        crate::runtime::wire::deserialize(source)
    }
}

impl<T: ToJson> serde::Serialize for NumberOrString<T> {
    fn serialize<S: serde::Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        crate::runtime::wire::serialize(self, target)
    }
}
