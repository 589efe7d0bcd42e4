//! The names of methods.

use std::collections::BTreeMap;

use super::{OperationDraft, Operations};
use crate::diagnostic::{Diagnostic, code};
use crate::ir::Name;
use crate::name::{self, Scope, ScopeKind, Wish, rename_help};
use crate::options::RenameKind;
use crate::pointer::Pointer;
use crate::resolve::OperationEntry;

/// The name that an operation would like.
struct Wanted {
    name: Name,
    /// Whether `codegen.yaml` chose it.
    is_chosen: bool,
}

impl Wanted {
    /// The type that stands for the method; methods of one type would share the names of what is made for them.
    fn stem(&self) -> String {
        name::type_of_operation(&self.name.rust)
    }
}

impl<'a> Operations<'_, 'a> {
    /// Names the methods, in the operations' order. Operations that want one name are all named after their paths;
    /// `None` where a chosen name is taken, after a report.
    pub(super) fn method_names(&mut self) -> (Vec<Option<Name>>, Scope) {
        let entries = self.document.operations.as_slice();
        let wanted: Vec<Wanted> = entries.iter().map(|entry| self.wanted(entry)).collect();
        let mut uses: BTreeMap<String, usize> = BTreeMap::new();
        for one in &wanted {
            *uses.entry(one.stem()).or_default() += 1;
        }
        let is_shared = |one: &Wanted| uses.get(&one.stem()).is_some_and(|count| *count > 1);
        let mut methods = Scope::new(ScopeKind::Method);
        let mut names: Vec<Option<Name>> = Vec::with_capacity(wanted.len());
        for (entry, one) in entries.iter().zip(&wanted) {
            let name = (one.is_chosen || !is_shared(one)).then(|| one.name.clone());
            names.push(name.and_then(|name| self.keep(name, &entry.at, &mut methods)));
        }
        let shared = wanted.iter().filter(|one| is_shared(one));
        let mut methods = methods.reserve(
            shared.map(|one| one.name.rust.as_str()),
            "several operations",
        );
        for ((entry, one), name) in entries.iter().zip(&wanted).zip(&mut names) {
            if !one.is_chosen && is_shared(one) {
                *name = Some(self.after_path(&one.name, entry, &mut methods));
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

    /// Names one of several operations that want the same name after its path, and reports that in place of what else
    /// its new name may collide with.
    fn after_path(&mut self, name: &Name, entry: &OperationEntry, methods: &mut Scope) -> Name {
        let wanted = name::operation_name(None, &entry.method, &entry.path);
        let rust = methods.claim(Wish::new(wanted, &entry.at)).name;
        let finding = renamed(name, &rust, entry);
        self.report(finding);
        Name {
            wire: name.wire.clone(),
            rust,
        }
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

    /// Returns the name that an operation would like: by `codegen.yaml`, which names it by its id or as `POST /path`,
    /// or else by the operation alone.
    fn wanted(&mut self, entry: &OperationEntry) -> Wanted {
        let id = entry.operation.operation_id.as_deref();
        let address = entry.address();
        let renames = &self.options.rename.operations;
        let chosen = [id, Some(address.as_str())]
            .into_iter()
            .flatten()
            .find_map(|key| renames.get_key_value(key));
        if let Some((key, _)) = chosen {
            self.schemas.rename_used(key);
        }
        Wanted {
            name: Name {
                rust: match chosen {
                    Some((_, rust)) => rust.clone(),
                    None => name::operation_name(id, &entry.method, &entry.path),
                },
                wire: id.map_or(address, str::to_owned),
            },
            is_chosen: chosen.is_some(),
        }
    }
}

/// Names the methods that give a success as a stream: `chat_stream`, or with a number if another method is called that.
pub(super) fn name_streams(
    operations: &mut [OperationDraft],
    methods: &mut Scope,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for operation in operations {
        if let Some(stream) = &mut operation.stream {
            let claim = methods.claim(Wish::new(
                std::mem::take(&mut stream.rust),
                &operation.origin,
            ));
            findings.extend(claim.collision);
            stream.rust = claim.name;
        }
    }
    findings
}

fn renamed(name: &Name, rust: &str, entry: &OperationEntry) -> Diagnostic {
    let text = format!(
        "several operations would be `{}`, so this one is `{rust}`, after its path",
        name.rust
    );
    Diagnostic::new(code::RENAMED, entry.at.clone(), text).help(rename_help(
        RenameKind::Operations,
        &entry.address(),
        rust,
    ))
}

fn method_taken(name: &Name, at: &Pointer, first: &Pointer) -> Diagnostic {
    let rust = &name.rust;
    let help = rename_help(RenameKind::Operations, &name.wire, &format!("{rust}_2"));
    let text = format!("the method name `{rust}` is taken by another operation");
    Diagnostic::new(code::NAME_COLLISION, at.clone(), text)
        .related(first.clone(), "this operation has the same name in Rust")
        .help(help)
}
