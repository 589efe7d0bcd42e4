//! Reads paths, operations, webhooks and callbacks.

use std::collections::HashMap;

use super::object::ObjectKind;
use super::{OperationEntry, Resolver, present, reference, rules, select};
use crate::diagnostic::{Diagnostic, Place, Severity, code};
use crate::load::{Node, Object};
use crate::options::Options;
use crate::pointer::Pointer;
use crate::spec::{self, METHODS, Version};

impl<'a> Resolver<'a> {
    pub(super) fn paths(&mut self, node: &'a Node, at: &Pointer, options: &Options) {
        let Some(paths) = self.members_of(Some(node), at, "an object of paths") else {
            return;
        };
        for (path, node) in paths.iter().filter(|(path, _)| !spec::is_extension(path)) {
            let place = at.child(path);
            let mut path = path.to_string();
            let rooted = format!("/{path}");
            if !path.starts_with('/')
                && rules::path(&rooted).is_none()
                && !path.contains("://")
                && !paths.contains_key(rooted.as_str())
            {
                let text =
                    format!("the path `{path}` does not start with `/`; it is read as `{rooted}`");
                let finding = Diagnostic::new(code::BAD_PATH, Place::key(place.clone()), text);
                self.report(
                    finding
                        .severity(Severity::Warning)
                        .help(format!("write `{rooted}`")),
                );
                path = rooted;
            }
            if let Some((text, help)) = rules::path(&path) {
                let finding = Diagnostic::new(code::BAD_PATH, Place::key(place), text);
                self.report(finding.help(help));
                continue;
            }
            let Some((place, node)) = self.follow(node, &place) else {
                continue;
            };
            match node.as_object() {
                Some(item) => self.path_item(&path, item, &place, options),
                None => self.not_an_object(node, &place, "a path item"),
            }
        }
    }

    fn path_item(&mut self, path: &str, item: &'a Object, at: &Pointer, options: &Options) {
        self.audit(&spec::PATH_ITEM, item, at);
        for method in METHODS {
            if let Some(node) = present(item, method) {
                self.operation(path, method, (item, at), (node, &at.child(method)), options);
            }
        }
        let more = item.get("additionalOperations");
        let more_at = at.child("additionalOperations");
        if let Some(more) = self.members_of(more, &more_at, "an object of operations") {
            for (method, node) in more {
                let place = more_at.child(method);
                if !spec::is_token(method) {
                    let at = Place::key(place);
                    let text = format!("`{method}` is not a valid HTTP method");
                    let finding = Diagnostic::new(code::WRONG_SHAPE, at, text);
                    self.report(finding.help("use a token such as `COPY`"));
                    continue;
                }
                // methods are case-sensitive: `Get` is not `GET`
                let fixed = method.to_ascii_lowercase();
                if METHODS.contains(&fixed.as_str()) && fixed.to_ascii_uppercase() == **method {
                    let at = Place::key(place);
                    let text = format!(
                        "`{method}` is a field of path items and not an additional operation"
                    );
                    let finding = Diagnostic::new(code::WRONG_SHAPE, at, text);
                    self.report(finding.help(format!("move it to `{fixed}` of the path item")));
                    continue;
                }
                self.operation(path, method, (item, at), (node, &place), options);
            }
        }
    }

