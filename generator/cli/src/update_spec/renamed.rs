//! Schemas that have another name in a newer document, and are the same otherwise.

use oasmith::load::{Node, Object};

/// A schema with another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Renamed {
    pub(super) old: String,
    pub(super) new: String,
    /// What the two have in common: `the same schema`, `the same members`.
    pub(super) common: &'static str,
}

/// Finds renamed schemas among the components. Of several that could be meant none is.
pub(super) fn schemas(old: &Node, new: &Node) -> Vec<Renamed> {
    let (Some(old), Some(new)) = (components(old), components(new)) else {
        return Vec::new();
    };
    let added: Vec<(&str, &Node)> = new
        .iter()
        .filter(|(name, _)| !old.contains_key(*name))
        .map(|(name, node)| (&**name, node))
        .collect();
    let gone = old.iter().filter(|(name, _)| !new.contains_key(*name));
    gone.filter_map(|(name, node)| {
        let same = added.iter().filter(|(_, other)| *other == node);
        let alike = added
            .iter()
            .filter(|(_, other)| has_same_members(node, other));
        let (new, common) = match (only(same), only(alike)) {
            (Some(new), _) => (new, "the same schema"),
            (None, Some(new)) => (new, "the same members"),
            (None, None) => return None,
        };
        Some(Renamed {
            old: name.to_string(),
            new: new.to_owned(),
            common,
        })
    })
    .collect()
}

fn components(document: &Node) -> Option<&Object> {
    document.get("components")?.get("schemas")?.as_object()
}

fn only<'s>(mut found: impl Iterator<Item = &'s (&'s str, &'s Node)>) -> Option<&'s str> {
    let first = found.next()?;
    found.next().is_none().then_some(first.0)
}

/// Whether two schemas have properties of the same names, at least two.
fn has_same_members(one: &Node, other: &Node) -> bool {
    let names = |node: &Node| -> Option<Vec<String>> {
        let properties = node.get("properties")?.as_object()?;
        let mut names: Vec<String> = properties.keys().map(ToString::to_string).collect();
        names.sort_unstable();
        Some(names).filter(|names| names.len() > 1)
    };
    names(one).is_some_and(|names_of_one| Some(names_of_one) == names(other))
}
