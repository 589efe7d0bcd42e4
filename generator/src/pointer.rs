//! Pointers: a file below the reference root and a JSON Pointer in it.
//!
//! Line and column are looked up only in reports.

use std::fmt;
use std::sync::Arc;

/// A location in a document, such as `products.yaml#/components/schemas/Error`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer {
    file: Arc<str>,
    path: Arc<str>,
}

impl Pointer {
    /// Creates the pointer to a whole file, a path below the reference root with `/` between its parts.
    pub fn root(file: impl Into<Arc<str>>) -> Self {
        Pointer {
            file: file.into(),
            path: "".into(),
        }
    }

    /// Creates a pointer into the same file from a JSON Pointer (RFC 6901), such as `/paths/~1users/get`.
    pub fn in_same_file(&self, path: impl Into<Arc<str>>) -> Self {
        Pointer {
            file: self.file.clone(),
            path: path.into(),
        }
    }

    /// Creates the pointer to the member `name` of this object. The name is escaped.
    pub fn child(&self, name: &str) -> Self {
        let mut path = String::with_capacity(self.path.len() + name.len() + 1);
        path.push_str(&self.path);
        path.push('/');
        for letter in name.chars() {
            match letter {
                '~' => path.push_str("~0"),
                '/' => path.push_str("~1"),
                other => path.push(other),
            }
        }
        self.in_same_file(path)
    }

    /// Creates the pointer to the element `index` of this array.
    pub fn index(&self, index: usize) -> Self {
        self.in_same_file(format!("{}/{index}", self.path))
    }

    /// Returns the file, a path below the reference root.
    pub fn file(&self) -> &Arc<str> {
        &self.file
    }

    /// Returns the JSON Pointer, which is empty for a whole file.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Iterates over the reference tokens, unescaped.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = String> {
        self.path
            .strip_prefix('/')
            .into_iter()
            .flat_map(|path| path.split('/'))
            .map(|token| token.replace("~1", "/").replace("~0", "~"))
    }

    /// Returns the last reference token, unescaped; `None` for a whole file.
    pub fn name(&self) -> Option<String> {
        self.tokens().next_back()
    }

    /// Returns the pointer to the surrounding object or array; `None` for a whole file.
    pub fn parent(&self) -> Option<Self> {
        let (parent, _) = self.path.rsplit_once('/')?;
        Some(self.in_same_file(parent))
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.file, self.path)
    }
}
