//! Parses YAML with the events of granit-parser, on a stack of open collections. The kind of a scalar is decided in
//! `scalar`.

mod merge;
mod tag;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, Span};

use super::MAX_FINDINGS;
use super::budgets::{Exceeded, Meter};
use super::node::{Node, Object};
use crate::diagnostic::{Code, code};

/// The result of parsing a document: a tree if there is one, and the problems found.
#[derive(Default)]
pub(super) struct Read {
    pub(super) node: Option<Node>,
    pub(super) findings: Vec<Finding>,
    /// Whether a mapping has a key twice; the tree then has the first value.
    pub(super) has_duplicates: bool,
}

/// A problem, and its bytes in the text.
pub(super) struct Finding {
    pub(super) at: Range<usize>,
    pub(super) problem: Problem,
}

/// The problem of a [`Finding`].
pub(super) enum Problem {
    Coded {
        code: &'static Code,
        message: String,
        help: Option<&'static str>,
    },
    Exceeded(Exceeded),
}

/// Parsing cannot continue; the reason is among the findings.
struct Stop;

/// Parses a document.
pub(super) fn read(text: &str, meter: &mut Meter<'_>) -> Read {
    let options = granit_parser::options! {
        emit_comments: false,
        flow_nesting_limit: meter.depth(),
        block_nesting_limit: meter.depth(),
    };
    let mut builder = Builder {
        meter,
        open: Vec::new(),
        anchors: HashMap::new(),
        read: Read::default(),
    };
    for event in Parser::new_from_str_with_options(text, options) {
        let outcome = match event {
            Ok((event, span)) => builder.event(event, span),
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(text.len());
                builder.scan_error(error.kind(), at)
            }
        };
        if outcome.is_err() {
            builder.read.node = None;
            break;
        }
    }
    builder.read
}

/// A sequence or mapping that is not closed yet.
struct Frame {
    content: Content,
    anchor: usize,
    /// The values and bytes of text so far, which is what a copy costs.
    cost: Cost,
}

enum Content {
    Sequence(Vec<Node>),
    Mapping {
        members: Object,
        /// The mappings of merge keys `<<`; earlier ones take precedence.
        merged: Vec<Object>,
        next: Next,
    },
}

/// What a mapping expects next.
enum Next {
    Key,
    Value(Box<str>),
    /// The value of a merge key, `<<`.
    Merge,
    /// The value of a rejected key.
    Dropped,
}

#[derive(Clone, Copy, Default)]
struct Cost {
    nodes: usize,
    bytes: usize,
}

struct Builder<'m, 'b> {
    meter: &'m mut Meter<'b>,
    open: Vec<Frame>,
    anchors: HashMap<usize, (Node, Cost)>,
    read: Read,
}

impl Builder<'_, '_> {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Stop> {
        let at = span.byte_range().unwrap_or_default();
        let tag_at = span.tag_span().and_then(|tag| tag.byte_range());
        let tag_at = tag_at.unwrap_or_else(|| at.clone());
        match event {
            Event::DocumentStart(..) if self.read.node.is_some() => {
                let message = "the file contains a second YAML document";
                self.wrong(code::SEVERAL_DOCUMENTS, at, message, None)?;
                Err(Stop)
            }
            Event::Alias(anchor) => self.alias(anchor, at),
            Event::Scalar(text, style, anchor, tag) => {
                self.count(&at)?;
                let tag = tag.map(|tag| (tag, tag_at));
                if self.expects_key() {
                    return self.key(text, style, anchor, at);
                }
                let scalar = self.scalar(text, style, tag, &at)?;
                let cost = Cost {
                    nodes: 1,
                    bytes: scalar.text().len(),
                };
                self.complete(Node::Scalar(scalar), cost, anchor, &at)
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.collection_tag(tag, "seq", &tag_at)?;
                self.start(Content::Sequence(Vec::new()), anchor, &at)
            }
            Event::MappingStart(_, anchor, tag) => {
                self.collection_tag(tag, "map", &tag_at)?;
                let mapping = Content::Mapping {
                    members: Object::default(),
                    merged: Vec::new(),
                    next: Next::Key,
                };
                self.start(mapping, anchor, &at)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(&at),
            _ => Ok(()),
        }
    }

    fn start(&mut self, content: Content, anchor: usize, at: &Range<usize>) -> Result<(), Stop> {
        self.count(at)?;
        let cost = Cost { nodes: 1, bytes: 0 };
        self.open.push(Frame {
            content,
            anchor,
            cost,
        });
        Ok(())
    }

    fn end(&mut self, at: &Range<usize>) -> Result<(), Stop> {
        let Some(frame) = self.open.pop() else {
            return Ok(());
        };
        let node = match frame.content {
            Content::Sequence(elements) => Node::Array(elements),
            Content::Mapping {
                members, merged, ..
            } => merge::merge(members, merged).into(),
        };
        self.complete(node, frame.cost, frame.anchor, at)
    }

    /// Completes a value: keeps a copy for its aliases, and adds it to its collection.
    fn complete(
        &mut self,
        node: Node,
        cost: Cost,
        anchor: usize,
        at: &Range<usize>,
    ) -> Result<(), Stop> {
        if anchor != 0 {
            self.copy(cost, at)?;
            self.anchors.insert(anchor, (node.clone(), cost));
        }
        self.place(node, cost, at)
    }

