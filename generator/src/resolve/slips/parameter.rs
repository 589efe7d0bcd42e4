//! Parameters and headers with the `type` of their values beside the `name`, as in Swagger 2.0.

use crate::load::{Node, Object};
use crate::pointer::Pointer;
use crate::resolve::Resolver;
use crate::resolve::object::ObjectKind;
use crate::spec::{self, Handling};

impl<'a> Resolver<'a> {
    /// Reads `{ in: query, name: limit, type: integer }` as `{ in: query, name: limit, schema: { type: integer } }`:
    /// returns the key of the schema, and the object without it.
    pub(in crate::resolve) fn swagger_schema(
        &mut self,
        kind: ObjectKind,
        (node, object): (&'a Node, &'a Object),
        at: &Pointer,
    ) -> Option<(String, Object)> {
        let spec = match kind {
            ObjectKind::Parameter => &spec::PARAMETER,
            ObjectKind::Header => &spec::HEADER,
            _ => return None,
        };
        let is_given = |name: &str| object.get(name).is_some_and(|node| !node.is_null());
        if !is_given("type") || is_given("schema") || is_given("content") {
            return None;
        }
        let is_of_schema = |name: &str| {
            let member = spec::SCHEMA.member(name);
            spec.member(name).is_none()
                && member.is_some_and(|member| !matches!(member.handling, Handling::Inert))
        };
        let (schema, rest): (Object, Object) = object
            .iter()
            .map(|(name, node)| (name.clone(), node.clone()))
            .partition(|(name, _)| is_of_schema(name));
        let text = format!(
            "the `type` of {} belongs into its `schema`; it is read as if it were there",
            spec.noun
        );
        self.slip(at.child("type"), text);
        let key = at.to_string();
        self.schema_object(key.clone(), node, schema, at);
        Some((key, rest))
    }
}
