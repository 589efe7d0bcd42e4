//! How values become JSON and how they are read back.
//!
//! A body is read once into [`Json`], which borrows its text from the bytes, and every type then takes what it
//! knows out of it. Nothing here is generic over a data format, so a type costs the compiler two plain functions.
//! A failure learns its path on the way up, so a success pays nothing for it.
//!
//! This module holds the traits. The tree is in `json`, the members of an object in `read` and `write`, what the
//! standard library and serde_json bring in `values` and `number`.

mod closed;
mod json;
mod macros;
mod mismatch;
mod number;
mod read;
mod union;
mod values;
mod write;

pub use closed::{listed, listed_number};
pub use json::Json;
#[allow(unused_imports, reason = "a description needs only some of them")]
pub(crate) use macros::{
    closed_integer, closed_text, integer, object, printed, serde, text, union, wrapper,
};
pub use mismatch::Mismatch;
pub(crate) use mismatch::excerpt;
pub use number::Number;
pub use read::{Read, Reader, deserialize, read_object};
pub use union::{Branch, Discriminator, Keep, Union, read_union, tagged};
pub use write::{Writer, serialize, write_object};

/// How many arrays and objects may stand in one another, in both directions: what serde_json reads, too.
pub(crate) const DEPTH_LIMIT: usize = 128;

/// A value that can be read from JSON.
pub trait FromJson: Sized {
    /// Reads the value.
    ///
    /// # Errors
    /// A [`Mismatch`] that says where in the value reading stopped, and why.
    fn from_json(json: Json<'_>) -> Read<Self>;
}

/// A value that can be written as JSON.
pub trait ToJson {
    /// Gives the value as JSON that borrows from it.
    ///
    /// What JSON cannot say (`NaN`, the year 12000) becomes [`Json::Unwritable`], so that the body is refused as a
    /// whole instead of carrying a silent `null`.
    fn to_json(&self) -> Json<'_>;
}

/// A value that is a JSON object with named members.
///
/// `wire::object!(Name);` makes an implementor an ordinary serde type.
pub trait Object: Sized {
    /// Takes the members that the type knows; the others are ignored.
    ///
    /// # Errors
    /// A [`Mismatch`] of the first member that does not fit.
    fn read(members: &mut Reader<'_>) -> Read<Self>;

    /// Adds the members in the document's order.
    fn write<'a>(&'a self, members: &mut Writer<'a>);
}

/// A type's name as a caller writes it: `Pet` of `pets::types::pet::Pet`.
pub(crate) fn name_of<T>() -> &'static str {
    let path = std::any::type_name::<T>();
    path.rsplit("::").next().unwrap_or(path)
}

/// A member that is optional and nullable, where the document tells absent from `null`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Tristate<T> {
    /// The member is not there.
    #[default]
    Absent,
    /// The member is `null`.
    Null,
    /// The member has a value.
    Value(T),
}

impl<T> Tristate<T> {
    /// The value, if there is one.
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
