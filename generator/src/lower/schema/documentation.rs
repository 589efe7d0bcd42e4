//! Documentation: descriptions, and facts that types do not enforce.

use super::Schemas;
use super::composition::{SchemaEntry, bases};
use crate::ir::Docs;
use crate::pointer::Pointer;

impl<'a> Schemas<'a> {
    /// Returns the documentation of a schema's own type.
    pub fn docs(&self, entry: &'a SchemaEntry) -> Docs {
        let data = &entry.value.schema_data;
        let key = self.document.key_of(entry);
        let described = key.and_then(|key| self.described_part(key));
        let description = data.description.as_ref().or(described);
        Docs {
            summary: data.title.clone(),
            description: description.cloned(),
            notes: self.notes(entry),
            deprecated: key.map_or(data.deprecated, |key| self.annotations(&[key]).deprecated),
        }
    }

    /// Returns the description in an `allOf` that is not of another component:
    /// `allOf: [{ $ref: Pet }, { description: A dog., properties: { … } }]`.
    fn described_part(&self, key: &'a str) -> Option<&'a String> {
        let mut parts = bases(&self.document.schema_at(key).value)
            .filter(|part| self.components.with_key(part).is_none());
        parts.find_map(|part| {
            let data = &self.document.schema_at(part).value.schema_data;
            data.description.as_ref()
        })
    }

    /// Returns the documentation of a member. What is beside its `$ref` comes first; a type of its own has the rest.
    pub(super) fn member_docs(&self, key: &str, origin: &Pointer, is_named: bool) -> Docs {
        let entry = self.document.schema_at(key);
        let mut docs = self.docs(entry);
        if is_named {
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
