//! Names in `codegen.yaml` that the document does not have: typing errors, or left over from an older document.

use std::collections::{BTreeMap, BTreeSet};

use super::Lowering;
use crate::diagnostic::{Diagnostic, Place, Severity, code, suggest};
use crate::options::Selection;
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// A rename is a warning, so that a description can lose a schema; without a chosen operation the output would lack what is wanted.
    pub(super) fn unused_choices(&mut self) {
        let document = self.document;
        let operations: BTreeSet<String> = document
            .operations
            .iter()
            .flat_map(|entry| {
                let id = entry.operation.operation_id.clone();
                id.into_iter().chain([entry.address()])
            })
            .collect();
        let schemas = document.components.iter().map(|one| one.name.clone());
        let schemas: BTreeSet<String> = schemas.collect();
        let rename = &self.options.rename;
        for (kind, keys, known) in [
            ("types", &rename.types, &schemas),
            ("members", &rename.members, &BTreeSet::new()),
            ("operations", &rename.operations, &operations),
        ] {
            self.unused_renames(kind, keys, known);
        }
        let idempotent = self.options.idempotent.keys().cloned().collect();
        self.unused_facts("idempotent", idempotent, Severity::Warning, &operations);
        let batches = self.options.batches.keys().cloned().collect();
        self.unused_facts("batches", batches, Severity::Error, &operations);
        let (names, there, verb, severity) = match &self.options.operations {
            Selection::All => return,
            Selection::Only(names) => (names, &operations, "chooses", Severity::Error),
            Selection::Except(names) => {
                let there = &document.left_out;
                (names, there, "leaves out", Severity::Warning)
            }
        };
        let at = self.written_at(&["operations"]);
        for name in names.iter().filter(|name| !there.contains(*name)) {
            let what = format!("{verb} the operation `{name}`");
            self.no_effect(Place::value(at.clone()), &what, name, &operations, severity);
        }
    }

    /// Facts about operations, under a member of the target.
    fn unused_facts(
        &mut self,
        member: &str,
        names: Vec<String>,
        severity: Severity,
        operations: &BTreeSet<String>,
    ) {
        for name in names.iter().filter(|name| !operations.contains(*name)) {
            let at = match self.options.written_at {
                Some(_) => Place::key(self.written_at(&[member, name])),
                None => Place::value(self.written_at(&[])),
            };
            let what = format!("has an entry under `{member}` for `{name}`");
            self.no_effect(at, &what, name, operations, severity);
        }
    }

    fn unused_renames(
        &mut self,
        kind: &str,
        keys: &BTreeMap<String, String>,
        known: &BTreeSet<String>,
    ) {
        let used = self.used_renames.clone();
        for key in keys.keys().filter(|key| !used.contains(*key)) {
            let at = match self.options.written_at {
                Some(_) => Place::key(self.written_at(&["rename", kind, key])),
                None => Place::value(self.written_at(&[])),
            };
            let what = format!("renames `{key}`");
            self.no_effect(at, &what, key, known, Severity::Warning);
        }
    }

    fn no_effect(
        &mut self,
        at: Place,
        what: &str,
        name: &str,
        known: &BTreeSet<String>,
        severity: Severity,
    ) {
        let text = format!("`codegen.yaml` {what}, and the document has nothing of that name");
        let finding = Diagnostic::new(code::CONFIG_NO_EFFECT, at, text).severity(severity);
        let help = suggest::did_you_mean(name, known.iter().map(String::as_str));
        let help = help.unwrap_or_else(|| "remove it, or correct the name".to_owned());
        self.diagnostics.push(finding.help(help));
    }

    /// A place in the target's choices; the document, when nobody wrote them in a file.
    fn written_at(&self, path: &[&str]) -> Pointer {
        match &self.options.written_at {
            Some(target) => path
                .iter()
                .fold(target.clone(), |at, token| at.child(token)),
            None => Pointer::root(self.options.input.as_str()),
        }
    }
}
