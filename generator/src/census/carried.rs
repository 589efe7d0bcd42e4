//! Sets what operations carry beside the schemas of their parameters and bodies.
//!
//! A body has no place of its own in the IR, so it is found by its media type, or as the one of the operation's types that fits its
//! schema best.

use super::evidence;
use super::fit::Fit;
use super::holds::Verdict;
use super::pairs::Pairs;
use super::shape::{Kind, Seat, Value};
use crate::ir::{Content, Docs, Failure, Operation, Part, PartKind, Returned, Success, Variant};
use crate::load::{Node, Object};
use crate::pointer::Pointer;

impl<'a> Pairs<'a> {
    /// All that operations carry.
    pub(super) fn operations(&mut self) {
        let api = self.api;
        for operation in &api.operations {
            for parameter in &operation.parameters {
                let seat = Seat::of(&parameter.ty, Some(&parameter.docs));
                self.declared(seat, &parameter.origin);
            }
            self.request(operation);
            self.responses(operation);
        }
        for header in &api.headers {
            for origin in &header.origins {
                self.declared(Seat::of(&header.ty, Some(&header.docs)), origin);
            }
        }
    }

    /// A parameter or header beside the schema of its declaration, or that of the media type in it.
    fn declared(&mut self, seat: Seat<'a>, origin: &Pointer) {
        let seat = Seat {
            nullable: true, // `null` is not sent, so it has no place in the type
            ..seat
        };
        let at = self.target(origin);
        let content = self.media(&at).into_iter().map(|(_, schema)| schema);
        for schema in content.chain([at.child("schema")]) {
            self.pair(seat, schema);
        }
    }

    fn target(&self, at: &Pointer) -> Pointer {
        evidence::target(self.loaded, at.clone())
    }

    fn keys(&self, at: &Pointer) -> Vec<&'a str> {
        let members = self.loaded.get(at).and_then(Node::as_object);
        let keys = members.into_iter().flat_map(Object::keys);
        keys.map(AsRef::as_ref).collect()
    }

    /// The media types under a body's `content`, with the places of their schemas.
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

    /// The headers of the parts of a multipart body beside those that `encoding` declares.
    fn part_headers(&mut self, contents: &[&'a Content], encoding: &Pointer) {
        for content in contents {
            let Content::Multipart { parts, .. } = content else {
                continue;
            };
            for part in parts {
                let headers = encoding.child(&part.name.wire).child("headers");
                for header in &part.headers {
                    let seat = Seat::of(&header.ty, Some(&header.docs));
                    self.declared(seat, &headers.child(&header.name.wire));
                }
            }
        }
    }

    fn sent(&mut self, contents: &[&'a Content], docs: Option<&'a Docs>, at: Pointer) {
        let types = contents.iter().filter_map(|content| match content {
            Content::Json { ty, .. } | Content::Form { ty, .. } => Some(ty),
            _ => None,
        });
        let best = Fit { pairs: self }.best(types, &at);
        for content in contents {
            match content {
                Content::Multipart { parts, rest, .. } => {
                    self.parts(parts, rest.is_some(), at.clone());
                }
                Content::Parts { .. } | Content::Text { .. } | Content::Bytes { .. } => {
                    self.pair(Seat::opaque(docs), at.clone());
                }
                Content::Json { .. } | Content::Form { .. } | Content::Choice { .. } => {}
            }
        }
        if let Some(ty) = best {
            self.pair(Seat::of(ty, docs), at);
        }
    }

    /// The parts of a multipart body beside the properties of its schema, and of those that it is composed of.
    fn parts(&mut self, parts: &'a [Part], has_rest: bool, at: Pointer) {
        let at = {
            if evidence::next(self.loaded, &at).is_some() {
                self.prove(&at, "$ref", Verdict::Modelled);
            }
            self.target(&at)
        };
        let loaded = self.loaded;
        let Some(schema) = loaded.get(&at).and_then(Node::as_object) else {
            return;
        };
        self.prove(&at, "type", Verdict::Modelled);
        let properties = at.child("properties");
        let names = self.keys(&properties);
        let further = schema.get("additionalProperties").and_then(Node::as_bool);
        if further.is_some_and(|further| further == has_rest) {
            self.prove(&at, "additionalProperties", Verdict::Modelled);
        }
        let found = |wire: &str| parts.iter().find(|part| part.name.wire == wire);
        if names.iter().all(|wire| found(wire).is_some()) {
            self.prove(&at, "properties", Verdict::Modelled);
        }
        let required = schema.get("required").and_then(Node::as_array);
        let mut required = required.into_iter().flatten().filter_map(Node::as_text);
        if required.all(|wire| found(wire).is_some_and(|part| part.required)) {
            self.prove(&at, "required", Verdict::Modelled);
        }
        for wire in names {
            let below = properties.child(wire);
            match found(wire).map(|part| (part, &part.kind)) {
                None => {}
                Some((part, PartKind::Value(ty))) => {
                    // a part that is `null` is one that is not there
                    let seat = Seat {
                        nullable: true,
                        ..Seat::of(ty, Some(&part.docs))
                    };
                    self.pair(seat, below);
                }
                Some((part, PartKind::File)) => self.pair(Seat::opaque(Some(&part.docs)), below),
                Some((part, PartKind::Files)) => {
                    let seat = Seat::opaque(Some(&part.docs));
                    self.pair(seat, below.clone());
                    let list = self.target(&below);
                    self.prove(&list, "type", Verdict::Modelled);
                    self.prove(&list, "items", Verdict::Modelled);
                    self.pair(seat, list.child("items"));
                }
            }
        }
        let bases = schema.get("allOf").and_then(Node::as_array);
        for index in 0..bases.map_or(0, <[Node]>::len) {
            self.prove(&at, "allOf", Verdict::Modelled);
            self.parts(parts, has_rest, at.child("allOf").index(index));
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
                let fit = Fit { pairs: self };
                // a schema that JSON and XML share is modelled although only JSON is read
                let all = returned.iter().filter_map(|one| one.ty());
                let best = fit.best(types, &schema).or_else(|| fit.made(all, &schema));
                match best {
                    Some(ty) => self.pair(Seat::of(ty, docs), schema),
                    None if returned.iter().any(is_opaque) => {
                        self.pair(Seat::opaque(docs), schema);
                    }
                    None => {}
                }
            }
        }
    }
}

