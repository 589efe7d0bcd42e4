//! Documentation: descriptions, and facts that types do not enforce.

use openapiv3::Schema;

use super::Schemas;
use crate::ir::Docs;
use crate::pointer::Pointer;
use crate::resolve::{Entry, SchemaFacts};

impl Schemas<'_> {
    /// Returns the documentation of a schema's own type.
    pub fn docs(&self, entry: &Entry<Schema, SchemaFacts>) -> Docs {
        let data = &entry.value.schema_data;
        Docs {
            summary: data.title.clone(),
            description: data.description.clone(),
            notes: self.notes(entry),
            deprecated: data.deprecated,
        }
    }

    /// Returns the documentation of a member. What is beside its `$ref` comes first; a type of its own has the rest.
    pub(super) fn member_docs(&self, key: &str, origin: &Pointer) -> Docs {
        let entry = self.document.schema_at(key);
        let mut docs = self.docs(entry);
        let named = self.type_of_key(key).is_some();
        if named {
            docs.notes.clear();
            if entry.at != *origin {
                docs.summary = None;
            }
        }
        if let Some(text) = self.document.description_at(origin) {
            docs.summary = None;
            docs.description = Some(text.to_owned());
        }
        docs
    }
}
