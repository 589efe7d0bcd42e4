//! From the convenient forms in which arguments are given to the members that own them.

use std::collections::BTreeMap;

/// Owns the entries of a map: `[("name", "Widget"), ("price", "9.99")]` becomes a `BTreeMap<String, String>`.
///
/// Of two entries with the same name the later one stays.
pub(crate) fn map<T>(
    entries: impl IntoIterator<Item = (impl Into<String>, impl Into<T>)>,
) -> BTreeMap<String, T> {
    entries
        .into_iter()
        .map(|(name, value)| (name.into(), value.into()))
        .collect()
}

/// Owns the items of a list: `["a", "b"]` becomes a `Vec<String>`.
pub(crate) fn list<T>(items: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    items.into_iter().map(Into::into).collect()
}
