//! Reports members that are lost, null, of another version of OpenAPI, or that no version defines.

use super::Resolver;
use crate::diagnostic::{Diagnostic, Severity, code, suggest};
use crate::load::{Node, Object};
use crate::pointer::Pointer;
use crate::spec::{self, Handling, Member, ObjectSpec, Version};

/// The number of findings from which on no more suggestions are searched for: nobody reads them, and each takes time.
const MOST_SUGGESTIONS: usize = 1_000;

impl Resolver<'_> {
    /// Reports the lost and the unknown members of an object; an unknown member is usually a misspelled one.
    pub(super) fn audit(&mut self, spec: &'static ObjectSpec, object: &Object, at: &Pointer) {
        for (name, node) in object {
            match spec.member(name) {
                Some(member) => self.audit_member(spec, member, node, at),
                None if spec::is_extension(name) => {}
                None => self.unknown(spec, name, at),
            }
        }
    }

    fn audit_member(&mut self, spec: &ObjectSpec, member: &Member, node: &Node, at: &Pointer) {
        let name = member.name;
        let place = at.child(name);
        if node.is_null() && member.is_absent_as_null(self.version) {
            let text = format!("`{name}` of {} is null; it is read as absent", spec.noun);
            self.count(place, |at| {
                Diagnostic::new(code::WRONG_SHAPE, at, text).severity(Severity::Warning)
            });
            return;
        }
        if let Handling::Lost { code, reason } = member.handling {
            let text = format!("`{name}` is not supported: {reason}");
            self.report(Diagnostic::new(code, place, text));
        } else if !std::ptr::eq(spec, &spec::SCHEMA) {
            // the keywords of a schema are those of 3.0 by now
            self.audit_version(member, place);
        }
    }

    /// Counts a member with a meaning that the document's version does not define.
    pub(super) fn audit_version(&mut self, member: &Member, at: Pointer) {
        if member.has_meaning()
            && !member.versions.is_empty()
            && !member.versions.contains(&self.version)
        {
            let defined: Vec<&str> = Version::ALL
                .into_iter()
                .filter(|(_, version)| member.versions.contains(version))
                .map(|(name, _)| name)
                .collect();
            self.other_version(&format!("`{}`", member.name), &defined, at);
        }
    }

    /// Counts a spelling of other versions than the document's, which is read as they define it.
    pub(super) fn other_version(&mut self, what: &str, defined: &[&str], at: Pointer) {
        let name = |version| Version::ALL.into_iter().find(|(_, one)| *one == version);
        let own = name(self.version).map_or("3", |(name, _)| name);
        let [other, ..] = defined else { return };
        let text = format!(
            "{what} belongs to OpenAPI {other}, and this document is OpenAPI {own}; it is read as OpenAPI {other} defines it"
        );
        let help = format!("correct `openapi` if the document is OpenAPI {other}");
        self.count(at, |at| {
            Diagnostic::new(code::OTHER_VERSION, at, text).help(help)
        });
    }

    /// Reports an unknown member. In schemas it is legal since 3.1, and often in all of them.
    fn unknown(&mut self, spec: &ObjectSpec, name: &str, at: &Pointer) {
        let suggests = self.diagnostics.len() + self.tally.len() < MOST_SUGGESTIONS;
        let version = self.version;
        let meant = suggests.then(|| {
            let known = spec.members_in(version).map(|member| member.name);
            suggest::did_you_mean(name, known)
        });
        let meant = meant.flatten();
        let text = format!("{} has no member `{name}`; it is ignored", spec.noun);
        let place = at.child(name);
        if std::ptr::eq(spec, &spec::SCHEMA) && version != Version::V3_0 {
            let severity = meant.as_ref().map_or(Severity::Note, |_| Severity::Warning);
            return self.count(place, |at| {
                let finding = Diagnostic::new(code::UNKNOWN_MEMBER, at, text).severity(severity);
                let legal = || {
                    "an unknown keyword is legal in a schema, and means nothing to a client"
                        .to_owned()
                };
                finding.help(meant.unwrap_or_else(legal))
            });
        }
        let rename = || format!("remove it, or rename it to `x-{name}` if another tool reads it");
        let finding = Diagnostic::new(code::UNKNOWN_MEMBER, place, text);
        self.report(finding.help(meant.unwrap_or_else(rename)));
    }
}
