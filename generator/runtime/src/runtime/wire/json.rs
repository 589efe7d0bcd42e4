//! The JSON tree and its serde implementations.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{self, Serialize, SerializeMap, Serializer};

use super::{DEPTH_LIMIT, FromJson, Mismatch, Number, Read, Reader};

/// A JSON value that borrows its strings where possible.
#[derive(Debug, Clone, PartialEq)]
pub enum Json<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(Cow<'a, str>),
    /// An array.
    Array(Vec<Json<'a>>),
    /// An object.
    Object(Members<'a>),
    /// A value that JSON cannot represent, and why: `NaN`, values nested too deeply. It is never decoded, and fails to
    /// serialize.
    Unwritable(&'static str),
}

/// The members of an object, in order; a name can be duplicate.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Members<'a>(Vec<Member<'a>>);

/// A member. Its value is `None` after a [`Reader`] took it: the name stays, so that a duplicate is found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Member<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) value: Option<Json<'a>>,
}

impl<'a> Members<'a> {
    #[inline]
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Members(Vec::with_capacity(capacity))
    }

    /// Adds a member. Inlined, because the copy of the value is most of the cost.
    #[inline]
    pub(super) fn push(&mut self, name: Cow<'a, str>, value: Json<'a>) {
        self.0.push(Member {
            name,
            value: Some(value),
        });
    }

    /// Replaces the value of a member, or inserts the member before the others.
    pub(super) fn set(&mut self, name: &'static str, value: Json<'a>) {
        let value = Some(value);
        match self.0.iter_mut().find(|member| member.name == name) {
            Some(member) => member.value = value,
            None => {
                let name = Cow::Borrowed(name);
                self.0.insert(0, Member { name, value });
            }
        }
    }

    /// Returns the number of members.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns the names and values.
    #[inline]
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Json<'a>)> {
        self.0
            .iter()
            .filter_map(|member| Some((member.name.as_ref(), member.value.as_ref()?)))
    }

    /// Returns the names and values, owned.
    pub(super) fn into_entries(self) -> impl Iterator<Item = (Cow<'a, str>, Json<'a>)> {
        self.0
            .into_iter()
            .filter_map(|member| Some((member.name, member.value?)))
    }

    #[inline]
    pub(super) fn into_vec(self) -> Vec<Member<'a>> {
        self.0
    }

    fn get(&self, name: &str) -> Option<&Json<'a>> {
        self.iter()
            .find_map(|(key, value)| (key == name).then_some(value))
    }
}

impl<'a> Json<'a> {
    /// Parses the bytes of a body, which have to be one JSON value.
    ///
    /// # Errors
    /// The bytes are not JSON; with line and column.
    pub fn parse(bytes: &'a [u8]) -> Read<Self> {
        // some servers send a byte order mark, which parsers may ignore (RFC 8259)
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        // checking the whole body for UTF-8 is faster than checking each string; the second parser is for bodies that
        // are not UTF-8: it reports the position
        match std::str::from_utf8(bytes) {
            Ok(text) => serde_json::from_str(text),
            Err(_) => serde_json::from_slice(bytes),
        }
        .map_err(|error| Mismatch::new(format!("not JSON: {error}")))
    }

    /// Decodes the value as a type.
    ///
    /// # Errors
    /// The value does not match the type.
    pub fn read<T: FromJson>(self) -> Read<T> {
        T::from_json(self)
    }

