//! Unions (`oneOf`, `anyOf`), and how the branch of a value is selected.
//!
//! In this order: by the discriminator, the JSON type, members with a constant value, required members. If several
//! branches are left, the value is decoded as each of them, and the one that ignores the fewest members wins.

use std::borrow::Cow;
use std::cell::Cell;

use super::{Json, Mismatch, Read, ToJson};

/// A branch of a union: the properties of its values, and how they are decoded.
#[derive(Debug)]
pub struct Branch<T> {
    tags: &'static [&'static str],
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
    pub(crate) const fn new(read: fn(Json<'_>) -> Read<T>) -> Self {
        Branch {
            tags: &[],
            kinds: 0,
            required: &[],
            constants: &[],
            strings: &[],
            read,
        }
    }

    /// Sets the discriminator values of this branch.
    pub(crate) const fn tagged(mut self, tags: &'static [&'static str]) -> Self {
        self.tags = tags;
        self
    }

    /// Allows objects with these required members.
    pub(crate) const fn object(mut self, required: &'static [&'static str]) -> Self {
        self.kinds |= OBJECT;
        self.required = required;
        self
    }

    /// Sets the members with constant values.
    pub(crate) const fn constants(
        mut self,
        constants: &'static [(&'static str, &'static [&'static str])],
    ) -> Self {
        self.constants = constants;
        self
    }

    /// Allows arrays.
    pub(crate) const fn array(mut self) -> Self {
        self.kinds |= ARRAY;
        self
    }

    /// Allows strings.
    pub(crate) const fn string(mut self) -> Self {
        self.kinds |= STRING;
        self
    }

    /// Sets the strings of this branch, if several branches allow strings.
    pub(crate) const fn strings(mut self, strings: &'static [&'static str]) -> Self {
        self.strings = strings;
        self
    }

    /// Allows numbers.
    pub(crate) const fn number(mut self) -> Self {
        self.kinds |= NUMBER;
        self
    }

    /// Allows booleans.
    pub(crate) const fn boolean(mut self) -> Self {
        self.kinds |= BOOLEAN;
        self
    }

    /// Allows `null`.
    pub(crate) const fn null(mut self) -> Self {
        self.kinds |= NULL;
        self
    }

    /// Allows any JSON.
    pub(crate) const fn any(mut self) -> Self {
        self.kinds = ANY;
        self
    }

    fn has_constants_of(&self, json: &Json<'_>) -> bool {
        let wrong = |(name, values): &(&str, &[&str])| {
            json.string_member(name)
                .is_some_and(|text| !values.contains(&text))
        };
        !self.constants.iter().any(wrong)
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

/// Creates a variant for an object that matches no branch.
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
    /// Creates the variant of an object that matches no branch; without it the object is rejected.
    const UNKNOWN: Fallback<Self> = None;
}

/// Decodes a value as its branch. A value that has the properties of a branch and does not match it is rejected.
///
/// # Errors
/// The [`Mismatch`] of the closest branch.
pub fn read_union<T: Union>(json: Json<'_>) -> Read<T> {
    if let Some((name, text)) =
        T::DISCRIMINATOR.and_then(|name| Some((name, json.string_member(name)?)))
    {
        return match T::BRANCHES
            .iter()
            .find(|branch| branch.tags.contains(&text))
        {
            Some(branch) => (branch.read)(json),
            None => unknown_tag(json, name, T::BRANCHES, T::UNKNOWN),
        };
    }
    let kind = kind(&json);
    let alike: Vec<_> = T::BRANCHES
        .iter()
        .filter(|branch| branch.kinds & kind != 0)
        .collect();
    if alike.is_empty() {
        return Err(Mismatch::expected(expected(T::BRANCHES), &json));
    }
    if let Some(branch) = alike.iter().find(|branch| branch.lists(&json)) {
        return (branch.read)(json);
    }
    let likely = alike.iter().filter(|branch| branch.has_constants_of(&json));
    let fitting: Vec<_> = likely
        .filter(|branch| branch.missing_in(&json) == 0)
        .collect();
    let objects_only = || T::BRANCHES.iter().all(|branch| branch.kinds == OBJECT);
    match (fitting.as_slice(), T::UNKNOWN) {
        ([], Some(keep)) if objects_only() => json.read().map(keep),
        ([], _) => {
            let far = |branch: &&&Branch<T>| {
                let constants = branch.has_constants_of(&json);
                (!constants, branch.missing_in(&json))
            };
            match alike.iter().min_by_key(far) {
                Some(branch) => (branch.read)(json),
                None => Err(Mismatch::new("matches no branch")),
            }
        }
        ([branch], _) => (branch.read)(json),
        (several, _) => closest(json, several.iter().map(|branch| branch.read), T::COMBINED),
    }
}

