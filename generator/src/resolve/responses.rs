//! Reads the responses of an operation by their statuses.

use super::object::ObjectKind;
use super::{Entry, Resolver, reference};
use crate::diagnostic::{Diagnostic, Place, Severity, code};
use crate::load::{Node, Object, ScalarKind};
use crate::pointer::Pointer;
use crate::spec;

impl<'a> Resolver<'a> {
    /// Reads the responses of an operation. openapiv3 would silently drop a key that is no status.
    pub(super) fn responses(&mut self, node: &'a Node, at: &Pointer) -> Node {
        let Some(object) = node.as_object() else {
            return node.clone();
        };
        let mut copy = Object::default();
        for (key, node) in object {
            let place = at.child(key);
            if spec::is_extension(key) {
                copy.insert(key.clone(), node.clone());
                continue;
            }
            let Some(status) = self.status(key, object, &place) else {
                continue;
            };
            if let Some(node) = self.response(node, &place) {
                copy.insert(status.into(), node);
            }
        }
        Node::from(copy)
    }

    /// Returns the status that a key of `responses` is, or is meant to be: `204 NO_CONTENT` is `204`.
    fn status(&mut self, key: &str, all: &Object, at: &Pointer) -> Option<String> {
        if is_status(key) {
            return Some(key.to_owned());
        }
        let place = Place::key(at.clone());
        let first = key.trim().split([' ', '-', '_', ':', '.', ',']).next();
        let meant = first.unwrap_or_default().to_ascii_lowercase();
        let spelled = meant.to_ascii_uppercase();
        let text = format!("`{key}` is not a valid status code");
        let finding = Diagnostic::new(code::WRONG_SHAPE, place, text)
            .help("use a code such as `200`, a range such as `4XX`, or `default`");
        let is_free = || {
            let same = |other: &str| other != key && (other == meant || other == spelled);
            !all.keys().any(|other| same(other))
        };
        if is_status(&meant) && is_free() {
            let message = format!("{}; it is read as `{meant}`", finding.message);
            let severity = Severity::Warning;
            self.report(Diagnostic {
                message,
                severity,
                ..finding
            });
            return Some(meant);
        }
        self.report(finding);
        None
    }

    /// Returns the reference to a response. A text in its place describes it, and null does not.
    fn response(&mut self, node: &'a Node, at: &Pointer) -> Option<Node> {
        let text = match node {
            Node::Scalar(scalar) if scalar.kind() == ScalarKind::String => scalar.text(),
            Node::Scalar(scalar) if scalar.kind() == ScalarKind::Null => "",
            _ => return self.reference(ObjectKind::Response, node, at),
        };
        let message = format!(
            "expected a response, found {}; it is read as one without content",
            node.describe()
        );
        self.slip(at.clone(), message);
        let value = openapiv3::Response {
            description: text.to_owned(),
            ..openapiv3::Response::default()
        };
        let key = at.to_string();
        let (at, facts) = (at.clone(), ());
        let entry = Entry { at, value, facts };
        self.document.responses.insert(key.clone(), entry);
        Some(reference::to(key))
    }
}

fn is_status(key: &str) -> bool {
    match key.as_bytes() {
        b"default" => true,
        [b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => true,
        [b'1'..=b'9', rest @ ..] => rest.len() == 2 && rest.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}
