//! Responses: the types of successes and failures, and the media types that are accepted.

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr, Response, StatusCode};

use super::media::{self, BodyKind};
use super::{Operations, ResponseDraft, SuccessDraft};
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{Docs, Failure, Name, Returned, Status};
use crate::lower::schema::{SchemaSite, key};
use crate::name;
use crate::pointer::Pointer;
use crate::resolve::OperationEntry;

/// A declared response.
struct Declared {
    status: Status,
    wire: String,
    docs: Docs,
    returned: Returned,
    /// The media types that it can have.
    media_types: Vec<String>,
    /// How it is streamed, and the media type of that, if the caller can choose.
    stream: Option<(Returned, String)>,
}

/// The outcomes of an operation.
pub(super) struct Outcomes {
    pub success: SuccessDraft,
    /// The success as a stream, and the media type of that, if the caller can choose.
    pub stream: Option<(Returned, String)>,
    pub failure: Failure,
    /// The media types that are accepted; `None` for plain JSON.
    pub accept: Option<String>,
}

impl<'a> Operations<'_, 'a> {
    /// Returns the outcomes of an operation.
    pub(super) fn responses(&mut self, entry: &'a OperationEntry, stem: &str) -> Outcomes {
        let declared = self.declared(entry, stem);
        let accept = accept(&declared);
        let any_success = declared.iter().any(|one| is_success(one.status));
        let (mut successes, mut failures): (Vec<_>, Vec<_>) =
            declared.into_iter().partition(|one| {
                is_success(one.status) || (!any_success && one.status == Status::Default)
            });
        // a success without a body is a stream that has nothing in it
        let is_stream = |one: &Declared| one.returned.is_stream();
        let is_empty = |one: &Declared| one.returned == Returned::Nothing;
        if successes.iter().any(is_stream)
            && successes.iter().all(|one| is_stream(one) || is_empty(one))
        {
            successes.retain(is_stream);
        }
        // one of several can only be told from the others when all of it is there
        if is_several(&successes) {
            for one in successes.iter_mut().filter(|one| is_stream(one)) {
                one.whole();
                let text = "this stream is read as a whole, since another success has another type";
                let at = entry.at.child("responses").child(&one.wire);
                let finding = Diagnostic::new(code::NOT_GENERATED, at, text);
                self.report(finding.help("`Call::stream` gives its bytes while they arrive"));
            }
        }
        for one in failures.iter_mut().filter(|one| is_stream(one)) {
            one.whole();
            let at = entry.at.child("responses").child(&one.wire);
            let text = "this stream is read as a whole and as text, since it is a failure";
            self.report(Diagnostic::new(code::NOT_MODELLED, at, text));
        }
        let stream = match successes.as_mut_slice() {
            [one] => one.stream.take(),
            _ => None,
        };
        Outcomes {
            stream,
            success: self.success(successes, stem, &entry.at),
            failure: self.failure(failures, stem, &entry.at),
            accept,
        }
    }

    /// Returns the declared responses by status, `default` last. Those of statuses that are neither successes nor
    /// failures are left out.
    fn declared(&mut self, entry: &'a OperationEntry, stem: &str) -> Vec<Declared> {
        let responses = &entry.operation.responses;
        let mut declared = Vec::new();
        for (code, reference) in &responses.responses {
            let (status, wire) = match code {
                StatusCode::Code(code) => (Status::Code(*code), code.to_string()),
                StatusCode::Range(digit) => (Status::Range(*digit as u8), format!("{digit}XX")),
            };
            declared.extend(self.response(reference, status, wire, entry, stem));
        }
        if let Some(reference) = &responses.default {
            let wire = "default".to_owned();
            declared.extend(self.response(reference, Status::Default, wire, entry, stem));
        }
        declared.sort_by_key(|one| one.status);
        declared
    }

    fn response(
        &mut self,
        reference: &'a ReferenceOr<Response>,
        status: Status,
        wire: String,
        operation: &OperationEntry,
        stem: &str,
    ) -> Option<Declared> {
        let entry = self.document.response(reference)?;
        let content = &entry.value.content;
        let shared = self.shared_stem(&entry.at);
        let stem = shared.unwrap_or_else(|| format!("{stem}{}", name::status_variant(&wire)));
        self.declare_headers(&entry.value.headers, operation, status, &stem);
        if is_interim(status) {
            if !content.is_empty() {
                let text = format!("a body of status {wire} is not read: a redirect is an error");
                let at = entry.at.child("content");
                self.report(Diagnostic::new(code::NOT_GENERATED, at, text));
            }
            return None;
        }
        let site = operation.at.child("responses").child(&wire);
        let description = self
            .document
            .description_at(&site)
            .unwrap_or(&entry.value.description);
        let docs = Docs {
            description: Some(description.to_owned()),
            ..Docs::default()
        };
        let bodiless = operation.method == "HEAD" || matches!(status, Status::Code(204 | 205));
        let place = entry.at.child("content");
        let mut stream = None;
        let (returned, media_types) = if bodiless {
            (Returned::Nothing, Vec::new())
        } else {
            let found = self.returned(content, stem.clone(), &place);
            if is_success(status) && matches!(found.0, Returned::Json(_)) {
                stream = self.streamed(content, &format!("{stem}Event"), &place);
            }
            found
        };
        if bodiless && !content.is_empty() {
            let text = match operation.method.as_str() {
                "HEAD" => "HTTP has no body in a reply to HEAD, so this one is not read".to_owned(),
                _ => format!("HTTP has no body with status {wire}, so this one is not read"),
            };
            let at = entry.at.child("content");
            self.report(Diagnostic::new(code::NOT_GENERATED, at, text));
        }
        Some(Declared {
            status,
            wire,
            docs,
            returned,
            media_types,
            stream,
        })
    }

    /// Returns how a body is read, JSON before streams before text before bytes; and the media types to accept.
    fn returned(
        &mut self,
        content: &'a IndexMap<String, MediaType>,
        stem: String,
        at: &Pointer,
    ) -> (Returned, Vec<String>) {
        let kinds: Vec<(BodyKind, &str, &MediaType)> = content
            .iter()
            .map(|(name, content)| {
                let schema = content.schema.as_ref().and_then(key);
                (self.body_kind(name, schema), name.as_str(), content)
            })
            .collect();
        let first = |kind: BodyKind| kinds.iter().find(|(found, ..)| *found == kind).copied();
        let mut json: Vec<_> = kinds
            .iter()
            .filter(|(kind, ..)| *kind == BodyKind::Json)
            .collect();
        json.sort_by_key(|(_, name, _)| media::json_rank(name));
        if let Some((_, name, content)) = json.first() {
            let place = SchemaSite::body(stem, &at.child(name).child("schema"));
            let asked = if name.contains('*') {
                "application/json"
            } else {
                name
            };
            self.unread(&kinds, content, asked, at);
            return (
                Returned::Json(self.content(content, &place)),
                vec![asked.to_owned()],
            );
        }
        if let Some((returned, name)) = self.streamed(content, &stem, at) {
            if let Some(chosen) = content.get(&name) {
                self.unread(&kinds, chosen, &name, at);
            }
            return (returned, vec![name]);
        }
        if let Some((_, name, content)) = first(BodyKind::Text) {
            self.unread(&kinds, content, name, at);
            self.unstructured(content, &at.child(name));
            return (Returned::Text, vec![name.to_owned()]);
        }
        if let Some((_, name, content)) = first(BodyKind::Xml) {
            if content.schema.is_some() {
                self.as_text(&at.child(name));
            }
            return (Returned::Text, vec![name.to_owned()]);
        }
        if kinds.is_empty() {
            return (Returned::Nothing, Vec::new());
        }
        for (_, name, content) in &kinds {
            self.unstructured(content, &at.child(name));
        }
        let names = kinds.iter().map(|(_, name, _)| (*name).to_owned());
        (Returned::Bytes, names.collect())
    }

    /// Reports the media types of a response that are never requested and have a schema of their own.
    fn unread(
        &mut self,
        kinds: &[(BodyKind, &str, &MediaType)],
        chosen: &MediaType,
        asked: &str,
        at: &Pointer,
    ) {
        let schema = |content: &MediaType| content.schema.as_ref().and_then(key).map(str::to_owned);
        let read = schema(chosen);
        for (_, name, content) in kinds {
            if schema(content).is_some_and(|own| Some(own) != read) {
                let text =
                    format!("only `{asked}` is requested; this representation is never received");
                let finding = Diagnostic::new(code::NOT_GENERATED, at.child(name), text);
                self.report(finding);
            }
        }
    }

    /// Returns one type however many statuses share it, or an enum of all.
    fn success(&mut self, mut declared: Vec<Declared>, stem: &str, at: &Pointer) -> SuccessDraft {
        if is_several(&declared) {
            return SuccessDraft::Several {
                name: self.own_type(stem, "Response", at),
                variants: declared.into_iter().map(Declared::draft).collect(),
            };
        }
        // nothing is declared, so nothing is known
        let one = declared.pop().map(|one| one.returned);
        SuccessDraft::One(one.unwrap_or(Returned::Bytes))
    }

    /// Returns the type of failures; the variant of an enum follows from the status.
    fn failure(&mut self, mut declared: Vec<Declared>, stem: &str, at: &Pointer) -> Failure {
        if is_several(&declared) {
            let variants = declared.into_iter().map(Declared::draft);
            return Failure::Several {
                name: self.own_type(stem, "Error", at),
                variants: variants.map(|draft| draft.variant(Vec::new())).collect(),
            };
        }
        declared
            .pop()
            .map_or(Failure::Undeclared, |one| Failure::One(one.returned))
    }
}