/// Adds the discriminator to the JSON of a branch whose type does not have it.
pub fn tagged<'a>(name: &'static str, tag: &'static str, json: Json<'a>) -> Json<'a> {
    match json {
        Json::Object(mut members) => {
            members.put_first(Cow::Borrowed(name), Json::String(Cow::Borrowed(tag)));
            Json::Object(members)
        }
        other => other,
    }
}

/// Decodes a value whose discriminator has an unknown value.
fn unknown_tag<T>(
    json: Json<'_>,
    name: &'static str,
    branches: &'static [Branch<T>],
    unknown: Fallback<T>,
) -> Read<T> {
    match unknown {
        Some(keep) => json.read().map(keep),
        None => {
            let tags = branches
                .iter()
                .flat_map(|branch| branch.tags.iter().copied());
            let text = json.string_member(name).unwrap_or_default();
            Err(Mismatch::not_in_enum(tags, text).within(name))
        }
    }
}

/// Decodes a value as each branch, and returns the one that ignores the fewest members; the first of equals.
fn closest<T: ToJson>(
    json: Json<'_>,
    readers: impl Iterator<Item = fn(Json<'_>) -> Read<T>>,
    several: Fallback<T>,
) -> Read<T> {
    let all = weight(&json);
    let trial = Trial::start(all);
    let mut read: Vec<(usize, T)> = Vec::new();
    let mut failure: Option<Mismatch> = None;
    for reader in readers {
        if !trial.may_read(all) {
            return Err(Mismatch::new("has too many possible branches"));
        }
        match reader(json.clone()) {
            Ok(value) => {
                let known = known(&json, &value.to_json());
                read.push((known, value));
                if known >= all {
                    break; // no member is ignored
                }
            }
            Err(mismatch) => failure = Some(further(failure, mismatch)),
        }
    }
    let most = read.iter().map(|(known, _)| *known).max();
    let best = read.iter().position(|(known, _)| Some(*known) == most);
    let (Some(best), Some(most)) = (best, most) else {
        return Err(failure.unwrap_or_else(|| Mismatch::new("matches no branch")));
    };
    if let Some(keep) = several.filter(|_| most < all) {
        let whole = read.get(best).map(|(_, value)| value.to_json());
        let adds = |other: &Json<'_>| whole.as_ref().is_some_and(|whole| has_more(other, whole));
        if read.iter().any(|(_, other)| adds(&other.to_json())) {
            return json.read().map(keep);
        }
    }
    Ok(read.swap_remove(best).1)
}

/// Returns the number of values that a decoding has. Of `oneOf: [integer, number]`, 1.0 is the number, and 1 the
/// integer, though both types read both.
fn known(json: &Json<'_>, decoded: &Json<'_>) -> usize {
    match (json, decoded) {
        (Json::Number(one), Json::Number(other)) if !one.is_alike(other) => 0,
        _ => weight(decoded),
    }
}

/// Whether one decoding of an object has a member that another does not have.
fn has_more(one: &Json<'_>, other: &Json<'_>) -> bool {
    match (one, other) {
        (Json::Object(one), Json::Object(other)) => one.iter().any(|(name, value)| {
            let other = other.iter().find(|(key, _)| *key == name);
            other.is_none_or(|(_, other)| has_more(value, other))
        }),
        (Json::Array(one), Json::Array(other)) => one
            .iter()
            .zip(other)
            .any(|(one, other)| has_more(one, other)),
        _ => false,
    }
}

/// Returns the deeper mismatch, whose branch is closer.
fn further(one: Option<Mismatch>, other: Mismatch) -> Mismatch {
    match one {
        Some(one) if one.depth() >= other.depth() => one,
        _ => other,
    }
}

thread_local! {
    /// The number of active comparisons, and of values that they may still decode.
    static UNDER_WAY: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
}

/// An active comparison of branches.
///
/// Each level of nested unions multiplies the attempts, so that a hostile response could take forever. The outermost
/// comparison limits them by the size of its value.
struct Trial;

impl Trial {
    /// The maximum number of attempts per value. Real ones need two or three.
    const FAIR: usize = 64;

    fn start(weight: usize) -> Self {
        UNDER_WAY.with(|state| {
            state.set(match state.get() {
                (0, _) => (1, weight.saturating_mul(Self::FAIR)),
                (depth, left) => (depth + 1, left),
            });
        });
        Trial
    }

    /// Whether another attempt with this number of values is allowed.
    fn may_read(&self, weight: usize) -> bool {
        UNDER_WAY.with(|state| {
            let (depth, left) = state.get();
            state.set((depth, left.saturating_sub(weight)));
            left > 0
        })
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        UNDER_WAY.with(|state| {
            let (depth, left) = state.get();
            state.set((depth.saturating_sub(1), left));
        });
    }
}

/// Returns the number of values in a value.
fn weight(json: &Json<'_>) -> usize {
    match json {
        Json::Array(items) => 1 + items.iter().map(weight).sum::<usize>(),
        Json::Object(members) => {
            1 + members
                .iter()
                .map(|(_, value)| weight(value))
                .sum::<usize>()
        }
        _ => 1,
    }
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
