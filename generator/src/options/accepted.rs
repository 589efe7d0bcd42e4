//! `accepted.yaml`: changes that break programs in the field and are released nevertheless, each with the reason.
//!
//! ```yaml
//! version: 1
//! accepted:
//!   - change: 9f3c21b08a4d       # the id of a change, as `diff` prints it
//!     version: 0.4.0             # the version of the package that has the change
//!     reason: The server has refused these calls for a year.
//! ```

use super::section::{Entry, Section};
use super::table;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, code};
use crate::load::{Budgets, Node, Sources, load_one};
use crate::pointer::Pointer;

/// The supported version of the file.
const VERSION: u64 = 1;

/// An accepted change.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Acceptance {
    /// The fingerprint of the change, twelve hexadecimal digits.
    pub change: String,
    /// The version of the package that has the change.
    pub version: String,
    /// Why it is accepted.
    pub reason: String,
    /// The place of the entry.
    pub at: Pointer,
}

impl Acceptance {
    /// Creates the diagnostic of an entry that accepts nothing.
    pub fn obsolete(&self, why: &str) -> Diagnostic {
        let message = format!("`{}` accepts no change: {why}", self.change);
        let at = Place::from(self.at.child("change"));
        Diagnostic::new(code::ACCEPTED_OBSOLETE, at, message).help("take the entry out")
    }
}

/// Reads an `accepted.yaml`.
///
/// All problems are added to `diagnostics` in one run; `None` if one of them is an error.
pub fn read_accepted(
    sources: &dyn Sources,
    path: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Acceptance>> {
    let mut found = Diagnostics::new();
    let accepted = load_one(sources, path, &Budgets::default(), &mut found)
        .and_then(|node| accepted(&node, Pointer::root(path), &mut found));
    let is_usable = !found.has_errors();
    diagnostics.extend(found.into_iter().map(|one| Diagnostic {
        code: code_of(one.code),
        ..one
    }));
    accepted.filter(|_| is_usable)
}

/// Returns the code of this file for one of `codegen.yaml`, whose objects are read by the same functions.
fn code_of(code: &'static Code) -> &'static Code {
    let pairs = [
        (code::CONFIG_UNKNOWN_KEY, code::ACCEPTED_UNKNOWN_KEY),
        (code::CONFIG_WRONG_VALUE, code::ACCEPTED_WRONG_VALUE),
        (code::CONFIG_MISSING_KEY, code::ACCEPTED_MISSING_KEY),
    ];
    let pair = pairs.into_iter().find(|(config, _)| *config == code);
    pair.map_or(code, |(_, own)| own)
}

fn accepted(node: &Node, at: Pointer, diagnostics: &mut Diagnostics) -> Option<Vec<Acceptance>> {
    let section = Section::open(node, at, &table::ACCEPTED, diagnostics)?;
    let version = section.required("version", diagnostics)?;
    let number = version
        .node
        .as_scalar()
        .and_then(|scalar| scalar.as_number());
    if number.and_then(|number| number.as_u64()) != Some(VERSION) {
        let message = "unsupported version of `accepted.yaml`";
        let help = format!("write `version: {VERSION}`");
        diagnostics.push(
            version
                .wrong(code::ACCEPTED_WRONG_VALUE, message)
                .help(help),
        );
        return None;
    }
    let list = section.required("accepted", diagnostics)?;
    let mut all: Vec<Acceptance> = Vec::new();
    for entry in list.array(diagnostics) {
        let Some(one) = acceptance(&entry, diagnostics) else {
            continue;
        };
        if let Some(first) = all.iter().find(|first| first.change == one.change) {
            let message = format!("`{}` is accepted twice", one.change);
            let duplicate =
                Diagnostic::new(code::ACCEPTED_DUPLICATE, one.at.child("change"), message);
            let duplicate = duplicate.related(first.at.child("change"), "first accepted here");
            diagnostics.push(duplicate.help("take one of the two out"));
        }
        all.push(one);
    }
    Some(all)
}

fn acceptance(entry: &Entry<'_>, diagnostics: &mut Diagnostics) -> Option<Acceptance> {
    let section = entry.section(&table::ACCEPTANCE, diagnostics)?;
    let mut required = |key, check| {
        let entry = section.required(key, diagnostics)?;
        entry.checked_string(code::ACCEPTED_WRONG_VALUE, check, diagnostics)
    };
    let change = required("change", &table::FINGERPRINT);
    let version = required("version", &table::VERSION_NUMBER);
    let reason = required("reason", &table::NON_EMPTY);
    Some(Acceptance {
        change: change?.to_owned(),
        version: version?.to_owned(),
        reason: reason?.to_owned(),
        at: entry.at.clone(),
    })
}
