//! Responses: what a success gives, what is declared about failures.

use openapiv3::{ReferenceOr, Response, StatusCode};

use super::{Lowering, accessor, name};
use crate::ir::{Docs, Failure, Name, Returned, Status, Success, Variant};
use crate::pointer::Pointer;
use crate::resolve::OperationEntry;

/// A declared response.
struct Declared {
    status: Status,
    wire: String,
    docs: Docs,
    returned: Returned,
}

impl<'a> Lowering<'a> {
    /// Both outcomes of an operation; `None` after a diagnostic.
    pub(super) fn responses(
        &mut self,
        entry: &'a OperationEntry,
        stem: &str,
    ) -> Option<(Success, Failure)> {
        let declared = self.declared(entry, stem)?;
        let any_success = declared.iter().any(|one| is_success(one.status));
        let (successes, failures): (Vec<_>, Vec<_>) = declared.into_iter().partition(|one| {
            is_success(one.status) || (!any_success && one.status == Status::Default)
        });
        Some((
            self.success(successes, stem),
            self.failure(failures, &entry.at)?,
        ))
    }

    /// The declared responses by status; `default` last.
    fn declared(&mut self, entry: &'a OperationEntry, stem: &str) -> Option<Vec<Declared>> {
        let responses = &entry.operation.responses;
        let mut declared = Vec::new();
        for (code, reference) in &responses.responses {
            let (status, wire) = match code {
                StatusCode::Code(code) => (Status::Code(*code), code.to_string()),
                StatusCode::Range(digit) => (Status::Range(*digit as u8), format!("{digit}XX")),
            };
            declared.push(self.response(reference, status, wire, entry, stem)?);
        }
        if let Some(reference) = &responses.default {
            declared.push(self.response(
                reference,
                Status::Default,
                "default".to_owned(),
                entry,
                stem,
            )?);
        }
        declared.sort_by_key(|one| one.status);
        Some(declared)
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
        let site = operation.at.child("responses").child(&wire);
        let description = self
            .document
            .description_at(&site)
            .unwrap_or(&entry.value.description);
        let docs = Docs {
            description: Some(description.to_owned()),
            ..Docs::default()
        };
        let content = &entry.value.content;
        let returned = match self.returned(
            content,
            format!("{stem}{}", name::status_variant(&wire)),
            &entry.at,
        ) {
            Some(ty) => Returned::Json(ty),
            None if content.is_empty() => Returned::Nothing,
            None => {
                let kinds: Vec<_> = content.keys().map(String::as_str).collect();
                self.unsupported(
                    &entry.at.child("content"),
                    &format!("a response that is not JSON ({})", kinds.join(", ")),
                );
                return None;
            }
        };
        Some(Declared {
            status,
            wire,
            docs,
            returned,
        })
    }

    /// One type however many statuses share it, or an enum of all.
    fn success(&self, mut declared: Vec<Declared>, stem: &str) -> Success {
        let distinct = declared
            .windows(2)
            .any(|pair| pair[0].returned != pair[1].returned);
        if !distinct {
            return Success::One(match declared.pop() {
                Some(one) => one.returned,
                None => Returned::Bytes, // nothing is declared, so nothing is known
            });
        }
        let mut variants: Vec<Variant> = declared.into_iter().map(variant).collect();
        let shapes = accessor::shapes(&self.types, &variants);
        let common = accessor::common(&shapes);
        for (variant, members) in variants.iter_mut().zip(&shapes) {
            let marks = members.iter().map(|member| member.name.wire.clone());
            variant.marks = marks
                .filter(|wire| !common.contains(wire.as_str()))
                .collect();
        }
        let accessors = accessor::accessors(&self.types, &shapes);
        Success::Several {
            name: name::type_name(&format!("{stem}_response")),
            variants,
            accessors,
        }
    }

    fn failure(&mut self, declared: Vec<Declared>, at: &Pointer) -> Option<Failure> {
        let mut kinds = declared.into_iter().map(|one| one.returned);
        let Some(first) = kinds.next() else {
            return Some(Failure::Undeclared);
        };
        if kinds.any(|other| other != first) {
            self.unsupported(&at.child("responses"), "several types of error bodies");
            return None;
        }
        Some(Failure::One(first))
    }
}

fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Range(2))
}

fn variant(declared: Declared) -> Variant {
    Variant {
        name: Name {
            rust: name::status_variant(&declared.wire),
            wire: declared.wire,
        },
        status: declared.status,
        docs: declared.docs,
        returned: declared.returned,
        marks: Vec::new(),
    }
}
