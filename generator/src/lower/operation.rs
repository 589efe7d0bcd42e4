//! Operations to methods: what is sent, what comes back, and what a caller writes.
//!
//! Operations ask `schema` for the types of their schemas, and never the other way round.

mod arguments;
mod body;
mod draft;
mod file;
mod header;
mod ignored;
mod media;
mod method;
mod multipart;
mod naming;
mod nesting;
mod parameter;
mod representation;
mod response;
mod retry;
mod security;
mod server;
mod stream;
mod template;
#[cfg(test)]
mod tests;
mod unsupported;
mod webhook;

pub(super) use draft::{HeaderUse, OperationDraft, ResponseDraft, SuccessDraft};
pub(super) use method::UNTAGGED;
pub(super) use response::is_success;
pub(super) use retry::{locator, rate_limit, retry_rules};
pub(super) use security::scheme_kind;
pub(super) use server::{base_path, base_url, server_notes};

use std::collections::{BTreeMap, BTreeSet};

use super::schema::Schemas;
use crate::diagnostic::Diagnostic;
use crate::ir::{IgnoredHeader, LeftOut, ReservedHeader};
use crate::name::{self, Scope, ScopeKind, Wish};
use crate::options::Options;
use crate::pointer::Pointer;
use crate::resolve::{Document, OperationEntry};

/// The owner of everything about operations while methods are made.
struct Operations<'s, 'a> {
    document: &'a Document,
    options: &'a Options,
    schemas: &'s mut Schemas<'a>,
    /// The headers that responses declare.
    headers: Vec<HeaderUse>,
    /// The strings that are the data of an event and have a `contentSchema`, which is the type of the event.
    event_contents: Vec<Pointer>,
    /// The names of the types that single operations have for themselves.
    types: Scope,
    /// The operations without a method, and the media types that are not sent.
    left_out: Vec<LeftOut>,
    /// The places of media types that were reported as not sent, and of those whose spelling was.
    reported_contents: BTreeSet<Pointer>,
    /// The header parameters without effect: each with its place, and the operation that declares it.
    ignored_headers: BTreeMap<ReservedHeader, Vec<(Pointer, &'a OperationEntry)>>,
}

/// What `finish` takes over from the operations.
pub(super) struct OperationDrafts {
    /// The operations in the document's order, without those that have no method.
    pub operations: Vec<OperationDraft>,
    /// The headers that their responses declare.
    pub headers: Vec<HeaderUse>,
    /// The names of the methods.
    pub methods: Scope,
    /// What has no method or is not sent, sorted.
    pub left_out: Vec<LeftOut>,
    /// The header parameters without effect.
    pub ignored_headers: Vec<IgnoredHeader>,
}

/// Makes all operations of a document. One that cannot be expressed is a diagnostic, and the others go on.
pub(super) fn lower(schemas: &mut Schemas<'_>) -> OperationDrafts {
    let mut operations = Operations {
        document: schemas.document,
        options: schemas.options,
        schemas,
        headers: Vec::new(),
        event_contents: Vec::new(),
        types: Scope::new(ScopeKind::OperationType)
            .reserve(name::runtime_names(), "the client's own types"),
        left_out: Vec::new(),
        reported_contents: BTreeSet::new(),
        ignored_headers: BTreeMap::new(),
    };
    let (drafts, methods) = operations.methods();
    operations.webhooks(&drafts);
    operations.content_schema_reports();
    let ignored_headers = operations.ignored(&drafts);
    operations.left_out.sort();
    OperationDrafts {
        left_out: operations.left_out,
        ignored_headers,
        operations: drafts,
        headers: operations.headers,
        methods,
    }
}

impl<'a> Operations<'_, 'a> {
    fn report(&mut self, finding: Diagnostic) {
        self.schemas.report(finding);
    }

    /// Names a type that is made for one operation: `ListPetsCall`, or `ListPetsOperationCall` where the root of
    /// the crate has that name already.
    fn own_type(&mut self, stem: &str, suffix: &str, at: &Pointer) -> String {
        let claim = self.types.claim_one_of(
            Wish::new(name::type_name(&format!("{stem}_{suffix}")), at)
                .or(name::type_name(&format!("{stem}_operation_{suffix}"))),
        );
        self.schemas.diagnostics.extend(claim.collision);
        claim.name
    }

    /// Returns what inline schemas of a shared object are named after: the object and not an operation that uses it.
    /// `#/components/parameters/sort` is `Sort`, or `SortParameter` beside a schema `Sort`.
    fn shared_stem(&self, at: &Pointer) -> Option<String> {
        let tokens: Vec<String> = at.tokens().collect();
        let [components, kind, wire] = tokens.as_slice() else {
            return None;
        };
        let noun = match (components.as_str(), kind.as_str()) {
            ("components", "parameters") => "parameter",
            ("components", "requestBodies") => "body",
            ("components", "responses") => "response",
            ("components", "headers") => "header",
            _ => return None,
        };
        let rust = name::type_name(wire);
        if self.schemas.is_component_name(&rust) {
            Some(name::type_name(&format!("{wire}_{noun}")))
        } else {
            Some(rust)
        }
    }

    /// Returns what inline schemas of a path's own parameter are named after: the path, since several operations share
    /// it.
    fn path_stem(&self, at: &Pointer, entry: &OperationEntry) -> Option<String> {
        let is_own = at.path().starts_with(entry.at.path());
        let method = name::name_of_path("", &entry.path);
        (!is_own).then(|| name::type_of_operation(&method))
    }
}
