//! Why a value does not fit its type, and where.

use std::fmt;

use super::Json;

/// Why a value does not fit its type, and where.
///
/// Displays as `results[3].createdAt: expected a date-time, found the text "yesterday"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch(Box<Detail>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Detail {
    /// Innermost first, since it grows while the mismatch travels up.
    path: Vec<Segment>,
    reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Member(String),
    Index(usize),
}

/// The longest piece of foreign text in a mismatch, in characters.
const EXCERPT: usize = 60;

/// How many of the values that a document allows are listed; some lists have hundreds.
const LISTED: usize = 30;

impl Mismatch {
    /// A mismatch of the value that is being read.
    #[cold]
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Mismatch(Box::new(Detail {
            path: Vec::new(),
            reason: reason.into(),
        }))
    }

    /// The value is of another kind than expected.
    #[cold]
    pub(crate) fn expected(expected: impl fmt::Display, found: &Json<'_>) -> Self {
        Mismatch::new(match found {
            Json::Null => format!("expected {expected}, found null"),
            Json::Bool(value) => format!("expected {expected}, found {value}"),
            Json::Number(value) => {
                let digits: String = value.to_string().chars().take(EXCERPT).collect();
                format!("expected {expected}, found the number {digits}")
            }
            Json::Text(text) => format!("expected {expected}, found the text {}", quoted(text)),
            Json::Array(_) => format!("expected {expected}, found an array"),
            Json::Object(_) => format!("expected {expected}, found an object"),
            Json::Unwritable(reason) => (*reason).to_owned(),
        })
    }

    /// The text is none of those that the document lists.
    #[cold]
    pub(crate) fn unlisted<'a>(allowed: impl Iterator<Item = &'a str>, found: &str) -> Self {
        let mut allowed: Vec<String> = allowed.take(LISTED + 1).map(quoted).collect();
        if allowed.len() > LISTED {
            allowed.truncate(LISTED);
            allowed.push("…".to_owned());
        }
        let allowed = allowed.join(", ");
        let found = quoted(found);
        Mismatch::new(format!("expected one of {allowed}; found the text {found}"))
    }

    /// The number is none of those that the document lists.
    #[cold]
    pub(crate) fn unlisted_number(allowed: impl Iterator<Item = i64>, found: i64) -> Self {
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
        Mismatch::new("is there twice").within(name)
    }

    /// Says in which member the mismatch was found.
    #[cold]
    pub(crate) fn within(mut self, name: impl Into<String>) -> Self {
        self.0.path.push(Segment::Member(name.into()));
        self
    }

    /// Says at which index the mismatch was found.
    #[cold]
    pub(crate) fn at(mut self, index: usize) -> Self {
        self.0.path.push(Segment::Index(index));
        self
    }

    /// How many steps there are from the value to the mismatch.
    pub(super) fn depth(&self) -> usize {
        self.0.path.len()
    }

    /// The member of the value that it is in, when the value is an object.
    pub(crate) fn member(&self) -> Option<&str> {
        match self.0.path.last()? {
            Segment::Member(name) => Some(name),
            Segment::Index(_) => None,
        }
    }

    /// The item of the value that it is in, when the value is a list.
    pub(crate) fn index(&self) -> Option<usize> {
        match self.0.path.last()? {
            Segment::Index(index) => Some(*index),
            Segment::Member(_) => None,
        }
    }

    /// Where the mismatch is, as in `results[3].createdAt`; `.` for the whole value. A name that is no plain word is
    /// quoted: `properties["a b"]`.
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

    /// What is wrong there.
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

/// Whether a name can stand in a path as it is.
fn is_word(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-$@".contains(&byte);
    !name.is_empty() && name.len() <= EXCERPT && name.bytes().all(plain)
}

/// The text in quotes, cut.
fn quoted(text: &str) -> String {
    format!("\"{}\"", excerpt(text, EXCERPT))
}

/// The first characters of a foreign text, with everything escaped that a terminal or a log could trip over; `…`
/// says that more follows.
pub(crate) fn excerpt(text: &str, characters: usize) -> String {
    let mut rest = text.chars();
    let mut short = String::new();
    for character in rest.by_ref().take(characters) {
        match character {
            // Without danger, and common in messages.
            '\'' => short.push(character),
            _ => short.extend(character.escape_debug()),
        }
    }
    if rest.next().is_some() {
        short.push('…');
    }
    short
}
