//! The untyped tree of a parsed file.

use std::borrow::Cow;
use std::sync::Arc;

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use super::scalar;
use crate::pointer::Pointer;

/// A value of a YAML or JSON file.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A null, boolean, number or string.
    Scalar(Scalar),
    /// An array; in YAML, a sequence.
    Array(Vec<Node>),
    /// An object; in YAML, a mapping whose keys are scalars. A clone shares it: schemas lie in schemas, and `resolve`
    /// clones each to rewrite its own keywords.
    Object(Arc<Object>),
}

/// The members of an object in the order of the file. A lookup is one hash: there are dozens for each schema, one for
/// each keyword. The seed is random, so that no document can be made of keys that collide.
pub type Object = IndexMap<Box<str>, Node, RandomState>;

/// A scalar with its text as written: where a string is meant, `1.10` stays `1.10`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    kind: ScalarKind,
    text: Cow<'static, str>,
}

/// The type of a scalar by the syntax of its file (YAML's core schema, or JSON).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScalarKind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// An integer of any size: `12`, `0x1F`.
    Integer,
    /// A number with a fraction or an exponent.
    Float,
    /// A string.
    String,
}

impl Scalar {
    /// Creates a string.
    pub fn string(text: impl Into<Cow<'static, str>>) -> Self {
        Scalar::new(ScalarKind::String, text)
    }

    /// Creates a scalar; `text` must be a spelling of `kind`.
    pub(super) fn new(kind: ScalarKind, text: impl Into<Cow<'static, str>>) -> Self {
        let text = text.into();
        Scalar { kind, text }
    }

    /// Returns the kind.
    pub fn kind(&self) -> ScalarKind {
        self.kind
    }

    /// Returns the text as written, with quotes removed and escapes decoded: `1.10`, `017`, `~`.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the value of a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        (self.kind == ScalarKind::Bool).then(|| self.text.starts_with(['t', 'T']))
    }

    /// Returns the value of a number.
    pub fn as_number(&self) -> Option<serde_json::Number> {
        match self.kind {
            ScalarKind::Integer => scalar::integer(&self.text),
            ScalarKind::Float => scalar::float(&self.text),
            ScalarKind::Null | ScalarKind::Bool | ScalarKind::String => None,
        }
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Node::string(text.to_owned())
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Node::string(text)
    }
}

impl From<bool> for Node {
    fn from(value: bool) -> Self {
        Node::bool(value)
    }
}

impl From<u64> for Node {
    fn from(number: u64) -> Self {
        Node::Scalar(Scalar::new(ScalarKind::Integer, number.to_string()))
    }
}

impl<N: Into<Node>> From<Vec<N>> for Node {
    fn from(elements: Vec<N>) -> Self {
        Node::Array(elements.into_iter().map(Into::into).collect())
    }
}

impl From<Object> for Node {
    fn from(members: Object) -> Self {
        Node::Object(Arc::new(members))
    }
}

impl FromIterator<(Box<str>, Node)> for Node {
    fn from_iter<M: IntoIterator<Item = (Box<str>, Node)>>(members: M) -> Self {
        members.into_iter().collect::<Object>().into()
    }
}

impl Node {
    /// Creates a string.
    pub fn string(text: impl Into<Cow<'static, str>>) -> Self {
        Node::Scalar(Scalar::string(text))
    }

    /// Creates a null.
    pub fn null() -> Self {
        Node::Scalar(Scalar::new(ScalarKind::Null, "null"))
    }

    /// Creates a boolean.
    pub fn bool(value: bool) -> Self {
        Node::Scalar(Scalar::new(
            ScalarKind::Bool,
            if value { "true" } else { "false" },
        ))
    }

