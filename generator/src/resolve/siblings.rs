//! What stands beside a schema's `$ref`.
//!
//! In OpenAPI 3.1 a `$ref` is a keyword like others: `{ $ref: Pet, required: [name] }` is `{ allOf: [{ $ref: Pet }], required: [name] }`.
//! In 3.0 all that stands beside it is to be ignored; `nullable` and the like are honoured all the same, since documents mean them, and
//! what else would count is reported.

use super::object::Kind;
use super::{Resolver, reference};
use crate::diagnostic::{Diagnostic, code};
use crate::load::{Node, Object};
use crate::pointer::Pointer;
use crate::spec::{self, Member, Version};

/// Whether a keyword describes the place of the schema, such as `readOnly`.
fn is_of_the_place(name: &str) -> bool {
    spec::SCHEMA
        .member(name)
        .is_some_and(|member| member.is_of_the_place)
}

/// Whether a keyword says which values fit. One that nobody knows may.
fn says_what_fits(name: &str) -> bool {
    let is_known_to_count = || spec::SCHEMA.member(name).is_none_or(Member::counts);
    spec::REFERENCE.member(name).is_none() && !spec::is_extension(name) && is_known_to_count()
}

/// Whether something that counts stands beside a `$ref`.
pub(super) fn has(node: &Node, version: Version) -> bool {
    let Some(object) = node.as_object().filter(|_| reference::of(node).is_some()) else {
        return false;
    };
    let counts = |name: &str| match version {
        Version::V3_0 => is_of_the_place(name),
        Version::V3_1 | Version::V3_2 => says_what_fits(name),
    };
    object.keys().any(|name| counts(name))
}

/// `{ required: [name] }` and the key of Pet → `{ required: [name], allOf: [{ $ref: Pet }] }`; the base comes first.
pub(super) fn compose(object: &mut Object, base: String) {
    let mut all = vec![reference::to(base)];
    if let Some(Node::Array(more)) = object.shift_remove("allOf") {
        all.extend(more);
    }
    object.insert("allOf".into(), Node::Array(all));
}

impl<'a> Resolver<'a> {
    /// The schema that stands behind a schema's own `$ref`, and takes the `$ref` out of the copy.
    pub(super) fn base(
        &mut self,
        node: &'a Node,
        object: &mut Object,
        at: &Pointer,
    ) -> Option<String> {
        object.shift_remove("$ref")?;
        if self.version == Version::V3_0 {
            self.ignored(object, at);
            object.retain(|name, _| is_of_the_place(name));
        }
        // this one is passed by; a later one that has siblings of its own ends the way
        let version = self.version;
        let is_meant = |other: &Node| !std::ptr::eq(other, node) && has(other, version);
        let (target, _) = self.follow_to(node, at, &is_meant)?;
        Some(self.enqueue(Kind::Schema, target))
    }

    fn ignored(&mut self, object: &Object, at: &Pointer) {
        let lost = object
            .keys()
            .filter(|name| !is_of_the_place(name) && says_what_fits(name));
        let findings: Vec<_> = lost
            .map(|name| {
                let text =
                    format!("OpenAPI 3.0 ignores `{name}` beside a `$ref`, and so is done here");
                Diagnostic::new(code::NOT_ENFORCED, at.child(name), text)
                    .help("put the `$ref` into an `allOf` beside it, or call the document 3.1")
            })
            .collect();
        findings
            .into_iter()
            .for_each(|finding| self.report(finding));
    }
}
