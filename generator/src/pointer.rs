//! Where something stands in a document: a file below the reference root and a JSON Pointer in it.
//!
//! Line and column are looked up only when a diagnostic is printed.

use std::fmt;
use std::sync::Arc;

/// A place in a document, such as `products.yaml#/components/schemas/Error`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer {
    file: Arc<str>,
    path: Arc<str>,
}

impl Pointer {
    /// The whole of a file; `file` is a path below the reference root, with `/` between its parts.
    pub fn root(file: impl Into<Arc<str>>) -> Self {
        Pointer {
            file: file.into(),
            path: "".into(),
        }
    }

    /// A place in the same file by its JSON Pointer (RFC 6901), such as `/paths/~1users/get`.
    pub fn in_same_file(&self, path: impl Into<Arc<str>>) -> Self {
        Pointer {
            file: self.file.clone(),
            path: path.into(),
        }
    }

    /// The member `name` of this object; the name is escaped here.
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

    /// The element `index` of this array.
    pub fn index(&self, index: usize) -> Self {
        self.in_same_file(format!("{}/{index}", self.path))
    }

    /// The file, a path below the reference root.
    pub fn file(&self) -> &Arc<str> {
        &self.file
    }

    /// The JSON Pointer, empty for the whole file.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The reference tokens, unescaped.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = String> {
        self.path
            .strip_prefix('/')
            .into_iter()
            .flat_map(|path| path.split('/'))
            .map(|token| token.replace("~1", "/").replace("~0", "~"))
    }

    /// The last reference token, unescaped; `None` for the whole file.
    pub fn name(&self) -> Option<String> {
        self.tokens().next_back()
    }

    /// The object or array around this place.
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
