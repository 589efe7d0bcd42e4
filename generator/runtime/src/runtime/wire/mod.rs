//! Conversion of values to and from JSON.
//!
//! A body is parsed once into [`Json`], which borrows its strings from the bytes, and each type takes its members from
//! it. Nothing here is generic over a data format, so a type costs the compiler two plain functions. Errors collect
//! their path on the way up, so decoding without errors does not pay for it.
//!
//! This module has the traits. The tree is in `json`, the members of an object in `read` and `write`, the types of the
//! standard library and of serde_json in `values` and `number`.

mod json;
mod listed;
mod macros;
mod mismatch;
mod number;
mod read;
mod tag;
mod trial;
mod union;
mod values;
mod write;

pub use json::Json;
pub use listed::{
    integer_of, integer_variant, listed_integer, listed_or, read_listed, read_listed_integer,
    string_of, string_variant,
};
#[allow(unused_imports, reason = "a description needs only some of them")]
#[doc(hidden)]
pub use macros::{
    closed_integer_enum, closed_string_enum, integer_enum, object, printed, serde, string_enum,
    union, wrapper,
};
pub use mismatch::Mismatch;
pub(crate) use mismatch::excerpt;
pub use number::Number;
pub use read::{Read, Reader, deserialize, read_object};
pub use tag::{Constant, optionally_tagged, tagged};
#[allow(unused_imports, reason = "a description needs only some of them")]
pub(crate) use trial::count_unlisted;
pub use union::{Branch, Discriminator, Fallback, Union, read_union};
pub use write::{Writer, serialize, write_object};

/// The maximum depth of arrays and objects, for decoding and encoding; the limit of serde_json.
pub(crate) const DEPTH_LIMIT: usize = 128;

/// A type that can be decoded from JSON.
pub trait FromJson: Sized {
    /// Whether every string is a value, so that a body of plain text is one, too.
    const READS_TEXT: bool = false;

    /// Decodes a value.
    ///
    /// # Errors
    /// The JSON does not match the type.
    fn from_json(json: Json<'_>) -> Read<Self>;
}

/// A type that can be encoded as JSON.
pub trait ToJson {
    /// Returns the value as JSON that borrows from it.
    ///
    /// What JSON cannot represent (`NaN`, the year 12000) becomes [`Json::Unwritable`], which makes encoding fail,
    /// instead of a silent `null`.
    fn to_json(&self) -> Json<'_>;
}

/// A type that is a JSON object with named members.
///
/// `wire::object!(Name);` implements the serde traits for it.
pub trait Object: Sized {
    /// Decodes the members of the type; others are ignored.
    ///
    /// # Errors
    /// The first member that does not match its type.
    fn read(members: &mut Reader<'_>) -> Read<Self>;

    /// Encodes the members in the order of the description.
    fn write<'a>(&'a self, members: &mut Writer<'a>);
}

/// Returns the name of a type without its path: `Pet` for `pets::types::pet::Pet`.
pub(crate) fn name_of<T>() -> &'static str {
    let path = std::any::type_name::<T>();
    path.rsplit("::").next().unwrap_or(path)
}

/// The value of an optional and nullable member, for which absent and `null` differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Tristate<T> {
    /// The member is absent.
    #[default]
    Absent,
    /// The member is `null`.
    Null,
    /// The member has a value.
    Value(T),
}

impl<T> Tristate<T> {
    /// Returns the value, if there is one.
    pub fn as_option(&self) -> Option<&T> {
        match self {
            Tristate::Value(value) => Some(value),
            Tristate::Absent | Tristate::Null => None,
        }
    }
}

impl<T> From<T> for Tristate<T> {
    fn from(value: T) -> Self {
        Tristate::Value(value)
    }
}
