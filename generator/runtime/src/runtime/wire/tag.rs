//! Values that a schema fixes, such as `type: { const: card }`, and the tags of unions.

use std::borrow::Cow;

use super::trial::is_comparing;
use super::union::{Union, read_branch, with_tag};
use super::{Json, Mismatch, Read};

/// The only value of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constant {
    /// A string.
    String(&'static str),
    /// An integer.
    Integer(i64),
    /// `true` or `false`.
    Bool(bool),
}

impl From<&'static str> for Constant {
    fn from(text: &'static str) -> Self {
        Constant::String(text)
    }
}

impl From<i64> for Constant {
    fn from(number: i64) -> Self {
        Constant::Integer(number)
    }
}

impl From<bool> for Constant {
    fn from(value: bool) -> Self {
        Constant::Bool(value)
    }
}

impl Constant {
    pub(super) fn to_json(self) -> Json<'static> {
        match self {
            Constant::String(text) => Json::String(Cow::Borrowed(text)),
            Constant::Integer(number) => Json::Number(number.into()),
            Constant::Bool(value) => Json::Bool(value),
        }
    }

    /// Checks that a value is this one.
    pub(super) fn check(self, json: Json<'_>) -> Read<()> {
        match self {
            Constant::String(expected) => {
                let text = json.into_string("a string")?;
                match text == expected {
                    true => Ok(()),
                    false => Err(Mismatch::not_in_enum([expected].into_iter(), &text)),
                }
            }
            Constant::Integer(expected) => {
                let number = json.read::<i64>()?;
                match number == expected {
                    true => Ok(()),
                    false => Err(Mismatch::uninteger_variant([expected].into_iter(), number)),
                }
            }
            Constant::Bool(expected) => match json == Json::Bool(expected) {
                true => Ok(()),
                false => Err(Mismatch::expected(expected, &json)),
            },
        }
    }
}

/// Returns the value of a tag as a string: mappings spell the integer 1 as `'1'`.
pub(super) fn tag_of<'j>(json: &'j Json<'_>, name: &str) -> Option<Cow<'j, str>> {
    match json.get(name)? {
        Json::String(text) => Some(Cow::Borrowed(text)),
        Json::Bool(value) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
        json @ Json::Number(number) => Some(Cow::Owned(match json.clone().read::<i64>() {
            Ok(integer) => integer.to_string(),
            Err(_) => number.to_string(),
        })),
        _ => None,
    }
}

/// Gives the JSON of a branch a tag of that branch: one that it has stays, another or none is replaced.
pub fn tagged<T: Union>(json: Json<'_>, branch: usize, tag: impl Into<Constant>) -> Json<'_> {
    match has_own_tag::<T>(&json, branch) {
        Some(true) => json,
        Some(false) | None => with_member::<T>(json, tag.into()),
    }
}

/// Does the same for a branch whose tag is optional: without one the JSON stays as it is where the same branch is read
/// from it.
pub fn optionally_tagged<T: Union>(
    json: Json<'_>,
    branch: usize,
    tag: impl Into<Constant>,
) -> Json<'_> {
    let is_found =
        || matches!(read_branch::<T>(json.clone()), Ok((Some(found), _)) if found == branch);
    let is_own = has_own_tag::<T>(&json, branch).unwrap_or_else(|| is_comparing() || is_found());
    match is_own {
        true => json,
        false => with_member::<T>(json, tag.into()),
    }
}

/// Returns whether the tag of a value is one of a branch; `None` without a tag. An unknown tag can be of a base.
fn has_own_tag<T: Union>(json: &Json<'_>, index: usize) -> Option<bool> {
    let name = T::DISCRIMINATOR?;
    let tag = tag_of(json, name)?;
    let branch = T::BRANCHES.get(index)?;
    Some(match branch.is_base {
        true => with_tag::<T>(&tag).is_none_or(|other| other == index),
        false => branch.tags.contains(&tag.as_ref()) || branch.has_constant(name, &tag),
    })
}

fn with_member<T: Union>(json: Json<'_>, tag: Constant) -> Json<'_> {
    match (json, T::DISCRIMINATOR) {
        (Json::Object(mut members), Some(name)) => {
            members.set(name, tag.to_json());
            Json::Object(members)
        }
        (other, _) => other,
    }
}
