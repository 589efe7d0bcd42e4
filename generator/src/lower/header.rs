//! Headers of replies: each becomes a constant, which all operations share whose replies declare it alike.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{Header as Source, ReferenceOr};

use super::Lowering;
use super::refusal::is_token;
use super::response::is_success;
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{Docs, Header, Name, Operation, Scalar, Status, TypeRef};
use crate::name;
use crate::pointer::Pointer;
use crate::resolve::OperationEntry;

/// A header as a reply of an operation declares it.
pub(super) struct Declared {
    /// The operation.
    operation: Pointer,
    status: Status,
    /// It has no Rust name yet: that needs a look at all of them.
    header: Header,
}

impl<'a> Lowering<'a> {
    /// Keeps the headers of a reply. `Content-Type` is not declared in this way, and is ignored, as the specification says.
    pub(super) fn declare_headers(
        &mut self,
        headers: &'a IndexMap<String, ReferenceOr<Source>>,
        operation: &OperationEntry,
        status: Status,
        stem: &str,
    ) {
        for (wire, reference) in headers {
            let Some(entry) = self.document.header(reference) else {
                continue;
            };
            let wire = wire.to_ascii_lowercase();
            if wire == "content-type" || !is_token(&wire) {
                continue;
            }
            let own = || name::type_name(&format!("{stem}_{}", name::type_name(&wire)));
            let stem = self.shared_stem(&entry.at).unwrap_or_else(own);
            let (ty, is_json) = self.parameter_type(&entry.value.format, stem, &entry.at);
            let ty = match ty {
                // a header is a text, whatever else a schema without a type allows
                TypeRef::Any if !is_json => TypeRef::Scalar(Scalar::String),
                ty => ty,
            };
            let header = Header {
                name: Name {
                    wire,
                    rust: String::new(),
                },
                origins: vec![entry.at.clone()],
                docs: Docs {
                    description: entry.value.description.clone(),
                    deprecated: entry.value.deprecated.unwrap_or_default(),
                    notes: self.header_notes(&entry.value),
                    ..Docs::default()
                },
                required: entry.value.required,
                is_json,
                explode: entry.facts.explode,
                ty,
            };
            self.headers.push(Declared {
                operation: operation.at.clone(),
                status,
                header,
            });
        }
    }

    /// The constants, and the names of those that each operation has.
    pub(super) fn headers(&mut self, operations: &mut [Operation]) -> Vec<Header> {
        let mut by_wire: BTreeMap<String, Vec<Declared>> = BTreeMap::new();
        for one in std::mem::take(&mut self.headers) {
            let wire = one.header.name.wire.clone();
            by_wire.entry(wire).or_default().push(one);
        }
        let places = operations.iter().enumerate();
        let places: BTreeMap<Pointer, usize> = places
            .map(|(index, operation)| (operation.origin.clone(), index))
            .collect();
        let mut made: BTreeMap<String, Header> = BTreeMap::new();
        for uses in by_wire.into_values() {
            let names = self.header_names(&uses, operations, &places);
            for (one, wanted) in uses.into_iter().zip(names) {
                let operation = places.get(&one.operation);
                let Some(operation) = operation.and_then(|index| operations.get_mut(*index)) else {
                    continue;
                };
                let rust = free(&wanted, &one.header, &made);
                if let (true, Some(at)) = (rust != wanted, one.header.origins.first()) {
                    let text = format!(
                        "the constant `{wanted}` is taken by another header, so this one is `{rust}`"
                    );
                    let finding = Diagnostic::new(code::NAME_TAKEN, at.clone(), text);
                    self.diagnostics.push(finding);
                }
                let names = match is_success(one.status) {
                    true => &mut operation.headers.success,
                    false => &mut operation.headers.failure,
                };
                if !names.contains(&rust) {
                    names.push(rust.clone());
                }
                enter(&mut made, rust, one.header);
            }
        }
        made.into_values().collect()
    }

    /// The names of one header's constants: its own, `X_RATE_LIMIT`. Where replies do not agree on its type, that of the
    /// operation stands before it, and the status where an operation's own replies do not agree: `LIST_PETS_OK_X_RATE_LIMIT`.
    fn header_names(
        &mut self,
        uses: &[Declared],
        operations: &[Operation],
        places: &BTreeMap<Pointer, usize>,
    ) -> Vec<String> {
        let Some((first, others)) = uses.split_first() else {
            return Vec::new();
        };
        let wire = &first.header.name.wire;
        let Some(other) = others.iter().find(|one| !alike(&one.header, &first.header)) else {
            return vec![constant(wire); uses.len()];
        };
        let text = format!(
            "the header `{wire}` has another type or presence here, so each operation has a constant of its own for it"
        );
        let places_of = |one: &Declared| one.header.origins.first().cloned();
        if let (Some(at), Some(before)) = (places_of(other), places_of(first)) {
            let finding = Diagnostic::new(code::RENAMED, at, text);
            let finding = finding.related(before, "it is declared in this way, too");
            self.diagnostics
                .push(finding.help("declare it once under `components.headers`, and refer to it"));
        }
        let names = uses.iter().map(|one| {
            let operation = places.get(&one.operation);
            let operation = operation.and_then(|index| operations.get(*index));
            let method = operation.map_or("", |operation| operation.name.rust.as_str());
            let agreed = uses
                .iter()
                .all(|other| other.operation != one.operation || alike(&other.header, &one.header));
            match agreed {
                true => constant(&format!("{method}_{wire}")),
                false => constant(&format!("{method}_{}_{wire}", word(one.status))),
            }
        });
        names.collect()
    }
}

/// Whether one constant reads both.
fn alike(one: &Header, other: &Header) -> bool {
    let form = |header: &Header| (header.required, header.is_json, header.explode);
    one.ty == other.ty && form(one) == form(other)
}

/// `x-rate-limit` is `X_RATE_LIMIT`. No keyword is in capitals, so none needs its underscore.
fn constant(wire: &str) -> String {
    let name = name::member_name(wire).to_ascii_uppercase();
    name.trim_end_matches('_').to_owned()
}

fn word(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}xx"),
        Status::Default => "default".to_owned(),
    }
}

/// The name, or with a number when another header has it: `x-a` and `x_a` are both `X_A`.
fn free(wanted: &str, header: &Header, made: &BTreeMap<String, Header>) -> String {
    let fits = |rust: &String| {
        made.get(rust)
            .is_none_or(|other| other.name.wire == header.name.wire && alike(other, header))
    };
    let numbered = (2..).map(|number| format!("{wanted}_{number}"));
    let mut candidates = std::iter::once(wanted.to_owned()).chain(numbered);
    candidates.find(fits).unwrap_or_default()
}

/// Enters a header, or what this declaration adds to one that is there.
fn enter(made: &mut BTreeMap<String, Header>, rust: String, mut header: Header) {
    header.name.rust.clone_from(&rust);
    let Some(other) = made.get_mut(&rust) else {
        made.insert(rust, header);
        return;
    };
    if other.docs.description.is_none() {
        other.docs.description = header.docs.description;
    }
    for note in header.docs.notes {
        if !other.docs.notes.contains(&note) {
            other.docs.notes.push(note);
        }
    }
    for origin in header.origins {
        if !other.origins.contains(&origin) {
            other.origins.push(origin);
        }
    }
}
