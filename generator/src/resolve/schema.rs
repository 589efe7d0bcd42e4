//! Reads one schema: its children are replaced by references, and openapiv3 reads the rest.

use super::dialect;
use super::document::{Entry, SchemaFacts};
use super::object::ObjectKind;
use super::slips::is_empty_array;
use super::{Resolver, reference, siblings};
use crate::diagnostic::{Diagnostic, code};
use crate::load::{Node, Object};
use crate::pointer::Pointer;
use crate::spec;

impl<'a> Resolver<'a> {
    pub(super) fn schema(&mut self, key: String, node: &'a Node, at: &Pointer) {
        let object = match node {
            Node::Object(object) => Object::clone(object),
            _ if node.as_bool().is_some() => Object::default(),
            _ => {
                self.not_an_object(node, at, "a schema");
                self.fill(ObjectKind::Schema, at);
                return;
            }
        };
        self.schema_object(key, node, object, at);
    }

    /// Reads a schema; `node` is it in the file, and `object` its members.
    pub(super) fn schema_object(
        &mut self,
        key: String,
        node: &'a Node,
        mut object: Object,
        at: &Pointer,
    ) {
        self.repair_schema(&mut object, at);
        let mut facts = dialect::schema(&mut object);
        facts.never = node.as_bool() == Some(false); // `true` accepts anything, like `{}`
        let base = self.base(node, &mut object, at);
        self.audit(&spec::SCHEMA, &object, at);
        self.null_type(node, at);
        self.listed_values(node, &mut object, &mut facts, at);
        let mut copy = self.shallow_schema(node, object, at, &mut facts);
        self.repair(&spec::SCHEMA, &mut copy, at);
        if let Some(source) = node.as_object() {
            self.repair_required(source, &mut copy, at);
        }
        self.fit(&spec::SCHEMA, &mut copy, at);
        self.no_items(&copy, &facts, at);
        self.decimal(&copy, at);
        facts.bounds = dialect::newer_bounds(&spec::SCHEMA, &copy);
        if let Some(base) = base {
            siblings::compose(&mut copy, base);
        }
        if let Some(value) = self.read(&Node::from(copy), at) {
            self.document.schemas.insert(
                key,
                Box::new(Entry {
                    at: at.clone(),
                    value,
                    facts,
                }),
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
        for (name, node) in source.iter().filter(|(_, node)| !node.is_null()) {
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
                "if" | "then" | "else" | "dependentSchemas" => {
                    self.condition((name.as_ref(), node), &place, facts);
                    continue;
                }
                "unevaluatedProperties" => {
                    self.unevaluated(source, node, &place, &mut object);
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
                "items" if node.as_array().is_some_and(|items| !items.is_empty()) => {
                    let text = "`items` is an array of schemas, which OpenAPI does not have; the items can be any JSON";
                    let finding = Diagnostic::new(code::UNTYPED, place.clone(), text)
                        .help("use `prefixItems` (OpenAPI 3.1), or one schema for all items");
                    self.report(finding);
                    object.shift_remove("items");
                    continue;
                }
                "items" if is_empty_array(node) => continue,
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
            if node.as_object().is_some_and(Object::is_empty) {
                self.slip(
                    at.clone(),
                    "expected an array of schemas, found an object; it is read as empty",
                );
            } else if node.as_object().is_some() {
                self.slip(
                    at.clone(),
                    "expected an array of schemas, found an object; it is read as an array of it",
                );
                return self
                    .target(ObjectKind::Schema, node, at)
                    .into_iter()
                    .collect();
            } else {
                self.not_an_object(node, at, "an array of schemas");
            }
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
