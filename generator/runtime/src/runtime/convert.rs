//! Conversions of arguments to owned members.

use std::collections::BTreeMap;

/// Collects the entries of a map: `[("name", "Widget"), ("price", "9.99")]` becomes a `BTreeMap<String, String>`.
///
/// A later entry replaces an earlier one with the same name.
pub fn map<T>(
    entries: impl IntoIterator<Item = (impl Into<String>, impl Into<T>)>,
) -> BTreeMap<String, T> {
    entries
        .into_iter()
        .map(|(name, value)| (name.into(), value.into()))
        .collect()
}

/// Collects the items of an array: `["a", "b"]` becomes a `Vec<String>`.
pub fn list<T>(items: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    items.into_iter().map(Into::into).collect()
}
