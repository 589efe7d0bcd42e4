//! One operation as a method of the client.

use super::draft::OperationDraft;
use super::{Operations, naming, server};
use crate::ir::{Docs, Method, Name, Stream};
use crate::name::{self, Scope, ScopeKind};
use crate::resolve::OperationEntry;

/// The tag of operations that have none.
pub(in crate::lower) const UNTAGGED: &str = "default";

impl<'a> Operations<'_, 'a> {
    /// Makes all operations, and returns the names of the methods with them.
    pub(super) fn methods(&mut self) -> (Vec<OperationDraft>, Scope) {
        self.duplicate_ids();
        self.scheme_reports();
        self.server_reports();
        let (names, mut methods) = self.method_names();
        let mut all: Vec<_> = self
            .document
            .operations
            .iter()
            .zip(names)
            .enumerate()
            .collect();
        // what two of them have in common is named after the first, whatever the order of the document
        all.sort_by_key(|(_, (entry, _))| (entry.path.as_str(), entry.method.as_str()));
        let mut drafts = Vec::new();
        for (index, (entry, name)) in all {
            // a name that is taken has been reported
            let Some(name) = name else { continue };
            match self.unsupported(entry) {
                Some(unsupported) => self.report_unsupported(entry, &unsupported),
                None => drafts.extend(self.operation(entry, name).map(|draft| (index, draft))),
            }
        }
        drafts.sort_by_key(|(index, _)| *index);
        let mut drafts: Vec<_> = drafts.into_iter().map(|(_, draft)| draft).collect();
        let findings = naming::name_streams(&mut drafts, &mut methods);
        self.schemas.diagnostics.extend(findings);
        for draft in &mut drafts {
            if let Some(stream) = &mut draft.stream {
                let stem = name::type_of_operation(&stream.rust);
                stream.call = self.own_type(&stem, "Call", &draft.origin);
            }
        }
        (drafts, methods)
    }

    fn operation(&mut self, entry: &'a OperationEntry, name: Name) -> Option<OperationDraft> {
        let operation = &entry.operation;
        let stem = name::type_of_operation(&name.rust);
        let tag = operation.tags.first().map_or(UNTAGGED, String::as_str);
        let (parameters, parts) = self.parameters(entry, &stem);
        let body = match &operation.request_body {
            Some(reference) => Some(self.body(reference, Some(entry), &stem)?),
            None => None,
        };
        let outcomes = self.responses(entry, &stem);
        Some(OperationDraft {
            tag: Name {
                wire: tag.to_owned(),
                rust: name::module_name(tag),
            },
            origin: entry.at.clone(),
            docs: Docs {
                summary: operation.summary.clone(),
                description: operation.description.clone(),
                notes: self.schemas.operation_notes(entry),
                deprecated: operation.deprecated,
            },
            method: Method(entry.method.clone()),
            path: entry.path.clone(),
            server: server::own(self.document, entry),
            servers: server::own_notes(entry),
            parts,
            parameters,
            call: self.own_type(&stem, "Call", &entry.at),
            body,
            accept: outcomes.accept,
            success: outcomes.success,
            stream: outcomes.stream.map(|(returned, accept)| Stream {
                rust: ScopeKind::Method.with_suffix(&name.rust, "stream"),
                call: String::new(),
                accept,
                returned,
            }),
            failure: outcomes.failure,
            security: self.security(entry),
            idempotency: self.idempotency(entry),
            name,
        })
    }
}