    /// Returns the members of an object.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Node::Object(members) => Some(members),
            Node::Scalar(_) | Node::Array(_) => None,
        }
    }

    /// Returns the elements of an array.
    pub fn as_array(&self) -> Option<&[Node]> {
        match self {
            Node::Array(elements) => Some(elements),
            Node::Scalar(_) | Node::Object(_) => None,
        }
    }

    /// Returns the scalar, if the value is one.
    pub fn as_scalar(&self) -> Option<&Scalar> {
        match self {
            Node::Scalar(scalar) => Some(scalar),
            Node::Array(_) | Node::Object(_) => None,
        }
    }

    /// Returns the text of a string; a plain `1.10` is a number.
    pub fn as_str(&self) -> Option<&str> {
        self.as_scalar()
            .filter(|scalar| scalar.kind == ScalarKind::String)
            .map(Scalar::text)
    }

    /// Returns the text where a string is meant: that of a string, and of a boolean or number as written
    /// (`version: 1.10`).
    pub fn as_text(&self) -> Option<&str> {
        self.as_scalar()
            .filter(|scalar| scalar.kind != ScalarKind::Null)
            .map(Scalar::text)
    }

    /// Returns the value of a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        self.as_scalar()?.as_bool()
    }

    /// Returns whether the value is null.
    pub fn is_null(&self) -> bool {
        self.as_scalar()
            .is_some_and(|scalar| scalar.kind == ScalarKind::Null)
    }

    /// Returns the member `name` of an object.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.as_object()?.get(name)
    }

    /// Returns the value at the path of a pointer, starting here; the pointer's file is ignored.
    pub fn get_path(&self, pointer: &Pointer) -> Option<&Node> {
        let mut node = self;
        for token in pointer.tokens() {
            node = match node {
                Node::Object(members) => members.get(token.as_str())?,
                Node::Array(elements) => elements.get(array_index(&token)?)?,
                Node::Scalar(_) => return None,
            };
        }
        Some(node)
    }

    /// Returns the type for messages: `a string`, `an object`.
    pub fn describe(&self) -> &'static str {
        match self {
            Node::Array(_) => "an array",
            Node::Object(_) => "an object",
            Node::Scalar(scalar) => match scalar.kind {
                ScalarKind::Null => "null",
                ScalarKind::Bool => "a boolean",
                ScalarKind::Integer => "an integer",
                ScalarKind::Float => "a number",
                ScalarKind::String => "a string",
            },
        }
    }

    /// Converts to a JSON value. Numbers become `i64`, `u64` or `f64`, so their spelling (`1.10`, `0x10`) is lost.
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value;
        match self {
            Node::Array(elements) => elements.iter().map(Node::to_json).collect(),
            Node::Object(members) => members
                .iter()
                .map(|(name, value)| (name.to_string(), value.to_json()))
                .collect(),
            Node::Scalar(scalar) => match scalar.kind {
                ScalarKind::Null => Value::Null,
                ScalarKind::Bool => Value::Bool(scalar.as_bool() == Some(true)),
                ScalarKind::String => Value::String(scalar.text.to_string()),
                // A file with a number beyond f64 is rejected by the parser; one created otherwise has no JSON value
                // either.
                ScalarKind::Integer | ScalarKind::Float => {
                    scalar.as_number().map_or(Value::Null, Value::Number)
                }
            },
        }
    }

    /// Converts from a JSON value.
    pub fn from_json(value: &serde_json::Value) -> Self {
        use serde_json::Value;
        match value {
            Value::Null => Node::null(),
            Value::Bool(value) => Node::bool(*value),
            Value::Number(number) => Node::Scalar(scalar::from_number(number)),
            Value::String(text) => Node::string(text.clone()),
            Value::Array(elements) => Node::Array(elements.iter().map(Node::from_json).collect()),
            Value::Object(members) => members
                .iter()
                .map(|(name, value)| (name.as_str().into(), Node::from_json(value)))
                .collect(),
        }
    }
}

/// Parses an array index by RFC 6901: digits without a leading zero.
fn array_index(token: &str) -> Option<usize> {
    let canonical = token == "0" || !token.starts_with(['0', '+']);
    canonical.then(|| token.parse().ok()).flatten()
}
