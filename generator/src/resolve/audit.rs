//! Reports members that are lost and members that OpenAPI does not define.

use super::Resolver;
use crate::diagnostic::{Diagnostic, code, suggest};
use crate::load::Object;
use crate::pointer::Pointer;
use crate::spec::{self, Handling, ObjectSpec, Version};

/// The number of findings from which on no more suggestions are searched for: nobody reads them, and each takes time.
const MOST_SUGGESTIONS: usize = 1_000;

impl Resolver<'_> {
    /// Reports the lost and the unknown members of an object; an unknown member is usually a misspelled one.
    pub(super) fn audit(&mut self, spec: &ObjectSpec, object: &Object, at: &Pointer) {
        for name in object.keys().map(AsRef::as_ref) {
            let finding = match spec.member(name).map(|member| member.handling) {
                Some(Handling::Lost { code, reason }) => {
                    let text = format!("`{name}` is not supported: {reason}");
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

/// Returns the finding for an unknown member; with a version, it suggests a member that the version defines.
fn unknown(spec: &ObjectSpec, name: &str, at: &Pointer, version: Option<Version>) -> Diagnostic {
    let text = format!("{} has no member `{name}`; it is ignored", spec.noun);
    let finding = Diagnostic::new(code::UNKNOWN_MEMBER, at.child(name), text);
    let meant = version.and_then(|version| {
        suggest::did_you_mean(name, spec.members_in(version).map(|member| member.name))
    });
    let rename = || format!("remove it, or rename it to `x-{name}` if another tool reads it");
    finding.help(meant.unwrap_or_else(rename))
}
