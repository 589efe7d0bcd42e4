//! Names in `codegen.yaml` that the document does not have: typing errors, or left over from an older document.

use std::collections::BTreeSet;

use super::Context;
use crate::diagnostic::{Diagnostic, Place, Severity, code, suggest};
use crate::lower::schema::UsedChoices;
use crate::options::{OrderKind, Selection};
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
pub(super) fn check(used: &UsedChoices, context: &mut Context<'_>) {
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
        for name in keys.keys().filter(|name| !used.renames.contains(*name)) {
            let stale = Stale {
                at: context.entry(&["rename", kind, name]),
                what: format!("renames `{name}`"),
                name,
                severity: Severity::Warning,
            };
            context.report_stale(stale, known);
        }
    }
    check_values(used, &schemas, context);
    check_orders(used, (&schemas, &operations), context);
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

/// Reports names for values that are not listed.
fn check_values(used: &UsedChoices, schemas: &BTreeSet<String>, context: &mut Context<'_>) {
    let none = BTreeSet::new();
    for (schema, values) in &context.options.rename.values {
        let is_used = |value: &&String| {
            let key = (schema.clone(), (*value).clone());
            used.values.contains(&key)
        };
        for value in values.keys().filter(|value| !is_used(value)) {
            let stale = Stale {
                at: context.entry(&["rename", "values", schema, value]),
                what: format!("renames the value `{value}` of `{schema}`"),
                name: schema,
                severity: Severity::Warning,
            };
            let known = if schemas.contains(schema) {
                &none
            } else {
                schemas
            };
            context.report_stale(stale, known);
        }
    }
}

/// Reports orders of arguments for what is not there, and names in them that their item does not have.
fn check_orders(
    used: &UsedChoices,
    (schemas, operations): (&BTreeSet<String>, &BTreeSet<String>),
    context: &mut Context<'_>,
) {
    let order = &context.options.order;
    let kinds = [
        (OrderKind::Types, &order.types, schemas),
        (OrderKind::Operations, &order.operations, operations),
    ];
    for (kind, orders, known) in kinds {
        for name in orders.keys().filter(|name| !used.orders.contains(*name)) {
            let stale = Stale {
                at: context.entry(&["order", kind.key(), name]),
                what: format!("orders the arguments of `{name}`"),
                name,
                severity: Severity::Warning,
            };
            context.report_stale(stale, known);
        }
        let unknown = used.unknown.iter().filter(|(one, ..)| *one == kind);
        for (_, key, index) in unknown {
            let Some(name) = orders.get(key).and_then(|names| names.get(*index)) else {
                continue;
            };
            let at = context.choice(&["order", kind.key(), key, &index.to_string()]);
            let stale = Stale {
                at: Place::value(at),
                what: format!("orders `{name}` among the arguments of `{key}`"),
                name,
                severity: Severity::Warning,
            };
            context.report_stale(stale, &BTreeSet::new());
        }
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
