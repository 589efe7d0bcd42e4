//! OpenAPI 3.0, 3.1 and 3.2 and JSON Schema as data, written once: the members of each object, their shape, what a
//! misfit means, and how the generator handles each.
//!
//! These files read the tables:
//!
//! | reader | question |
//! | --- | --- |
//! | `resolve/audit.rs` | Is the member known? Is it lost, and with which code and reason? |
//! | `resolve/fit.rs` | Does the value have the right shape? Is a required member missing? |
//! | `resolve/siblings.rs` | Does the keyword have a meaning beside a `$ref`? |
//! | `resolve/dialect.rs` | Is the keyword a count? Does it bound values? |
//! | `load/external.rs` | Does the member hold data, or an object with free names? |
//! | `lower`, `name` | methods, headers, tokens |
//!
//! A keyword that is only documented, or lost, is one row here. Tables are sorted by name. Shapes are those of OpenAPI
//! 3.0: `resolve/dialect.rs` rewrites newer spellings such as `exclusiveMinimum: 5` first. Code that inspects a
//! document does not live here.

mod description;
mod exchange;
mod http;
mod schema;
mod section;
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
pub(crate) use schema::{REFERENCE, SCHEMA, TYPES};
pub(crate) use section::Section;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use crate::diagnostic::Code;

/// A version of OpenAPI whose members differ from those of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Version {
    V3_0,
    V3_1,
    V3_2,
}

impl Version {
    /// All versions, oldest first, each with the prefix of `openapi` that names it.
    pub(crate) const ALL: [(&'static str, Version); 3] = [
        ("3.0", Version::V3_0),
        ("3.1", Version::V3_1),
        ("3.2", Version::V3_2),
    ];
}

const EVERY: &[Version] = &[Version::V3_0, Version::V3_1, Version::V3_2];

/// An object of the specification, such as the Schema Object.
pub(crate) struct ObjectSpec {
    /// The object in a message: `a schema`.
    pub(crate) noun: &'static str,
    /// Its members, sorted by name.
    pub(crate) members: &'static [Member],
}

/// A member of an object: one row of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Member {
    /// Its name, such as `maxLength`.
    pub(crate) name: &'static str,
    /// The versions of OpenAPI that define it; none for what only older specifications define.
    pub(crate) versions: &'static [Version],
    /// The versions that require it.
    pub(crate) required: &'static [Version],
    /// The shape of its value.
    pub(crate) shape: Shape,
    /// The consequence of a value of another shape.
    pub(crate) misfit: Misfit,
    /// How the generator handles it.
    pub(crate) handling: Handling,
    /// Whether it describes where a schema is used rather than which values are valid, such as `readOnly`.
    pub(crate) is_about_usage: bool,
}

