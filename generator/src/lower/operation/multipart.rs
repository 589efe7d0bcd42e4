//! Multipart bodies: their parts, and which of them are files.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, Header, MediaType, ReferenceOr, Schema, SchemaKind, Type};

use super::Operations;
use super::{body, media};
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{Content, Docs, Name, Note, Part, PartHeader, PartKind, Style};
use crate::lower::schema::{SchemaSite, key};
use crate::name::{self, Scope, ScopeKind, Wish};
use crate::pointer::Pointer;
use crate::resolve::Document;

/// The properties of an object schema, by the keys of their schemas.
#[derive(Default)]
struct Properties<'a> {
    all: IndexMap<&'a str, &'a str>,
    required: BTreeSet<&'a str>,
    /// Whether other properties are explicitly allowed.
    others: bool,
    /// The locations of alternatives, whose members are not sent.
    alternatives: Vec<Pointer>,
}

impl<'a> Operations<'_, 'a> {
    /// Makes a multipart body. If its schema has no properties, the caller chooses the parts.
    pub(super) fn multipart(
        &mut self,
        content: &'a MediaType,
        media_type: &str,
        stem: &str,
        place: &SchemaSite,
    ) -> Content {
        let mut properties = Properties::default();
        if let Some(key) = content.schema.as_ref().and_then(key) {
            self.collect(key, &mut properties, &mut Vec::new());
        }
        if properties.all.is_empty() {
            self.unstructured(content, &place.at);
            return Content::Parts {
                media_type: media_type.to_owned(),
            };
        }
        for at in &properties.alternatives {
            let text = "the parts that only some of the alternatives have are not sent";
            self.report(Diagnostic::new(code::NOT_MODELLED, at.clone(), text));
        }
        let mut parts: Vec<Part> = Vec::new();
        for (wire, key) in properties.all {
            let required = properties.required.contains(wire);
            parts.push(self.multipart_part(content, (wire, key), required, place));
        }
        let rest = self.name_parts(&mut parts, properties.others, &place.at);
        Content::Multipart {
            media_type: media_type.to_owned(),
            name: self.own_type(stem, "Parts", &place.at),
            parts,
            rest,
        }
    }

    fn multipart_part(
        &mut self,
        content: &'a MediaType,
        (wire, key): (&str, &'a str),
        required: bool,
        place: &SchemaSite,
    ) -> Part {
        let encoding = content.encoding.get(wire);
        let at = place.at.parent().unwrap_or_else(|| place.at.clone());
        let at = at.child("encoding").child(wire);
        let declared = encoding.and_then(|encoding| encoding.content_type.as_deref());
        // `image/png, image/jpeg` and `image/*` are what the server takes; a part says what it is
        let media_type = declared.filter(|name| !name.contains(['*', ',']));
        let kind = self.part_kind(key, declared, &place.property(wire, wire));
        let otherwise = match kind {
            PartKind::File | PartKind::Files => media::OCTETS,
            PartKind::Value(_) => "",
        };
        let mut docs = self.schemas.docs(self.document.schema_at(key));
        if let (PartKind::File | PartKind::Files, None, Some(names)) = (&kind, media_type, declared)
        {
            docs.notes.push(Note::MediaTypes(names.to_owned()));
        }
        let style = encoding.filter(|_| matches!(kind, PartKind::Value(_)));
        let style = style.and_then(body::style_of);
        Part {
            name: Name {
                wire: wire.to_owned(),
                rust: name::member_name(wire),
            },
            origin: self.document.schema_at(key).at.clone(),
            docs,
            required,
            kind,
            media_type: media_type.unwrap_or(otherwise).to_owned(),
            style: style.filter(|(style, _)| *style != Style::Json),
            headers: match encoding {
                Some(encoding) => self.part_headers(&encoding.headers, wire, required, &at),
                None => Vec::new(),
            },
        }
    }

    /// Names the fields: of the parts first, so that a header never takes a part's name; then of their headers, and of
    /// the parts that the document does not name. Returns the last.
    fn name_parts(&mut self, parts: &mut [Part], has_rest: bool, at: &Pointer) -> Option<String> {
        let mut scope = Scope::new(ScopeKind::PartField);
        let wishes = parts
            .iter()
            .map(|part| Wish::new(part.name.rust.as_str(), &part.origin).spelled(&part.name.wire));
        let of_parts = scope.claim_all(&wishes.collect::<Vec<_>>());
        let headers = parts.iter().flat_map(|part| &part.headers);
        let wishes = headers.map(|header| {
            Wish::new(header.name.rust.as_str(), &header.origin).spelled(&header.name.wire)
        });
        let of_headers = scope.claim_all(&wishes.collect::<Vec<_>>());
        let rest = has_rest.then(|| scope.claim(Wish::new("additional_parts", at)));
        let names = parts.iter_mut().map(|part| &mut part.name.rust);
        for (name, claim) in names.zip(of_parts) {
            self.schemas.diagnostics.extend(claim.collision);
            *name = claim.name;
        }
        let headers = parts.iter_mut().flat_map(|part| &mut part.headers);
        for (header, claim) in headers.zip(of_headers) {
            self.schemas.diagnostics.extend(claim.collision);
            header.name.rust = claim.name;
        }
        rest.map(|claim| {
            self.schemas.diagnostics.extend(claim.collision);
            claim.name
        })
    }

    /// Returns the kind of a part: a file if its schema or media type says so, else a value of its schema.
    fn part_kind(&mut self, key: &'a str, declared: Option<&str>, place: &SchemaSite) -> PartKind {
        let first = declared.map(|names| names.split(',').next().unwrap_or(names).trim());
        let kind = first.map(|name| self.body_kind(name, None));
        let is_foreign = kind == Some(media::BodyKind::Bytes);
        if self.is_binary(key) || (is_foreign && self.is_text(key)) {
            return PartKind::File;
        }
        if self.is_binary_list(key) {
            return PartKind::Files;
        }
        if matches!(kind, Some(media::BodyKind::Bytes | media::BodyKind::Xml))
            && self.is_structured(key)
        {
            let text = "a part of this media type is bytes here; its schema is not used";
            self.report(Diagnostic::new(code::NOT_MODELLED, place.at.clone(), text));
            return PartKind::File;
        }
        PartKind::Value(self.schemas.type_without_null(key, place))
    }

    /// Returns the headers of a part, each a field beside it. The media type and the disposition are written without them.
    fn part_headers(
        &mut self,
        headers: &'a IndexMap<String, ReferenceOr<Header>>,
        part: &str,
        is_there: bool,
        at: &Pointer,
    ) -> Vec<PartHeader> {
        let mut made = Vec::new();
        for (wire, reference) in headers {
            let Some(entry) = self.document.header(reference) else {
                continue;
            };
            match wire.to_ascii_lowercase().as_str() {
                "content-type" => continue,
                "content-disposition" => {
                    let text = "the disposition of a part is made of its name and file name";
                    let at = at.child("headers").child(wire);
                    let finding = Diagnostic::new(code::NOT_GENERATED, at, text);
                    self.report(finding);
                    continue;
                }
                _ => {}
            }
            let rust = name::member_name(&format!("{part}_{wire}"));
            let stem = self.shared_stem(&entry.at);
            let stem = stem.unwrap_or_else(|| name::type_name(&rust));
            let (ty, is_json) = self.parameter_type(&entry.value.format, stem, &entry.at);
            made.push(PartHeader {
                name: Name {
                    wire: wire.clone(),
                    rust,
                },
                origin: entry.at.clone(),
                docs: Docs {
                    description: entry.value.description.clone(),
                    ..Docs::default()
                },
                required: entry.value.required && is_there,
                is_json,
                explode: entry.facts.explode,
                ty,
            });
        }
        made
    }

    /// Collects the properties of a schema and of the schemas that it is composed of.
    fn collect(&self, key: &'a str, found: &mut Properties<'a>, seen: &mut Vec<&'a str>) {
        if seen.contains(&key) {
            return;
        }
        seen.push(key);
        match &self.document.schema_at(key).value.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                found.add(&object.properties, &object.required);
                found.others |= allows(object.additional_properties.as_ref());
            }
            SchemaKind::OneOf { .. } => found.lost(key, self.document, "oneOf"),
            SchemaKind::AnyOf { .. } => found.lost(key, self.document, "anyOf"),
            SchemaKind::Any(any) => {
                found.add(&any.properties, &any.required);
                found.others |= allows(any.additional_properties.as_ref());
                if !any.one_of.is_empty() {
                    found.lost(key, self.document, "oneOf");
                }
                if !any.any_of.is_empty() {
                    found.lost(key, self.document, "anyOf");
                }
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
    fn lost(&mut self, key: &str, document: &Document, name: &str) {
        self.alternatives
            .push(document.schema_at(key).at.child(name));
    }

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

/// Returns whether additional members are explicitly allowed. A schema that does not mention them is taken to list all.
fn allows(others: Option<&AdditionalProperties>) -> bool {
    !matches!(others, None | Some(AdditionalProperties::Any(false)))
}
