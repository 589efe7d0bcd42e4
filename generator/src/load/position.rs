//! Where things stand in a file, in bytes: a second pass over a text, made only when a diagnostic needs it.
//!
//! YAML positions are those of the parser's events. JSON has a scanner of its own: serde_json does not tell positions, and the YAML
//! parser refuses some JSON (escaped surrogate pairs). Since serde_json has judged the text before, the scanner need not.

mod outline;

use std::collections::HashMap;
use std::ops::Range;

pub(crate) use outline::Visit;

use super::text::Text;

/// Where the member or element at a pointer stands; offsets are in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// The member's name, with its quotes.
    pub(crate) key: Option<Range<usize>>,
    /// The value; of an object or list from its first to behind its last character.
    pub(crate) value: Option<Range<usize>>,
    /// Whether the value is an object or list, and so better shown by its key.
    pub(crate) is_collection: bool,
}

/// Finds many pointers in one pass.
///
/// The answer has an entry for each path (such as `/paths/~1users`) that is written in the file. One that is not (a member that
/// came through a YAML alias or merge key, or one that is missing) has none; [`nearest`] then gives what is around it.
pub(crate) fn find<'p>(
    text: &Text<'_>,
    paths: impl IntoIterator<Item = &'p str>,
) -> HashMap<String, Found> {
    let mut found = HashMap::new();
    for path in paths {
        for ancestor in ancestors(path) {
            if found.contains_key(ancestor) {
                break; // and so are its own ancestors
            }
            found.insert(ancestor.to_owned(), Found::default());
        }
    }
    outline::walk(text, &mut |visit| match visit {
        Visit::Key { path, range, .. } => {
            if let Some(entry) = found.get_mut(path) {
                entry.key.get_or_insert(range);
            }
        }
        Visit::Leaf { path, range } => {
            if let Some(entry) = found.get_mut(path) {
                entry.value.get_or_insert(range);
            }
        }
        Visit::Open { path, at } => {
            if let Some(entry) = found.get_mut(path)
                && entry.value.is_none()
            {
                entry.value = Some(at..at);
                entry.is_collection = true;
            }
        }
        Visit::Close { path, at } => {
            let value = found.get_mut(path).and_then(|entry| entry.value.as_mut());
            if let Some(value) = value.filter(|value| value.end == value.start) {
                value.end = at.max(value.start);
            }
        }
    });
    found.retain(|_, entry| entry.value.is_some());
    found
}

/// The entry of a path, else of the closest value around it; the flag tells whether it is the path's own.
pub(crate) fn nearest<'f>(
    found: &'f HashMap<String, Found>,
    path: &str,
) -> Option<(&'f Found, bool)> {
    ancestors(path).find_map(|one| Some((found.get(one)?, one.len() == path.len())))
}

/// A path and those around it, up to the whole file: `/a/b`, `/a`, ``.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| {
        path.rsplit_once('/').map(|(parent, _)| parent)
    })
}

/// A key that an object has already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Duplicate {
    /// The key's text.
    pub(crate) name: String,
    /// Where it stands first.
    pub(crate) first: Range<usize>,
    /// Where it stands again.
    pub(crate) again: Range<usize>,
}

/// All duplicate keys of a text, at most `limit` of them.
pub(crate) fn duplicates(text: &Text<'_>, limit: usize) -> Vec<Duplicate> {
    let mut open: Vec<HashMap<String, Range<usize>>> = Vec::new();
    let mut list = Vec::new();
    outline::walk(text, &mut |visit| match visit {
        Visit::Open { .. } => open.push(HashMap::new()),
        Visit::Close { .. } => {
            open.pop();
        }
        Visit::Key { name, range, .. } => {
            let Some(seen) = open.last_mut() else { return };
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
    });
    list
}