    /// Whether the value is an object with this member.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Returns a member, if the value is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Json<'a>> {
        match self {
            Json::Object(members) => members.get(name),
            _ => None,
        }
    }

    /// Returns the string of a member, if the value is an object and the member is a string.
    pub fn string_member(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Json::String(text)) => Some(text),
            _ => None,
        }
    }

    /// Returns a reader of the members.
    ///
    /// # Errors
    /// The value is not an object; with the name of the type.
    #[inline]
    pub fn into_reader(self, name: fn() -> &'static str) -> Read<Reader<'a>> {
        match self {
            Json::Object(members) => Ok(Reader::new(members)),
            other => Err(Mismatch::expected(
                format_args!("an object ({})", name()),
                &other,
            )),
        }
    }

    /// Returns the string.
    ///
    /// # Errors
    /// The value is not a string; with what was expected.
    #[inline]
    pub fn into_string(self, expected: &'static str) -> Read<Cow<'a, str>> {
        match self {
            Json::String(text) => Ok(text),
            other => Err(Mismatch::expected(expected, &other)),
        }
    }

    /// Finds the first value that cannot be represented. Only called after encoding failed.
    pub(crate) fn unwritable(&self) -> Option<Mismatch> {
        match self {
            Json::Unwritable(reason) => Some(Mismatch::new(*reason)),
            Json::Array(items) => items
                .iter()
                .enumerate()
                .find_map(|(index, item)| Some(item.unwritable()?.at(index))),
            Json::Object(members) => members
                .iter()
                .find_map(|(name, value)| Some(value.unwritable()?.within(name))),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => None,
        }
    }
}

impl<'a> Json<'a> {
    /// Changes all strings, however deep they are; names of members stay.
    pub fn map_strings(self, change: fn(Cow<'a, str>) -> Cow<'a, str>) -> Self {
        match self {
            Json::String(text) => Json::String(change(text)),
            Json::Array(items) => {
                let items = items.into_iter().map(|item| item.map_strings(change));
                Json::Array(items.collect())
            }
            Json::Object(Members(mut members)) => {
                for member in &mut members {
                    member.value = member.value.take().map(|value| value.map_strings(change));
                }
                Json::Object(Members(members))
            }
            other => other,
        }
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null => target.serialize_unit(),
            Json::Bool(value) => target.serialize_bool(*value),
            Json::Number(number) => number.serialize(target),
            Json::String(text) => target.serialize_str(text),
            Json::Array(items) => target.collect_seq(items),
            Json::Object(members) => {
                let mut map = target.serialize_map(Some(members.len()))?;
                for (name, value) in members.iter() {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
            Json::Unwritable(_) => {
                let place = self.unwritable().map(|mismatch| mismatch.to_string());
                Err(ser::Error::custom(place.unwrap_or_default()))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        Level(DEPTH_LIMIT).deserialize(source)
    }
}

/// Deserializes one value with the number of levels that may follow. serde_json has its own limit for text, but not for
/// a `Value`, and other formats need not have one.
#[derive(Clone, Copy)]
struct Level(usize);

impl Level {
    fn below<E: de::Error>(self) -> Result<Self, E> {
        match self.0.checked_sub(1) {
            Some(left) => Ok(Level(left)),
            None => Err(E::custom("is nested too deeply")),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Level {
    type Value = Json<'de>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Json<'de>, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Level {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_none<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<Json<'de>, D::Error> {
        source.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, source: D) -> Result<Json<'de>, D::Error> {
        source.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    #[inline]
    fn visit_i64<E>(self, value: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value.into()))
    }

    #[inline]
    fn visit_u64<E>(self, value: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value.into()))
    }

    // with `arbitrary_precision` serde_json's `Value` passes integers beyond 64 bits like this
    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Json<'de>, E> {
        Number::parse(&value.to_string()).map(Json::Number)
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Json<'de>, E> {
        Number::parse(&value.to_string()).map(Json::Number)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Json<'de>, E> {
        match Number::from_f64(value) {
            Some(number) => Ok(Json::Number(number)),
            None => Err(E::custom(format_args!("{value} is not a JSON number"))),
        }
    }

    #[inline]
    fn visit_str<E>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::String(text.to_owned().into()))
    }

    fn visit_string<E>(self, text: String) -> Result<Json<'de>, E> {
        Ok(Json::String(text.into()))
    }

    #[inline]
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::String(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut source: A) -> Result<Json<'de>, A::Error> {
        let level = self.below()?;
        let mut items = Vec::new();
        while let Some(item) = source.next_element_seed(level)? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut source: A) -> Result<Json<'de>, A::Error> {
        let level = self.below()?;
        let mut members = Members::default();
        while let Some(Name(name)) = source.next_key()? {
            if members.0.is_empty() {
                if name == Number::EXACT {
                    let digits: Cow<'_, str> = source.next_value::<Name<'_>>()?.0;
                    return Number::parse(&digits).map(Json::Number);
                }
                // few objects have fewer members, and growing costs more than unused space
                members.0.reserve(8);
            }
            let value = source.next_value_seed(level)?;
            members.push(name, value);
        }
        Ok(Json::Object(members))
    }
}

/// The name of a member, borrowed where possible.
struct Name<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct NameVisitor;
        impl<'de> Visitor<'de> for NameVisitor {
            type Value = Name<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a member's name")
            }

            fn visit_str<E>(self, text: &str) -> Result<Name<'de>, E> {
                Ok(Name(text.to_owned().into()))
            }

            fn visit_string<E>(self, text: String) -> Result<Name<'de>, E> {
                Ok(Name(text.into()))
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(text.into()))
            }
        }
        source.deserialize_str(NameVisitor)
    }
}
