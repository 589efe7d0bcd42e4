//! The untyped tree of a file.

use std::borrow::Cow;

use indexmap::IndexMap;

use super::scalar;
use crate::pointer::Pointer;

/// A value of a YAML or JSON file.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A null, boolean, number or string.
    Scalar(Scalar),
    /// A list.
    Array(Vec<Node>),
    /// A mapping with text keys, in the order of the file.
    Object(Object),
}

/// The members of an object in the order of the file. A look-up is one hash.
pub type Object = IndexMap<Box<str>, Node>;

/// A scalar with its text as the file has it: where a string is meant, `1.10` stays `1.10`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    kind: ScalarKind,
    text: Cow<'static, str>,
}

/// What a scalar is by the rules of its file's syntax (YAML's core schema, or JSON).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScalarKind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A whole number: `12`, `0x1F`, and those that no integer type holds.
    Integer,
    /// A number with a fraction or an exponent.
    Float,
    /// Text.
    String,
}

impl Scalar {
    /// A string.
    pub fn string(text: impl Into<Cow<'static, str>>) -> Self {
        Scalar::new(ScalarKind::String, text)
    }

    /// A scalar of a kind; `text` must be a spelling of that kind.
    pub(super) fn new(kind: ScalarKind, text: impl Into<Cow<'static, str>>) -> Self {
        let text = text.into();
        Scalar { kind, text }
    }

    /// What it is.
    pub fn kind(&self) -> ScalarKind {
        self.kind
    }

    /// The text as the file has it (after quotes and escapes): `1.10`, `017`, `~`.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The boolean, when it is one.
    pub fn as_bool(&self) -> Option<bool> {
        (self.kind == ScalarKind::Bool).then(|| self.text.starts_with(['t', 'T']))
    }

    /// The number, when it is one.
    pub fn as_number(&self) -> Option<serde_json::Number> {
        match self.kind {
            ScalarKind::Integer => scalar::integer(&self.text),
            ScalarKind::Float => scalar::float(&self.text),
            ScalarKind::Null | ScalarKind::Bool | ScalarKind::String => None,
        }
    }
}

impl Node {
    /// A string.
    pub fn string(text: impl Into<Cow<'static, str>>) -> Self {
        Node::Scalar(Scalar::string(text))
    }

    /// A null.
    pub fn null() -> Self {
        Node::Scalar(Scalar::new(ScalarKind::Null, "null"))
    }

    /// A boolean.
    pub fn bool(value: bool) -> Self {
        Node::Scalar(Scalar::new(
            ScalarKind::Bool,
            if value { "true" } else { "false" },
        ))
    }

    /// The members, when it is an object.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Node::Object(members) => Some(members),
            Node::Scalar(_) | Node::Array(_) => None,
        }
    }

    /// The elements, when it is a list.
    pub fn as_array(&self) -> Option<&[Node]> {
        match self {
            Node::Array(elements) => Some(elements),
            Node::Scalar(_) | Node::Object(_) => None,
        }
    }

    /// The scalar, when it is one.
    pub fn as_scalar(&self) -> Option<&Scalar> {
        match self {
            Node::Scalar(scalar) => Some(scalar),
            Node::Array(_) | Node::Object(_) => None,
        }
    }

    /// The text, when it is a string by its syntax; a plain `1.10` is not.
    pub fn as_str(&self) -> Option<&str> {
        self.as_scalar()
            .filter(|scalar| scalar.kind == ScalarKind::String)
            .map(Scalar::text)
    }

    /// The text where a string is meant: of a string, and of a boolean or number as the file spells it (`version: 1.10`).
    pub fn as_text(&self) -> Option<&str> {
        self.as_scalar()
            .filter(|scalar| scalar.kind != ScalarKind::Null)
            .map(Scalar::text)
    }

    /// The boolean, when it is one.
    pub fn as_bool(&self) -> Option<bool> {
        self.as_scalar()?.as_bool()
    }

    /// Whether it is a null.
    pub fn is_null(&self) -> bool {
        self.as_scalar()
            .is_some_and(|scalar| scalar.kind == ScalarKind::Null)
    }

    /// The member `name`, when it is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.as_object()?.get(name)
    }

    /// The value that a pointer's path leads to from here; its file is not looked at.
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

    /// What it is, for messages: `a string`, `an object`.
    pub fn describe(&self) -> &'static str {
        match self {
            Node::Array(_) => "a list",
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

    /// The same as a JSON value. Numbers become `i64`, `u64` or `f64`, so that spellings (`1.10`, `0x10`) are lost.
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
                // A number beyond f64 is refused when the file is read; one made by hand has no JSON value either.
                ScalarKind::Integer | ScalarKind::Float => {
                    scalar.as_number().map_or(Value::Null, Value::Number)
                }
            },
        }
    }

    /// The tree of a JSON value.
    pub fn from_json(value: &serde_json::Value) -> Self {
        use serde_json::Value;
        match value {
            Value::Null => Node::null(),
            Value::Bool(value) => Node::bool(*value),
            Value::Number(number) => Node::Scalar(scalar::from_number(number)),
            Value::String(text) => Node::string(text.clone()),
            Value::Array(elements) => Node::Array(elements.iter().map(Node::from_json).collect()),
            Value::Object(members) => Node::Object(
                members
                    .iter()
                    .map(|(name, value)| (name.as_str().into(), Node::from_json(value)))
                    .collect(),
            ),
        }
    }
}

/// An array index by RFC 6901: digits without a leading zero.
fn array_index(token: &str) -> Option<usize> {
    let canonical = token == "0" || !token.starts_with(['0', '+']);
    canonical.then(|| token.parse().ok()).flatten()
}
