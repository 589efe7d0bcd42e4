//! Statements that OpenAPI does not allow and whose authors all mean the same: each is read as that, with a warning.
//!
//! The readings of a value depend on its [`Shape`] alone, so they apply to every member of every object; those of
//! schemas, parameters and security schemes are in files of their own.

mod parameter;
mod schema;
mod scheme;

use std::borrow::Cow;

use super::Resolver;
use super::fit::{expected, found, has_shape};
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::load::{Node, Object, ScalarKind};
use crate::pointer::Pointer;
use crate::spec::{Handling, Misfit, ObjectSpec, Shape};

/// A value as it is meant, and the words for it: `["red"]` and `an array of it`.
type Reading = (Node, Cow<'static, str>);

impl Resolver<'_> {
    /// Replaces the members of an object that do not have their shape and can be read as something that has.
    pub(super) fn repair(&mut self, spec: &ObjectSpec, object: &mut Object, at: &Pointer) {
        for (name, node) in object.iter_mut() {
            let Some(member) = spec.member(name) else {
                continue;
            };
            if member.misfit == Misfit::Unchecked || matches!(member.handling, Handling::Inert) {
                continue;
            }
            if let Some((meant, words)) = reading(member.shape, node) {
                let place = at.child(name);
                self.read_as_meant(member.shape, node, place, &words);
                *node = meant;
            }
        }
    }

    /// Reports that a value is read as something else than it is.
    pub(super) fn read_as_meant(&mut self, shape: Shape, node: &Node, at: Pointer, words: &str) {
        let text = format!(
            "expected {}, found {}; it is read as {words}",
            expected(shape),
            found(shape, node)
        );
        self.report(Diagnostic::new(code::WRONG_SHAPE, at, text).severity(Severity::Warning));
    }

    /// Reports another statement that is read as it is meant.
    pub(super) fn slip(&mut self, at: Pointer, text: impl Into<String>) {
        self.report(Diagnostic::new(code::WRONG_SHAPE, at, text).severity(Severity::Warning));
    }
}

/// Returns what a value of another shape is meant to be.
pub(super) fn reading(shape: Shape, node: &Node) -> Option<Reading> {
    match shape {
        Shape::String => {
            let scalar = node.as_scalar()?;
            let is_text = matches!(scalar.kind(), ScalarKind::String | ScalarKind::Null);
            (!is_text).then(|| {
                let text = scalar.text().to_owned();
                let words = format!("the string `{text}`").into();
                (Node::string(text), words)
            })
        }
        Shape::Array(Shape::String) if has_numbers(node) => array(Shape::String, node),
        _ if has_shape(node, shape) => None,
        Shape::OneOf(values) => {
            let text = node.as_text()?;
            let value = values.iter().find(|one| one.eq_ignore_ascii_case(text))?;
            Some((Node::string(*value), format!("`{value}`").into()))
        }
        Shape::Boolean => boolean(node).map(|value| {
            let words = if value { "`true`" } else { "`false`" };
            (Node::bool(value), words.into())
        }),
        Shape::Count | Shape::Number => {
            let number: serde_json::Number = serde_json::from_str(node.as_str()?.trim()).ok()?;
            let number = Node::from_json(&number.into());
            has_shape(&number, shape).then_some((number, "a number".into()))
        }
        // `additionalProperties: "false"`
        Shape::Schema if boolean(node).is_some() => reading(Shape::Boolean, node),
        Shape::Schema => is_empty_array(node).then(|| (empty_object(), "an empty object".into())),
        Shape::Object(spec) => object(spec, node),
        Shape::Map(_) | Shape::Resolved(_) => {
            is_empty_array(node).then(|| (empty_object(), "an empty object".into()))
        }
        Shape::Array(element) => array(*element, node),
        Shape::Data | Shape::SchemaName => None,
    }
}

