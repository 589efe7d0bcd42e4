//! Reads one object at a time: its children are replaced by references, and openapiv3 reads the rest.

use super::dialect;
use super::document::{Entry, HeaderFacts, ParameterFacts};
use super::slips::is_empty_array;
use super::{Resolver, reference, siblings};
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::load::{Node, Object};
use crate::pointer::Pointer;
use crate::spec::{self, Handling, ObjectSpec};

/// The objects that are resolved on their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum ObjectKind {
    Schema,
    Parameter,
    RequestBody,
    Response,
    Header,
}

impl<'a> Resolver<'a> {
    /// Returns the key of a child: the location where the `$ref`s from `node` end. The object there is queued.
    pub(super) fn target(
        &mut self,
        kind: ObjectKind,
        node: &'a Node,
        at: &Pointer,
    ) -> Option<String> {
        if let Some(object) = node.as_object()
            && let (Some(_), Some(text)) = (
                object.get("$ref"),
                object.get("description").and_then(Node::as_str),
            )
        {
            self.document
                .descriptions
                .insert(at.clone(), text.to_owned());
        }
        let version = self.version;
        let is_target = |node: &Node| kind == ObjectKind::Schema && siblings::has(node, version);
        match self.follow_to(node, at, &is_target) {
            Some((at, _)) => Some(self.enqueue(kind, at)),
            None => self.fill(kind, at),
        }
    }

    /// Returns the key of an object and queues it, once.
    pub(super) fn enqueue(&mut self, kind: ObjectKind, at: Pointer) -> String {
        let key = at.to_string();
        self.queue_once((kind, key.clone(), at));
        key
    }

    /// Reads an object into its table.
    pub(super) fn object(&mut self, kind: ObjectKind, key: String, node: &'a Node, at: &Pointer) {
        if kind == ObjectKind::Schema {
            return self.schema(key, node, at);
        }
        let spec = kind.spec();
        let Some(object) = node.as_object() else {
            self.not_an_object(node, at, spec.noun);
            self.fill(kind, at);
            return;
        };
        let mut copy = self.shallow(spec, object, at);
        match self.swagger_schema(kind, (node, object), at) {
            Some((schema, rest)) => {
                self.audit(spec, &rest, at);
                copy.retain(|name, _| rest.contains_key(name));
                copy.insert("schema".into(), reference::to(schema));
            }
            None => self.audit(spec, object, at),
        }
        self.repair(spec, &mut copy, at);
        let mut facts = ParameterFacts::default();
        if kind == ObjectKind::Parameter {
            facts = dialect::parameter(&mut copy);
            self.parameter_style(&mut copy, object.get("schema"), at);
            self.parameter_name(&copy, at);
        }
        if matches!(kind, ObjectKind::Parameter | ObjectKind::Header)
            && !self.one_content(spec.noun, object, &mut copy, at)
        {
            return;
        }
        facts.whole_query = dialect::whole_query(&mut copy);
        if !self.fit(spec, &mut copy, at) {
            self.fill(kind, at);
            return;
        }
        if kind == ObjectKind::Response {
            dialect::response(&mut copy);
        }
        let explode = object.get("explode").and_then(Node::as_bool);
        self.keep(kind, (key, at.clone()), &Node::from(copy), (facts, explode));
    }

    /// Reads an object whose children have been replaced into the table of its kind.
    fn keep(
        &mut self,
        kind: ObjectKind,
        (key, at): (String, Pointer),
        node: &Node,
        (facts, explode): (ParameterFacts, Option<bool>),
    ) {
        match kind {
            ObjectKind::Parameter => {
                if let Some(value) = self.read(node, &at) {
                    let entry = Entry { at, value, facts };
                    self.document.parameters.insert(key, entry);
                }
            }
            ObjectKind::RequestBody => {
                if let Some(value) = self.read(node, &at) {
                    let facts = ();
                    let entry = Entry { at, value, facts };
                    self.document.bodies.insert(key, entry);
                }
            }
            ObjectKind::Response => {
                if let Some(value) = self.read(node, &at) {
                    let facts = ();
                    let entry = Entry { at, value, facts };
                    self.document.responses.insert(key, entry);
                }
            }
            ObjectKind::Header => {
                if let Some(value) = self.read(node, &at) {
                    let facts = HeaderFacts {
                        explode: explode.unwrap_or_default(),
                    };
                    let entry = Entry { at, value, facts };
                    self.document.headers.insert(key, entry);
                }
            }
            ObjectKind::Schema => {}
        }
    }

    /// Copies an object with references for its schemas and headers, and without its inert members.
    fn shallow(&mut self, spec: &ObjectSpec, object: &'a Object, at: &Pointer) -> Object {
        let mut copy = Object::default();
        for (name, node) in object {
            let Some(member) = spec.member(name) else {
                copy.insert(name.clone(), node.clone());
                continue;
            };
            let is_absent = node.is_null() && member.is_absent_as_null(self.version);
            if is_absent || matches!(member.handling, Handling::Inert) {
                continue;
            }
            let place = at.child(name);
            let node = match member.name {
                "itemSchema" => continue,
                "schema" => match self.reference(ObjectKind::Schema, node, &place) {
                    Some(node) => node,
                    None => continue,
                },
                "content" => self.each(node, &place, Self::media_type),
                "headers" => self.each(node, &place, |this, node, at| {
                    this.header_name(at);
                    this.reference(ObjectKind::Header, node, at)
                }),
                _ => node.clone(),
            };
            copy.insert(name.clone(), node);
        }
        copy
    }

