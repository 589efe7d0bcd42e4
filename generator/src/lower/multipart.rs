//! Bodies of several parts: which parts there are, and which of them are files.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr, Schema, SchemaKind, Type};

use super::Lowering;
use super::media;
use super::pieces::key;
use super::place::Place;
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{Content, Name, Part, PartKind};
use crate::name;

/// The properties of an object schema with the keys of their schemas, and the names of those that are required.
#[derive(Default)]
struct Properties<'a> {
    all: IndexMap<&'a str, &'a str>,
    required: BTreeSet<&'a str>,
}

impl<'a> Lowering<'a> {
    /// The parts of a multipart body. Without properties in its schema the caller says which parts there are.
    pub(super) fn multipart(
        &mut self,
        content: &'a MediaType,
        media_type: &str,
        own: &str,
        place: &Place,
    ) -> Content {
        let mut properties = Properties::default();
        if let Some(key) = content.schema.as_ref().and_then(key) {
            self.collect(key, &mut properties, &mut Vec::new());
        }
        if properties.all.is_empty() {
            return Content::Parts {
                media_type: media_type.to_owned(),
            };
        }
        let mut parts: Vec<Part> = Vec::new();
        for (wire, key) in properties.all {
            let required = properties.required.contains(wire);
            parts.push(self.multipart_part(content, (wire, key), required, place));
        }
        let mut seen = BTreeSet::new();
        for part in &mut parts {
            let base = part.name.rust.clone();
            let numbered = (2..).map(|number| format!("{base}_{number}"));
            let mut candidates = std::iter::once(base.clone()).chain(numbered);
            if let Some(rust) = candidates.find(|name| !seen.contains(name)) {
                seen.insert(rust.clone());
                part.name.rust = rust;
            }
        }
        Content::Multipart {
            media_type: media_type.to_owned(),
            name: own.to_owned(),
            parts,
        }
    }

    fn multipart_part(
        &mut self,
        content: &'a MediaType,
        (wire, key): (&str, &'a str),
        required: bool,
        place: &Place,
    ) -> Part {
        let encoding = content.encoding.get(wire);
        if encoding.is_some_and(|encoding| !encoding.headers.is_empty()) {
            let at = place.at.parent().unwrap_or_else(|| place.at.clone());
            let at = at.child("encoding").child(wire).child("headers");
            let text = "the headers of a part are not sent";
            self.diagnostics
                .push(Diagnostic::new(code::NOT_GENERATED, at, text));
        }
        let declared = encoding.and_then(|encoding| encoding.content_type.as_deref());
        // `image/png, image/jpeg` and `image/*` are what the server takes; a part says what it is
        let media_type = declared.filter(|name| !name.contains(['*', ',']));
        let is_foreign = declared.is_some_and(|name| {
            let kind = self.kind(name.split(',').next().unwrap_or(name).trim(), None);
            kind == media::Kind::Bytes
        });
        let kind = if self.is_binary(key) || (is_foreign && self.is_text(key)) {
            PartKind::File
        } else if self.is_binary_list(key) {
            PartKind::Files
        } else {
            let property = place.property(wire);
            PartKind::Value(self.type_without_null(key, &property))
        };
        let otherwise = match kind {
            PartKind::File | PartKind::Files => media::OCTETS,
            PartKind::Value(_) => "",
        };
        Part {
            name: Name {
                wire: wire.to_owned(),
                rust: name::member_name(wire),
            },
            docs: self.docs(self.document.schema_at(key)),
            required,
            kind,
            media_type: media_type.unwrap_or(otherwise).to_owned(),
        }
    }

    /// The properties of a schema and of those that it is composed of.
    fn collect(&self, key: &'a str, found: &mut Properties<'a>, seen: &mut Vec<&'a str>) {
        if seen.contains(&key) {
            return;
        }
        seen.push(key);
        match &self.document.schema_at(key).value.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                found.add(&object.properties, &object.required);
            }
            SchemaKind::Any(any) => {
                found.add(&any.properties, &any.required);
                for branch in any.all_of.iter().filter_map(self::key) {
                    self.collect(branch, found, seen);
                }
            }
            SchemaKind::AllOf { all_of } => {
                for branch in all_of.iter().filter_map(self::key) {
                    self.collect(branch, found, seen);
                }
            }
            _ => {}
        }
    }
}

impl<'a> Properties<'a> {
    fn add(
        &mut self,
        properties: &'a IndexMap<String, ReferenceOr<Box<Schema>>>,
        required: &'a [String],
    ) {
        for (wire, reference) in properties {
            if let Some(key) = key(reference) {
                self.all.insert(wire, key);
            }
        }
        self.required.extend(required.iter().map(String::as_str));
    }
}
