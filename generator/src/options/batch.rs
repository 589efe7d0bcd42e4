//! Operations that take many inputs with one call: what no description can say of them.
//!
//! ```yaml
//! batches:
//!   POST /products/batch/upsert:         # by operationId, or by method and path
//!     items: inputs                      # the member of the body that lists the inputs
//!     at_most: 100                       # how many a call takes
//!     correlation: traceId               # the member of an input that comes back with its result or error
//!     identity: [idProperty, id]         # members that say which item an input means; with all of them it can be sent again
//!     ignore_case: true                  # ids that differ in case mean the same; false unless given
//!     results:
//!       at: results                      # the member of a success that lists what was written
//!       correlation: traceId             # where in a result the value of its input stands
//!       new: created                     # the member that says whether the item was created
//!     errors:
//!       at: errors                       # the member of a success that lists what failed
//!       correlation: context.traceIds    # where in an error the values of its inputs stand: a text or a list of texts
//!       message: message                 # where it says what is wrong
//!       passing:                         # errors after which the same input may be taken the next time
//!         at: category
//!         values: [RATE_LIMIT]
//! ```

use std::collections::BTreeMap;

use super::section::{Entry, Section};
use crate::diagnostic::{Diagnostics, code};

/// An operation that takes many inputs with one call.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Batch {
    /// The member of the body that lists the inputs.
    pub items: String,
    /// How many inputs a call takes.
    pub at_most: usize,
    /// The member of an input that comes back with its result or error.
    pub correlation: String,
    /// The members of an input that say which item it means.
    pub identity: Vec<String>,
    /// Whether ids mean the same that differ in upper and lower case.
    pub ignore_case: bool,
    /// What was written.
    pub results: BatchResults,
    /// What was not, when a success can say so.
    pub errors: Option<BatchErrors>,
}

/// Where a success lists what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BatchResults {
    /// The member of the success.
    pub at: String,
    /// The path in a result to the correlation value of its input.
    pub correlation: Vec<String>,
    /// The member of a result that says whether the item was created.
    pub new: Option<String>,
}

/// Where a success lists what was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BatchErrors {
    /// The member of the success.
    pub at: String,
    /// The path in an error to the correlation values of its inputs.
    pub correlation: Vec<String>,
    /// The path in an error to what is wrong.
    pub message: Option<Vec<String>>,
    /// The errors after which the same input may be taken the next time.
    pub passing: Option<PassingErrors>,
}

/// Errors that pass, told by a text in them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PassingErrors {
    /// The path in an error to the text.
    pub at: Vec<String>,
    /// The texts of errors that pass.
    pub values: Vec<String>,
}

const KEYS: [&str; 7] = [
    "items",
    "at_most",
    "correlation",
    "identity",
    "ignore_case",
    "results",
    "errors",
];

/// The section `batches`, by operation.
pub(super) fn batches(
    section: &Section<'_>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Batch> {
    let entries = section.get("batches");
    let entries = entries.map(|entry| entry.members(diagnostics));
    let mut batches = BTreeMap::new();
    for entry in entries.into_iter().flatten() {
        let batch = batch(&entry, diagnostics);
        batches.extend(batch.map(|batch| (entry.name.to_owned(), batch)));
    }
    batches
}

fn batch(entry: &Entry<'_>, diagnostics: &mut Diagnostics) -> Option<Batch> {
    let section = entry.section(&KEYS, diagnostics)?;
    // all are asked for before the first that is missing ends it, so that one run reports them all
    let items = text(&section, "items", "inputs", diagnostics);
    let at_most = section.required("at_most", "100", diagnostics);
    let at_most = at_most.and_then(|entry| entry.count(diagnostics));
    let correlation = text(&section, "correlation", "traceId", diagnostics);
    let identity = texts(&section, "identity", diagnostics);
    let ignore_case = section.get("ignore_case");
    let ignore_case = ignore_case
        .and_then(|entry| entry.choice(&[("true", true), ("false", false)], diagnostics));
    let results = section.required("results", "{ at: …, correlation: … }", diagnostics);
    let results = results.and_then(|entry| results_of(&entry, diagnostics));
    let errors = section.get("errors");
    let errors = errors.map(|entry| errors_of(&entry, diagnostics));
    Some(Batch {
        items: items?,
        at_most: at_most?,
        correlation: correlation?,
        identity,
        ignore_case: ignore_case.unwrap_or_default(),
        results: results?,
        errors: match errors {
            Some(errors) => Some(errors?),
            None => None,
        },
    })
}

fn results_of(entry: &Entry<'_>, diagnostics: &mut Diagnostics) -> Option<BatchResults> {
    let section = entry.section(&["at", "correlation", "new"], diagnostics)?;
    let at = text(&section, "at", "results", diagnostics);
    let correlation = path(&section, "correlation", "traceId", diagnostics);
    let new = section.get("new");
    let new = new.and_then(|entry| entry.text(diagnostics).map(str::to_owned));
    Some(BatchResults {
        at: at?,
        correlation: correlation?,
        new,
    })
}

fn errors_of(entry: &Entry<'_>, diagnostics: &mut Diagnostics) -> Option<BatchErrors> {
    let keys = ["at", "correlation", "message", "passing"];
    let section = entry.section(&keys, diagnostics)?;
    let at = text(&section, "at", "errors", diagnostics);
    let correlation = path(&section, "correlation", "context.traceIds", diagnostics);
    let message = section.get("message");
    let message = message.and_then(|entry| path_of(&entry, diagnostics));
    let passing = section.get("passing");
    let passing = passing.and_then(|entry| passing_of(&entry, diagnostics));
    Some(BatchErrors {
        at: at?,
        correlation: correlation?,
        message,
        passing,
    })
}

fn passing_of(entry: &Entry<'_>, diagnostics: &mut Diagnostics) -> Option<PassingErrors> {
    let section = entry.section(&["at", "values"], diagnostics)?;
    let at = path(&section, "at", "category", diagnostics);
    section.required("values", "[RATE_LIMIT]", diagnostics)?;
    let values = texts(&section, "values", diagnostics);
    Some(PassingErrors { at: at?, values })
}

fn text(
    section: &Section<'_>,
    key: &'static str,
    example: &str,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let entry = section.required(key, example, diagnostics)?;
    entry.text(diagnostics).map(str::to_owned)
}

fn texts(section: &Section<'_>, key: &'static str, diagnostics: &mut Diagnostics) -> Vec<String> {
    let elements = section.get(key).map(|entry| entry.list(diagnostics));
    let elements = elements.into_iter().flatten();
    let texts = elements.filter_map(|element| element.text(diagnostics).map(str::to_owned));
    texts.collect()
}

fn path(
    section: &Section<'_>,
    key: &'static str,
    example: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<String>> {
    let entry = section.required(key, example, diagnostics)?;
    path_of(&entry, diagnostics)
}

/// `context.traceIds`
fn path_of(entry: &Entry<'_>, diagnostics: &mut Diagnostics) -> Option<Vec<String>> {
    let text = entry.text(diagnostics)?;
    let members: Vec<String> = text.split('.').map(str::to_owned).collect();
    if members.iter().any(String::is_empty) {
        let message = format!("`{text}` is not the path of a member");
        let help = "write the names on the way to it with dots between them: `context.traceIds`";
        diagnostics.push(entry.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
        return None;
    }
    Some(members)
}
