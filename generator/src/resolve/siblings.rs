//! Keywords beside the `$ref` of a schema.
//!
//! Since OpenAPI 3.1, `$ref` is a keyword like others: `{ $ref: Pet, required: [name] }` is equivalent to
//! `{ allOf: [{ $ref: Pet }], required: [name] }`. OpenAPI 3.0 ignores the siblings of a `$ref`. Those about the usage
//! of the schema, such as `nullable`, are honored anyway, since documents rely on them; others that have a meaning are
//! reported.

use super::object::ObjectKind;
use super::{Resolver, reference, slips};
use crate::diagnostic::{Diagnostic, code};
use crate::load::{Node, Object};
use crate::pointer::Pointer;
use crate::spec::{self, Member, Version};

/// Whether a keyword is about the usage of a schema, such as `readOnly`.
fn is_about_usage(name: &str) -> bool {
    spec::SCHEMA
        .member(name)
        .is_some_and(|member| member.is_about_usage)
}

/// Whether a keyword has a meaning beside a `$ref`, as an unknown one may have.
fn has_meaning(name: &str) -> bool {
    let is_known_to_have_one = || spec::SCHEMA.member(name).is_none_or(Member::has_meaning);
    spec::REFERENCE.member(name).is_none() && !spec::is_extension(name) && is_known_to_have_one()
}

/// Whether a node has a `$ref` and a sibling with a meaning in this version.
pub(super) fn has(node: &Node, version: Version) -> bool {
    let Some(object) = node.as_object().filter(|_| reference::of(node).is_some()) else {
        return false;
    };
    let is_sibling = |name: &str| match version {
        Version::V3_0 => is_about_usage(name),
        Version::V3_1 | Version::V3_2 => has_meaning(name),
    };
    object
        .iter()
        .any(|(name, node)| is_sibling(name) && !node.is_null() && !is_slip(name, node))
}

/// Whether a keyword is `required: true`, which is about the property that has the `$ref`.
fn is_slip(name: &str, node: &Node) -> bool {
    name == "required" && slips::boolean(node).is_some()
}

/// Rewrites `{ required: [name] }` and the key of Pet to `{ required: [name], allOf: [{ $ref: Pet }] }`; Pet comes
/// first.
pub(super) fn compose(object: &mut Object, base: String) {
    let mut all = vec![reference::to(base)];
    if let Some(Node::Array(more)) = object.shift_remove("allOf") {
        all.extend(more);
    }
    object.insert("allOf".into(), Node::Array(all));
}

impl<'a> Resolver<'a> {
    /// Removes the `$ref` from a copy of a schema and returns the key of the schema it leads to.
    pub(super) fn base(
        &mut self,
        node: &'a Node,
        object: &mut Object,
        at: &Pointer,
    ) -> Option<String> {
        if object.shift_remove("$ref")?.is_null() {
            return None;
        }
        if self.version == Version::V3_0 {
            self.ignored(object, at);
            object.retain(|name, _| is_about_usage(name));
        }
        // pass this node, and stop at a later one that has siblings of its own
        let version = self.version;
        let is_target = |other: &Node| !std::ptr::eq(other, node) && has(other, version);
        let (target, _) = self.follow_to(node, at, &is_target)?;
        Some(self.enqueue(ObjectKind::Schema, target))
    }

    fn ignored(&mut self, object: &Object, at: &Pointer) {
        object
            .iter()
            .filter(|(name, node)| {
                !is_about_usage(name) && has_meaning(name) && !is_slip(name, node)
            })
            .map(|(name, _)| {
                let text = format!("OpenAPI 3.0 ignores `{name}` beside a `$ref`");
                Diagnostic::new(code::NOT_ENFORCED, at.child(name), text)
                    .help("move the `$ref` into an `allOf`, or make the document OpenAPI 3.1")
            })
            .for_each(|finding| self.report(finding));
    }
}
