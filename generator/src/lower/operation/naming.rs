//! The names of methods.

use std::collections::BTreeMap;

use super::{OperationDraft, Operations};
use crate::diagnostic::{Diagnostic, code};
use crate::ir::Name;
use crate::name::{self, OperationName, Scope, ScopeKind, Wish, rename_help};
use crate::options::RenameKind;
use crate::pointer::Pointer;
use crate::resolve::OperationEntry;

impl<'a> Operations<'_, 'a> {
    /// Names the methods, in the operations' order. Operations that want one name get longer ones, of their ids or
    /// paths; `None` where a chosen name is taken, after a report.
    pub(super) fn method_names(&mut self) -> (Vec<Option<Name>>, Scope) {
        let entries = self.document.operations.as_slice();
        let mut methods = Scope::new(ScopeKind::Method);
        let mut names: Vec<Option<Name>> = Vec::with_capacity(entries.len());
        let mut open: Vec<(usize, &OperationEntry, OperationName)> = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let chosen = self.chosen(entry);
            if chosen.is_none() {
                let id = entry.operation.operation_id.as_deref();
                let wanted = name::operation_name(id, &entry.method, &entry.path);
                open.push((index, entry, wanted));
            }
            names.push(chosen.and_then(|name| self.keep(name, &entry.at, &mut methods)));
        }
        let wishes = open.iter().map(|(_, entry, wanted)| wish(entry, wanted));
        let claims = methods.claim_all(&wishes.collect::<Vec<_>>());
        for ((index, entry, _), claim) in open.iter().zip(claims) {
            self.schemas.diagnostics.extend(claim.collision);
            if let Some(name) = names.get_mut(*index) {
                *name = Some(Name {
                    wire: wire_name(entry),
                    rust: claim.name,
                });
            }
        }
        (names, methods)
    }

    /// Keeps a name, unless another operation has it.
    fn keep(&mut self, name: Name, at: &Pointer, methods: &mut Scope) -> Option<Name> {
        if let Some(first) = methods.holder(&name.rust) {
            let finding = method_taken(&name, at, first);
            self.report(finding);
            return None;
        }
        let claim = methods.claim(Wish::new(name.rust.as_str(), at));
        self.schemas.diagnostics.extend(claim.collision);
        Some(name)
    }

    /// Reports ids that two operations have: an `operationId` has to be unique, whatever it is called in Rust, and
    /// whether a client sends the request or the API does.
    pub(super) fn duplicate_ids(&mut self) {
        let document = self.document;
        let mut seen: BTreeMap<&str, &Pointer> = BTreeMap::new();
        for entry in document.operations.iter().chain(&document.inbound) {
            let Some(id) = entry.operation.operation_id.as_deref() else {
                continue;
            };
            let first = *seen.entry(id).or_insert(&entry.at);
            // a callback that several operations refer to is one callback
            if *first != entry.at {
                let is_called = |at: &Pointer| document.operations.iter().any(|one| one.at == *at);
                let named = match is_called(&entry.at) && is_called(first) {
                    true => "; both are named after their paths",
                    false => "",
                };
                let text = format!("another operation has the id `{id}`, too{named}");
                let finding =
                    Diagnostic::new(code::DUPLICATE_ID, entry.at.child("operationId"), text)
                        .related(first.child("operationId"), "it is here for the first time")
                        .help("give each operation an id of its own");
                self.report(finding);
            }
        }
    }

    /// Returns the name that `codegen.yaml` gives an operation, by its id or as `POST /path`.
    fn chosen(&mut self, entry: &OperationEntry) -> Option<Name> {
        let id = entry.operation.operation_id.as_deref();
        let address = entry.address();
        let renames = &self.options.rename.operations;
        let (key, rust) = [id, Some(address.as_str())]
            .into_iter()
            .flatten()
            .find_map(|key| renames.get_key_value(key))?;
        self.schemas.rename_used(key);
        Some(Name {
            wire: wire_name(entry),
            rust: rust.clone(),
        })
    }
}

/// Returns the name of an operation in the document: its id, or `GET /pets`.
fn wire_name(entry: &OperationEntry) -> String {
    let id = entry.operation.operation_id.as_deref();
    id.map_or_else(|| entry.address(), str::to_owned)
}

/// Returns the names that an operation would like, in this order: its own, that of its whole id, that of its path.
fn wish<'e>(entry: &'e OperationEntry, wanted: &OperationName) -> Wish<'e> {
    let id = entry.operation.operation_id.as_deref();
    let of_path = name::name_of_path(&entry.method, &entry.path);
    let wish = Wish::new(wanted.name.as_str(), &entry.at);
    let wish = match &wanted.whole {
        Some(whole) => wish.or(whole.as_str()),
        None => wish,
    };
    wish.or(of_path)
        .spelled(id.unwrap_or_else(|| entry.path.trim_matches('/')))
        .renamed_by(RenameKind::Operations, [entry.address()])
}

/// Names the methods that give a success as a stream: `chat_stream`, or `chat_as_stream` if another method is called
/// that.
pub(super) fn name_streams(
    operations: &mut [OperationDraft],
    methods: &mut Scope,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for operation in operations {
        if let Some(stream) = &mut operation.stream {
            let wanted = std::mem::take(&mut stream.rust);
            let longer = format!("{}_as_stream", operation.name.rust.trim_end_matches('_'));
            let claim = methods.claim(Wish::new(wanted, &operation.origin).or(longer));
            findings.extend(claim.collision);
            stream.rust = claim.name;
        }
    }
    findings
}

fn method_taken(name: &Name, at: &Pointer, first: &Pointer) -> Diagnostic {
    let rust = &name.rust;
    let help = rename_help(RenameKind::Operations, &[&name.wire], &format!("{rust}_2"));
    let text = format!("the method name `{rust}` is taken by another operation");
    Diagnostic::new(code::NAME_COLLISION, at.clone(), text)
        .related(first.clone(), "this operation has the same name in Rust")
        .help(help)
}
