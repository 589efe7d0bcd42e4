//! Operations: methods of the client.

use std::collections::{BTreeMap, BTreeSet};

use super::{Lowering, server, settle};
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{Docs, HeaderNames, Method, Name, Operation, ParameterPlace, Stream, TypeId};
use crate::name;
use crate::options::RenameKind;
use crate::pointer::Pointer;
use crate::resolve::OperationEntry;

/// The tag of operations that have none.
const UNTAGGED: &str = "default";

impl<'a> Lowering<'a> {
    /// All operations; one that cannot be generated is a diagnostic, and the others go on.
    pub(super) fn operations(&mut self) -> Vec<Operation> {
        self.duplicate_ids();
        self.scheme_notes();
        self.server_notes();
        let names = self.operation_names();
        let mut operations = Vec::new();
        let mut methods: BTreeMap<String, Pointer> = BTreeMap::new();
        for (entry, name) in self.document.operations.iter().zip(names) {
            let stem = name::type_of_operation(&name.rust);
            if let Some(first) = methods.get(&stem) {
                let finding = method_taken(&name, &entry.at, first);
                self.diagnostics.push(finding);
                continue;
            }
            methods.insert(stem.clone(), entry.at.clone());
            if let Some(refusal) = self.refusal(entry) {
                self.refuse(entry, &refusal);
                continue;
            }
            operations.extend(self.operation(entry, name, &stem));
        }
        name_streams(&mut operations);
        operations
    }

    /// The types of webhooks and callbacks. What inline schemas are named after is told apart from the methods' names.
    pub(super) fn received(&mut self, operations: &[Operation]) {
        let document = self.document;
        let stems = operations
            .iter()
            .map(|one| name::type_of_operation(&one.name.rust));
        let mut taken: BTreeSet<String> = stems.collect();
        for entry in &document.received {
            let id = entry.operation.operation_id.as_deref();
            let stem = name::type_name(id.unwrap_or(&entry.path));
            let base = name::type_name(&format!("{stem}_hook"));
            let numbered = (2..).map(|number| format!("{base}{number}"));
            let mut candidates = [stem, base.clone()].into_iter().chain(numbered);
            let Some(stem) = candidates.find(|stem| !taken.contains(stem)) else {
                continue;
            };
            if let Some(reference) = &entry.operation.request_body {
                self.body(reference, &stem);
            }
            self.responses(entry, &stem);
            taken.insert(stem);
        }
    }

    fn operation(
        &mut self,
        entry: &'a OperationEntry,
        name: Name,
        stem: &str,
    ) -> Option<Operation> {
        let operation = &entry.operation;
        let tag = operation.tags.first().map_or(UNTAGGED, String::as_str);
        let (parameters, parts) = self.parameters(entry, stem);
        let has_params = parameters
            .iter()
            .any(|parameter| parameter.place != ParameterPlace::Path);
        let body = match &operation.request_body {
            Some(reference) => Some(self.body(reference, stem)?),
            None => None,
        };
        let outcomes = self.responses(entry, stem);
        Some(Operation {
            tag: Name {
                wire: tag.to_owned(),
                rust: name::module_name(tag),
            },
            origin: entry.at.clone(),
            docs: Docs {
                summary: operation.summary.clone(),
                description: operation.description.clone(),
                notes: self.carried_notes(entry),
                deprecated: operation.deprecated,
            },
            method: Method(entry.method.clone()),
            path: entry.path.clone(),
            server: server::own(self.document, entry),
            parts,
            parameters,
            params: has_params.then(|| self.own_name(stem, "Params")),
            body,
            accept: outcomes.accept,
            success: outcomes.success,
            stream: outcomes.stream.map(|(returned, accept)| Stream {
                rust: format!("{}_stream", name.rust.trim_end_matches('_')),
                accept,
                returned,
            }),
            failure: outcomes.failure,
            headers: HeaderNames::default(),
            authorization: self.authorization(entry),
            idempotency: self.idempotency(entry),
            batch: None, // needs the finished types
            name,
        })
    }

    /// The name of a type that is made for one operation; the crate's root has some names already.
    pub(super) fn own_name(&self, stem: &str, suffix: &str) -> String {
        let name = name::type_name(&format!("{stem}_{suffix}"));
        match name::is_runtime_name(&name) {
            true => name::type_name(&format!("{stem}_operation_{suffix}")),
            false => name,
        }
    }

    /// What inline schemas of a shared object are named after: the object and not an operation that uses it.
    /// `#/components/parameters/sort` is `Sort`, or `SortParameter` beside a schema `Sort`.
    pub(super) fn shared_stem(&self, at: &Pointer) -> Option<String> {
        let tokens: Vec<String> = at.tokens().collect();
        let [components, kind, wire] = tokens.as_slice() else {
            return None;
        };
        let noun = match (components.as_str(), kind.as_str()) {
            ("components", "parameters") => "parameter",
            ("components", "requestBodies") => "body",
            ("components", "responses") => "response",
            ("components", "headers") => "header",
            _ => return None,
        };
        let rust = name::type_name(wire);
        let is_schema = |(_, at): &(TypeId, Pointer)| at.path().starts_with("/components/schemas/");
        match self.names.get(&rust).is_some_and(is_schema) {
            true => Some(name::type_name(&format!("{wire}_{noun}"))),
            false => Some(rust),
        }
    }

