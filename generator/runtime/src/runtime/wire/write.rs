//! Encoding of the members of an object, by the same method names as in `read`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::ser::{Serialize, Serializer};

use super::json::Members;
use super::{Constant, Json, Object, ToJson, Tristate};

/// The members of an object that is being encoded.
#[derive(Debug)]
pub struct Writer<'a> {
    members: Members<'a>,
}

impl<'a> Writer<'a> {
    /// Adds a required member.
    pub fn required<T: ToJson>(&mut self, name: &'static str, value: &'a T) {
        self.members.push(Cow::Borrowed(name), value.to_json());
    }

    /// Adds a required member that can only have one value.
    pub fn constant(&mut self, name: &'static str, value: impl Into<Constant>) {
        self.members
            .push(Cow::Borrowed(name), value.into().to_json());
    }

    /// Adds an optional member, unless it is `None`.
    pub fn optional<T: ToJson>(&mut self, name: &'static str, value: &'a Option<T>) {
        if let Some(value) = value {
            self.required(name, value);
        }
    }

    /// Adds an optional member whose value can be `null`, unless it is `None`.
    pub fn optional_raw<T: ToJson>(&mut self, name: &'static str, value: &'a Option<T>) {
        self.optional(name, value);
    }

    /// Adds a required, nullable member; `None` is `null`.
    pub fn nullable<T: ToJson>(&mut self, name: &'static str, value: &'a Option<T>) {
        self.required(name, value);
    }

    /// Adds an optional, nullable member for which absent and `null` differ.
    pub fn tristate<T: ToJson>(&mut self, name: &'static str, value: &'a Tristate<T>) {
        match value {
            Tristate::Absent => {}
            Tristate::Null => self.members.push(Cow::Borrowed(name), Json::Null),
            Tristate::Value(value) => self.required(name, value),
        }
    }

    /// Adds the members of a map after the named ones. A duplicate name makes encoding fail, because the receiver could
    /// not decide between the two.
    pub fn rest<T: ToJson>(&mut self, map: &'a BTreeMap<String, T>) {
        let named = self.members.len();
        for (name, value) in map {
            let twice = self.members.iter().take(named).any(|(key, _)| key == name);
            let json = if twice {
                Json::Unwritable("is a named member and a key of the map of additional members")
            } else {
                value.to_json()
            };
            self.members.push(Cow::Borrowed(name), json);
        }
    }
}

/// Encodes an object.
pub fn write_object<T: Object>(value: &T) -> Json<'_> {
    // a member has 1 (`bool`) to 24 bytes (`String`) in its type: some unused capacity costs less than growing
    let mut writer = Writer {
        members: Members::with_capacity(size_of::<T>().div_ceil(16)),
    };
    value.write(&mut writer);
    Json::Object(writer.members)
}

/// Serializes a value into any format.
///
/// # Errors
/// The error of the format, or a value that JSON cannot represent.
pub fn serialize<T: ToJson, S: Serializer>(value: &T, target: S) -> Result<S::Ok, S::Error> {
    value.to_json().serialize(target)
}
