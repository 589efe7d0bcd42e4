//! Decoding errors.

use std::fmt;

use super::Json;

/// Where and why a value does not match its type.
///
/// Displays as `results[3].createdAt: expected a date-time, found the string "yesterday"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch(Box<Detail>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Detail {
    /// Innermost first, since it grows on the way up.
    path: Vec<Segment>,
    reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Member(String),
    Index(usize),
}

/// The maximum length of a string from a response, in characters.
const EXCERPT: usize = 60;

/// The maximum number of enum values; some enums have hundreds.
const LISTED: usize = 30;

impl Mismatch {
    /// Creates a mismatch of the value that is being decoded.
    #[cold]
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Mismatch(Box::new(Detail {
            path: Vec::new(),
            reason: reason.into(),
        }))
    }

    /// Creates the mismatch of a value of another type.
    #[cold]
    pub(crate) fn expected(expected: impl fmt::Display, found: &Json<'_>) -> Self {
        Mismatch::new(match found {
            Json::Null => format!("expected {expected}, found null"),
            Json::Bool(value) => format!("expected {expected}, found {value}"),
            Json::Number(value) => {
                let digits: String = value.to_string().chars().take(EXCERPT).collect();
                format!("expected {expected}, found the number {digits}")
            }
            Json::String(text) => format!("expected {expected}, found the string {}", quoted(text)),
            Json::Array(_) => format!("expected {expected}, found an array"),
            Json::Object(_) => format!("expected {expected}, found an object"),
            Json::Unwritable(reason) => (*reason).to_owned(),
        })
    }

    /// Creates the mismatch of a string that an enum does not have.
    #[cold]
    pub(crate) fn not_in_enum<'a>(allowed: impl Iterator<Item = &'a str>, found: &str) -> Self {
        let mut allowed: Vec<String> = allowed.take(LISTED + 1).map(quoted).collect();
        if allowed.len() > LISTED {
            allowed.truncate(LISTED);
            allowed.push("…".to_owned());
        }
        let allowed = allowed.join(", ");
        let found = quoted(found);
        Mismatch::new(format!(
            "expected one of {allowed}; found the string {found}"
        ))
    }

    /// Creates the mismatch of an integer that an enum does not have.
    #[cold]
    pub(crate) fn uninteger_variant(allowed: impl Iterator<Item = i64>, found: i64) -> Self {
        let mut allowed: Vec<String> = allowed
            .take(LISTED + 1)
            .map(|one| one.to_string())
            .collect();
        if allowed.len() > LISTED {
            allowed.truncate(LISTED);
            allowed.push("…".to_owned());
        }
        let allowed = allowed.join(", ");
        Mismatch::new(format!(
            "expected one of {allowed}; found the number {found}"
        ))
    }

    #[cold]
    pub(super) fn missing(name: &str) -> Self {
        Mismatch::new("is missing and required").within(name)
    }

    #[cold]
    pub(super) fn duplicate(name: &str) -> Self {
        Mismatch::new("is duplicate").within(name)
    }

    /// Adds the name of the member.
    #[cold]
    pub(crate) fn within(mut self, name: impl Into<String>) -> Self {
        self.0.path.push(Segment::Member(name.into()));
        self
    }

    /// Adds the index of the item.
    #[cold]
    pub(crate) fn at(mut self, index: usize) -> Self {
        self.0.path.push(Segment::Index(index));
        self
    }

    /// Returns the length of the path.
    pub(super) fn depth(&self) -> usize {
        self.0.path.len()
    }

    /// Returns the first segment of the path, if it is a member.
    pub(crate) fn member(&self) -> Option<&str> {
        match self.0.path.last()? {
            Segment::Member(name) => Some(name),
            Segment::Index(_) => None,
        }
    }

    /// Returns the first segment of the path, if it is an index.
    pub(crate) fn index(&self) -> Option<usize> {
        match self.0.path.last()? {
            Segment::Index(index) => Some(*index),
            Segment::Member(_) => None,
        }
    }

    /// Returns the path, such as `results[3].createdAt`; `.` for the whole value. Names are quoted if necessary:
    /// `properties["a b"]`.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for segment in self.0.path.iter().rev() {
            match segment {
                Segment::Index(index) => path.extend(["[", &index.to_string(), "]"]),
                Segment::Member(name) if !is_word(name) => path.extend(["[", &quoted(name), "]"]),
                Segment::Member(name) if path.is_empty() => path.push_str(name),
                Segment::Member(name) => path.extend([".", name]),
            }
        }
        if path.is_empty() {
            path.push('.');
        }
        path
    }

    /// Returns the reason.
    pub fn reason(&self) -> &str {
        &self.0.reason
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path(), self.0.reason)
    }
}

impl std::error::Error for Mismatch {}

/// Whether a name needs no quotes in a path.
fn is_word(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-$@".contains(&byte);
    !name.is_empty() && name.len() <= EXCERPT && name.bytes().all(plain)
}

/// Quotes and shortens a string.
fn quoted(text: &str) -> String {
    format!("\"{}\"", excerpt(text, EXCERPT))
}

/// Shortens a string from a response, and escapes control characters; `…` marks the cut.
pub(crate) fn excerpt(text: &str, characters: usize) -> String {
    let mut rest = text.chars();
    let mut short = String::new();
    for character in rest.by_ref().take(characters) {
        match character {
            // harmless, and common in messages
            '\'' => short.push(character),
            _ => short.extend(character.escape_debug()),
        }
    }
    if rest.next().is_some() {
        short.push('…');
    }
    short
}
