//! Positions of keys and values in a file, in bytes, found by a second pass over its text.
//!
//! The pass is made only for a report, and for the places of duplicate keys. YAML positions are those of the parser's
//! events. JSON has its own scanner: serde_json does not give positions, and the YAML parser rejects some JSON (escaped
//! surrogate pairs). The scanner does not validate, since serde_json already has.

mod outline;

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;

pub(crate) use outline::Visit;

use super::text::Text;

/// The position of a member or element; offsets are in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Position {
    /// The member's key, with its quotes.
    pub(crate) key: Option<Range<usize>>,
    /// The value.
    pub(crate) value: Option<Range<usize>>,
    /// Whether the value is an object or array, and so better shown by its key.
    pub(crate) is_collection: bool,
}

/// Positions by path.
pub(crate) type Positions = HashMap<String, Position, RandomState>;

/// Finds the positions of several paths (such as `/paths/~1users`) in one pass.
///
/// A path that the file does not contain has no entry: a member that comes from a YAML alias or merge key, or that is
/// missing. [`nearest`] then gives the closest value around it.
pub(crate) fn find<'p>(text: &Text<'_>, paths: impl IntoIterator<Item = &'p str>) -> Positions {
    let mut positions = Positions::default();
    for path in paths {
        for ancestor in ancestors(path) {
            if positions.contains_key(ancestor) {
                break; // its own ancestors were entered with it
            }
            positions.insert(ancestor.to_owned(), Position::default());
        }
    }
    outline::walk(text, &mut |visit| {
        let (Visit::Key { path, .. }
        | Visit::Leaf { path, .. }
        | Visit::Open { path, .. }
        | Visit::Close { path, .. }) = visit;
        // what is in an object or array that no path leads to is passed over
        let Some(entry) = positions.get_mut(path) else {
            return false;
        };
        match visit {
            Visit::Key { range, .. } => {
                entry.key.get_or_insert(range);
            }
            Visit::Leaf { range, .. } => {
                entry.value.get_or_insert(range);
            }
            Visit::Open { at, .. } if entry.value.is_none() => {
                entry.value = Some(at..at);
                entry.is_collection = true;
            }
            Visit::Open { .. } => {}
            Visit::Close { at, .. } => {
                let value = entry.value.as_mut();
                if let Some(value) = value.filter(|value| value.end == value.start) {
                    value.end = at.max(value.start);
                }
            }
        }
        true
    });
    positions.retain(|_, entry| entry.value.is_some());
    positions
}

/// Returns the position of a path, or of the closest value around it; the flag is whether it is that of the path.
pub(crate) fn nearest<'p>(positions: &'p Positions, path: &str) -> Option<(&'p Position, bool)> {
    ancestors(path).find_map(|one| Some((positions.get(one)?, one.len() == path.len())))
}

/// Iterates over a path and its ancestors: `/a/b`, `/a`, ``.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| {
        path.rsplit_once('/').map(|(parent, _)| parent)
    })
}

/// A key that occurs a second time in its object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Duplicate {
    /// The key.
    pub(crate) name: String,
    /// Its first occurrence.
    pub(crate) first: Range<usize>,
    /// The later occurrence.
    pub(crate) again: Range<usize>,
}

/// Returns the duplicate keys of a document, at most `limit`.
pub(crate) fn duplicates(text: &Text<'_>, limit: usize) -> Vec<Duplicate> {
    let mut open: Vec<HashMap<String, Range<usize>>> = Vec::new();
    let mut list = Vec::new();
    outline::walk(text, &mut |visit| {
        match visit {
            Visit::Open { .. } => open.push(HashMap::new()),
            Visit::Close { .. } => {
                open.pop();
            }
            Visit::Key { name, range, .. } => {
                let Some(seen) = open.last_mut() else {
                    return true;
                };
                match seen.get(name) {
                    Some(first) if list.len() < limit => list.push(Duplicate {
                        name: name.to_owned(),
                        first: first.clone(),
                        again: range,
                    }),
                    Some(_) => {}
                    None => {
                        seen.insert(name.to_owned(), range);
                    }
                }
            }
            Visit::Leaf { .. } => {}
        }
        true
    });
    list
}
