//! Walks over the keys and values of a text, with the JSON Pointer path and byte range of each.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{Event, Parser};

use crate::load::text::{Syntax, Text};

/// Something on the way through a text. Offsets are in the file, paths are JSON Pointers.
pub(crate) enum Visit<'v> {
    /// The name of a member; its value comes next.
    Key {
        path: &'v str,
        name: &'v str,
        range: Range<usize>,
    },
    /// A scalar, or a YAML alias.
    Leaf { path: &'v str, range: Range<usize> },
    /// An object or list begins.
    Open { path: &'v str, at: usize },
    /// It ends.
    Close { path: &'v str, at: usize },
}

/// Tells `visit` all keys and values in the order of the text. It stops where the text is not well-formed.
pub(super) fn walk(text: &Text<'_>, visit: &mut dyn FnMut(Visit<'_>)) {
    let outline = Outline {
        base: text.base,
        path: String::new(),
        frames: Vec::new(),
        odd_key_depth: 0,
        visit,
    };
    match text.syntax {
        Syntax::Json => walk_json(text.text, outline),
        Syntax::Yaml => walk_yaml(text.text, outline),
    }
}

/// An object or list that is not closed yet.
struct Frame {
    /// The length of the path up to this value.
    path: usize,
    is_object: bool,
    /// Whether a key comes next, in an object.
    expects_key: bool,
    /// The next element, in a list.
    index: usize,
}

struct Outline<'v> {
    base: usize,
    path: String,
    frames: Vec<Frame>,
    /// How deep we are in a list or mapping that stands as a key. Such keys are refused, so what is in them has no path.
    odd_key_depth: usize,
    visit: &'v mut dyn FnMut(Visit<'_>),
}

impl Outline<'_> {
    fn scalar(&mut self, text: &str, range: Range<usize>) {
        if self.odd_key_depth > 0 {
            return;
        }
        let range = range.start + self.base..range.end + self.base;
        if self.expects_key() {
            self.enter_key(text);
            (self.visit)(Visit::Key {
                path: &self.path,
                name: text,
                range,
            });
        } else {
            self.enter_element();
            (self.visit)(Visit::Leaf {
                path: &self.path,
                range,
            });
            self.leave();
        }
    }

    fn open(&mut self, is_object: bool, at: usize) {
        if self.odd_key_depth > 0 || self.expects_key() {
            self.odd_key_depth += 1;
            return;
        }
        self.enter_element();
        self.frames.push(Frame {
            path: self.path.len(),
            is_object,
            expects_key: is_object,
            index: 0,
        });
        (self.visit)(Visit::Open {
            path: &self.path,
            at: at + self.base,
        });
    }

    fn close(&mut self, at: usize) {
        if self.odd_key_depth > 0 {
            self.odd_key_depth -= 1;
            if self.odd_key_depth == 0 {
                self.enter_key("?");
            }
            return;
        }
        let Some(frame) = self.frames.pop() else {
            return;
        };
        self.path.truncate(frame.path);
        (self.visit)(Visit::Close {
            path: &self.path,
            at: at + self.base,
        });
        self.leave();
    }

    fn expects_key(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.expects_key)
    }

    /// Makes the path that of the member `name`.
    fn enter_key(&mut self, name: &str) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        frame.expects_key = false;
        self.path.truncate(frame.path);
        self.path.push('/');
        for letter in name.chars() {
            match letter {
                '~' => self.path.push_str("~0"),
                '/' => self.path.push_str("~1"),
                other => self.path.push(other),
            }
        }
    }

    /// Makes the path that of the next element, in a list; in an object it is that of the member already.
    fn enter_element(&mut self) {
        if let Some(frame) = self.frames.last()
            && !frame.is_object
        {
            self.path.truncate(frame.path);
            self.path.push('/');
            self.path.push_str(&frame.index.to_string());
        }
    }

    /// A value is complete.
    fn leave(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.expects_key = frame.is_object;
            frame.index += 1;
        }
    }
}

fn walk_yaml(text: &str, mut outline: Outline<'_>) {
    let options = granit_parser::options! {
        emit_comments: false,
        flow_nesting_limit: crate::load::Budgets::MAX_DEPTH,
        block_nesting_limit: crate::load::Budgets::MAX_DEPTH,
    };
    for event in Parser::new_from_str_with_options(text, options) {
        let Ok((event, span)) = event else { return };
        let Some(range) = span.byte_range() else {
            return;
        };
        match event {
            Event::Scalar(value, ..) => outline.scalar(&value, range),
            Event::Alias(_) => outline.scalar("*", range),
            Event::SequenceStart(..) => outline.open(false, range.start),
            Event::MappingStart(..) => outline.open(true, range.start),
            Event::SequenceEnd | Event::MappingEnd => outline.close(range.end),
            Event::DocumentEnd => return,
            _ => {}
        }
    }
}

fn walk_json(text: &str, mut outline: Outline<'_>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let start = at;
        at += 1;
        match byte {
            b'{' | b'[' => outline.open(*byte == b'{', start),
            b'}' | b']' => outline.close(at),
            b'"' => {
                at = string_end(bytes, at);
                let quoted = text.get(start..at).unwrap_or_default();
                outline.scalar(&unquoted(quoted), start..at);
            }
            b',' | b':' | b' ' | b'\t' | b'\n' | b'\r' => {}
            _ => {
                while bytes.get(at).is_some_and(|byte| !is_delimiter(*byte)) {
                    at += 1;
                }
                outline.scalar(text.get(start..at).unwrap_or_default(), start..at);
            }
        }
    }
}

/// The offset behind the closing quote of a string whose content starts at `at`.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The text of a JSON string with its quotes. An ill-formed one stays as it is: it is only compared.
fn unquoted(quoted: &str) -> Cow<'_, str> {
    let inner = quoted
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(quoted);
    if inner.contains('\\') {
        serde_json::from_str(quoted).map_or(Cow::Borrowed(inner), Cow::Owned)
    } else {
        Cow::Borrowed(inner)
    }
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b',' | b':' | b'}' | b']' | b'{' | b'[' | b'"') || byte.is_ascii_whitespace()
}