    fn operation(
        &mut self,
        path: &str,
        method: &str,
        item: (&'a Object, &Pointer),
        (node, at): (&'a Node, &Pointer),
        options: &Options,
    ) {
        let Some((at, node)) = self.follow(node, at) else {
            return;
        };
        let upper = method.to_ascii_uppercase();
        let member = |name: &str| node.as_object()?.get(name);
        let id = member("operationId").and_then(Node::as_text);
        if !select::chosen(options, id, &upper, path) {
            self.document.left_out.extend(id.map(str::to_owned));
            self.document.left_out.insert(format!("{upper} {path}"));
            return;
        }
        let callbacks_at = at.child("callbacks");
        let callbacks = member("callbacks");
        if let Some(callbacks) = self.members_of(callbacks, &callbacks_at, "an object of callbacks")
        {
            let at = callbacks_at;
            for (name, node) in callbacks {
                let entries = self.callback(name, node, &at.child(name));
                self.document.inbound.extend(entries);
            }
        }
        if let Some(entry) = self.read_operation(path, upper, item, (node, &at)) {
            self.document.operations.push(entry);
        }
    }

    /// Reads webhooks: requests that the API sends on its own. Only their types are generated.
    pub(super) fn webhooks(&mut self, node: &'a Node, at: &Pointer) {
        let webhooks = self.members_of(Some(node), at, "an object of webhooks");
        for (name, node) in webhooks.into_iter().flatten() {
            let entries = self.inbound(name, node, &at.child(name));
            self.document.inbound.extend(entries);
        }
    }

    /// Reads a callback: requests that the API sends in response to one of the client's, by their URL.
    pub(super) fn callback(
        &mut self,
        name: &str,
        node: &'a Node,
        at: &Pointer,
    ) -> Vec<OperationEntry> {
        let Some((at, node)) = self.follow(node, at) else {
            return Vec::new();
        };
        let Some(urls) = node.as_object() else {
            self.wrong_kind(node, &at, "a callback, an object of path items by URL");
            return Vec::new();
        };
        urls.iter()
            .filter(|(url, _)| !spec::is_extension(url))
            .flat_map(|(url, node)| self.inbound(name, node, &at.child(url)))
            .collect()
    }

    /// Reads the operations of a path item that no client calls, such as a webhook's.
    pub(super) fn inbound(
        &mut self,
        name: &str,
        node: &'a Node,
        at: &Pointer,
    ) -> Vec<OperationEntry> {
        let Some((at, node)) = self.follow(node, at) else {
            return Vec::new();
        };
        let Some(item) = node.as_object() else {
            self.not_an_object(node, &at, "a path item");
            return Vec::new();
        };
        self.audit(&spec::PATH_ITEM, item, &at);
        let methods = METHODS.iter().filter_map(|method| {
            let node = present(item, method)?;
            let place = at.child(method);
            let upper = method.to_ascii_uppercase();
            self.read_operation(name, upper, (item, &at), (node, &place))
        });
        methods.collect()
    }

    fn read_operation(
        &mut self,
        path: &str,
        method: String,
        (item, item_at): (&'a Object, &Pointer),
        (node, at): (&'a Node, &Pointer),
    ) -> Option<OperationEntry> {
        let Some(object) = node.as_object() else {
            self.wrong_kind(node, at, "an operation");
            return None;
        };
        let at = at.clone();
        self.audit(&spec::OPERATION, object, &at);
        let (parameters, parameter_places) = self.parameters(object, &at, item, item_at);
        let mut copy = Object::default();
        for (name, node) in object.iter().filter(|(_, node)| !node.is_null()) {
            let place = at.child(name);
            let node = match name.as_ref() {
                "parameters" | "callbacks" => continue,
                "operationId" if node.as_text() == Some("") => {
                    self.slip(place, "`operationId` is empty; it is read as absent");
                    continue;
                }
                "requestBody" => match self.reference(ObjectKind::RequestBody, node, &place) {
                    Some(node) => node,
                    None => continue,
                },
                "responses" => self.responses(node, &place),
                _ => node.clone(),
            };
            copy.insert(name.clone(), node);
        }
        copy.insert("parameters".into(), Node::Array(parameters));
        let mut servers_at = at.child("servers");
        if let (None, Some(servers)) = (copy.get("servers"), present(item, "servers")) {
            copy.insert("servers".into(), servers.clone());
            servers_at = item_at.child("servers");
        }
        // optional since 3.1, and often missing in 3.0; openapiv3 requires the member
        if self.version == Version::V3_0 && !copy.contains_key("responses") {
            let text = "`responses` is missing in an operation; every response is read as one that is not described";
            self.count(at.clone(), |at| {
                Diagnostic::new(code::MISSING_MEMBER, at, text)
                    .severity(Severity::Warning)
                    .help("add it: `responses: { default: { description: … } }`")
            });
        }
        copy.entry("responses".into())
            .or_insert_with(|| Node::from(Object::default()));
        if !self.fit(&spec::OPERATION, &mut copy, &at) {
            return None;
        }
        let operation = self.read(&Node::from(copy), &at)?;
        Some(OperationEntry {
            at,
            method,
            path: path.to_owned(),
            operation,
            servers_at,
            parameter_places,
        })
    }

    /// Returns an operation's parameters and their locations: its path's, unless overridden, then its own.
    fn parameters(
        &mut self,
        operation: &'a Object,
        at: &Pointer,
        item: &'a Object,
        item_at: &Pointer,
    ) -> (Vec<Node>, Vec<Pointer>) {
        let mut merged: Vec<Merged> = Vec::new();
        let mut positions: HashMap<Identity, usize> = HashMap::new();
        for (object, at) in [(item, item_at), (operation, at)] {
            let at = at.child("parameters");
            let list = self.elements_of(object.get("parameters"), &at, "an array of parameters");
            let most = self.budgets.parameters;
            if list.len() > most {
                let text = "an operation has more parameters";
                self.report(self.budgets.over(text, "parameters", at));
                continue;
            }
            for (index, node) in list.iter().enumerate() {
                let place = at.index(index);
                let Some(target) = self.target(ObjectKind::Parameter, node, &place) else {
                    continue;
                };
                let identity = self.identity(node, &place);
                let position = identity.clone().map_or(merged.len(), |one| {
                    *positions.entry(one).or_insert(merged.len())
                });
                let entry = Merged {
                    identity,
                    node: reference::to(target),
                    place,
                };
                match merged.get_mut(position) {
                    Some(other) if other.place.parent() == entry.place.parent() => {
                        let text =
                            "duplicate parameter: another one has the same name and location";
                        let first = other.place.clone();
                        let finding = Diagnostic::new(code::WRONG_SHAPE, entry.place, text);
                        self.report(finding.related(first, "first declared here"));
                    }
                    Some(replaced) => *replaced = entry,
                    None => merged.push(entry),
                }
            }
        }
        let places = merged.iter().filter_map(|entry| {
            let (place, _) = entry.identity.as_ref()?;
            Some((place.as_str(), &entry.place))
        });
        self.one_query(&places.collect::<Vec<_>>());
        merged
            .into_iter()
            .map(|entry| (entry.node, entry.place))
            .unzip()
    }

    /// Returns the identity of a parameter.
    fn identity(&mut self, node: &'a Node, at: &Pointer) -> Option<Identity> {
        let (_, node) = self.follow(node, at)?;
        let text = |name| node.as_object()?.get(name)?.as_str().map(str::to_owned);
        Some((text("in")?, text("name")?))
    }
}

/// The identity of a parameter: its location (`query`) and its name.
type Identity = (String, String);

/// A parameter of an operation or its path.
struct Merged {
    identity: Option<Identity>,
    node: Node,
    place: Pointer,
}
