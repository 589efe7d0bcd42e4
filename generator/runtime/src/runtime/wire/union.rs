//! Values that are one of several types, and how the type is told.
//!
//! In this order: by the discriminator, by members that have one value in each branch, by the kind of JSON, by the
//! members that have to be there. What is left is read as each branch in turn, and the one that leaves the fewest
//! members unread is it.

use std::borrow::Cow;
use std::cell::Cell;

use super::{Json, Mismatch, Read, ToJson};

/// A branch of a union: what a value must look like to be of it, and how it is read.
#[derive(Debug)]
pub struct Branch<T> {
    tags: &'static [&'static str],
    kinds: u8,
    required: &'static [&'static str],
    constants: &'static [(&'static str, &'static [&'static str])],
    texts: &'static [&'static str],
    read: fn(Json<'_>) -> Read<T>,
}

const OBJECT: u8 = 1;
const ARRAY: u8 = 2;
const TEXT: u8 = 4;
const NUMBER: u8 = 8;
const BOOLEAN: u8 = 16;
const NULL: u8 = 32;
const ANY: u8 = 63;

impl<T> Branch<T> {
    /// A branch that is read like this, and has no kind of JSON yet.
    pub(crate) const fn new(read: fn(Json<'_>) -> Read<T>) -> Self {
        Branch {
            tags: &[],
            kinds: 0,
            required: &[],
            constants: &[],
            texts: &[],
            read,
        }
    }

    /// Values of the discriminator that mean this branch.
    pub(crate) const fn tagged(mut self, tags: &'static [&'static str]) -> Self {
        self.tags = tags;
        self
    }

    /// It can be an object, with these members.
    pub(crate) const fn object(mut self, required: &'static [&'static str]) -> Self {
        self.kinds |= OBJECT;
        self.required = required;
        self
    }

    /// Members of which only these texts mean this branch.
    pub(crate) const fn constants(
        mut self,
        constants: &'static [(&'static str, &'static [&'static str])],
    ) -> Self {
        self.constants = constants;
        self
    }

    /// It can be an array.
    pub(crate) const fn array(mut self) -> Self {
        self.kinds |= ARRAY;
        self
    }

    /// It can be a string.
    pub(crate) const fn text(mut self) -> Self {
        self.kinds |= TEXT;
        self
    }

    /// Of several branches that can be strings: the strings that this one lists.
    pub(crate) const fn texts(mut self, texts: &'static [&'static str]) -> Self {
        self.texts = texts;
        self
    }

    /// It can be a number.
    pub(crate) const fn number(mut self) -> Self {
        self.kinds |= NUMBER;
        self
    }

    /// It can be `true` or `false`.
    pub(crate) const fn boolean(mut self) -> Self {
        self.kinds |= BOOLEAN;
        self
    }

    /// It can be `null`.
    pub(crate) const fn null(mut self) -> Self {
        self.kinds |= NULL;
        self
    }

    /// It can be anything.
    pub(crate) const fn any(mut self) -> Self {
        self.kinds = ANY;
        self
    }

    fn has_constants_of(&self, json: &Json<'_>) -> bool {
        let wrong = |(name, values): &(&str, &[&str])| {
            json.text_of(name)
                .is_some_and(|text| !values.contains(&text))
        };
        !self.constants.iter().any(wrong)
    }

    /// Whether it lists the string that the value is.
    fn lists(&self, json: &Json<'_>) -> bool {
        matches!(json, Json::Text(text) if self.texts.contains(&text.as_ref()))
    }

    fn missing_in(&self, json: &Json<'_>) -> usize {
        match json {
            Json::Object(_) => self.required.iter().filter(|name| !json.has(name)).count(),
            _ => 0,
        }
    }
}

/// The member that tells the branches apart, when the description names one.
pub type Discriminator = Option<&'static str>;

/// How an object is kept that no branch describes.
pub type Keep<T> = Option<fn(serde_json::Value) -> T>;

/// A value that is one of several types.
///
/// `wire::union!(Name);` makes an implementor an ordinary serde type.
pub trait Union: ToJson + Sized + 'static {
    /// The member that tells the branches apart.
    const DISCRIMINATOR: Discriminator = None;
    /// The branches, in the description's order.
    const BRANCHES: &'static [Branch<Self>];
    /// Keeps an object that has members of several branches at once; without it such an object is the branch that leaves the fewest
    /// members unread.
    const COMBINED: Keep<Self> = None;
    /// Keeps an object that none of the branches describes; without it such an object is refused.
    const UNKNOWN: Keep<Self> = None;
}

