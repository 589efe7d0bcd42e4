//! Where a finding stands: a value, a member's name, or a stretch of bytes.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::pointer::Pointer;

/// Where a [`Diagnostic`](super::Diagnostic) points.
///
/// Most findings have a [`Pointer`], which converts into a place: the value that stands there. [`Place::key`] is the name of that
/// member instead: for a misspelt key, or a schema whose name is the problem. Bytes are for findings made before there is a tree
/// (syntax) or that a pointer cannot tell apart (the second of two equal keys).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    // The order of the fields is the order in which findings are reported: by file, then by place.
    pointer: Pointer,
    part: Part,
}

/// Which part of the file around a pointer is meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Part {
    /// Bytes of the file; the pointer is then the root. First, since a syntax error comes before everything else.
    Bytes { start: usize, end: usize },
    /// The name of the member.
    Key,
    /// The value.
    Value,
}

impl Place {
    /// The value at a pointer.
    pub fn value(pointer: Pointer) -> Self {
        Place {
            pointer,
            part: Part::Value,
        }
    }

    /// The name of the member that a pointer leads to.
    pub fn key(pointer: Pointer) -> Self {
        Place {
            pointer,
            part: Part::Key,
        }
    }

    /// A stretch of bytes in a file.
    pub fn bytes(file: impl Into<Arc<str>>, range: Range<usize>) -> Self {
        Place {
            pointer: Pointer::root(file),
            part: Part::Bytes {
                start: range.start,
                end: range.end.max(range.start),
            },
        }
    }

    /// The file, a path below the reference root.
    pub fn file(&self) -> &Arc<str> {
        self.pointer.file()
    }

    /// The pointer, unless the place is a stretch of bytes.
    pub fn pointer(&self) -> Option<&Pointer> {
        match self.part {
            Part::Bytes { .. } => None,
            Part::Key | Part::Value => Some(&self.pointer),
        }
    }

    pub(crate) fn part(&self) -> &Part {
        &self.part
    }
}

impl From<Pointer> for Place {
    fn from(pointer: Pointer) -> Self {
        Place::value(pointer)
    }
}

impl From<&Pointer> for Place {
    fn from(pointer: &Pointer) -> Self {
        Place::value(pointer.clone())
    }
}

/// The pointer as it is, or `file@byte 12`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.part {
            Part::Bytes { start, .. } => write!(f, "{}@byte {start}", self.file()),
            Part::Key | Part::Value => self.pointer.fmt(f),
        }
    }
}
