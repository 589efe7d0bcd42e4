//! Finds the values that an expression selects, depth first, and counts the values that it looks at.

use std::collections::{HashMap, HashSet};

use regex::Regex;

use super::syntax::{Extent, From, Logical, Query, Scope, Segment, Selector};
use crate::load::node::Node;

/// A selected value, and the way to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Location<'n> {
    /// The value.
    pub node: &'n Node,
    /// The index of the member or element at each level, from the root. Sorted by it, values are in the order of the
    /// document.
    pub path: Vec<usize>,
}

/// A search looked at as many values as it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverBudget;

/// Counts what searches cost, and remembers compiled patterns.
#[derive(Debug)]
pub struct Search {
    /// The values that may still be looked at.
    visits: usize,
    pub(super) patterns: HashMap<(String, Extent), Option<Regex>>,
}

/// What a search does with a value that it found: [`Found::Stop`] when no other one is needed.
pub(super) enum Found {
    Continue,
    Stop,
}

/// The values that a search is about.
#[derive(Clone, Copy)]
pub(super) struct Context<'n> {
    pub(super) root: &'n Node,
    /// `@` of a filter.
    pub(super) current: &'n Node,
}

/// What is done with each value that a search finds, and with the path to it from where the search started.
type Sink<'s, 'n> = &'s mut dyn FnMut(&'n Node, &[usize]) -> Found;

impl Search {
    /// Creates the counter for searches that may look at `visits` values in all.
    pub fn new(visits: usize) -> Self {
        Search {
            visits,
            patterns: HashMap::new(),
        }
    }