/// Reads a value as the branch that it is. A value that looks like a branch and does not fit it is always refused,
/// with the place.
///
/// # Errors
/// A [`Mismatch`] of the branch that came closest.
pub fn read_union<T: Union>(json: Json<'_>) -> Read<T> {
    if let Some((name, text)) = T::DISCRIMINATOR.and_then(|name| Some((name, json.text_of(name)?)))
    {
        return match T::BRANCHES
            .iter()
            .find(|branch| branch.tags.contains(&text))
        {
            Some(branch) => (branch.read)(json),
            None => nobody(json, name, T::BRANCHES, T::UNKNOWN),
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
                None => Err(Mismatch::new("fits no branch")),
            }
        }
        ([branch], _) => (branch.read)(json),
        (several, _) => closest(json, several.iter().map(|branch| branch.read), T::COMBINED),
    }
}

/// The JSON of a branch whose type does not have the member that tells it: that member stands before the others.
pub fn tagged<'a>(name: &'static str, tag: &'static str, json: Json<'a>) -> Json<'a> {
    match json {
        Json::Object(mut members) => {
            members.put_first(Cow::Borrowed(name), Json::Text(Cow::Borrowed(tag)));
            Json::Object(members)
        }
        other => other,
    }
}

/// A discriminator with a value that stands for no branch.
fn nobody<T>(
    json: Json<'_>,
    name: &'static str,
    branches: &'static [Branch<T>],
    unknown: Keep<T>,
) -> Read<T> {
    match unknown {
        Some(keep) => json.read().map(keep),
        None => {
            let tags = branches
                .iter()
                .flat_map(|branch| branch.tags.iter().copied());
            let text = json.text_of(name).unwrap_or_default();
            Err(Mismatch::unlisted(tags, text).within(name))
        }
    }
}

/// Reads a value in each way, and takes what leaves the fewest members unread; the first of equals.
fn closest<T: ToJson>(
    json: Json<'_>,
    readers: impl Iterator<Item = fn(Json<'_>) -> Read<T>>,
    several: Keep<T>,
) -> Read<T> {
    let all = weight(&json);
    let trial = Trial::start(all);
    let mut read: Vec<(usize, T)> = Vec::new();
    let mut failure: Option<Mismatch> = None;
    for reader in readers {
        if !trial.may_read(all) {
            return Err(Mismatch::new("there are too many ways to read it"));
        }
        match reader(json.clone()) {
            Ok(value) => {
                let kept = weight(&value.to_json());
                read.push((kept, value));
                if kept >= all {
                    break; // nothing is left unread
                }
            }
            Err(mismatch) => failure = Some(further(failure, mismatch)),
        }
    }
    let most = read.iter().map(|(kept, _)| *kept).max();
    let best = read.iter().position(|(kept, _)| Some(*kept) == most);
    let (Some(best), Some(most)) = (best, most) else {
        return Err(failure.unwrap_or_else(|| Mismatch::new("fits no branch")));
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

/// Whether an object has a member that another reading of it does not have.
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

/// The mismatch that was found deeper: its branch came closest.
fn further(one: Option<Mismatch>, other: Mismatch) -> Mismatch {
    match one {
        Some(one) if one.depth() >= other.depth() => one,
        _ => other,
    }
}

thread_local! {
    /// Comparisons under way, and how many values they may still read together.
    static UNDER_WAY: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
}

/// A comparison of branches that is under way.
///
/// Each level of unions in unions multiplies the readings, so that a hostile reply of a hundred levels would never be
/// read. The outermost comparison grants as many as are fair for the size of its value.
struct Trial;

impl Trial {
    /// How often a value may be read in all. Real ones need two or three readings.
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

    /// Whether one more reading of so many values is fair.
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

/// How many values there are in a value.
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
        Json::Text(_) => TEXT,
        Json::Number(_) => NUMBER,
        Json::Bool(_) => BOOLEAN,
        Json::Null | Json::Unwritable(_) => NULL,
    }
}

/// `an object or a text`
fn expected<T>(branches: &[Branch<T>]) -> String {
    const WORDS: [(u8, &str); 6] = [
        (OBJECT, "an object"),
        (ARRAY, "an array"),
        (TEXT, "a text"),
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