    /// Removes a style that the parameter's location does not allow. That is a warning where all styles of the location
    /// write the same, a plain value; how an array or object is meant, nobody knows.
    fn parameter_style(&mut self, copy: &mut Object, schema: Option<&'a Node>, at: &Pointer) {
        let place = copy.get("in").and_then(Node::as_str).unwrap_or_default();
        let Some(styles) = spec::styles_of(place) else {
            return;
        };
        let style = copy.get("style").and_then(Node::as_str);
        if let Some(style) = style.filter(|style| !styles.contains(style)) {
            let schema = schema.and_then(|node| self.follow(node, &at.child("schema")));
            let is_plain = schema.is_none_or(|(_, node)| !is_structured(node));
            let is_known = spec::is_style(style);
            let text = format!("a {place} parameter has no style `{style}`");
            let help = match styles {
                [only] => format!("use `{only}`"),
                several => format!("use one of `{}`", several.join("`, `")),
            };
            let finding = if is_plain && is_known {
                let text = format!("{text}; the default style is used");
                Diagnostic::new(code::WRONG_SHAPE, at.child("style"), text)
                    .severity(Severity::Warning)
            } else if is_known {
                let text = format!("{text}, which decides how an array or object is written");
                Diagnostic::new(code::WRONG_SHAPE, at.child("style"), text)
            } else {
                Diagnostic::new(code::WRONG_SHAPE, at.child("style"), text)
            };
            self.report(finding.help(help));
            copy.shift_remove("style");
        }
    }

    fn media_type(&mut self, node: &'a Node, at: &Pointer) -> Option<Node> {
        let Some(object) = node.as_object() else {
            if node.is_null() || is_empty_array(node) {
                let text = format!(
                    "expected a media type, found {}; it is read as one without a schema",
                    node.describe()
                );
                self.slip(at.clone(), text);
            } else {
                self.not_an_object(node, at, "a media type");
            }
            return Some(Node::from(Object::default()));
        };
        self.audit(&spec::MEDIA_TYPE, object, at);
        let mut copy = self.shallow(&spec::MEDIA_TYPE, object, at);
        if let Some(node) = object.get("itemSchema").filter(|node| !node.is_null())
            && let Some(key) = self.target(ObjectKind::Schema, node, &at.child("itemSchema"))
        {
            self.document.item_schemas.insert(at.clone(), key);
        }
        if let Some(node) = object.get("encoding") {
            let encoding = self.each(node, &at.child("encoding"), Self::encoding);
            copy.insert("encoding".into(), encoding);
        }
        self.fit(&spec::MEDIA_TYPE, &mut copy, at);
        dialect::encoding(&mut copy);
        Some(Node::from(copy))
    }

    /// Copies an encoding with references for its headers.
    fn encoding(&mut self, node: &'a Node, at: &Pointer) -> Option<Node> {
        Some(match node.as_object() {
            Some(object) => Node::from(self.shallow(&spec::ENCODING, object, at)),
            None => node.clone(),
        })
    }

    /// Rewrites every member of an object; one that cannot be resolved is removed once it is reported.
    pub(super) fn each(
        &mut self,
        node: &'a Node,
        at: &Pointer,
        mut rewrite: impl FnMut(&mut Self, &'a Node, &Pointer) -> Option<Node>,
    ) -> Node {
        let Some(object) = node.as_object() else {
            return node.clone();
        };
        let members = object
            .iter()
            .filter_map(|(name, node)| Some((name.clone(), rewrite(self, node, &at.child(name))?)));
        members.collect()
    }

    /// Returns the object `{ $ref: key }` that replaces a child.
    pub(super) fn reference(
        &mut self,
        kind: ObjectKind,
        node: &'a Node,
        at: &Pointer,
    ) -> Option<Node> {
        self.target(kind, node, at).map(reference::to)
    }
}

/// Whether a schema itself says that its values are arrays or objects.
fn is_structured(schema: &Node) -> bool {
    let is_either = |node: &Node| matches!(node.as_str(), Some("array" | "object"));
    let typed = schema
        .get("type")
        .is_some_and(|node| match node.as_array() {
            Some(types) => types.iter().any(is_either),
            None => is_either(node),
        });
    typed || schema.get("properties").is_some() || schema.get("items").is_some()
}

impl ObjectKind {
    fn spec(self) -> &'static ObjectSpec {
        match self {
            ObjectKind::Schema => &spec::SCHEMA,
            ObjectKind::Parameter => &spec::PARAMETER,
            ObjectKind::RequestBody => &spec::REQUEST_BODY,
            ObjectKind::Response => &spec::RESPONSE,
            ObjectKind::Header => &spec::HEADER,
        }
    }
}
