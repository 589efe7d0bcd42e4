//! Matches the parameters, headers and bodies of operations with their schemas.
//!
//! The IR does not keep the place of a body, so its schema is found by the media type, or the type is the one of the
//! operation that fits the schema best.

use oasmith::ir::{Content, Docs, Failure, Operation, Part, PartKind, Returned, Success, Variant};
use oasmith::load::{Node, Object};
use oasmith::pointer::Pointer;

use super::checks::Verdict;
use super::fit::Fit;
use super::matches::Matches;
use super::references;
use super::site::TypeSite;

/// How many schemas inside of others a file is looked for in.
const DEPTH: usize = 16;

impl<'a> Matches<'a> {
    /// Matches the contents of all operations.
    pub(super) fn operations(&mut self) {
        let api = self.api;
        for operation in &api.operations {
            for parameter in &operation.parameters {
                let site = TypeSite::of(&parameter.ty, Some(&parameter.docs));
                self.declared(site, &parameter.origin);
            }
            self.request(operation);
            self.responses(operation);
        }
        for header in &api.headers {
            for origin in &header.origins {
                self.declared(TypeSite::of(&header.ty, Some(&header.docs)), origin);
            }
        }
    }

    /// Matches a parameter or header with the schema of its declaration, or with that of its `content`.
    fn declared(&mut self, site: TypeSite<'a>, origin: &Pointer) {
        let site = TypeSite {
            nullable: true, // a parameter cannot be `null`, so its type does not show it
            ..site
        };
        let at = self.target(origin);
        let content = self.media(&at).into_iter().map(|(_, schema)| schema);
        for schema in content.chain([at.child("schema")]) {
            self.add(site, schema);
        }
    }

    fn target(&self, at: &Pointer) -> Pointer {
        references::target(self.loaded, at.clone())
    }