/// Returns the boolean that a word stands for; `yes` is a string in YAML 1.2, and was a boolean in YAML 1.1.
pub(super) fn boolean(node: &Node) -> Option<bool> {
    let text = node.as_text()?.trim().to_ascii_lowercase();
    match text.as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// Reads the text in place of an object: `discriminator: type`, `servers: [https://example.com]`.
fn object(spec: &ObjectSpec, node: &Node) -> Option<Reading> {
    if is_empty_array(node) {
        return Some((empty_object(), "an empty object".into()));
    }
    let text = node.as_str()?;
    let (member, words) = ["propertyName", "url", "name"]
        .into_iter()
        .zip(["its `propertyName`", "its `url`", "its `name`"])
        .find(|(member, _)| {
            let member = spec.member(member);
            member.is_some_and(|member| !member.required.is_empty())
        })?;
    let object = [(member.into(), Node::string(text.to_owned()))];
    Some((object.into_iter().collect(), words.into()))
}

/// Reads a single value in place of an array, and elements of another shape.
fn array(element: Shape, node: &Node) -> Option<Reading> {
    match node {
        Node::Object(members) if members.is_empty() => {
            Some((Node::Array(Vec::new()), "an empty array".into()))
        }
        Node::Array(elements) => {
            let elements: Option<Vec<Node>> =
                elements.iter().map(|one| part(element, one)).collect();
            Some((Node::Array(elements?), "what its elements mean".into()))
        }
        Node::Scalar(scalar) if scalar.kind() == ScalarKind::Null => None,
        Node::Scalar(_) if matches!(element, Shape::Data) => Some(values(node)),
        _ if matches!(element, Shape::Data) => None,
        Node::Scalar(_) if node.as_str().is_none() => None,
        _ => Some((
            Node::Array(vec![part(element, node)?]),
            "an array of it".into(),
        )),
    }
}

/// Reads the text of an `enum`: `red`, or `red, green`.
fn values(node: &Node) -> Reading {
    match node.as_str().map(|text| text.split(',').map(str::trim)) {
        Some(words) if words.clone().count() > 1 && words.clone().all(|word| !word.is_empty()) => {
            let words = words.map(|word| Node::string(word.to_owned()));
            (Node::Array(words.collect()), "an array of its words".into())
        }
        _ => (Node::Array(vec![node.clone()]), "an array of it".into()),
    }
}

/// Reads an element of an array, or what is in place of an array of one.
fn part(element: Shape, node: &Node) -> Option<Node> {
    match element {
        // `required: [1]`
        Shape::String if node.as_text().is_some() => {
            return node.as_text().map(|text| Node::string(text.to_owned()));
        }
        _ if has_shape(node, element) => return Some(node.clone()),
        _ => {}
    }
    match element {
        // a tag of an operation as the root has it: `{ name: pets }`
        Shape::String => node
            .get("name")?
            .as_text()
            .map(|name| Node::string(name.to_owned())),
        // a security requirement: `token`, `{ token: null }`, `{ token: read }`
        Shape::Map(Shape::Array(Shape::String)) => requirement(node),
        Shape::Object(spec) => object(spec, node).map(|(node, _)| node),
        _ => None,
    }
}

fn requirement(node: &Node) -> Option<Node> {
    let scopes = |node: &Node| match node {
        Node::Array(_) => has_shape(node, Shape::Array(&Shape::String)).then(|| node.clone()),
        Node::Object(members) if members.is_empty() => Some(Node::Array(Vec::new())),
        Node::Object(_) => None,
        Node::Scalar(scalar) => Some(Node::Array(match scalar.kind() {
            ScalarKind::Null => Vec::new(),
            _ => vec![node.clone()],
        })),
    };
    let members: Option<Object> = match node {
        Node::Object(members) => members
            .iter()
            .map(|(name, node)| Some((name.clone(), scopes(node)?)))
            .collect(),
        Node::Scalar(_) => {
            let name = node.as_str()?.into();
            Some([(name, Node::Array(Vec::new()))].into_iter().collect())
        }
        Node::Array(elements) if elements.is_empty() => Some(Object::default()),
        Node::Array(_) => None,
    };
    members.map(Node::from)
}

/// Whether a value is `[]`: PHP writes it for an empty object, too.
pub(super) fn is_empty_array(node: &Node) -> bool {
    node.as_array().is_some_and(<[Node]>::is_empty)
}

/// Whether a value is an array of scalars some of which are no strings, as in `required: [1]`.
fn has_numbers(node: &Node) -> bool {
    let elements = node.as_array().unwrap_or_default();
    elements.iter().all(|one| one.as_text().is_some())
        && elements.iter().any(|one| one.as_str().is_none())
}

fn empty_object() -> Node {
    Node::from(Object::default())
}
