//! Writing the members of an object. The names and their meanings are those of `read`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::ser::{Serialize, Serializer};

use super::json::Members;
use super::{Json, Object, ToJson, Tristate};

/// The members of an object that is being written.
#[derive(Debug)]
pub struct Writer<'a> {
    members: Members<'a>,
}

impl<'a> Writer<'a> {
    /// Writes a member.
    pub fn required<T: ToJson>(&mut self, name: &'static str, value: &'a T) {
        self.members.push(Cow::Borrowed(name), value.to_json());
    }

    /// Writes a member unless it is `None`.
    pub fn optional<T: ToJson>(&mut self, name: &'static str, value: &'a Option<T>) {
        if let Some(value) = value {
            self.required(name, value);
        }
    }

    /// Writes a member unless it is `None`; its value can be `null` by itself.
    pub fn optional_raw<T: ToJson>(&mut self, name: &'static str, value: &'a Option<T>) {
        self.optional(name, value);
    }

    /// Writes a member, as `null` when it is `None`.
    pub fn nullable<T: ToJson>(&mut self, name: &'static str, value: &'a Option<T>) {
        self.required(name, value);
    }

    /// Writes a member of which absent and `null` mean different things.
    pub fn tristate<T: ToJson>(&mut self, name: &'static str, value: &'a Tristate<T>) {
        match value {
            Tristate::Absent => {}
            Tristate::Null => self.members.push(Cow::Borrowed(name), Json::Null),
            Tristate::Value(value) => self.required(name, value),
        }
    }

    /// Writes the members of a map after the named ones. A name that was written already makes the object
    /// unwritable: a reader would have to guess which of the two is meant.
    pub fn rest<T: ToJson>(&mut self, map: &'a BTreeMap<String, T>) {
        let named = self.members.len();
        for (name, value) in map {
            let twice = self.members.iter().take(named).any(|(key, _)| key == name);
            let json = if twice {
                Json::Unwritable("is a member of its own and in the map of the other members, too")
            } else {
                value.to_json()
            };
            self.members.push(Cow::Borrowed(name), json);
        }
    }
}

/// Writes an object.
pub fn write_object<T: Object>(value: &T) -> Json<'_> {
    // A member takes 1 (`bool`) to 24 bytes (`String`) in its type: room for a few too many costs less than growing.
    let mut writer = Writer {
        members: Members::with_capacity(size_of::<T>().div_ceil(16)),
    };
    value.write(&mut writer);
    Json::Object(writer.members)
}

/// Serializes into any format.
///
/// # Errors
/// What the format says, or that the value has no form in JSON.
pub fn serialize<T: ToJson, S: Serializer>(value: &T, target: S) -> Result<S::Ok, S::Error> {
    value.to_json().serialize(target)
}
