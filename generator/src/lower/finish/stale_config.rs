//! Names in `codegen.yaml` that the document does not have: typing errors, or left over from an older document.

use std::collections::BTreeSet;

use super::Context;
use crate::diagnostic::{Diagnostic, Place, Severity, code, suggest};
use crate::options::Selection;
use crate::pointer::Pointer;

/// A choice that nothing in the document answers to.
struct Stale<'n> {
    /// Its place in `codegen.yaml`.
    at: Place,
    /// What it does there: ``renames `Pet` ``.
    what: String,
    /// The name.
    name: &'n str,
    severity: Severity,
}

/// Reports choices without effect. A rename is a warning, so that a description can lose a schema; without a chosen
/// operation the output would lack what is wanted.
pub(super) fn check(used_renames: &BTreeSet<String>, context: &mut Context<'_>) {
    let (document, options) = (context.document, context.options);
    let operations: BTreeSet<String> = document
        .operations
        .iter()
        .flat_map(|entry| {
            entry
                .operation
                .operation_id
                .clone()
                .into_iter()
                .chain([entry.address()])
        })
        .collect();
    let schemas: BTreeSet<String> = document
        .components
        .iter()
        .map(|one| one.name.clone())
        .collect();
    let none = BTreeSet::new();
    let rename = &options.rename;
    for (kind, keys, known) in [
        ("types", &rename.types, &schemas),
        ("members", &rename.members, &none),
        ("operations", &rename.operations, &operations),
    ] {
        for name in keys.keys().filter(|name| !used_renames.contains(*name)) {
            let stale = Stale {
                at: context.entry(&["rename", kind, name]),
                what: format!("renames `{name}`"),
                name,
                severity: Severity::Warning,
            };
            context.report_stale(stale, known);
        }
    }
    let idempotent = options
        .idempotent
        .keys()
        .map(|name| ("idempotent", name, Severity::Warning));
    let batches = options
        .batches
        .keys()
        .map(|name| ("batches", name, Severity::Error));
    for (member, name, severity) in idempotent.chain(batches) {
        if !operations.contains(name) {
            let stale = Stale {
                at: context.entry(&[member, name]),
                what: format!("has an entry under `{member}` for `{name}`"),
                name,
                severity,
            };
            context.report_stale(stale, &operations);
        }
    }
    let (names, known, verb, severity) = match &options.operations {
        Selection::All => return,
        Selection::Only(names) => (names, &operations, "chooses", Severity::Error),
        Selection::Except(names) => (names, &document.left_out, "leaves out", Severity::Warning),
    };
    for name in names.iter().filter(|name| !known.contains(*name)) {
        let stale = Stale {
            at: Place::value(context.choice(&["operations"])),
            what: format!("{verb} the operation `{name}`"),
            name,
            severity,
        };
        context.report_stale(stale, &operations);
    }
}

impl Context<'_> {
    fn report_stale(&mut self, stale: Stale<'_>, known: &BTreeSet<String>) {
        let text = format!(
            "`codegen.yaml` {}, and the document has nothing of that name",
            stale.what
        );
        let help = suggest::did_you_mean(stale.name, known.iter().map(String::as_str));
        self.diagnostics.push(
            Diagnostic::new(code::CONFIG_NO_EFFECT, stale.at, text)
                .severity(stale.severity)
                .help(help.unwrap_or_else(|| "remove it, or correct the name".to_owned())),
        );
    }

    /// Returns the place of a key in the target's choices.
    fn entry(&self, path: &[&str]) -> Place {
        match self.options.written_at {
            Some(_) => Place::key(self.choice(path)),
            None => Place::value(self.choice(&[])),
        }
    }

    /// Returns a place in the target's choices; the document, if nobody wrote them in a file.
    fn choice(&self, path: &[&str]) -> Pointer {
        match &self.options.written_at {
            Some(target) => path
                .iter()
                .fold(target.clone(), |at, token| at.child(token)),
            None => Pointer::root(self.options.input.as_str()),
        }
    }
}
