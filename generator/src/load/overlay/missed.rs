//! What is near a target that matches nothing: the longest part that matches something, and what was probably meant.

use std::collections::BTreeSet;

use crate::diagnostic::suggest;
use crate::load::jsonpath::{
    self, Comparable, Comparison, JsonPath, Literal, Logical, Search, Segment, Selector,
};
use crate::load::node::Node;

/// The values that are looked at for names that may have been meant.
const MAX_PARENTS: usize = 1_000;

/// The part of an expression that still matches.
pub(super) struct Missed {
    /// Its text: `$.components.schemas`.
    pub(super) part: String,
    /// The path to the first value that it matches.
    pub(super) path: Vec<usize>,
    /// What was probably meant: a longer part, or the string that a filter looks for.
    pub(super) meant: Option<String>,
}

/// Looks for the longest part of an expression that matches; `None` if that takes too long.
pub(super) fn missed(path: &JsonPath, root: &Node, search: &mut Search) -> Option<Missed> {
    let segments = path.segments();
    for count in (0..segments.len()).rev() {
        let part = path.first(count);
        let found = part.places(root, search).ok()?;
        let Some(first) = found.first() else { continue };
        let parents: Vec<&Node> = found.iter().map(|one| one.node).take(MAX_PARENTS).collect();
        return Some(Missed {
            part: part.as_str().to_owned(),
            path: first.path.clone(),
            meant: segments
                .get(count)
                .and_then(|segment| meant(part.as_str(), segment, &parents)),
        });
    }
    None
}

/// Returns the part with another name, or the string in a filter, that was probably meant.
fn meant(part: &str, segment: &Segment, parents: &[&Node]) -> Option<String> {
    let [selector] = segment.selectors.as_slice() else {
        return None;
    };
    match selector {
        Selector::Name(name) => {
            let members = parents.iter().filter_map(|parent| parent.as_object());
            let names: BTreeSet<&str> = members
                .flat_map(|members| members.keys().map(|name| &**name))
                .collect();
            suggest::closest(name, names).map(|name| format!("{part}{}", jsonpath::member(name)))
        }
        Selector::Filter(condition) => {
            let mut wanted = Vec::new();
            strings(condition, &mut wanted);
            let children: Vec<&Node> = parents.iter().flat_map(|parent| children(parent)).collect();
            wanted.into_iter().find_map(|(names, text)| {
                let values = children.iter().filter_map(|child| {
                    names
                        .iter()
                        .try_fold(*child, |node, name| node.get(name))?
                        .as_str()
                });
                let values: BTreeSet<&str> = values.collect();
                let is_there = values.contains(text);
                suggest::closest(text, values)
                    .filter(|_| !is_there)
                    .map(str::to_owned)
            })
        }
        Selector::Wildcard | Selector::Index(_) | Selector::Slice { .. } => None,
    }
}

/// Adds the strings that a condition compares with members: `@.name == 'limit'` gives `name` and `limit`.
fn strings<'c>(condition: &'c Logical, wanted: &mut Vec<(Vec<&'c str>, &'c str)>) {
    match condition {
        Logical::And(all) | Logical::Or(all) => all.iter().for_each(|one| strings(one, wanted)),
        Logical::Compare(left, Comparison::Equal, right) => {
            for (query, literal) in [(left, right), (right, left)] {
                if let (Comparable::Query(query), Comparable::Literal(Literal::String(text))) =
                    (&**query, &**literal)
                {
                    let names =
                        query
                            .segments
                            .iter()
                            .map(|segment| match segment.selectors.as_slice() {
                                [Selector::Name(name)] => Some(name.as_str()),
                                _ => None,
                            });
                    wanted.extend(
                        names
                            .collect::<Option<Vec<_>>>()
                            .map(|names| (names, text.as_str())),
                    );
                }
            }
        }
        Logical::Compare(..) | Logical::Not(_) | Logical::Exists(_) | Logical::Call(_) => {}
    }
}

fn children(node: &Node) -> Vec<&Node> {
    match node {
        Node::Scalar(_) => Vec::new(),
        Node::Array(elements) => elements.iter().collect(),
        Node::Object(members) => members.values().collect(),
    }
}
