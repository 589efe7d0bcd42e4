//! Unions (`oneOf`, `anyOf`), and how the branch of a value is selected.
//!
//! In this order: by the discriminator, the JSON type, members with a constant value, required members. If several
//! branches are left, the value is decoded as each of them (see `trial`).

use super::tag::tag_of;
use super::trial::{add, closest, count_unknown, known_in, preserving, weight};
use super::{Json, Mismatch, Read, ToJson};

/// A branch of a union: the properties of its values, and how they are decoded.
#[derive(Debug)]
pub struct Branch<T> {
    pub(super) tags: &'static [&'static str],
    pub(super) is_base: bool,
    kinds: u8,
    required: &'static [&'static str],
    constants: &'static [(&'static str, &'static [&'static str])],
    strings: &'static [&'static str],
    read: fn(Json<'_>) -> Read<T>,
}

const OBJECT: u8 = 1;
const ARRAY: u8 = 2;
const STRING: u8 = 4;
const NUMBER: u8 = 8;
const BOOLEAN: u8 = 16;
const NULL: u8 = 32;
const ANY: u8 = 63;

impl<T> Branch<T> {
    /// Creates a branch without a JSON type.
    pub const fn new(read: fn(Json<'_>) -> Read<T>) -> Self {
        Branch {
            tags: &[],
            is_base: false,
            kinds: 0,
            required: &[],
            constants: &[],
            strings: &[],
            read,
        }
    }

    /// Sets the discriminator values of this branch, as strings. The first is written for a value that has none of them.
    pub const fn tagged(mut self, tags: &'static [&'static str]) -> Self {
        self.tags = tags;
        self
    }

    /// Marks the base of the other branches: it also has the objects with an unknown tag whose members it all knows.
    pub const fn base(mut self) -> Self {
        self.is_base = true;
        self
    }

    /// Allows objects with these required members.
    pub const fn object(mut self, required: &'static [&'static str]) -> Self {
        self.kinds |= OBJECT;
        self.required = required;
        self
    }

    /// Sets the members with constant values.
    pub const fn constants(
        mut self,
        constants: &'static [(&'static str, &'static [&'static str])],
    ) -> Self {
        self.constants = constants;
        self
    }

    /// Allows arrays.
    pub const fn array(mut self) -> Self {
        self.kinds |= ARRAY;
        self
    }

    /// Allows strings.
    pub const fn string(mut self) -> Self {
        self.kinds |= STRING;
        self
    }

    /// Sets the strings of this branch, if several branches allow strings.
    pub const fn strings(mut self, strings: &'static [&'static str]) -> Self {
        self.strings = strings;
        self
    }

    /// Allows numbers.
    pub const fn number(mut self) -> Self {
        self.kinds |= NUMBER;
        self
    }

    /// Allows booleans.
    pub const fn boolean(mut self) -> Self {
        self.kinds |= BOOLEAN;
        self
    }

    /// Allows `null`.
    pub const fn null(mut self) -> Self {
        self.kinds |= NULL;
        self
    }

    /// Allows any JSON.
    pub const fn any(mut self) -> Self {
        self.kinds = ANY;
        self
    }

    fn has_constants_of(&self, json: &Json<'_>) -> bool {
        let wrong = |(name, values): &(&str, &[&str])| {
            tag_of(json, name).is_some_and(|text| !values.contains(&text.as_ref()))
        };
        !self.constants.iter().any(wrong)
    }

    /// Whether a value of a member, as a string, is listed as one that this branch can have.
    pub(super) fn has_constant(&self, member: &str, value: &str) -> bool {
        let mut constants = self.constants.iter();
        constants.any(|(name, values)| *name == member && values.contains(&value))
    }

    /// Whether the value is one of the strings of this branch.
    fn lists(&self, json: &Json<'_>) -> bool {
        matches!(json, Json::String(text) if self.strings.contains(&text.as_ref()))
    }

    fn missing_in(&self, json: &Json<'_>) -> usize {
        match json {
            Json::Object(_) => self.required.iter().filter(|name| !json.has(name)).count(),
            _ => 0,
        }
    }
}

/// The discriminator property, if there is one.
pub type Discriminator = Option<&'static str>;

/// Creates a variant for a value that matches no branch.
pub type Fallback<T> = Option<fn(serde_json::Value) -> T>;

/// A value of one of several types.
///
/// `wire::union!(Name);` implements the serde traits for it.
pub trait Union: ToJson + Sized + 'static {
    /// The discriminator property.
    const DISCRIMINATOR: Discriminator = None;
    /// The branches, in the order of the description.
    const BRANCHES: &'static [Branch<Self>];
    /// Creates the variant of an object with members of several branches; without it the branch that ignores the fewest
    /// members is used.
    const COMBINED: Fallback<Self> = None;
    /// Creates the variant of a value that matches no branch: an object with an unknown tag, a string where there are
    /// objects only. Without it the value is rejected, and so is `null` in any case.
    const UNKNOWN: Fallback<Self> = None;
}

/// Decodes a value as its branch. A value that has the properties of a branch and does not match it is rejected, and so is
/// an object that lacks members where only one kind of several is an object: `oneOf: [string, Customer]`.
///
/// # Errors
/// The [`Mismatch`] of the closest branch.
pub fn read_union<T: Union>(json: Json<'_>) -> Read<T> {
    read_branch(json).map(|(_, value)| value)
}

