//! Streamed bodies: the type of one event or line.

use indexmap::IndexMap;
use openapiv3::{MediaType, SchemaKind, Type};

use super::Operations;
use super::media::BodyKind;
use super::representation::Representation;
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{Returned, Scalar, TypeRef};
use crate::lower::schema::{SchemaSite, key};
use crate::pointer::Pointer;

impl<'a> Operations<'_, 'a> {
    /// Returns how a body is read as a stream, of events before lines.
    pub(super) fn streams(
        &mut self,
        content: &'a IndexMap<String, MediaType>,
        stem: &str,
        at: &Pointer,
    ) -> Vec<Representation> {
        [BodyKind::Events, BodyKind::JsonLines]
            .into_iter()
            .filter_map(|kind| {
                let (name, media_type) = content.iter().find(|(name, media_type)| {
                    self.body_kind(name, media_type.schema.as_ref().and_then(key)) == kind
                })?;
                Some(Representation {
                    returned: self.stream(kind, media_type, stem, &at.child(name)),
                    media_types: vec![name.clone()],
                    declared: vec![name.clone()],
                })
            })
            .collect()
    }

    fn stream(
        &mut self,
        kind: BodyKind,
        media_type: &'a MediaType,
        stem: &str,
        at: &Pointer,
    ) -> Returned {
        let (schema, member) = match self.document.item_schema(at) {
            Some(item) => (Some(item), "itemSchema"),
            None => (media_type.schema.as_ref().and_then(key), "schema"),
        };
        let is_item = member == "itemSchema";
        let place = SchemaSite::body(stem.to_owned(), &at.child(member));
        let ty = match (schema, kind) {
            (None, BodyKind::Events) => TypeRef::Scalar(Scalar::String),
            (None, _) => TypeRef::Any,
            (Some(schema), BodyKind::Events) if is_item => self.event(schema, &place),
            (Some(schema), _) if is_item => self.schemas.type_of(schema, &place),
            (Some(schema), _) => {
                let item = self.item_of_whole(schema);
                self.schemas.type_of(item, &place)
            }
        };
        match kind {
            BodyKind::Events => Returned::Events(ty),
            _ => Returned::JsonLines(ty),
        }
    }

    /// Returns the schema of one item of a stream. `schema` describes the whole stream, so the items of an array arrive one
    /// by one; older documents describe one item by it.
    fn item_of_whole(&self, schema: &'a str) -> &'a str {
        match &self.document.schema_at(schema).value.schema_kind {
            SchemaKind::Type(Type::Array(list)) => {
                list.items.as_ref().and_then(key).unwrap_or(schema)
            }
            _ => schema,
        }
    }

    /// Returns the type of the data of an event. 3.2 describes an event by the fields that it has on the wire, `data`
    /// among them, whose text can be JSON of a schema of its own:
    ///
    /// ```yaml
    /// itemSchema: { properties: { event: …, data: { type: string, contentMediaType: application/json, contentSchema: … } } }
    /// ```
    fn event(&mut self, schema: &'a str, place: &SchemaSite) -> TypeRef {
        let properties = match &self.document.schema_at(schema).value.schema_kind {
            SchemaKind::Type(Type::Object(object)) => &object.properties,
            SchemaKind::Any(any) => &any.properties,
            _ => return self.schemas.type_of(schema, place),
        };
        let Some(data) = properties.get("data").and_then(key) else {
            return self.schemas.type_of(schema, place);
        };
        let document = self.document;
        match &document.schema_at(data).facts.content_schema {
            Some(content) => {
                self.event_contents
                    .push(document.schema_at(data).at.clone());
                self.schemas.type_of(document.key(content), place)
            }
            None => self.schemas.type_of(data, place),
        }
    }

    /// Reports each `contentSchema` that is not that of an event's data.
    pub(super) fn content_schema_reports(&mut self) {
        for entry in self.document.schemas() {
            if entry.facts.content_schema.is_some() && !self.event_contents.contains(&entry.at) {
                let text =
                    "`contentSchema` is not supported: the content of the string is not decoded";
                let at = entry.at.child("contentSchema");
                self.report(Diagnostic::new(code::NOT_ENFORCED, at, text));
            }
        }
    }
}