    fn keys(&self, at: &Pointer) -> Vec<&'a str> {
        let members = self.loaded.get(at).and_then(Node::as_object);
        let keys = members.into_iter().flat_map(Object::keys);
        keys.map(AsRef::as_ref).collect()
    }

    /// Returns the media types under `content`, with the places of their schemas.
    fn media(&self, body: &Pointer) -> Vec<(&'a str, Pointer)> {
        let content = body.child("content");
        let mut media = Vec::new();
        for name in self.keys(&content) {
            let at = self.target(&content.child(name));
            media.push((name, at.child("schema")));
            media.push((name, at.child("itemSchema")));
        }
        media
    }

    fn request(&mut self, operation: &'a Operation) {
        let Some(body) = &operation.body else { return };
        let mut contents: Vec<(&str, &Content)> = Vec::new();
        match &body.content {
            Content::Choice { variants, .. } => {
                let variants = variants.iter();
                contents.extend(variants.map(|(name, content)| (name.wire.as_str(), content)));
            }
            one => contents.push(("", one)),
        }
        let at = self.target(&operation.origin.child("requestBody"));
        for (media_type, schema) in self.media(&at) {
            let own = contents.iter().find(|(name, _)| *name == media_type);
            let all = contents.iter().map(|(_, content)| *content);
            let candidates: Vec<&Content> = match own {
                Some((_, content)) => vec![content],
                None => all.collect(),
            };
            if let Some(media_type) = schema.parent() {
                self.part_headers(&candidates, &media_type.child("encoding"));
            }
            self.sent(&candidates, Some(&operation.docs), schema);
        }
    }

    /// Matches the headers of multipart parts with those that `encoding` declares.
    fn part_headers(&mut self, contents: &[&'a Content], encoding: &Pointer) {
        for content in contents {
            let Content::Multipart { parts, .. } = content else {
                continue;
            };
            for part in parts {
                let headers = encoding.child(&part.name.wire).child("headers");
                for header in &part.headers {
                    let site = TypeSite::of(&header.ty, Some(&header.docs));
                    self.declared(site, &headers.child(&header.name.wire));
                }
            }
        }
    }

    fn sent(&mut self, contents: &[&'a Content], docs: Option<&'a Docs>, at: Pointer) {
        let types = contents.iter().filter_map(|content| match content {
            Content::Json { ty, .. } | Content::Form { ty, .. } => Some(ty),
            _ => None,
        });
        let best = Fit { matches: self }.best(types, &at);
        for content in contents {
            match content {
                Content::Multipart { parts, rest, .. } => {
                    self.parts(parts, rest.is_some(), at.clone());
                }
                Content::Parts { .. }
                | Content::Text { .. }
                | Content::Bytes { .. }
                | Content::AnyBytes { .. } => {
                    self.add(TypeSite::opaque(docs), at.clone());
                }
                Content::Json { .. } | Content::Form { .. } | Content::Choice { .. } => {}
            }
        }
        if let Some(ty) = best {
            self.add(TypeSite::of(ty, docs), at);
        }
    }

    /// Matches the parts of a multipart body with the properties of its schema, those of its `allOf` included.
    fn parts(&mut self, parts: &'a [Part], has_rest: bool, at: Pointer) {
        let at = {
            if references::next(self.loaded, &at).is_some() {
                self.record(&at, "$ref", Verdict::Modelled);
            }
            self.target(&at)
        };
        let loaded = self.loaded;
        let Some(schema) = loaded.get(&at).and_then(Node::as_object) else {
            return;
        };
        self.record(&at, "type", Verdict::Modelled);
        let properties = at.child("properties");
        let names = self.keys(&properties);
        let further = schema.get("additionalProperties").and_then(Node::as_bool);
        if further.is_some_and(|further| further == has_rest) {
            self.record(&at, "additionalProperties", Verdict::Modelled);
        }
        let found = |wire: &str| parts.iter().find(|part| part.name.wire == wire);
        if names.iter().all(|wire| found(wire).is_some()) {
            self.record(&at, "properties", Verdict::Modelled);
        }
        let required = schema.get("required").and_then(Node::as_array);
        let mut required = required.into_iter().flatten().filter_map(Node::as_text);
        if required.all(|wire| found(wire).is_some_and(|part| part.required)) {
            self.record(&at, "required", Verdict::Modelled);
        }
        for wire in names {
            let below = properties.child(wire);
            match found(wire).map(|part| (part, &part.kind)) {
                None => {}
                Some((part, PartKind::Value(ty))) => {
                    // a part that is `null` is not sent
                    let site = TypeSite {
                        nullable: true,
                        ..TypeSite::of(ty, Some(&part.docs))
                    };
                    self.add(site, below);
                }
                Some((part, _)) => self.file(TypeSite::opaque(Some(&part.docs)), &below, DEPTH),
            }
        }
        for composition in ["allOf", "anyOf", "oneOf"] {
            let branches = schema.get(composition).and_then(Node::as_array);
            for index in 0..branches.map_or(0, <[Node]>::len) {
                self.record(&at, composition, Verdict::Modelled);
                self.parts(parts, has_rest, at.child(composition).index(index));
            }
        }
    }

    /// Matches a file with its schema, and with the schemas that this one is made of.
    fn file(&mut self, site: TypeSite<'a>, at: &Pointer, depth: usize) {
        self.add(site, at.clone());
        let at = self.target(at);
        let loaded = self.loaded;
        let (Some(schema), Some(depth)) = (
            loaded.get(&at).and_then(Node::as_object),
            depth.checked_sub(1),
        ) else {
            return;
        };
        if schema.contains_key("items") {
            self.record(&at, "type", Verdict::Modelled);
            self.record(&at, "items", Verdict::Modelled);
            self.file(site, &at.child("items"), depth);
        }
        for composition in ["allOf", "anyOf", "oneOf"] {
            let branches = schema.get(composition).and_then(Node::as_array);
            for index in 0..branches.map_or(0, <[Node]>::len) {
                self.record(&at, composition, Verdict::Modelled);
                self.file(site, &at.child(composition).index(index), depth);
            }
        }
    }

    fn responses(&mut self, operation: &'a Operation) {
        let docs = Some(&operation.docs);
        let responses = operation.origin.child("responses");
        for status in self.keys(&responses) {
            let at = self.target(&responses.child(status));
            let returned = returned(operation, status);
            for (media_type, schema) in self.media(&at) {
                let schema = self.item(media_type, schema);
                let read = returned.iter().filter(|one| is_read(one, media_type));
                let types = read.filter_map(|one| one.ty());
                let is_opaque = |one: &&Returned| matches!(one, Returned::Text | Returned::Bytes);
                let fit = Fit { matches: self };
                // XML is not parsed, but its schema is modelled where JSON shares it; so is that of a text in place of
                // JSON, unless texts are read as they are
                let all = || returned.iter().filter_map(|one| one.ty());
                let best = fit
                    .best(types, &schema)
                    .or_else(|| fit.made(all(), &schema));
                let best = match returned.iter().any(is_opaque) {
                    true => best,
                    false => best.or_else(|| fit.shared(all(), &schema)),
                };
                match best {
                    Some(ty) => self.add(TypeSite::of(ty, docs), schema),
                    None if returned.iter().any(is_opaque) => {
                        self.add(TypeSite::opaque(docs), schema);
                    }
                    None => {}
                }
            }
        }
    }
}

impl Matches<'_> {
    /// Returns the schema of one element of a stream: the items of an array of JSON lines, the `data` of an event.
    ///
    /// The keywords around it are expressed by how the stream is read.
    fn item(&mut self, media_type: &str, schema: Pointer) -> Pointer {
        let at = self.target(&schema);
        let Some(object) = self.loaded.get(&at).and_then(Node::as_object) else {
            return schema;
        };
        let is_item = schema.name().as_deref() == Some("itemSchema");
        if !is_item && is_lines(media_type) && object.contains_key("items") {
            self.record(&at, "type", Verdict::Modelled);
            self.record(&at, "items", Verdict::Modelled);
            return at.child("items");
        }
        let fields = at.child("properties");
        let data = self.target(&fields.child("data"));
        let Some(text) = self.loaded.get(&data).and_then(Node::as_object) else {
            return schema;
        };
        if !is_item || !media_type.contains("event-stream") {
            return schema;
        }
        for keyword in ["type", "required", "properties"] {
            self.record(&at, keyword, Verdict::Modelled);
        }
        for field in ["event", "id", "retry"] {
            self.record(&fields.child(field), "type", Verdict::Modelled);
        }
        if !text.contains_key("contentSchema") {
            return data;
        }
        for keyword in ["type", "contentMediaType", "contentSchema"] {
            self.record(&data, keyword, Verdict::Modelled);
        }
        data.child("contentSchema")
    }
}