impl Declared {
    fn draft(self) -> ResponseDraft {
        ResponseDraft {
            name: Name {
                rust: name::status_variant(&self.wire),
                wire: self.wire,
            },
            status: self.status,
            docs: self.docs,
            returned: self.returned,
        }
    }

    /// Makes a stream a body that is read as a whole.
    fn whole(&mut self) {
        if self.returned.is_stream() {
            self.returned = Returned::Text;
        }
    }
}

fn is_several(declared: &[Declared]) -> bool {
    declared
        .windows(2)
        .any(|pair| matches!(pair, [one, other] if one.returned != other.returned))
}

pub(in crate::lower) fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Range(2))
}

/// Returns whether a status has no declared type: 1xx never reaches a caller, and a 3xx is always an error.
fn is_interim(status: Status) -> bool {
    matches!(
        status,
        Status::Code(100..=199 | 300..=399) | Status::Range(1 | 3)
    )
}

/// Returns the media types of all responses, successes first; `None` if there is only plain JSON.
fn accept(declared: &[Declared]) -> Option<String> {
    let mut all: Vec<&str> = Vec::new();
    for name in declared.iter().flat_map(|one| &one.media_types) {
        if !all.contains(&name.as_str()) {
            all.push(name);
        }
    }
    let is_plain = all.iter().all(|name| *name == "application/json");
    (!is_plain).then(|| all.join(", "))
}
