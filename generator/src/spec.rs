//! OpenAPI 3.0, 3.1 and 3.2 and JSON Schema as data, written once: the members of each object, their shape, what a
//! misfit means, and what becomes of each member in a client.
//!
//! Everything that goes by keywords reads these tables:
//!
//! | reader | question |
//! | --- | --- |
//! | `resolve/audit.rs` | Is the member known? Is it lost, with which code and reason? |
//! | `resolve/fit.rs` | Does the value have the right shape? Is anything required missing? |
//! | `resolve/siblings.rs` | Does the keyword count beside a `$ref`? |
//! | `resolve/dialect.rs` | Which keywords are counts, which bound values? |
//! | `load/external.rs` | Which members hold data, which hold free names? |
//! | `lower`, `name` | methods, headers, tokens |
//!
//! A keyword that is only documented, or that is lost, is one row here. The tables are sorted by name. Shapes are those
//! of OpenAPI 3.0: `resolve/dialect.rs` brings newer spellings to it first, such as `exclusiveMinimum: 5`. No code that
//! acts on a document lives here, and nothing about one service.

mod description;
mod exchange;
mod http;
mod schema;
#[cfg(test)]
mod tests;

pub(crate) use description::{
    COMPONENTS, INFO, OPERATION, PATH_ITEM, ROOT, SECURITY, SECURITY_SCHEME, SERVERS,
    security_scheme,
};
pub(crate) use exchange::{
    ENCODING, HEADER, MEDIA_TYPE, PARAMETER, REQUEST_BODY, RESPONSE, is_style, styles_of,
};
pub(crate) use http::{
    FRAMING_HEADERS, METHODS, PARAMETER_HEADERS_IGNORED, RESPONSE_HEADERS_IGNORED,
    TOKEN_CHARACTERS, is_token,
};
pub(crate) use schema::{REFERENCE, SCHEMA};

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use crate::diagnostic::Code;

/// A version of OpenAPI that differs from the others in what a member means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Version {
    V3_0,
    V3_1,
    V3_2,
}

impl Version {
    /// All versions, oldest first, each with how `openapi` begins.
    pub(crate) const ALL: [(&'static str, Version); 3] = [
        ("3.0", Version::V3_0),
        ("3.1", Version::V3_1),
        ("3.2", Version::V3_2),
    ];
}

const EVERY: &[Version] = &[Version::V3_0, Version::V3_1, Version::V3_2];

/// An object of the specification, such as the Schema Object.
pub(crate) struct ObjectSpec {
    /// What a message calls one: `a schema`.
    pub(crate) noun: &'static str,
    /// Its members, sorted by name.
    pub(crate) members: &'static [Member],
}

/// A member of an object: one row of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Member {
    /// Its name, such as `maxLength`.
    pub(crate) name: &'static str,
    /// The versions of OpenAPI that have it; none for what only older specifications had.
    pub(crate) versions: &'static [Version],
    /// The versions that require it.
    pub(crate) required: &'static [Version],
    /// What it holds.
    pub(crate) shape: Shape,
    /// What it means that a value has another shape.
    pub(crate) misfit: Misfit,
    /// What becomes of it in a client.
    pub(crate) handling: Handling,
    /// Whether it describes the place where a schema is used rather than the values that fit, such as `readOnly`.
    pub(crate) is_of_the_place: bool,
}

