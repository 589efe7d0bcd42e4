//! Responses: the types of successes and failures, and the media types that are accepted.

use openapiv3::{ReferenceOr, Response, StatusCode};

use super::representation::{Choice, Representation, Representations};
use super::{Operations, ResponseDraft, SuccessDraft};
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{Docs, Failure, Name, Returned, Status};
use crate::name::{self, Scope, ScopeKind, Wish};
use crate::pointer::Pointer;
use crate::resolve::OperationEntry;

/// A declared response.
#[derive(Clone)]
struct Declared {
    status: Status,
    wire: String,
    docs: Docs,
    /// What it can come as; one without content is [`Returned::Nothing`].
    bodies: Vec<Representation>,
    /// How it is streamed, if the caller can choose.
    stream: Option<Representation>,
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
        // without another success, `default` is a success of a 2xx and a failure of anything else
        let has_success = has_success(entry);
        let is_both = |one: &Declared| !has_success && one.status == Status::Default;
        let mut successes: Vec<Declared> = declared
            .iter()
            .filter(|one| is_success(one.status) || is_both(one))
            .cloned()
            .collect();
        let mut failures: Vec<Declared> = declared
            .into_iter()
            .filter(|one| !is_success(one.status))
            .collect();
        // a success without a body is a stream that has nothing in it
        let is_empty = |one: &Declared| one.bodies.iter().all(Representation::is_empty);
        if successes.iter().any(Declared::is_stream)
            && successes.iter().all(|one| one.is_stream() || is_empty(one))
        {
            successes.retain(Declared::is_stream);
        }
        // one of several can only be told from the others when all of it is there
        if is_several(&successes) {
            for one in successes.iter_mut().filter(|one| one.is_stream()) {
                one.whole();
                let text = "this stream is read as a whole, since another success has another type";
                let at = entry.at.child("responses").child(&one.wire);
                let finding = Diagnostic::new(code::NOT_GENERATED, at, text);
                self.report(finding.help("`Call::stream` gives its bytes while they arrive"));
            }
        }
        for one in &mut failures {
            one.keep_one();
            if !one.is_stream() {
                continue;
            }
            one.whole();
            if !is_both(one) {
                let at = entry.at.child("responses").child(&one.wire);
                let text = "this stream is read as a whole and as text, since it is a failure";
                self.report(Diagnostic::new(code::NOT_MODELLED, at, text));
            }
        }
        Outcomes {
            stream: self.alternative_stream(&mut successes, &entry.at),
            success: self.success(successes, stem, &entry.at),
            failure: self.failure(failures, stem, &entry.at),
            accept,
        }
    }

    /// Returns the stream that a success can be read as instead, which is that of the first status with one.
    fn alternative_stream(
        &mut self,
        successes: &mut [Declared],
        at: &Pointer,
    ) -> Option<(Returned, String)> {
        let mut chosen: Option<(Returned, String)> = None;
        for one in successes {
            let Some(stream) = one.stream.take() else {
                continue;
            };
            match &chosen {
                Some((returned, _)) if *returned == stream.returned => {}
                Some((_, name)) => {
                    let text = format!("only the `{name}` of another status is read as a stream");
                    let at = at.child("responses").child(&one.wire);
                    self.report(Diagnostic::new(code::NOT_GENERATED, at, text));
                }
                None => chosen = Some((stream.returned, stream.media_types.concat())),
            }
        }
        chosen
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
        let found = if bodiless {
            Representations::default()
        } else {
            let is_both = status == Status::Default && !has_success(operation);
            let choice = if is_success(status) || is_both {
                Choice::All
            } else {
                Choice::One
            };
            self.representations(content, choice, stem, &place)
        };
        if bodiless && !content.is_empty() {
            let text = match operation.method.as_str() {
                "HEAD" => "HTTP has no body in a reply to HEAD, so this one is not read".to_owned(),
                _ => format!("HTTP has no body with status {wire}, so this one is not read"),
            };
            let at = entry.at.child("content");
            self.report(Diagnostic::new(code::NOT_GENERATED, at, text));
        }
        let mut bodies = found.bodies;
        if bodies.is_empty() {
            bodies.push(Representation::empty());
        }
        Some(Declared {
            status,
            wire,
            docs,
            bodies,
            stream: found.stream,
        })
    }

    /// Returns one type however many statuses share it, or an enum of all.
    fn success(&mut self, declared: Vec<Declared>, stem: &str, at: &Pointer) -> SuccessDraft {
        if is_several(&declared) {
            let is_one = declared.len() == 1;
            return SuccessDraft::Several {
                name: self.own_type(stem, "Response", at),
                variants: declared
                    .into_iter()
                    .flat_map(|one| self.variants(one, is_one, at))
                    .collect(),
            };
        }
        // nothing is declared, so nothing is known
        let mut bodies = declared.into_iter().flat_map(|one| one.bodies);
        let one = bodies.next().map(|one| one.returned);
        SuccessDraft::One(one.unwrap_or(Returned::Bytes))
    }

    /// Returns the variants of a response: one, or one for each representation. They are named by status and media type,
    /// or by the media type alone if there is no other status.
    fn variants(&mut self, declared: Declared, is_one: bool, at: &Pointer) -> Vec<ResponseDraft> {
        let status = name::status_variant(&declared.wire);
        let at = at.child("responses").child(&declared.wire);
        let mut scope = Scope::new(ScopeKind::BodyVariant);
        let has_several = declared.bodies.len() > 1;
        let mut variants = Vec::new();
        for body in declared.bodies {
            let (rust, media_types) = match has_several {
                true => {
                    let own = body.variant();
                    let own = if is_one {
                        own
                    } else {
                        format!("{status}{own}")
                    };
                    let claim = scope.claim_one_of(Wish::new(own, &at));
                    self.schemas.diagnostics.extend(claim.collision);
                    (claim.name, body.media_types)
                }
                false => (status.clone(), Vec::new()),
            };
            variants.push(ResponseDraft {
                name: Name {
                    wire: declared.wire.clone(),
                    rust,
                },
                status: declared.status,
                docs: declared.docs.clone(),
                returned: body.returned,
                media_types,
            });
        }
        variants
    }

    /// Returns the type of failures; the variant of an enum follows from the status.
    fn failure(&mut self, declared: Vec<Declared>, stem: &str, at: &Pointer) -> Failure {
        if is_several(&declared) {
            let variants = declared
                .into_iter()
                .flat_map(|one| self.variants(one, false, at));
            let variants: Vec<_> = variants.map(|draft| draft.variant(Vec::new())).collect();
            return Failure::Several {
                name: self.own_type(stem, "Error", at),
                variants,
            };
        }
        let statuses = declared.iter().map(|one| one.status).collect();
        let mut bodies = declared.into_iter().flat_map(|one| one.bodies);
        match bodies.next() {
            Some(one) => Failure::One {
                returned: one.returned,
                statuses,
            },
            None => Failure::Undeclared,
        }
    }
}

