//! What stands under `type` and is no type.

use super::Resolver;
use crate::diagnostic::{Diagnostic, Severity, code, suggest};
use crate::load::{Node, Object};
use crate::pointer::Pointer;

impl Resolver<'_> {
    /// `type: strng` would read as a schema with a type of its own.
    pub(super) fn known_type(&mut self, object: &Object, at: &Pointer) {
        const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];
        let Some(name) = object.get("type").and_then(Node::as_str) else {
            return;
        };
        if !TYPES.contains(&name) {
            let text = format!("there is no type `{name}`");
            let finding = Diagnostic::new(code::WRONG_SHAPE, at.child("type"), text);
            let help = suggest::did_you_mean(name, TYPES)
                .unwrap_or_else(|| format!("write one of `{}`", TYPES.join("`, `")));
            self.report(finding.help(help));
        }
    }

    /// `type: null` without quotes is YAML's null, and not the name of a type.
    pub(super) fn null_type(&mut self, schema: &Node, at: &Pointer) {
        if schema.get("type").is_some_and(Node::is_null) {
            let text = "`type` is null, and not the text `\"null\"`";
            let finding = Diagnostic::new(code::WRONG_SHAPE, at.child("type"), text)
                .severity(Severity::Warning)
                .help("write `type: \"null\"` where only null fits, or leave it out");
            self.report(finding);
        }
    }
}
