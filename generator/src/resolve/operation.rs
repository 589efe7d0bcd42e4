//! Paths and operations.

use super::object::Kind;
use super::{OperationEntry, Resolver, audit, reference, select};
use crate::diagnostic::{Diagnostic, code};
use crate::load::{Node, Object};
use crate::options::Options;
use crate::pointer::Pointer;

/// The members of a path item that are operations.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

impl<'a> Resolver<'a> {
    pub(super) fn paths(&mut self, node: &'a Node, at: &Pointer, options: &Options) {
        let Some(paths) = node.as_object() else {
            let text = format!("expected an object of paths, found {}", node.describe());
            return self.report(Diagnostic::new(code::WRONG_SHAPE, at.clone(), text));
        };
        for (path, node) in paths.iter().filter(|(path, _)| !path.starts_with("x-")) {
            let place = at.child(path);
            if !path.starts_with('/') {
                let finding = Diagnostic::new(
                    code::BAD_PATH,
                    place,
                    format!("the path `{path}` does not start with `/`"),
                );
                self.report(finding.help(format!("write `/{path}`")));
                continue;
            }
            let Some((place, node)) = self.follow(node, &place) else {
                continue;
            };
            match node.as_object() {
                Some(item) => self.path_item(path, item, &place, options),
                None => {
                    let text = format!("expected a path item, found {}", node.describe());
                    self.report(Diagnostic::new(code::WRONG_SHAPE, place, text));
                }
            }
        }
    }

    fn path_item(&mut self, path: &str, item: &'a Object, at: &Pointer, options: &Options) {
        audit::members(audit::PATH_ITEM, item, at, self.diagnostics);
        for method in METHODS {
            if let Some(node) = item.get(method) {
                self.operation(path, method, (item, at), node, options);
            }
        }
        if let Some(more) = item.get("additionalOperations").and_then(Node::as_object) {
            for (method, node) in more {
                let at = at.child("additionalOperations");
                self.operation(path, method, (item, &at), node, options);
            }
        }
    }

    fn operation(
        &mut self,
        path: &str,
        method: &str,
        item: (&'a Object, &Pointer),
        node: &'a Node,
        options: &Options,
    ) {
        let (item, item_at) = item;
        let Some((at, node)) = self.follow(node, &item_at.child(method)) else {
            return;
        };
        let Some(object) = node.as_object() else {
            let text = format!("expected an operation, found {}", node.describe());
            return self.report(Diagnostic::new(code::WRONG_SHAPE, at, text));
        };
        let upper = method.to_ascii_uppercase();
        let id = object.get("operationId").and_then(Node::as_str);
        if !select::chosen(options, id, &upper, path) {
            return;
        }
        audit::members(audit::OPERATION, object, &at, self.diagnostics);
        let (parameters, parameter_places) = self.parameters(object, &at, item, item_at);
        let mut copy = Object::default();
        for (name, node) in object {
            let place = at.child(name);
            let node = match name.as_ref() {
                "parameters" | "callbacks" => continue,
                "requestBody" => match self.reference(Kind::RequestBody, node, &place) {
                    Some(node) => node,
                    None => continue,
                },
                "responses" => self.each(node, &place, |this, node, at| {
                    this.reference(Kind::Response, node, at)
                }),
                _ => node.clone(),
            };
            copy.insert(name.clone(), node);
        }
        copy.insert("parameters".into(), Node::Array(parameters));
        if !copy.contains_key("responses") {
            // 3.1 lets an operation leave them out; openapiv3 wants the member
            copy.insert("responses".into(), Node::Object(Object::default()));
        }
        if let Some(operation) = self.read(&Node::Object(copy), &at) {
            let path = path.to_owned();
            self.document.operations.push(OperationEntry {
                at,
                method: upper,
                path,
                operation,
                parameter_places,
            });
        }
    }

    /// An operation's parameters: its own, and those of its path that it does not replace. The path's come first.
    fn parameters(
        &mut self,
        operation: &'a Object,
        at: &Pointer,
        item: &'a Object,
        item_at: &Pointer,
    ) -> (Vec<Node>, Vec<Pointer>) {
        let mut merged: Vec<Merged> = Vec::new();
        for (object, at) in [(item, item_at), (operation, at)] {
            let list = object.get("parameters").and_then(Node::as_array);
            let at = at.child("parameters");
            for (index, node) in list.unwrap_or_default().iter().enumerate() {
                let place = at.index(index);
                let Some(target) = self.target(Kind::Parameter, node, &place) else {
                    continue;
                };
                let identity = self.identity(node, &place);
                let entry = Merged {
                    identity,
                    node: reference::to(target),
                    place,
                };
                let same = |other: &&mut Merged| {
                    other.identity.is_some() && other.identity == entry.identity
                };
                match merged.iter_mut().find(same) {
                    Some(replaced) => *replaced = entry,
                    None => merged.push(entry),
                }
            }
        }
        merged
            .into_iter()
            .map(|entry| (entry.node, entry.place))
            .unzip()
    }

    /// What tells parameters apart: place and name.
    fn identity(&mut self, node: &'a Node, at: &Pointer) -> Option<(String, String)> {
        let (_, node) = self.follow(node, at)?;
        let text = |name| node.as_object()?.get(name)?.as_str().map(str::to_owned);
        Some((text("in")?, text("name")?))
    }
}

/// A parameter of an operation or of its path.
struct Merged {
    /// Its place (`query`) and name.
    identity: Option<(String, String)>,
    node: Node,
    place: Pointer,
}
