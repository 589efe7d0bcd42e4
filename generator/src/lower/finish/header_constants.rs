//! The constants of response headers, which all operations share whose responses declare a header alike.

use std::collections::BTreeMap;

use foldhash::HashMap;

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::ir::{Header, HeaderNames, Status};
use crate::lower::operation::{HeaderUse, OperationDraft, OperationDrafts, is_success};
use crate::name::{self, Scope, ScopeKind, Wish};
use crate::pointer::Pointer;

/// The constants, and which of them each operation has.
#[derive(Default)]
pub(super) struct HeaderConstants {
    made: BTreeMap<String, Header>,
    names: HashMap<Pointer, HeaderNames>,
}

/// Makes the constants of all headers that responses declare.
pub(super) fn of(
    operations: &mut OperationDrafts,
    diagnostics: &mut Diagnostics,
) -> HeaderConstants {
    let mut by_wire: BTreeMap<String, Vec<HeaderUse>> = BTreeMap::new();
    for one in std::mem::take(&mut operations.headers) {
        by_wire.entry(one.wire.clone()).or_default().push(one);
    }
    let methods: HashMap<&Pointer, &str> = operations
        .operations
        .iter()
        .map(|operation| (&operation.origin, operation.name.rust.as_str()))
        .collect();
    let mut groups: Vec<Group> = Vec::new();
    for (wire, mut uses) in by_wire {
        // the constant has the text of the first: of its place, since the order of the document says nothing
        uses.sort_by(|one, other| one.origin.path().cmp(other.origin.path()));
        let wanted = wanted(&uses, &methods, diagnostics);
        // uses of one header share a constant if they are alike; another header never has it
        let own = groups.len();
        for (one, wanted) in uses.into_iter().zip(wanted) {
            let mut known = groups.iter_mut().skip(own);
            let shared = known.find(|other| {
                let first = other.uses.first();
                other.wanted == wanted && first.is_some_and(|first| are_alike(first, &one))
            });
            match shared {
                Some(group) => group.uses.push(one),
                None => groups.push(Group {
                    wire: wire.clone(),
                    wanted,
                    uses: vec![one],
                }),
            }
        }
    }
    let wishes = groups.iter().filter_map(|group| {
        let wish = Wish::new(group.wanted.as_str(), &group.uses.first()?.origin);
        // headers have hyphens, so the one of `x-rate` and `x_rate` with the hyphen has the name
        Some(wish.spelled(&group.wire).chosen(!group.wire.contains('_')))
    });
    let claims = Scope::new(ScopeKind::HeaderConstant).claim_all(&wishes.collect::<Vec<_>>());
    let mut constants = HeaderConstants::default();
    for (group, claim) in groups.into_iter().zip(claims) {
        diagnostics.extend(claim.collision);
        for one in group.uses {
            constants.add(one, claim.name.clone());
        }
    }
    constants
}

/// Uses of a header that share a constant.
struct Group {
    wire: String,
    /// The name that the constant would like.
    wanted: String,
    /// At least one.
    uses: Vec<HeaderUse>,
}

/// Returns the names that the constants of one header would like: its own, `X_RATE_LIMIT`. Where responses do not agree
/// on its type, the operation's is in front of it, and the status where an operation's own responses do not agree:
/// `LIST_PETS_200_X_RATE_LIMIT`.
fn wanted(
    uses: &[HeaderUse],
    methods: &HashMap<&Pointer, &str>,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let Some((first, others)) = uses.split_first() else {
        return Vec::new();
    };
    let wire = &first.wire;
    let Some(other) = others.iter().find(|one| !are_alike(one, first)) else {
        return vec![constant(wire); uses.len()];
    };
    let text = format!(
        "the header `{wire}` has another type or presence here, so each operation has a constant of its own for it"
    );
    diagnostics.push(
        Diagnostic::new(code::RENAMED, other.origin.clone(), text)
            .related(first.origin.clone(), "it is declared in this way, too")
            .help("declare it once under `components.headers`, and refer to it"),
    );
    let names = uses.iter().map(|one| {
        let method = methods.get(&one.operation).copied().unwrap_or_default();
        let mut own = uses.iter().filter(|other| other.operation == one.operation);
        if own.all(|other| are_alike(other, one)) {
            constant(&format!("{method}_{wire}"))
        } else {
            constant(&format!("{method}_{}_{wire}", status_word(one.status)))
        }
    });
    names.collect()
}

/// Returns whether one constant reads both.
fn are_alike(one: &HeaderUse, other: &HeaderUse) -> bool {
    let form = |header: &HeaderUse| (header.required, header.is_json, header.explode);
    one.ty == other.ty && form(one) == form(other)
}

/// Returns `X_RATE_LIMIT` for `x-rate-limit`. No keyword is in capitals, so none needs its underscore.
fn constant(wire: &str) -> String {
    let name = name::member_name(wire).to_ascii_uppercase();
    name.trim_end_matches('_').to_owned()
}

fn status_word(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}xx"),
        Status::Default => "default".to_owned(),
    }
}

impl HeaderConstants {
    /// Adds a use of a constant: the constant itself, or what this declaration adds to it.
    fn add(&mut self, one: HeaderUse, rust: String) {
        let names = self.names.entry(one.operation.clone()).or_default();
        let names = if is_success(one.status) {
            &mut names.success
        } else {
            &mut names.failure
        };
        if !names.contains(&rust) {
            names.push(rust.clone());
        }
        let header = one.header(rust.clone());
        let Some(other) = self.made.get_mut(&rust) else {
            self.made.insert(rust, header);
            return;
        };
        if other.docs.description.is_none() {
            other.docs.description = header.docs.description;
        }
        add_new(&mut other.docs.notes, header.docs.notes);
        add_new(&mut other.origins, header.origins);
    }

    /// Returns the constants that the responses of an operation can have.
    pub fn names(&self, operation: &OperationDraft) -> HeaderNames {
        self.names
            .get(&operation.origin)
            .cloned()
            .unwrap_or_default()
    }

    /// Returns the constants themselves, by name.
    pub fn into_headers(self) -> Vec<Header> {
        self.made.into_values().collect()
    }
}

fn add_new<T: PartialEq>(all: &mut Vec<T>, more: Vec<T>) {
    for one in more {
        if !all.contains(&one) {
            all.push(one);
        }
    }
}
