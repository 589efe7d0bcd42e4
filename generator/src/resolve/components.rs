//! Reads the sections of `components`.

use super::object::ObjectKind;
use super::{Component, Entry, Resolver, dialect};
use crate::load::{Node, Object};
use crate::pointer::Pointer;
use crate::spec;

impl<'a> Resolver<'a> {
    /// Reads all components, including those that no operation refers to, so that their errors are reported.
    pub(super) fn components(&mut self, components: &'a Object, at: &Pointer) {
        self.component_schemas(components, &at.child("schemas"));
        for (section, kind) in [
            ("parameters", ObjectKind::Parameter),
            ("requestBodies", ObjectKind::RequestBody),
            ("responses", ObjectKind::Response),
            ("headers", ObjectKind::Header),
        ] {
            for (place, node) in self.section(components, section, at) {
                self.target(kind, node, &place);
            }
        }
        for (place, node) in self.section(components, "pathItems", at) {
            self.inbound(&place.name().unwrap_or_default(), node, &place);
        }
        for (place, node) in self.section(components, "callbacks", at) {
            self.callback(&place.name().unwrap_or_default(), node, &place);
        }
        for (section, noun) in [("examples", "an example"), ("links", "a link")] {
            for (place, node) in self.section(components, section, at) {
                if let Some((at, node)) = self.follow(node, &place)
                    && node.as_object().is_none()
                {
                    let text = format!("expected {noun}, found {}; it is ignored", node.describe());
                    self.slip(at, text);
                }
            }
        }
    }

    /// Returns the members of a section with their locations.
    fn section(
        &mut self,
        components: &'a Object,
        section: &str,
        at: &Pointer,
    ) -> Vec<(Pointer, &'a Node)> {
        let at = at.child(section);
        let noun = format!("an object of {section}");
        self.members_of(components.get(section), &at, &noun)
            .into_iter()
            .flatten()
            .filter(|(name, _)| !spec::is_extension(name))
            .map(|(name, node)| (at.child(name), node))
            .collect()
    }

    fn component_schemas(&mut self, components: &'a Object, at: &Pointer) {
        let schemas = self.members_of(components.get("schemas"), at, "an object of schemas");
        for (name, node) in schemas.into_iter().flatten() {
            let at = at.child(name);
            if let Some(target) = self.target(ObjectKind::Schema, node, &at) {
                self.document.components.push(Component {
                    name: name.to_string(),
                    at,
                    target,
                });
            }
        }
    }

    pub(super) fn schemes(&mut self, components: &'a Object, at: &Pointer) {
        let schemes = self.members_of(
            components.get("securitySchemes"),
            at,
            "an object of security schemes",
        );
        for (name, node) in schemes.into_iter().flatten() {
            let Some((at, node)) = self.follow(node, &at.child(name)) else {
                continue;
            };
            let Some(mut object) = node.as_object().cloned() else {
                self.not_an_object(node, &at, "a security scheme");
                continue;
            };
            self.repair_scheme(&mut object, &at);
            if !self.fit_scheme(&mut object, &at) {
                continue;
            }
            dialect::scheme(&mut object);
            if let Some(value) = self.read(&Node::from(object), &at) {
                let entry = Entry {
                    at,
                    value,
                    facts: (),
                };
                self.document.schemes.insert(name.to_string(), entry);
            }
        }
    }
}
