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

/// The properties of an object schema, by the keys of their schemas.
#[derive(Default)]
struct Properties<'a> {
    all: IndexMap<&'a str, &'a str>,
    required: BTreeSet<&'a str>,
    /// Whether other properties are explicitly allowed.
    others: bool,
    /// The locations of alternatives.
    alternatives: Vec<Pointer>,
}

/// Whether the properties of a schema are those of every valid value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Branch {
    /// They are: the schema itself, and branches of `allOf`.
    Every,
    /// They may be absent, whatever they are in their branch of a `oneOf` or `anyOf`.
    Some,
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
            self.collect(key, Branch::Every, &mut properties, &mut Vec::new());
        }
        if properties.all.is_empty() {
            self.unstructured(content, &place.at);
            return Content::Parts {
                media_type: media_type.to_owned(),
            };
        }
        for at in &properties.alternatives {
            let text = "the parts of all alternatives can be sent, and none of them is required";
            self.report(Diagnostic::new(code::NOT_ENFORCED, at.clone(), text));
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
        let (kind, own) = self.part_kind(key, declared, &place.property(wire, wire));
        // `image/png, image/jpeg` and `image/*` are what the server takes; a part says what it is
        let names = declared.unwrap_or_default().split(',').map(str::trim);
        let first = names
            .clone()
            .find(|name| !name.is_empty() && !name.contains('*'));
        let otherwise = match kind {
            PartKind::Value(_) => "",
            _ => media::OCTETS,
        };
        let own = own.as_deref().filter(|name| !name.contains('*'));
        let media_type = first.or(own).unwrap_or(otherwise);
        let mut docs = self.schemas.docs(self.document.schema_at(key));
        let is_choice = names.count() > 1 || first.is_none();
        if let Some(names) = declared.filter(|_| is_choice && kind.ty().is_none()) {
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
            media_type: media_type.to_owned(),
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

    /// Returns the kind of a part: a file if its schema or media type says so, else a value of its schema; and the media
    /// type that its schema says.
    fn part_kind(
        &mut self,
        key: &'a str,
        declared: Option<&str>,
        place: &SchemaSite,
    ) -> (PartKind, Option<String>) {
        let first = declared.map(|names| names.split(',').next().unwrap_or(names).trim());
        let kind = first.map(|name| self.body_kind(name, None));
        let is_foreign = kind == Some(media::BodyKind::Bytes);
        let texts = || self.texts_as_files(key).filter(|_| is_foreign);
        if let Some(files) = self.files(key).or_else(texts) {
            if files.or_other {
                let text = "a part that is no file is text here; its schema is not used";
                self.report(Diagnostic::new(code::NOT_MODELLED, place.at.clone(), text));
            }
            let kind = match (files.is_list, files.or_text) {
                (false, false) => PartKind::File,
                (true, false) => PartKind::Files,
                (false, true) => PartKind::FileOrText,
                (true, true) => PartKind::FilesOrTexts,
            };
            return (kind, files.media_type);
        }
        if matches!(kind, Some(media::BodyKind::Bytes | media::BodyKind::Xml))
            && self.is_structured(key)
        {
            let text = "a part of this media type is bytes here; its schema is not used";
            self.report(Diagnostic::new(code::NOT_MODELLED, place.at.clone(), text));
            return (PartKind::File, None);
        }
        let ty = self.schemas.type_without_null(key, place);
        (PartKind::Value(ty), None)
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

    /// Collects the properties of a schema and of the schemas that it is composed of. Those of alternatives are optional.
    fn collect(
        &self,
        key: &'a str,
        branch: Branch,
        found: &mut Properties<'a>,
        seen: &mut Vec<&'a str>,
    ) {
        if seen.contains(&key) {
            return;
        }
        seen.push(key);
        let at = &self.document.schema_at(key).at;
        match &self.document.schema_at(key).value.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                found.add(&object.properties, &object.required, branch);
                found.others |= allows(object.additional_properties.as_ref());
            }
            SchemaKind::OneOf { one_of } => {
                self.collect_alternatives((&at.child("oneOf"), one_of), branch, found, seen);
            }
            SchemaKind::AnyOf { any_of } => {
                self.collect_alternatives((&at.child("anyOf"), any_of), branch, found, seen);
            }
            SchemaKind::Any(any) => {
                found.add(&any.properties, &any.required, branch);
                found.others |= allows(any.additional_properties.as_ref());
                for part in any.all_of.iter().filter_map(self::key) {
                    self.collect(part, branch, found, seen);
                }
                for (name, branches) in [("oneOf", &any.one_of), ("anyOf", &any.any_of)] {
                    self.collect_alternatives((&at.child(name), branches), branch, found, seen);
                }
            }
            SchemaKind::AllOf { all_of } => {
                for part in all_of.iter().filter_map(self::key) {
                    self.collect(part, branch, found, seen);
                }
            }
            _ => {}
        }
    }

    fn collect_alternatives(
        &self,
        (at, branches): (&Pointer, &'a [ReferenceOr<Schema>]),
        branch: Branch,
        found: &mut Properties<'a>,
        seen: &mut Vec<&'a str>,
    ) {
        let keys = branches.iter().filter_map(key);
        let is_null = |key: &&str| self.document.schema_at(key).facts.only_null;
        let keys: Vec<&str> = keys.filter(|key| !is_null(key)).collect();
        let branch = if keys.len() > 1 { Branch::Some } else { branch };
        if keys.len() > 1 {
            found.alternatives.push(at.clone());
        }
        for key in keys {
            self.collect(key, branch, found, seen);
        }
    }
}

impl<'a> Properties<'a> {
    fn add(
        &mut self,
        properties: &'a IndexMap<String, ReferenceOr<Box<Schema>>>,
        required: &'a [String],
        branch: Branch,
    ) {
        for (wire, reference) in properties {
            if let Some(key) = key(reference) {
                match branch {
                    Branch::Every => _ = self.all.insert(wire, key),
                    Branch::Some => _ = self.all.entry(wire).or_insert(key),
                }
            }
        }
        if branch == Branch::Every {
            self.required.extend(required.iter().map(String::as_str));
        }
    }
}

/// Returns whether additional members are explicitly allowed. A schema that does not mention them is taken to list all.
fn allows(others: Option<&AdditionalProperties>) -> bool {
    !matches!(others, None | Some(AdditionalProperties::Any(false)))
}
