//! Headers of responses, as each response declares them.

use indexmap::IndexMap;
use openapiv3::{Header, ReferenceOr};

use super::{HeaderUse, Operations};
use crate::ir::{Docs, Scalar, Status, TypeRef};
use crate::name;
use crate::resolve::OperationEntry;
use crate::spec::{RESPONSE_HEADERS_IGNORED, is_token};

impl<'a> Operations<'_, 'a> {
    /// Records the headers of a response. `Content-Type` is not declared in this way, and is ignored, as the
    /// specification says.
    pub(super) fn declare_headers(
        &mut self,
        headers: &'a IndexMap<String, ReferenceOr<Header>>,
        operation: &OperationEntry,
        status: Status,
        stem: &str,
    ) {
        for (wire, reference) in headers {
            let Some(entry) = self.document.header(reference) else {
                continue;
            };
            let wire = wire.to_ascii_lowercase();
            if RESPONSE_HEADERS_IGNORED.contains(&wire.as_str()) || !is_token(&wire) {
                continue;
            }
            let own = || name::type_name(&format!("{stem}_{}", name::type_name(&wire)));
            let stem = self.shared_stem(&entry.at).unwrap_or_else(own);
            let (ty, is_json) = self.parameter_type(&entry.value.format, stem, &entry.at);
            self.headers.push(HeaderUse {
                operation: operation.at.clone(),
                status,
                wire,
                origin: entry.at.clone(),
                docs: Docs {
                    description: entry.value.description.clone(),
                    deprecated: entry.value.deprecated.unwrap_or_default(),
                    notes: self.schemas.header_notes(&entry.value),
                    ..Docs::default()
                },
                required: entry.value.required,
                is_json,
                explode: entry.facts.explode,
                ty: match ty {
                    // a header is a string, whatever else a schema without a type allows
                    TypeRef::Any if !is_json => TypeRef::Scalar(Scalar::String),
                    ty => ty,
                },
            });
        }
    }
}
