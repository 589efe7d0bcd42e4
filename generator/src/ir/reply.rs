//! Replies: how they are read, and what a success and a failure are.

use super::{Docs, Name, TypeRef};
use crate::pointer::Pointer;

/// A header of replies: a constant by which it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// The name on the wire, in lower case, and the constant's.
    pub name: Name,
    /// Where it is declared.
    pub origins: Vec<Pointer>,
    /// What the document says about it.
    pub docs: Docs,
    /// Whether it is always there.
    pub required: bool,
    /// Whether its text is JSON.
    pub is_json: bool,
    /// Whether the members of an object are written as `R=100`.
    pub explode: bool,
    /// The type of its value.
    pub ty: TypeRef,
}

/// How a response's body is read.
#[derive(Debug, Clone, PartialEq)]
pub enum Returned {
    /// It has none: `()`.
    Nothing,
    /// JSON of a type.
    Json(TypeRef),
    /// Text: `String`.
    Text,
    /// Bytes: `bytes::Bytes`.
    Bytes,
    /// Server-sent events whose data are of a type; text as it is, anything else as JSON.
    Events(TypeRef),
    /// A JSON value of a type on each line.
    JsonLines(TypeRef),
}

/// Which statuses a response is declared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One status, `200`.
    Code(u16),
    /// A hundred of them, `4XX` is 4.
    Range(u8),
    /// All that nothing else is declared for.
    Default,
}

/// What a success gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Success {
    /// One type, whatever the status.
    One(Returned),
    /// One of several types: an enum.
    Several {
        /// The enum's name.
        name: String,
        /// The variants, by status.
        variants: Vec<Variant>,
        /// What the variants' bodies share or one of them has.
        accessors: Vec<Accessor>,
    },
}

/// A declared reply of several.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// The status as the document has it, and the variant's name.
    pub name: Name,
    /// The status it is declared for.
    pub status: Status,
    /// What the document says about it.
    pub docs: Docs,
    /// What its body is.
    pub returned: Returned,
    /// The media types by which it is told from other bodies of the same status; empty if there are none.
    pub media_types: Vec<String>,
    /// The members by which the body of a success is told from the other variants', in the document's order.
    pub marks: Vec<String>,
}

/// A method of a response enum that returns a member without a `match`.
///
/// What it returns depends on the type of the member alone, and not on which variants have or require it: a success that
/// is added without the member changes no method.
#[derive(Debug, Clone, PartialEq)]
pub struct Accessor {
    /// The member's name on the wire and the method's.
    pub name: Name,
    /// The type of the value, without what `presence` adds.
    pub ty: TypeRef,
    /// The field of each variant, in the variants' order; `None` where the variant lacks it.
    pub fields: Vec<Option<AccessorField>>,
    /// How the value is returned.
    pub reading: Reading,
}

/// The field that an accessor reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessorField {
    /// Its name.
    pub rust: String,
    /// Whether it can be absent or `null`.
    pub presence: super::Presence,
}

/// How an accessor returns a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// An array: `&[T]`, empty where it is absent or `null`.
    Slice,
    /// A small value: `Option<T>`.
    Copied,
    /// Anything else: `Option<&T>`.
    Borrowed,
}

/// What the server declares about failures.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// Nothing: an error is an undeclared reply.
    Undeclared,
    /// One type, however many statuses share it.
    One {
        /// The type.
        returned: Returned,
        /// The statuses that are declared; others have no type.
        statuses: Vec<Status>,
    },
    /// One of several types: an enum, told by the status.
    Several {
        /// The enum's name.
        name: String,
        /// The variants, by status.
        variants: Vec<Variant>,
    },
}

impl Returned {
    /// The type of a body, or of the items of a stream.
    pub fn ty(&self) -> Option<&TypeRef> {
        match self {
            Returned::Json(ty) | Returned::Events(ty) | Returned::JsonLines(ty) => Some(ty),
            Returned::Nothing | Returned::Text | Returned::Bytes => None,
        }
    }

    /// The same, to be changed.
    pub(crate) fn ty_mut(&mut self) -> Option<&mut TypeRef> {
        match self {
            Returned::Json(ty) | Returned::Events(ty) | Returned::JsonLines(ty) => Some(ty),
            Returned::Nothing | Returned::Text | Returned::Bytes => None,
        }
    }

    /// Whether it is read while it arrives.
    pub fn is_stream(&self) -> bool {
        matches!(self, Returned::Events(_) | Returned::JsonLines(_))
    }
}
