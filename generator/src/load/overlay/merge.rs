//! Merges a value into one of the document: objects member by member, arrays by appending, scalars by replacing.

use std::sync::Arc;

use super::edit::Site;
use super::origins::{Applied, Key, Origin, Trace};
use crate::load::budgets::{Exceeded, Meter};
use crate::load::node::Node;

/// The value that an action merges, with its origin.
#[derive(Clone, Copy)]
pub(super) struct Source<'v> {
    pub(super) node: &'v Node,
    pub(super) trace: &'v Trace,
    pub(super) origin: &'v Origin,
}

/// What a merge did.
#[derive(Default)]
pub(super) struct Merged {
    /// Whether a value is another one now.
    pub(super) is_changed: bool,
    /// Whether all that was appended to arrays was in them before.
    pub(super) has_repeated: bool,
    pub(super) has_appended_new: bool,
    /// The actions whose values are no longer there.
    pub(super) overwritten: Vec<Arc<Applied>>,
    pub(super) misfits: Vec<Misfit>,
    pub(super) has_misfit: bool,
}

/// Values that cannot be merged.
pub(super) struct Misfit {
    /// The value of the action.
    pub(super) value: Origin,
    /// The value of the document.
    pub(super) target: Origin,
    pub(super) message: String,
}

/// Whether an array takes a single value, too.
#[derive(Clone, Copy, PartialEq)]
enum Level {
    /// The target of the action.
    Target,
    /// A member of it.
    Inner,
}

/// Merges a value into the target of an action.
pub(super) fn merge(
    site: Site<'_>,
    source: Source<'_>,
    meter: &Meter<'_>,
) -> Result<Merged, Exceeded> {
    let mut merged = Merged::default();
    merged.at(site, source, Level::Target, meter)?;
    Ok(merged)
}

impl Merged {
    /// Adds what a merge with another target did.
    pub(super) fn add(&mut self, other: Merged) {
        self.is_changed |= other.is_changed;
        self.has_repeated |= other.has_repeated;
        self.has_appended_new |= other.has_appended_new;
        self.has_misfit |= other.has_misfit;
        self.overwritten.extend(other.overwritten);
        self.misfits.extend(other.misfits);
    }

    fn at(
        &mut self,
        site: Site<'_>,
        source: Source<'_>,
        level: Level,
        meter: &Meter<'_>,
    ) -> Result<(), Exceeded> {
        let Site {
            node,
            trace,
            origin,
        } = site;
        match (node, source.node) {
            (Node::Object(members), Node::Object(new)) => {
                let members = Arc::make_mut(members);
                for (name, value) in new.iter() {
                    let key = Key::Name(name.clone());
                    let Some(existing) = members.get_mut(name) else {
                        meter.width(members.len() + 1)?;
                        members.insert(name.clone(), value.clone());
                        let written = source.trace.child_alone(source.origin, &key);
                        trace.children.insert(key, written);
                        self.is_changed = true;
                        continue;
                    };
                    let origin = trace.child_origin(&origin, &key);
                    let empty = Trace::default();
                    let inner = Source {
                        node: value,
                        trace: source.trace.children.get(&key).unwrap_or(&empty),
                        origin: &source.trace.child_origin(source.origin, &key),
                    };
                    let site = Site {
                        node: existing,
                        trace: trace.children.entry(key).or_default(),
                        origin,
                    };
                    self.at(site, inner, Level::Inner, meter)?;
                }
            }
            (Node::Array(elements), Node::Array(new)) => {
                meter.width(elements.len() + new.len())?;
                for (index, value) in new.iter().enumerate() {
                    let written = source.trace.child_alone(source.origin, &Key::Index(index));
                    self.append(elements, trace, value, written);
                }
            }
            (Node::Array(elements), value) if level == Level::Target => {
                meter.width(elements.len() + 1)?;
                let written = Trace {
                    origin: Some(source.origin.clone()),
                    children: source.trace.children.clone(),
                };
                self.append(elements, trace, value, written);
            }
            (Node::Scalar(old), Node::Scalar(new)) => {
                if old != new {
                    self.overwritten.extend(origin.applied);
                    *old = new.clone();
                    *trace = Trace::of(source.origin.clone());
                    self.is_changed = true;
                }
            }
            (old, new) => {
                self.has_misfit = true;
                self.misfits.push(Misfit {
                    message: format!(
                        "{} cannot be merged with {}",
                        new.describe(),
                        old.describe()
                    ),
                    value: source.origin.clone(),
                    target: origin,
                });
            }
        }
        Ok(())
    }

    fn append(
        &mut self,
        elements: &mut Vec<Node>,
        trace: &mut Trace,
        value: &Node,
        written: Trace,
    ) {
        if elements.contains(value) {
            self.has_repeated = true;
        } else {
            self.has_appended_new = true;
        }
        trace.children.insert(Key::Index(elements.len()), written);
        elements.push(value.clone());
        self.is_changed = true;
    }
}
