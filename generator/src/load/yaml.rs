//! YAML to a tree, by the events of granit-parser. What a scalar is, is decided in `scalar`; a stack of open collections is kept here.

mod merge;
mod tag;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, Span};

use super::MOST_FINDINGS;
use super::budgets::{Exceeded, Meter};
use super::node::{Node, Object};
use crate::diagnostic::{Code, code};

/// What came of reading a text: a tree if there is one, and what is wrong with it.
#[derive(Default)]
pub(super) struct Read {
    pub(super) node: Option<Node>,
    pub(super) findings: Vec<Finding>,
    /// Whether a mapping has a key twice; the tree then has the first.
    pub(super) has_duplicates: bool,
}

/// Something wrong at some bytes of the text.
pub(super) struct Finding {
    pub(super) at: Range<usize>,
    pub(super) what: Wrong,
}

/// What is wrong.
pub(super) enum Wrong {
    Coded {
        code: &'static Code,
        message: String,
        help: Option<&'static str>,
    },
    Exceeded(Exceeded),
}

/// Reading cannot go on; the reason is among the findings.
struct Stop;

/// Reads a text.
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

/// A collection that is not closed yet.
struct Frame {
    content: Content,
    anchor: usize,
    /// How many values and bytes of text it has so far, which is what a copy of it costs.
    cost: Cost,
}

enum Content {
    List(Vec<Node>),
    Mapping {
        members: Object,
        /// What `<<` brings in: mappings, the first of which counts most.
        merged: Vec<Object>,
        next: Next,
    },
}

/// What comes next in a mapping.
enum Next {
    Key,
    Value(Box<str>),
    /// The value of a merge key, `<<`.
    Merge,
    /// The value of a key that was refused.
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
                let message = "the file has a second YAML document here";
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
                self.start(Content::List(Vec::new()), anchor, &at)
            }
            Event::MappingStart(_, anchor, tag) => {
                self.collection_tag(tag, "map", &tag_at)?;
                let mapping = Content::Mapping {
                    members: Object::new(),
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
            Content::List(elements) => Node::Array(elements),
            Content::Mapping {
                members, merged, ..
            } => Node::Object(merge::merge(members, merged)),
        };
        self.complete(node, frame.cost, frame.anchor, at)
    }

    /// A value is complete: keeps a copy for its aliases, and puts it where it belongs.
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
            Content::List(elements) => elements.push(node),
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
                        let message = "a merge key needs a mapping, or a list of mappings";
                        return self.wrong(code::BAD_MERGE_KEY, at.clone(), message, None);
                    }
                },
                Next::Dropped => {}
                // A list or mapping that stands as a key; a scalar came through `key`.
                Next::Key => {
                    *next = Next::Dropped;
                    let message = format!("{} stands as a key here", node.describe());
                    let help =
                        Some("keys are text, as in JSON; quote the key if it is meant as text");
                    return self.wrong(code::KEY_NOT_STRING, at.clone(), message, help);
                }
            },
        }
        let width = match &frame.content {
            Content::List(elements) => elements.len(),
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

    /// A scalar that stands as a key: it is text, whatever it looks like.
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
            // `&a [*a]`: the value is not complete, and would hold itself.
            let message = "the alias stands inside of the value that it names";
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
        let what = Wrong::Exceeded(exceeded);
        self.read.findings.push(Finding { at, what });
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
        let what = Wrong::Coded {
            code,
            message,
            help,
        };
        self.read.findings.push(Finding { at, what });
        if self.read.findings.len() < MOST_FINDINGS {
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

/// How many lists and objects are nested in a value, itself included.
fn depth(node: &Node) -> usize {
    match node {
        Node::Scalar(_) => 0,
        Node::Array(elements) => 1 + elements.iter().map(depth).max().unwrap_or(0),
        Node::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
    }
}