fn is_lines(media_type: &str) -> bool {
    ["jsonl", "ndjson", "json-seq", "json-stream"]
        .iter()
        .any(|word| media_type.contains(word))
}

/// Returns what a response of a status is decoded as.
fn returned<'a>(operation: &'a Operation, status: &str) -> Vec<&'a Returned> {
    let of = |variants: &'a [Variant]| -> Vec<&'a Returned> {
        let own = |one: &&Variant| one.name.wire.eq_ignore_ascii_case(status);
        let found: Vec<_> = variants
            .iter()
            .filter(own)
            .map(|one| &one.returned)
            .collect();
        match found.is_empty() {
            true => variants.iter().map(|one| &one.returned).collect(),
            false => found,
        }
    };
    let mut returned = Vec::new();
    if status.starts_with('2') || status == "default" {
        match &operation.success {
            Success::One(one) => returned.push(one),
            Success::Several { variants, .. } => returned.extend(of(variants)),
        }
        returned.extend(operation.stream.iter().map(|stream| &stream.returned));
    }
    if !status.starts_with('2') {
        match &operation.failure {
            Failure::Undeclared => {}
            Failure::One { returned: one, .. } => returned.push(one),
            Failure::Several { variants, .. } => returned.extend(of(variants)),
        }
    }
    returned
}

/// Returns whether bodies of a media type are decoded like this.
fn is_read(returned: &Returned, media_type: &str) -> bool {
    let is_stream = media_type.contains("event-stream");
    let is_lines = is_lines(media_type);
    match returned {
        Returned::Json(_) => {
            !is_stream && (media_type.contains(['*']) || media_type.contains("json"))
        }
        Returned::Events(_) => is_stream,
        Returned::JsonLines(_) => is_lines || media_type.contains("json"),
        Returned::Nothing | Returned::Text | Returned::Bytes => false,
    }
}