impl Pairs<'_> {
    /// The schema of what arrives at a time: the items of a list of lines, the data of an event. What is around it is in the way that the
    /// stream is read.
    fn item(&mut self, media_type: &str, schema: Pointer) -> Pointer {
        let at = self.target(&schema);
        let Some(object) = self.loaded.get(&at).and_then(Node::as_object) else {
            return schema;
        };
        let is_item = schema.name().as_deref() == Some("itemSchema");
        if !is_item && is_lines(media_type) && object.contains_key("items") {
            self.prove(&at, "type", Verdict::Modelled);
            self.prove(&at, "items", Verdict::Modelled);
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
            self.prove(&at, keyword, Verdict::Modelled);
        }
        for field in ["event", "id", "retry"] {
            self.prove(&fields.child(field), "type", Verdict::Modelled);
        }
        if !text.contains_key("contentSchema") {
            return data;
        }
        for keyword in ["type", "contentMediaType", "contentSchema"] {
            self.prove(&data, keyword, Verdict::Modelled);
        }
        data.child("contentSchema")
    }
}

fn is_lines(media_type: &str) -> bool {
    ["jsonl", "ndjson", "json-seq", "json-stream"]
        .iter()
        .any(|word| media_type.contains(word))
}

/// What a reply of a status can be read as.
fn returned<'a>(operation: &'a Operation, status: &str) -> Vec<&'a Returned> {
    let of = |variants: &'a [Variant]| -> Vec<&'a Returned> {
        let own = |one: &&Variant| one.name.wire.eq_ignore_ascii_case(status);
        let found = variants.iter().find(own).map(|one| vec![&one.returned]);
        found.unwrap_or_else(|| variants.iter().map(|one| &one.returned).collect())
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
            Failure::One(one) => returned.push(one),
            Failure::Several { variants, .. } => returned.extend(of(variants)),
        }
    }
    returned
}

/// Whether bodies of a media type are read like this.
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

impl<'a> Seat<'a> {
    /// Text or bytes as they came.
    fn opaque(docs: Option<&'a Docs>) -> Self {
        Seat {
            value: Value::Opaque,
            docs,
            kind: Kind::Inner,
            nullable: false,
        }
    }
}