/// The shape of a value.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    /// Any JSON, as data: a `$ref` inside an `example` is no reference.
    Data,
    /// A string; a plain number or boolean is read as one, as in `version: 1.10`.
    String,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// A string with the name of a schema or a reference to one.
    SchemaName,
    /// `true` or `false`.
    Boolean,
    /// A non-negative integer.
    Count,
    /// A number.
    Number,
    /// A schema or a reference to one, resolved on its own.
    Schema,
    /// An object that is checked with its parent.
    Object(&'static ObjectSpec),
    /// An object or a reference to one, resolved on its own.
    Resolved(&'static ObjectSpec),
    /// An array of values of this shape.
    Array(&'static Shape),
    /// An object with free names for keys and values of this shape.
    Map(&'static Shape),
}

/// The consequence of a value that does not have its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Misfit {
    /// An error: the client would be wrong.
    Error,
    /// A warning: the member is ignored, which costs a client nothing it depends on.
    Warning,
    /// Nothing: the value is not inspected.
    Unchecked,
}

/// How the generator handles a member.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Handling {
    /// Determines types, names, or what is sent and decoded.
    Used,
    /// Bounds values, which is documented and not enforced. Some, such as `format`, also determine a type.
    Bound,
    /// Is text for people, such as `description`.
    Documentation,
    /// Has no effect on a client.
    Inert,
    /// Is lost, at least in part, which is reported.
    Lost {
        /// The code of the report.
        code: &'static Code,
        /// The consequence: ``"`not` is not supported: "`` is put before it.
        reason: &'static str,
    },
}

/// Makes a row for a member that a client depends on.
const fn used(name: &'static str, shape: Shape) -> Member {
    Member {
        name,
        versions: EVERY,
        required: &[],
        shape,
        misfit: Misfit::Error,
        handling: Handling::Used,
        is_about_usage: false,
    }
}

/// Makes a row for a keyword that bounds values.
pub(crate) const fn bound(name: &'static str, shape: Shape) -> Member {
    Member {
        misfit: Misfit::Warning,
        handling: Handling::Bound,
        ..used(name, shape)
    }
}

/// Makes a row for text.
const fn documentation(name: &'static str, shape: Shape) -> Member {
    Member {
        misfit: Misfit::Warning,
        handling: Handling::Documentation,
        ..used(name, shape)
    }
}

/// Makes a row for a member without effect.
const fn inert(name: &'static str, shape: Shape) -> Member {
    Member {
        misfit: Misfit::Unchecked,
        handling: Handling::Inert,
        ..used(name, shape)
    }
}

/// Makes a row for a member that is lost.
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
    /// Required by every version that defines the member.
    const fn required(self) -> Self {
        Member {
            required: self.versions,
            ..self
        }
    }

    /// Required up to this version.
    const fn required_until(self, last: Version) -> Self {
        let required: &[Version] = match last {
            Version::V3_0 => &[Version::V3_0],
            Version::V3_1 => &[Version::V3_0, Version::V3_1],
            Version::V3_2 => EVERY,
        };
        Member { required, ..self }
    }

    /// Defined from this version on.
    pub(crate) const fn since(self, first: Version) -> Self {
        let versions: &[Version] = match first {
            Version::V3_0 => EVERY,
            Version::V3_1 => &[Version::V3_1, Version::V3_2],
            Version::V3_2 => &[Version::V3_2],
        };
        Member { versions, ..self }
    }

    /// Defined by OpenAPI 3.0 only.
    const fn only_in_3_0(self) -> Self {
        Member {
            versions: &[Version::V3_0],
            ..self
        }
    }

    /// Defined by older specifications only.
    const fn outdated(self) -> Self {
        Member {
            versions: &[],
            ..self
        }
    }

    const fn misfit(self, misfit: Misfit) -> Self {
        Member { misfit, ..self }
    }

    const fn about_usage(self) -> Self {
        Member {
            is_about_usage: true,
            ..self
        }
    }

    /// Whether null is read as if the member were absent. Data can be null, and so can a type; a required object cannot.
    pub(crate) fn is_absent_as_null(&self, version: Version) -> bool {
        let is_map = matches!(self.shape, Shape::Map(_));
        let can_be_null = matches!(self.shape, Shape::Data) || self.name == "type";
        let can_be_absent = self.misfit != Misfit::Error || !self.required.contains(&version);
        !can_be_null && (can_be_absent || is_map)
    }

    /// Whether the member affects which values are valid or what a client does: neither text for people nor inert.
    pub(crate) fn has_meaning(&self) -> bool {
        !matches!(self.handling, Handling::Documentation | Handling::Inert)
    }
}

impl ObjectSpec {
    /// Returns the row of a member.
    pub(crate) fn member(&self, name: &str) -> Option<&'static Member> {
        let index = self
            .members
            .binary_search_by(|member| member.name.cmp(name))
            .ok()?;
        self.members.get(index)
    }

    /// Returns the members that a version defines.
    pub(crate) fn members_in(&self, version: Version) -> impl Iterator<Item = &'static Member> {
        let members = self.members.iter();
        members.filter(move |member| member.versions.contains(&version))
    }
}

// Tables refer to one another in cycles, so only the noun is printed.
impl fmt::Debug for ObjectSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.noun)
    }
}

impl Shape {
    /// Returns the object that values of this shape contain: the Server Object for an array of servers.
    fn object(self) -> Option<&'static ObjectSpec> {
        match self {
            Shape::Object(object) | Shape::Resolved(object) => Some(object),
            Shape::Array(element) | Shape::Map(element) => element.object(),
            Shape::Schema => Some(&SCHEMA),
            _ => None,
        }
    }

    /// Whether values of this shape contain no object of the specification: strings, numbers, arrays of strings.
    pub(crate) fn is_plain(self) -> bool {
        match self {
            Shape::Array(element) | Shape::Map(element) => element.is_plain(),
            Shape::Data | Shape::Schema | Shape::Object(_) | Shape::Resolved(_) => false,
            _ => true,
        }
    }
}

/// Whether a member is a specification extension, such as `x-internal-id`.
pub(crate) fn is_extension(name: &str) -> bool {
    name.starts_with("x-")
}

/// The contents of a member, for a reader that does not know which object it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Contents {
    /// A part of the description.
    Description,
    /// An object with free names for keys.
    Names,
    /// An object whose values are names of schemas or references to them.
    SchemaNames,
    /// Data: not part of the description.
    Data,
}

/// Returns the contents of a member by its name alone.
///
/// A name has the same contents in every object that affects a client, except for `examples`: an array of data in a
/// schema, an object of examples elsewhere. It counts as data. Members of inert objects, such as the `value` of an
/// example, do not take part.
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

/// Returns the objects that are reachable from the root through members with an effect.
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
