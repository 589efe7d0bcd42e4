//! The place of a diagnostic: a value, the key of a member, or a range of bytes.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::pointer::Pointer;

/// The place that a [`Diagnostic`](super::Diagnostic) points to.
///
/// Most diagnostics have a [`Pointer`], which converts into a place: the value it refers to. [`Place::key`] is the key
/// of that member instead, for a misspelt key or a schema whose name is the problem. [`Place::bytes`] is for
/// diagnostics made before there is a tree (syntax errors), or where a pointer is ambiguous (the second of two equal
/// keys).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    // The order of the fields is the order in which diagnostics are sorted: by file, then by place.
    pointer: Pointer,
    extent: Extent,
}

/// What a place covers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Extent {
    /// A range of bytes; the pointer is then the root. It sorts first, since a syntax error precedes all others.
    Bytes { start: usize, end: usize },
    /// The key of the member.
    Key,
    /// The value.
    Value,
}

impl Place {
    /// Creates the place of the value at a pointer.
    pub fn value(pointer: Pointer) -> Self {
        Place {
            pointer,
            extent: Extent::Value,
        }
    }

    /// Creates the place of the key of the member at a pointer.
    pub fn key(pointer: Pointer) -> Self {
        Place {
            pointer,
            extent: Extent::Key,
        }
    }

    /// Creates the place of a range of bytes in a file.
    pub fn bytes(file: impl Into<Arc<str>>, range: Range<usize>) -> Self {
        Place {
            pointer: Pointer::root(file),
            extent: Extent::Bytes {
                start: range.start,
                end: range.end.max(range.start),
            },
        }
    }

    /// Returns the file, a path below the reference root.
    pub fn file(&self) -> &Arc<str> {
        self.pointer.file()
    }

    /// Returns the pointer, unless the place is a range of bytes.
    pub fn pointer(&self) -> Option<&Pointer> {
        match self.extent {
            Extent::Bytes { .. } => None,
            Extent::Key | Extent::Value => Some(&self.pointer),
        }
    }

    /// Returns the key or value at another pointer; a range of bytes stays as it is.
    pub(crate) fn moved(&self, pointer: Pointer) -> Self {
        match self.extent {
            Extent::Bytes { .. } => self.clone(),
            Extent::Key | Extent::Value => Place {
                pointer,
                extent: self.extent.clone(),
            },
        }
    }

    /// Gives the file another name.
    pub(crate) fn rename_file(&mut self, from: &str, to: &str) {
        if &**self.file() == from {
            self.pointer = Pointer::root(to).in_same_file(self.pointer.path());
        }
    }

    pub(crate) fn extent(&self) -> &Extent {
        &self.extent
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

/// Formats the pointer (`api.yaml#/info`), or `api.yaml@byte 12`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.extent {
            Extent::Bytes { start, .. } => write!(f, "{}@byte {start}", self.file()),
            Extent::Key | Extent::Value => self.pointer.fmt(f),
        }
    }
}