/// What a member holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    /// Any JSON, which is data and no part of the description: `example: { $ref: x }` refers to nothing.
    Data,
    /// A string. A plain number or boolean stands for its text, as in `version: 1.10`.
    String,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// The name of a schema, or a reference to one, written as a string.
    SchemaName,
    /// `true` or `false`.
    Boolean,
    /// A non-negative integer.
    Count,
    /// A number.
    Number,
    /// A schema, or a reference to one; it is resolved by itself.
    Schema,
    /// An object that is checked together with its parent.
    Object(&'static ObjectSpec),
    /// An object that is resolved by itself, since there can be a reference in its place.
    Resolved(&'static ObjectSpec),
    /// An array of such values.
    Array(&'static Shape),
    /// An object with free names, each with such a value.
    Map(&'static Shape),
}

/// What it means that a member has a value of another shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Misfit {
    /// A client would be wrong.
    Error,
    /// The member is left out with a warning, and no client is the worse for it.
    Warning,
    /// The value is not looked at.
    Unchecked,
}

/// What becomes of a member in a client.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Handling {
    /// It decides types, names, or what is sent and read.
    Used,
    /// It bounds values. The bound is stated in the documentation and not enforced; some, like `format`, choose a type
    /// as well.
    Bound,
    /// It is text for people, such as `description`.
    Documentation,
    /// It has no effect on a client.
    Inert,
    /// Something in it is lost, which is reported.
    Lost {
        /// The code of the report.
        code: &'static Code,
        /// What is lost: it follows ``"`not` is not modelled: "``.
        reason: &'static str,
    },
}

/// A member that a client depends on.
const fn used(name: &'static str, shape: Shape) -> Member {
    Member {
        name,
        versions: EVERY,
        required: &[],
        shape,
        misfit: Misfit::Error,
        handling: Handling::Used,
        is_of_the_place: false,
    }
}

/// A member that bounds values, which is documented and not enforced.
const fn bound(name: &'static str, shape: Shape) -> Member {
    Member {
        misfit: Misfit::Warning,
        handling: Handling::Bound,
        ..used(name, shape)
    }
}

/// A member with text for people.
const fn documentation(name: &'static str, shape: Shape) -> Member {
    Member {
        misfit: Misfit::Warning,
        handling: Handling::Documentation,
        ..used(name, shape)
    }
}

/// A member without effect on a client.
const fn inert(name: &'static str, shape: Shape) -> Member {
    Member {
        misfit: Misfit::Unchecked,
        handling: Handling::Inert,
        ..used(name, shape)
    }
}

/// A member of which something is lost.
const fn lost(
    name: &'static str,
    shape: Shape,
    code: &'static Code,
    reason: &'static str,
) -> Member {
    Member {
        misfit: Misfit::Unchecked,
        handling: Handling::Lost { code, reason },
        ..used(name, shape)
    }
}

impl Member {
    /// Every version that has the member requires it.
    const fn required(self) -> Self {
        Member {
            required: self.versions,
            ..self
        }
    }

    /// Versions up to this one require the member.
    const fn required_until(self, last: Version) -> Self {
        let required: &[Version] = match last {
            Version::V3_0 => &[Version::V3_0],
            Version::V3_1 => &[Version::V3_0, Version::V3_1],
            Version::V3_2 => EVERY,
        };
        Member { required, ..self }
    }

    /// Versions from this one on have the member.
    const fn since(self, first: Version) -> Self {
        let versions: &[Version] = match first {
            Version::V3_0 => EVERY,
            Version::V3_1 => &[Version::V3_1, Version::V3_2],
            Version::V3_2 => &[Version::V3_2],
        };
        Member { versions, ..self }
    }

    /// Only OpenAPI 3.0 has the member.
    const fn only_in_3_0(self) -> Self {
        Member {
            versions: &[Version::V3_0],
            ..self
        }
    }

    /// No version has the member any more: it is one of an older JSON Schema or of an earlier text of OpenAPI.
    const fn outdated(self) -> Self {
        Member {
            versions: &[],
            ..self
        }
    }

    const fn misfit(self, misfit: Misfit) -> Self {
        Member { misfit, ..self }
    }

    const fn of_the_place(self) -> Self {
        Member {
            is_of_the_place: true,
            ..self
        }
    }

    /// Whether it is neither text for people nor without effect.
    pub(crate) fn counts(&self) -> bool {
        !matches!(self.handling, Handling::Documentation | Handling::Inert)
    }
}

impl ObjectSpec {
    /// The row of a member.
    pub(crate) fn member(&self, name: &str) -> Option<&'static Member> {
        let index = self
            .members
            .binary_search_by(|member| member.name.cmp(name))
            .ok()?;
        self.members.get(index)
    }

    /// The members that a version has.
    pub(crate) fn members_in(&self, version: Version) -> impl Iterator<Item = &'static Member> {
        let members = self.members.iter();
        members.filter(move |member| member.versions.contains(&version))
    }
}

// A table refers to others in circles, so only its name is shown.
impl fmt::Debug for ObjectSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.noun)
    }
}

impl Shape {
    /// The object that values of this shape are made of, if any: the Server Object for an array of servers.
    fn object(self) -> Option<&'static ObjectSpec> {
        match self {
            Shape::Object(object) | Shape::Resolved(object) => Some(object),
            Shape::Array(element) | Shape::Map(element) => element.object(),
            Shape::Schema => Some(&SCHEMA),
            _ => None,
        }
    }

    /// Whether values of this shape have no objects of the specification in them: strings, numbers, arrays of strings.
    pub(crate) fn is_plain(self) -> bool {
        match self {
            Shape::Array(element) | Shape::Map(element) => element.is_plain(),
            Shape::Data | Shape::Schema | Shape::Object(_) | Shape::Resolved(_) => false,
            _ => true,
        }
    }
}

/// Whether a member is an extension, which has no meaning in OpenAPI: `x-internal-id`.
pub(crate) fn is_extension(name: &str) -> bool {
    name.starts_with("x-")
}

/// What stands below a member, for a reader that does not know in which object it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Contents {
    /// More of the description.
    Description,
    /// An object with free names for keys.
    Names,
    /// An object whose values are the names of schemas, or references to them.
    SchemaNames,
    /// Data, which is no part of the description.
    Data,
}

/// What stands below a member of this name.
///
/// A name means the same in all objects that a client depends on, but for `examples`, which is an array of data in a
/// schema and has names elsewhere: it counts as data. What is only below inert members has no say, such as the `value`
/// of an example.
pub(crate) fn contents(name: &str) -> Contents {
    static CONTENTS: LazyLock<BTreeMap<&str, Contents>> = LazyLock::new(|| {
        let mut contents = BTreeMap::new();
        for member in objects_with_effect()
            .iter()
            .flat_map(|object| object.members)
        {
            let found = match member.shape {
                Shape::Data | Shape::Array(Shape::Data) => Contents::Data,
                Shape::Map(Shape::SchemaName) => Contents::SchemaNames,
                shape @ Shape::Map(_) if !shape.is_plain() => Contents::Names,
                _ => continue,
            };
            let known = contents.entry(member.name).or_insert(found);
            if found == Contents::Data {
                *known = found;
            }
        }
        contents
    });
    CONTENTS.get(name).copied().unwrap_or(Contents::Description)
}

/// The objects that are reached from the root without passing an inert member.
fn objects_with_effect() -> Vec<&'static ObjectSpec> {
    let mut found: Vec<&'static ObjectSpec> = vec![&ROOT];
    let mut next = 0;
    while let Some(object) = found.get(next) {
        next += 1;
        for member in object.members {
            if let (false, Some(object)) = (
                matches!(member.handling, Handling::Inert),
                member.shape.object(),
            ) && !found.iter().any(|known| std::ptr::eq(*known, object))
            {
                found.push(object);
            }
        }
    }
    found
}
