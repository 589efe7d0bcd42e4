//! Removes values from the objects and arrays around them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::edit::{Site, site};
use super::origins::{Applied, Key, Origin, Origins, Trace};
use crate::load::node::Node;

/// Removes the values at some paths, none of them the root, and returns the actions whose values went with them.
pub(super) fn remove(
    root: &mut Node,
    origins: &mut Origins,
    paths: &BTreeSet<Vec<usize>>,
) -> Vec<Arc<Applied>> {
    let mut lost = Vec::new();
    let mut parents: BTreeMap<&[usize], BTreeSet<usize>> = BTreeMap::new();
    for path in paths {
        if let Some((index, parent)) = path.split_last() {
            parents.entry(parent).or_default().insert(*index);
        }
    }
    // Later ones first, and inner ones before outer ones, so that the paths of the others stay right.
    for (parent, removed) in parents.iter().rev() {
        if let Some(site) = site(root, origins, parent) {
            remove_children(site, removed, &mut lost);
        }
    }
    lost
}

fn remove_children(site: Site<'_>, removed: &BTreeSet<usize>, lost: &mut Vec<Arc<Applied>>) {
    let Site {
        node,
        trace,
        origin,
    } = site;
    let mut index = 0;
    let mut is_kept = || {
        index += 1;
        !removed.contains(&(index - 1))
    };
    match node {
        Node::Scalar(_) => {}
        Node::Object(members) => Arc::make_mut(members).retain(|name, _| {
            let is_kept = is_kept();
            if !is_kept {
                forget(trace, &origin, &Key::Name(name.clone()), lost);
            }
            is_kept
        }),
        Node::Array(elements) => {
            let count = elements.len();
            elements.retain(|_| is_kept());
            for index in removed {
                forget(trace, &origin, &Key::Index(*index), lost);
            }
            // elements behind a removed one have another index now
            let kept = (0..count).filter(|index| !removed.contains(index));
            let moved = kept.enumerate().filter_map(|(new, old)| {
                let known = trace.children.contains_key(&Key::Index(old));
                let is_told = new != old || known;
                is_told.then(|| {
                    (
                        Key::Index(new),
                        trace.child_alone(&origin, &Key::Index(old)),
                    )
                })
            });
            trace.children = moved.collect();
        }
    }
}

/// Removes the trace of a value, and adds the actions that wrote it or a part of it.
fn forget(trace: &mut Trace, origin: &Origin, key: &Key, lost: &mut Vec<Arc<Applied>>) {
    lost.extend(trace.child_origin(origin, key).applied);
    if let Some(child) = trace.children.remove(key) {
        child.add_writers(lost);
    }
}