    fn place(&mut self, node: Node, cost: Cost, at: &Range<usize>) -> Result<(), Stop> {
        let Some(frame) = self.open.last_mut() else {
            self.read.node = Some(node);
            return Ok(());
        };
        frame.cost.nodes += cost.nodes;
        frame.cost.bytes += cost.bytes;
        match &mut frame.content {
            Content::Sequence(elements) => elements.push(node),
            Content::Mapping {
                members,
                merged,
                next,
            } => match std::mem::replace(next, Next::Key) {
                Next::Value(name) => match members.entry(name) {
                    indexmap::map::Entry::Vacant(entry) => {
                        entry.insert(node);
                    }
                    indexmap::map::Entry::Occupied(_) => self.read.has_duplicates = true,
                },
                Next::Merge => match merge::mappings(node) {
                    Some(mappings) => merged.extend(mappings),
                    None => {
                        let message = "the value of a merge key `<<` is neither a mapping nor a sequence of mappings";
                        return self.wrong(code::BAD_MERGE_KEY, at.clone(), message, None);
                    }
                },
                Next::Dropped => {}
                // A sequence or mapping as a key; scalars are handled by `key`.
                Next::Key => {
                    *next = Next::Dropped;
                    let message = format!("expected a string as key, found {}", node.describe());
                    let help = Some("quote the key if a string is meant");
                    return self.wrong(code::KEY_NOT_STRING, at.clone(), message, help);
                }
            },
        }
        let width = match &frame.content {
            Content::Sequence(elements) => elements.len(),
            Content::Mapping { members, .. } => members.len(),
        };
        match self.meter.width(width) {
            Ok(()) => Ok(()),
            Err(exceeded) => self.exceeded(exceeded, at.clone()),
        }
    }

    fn expects_key(&self) -> bool {
        let next = self.open.last().map(|frame| &frame.content);
        matches!(
            next,
            Some(Content::Mapping {
                next: Next::Key,
                ..
            })
        )
    }

    /// Handles a scalar as a key: it is a string, whatever it looks like.
    fn key(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        anchor: usize,
        at: Range<usize>,
    ) -> Result<(), Stop> {
        if anchor != 0 {
            let cost = Cost {
                nodes: 1,
                bytes: text.len(),
            };
            self.copy(cost, &at)?;
            let node = Node::string(text.clone().into_owned());
            self.anchors.insert(anchor, (node, cost));
        }
        let Some(frame) = self.open.last_mut() else {
            return Ok(());
        };
        frame.cost.bytes += text.len();
        if let Content::Mapping { next, .. } = &mut frame.content {
            *next = if style == ScalarStyle::Plain && text == "<<" {
                Next::Merge
            } else {
                Next::Value(text.into())
            };
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, at: Range<usize>) -> Result<(), Stop> {
        let Some((node, cost)) = self.anchors.get(&anchor) else {
            // `&a [*a]`: the value is not complete, and would contain itself.
            let message = "the alias refers to a value that contains it";
            self.wrong(code::SYNTAX, at, message, None)?;
            return Err(Stop);
        };
        let cost = *cost;
        if let Err(exceeded) = self.meter.copy(cost.nodes, cost.bytes) {
            return self.exceeded(exceeded, at);
        }
        if self.open.len() + depth(node) > self.meter.depth() {
            return self.exceeded(Exceeded::Depth, at);
        }
        let node = node.clone();
        match node {
            Node::Scalar(scalar) if self.expects_key() => {
                let text = Cow::Owned(scalar.text().to_owned());
                self.key(text, ScalarStyle::DoubleQuoted, 0, at)
            }
            node => self.place(node, cost, &at),
        }
    }

    fn count(&mut self, at: &Range<usize>) -> Result<(), Stop> {
        match self.meter.node(self.open.len()) {
            Ok(()) => Ok(()),
            Err(exceeded) => self.exceeded(exceeded, at.clone()),
        }
    }

    fn copy(&mut self, cost: Cost, at: &Range<usize>) -> Result<(), Stop> {
        match self.meter.copy(cost.nodes, cost.bytes) {
            Ok(()) => Ok(()),
            Err(exceeded) => self.exceeded(exceeded, at.clone()),
        }
    }

    fn exceeded(&mut self, exceeded: Exceeded, at: Range<usize>) -> Result<(), Stop> {
        let problem = Problem::Exceeded(exceeded);
        self.read.findings.push(Finding { at, problem });
        Err(Stop)
    }

    fn wrong(
        &mut self,
        code: &'static Code,
        at: Range<usize>,
        message: impl Into<String>,
        help: Option<&'static str>,
    ) -> Result<(), Stop> {
        let message = message.into();
        let problem = Problem::Coded {
            code,
            message,
            help,
        };
        self.read.findings.push(Finding { at, problem });
        if self.read.findings.len() < MAX_FINDINGS {
            Ok(())
        } else {
            Err(Stop)
        }
    }

    fn scan_error(&mut self, kind: &ErrorKind, at: usize) -> Result<(), Stop> {
        if matches!(kind, ErrorKind::RecursionLimitExceeded) {
            return self.exceeded(Exceeded::Depth, at..at + 1);
        }
        self.wrong(code::SYNTAX, at..at + 1, kind.to_string(), None)?;
        Err(Stop)
    }
}

/// Returns the depth of nested arrays and objects of a value, itself included.
fn depth(node: &Node) -> usize {
    match node {
        Node::Scalar(_) => 0,
        Node::Array(elements) => 1 + elements.iter().map(depth).max().unwrap_or(0),
        Node::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
    }
}
