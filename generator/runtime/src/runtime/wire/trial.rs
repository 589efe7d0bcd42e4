//! Decoding of a value as several branches of a union, of which the one that ignores the fewest members is used.
//!
//! A branch can be a union itself, or have one as a member, which preserves what none of its own branches reads. What is
//! preserved counts as ignored, so that a cat is no `Unknown` of the dogs where another branch reads cats.

use std::cell::Cell;
use std::cmp::Reverse;

use super::union::{Fallback, Union};
use super::{Json, Mismatch, Read, ToJson};

/// Decodes a value as each branch, and returns the one that ignores the fewest members with its index; the first of
/// equals.
pub(super) fn closest<T: Union>(
    json: Json<'_>,
    readers: impl Iterator<Item = (usize, fn(Json<'_>) -> Read<T>)>,
    several: Fallback<T>,
) -> Read<(Option<usize>, T)> {
    let all = weight(&json);
    let trial = Trial::start(all);
    let mut read: Vec<Decoding<T>> = Vec::new();
    let mut failure: Option<Mismatch> = None;
    for (index, reader) in readers {
        if !trial.may_read(all) {
            return Err(Mismatch::new("has too many possible branches"));
        }
        match preserving(|| reader(json.clone())) {
            (Ok(value), preserved) => {
                let known = known_in(&value, &json).saturating_sub(preserved.values);
                read.push(Decoding {
                    known,
                    preserved,
                    index,
                    value,
                });
                if known >= all && preserved.times == 0 {
                    break; // no member is ignored
                }
            }
            (Err(mismatch), _) => failure = Some(further(failure, mismatch)),
        }
    }
    let most = read.iter().map(Decoding::rank).max();
    let best = read.iter().position(|one| Some(one.rank()) == most);
    let Some(best) = best.map(|best| read.swap_remove(best)) else {
        return Err(failure.unwrap_or_else(|| Mismatch::new("matches no branch")));
    };
    if let Some(keep) = several.filter(|_| best.known < all) {
        let whole = as_read(&best.value);
        // one that knows a single value knows no member
        let mut others = read.iter().filter(|other| other.known > 1);
        if others.any(|other| has_more(&as_read(&other.value), &whole)) {
            add(Preserved {
                values: all - best.known,
                times: 1,
            });
            return json.read().map(|value| (None, keep(value)));
        }
    }
    add(best.preserved);
    Ok((Some(best.index), best.value))
}

/// A value decoded as a branch.
struct Decoding<T> {
    /// How many values of the JSON it has, those that a fallback preserves left out.
    known: usize,
    preserved: Preserved,
    index: usize,
    value: T,
}

impl<T> Decoding<T> {
    /// The best branch has the highest rank.
    fn rank(&self) -> (usize, Reverse<usize>) {
        (self.known, Reverse(self.preserved.times))
    }
}

/// Counts a value that fits none of the branches of a union, so that it is preserved.
pub(super) fn count_unknown(json: &Json<'_>) {
    if UNDER_WAY.with(|state| state.get().0 > 0) {
        add(Preserved {
            values: weight(json).saturating_sub(1), // what kind of JSON it is is known
            times: 1,
        });
    }
}

/// Counts a value that an enum does not list: of branches that have the same members, one that lists it is closer.
///
/// `{"kind": "fern"}` fits `kind: { enum: [oak, elm] }` and `kind: { enum: [fern, moss] }`, since both enums are open.
pub(crate) fn count_unlisted() {
    if UNDER_WAY.with(|state| state.get().0 > 0) {
        add(Preserved {
            values: 0, // it is read
            times: 1,
        });
    }
}

/// What the fallbacks of unions and enums preserve instead of reading it.
#[derive(Clone, Copy, Default)]
pub(super) struct Preserved {
    /// The number of JSON values.
    values: usize,
    /// The number of fallbacks.
    times: usize,
}

/// Decodes, and returns what fallbacks preserve of it, which does not count until it is added.
pub(super) fn preserving<T>(read: impl FnOnce() -> T) -> (T, Preserved) {
    let before = PRESERVED.replace(Preserved::default());
    let value = read();
    (value, PRESERVED.replace(before))
}

/// Counts what fallbacks preserve of a value that is used.
pub(super) fn add(more: Preserved) {
    let before = PRESERVED.get();
    PRESERVED.set(Preserved {
        values: before.values.saturating_add(more.values),
        times: before.times.saturating_add(more.times),
    });
}

/// Returns how many values of a JSON value a decoding of it has. A tag that only the union writes is none of them. Of
/// `oneOf: [integer, number]`, 1.0 is the number, and 1 the integer, though both types read both.
pub(super) fn known_in<T: Union>(value: &T, json: &Json<'_>) -> usize {
    let own = as_read(value);
    if let (Json::Number(one), Json::Number(other)) = (json, &own)
        && !one.is_alike(other)
    {
        return 0;
    }
    let is_added = T::DISCRIMINATOR.is_some_and(|name| own.has(name) && !json.has(name));
    weight(&own) - usize::from(is_added)
}

/// Encodes a decoded value to compare it with the JSON that it came from: a missing tag stays missing, since finding out
/// whether it is needed would decode the value again.
fn as_read<T: ToJson>(value: &T) -> Json<'_> {
    COMPARING.with(|state| {
        let before = state.replace(true);
        let json = value.to_json();
        state.set(before);
        json
    })
}

/// Whether a value is encoded only for comparison.
pub(super) fn is_comparing() -> bool {
    COMPARING.with(Cell::get)
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
    /// Whether a value is encoded only for comparison.
    static COMPARING: Cell<bool> = const { Cell::new(false) };
    /// The number of active comparisons, and of values that they may still decode.
    static UNDER_WAY: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
    /// What the fallbacks of the value that is being decoded preserve.
    static PRESERVED: Cell<Preserved> = const { Cell::new(Preserved { values: 0, times: 0 }) };
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
pub(super) fn weight(json: &Json<'_>) -> usize {
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
