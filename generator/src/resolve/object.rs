//! Reads one object at a time: its children are replaced by references, and openapiv3 reads the rest.

use super::dialect;
use super::document::{Entry, HeaderFacts, ParameterFacts, SchemaFacts};
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
        let (at, _) = self.follow_to(node, at, &is_target)?;
        Some(self.enqueue(kind, at))
    }

    /// Returns the key of an object and queues it, once.
    pub(super) fn enqueue(&mut self, kind: ObjectKind, at: Pointer) -> String {
        let key = at.to_string();
        if self.queued.insert((kind, key.clone())) {
            self.queue.push((kind, at));
        }
        key
    }

    /// Reads an object into its table.
    pub(super) fn object(&mut self, kind: ObjectKind, node: &'a Node, at: &Pointer) {
        let key = at.to_string();
        if kind == ObjectKind::Schema {
            return self.schema(key, node, at);
        }
        let spec = kind.spec();
        let Some(object) = node.as_object() else {
            return self.wrong_kind(node, at, spec.noun);
        };
        self.audit(spec, object, at);
        let mut copy = self.shallow(spec, object, at);
        let mut facts = ParameterFacts::default();
        if kind == ObjectKind::Parameter {
            facts = dialect::parameter(&mut copy);
            self.parameter_style(&mut copy, object.get("schema"), at);
            self.parameter_name(&copy, at);
        }
        if matches!(kind, ObjectKind::Parameter | ObjectKind::Header)
            && !self.one_content(spec.noun, &copy, at)
        {
            return;
        }
        facts.whole_query = dialect::whole_query(&mut copy);
        if !self.fit(spec, &mut copy, at) {
            return;
        }
        if kind == ObjectKind::Response {
            dialect::response(&mut copy);
        }
        let node = Node::Object(copy);
        let at = at.clone();
        match kind {
            ObjectKind::Parameter => {
                if let Some(value) = self.read(&node, &at) {
                    self.document
                        .parameters
                        .insert(key, Entry { at, value, facts });
                }
            }
            ObjectKind::RequestBody => {
                if let Some(value) = self.read(&node, &at) {
                    self.document.bodies.insert(
                        key,
                        Entry {
                            at,
                            value,
                            facts: (),
                        },
                    );
                }
            }
            ObjectKind::Response => {
                if let Some(value) = self.read(&node, &at) {
                    self.document.responses.insert(
                        key,
                        Entry {
                            at,
                            value,
                            facts: (),
                        },
                    );
                }
            }
            ObjectKind::Header => {
                if let Some(value) = self.read(&node, &at) {
                    let explode = object.get("explode").and_then(Node::as_bool);
                    let facts = HeaderFacts {
                        explode: explode.unwrap_or_default(),
                    };
                    self.document
                        .headers
                        .insert(key, Entry { at, value, facts });
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
            if matches!(member.handling, Handling::Inert) {
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
            self.wrong_kind(node, at, "a media type");
            return None;
        };
        self.audit(&spec::MEDIA_TYPE, object, at);
        let mut copy = self.shallow(&spec::MEDIA_TYPE, object, at);
        if let Some(node) = object.get("itemSchema")
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
        Some(Node::Object(copy))
    }

    /// Copies an encoding with references for its headers.
    fn encoding(&mut self, node: &'a Node, at: &Pointer) -> Option<Node> {
        Some(match node.as_object() {
            Some(object) => Node::Object(self.shallow(&spec::ENCODING, object, at)),
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
        Node::Object(members.collect())
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

    fn schema(&mut self, key: String, node: &'a Node, at: &Pointer) {
        let Some((mut object, mut facts)) = dialect::schema(node) else {
            return self.wrong_kind(node, at, "a schema");
        };
        let base = self.base(node, &mut object, at);
        self.audit(&spec::SCHEMA, &object, at);
        self.null_type(node, at);
        let mut copy = self.shallow_schema(node, object, at, &mut facts);
        self.fit(&spec::SCHEMA, &mut copy, at);
        facts.bounds = dialect::newer_bounds(&spec::SCHEMA, &copy);
        if let Some(base) = base {
            siblings::compose(&mut copy, base);
        }
        if let Some(value) = self.read(&Node::Object(copy), at) {
            self.document.schemas.insert(
                key,
                Entry {
                    at: at.clone(),
                    value,
                    facts,
                },
            );
        }
    }

    /// Replaces the children of a schema by references. `original` is the node in the file, `object` its 3.0 spelling.
    fn shallow_schema(
        &mut self,
        original: &'a Node,
        mut object: Object,
        at: &Pointer,
        facts: &mut SchemaFacts,
    ) -> Object {
        let Some(source) = original.as_object() else {
            return object;
        };
        for (name, node) in source {
            let place = at.child(name);
            let rewritten = match name.as_ref() {
                "properties" => self.each(node, &place, |this, node, at| {
                    this.reference(ObjectKind::Schema, node, at)
                }),
                "patternProperties" => {
                    facts.pattern_properties = self.keyed(node, &place);
                    object.shift_remove("patternProperties");
                    continue;
                }
                "contentSchema" => {
                    facts.content_schema = self.target(ObjectKind::Schema, node, &place);
                    continue;
                }
                "prefixItems" => {
                    facts.prefix_items = self.listed(node, &place);
                    object.shift_remove("prefixItems");
                    continue;
                }
                // `items: [A, B]`, as in JSON Schema before 2020; no OpenAPI has it, and validators accept any array
                "items" if node.as_array().is_some() => {
                    let text = "`items` is an array of schemas, which OpenAPI does not have; the items can be any JSON";
                    let finding = Diagnostic::new(code::UNTYPED, place.clone(), text)
                        .help("use `prefixItems` (OpenAPI 3.1), or one schema for all items");
                    self.report(finding);
                    object.shift_remove("items");
                    continue;
                }
                "items" | "not" => match self.reference(ObjectKind::Schema, node, &place) {
                    Some(node) => node,
                    None => continue,
                },
                "additionalProperties" if node.as_object().is_some() => {
                    match self.reference(ObjectKind::Schema, node, &place) {
                        Some(node) => node,
                        None => continue,
                    }
                }
                "allOf" | "oneOf" | "anyOf" => Node::Array(
                    self.listed(node, &place)
                        .into_iter()
                        .map(reference::to)
                        .collect(),
                ),
                _ => continue,
            };
            object.insert(name.clone(), rewritten);
        }
        object
    }

    fn listed(&mut self, node: &'a Node, at: &Pointer) -> Vec<String> {
        let Some(items) = node.as_array() else {
            self.wrong_kind(node, at, "an array of schemas");
            return Vec::new();
        };
        items
            .iter()
            .enumerate()
            .filter_map(|(index, node)| self.target(ObjectKind::Schema, node, &at.index(index)))
            .collect()
    }

    fn keyed(&mut self, node: &'a Node, at: &Pointer) -> Vec<(String, String)> {
        self.members_of(Some(node), at, "an object of schemas")
            .into_iter()
            .flatten()
            .filter_map(|(name, node)| {
                Some((
                    name.to_string(),
                    self.target(ObjectKind::Schema, node, &at.child(name))?,
                ))
            })
            .collect()
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
