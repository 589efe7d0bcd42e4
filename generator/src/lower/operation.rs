//! Operations: methods of the client.

use std::collections::BTreeMap;

use super::{Lowering, name};
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{Docs, Method, Name, Operation, PathPart};
use crate::options::{RenameKind, rename_line};
use crate::pointer::Pointer;
use crate::resolve::OperationEntry;

/// The tag of operations that have none.
const UNTAGGED: &str = "default";

impl<'a> Lowering<'a> {
    /// All operations; one that cannot be generated is a diagnostic, and the others go on.
    pub(super) fn operations(&mut self) -> Vec<Operation> {
        let mut operations = Vec::new();
        let mut methods: BTreeMap<String, Pointer> = BTreeMap::new();
        for entry in &self.document.operations {
            let Some(operation) = self.operation(entry) else {
                continue;
            };
            if let Some(first) = methods.get(&operation.name.rust) {
                let finding = self.method_taken(&operation, first);
                self.diagnostics.push(finding);
                continue;
            }
            methods.insert(operation.name.rust.clone(), operation.origin.clone());
            operations.push(operation);
        }
        operations
    }

    fn operation(&mut self, entry: &'a OperationEntry) -> Option<Operation> {
        let operation = &entry.operation;
        let name = self.operation_name(entry);
        let stem = name::type_of_operation(&name.rust);
        let tag = operation.tags.first().map_or(UNTAGGED, String::as_str);
        for at in &entry.parameter_places {
            self.unsupported(at, "a parameter");
        }
        let body = match &operation.request_body {
            Some(reference) => Some(self.body(reference, &stem)?),
            None => None,
        };
        let (success, failure) = self.responses(entry, &stem)?;
        Some(Operation {
            tag: Name {
                wire: tag.to_owned(),
                rust: name::module_name(tag),
            },
            origin: entry.at.clone(),
            docs: Docs {
                summary: operation.summary.clone(),
                description: operation.description.clone(),
                notes: Vec::new(),
                deprecated: operation.deprecated,
            },
            method: Method(entry.method.clone()),
            path: entry.path.clone(),
            parts: vec![PathPart::Literal(entry.path.clone())],
            parameters: Vec::new(),
            body,
            success,
            failure,
            authorization: self.authorization(entry),
            name,
        })
    }

    /// The method's name: from `codegen.yaml` by the id or as `POST /path`, or else from the operation alone.
    fn operation_name(&mut self, entry: &OperationEntry) -> Name {
        let id = entry.operation.operation_id.as_deref();
        let place = format!("{} {}", entry.method, entry.path);
        let chosen = [id, Some(place.as_str())]
            .into_iter()
            .flatten()
            .find_map(|key| {
                let rust = self.options.rename.operations.get(key)?.clone();
                self.used_renames.insert(key.to_owned());
                Some(rust)
            });
        let rust = chosen.unwrap_or_else(|| name::operation_name(id, &entry.method, &entry.path));
        Name {
            wire: id.map_or(place, str::to_owned),
            rust,
        }
    }

    fn method_taken(&self, operation: &Operation, first: &Pointer) -> Diagnostic {
        let rust = &operation.name.rust;
        let line = rename_line(
            RenameKind::Operations,
            &operation.name.wire,
            &format!("{rust}_2"),
        );
        Diagnostic::new(
            code::NAME_COLLISION,
            operation.origin.clone(),
            format!("the method name `{rust}` is taken by another operation"),
        )
        .related(first.clone(), "this operation has the same name in Rust")
        .help(format!(
            "give one of them a name of its own in `codegen.yaml`:\n{line}"
        ))
    }
}
