//! What stands in place of an object that cannot be found or read, so that everything around it is still resolved.
//!
//! The run has an error then, unless it is lenient: `Section::bridge` has the sentences for what these functions do.

use openapiv3::{
    AnySchema, MediaType, ReferenceOr, RequestBody, Response, Schema, SchemaData, SchemaKind,
    StringType, Type,
};

use super::object::ObjectKind;
use super::{Entry, Resolver, SchemaFacts};
use crate::diagnostic::{Diagnostic, code};
use crate::load::{Node, section};
use crate::pointer::Pointer;

/// Returns the schema that accepts any JSON.
pub(super) fn any() -> Schema {
    Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Any(AnySchema::default()),
    }
}

impl Resolver<'_> {
    /// Fills the place of an object, and returns its key; `None` for one that is left out: an unknown parameter cannot
    /// be sent.
    pub(super) fn fill(&mut self, kind: ObjectKind, at: &Pointer) -> Option<String> {
        let key = at.to_string();
        let at = at.clone();
        match kind {
            ObjectKind::Schema => {
                let facts = SchemaFacts::default();
                let value = any();
                let entry = Entry { at, value, facts };
                self.document
                    .schemas
                    .entry(key.clone())
                    .or_insert(Box::new(entry));
            }
            ObjectKind::RequestBody => {
                let schema = self.fill(ObjectKind::Schema, &at)?;
                let json = MediaType {
                    schema: Some(ReferenceOr::Reference { reference: schema }),
                    ..MediaType::default()
                };
                let value = RequestBody {
                    content: [("application/json".to_owned(), json)]
                        .into_iter()
                        .collect(),
                    ..RequestBody::default()
                };
                let facts = ();
                let entry = Entry { at, value, facts };
                self.document.bodies.entry(key.clone()).or_insert(entry);
            }
            ObjectKind::Response => {
                let value = Response::default();
                let facts = ();
                let entry = Entry { at, value, facts };
                self.document.responses.entry(key.clone()).or_insert(entry);
            }
            ObjectKind::Parameter | ObjectKind::Header => return None,
        }
        Some(key)
    }

    /// Adds the schema of a string at a place where there is none, and returns its key.
    pub(super) fn string(&mut self, at: &Pointer) -> String {
        let key = at.to_string();
        let entry = Entry {
            at: at.clone(),
            value: Schema {
                schema_kind: SchemaKind::Type(Type::String(StringType::default())),
                ..any()
            },
            facts: SchemaFacts::default(),
        };
        self.document.schemas.insert(key.clone(), Box::new(entry));
        key
    }

    /// Reports a value that is not the object that its place needs.
    pub(super) fn not_an_object(&mut self, node: &Node, at: &Pointer, expected: &str) {
        let text = format!("expected {expected}, found {}", node.describe());
        let finding = Diagnostic::new(code::WRONG_SHAPE, at.clone(), text);
        self.report(finding.bridge(section(at).bridge()));
    }
}
