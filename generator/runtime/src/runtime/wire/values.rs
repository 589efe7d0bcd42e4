//! Types of the standard library and of serde_json. Numbers are in `number`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;

use super::json::Members;
use super::read::read_map;
use super::{DEPTH_LIMIT, FromJson, Json, Mismatch, Number, Read, ToJson};

impl FromJson for String {
    const READS_TEXT: bool = true;

    #[inline]
    fn from_json(json: Json<'_>) -> Read<Self> {
        json.into_string("a string").map(Cow::into_owned)
    }
}

impl ToJson for String {
    #[inline]
    fn to_json(&self) -> Json<'_> {
        Json::String(Cow::Borrowed(self))
    }
}

impl FromJson for bool {
    #[inline]
    fn from_json(json: Json<'_>) -> Read<Self> {
        match json {
            Json::Bool(value) => Ok(value),
            other => Err(Mismatch::expected("true or false", &other)),
        }
    }
}

impl ToJson for bool {
    #[inline]
    fn to_json(&self) -> Json<'_> {
        Json::Bool(*self)
    }
}

/// Only `null` matches.
impl FromJson for () {
    #[inline]
    fn from_json(json: Json<'_>) -> Read<Self> {
        match json {
            Json::Null => Ok(()),
            other => Err(Mismatch::expected("null", &other)),
        }
    }
}

impl ToJson for () {
    #[inline]
    fn to_json(&self) -> Json<'_> {
        Json::Null
    }
}

impl<T: FromJson> FromJson for Option<T> {
    const READS_TEXT: bool = T::READS_TEXT;

    #[inline]
    fn from_json(json: Json<'_>) -> Read<Self> {
        match json {
            Json::Null => Ok(None),
            json => T::from_json(json).map(Some),
        }
    }
}

impl<T: ToJson> ToJson for Option<T> {
    #[inline]
    fn to_json(&self) -> Json<'_> {
        self.as_ref().map_or(Json::Null, T::to_json)
    }
}

impl<T: FromJson> FromJson for Box<T> {
    #[inline]
    fn from_json(json: Json<'_>) -> Read<Self> {
        T::from_json(json).map(Box::new)
    }
}

impl<T: ToJson> ToJson for Box<T> {
    #[inline]
    fn to_json(&self) -> Json<'_> {
        T::to_json(self)
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    #[inline]
    fn from_json(json: Json<'_>) -> Read<Self> {
        let Json::Array(items) = json else {
            return Err(Mismatch::expected("an array", &json));
        };
        let mut list = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            list.push(T::from_json(item).map_err(|error| error.at(index))?);
        }
        Ok(list)
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    #[inline]
    fn to_json(&self) -> Json<'_> {
        Json::Array(self.iter().map(T::to_json).collect())
    }
}

impl<T: FromJson> FromJson for BTreeMap<String, T> {
    #[inline]
    fn from_json(json: Json<'_>) -> Read<Self> {
        match json {
            Json::Object(members) => read_map(members.into_entries()),
            other => Err(Mismatch::expected("an object", &other)),
        }
    }
}

impl<T: ToJson> ToJson for BTreeMap<String, T> {
    #[inline]
    fn to_json(&self) -> Json<'_> {
        let mut members = Members::with_capacity(self.len());
        for (name, value) in self {
            members.push(Cow::Borrowed(name), value.to_json());
        }
        Json::Object(members)
    }
}

impl FromJson for Value {
    const READS_TEXT: bool = true;

    #[inline]
    fn from_json(json: Json<'_>) -> Read<Self> {
        Ok(match json {
            Json::Null => Value::Null,
            Json::Bool(value) => Value::Bool(value),
            Json::Number(number) => number.into_value().map_or(Value::Null, Value::Number),
            Json::String(text) => Value::String(text.into_owned()),
            array @ Json::Array(_) => Value::Array(FromJson::from_json(array)?),
            Json::Object(members) => {
                let mut map = serde_json::Map::with_capacity(members.len());
                for (name, json) in members.into_entries() {
                    if map.contains_key(name.as_ref()) {
                        return Err(Mismatch::duplicate(&name));
                    }
                    let value = Value::from_json(json).map_err(|error| error.within(&*name))?;
                    map.insert(name.into_owned(), value);
                }
                Value::Object(map)
            }
            Json::Unwritable(reason) => return Err(Mismatch::new(reason)),
        })
    }
}

impl ToJson for Value {
    #[inline]
    fn to_json(&self) -> Json<'_> {
        value_to_json(self, DEPTH_LIMIT)
    }
}

/// Converts a `Value`. A caller can build one of any depth; beyond the limit encoding fails, before the stack
/// overflows.
fn value_to_json(value: &Value, levels: usize) -> Json<'_> {
    let Some(below) = levels.checked_sub(1) else {
        return Json::Unwritable("is nested too deeply");
    };
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Number(number) => Json::Number(Number::from(number)),
        Value::String(text) => Json::String(Cow::Borrowed(text)),
        Value::Array(items) => Json::Array(
            items
                .iter()
                .map(|item| value_to_json(item, below))
                .collect(),
        ),
        Value::Object(map) => {
            let mut members = Members::with_capacity(map.len());
            for (name, value) in map {
                members.push(Cow::Borrowed(name), value_to_json(value, below));
            }
            Json::Object(members)
        }
    }
}
