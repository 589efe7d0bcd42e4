//! Members of objects that are lost, and those that nobody knows.

use super::Resolver;
use crate::diagnostic::{Diagnostic, code, suggest};
use crate::load::Object;
use crate::pointer::Pointer;
use crate::spec::{self, Handling, ObjectSpec, Version};

/// With so many findings, nobody reads what else is meant; looking for it takes time.
const MOST_SUGGESTIONS: usize = 1_000;

impl Resolver<'_> {
    /// Reports members of which something is lost, and those that OpenAPI does not define: mostly they are misspelt.
    pub(super) fn audit(&mut self, spec: &ObjectSpec, object: &Object, at: &Pointer) {
        for name in object.keys().map(AsRef::as_ref) {
            let finding = match spec.member(name).map(|member| member.handling) {
                Some(Handling::Lost { code, reason }) => {
                    let text = format!("`{name}` is not modelled: {reason}");
                    Diagnostic::new(code, at.child(name), text)
                }
                Some(_) => continue,
                None if spec::is_extension(name) => continue,
                None => {
                    let suggests = self.diagnostics.len() < MOST_SUGGESTIONS;
                    unknown(spec, name, at, suggests.then_some(self.version))
                }
            };
            self.report(finding);
        }
    }
}

/// The finding for a member without a row; a member of the document's version may be meant.
fn unknown(spec: &ObjectSpec, name: &str, at: &Pointer, version: Option<Version>) -> Diagnostic {
    let text = format!("{} has no member `{name}`; it is ignored", spec.noun);
    let finding = Diagnostic::new(code::UNKNOWN_MEMBER, at.child(name), text);
    let meant = version.and_then(|version| {
        suggest::did_you_mean(name, spec.members_in(version).map(|member| member.name))
    });
    let rename = || format!("remove it, or call it `x-{name}` if a tool of yours reads it");
    finding.help(meant.unwrap_or_else(rename))
}
