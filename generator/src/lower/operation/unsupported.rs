//! Operations that no method can express, and media types that no body can. They are found before any of their types is
//! made, so that no unused type is left.

use openapiv3::{MediaType, SchemaKind, Type};

use super::Operations;
use super::media::{self, BodyKind};
use crate::diagnostic::{Code, Diagnostic, Severity, code};
use crate::ir::{LeftOut, LeftOutReason, NoForm};
use crate::lower::schema::key;
use crate::options::except_line;
use crate::pointer::Pointer;
use crate::resolve::OperationEntry;

/// The reason why an operation has no method.
pub(super) struct Unsupported {
    /// The location of what cannot be expressed.
    at: Pointer,
    /// The media type there, if it is one of a body.
    media_type: String,
    reason: LeftOutReason,
}

impl Operations<'_, '_> {
    /// Returns what in an operation cannot be expressed, if it has no method for that: one media type of its body that
    /// can be sent is enough.
    pub(super) fn unsupported(&self, entry: &OperationEntry) -> Option<Unsupported> {
        if entry.method == "CONNECT" {
            return Some(Unsupported {
                at: entry.at.clone(),
                media_type: String::new(),
                reason: LeftOutReason::Tunnel,
            });
        }
        let body = self.document.body(entry.operation.request_body.as_ref()?)?;
        let mut first = None;
        for (name, content) in &body.value.content {
            let reason = self.unsupported_content(name, content)?;
            first.get_or_insert_with(|| Unsupported {
                at: body.at.child("content").child(name),
                media_type: name.clone(),
                reason,
            });
        }
        first
    }

    /// Returns why a body cannot be sent as a media type.
    pub(super) fn unsupported_content(
        &self,
        media_type: &str,
        content: &MediaType,
    ) -> Option<LeftOutReason> {
        let Some(name) = media::read(media_type) else {
            return Some(LeftOutReason::NoMediaType);
        };
        let schema = content.schema.as_ref().and_then(key)?;
        if self.body_kind(&name, Some(schema)) != BodyKind::Form {
            return None;
        }
        let kind = match &self.document.schema_at(schema).value.schema_kind {
            SchemaKind::Type(Type::Array(_)) => NoForm::Array,
            SchemaKind::Type(Type::Boolean(_)) => NoForm::Boolean,
            SchemaKind::Type(Type::Integer(_) | Type::Number(_)) => NoForm::Number,
            _ => return None,
        };
        Some(LeftOutReason::NoForm(kind))
    }

    /// Reports an operation that has no method: by its name and place, with the line that leaves it out.
    pub(super) fn report_unsupported(&mut self, entry: &OperationEntry, unsupported: &Unsupported) {
        let name = name(entry);
        let reason = sentence(&unsupported.media_type, unsupported.reason);
        let text = format!("`{name}` has no method: {reason}");
        let lines = except_line(&name);
        let lines = lines.trim_end();
        let mut finding = Diagnostic::new(code::NOT_SUPPORTED, entry.at.clone(), text);
        if unsupported.at != entry.at {
            finding = finding.related(unsupported.at.clone(), "this is the reason");
        }
        let help = format!("leave it out in `codegen.yaml`:\n{lines}");
        let severity = self.severity(code::NOT_SUPPORTED);
        self.report(finding.severity(severity).help(help));
        self.left_out.push(LeftOut {
            operation: name,
            address: entry.address(),
            media_type: None,
            reason: unsupported.reason,
        });
    }

    /// Reports a media type that a body is not sent as; once, if operations share the body.
    pub(super) fn report_unsupported_content(
        &mut self,
        entry: &OperationEntry,
        (media_type, at): (&str, Pointer),
        reason: LeftOutReason,
    ) {
        self.left_out.push(LeftOut {
            operation: name(entry),
            address: entry.address(),
            media_type: Some(media_type.to_owned()),
            reason,
        });
        if self.reported_contents.insert(at.clone()) {
            let reason = sentence(media_type, reason);
            let text = format!("a body cannot be sent as `{media_type}`: {reason}");
            let severity = self.severity(code::UNSUPPORTED_MEDIA_TYPE);
            let finding = Diagnostic::new(code::UNSUPPORTED_MEDIA_TYPE, at, text);
            self.report(finding.severity(severity));
        }
    }

    fn severity(&self, code: &Code) -> Severity {
        if self.options.strict {
            Severity::Error
        } else {
            code.severity
        }
    }
}

/// The name of an operation in `codegen.yaml`.
fn name(entry: &OperationEntry) -> String {
    let id = entry.operation.operation_id.clone();
    id.unwrap_or_else(|| entry.address())
}

/// Returns a reason as the end of a sentence.
fn sentence(media_type: &str, reason: LeftOutReason) -> String {
    match reason {
        LeftOutReason::Tunnel => {
            "CONNECT asks a proxy for a tunnel, and has no path to be sent to".to_owned()
        }
        LeftOutReason::NoMediaType => {
            format!("`{media_type}` is no media type, so a body of it has no name")
        }
        LeftOutReason::NoForm(kind) => {
            let kind = match kind {
                NoForm::Array => "an array",
                NoForm::Boolean => "a boolean",
                NoForm::Number => "a number",
            };
            format!("a form has members, and this one is {kind}")
        }
    }
}
