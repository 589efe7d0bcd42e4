//! Visits the keys and values of a document in order, each with its path (a JSON Pointer) and its byte range.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{Event, Parser};

use crate::load::text::{Syntax, Text};

/// A key, a scalar, or the start or end of a collection. Offsets are in the file, paths are JSON Pointers.
pub(crate) enum Visit<'v> {
    /// The key of a member; its value follows.
    Key {
        path: &'v str,
        name: &'v str,
        range: Range<usize>,
    },
    /// A scalar, or a YAML alias.
    Leaf { path: &'v str, range: Range<usize> },
    /// The start of an object or array.
    Open { path: &'v str, at: usize },
    /// The end of an object or array.
    Close { path: &'v str, at: usize },
}

/// Calls `visit` for all keys and values in the order of the text, up to the first syntax error. Where it returns `false`
/// for the start of an object or array, all in it and its end are left out.
pub(super) fn walk(text: &Text<'_>, visit: &mut dyn FnMut(Visit<'_>) -> bool) {
    let outline = Outline {
        base: text.base,
        path: String::new(),
        frames: Vec::new(),
        key_depth: 0,
        skipped: 0,
        visit,
    };
    match text.syntax {
        Syntax::Json => walk_json(text.text, outline),
        Syntax::Yaml => walk_yaml(text.text, outline),
    }
}

/// An object or array that is not closed yet.
struct Frame {
    /// The length of the path of this value.
    path: usize,
    is_object: bool,
    /// Whether the next scalar is a key; false in an array.
    expects_key: bool,
    /// The index of the next element of an array.
    index: usize,
}

struct Outline<'v> {
    base: usize,
    path: String,
    frames: Vec<Frame>,
    /// The depth inside an array or object used as a key. Such keys are rejected, so their contents have no path.
    key_depth: usize,
    /// The depth inside an array or object that is left out.
    skipped: usize,
    visit: &'v mut dyn FnMut(Visit<'_>) -> bool,
}

impl Outline<'_> {
    fn scalar(&mut self, text: &str, range: Range<usize>) {
        if self.key_depth > 0 || self.skipped > 0 {
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
        if self.skipped > 0 {
            self.skipped += 1;
            return;
        }
        if self.key_depth > 0 || self.expects_key() {
            self.key_depth += 1;
            return;
        }
        self.enter_element();
        let is_entered = (self.visit)(Visit::Open {
            path: &self.path,
            at: at + self.base,
        });
        if !is_entered {
            self.skipped = 1;
            return;
        }
        self.frames.push(Frame {
            path: self.path.len(),
            is_object,
            expects_key: is_object,
            index: 0,
        });
    }

    fn close(&mut self, at: usize) {
        if self.skipped > 0 {
            self.skipped -= 1;
            if self.skipped == 0 {
                self.leave();
            }
            return;
        }
        if self.key_depth > 0 {
            self.key_depth -= 1;
            if self.key_depth == 0 {
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

    /// Sets the path to that of the member `name`.
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

    /// Sets the path to that of the next element of an array. In an object it is that of the member already.
    fn enter_element(&mut self) {
        if let Some(frame) = self.frames.last()
            && !frame.is_object
        {
            self.path.truncate(frame.path);
            self.path.push('/');
            self.path.push_str(&frame.index.to_string());
        }
    }

    /// Completes a value.
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

/// Returns the offset after the closing quote of a string whose content starts at `at`.
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

/// Decodes a JSON string with its quotes. A malformed one is returned without its quotes: it is only compared.
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