    /// What inline schemas of a path's own parameter are named after: the path, since several operations share it.
    pub(super) fn path_stem(&self, at: &Pointer, entry: &OperationEntry) -> Option<String> {
        let is_own = at.path().starts_with(entry.at.path());
        let method = name::operation_name(None, "", &entry.path);
        (!is_own).then(|| name::type_of_operation(&method))
    }

    /// Method names by operation. Names that meet are told apart by their paths, all of them.
    fn operation_names(&mut self) -> Vec<Name> {
        let document = self.document;
        let mut names: Vec<Name> = Vec::with_capacity(document.operations.len());
        let mut fixed: Vec<bool> = Vec::with_capacity(document.operations.len());
        for entry in &document.operations {
            let (name, chosen) = self.operation_name(entry);
            names.push(name);
            fixed.push(chosen);
        }
        let mut stems: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, name) in names.iter().enumerate() {
            let stem = name::type_of_operation(&name.rust);
            stems.entry(stem).or_default().push(index);
        }
        let mut taken: BTreeSet<String> = stems.keys().cloned().collect();
        for group in stems.into_values().filter(|group| group.len() > 1) {
            for index in group
                .into_iter()
                .filter(|index| fixed.get(*index) == Some(&false))
            {
                let (Some(name), Some(entry)) =
                    (names.get_mut(index), document.operations.get(index))
                else {
                    continue;
                };
                let base = name::operation_name(None, &entry.method, &entry.path);
                let numbered = (2..).map(|number| format!("{base}_{number}"));
                let mut candidates = std::iter::once(base.clone()).chain(numbered);
                let is_free = |rust: &String| !taken.contains(&name::type_of_operation(rust));
                let Some(rust) = candidates.find(is_free) else {
                    continue;
                };
                taken.insert(name::type_of_operation(&rust));
                let finding = told_apart(name, &rust, entry);
                name.rust = rust;
                self.diagnostics.push(finding);
            }
        }
        names
    }

    /// An `operationId` has to be unique, whatever it is called in Rust, and whether a client sends the request or the API does.
    fn duplicate_ids(&mut self) {
        let mut seen: BTreeMap<&str, &Pointer> = BTreeMap::new();
        let document = self.document;
        for entry in document.operations.iter().chain(&document.received) {
            let Some(id) = entry.operation.operation_id.as_deref() else {
                continue;
            };
            // a callback that several operations refer to is one callback
            if let Some(&first) = seen.get(id).filter(|first| ***first != entry.at) {
                let at = entry.at.child("operationId");
                let text = format!("another operation has the id `{id}`, too");
                let finding = Diagnostic::new(code::DUPLICATE_ID, at, text)
                    .related(
                        first.child("operationId"),
                        "it stands here for the first time",
                    )
                    .help("give each operation an id of its own");
                self.diagnostics.push(finding);
                continue;
            }
            seen.entry(id).or_insert(&entry.at);
        }
    }

    /// The method's name, and whether `codegen.yaml` chose it: by the id or as `POST /path`, or else from the operation alone.
    fn operation_name(&mut self, entry: &OperationEntry) -> (Name, bool) {
        let id = entry.operation.operation_id.as_deref();
        let place = entry.address();
        let chosen = [id, Some(place.as_str())]
            .into_iter()
            .flatten()
            .find_map(|key| {
                let rust = self.options.rename.operations.get(key)?.clone();
                self.used_renames.insert(key.to_owned());
                Some(rust)
            });
        let is_chosen = chosen.is_some();
        let rust = chosen.unwrap_or_else(|| name::operation_name(id, &entry.method, &entry.path));
        let wire = id.map_or(place, str::to_owned);
        (Name { wire, rust }, is_chosen)
    }
}

/// `chat_stream`, or with a number when an operation is called that.
fn name_streams(operations: &mut [Operation]) {
    let names = operations.iter().map(|one| one.name.rust.clone());
    let mut taken: BTreeSet<String> = names.collect();
    for stream in operations.iter_mut().filter_map(|one| one.stream.as_mut()) {
        let base = stream.rust.clone();
        let numbered = (2..).map(|number| format!("{base}_{number}"));
        let mut candidates = std::iter::once(base.clone()).chain(numbered);
        if let Some(free) = candidates.find(|name| !taken.contains(name)) {
            taken.insert(free.clone());
            stream.rust = free;
        }
    }
}

fn told_apart(name: &Name, rust: &str, entry: &OperationEntry) -> Diagnostic {
    let text = format!(
        "several operations would be `{}`, so this one is `{rust}`, after its path",
        name.rust
    );
    Diagnostic::new(code::RENAMED, entry.at.clone(), text).help(settle(
        RenameKind::Operations,
        &entry.address(),
        rust,
    ))
}

fn method_taken(name: &Name, at: &Pointer, first: &Pointer) -> Diagnostic {
    let rust = &name.rust;
    let help = settle(RenameKind::Operations, &name.wire, &format!("{rust}_2"));
    let text = format!("the method name `{rust}` is taken by another operation");
    Diagnostic::new(code::NAME_COLLISION, at.clone(), text)
        .related(first.clone(), "this operation has the same name in Rust")
        .help(help)
}
