//! The types of webhooks and callbacks: requests that the API makes, so that there is no method for them.

use super::{OperationDraft, Operations};
use crate::name::{self, Scope, ScopeKind, Wish};

impl Operations<'_, '_> {
    /// Makes the types of webhooks and callbacks. What their inline schemas are named after differs from the types of
    /// the methods.
    pub(super) fn webhooks(&mut self, operations: &[OperationDraft]) {
        let document = self.document;
        // nobody reads the headers of a response that the caller itself gives
        let headers = self.headers.len();
        let mut stems = Scope::new(ScopeKind::OperationType);
        for operation in operations {
            let name = name::type_of_operation(&operation.name.rust);
            self.schemas
                .diagnostics
                .extend(stems.claim(Wish::new(name, &operation.origin)).collision);
        }
        for entry in &document.inbound {
            let id = entry.operation.operation_id.as_deref();
            let stem = name::type_name(id.unwrap_or(&entry.path));
            let with_hook = name::type_name(&format!("{stem}_hook"));
            let claim = stems.claim_one_of(Wish::new(stem, &entry.at).or(with_hook));
            if let Some(reference) = &entry.operation.request_body {
                self.body(reference, None, &claim.name);
            }
            self.responses(entry, &claim.name);
        }
        self.headers.truncate(headers);
    }
}