/// Decodes a value as its branch, and returns the branch's index; `None` for a value that is preserved as JSON.
pub(super) fn read_branch<T: Union>(json: Json<'_>) -> Read<(Option<usize>, T)> {
    let told = T::DISCRIMINATOR.and_then(|name| Some((name, tag_of(&json, name)?.into_owned())));
    let Some((name, tag)) = told else {
        let all = T::BRANCHES.iter().enumerate();
        return by_shape(json, all, T::UNKNOWN.filter(|_| has_only_objects::<T>()));
    };
    if let Some(index) = with_tag::<T>(&tag) {
        return read_as(json, index);
    }
    if let Some(index) = T::BRANCHES.iter().position(|branch| branch.is_base)
        && let (Ok((_, value)), preserved) = preserving(|| read_as::<T>(json.clone(), index))
        && known_in(&value, &json) >= weight(&json)
    {
        add(preserved);
        return Ok((Some(index), value));
    }
    let kind = kind(&json);
    let may_have = |branch: &Branch<T>| branch.tags.is_empty() || branch.has_constant(name, &tag);
    if T::BRANCHES
        .iter()
        .any(|branch| may_have(branch) && branch.kinds & kind != 0)
    {
        let branches = T::BRANCHES.iter().enumerate();
        let candidates = branches.filter(|(_, branch)| may_have(branch));
        return by_shape(json, candidates, T::UNKNOWN);
    }
    unknown_tag(json, name, &tag)
}

/// Returns the index of the branch with a tag.
pub(super) fn with_tag<T: Union>(tag: &str) -> Option<usize> {
    T::BRANCHES
        .iter()
        .position(|branch| branch.tags.contains(&tag))
}

fn has_only_objects<T: Union>() -> bool {
    T::BRANCHES.iter().all(|branch| branch.kinds == OBJECT)
}

fn read_as<T: Union>(json: Json<'_>, index: usize) -> Read<(Option<usize>, T)> {
    match T::BRANCHES.get(index) {
        Some(branch) => (branch.read)(json).map(|value| (Some(index), value)),
        None => Err(Mismatch::new("matches no branch")),
    }
}

/// Decodes a value as one of some branches: by its JSON type, members with a constant value, required members.
fn by_shape<T: Union>(
    json: Json<'_>,
    branches: impl Iterator<Item = (usize, &'static Branch<T>)>,
    unknown: Fallback<T>,
) -> Read<(Option<usize>, T)> {
    let kind = kind(&json);
    let alike: Vec<_> = branches
        .filter(|(_, branch)| branch.kinds & kind != 0)
        .collect();
    if alike.is_empty() {
        return match T::UNKNOWN.filter(|_| kind != NULL) {
            Some(unknown) => preserve(json, unknown),
            None => Err(Mismatch::expected(expected(T::BRANCHES), &json)),
        };
    }
    if let Some((index, _)) = alike.iter().find(|(_, branch)| branch.lists(&json)) {
        return read_as(json, *index);
    }
    let fitting: Vec<usize> = alike
        .iter()
        .filter(|(_, branch)| branch.has_constants_of(&json) && branch.missing_in(&json) == 0)
        .map(|(index, _)| *index)
        .collect();
    match (fitting.as_slice(), unknown) {
        ([], Some(unknown)) => preserve(json, unknown),
        ([], None) => {
            let far = |(_, branch): &&(usize, &Branch<T>)| {
                let constants = branch.has_constants_of(&json);
                (!constants, branch.missing_in(&json))
            };
            match alike.iter().min_by_key(far) {
                Some((index, _)) => read_as(json, *index),
                None => Err(Mismatch::new("matches no branch")),
            }
        }
        ([one], _) => read_as(json, *one),
        (several, _) => {
            let readers = several.iter().filter_map(|index| {
                let branch = T::BRANCHES.get(*index)?;
                Some((*index, branch.read))
            });
            closest(json, readers, T::COMBINED)
        }
    }
}

/// Decodes a value whose discriminator has an unknown value.
fn unknown_tag<T: Union>(
    json: Json<'_>,
    name: &'static str,
    tag: &str,
) -> Read<(Option<usize>, T)> {
    match T::UNKNOWN {
        Some(unknown) => preserve(json, unknown),
        None => {
            let tags = T::BRANCHES.iter().flat_map(|branch| branch.tags);
            Err(Mismatch::not_in_enum(tags.copied(), tag).within(name))
        }
    }
}

/// Preserves a value that fits no branch.
fn preserve<T>(json: Json<'_>, unknown: fn(serde_json::Value) -> T) -> Read<(Option<usize>, T)> {
    count_unknown(&json);
    json.read().map(|value| (None, unknown(value)))
}

fn kind(json: &Json<'_>) -> u8 {
    match json {
        Json::Object(_) => OBJECT,
        Json::Array(_) => ARRAY,
        Json::String(_) => STRING,
        Json::Number(_) => NUMBER,
        Json::Bool(_) => BOOLEAN,
        Json::Null | Json::Unwritable(_) => NULL,
    }
}

/// `an object or a string`
fn expected<T>(branches: &[Branch<T>]) -> String {
    const WORDS: [(u8, &str); 6] = [
        (OBJECT, "an object"),
        (ARRAY, "an array"),
        (STRING, "a string"),
        (NUMBER, "a number"),
        (BOOLEAN, "true or false"),
        (NULL, "null"),
    ];
    let kinds = branches
        .iter()
        .fold(0, |kinds, branch| kinds | branch.kinds);
    let words: Vec<_> = WORDS
        .iter()
        .filter(|(kind, _)| kinds & kind != 0)
        .map(|(_, word)| *word)
        .collect();
    words.join(" or ")
}
