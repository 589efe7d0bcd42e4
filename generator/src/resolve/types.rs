//! What stands under `type` and is no type.

use super::Resolver;
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::load::Node;
use crate::pointer::Pointer;

impl Resolver<'_> {
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