    pub(super) fn nodes<'n>(
        &mut self,
        root: &'n Node,
        segments: &[Segment],
    ) -> Result<Vec<&'n Node>, OverBudget> {
        let mut found = Vec::new();
        Walk::new(self, root).value(root, segments, &mut |node, _| {
            found.push(node);
            Found::Continue
        })?;
        Ok(found)
    }

    pub(super) fn places<'n>(
        &mut self,
        root: &'n Node,
        segments: &[Segment],
    ) -> Result<Vec<Location<'n>>, OverBudget> {
        // in a tree, the address of a value says where it is
        let mut seen: HashSet<*const Node> = HashSet::new();
        let mut found = Vec::new();
        let mut steps = 0_usize;
        let limit = self.visits;
        let mut walk = Walk::new(self, root);
        walk.value(root, segments, &mut |node, path| {
            if seen.insert(node) {
                // a path is stored, so its length counts
                steps += path.len();
                let path = path.to_vec();
                found.push(Location { node, path });
            }
            if steps > limit {
                Found::Stop
            } else {
                Found::Continue
            }
        })?;
        self.count(steps)?;
        Ok(found)
    }

    /// Counts `visits` values, or what takes as long.
    pub(super) fn count(&mut self, visits: usize) -> Result<(), OverBudget> {
        match self.visits.checked_sub(visits) {
            Some(left) => {
                self.visits = left;
                Ok(())
            }
            None => Err(OverBudget),
        }
    }

    /// Calls `each` for the values that a query in a filter selects.
    pub(super) fn query<'n>(
        &mut self,
        query: &Query,
        context: Context<'n>,
        each: &mut dyn FnMut(&'n Node) -> Found,
    ) -> Result<(), OverBudget> {
        let start = match query.from {
            From::Root => context.root,
            From::Current => context.current,
        };
        let mut walk = Walk::new(self, context.root);
        walk.value(start, &query.segments, &mut |node, _| each(node))?;
        Ok(())
    }

    /// Whether a condition holds.
    fn holds(&mut self, condition: &Logical, context: Context<'_>) -> Result<bool, OverBudget> {
        match condition {
            Logical::Or(any) => {
                for one in any {
                    if self.holds(one, context)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Logical::And(all) => {
                for one in all {
                    if !self.holds(one, context)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Logical::Not(inner) => Ok(!self.holds(inner, context)?),
            Logical::Exists(query) => {
                let mut exists = false;
                self.query(query, context, &mut |_| {
                    exists = true;
                    Found::Stop
                })?;
                Ok(exists)
            }
            Logical::Compare(left, comparison, right) => {
                let left = self.comparable(left, context)?;
                let right = self.comparable(right, context)?;
                self.compare(&left, *comparison, &right)
            }
            Logical::Call(call) => self.condition(call, context),
        }
    }
}

struct Walk<'s, 'n> {
    search: &'s mut Search,
    root: &'n Node,
    path: Vec<usize>,
}

impl<'s, 'n> Walk<'s, 'n> {
    fn new(search: &'s mut Search, root: &'n Node) -> Self {
        Walk {
            search,
            root,
            path: Vec::new(),
        }
    }

    /// Applies segments to a value, and gives what they select to `sink`.
    fn value(&mut self, node: &'n Node, segments: &[Segment], sink: Sink<'_, 'n>) -> Outcome {
        self.search.count(1)?;
        let Some((segment, rest)) = segments.split_first() else {
            return Ok(sink(node, &self.path));
        };
        match segment.scope {
            Scope::Child => self.selectors(node, segment, rest, sink),
            Scope::Descendant => self.descend(node, segment, rest, sink),
        }
    }

    /// Applies the selectors of a segment to a value and to everything below it.
    fn descend(
        &mut self,
        node: &'n Node,
        segment: &Segment,
        rest: &[Segment],
        sink: Sink<'_, 'n>,
    ) -> Outcome {
        self.search.count(1)?;
        if let Found::Stop = self.selectors(node, segment, rest, sink)? {
            return Ok(Found::Stop);
        }
        for index in 0..size(node) {
            let Some(child) = child(node, index) else {
                continue;
            };
            self.path.push(index);
            let found = self.descend(child, segment, rest, sink)?;
            self.path.pop();
            if let Found::Stop = found {
                return Ok(Found::Stop);
            }
        }
        Ok(Found::Continue)
    }

    fn selectors(
        &mut self,
        node: &'n Node,
        segment: &Segment,
        rest: &[Segment],
        sink: Sink<'_, 'n>,
    ) -> Outcome {
        for selector in &segment.selectors {
            if let Found::Stop = self.select(node, selector, rest, sink)? {
                return Ok(Found::Stop);
            }
        }
        Ok(Found::Continue)
    }

    /// Applies a selector to a value.
    fn select(
        &mut self,
        node: &'n Node,
        selector: &Selector,
        rest: &[Segment],
        sink: Sink<'_, 'n>,
    ) -> Outcome {
        match selector {
            Selector::Name(name) => {
                let index = node.as_object().and_then(|all| all.get_index_of(&**name));
                self.child(node, index, rest, sink)
            }
            Selector::Index(index) => {
                let length = node.as_array().map(<[Node]>::len);
                let index = length.and_then(|length| from_end(*index, length));
                self.child(node, index, rest, sink)
            }
            Selector::Wildcard => self.each(node, 0..size(node), rest, sink),
            Selector::Slice { start, end, step } => {
                let length = node.as_array().map_or(0, <[Node]>::len);
                let indices = slice(*start, *end, *step, length);
                self.each(node, indices, rest, sink)
            }
            Selector::Filter(condition) => {
                for index in 0..size(node) {
                    self.search.count(1)?;
                    let Some(current) = child(node, index) else {
                        continue;
                    };
                    let root = self.root;
                    if self.search.holds(condition, Context { root, current })?
                        && let Found::Stop = self.child(node, Some(index), rest, sink)?
                    {
                        return Ok(Found::Stop);
                    }
                }
                Ok(Found::Continue)
            }
        }
    }

    fn each(
        &mut self,
        node: &'n Node,
        indices: impl Iterator<Item = usize>,
        rest: &[Segment],
        sink: Sink<'_, 'n>,
    ) -> Outcome {
        for index in indices {
            if let Found::Stop = self.child(node, Some(index), rest, sink)? {
                return Ok(Found::Stop);
            }
        }
        Ok(Found::Continue)
    }

    /// Goes on with a member or element, if there is one.
    fn child(
        &mut self,
        node: &'n Node,
        index: Option<usize>,
        rest: &[Segment],
        sink: Sink<'_, 'n>,
    ) -> Outcome {
        let Some((index, child)) = index.and_then(|index| Some((index, child(node, index)?)))
        else {
            return Ok(Found::Continue);
        };
        self.path.push(index);
        let found = self.value(child, rest, sink);
        self.path.pop();
        found
    }
}

/// Whether the search goes on.
type Outcome = Result<Found, OverBudget>;

/// Returns the number of members or elements.
fn size(node: &Node) -> usize {
    match node {
        Node::Scalar(_) => 0,
        Node::Array(elements) => elements.len(),
        Node::Object(members) => members.len(),
    }
}

/// Returns a member or element by its index.
fn child(node: &Node, index: usize) -> Option<&Node> {
    match node {
        Node::Scalar(_) => None,
        Node::Array(elements) => elements.get(index),
        Node::Object(members) => members.get_index(index).map(|(_, value)| value),
    }
}

/// Resolves an index that counts from the end if it is negative.
fn from_end(index: i64, length: usize) -> Option<usize> {
    let index = if index < 0 {
        i64::try_from(length).ok()? + index
    } else {
        index
    };
    usize::try_from(index).ok().filter(|index| *index < length)
}

/// Returns the indices of a slice, as RFC 9535 (2.3.4.2.2) computes them.
fn slice(
    start: Option<i64>,
    end: Option<i64>,
    step: i64,
    length: usize,
) -> Box<dyn Iterator<Item = usize>> {
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let normal = |index: i64| if index < 0 { length + index } else { index };
    let (default_start, default_end) = if step >= 0 {
        (0, length)
    } else {
        (length - 1, -length - 1)
    };
    let (first, last) = (
        normal(start.unwrap_or(default_start)),
        normal(end.unwrap_or(default_end)),
    );
    let size = usize::try_from(step.unsigned_abs()).unwrap_or(usize::MAX);
    let index = |index: i64| usize::try_from(index).ok();
    match step {
        0 => Box::new(std::iter::empty()),
        1.. => {
            let (lower, upper) = (first.clamp(0, length), last.clamp(0, length));
            Box::new((lower..upper).step_by(size).filter_map(index))
        }
        _ => {
            let (upper, lower) = (first.clamp(-1, length - 1), last.clamp(-1, length - 1));
            Box::new((lower + 1..=upper).rev().step_by(size).filter_map(index))
        }
    }
}
