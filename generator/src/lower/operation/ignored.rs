//! Header parameters that OpenAPI ignores: `Accept`, `Authorization` and `Content-Type`, which other parts of a
//! description decide.

use super::{OperationDraft, Operations};
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::ir::{IgnoredHeader, ReservedHeader};
use crate::pointer::Pointer;
use crate::resolve::OperationEntry;
use crate::spec::PARAMETER_HEADERS_IGNORED;

impl<'a> Operations<'_, 'a> {
    /// Records a header parameter that is ignored; returns whether it is one.
    pub(super) fn is_ignored_header(
        &mut self,
        wire: &str,
        at: &Pointer,
        entry: &'a OperationEntry,
    ) -> bool {
        let lower = wire.to_ascii_lowercase();
        if !PARAMETER_HEADERS_IGNORED.contains(&lower.as_str()) {
            return false;
        }
        let name = match lower.as_str() {
            "accept" => ReservedHeader::Accept,
            "authorization" => ReservedHeader::Authorization,
            _ => ReservedHeader::ContentType,
        };
        let places = self.ignored_headers.entry(name).or_default();
        places.push((at.clone(), entry));
        true
    }

    /// Reports the headers that are ignored, once each, and returns them with the methods that their parameters would
    /// belong to.
    pub(super) fn ignored(&mut self, drafts: &[OperationDraft]) -> Vec<IgnoredHeader> {
        let mut all = Vec::new();
        for (name, places) in std::mem::take(&mut self.ignored_headers) {
            let methods = places.iter().filter_map(|(_, entry)| {
                let draft = drafts.iter().find(|draft| draft.origin == entry.at)?;
                Some(draft.name.rust.clone())
            });
            let mut methods: Vec<String> = methods.collect();
            methods.sort();
            self.report_ignored(name, &places);
            all.push(IgnoredHeader { name, methods });
        }
        all
    }

    fn report_ignored(&mut self, name: ReservedHeader, places: &[(Pointer, &'a OperationEntry)]) {
        let Some((first, _)) = places.first() else {
            return;
        };
        let decided = match name {
            ReservedHeader::Accept => "the media types of the responses decide it",
            ReservedHeader::Authorization => "the security schemes decide it",
            ReservedHeader::ContentType => "the media type of the request body decides it",
        };
        let count = match places.len() {
            1 => String::new(),
            count => format!(" of {count} operations"),
        };
        let header = name.as_str();
        let text = format!(
            "the header parameter `{header}`{count} is ignored, as OpenAPI says: {decided}"
        );
        let mut finding = Diagnostic::new(code::IGNORED_PARAMETER, first.clone(), text);
        // without a security scheme there is nothing else in the document that sends it
        let document = self.document;
        let has_none = |(_, entry): &(Pointer, &OperationEntry)| {
            let own = entry.operation.security.as_ref();
            own.unwrap_or(&document.security).is_empty()
        };
        if name == ReservedHeader::Authorization && places.iter().any(has_none) {
            finding = finding.severity(Severity::Warning).help(
                "declare a scheme under `components.securitySchemes`, and require it by `security`; \
                 until then, callers set the header on the client",
            );
        }
        self.report(finding);
    }
}
