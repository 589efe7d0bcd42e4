//! Operations that no method can express. They are found before any of their types is made, so that no unused type is
//! left.

use openapiv3::{SchemaKind, Type};

use super::Operations;
use super::media::{self, BodyKind};
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::lower::schema::key;
use crate::options::except_line;
use crate::pointer::Pointer;
use crate::resolve::OperationEntry;

/// The reason why an operation has no method.
pub(super) struct Unsupported {
    /// The location of what cannot be expressed.
    at: Pointer,
    /// The reason, as the end of a sentence.
    reason: String,
}

impl Unsupported {
    fn new(at: Pointer, reason: impl Into<String>) -> Self {
        Unsupported {
            at,
            reason: reason.into(),
        }
    }
}

impl Operations<'_, '_> {
    /// Returns the first thing in an operation that cannot be expressed.
    pub(super) fn unsupported(&self, entry: &OperationEntry) -> Option<Unsupported> {
        if entry.method == "CONNECT" {
            let reason = "CONNECT asks a proxy for a tunnel, and has no path to be sent to";
            return Some(Unsupported::new(entry.at.clone(), reason));
        }
        self.unsupported_body(entry)
    }

    /// Reports an operation that has no method: by its name and place, with the line that leaves it out.
    pub(super) fn report_unsupported(&mut self, entry: &OperationEntry, unsupported: &Unsupported) {
        let id = entry.operation.operation_id.clone();
        let name = id.unwrap_or_else(|| entry.address());
        let text = format!("`{name}` has no method: {}", unsupported.reason);
        let severity = if self.options.strict {
            Severity::Error
        } else {
            code::NOT_SUPPORTED.severity
        };
        let lines = except_line(&name);
        let lines = lines.trim_end();
        let mut finding = Diagnostic::new(code::NOT_SUPPORTED, entry.at.clone(), text);
        if unsupported.at != entry.at {
            finding = finding.related(unsupported.at.clone(), "this is the reason");
        }
        let help = format!("leave it out in `codegen.yaml`:\n{lines}");
        self.report(finding.severity(severity).help(help));
    }

    fn unsupported_body(&self, entry: &OperationEntry) -> Option<Unsupported> {
        let body = self.document.body(entry.operation.request_body.as_ref()?)?;
        body.value.content.iter().find_map(|(media_type, content)| {
            let at = body.at.child("content").child(media_type);
            if !media::is_media_type(media_type) {
                let reason =
                    format!("`{media_type}` is no media type, so a body of it has no name");
                return Some(Unsupported::new(at, reason));
            }
            let schema = content.schema.as_ref().and_then(key)?;
            let is_form = self.body_kind(media_type, Some(schema)) == BodyKind::Form;
            let what = self.not_an_object(schema).filter(|_| is_form)?;
            let reason = format!("a form has members, and this one is {what}");
            Some(Unsupported::new(at, reason))
        })
    }

    /// Returns what a schema describes if that is not an object.
    fn not_an_object(&self, key: &str) -> Option<&'static str> {
        match &self.document.schema_at(key).value.schema_kind {
            SchemaKind::Type(Type::Array(_)) => Some("an array"),
            SchemaKind::Type(Type::Boolean(_)) => Some("a boolean"),
            SchemaKind::Type(Type::Integer(_) | Type::Number(_)) => Some("a number"),
            _ => None,
        }
    }
}