impl Declared {
    fn is_stream(&self) -> bool {
        self.bodies.iter().any(|body| body.returned.is_stream())
    }

    /// Leaves one representation, JSON if there is some.
    fn keep_one(&mut self) {
        let is_json = |body: &Representation| matches!(body.returned, Returned::Json(_));
        if self.bodies.iter().any(is_json) {
            self.bodies.retain(is_json);
        }
        self.bodies.truncate(1);
    }

    /// Makes a stream a body that is read as a whole.
    fn whole(&mut self) {
        for body in &mut self.bodies {
            if body.returned.is_stream() {
                body.returned = Returned::Text;
            }
        }
    }
}

fn is_several(declared: &[Declared]) -> bool {
    let mut all = declared.iter().flat_map(|one| &one.bodies);
    let first = all.next();
    all.any(|one| first.is_some_and(|first| first.returned != one.returned))
}

/// Returns whether an operation declares a response of a 2xx.
fn has_success(entry: &OperationEntry) -> bool {
    let mut statuses = entry.operation.responses.responses.keys();
    statuses.any(|status| match status {
        StatusCode::Code(code) => (200..300).contains(code),
        StatusCode::Range(digit) => *digit == 2,
    })
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

/// Returns the media types of all responses, successes first, and JSON first among those of a status: a server that
/// can choose takes the first. `None` if there is only plain JSON.
fn accept(declared: &[Declared]) -> Option<String> {
    let mut all: Vec<&str> = Vec::new();
    for one in declared {
        let is_json = |body: &&Representation| matches!(body.returned, Returned::Json(_));
        let (json, others): (Vec<_>, Vec<_>) = one.bodies.iter().partition(is_json);
        let bodies = json.into_iter().chain(others);
        for name in bodies.flat_map(|body| &body.media_types) {
            if !all.contains(&name.as_str()) {
                all.push(name);
            }
        }
    }
    let is_plain = all.iter().all(|name| *name == "application/json");
    (!is_plain).then(|| all.join(", "))
}
