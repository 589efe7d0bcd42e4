//! Keywords that depend on other schemas: what only some values have to fit, and members that no schema names.

use super::Resolver;
use super::document::SchemaFacts;
use super::object::ObjectKind;
use crate::diagnostic::{Diagnostic, code};
use crate::load::{Node, Object};
use crate::pointer::Pointer;

impl<'a> Resolver<'a> {
    /// Notes the members that `if` names, and the schemas of `then`, `else` and `dependentSchemas` that name members.
    pub(super) fn condition(
        &mut self,
        (keyword, node): (&str, &'a Node),
        at: &Pointer,
        facts: &mut SchemaFacts,
    ) {
        match keyword {
            "if" => {
                let named = node.get("properties").and_then(Node::as_object);
                let names = named.into_iter().flat_map(Object::keys);
                facts.tested = names.map(ToString::to_string).collect();
            }
            "dependentSchemas" => {
                for (wire, node) in node.as_object().into_iter().flatten() {
                    self.consequence(node, &at.child(wire), facts);
                }
            }
            _ => self.consequence(node, at, facts),
        }
    }

    /// Notes a schema that only some values have to fit, if it names members.
    fn consequence(&mut self, node: &'a Node, at: &Pointer, facts: &mut SchemaFacts) {
        const DESCRIBING: [&str; 9] = [
            "$ref",
            "allOf",
            "anyOf",
            "dependentSchemas",
            "else",
            "if",
            "oneOf",
            "properties",
            "then",
        ];
        let describes = DESCRIBING.iter().any(|name| node.get(name).is_some());
        if describes || node.get("required").is_some() {
            facts.has_conditional_members |= describes;
            let key = self.target(ObjectKind::Schema, node, at);
            facts.consequences.extend(key);
        }
    }

    /// Reads `unevaluatedProperties: X` as `additionalProperties: X`: the members of all schemas of an `allOf` are in one
    /// type, so that what none of them names is left in both cases.
    pub(super) fn unevaluated(
        &mut self,
        source: &'a Object,
        node: &'a Node,
        at: &Pointer,
        object: &mut Object,
    ) {
        if node.as_bool() == Some(false) {
            let text =
                "`unevaluatedProperties` is not supported: values that violate it are accepted";
            self.report(Diagnostic::new(code::NOT_ENFORCED, at.clone(), text));
            return;
        }
        if source.contains_key("additionalProperties") {
            return; // which leaves nothing unevaluated
        }
        let rewritten = match node.as_object() {
            Some(_) => self.reference(ObjectKind::Schema, node, at),
            None => Some(node.clone()),
        };
        if let Some(rewritten) = rewritten {
            object.insert("additionalProperties".into(), rewritten);
        }
    }
}
