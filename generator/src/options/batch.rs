//! Operations that take several inputs per call: facts that an OpenAPI description cannot express.
//!
//! ```yaml
//! batches:
//!   POST /products/batch/upsert:         # by operationId, or by method and path
//!     items: inputs                      # the member of the body with the array of inputs
//!     at_most: 100                       # the maximum number of inputs per call
//!     correlation: traceId               # the member of an input that its result or error repeats
//!     identity: [idProperty, id]         # members that identify the item of an input; idempotent with all of them
//!     ignore_case: true                  # whether ids are compared case-insensitively; false by default
//!     results:
//!       at: results                      # the member of a success with the array of results
//!       correlation: traceId             # where a result has the value of its input
//!       new: created                     # the boolean member that is true if the item was created
//!     errors:
//!       at: errors                       # the member of a success with the array of errors
//!       correlation: context.traceIds    # where an error has the values of its inputs: a string or an array
//!       message: message                 # where an error has its message
//!       passing:                         # transient errors: the same input can succeed later
//!         at: category
//!         values: [RATE_LIMIT]
//! ```

use std::collections::BTreeMap;

use super::section::{Entry, Section};
use super::table;
use crate::diagnostic::{Diagnostics, code};

/// An operation that takes several inputs per call.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Batch {
    /// The member of the body with the array of inputs.
    pub items: String,
    /// The maximum number of inputs per call.
    pub at_most: usize,
    /// The member of an input that its result or error repeats.
    pub correlation: String,
    /// The members of an input that identify its item.
    pub identity: Vec<String>,
    /// Whether ids are compared case-insensitively.
    pub ignore_case: bool,
    /// Where a success has its results.
    pub results: BatchResults,
    /// Where a success has its errors, if it can have some.
    pub errors: Option<BatchErrors>,
}

/// Where a success has its results.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BatchResults {
    /// The member of the success with the array.
    pub at: String,
    /// The path in a result to the correlation value of its input.
    pub correlation: Vec<String>,
    /// The boolean member of a result that is true if the item was created.
    pub new: Option<String>,
}

/// Where a success has its errors.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BatchErrors {
    /// The member of the success with the array.
    pub at: String,
    /// The path in an error to the correlation values of its inputs.
    pub correlation: Vec<String>,
    /// The path in an error to its message.
    pub message: Option<Vec<String>>,
    /// The transient errors, after which the same input can succeed.
    pub passing: Option<PassingErrors>,
}

/// Transient errors, recognised by a string in them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PassingErrors {
    /// The path in an error to the string.
    pub at: Vec<String>,
    /// The strings of transient errors.
    pub values: Vec<String>,
}

/// Reads the section `batches`, by operation.
pub(super) fn batches(
    section: &Section<'_>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Batch> {
    let entries = section
        .get("batches")
        .map(|entry| entry.members(diagnostics));
    let mut batches = BTreeMap::new();
    for entry in entries.into_iter().flatten() {
        let batch = batch(&entry, diagnostics);
        batches.extend(batch.map(|batch| (entry.name.to_owned(), batch)));
    }
    batches
}

fn batch(entry: &Entry<'_>, diagnostics: &mut Diagnostics) -> Option<Batch> {
    let section = entry.section(&table::BATCH, diagnostics)?;
    // All keys are read before the first missing one ends the entry, so that one run reports them all.
    let items = string(&section, "items", diagnostics);
    let at_most = section
        .required("at_most", diagnostics)
        .and_then(|entry| entry.count(diagnostics));
    let correlation = string(&section, "correlation", diagnostics);
    let identity = strings(&section, "identity", diagnostics);
    let ignore_case = section
        .get("ignore_case")
        .and_then(|entry| entry.choice(&[("true", true), ("false", false)], diagnostics));
    let results = section
        .required("results", diagnostics)
        .and_then(|entry| results_of(&entry, diagnostics));
    let errors = section
        .get("errors")
        .map(|entry| errors_of(&entry, diagnostics));
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
    let section = entry.section(&table::BATCH_RESULTS, diagnostics)?;
    let at = string(&section, "at", diagnostics);
    let correlation = path(&section, "correlation", diagnostics);
    let new = section
        .get("new")
        .and_then(|entry| entry.string(diagnostics))
        .map(str::to_owned);
    Some(BatchResults {
        at: at?,
        correlation: correlation?,
        new,
    })
}

fn errors_of(entry: &Entry<'_>, diagnostics: &mut Diagnostics) -> Option<BatchErrors> {
    let section = entry.section(&table::BATCH_ERRORS, diagnostics)?;
    let at = string(&section, "at", diagnostics);
    let correlation = path(&section, "correlation", diagnostics);
    let message = section
        .get("message")
        .and_then(|entry| path_of(&entry, diagnostics));
    let passing = section
        .get("passing")
        .and_then(|entry| passing_of(&entry, diagnostics));
    Some(BatchErrors {
        at: at?,
        correlation: correlation?,
        message,
        passing,
    })
}

fn passing_of(entry: &Entry<'_>, diagnostics: &mut Diagnostics) -> Option<PassingErrors> {
    let section = entry.section(&table::PASSING_ERRORS, diagnostics)?;
    let at = path(&section, "at", diagnostics);
    section.required("values", diagnostics)?;
    let values = strings(&section, "values", diagnostics);
    Some(PassingErrors { at: at?, values })
}

fn string(
    section: &Section<'_>,
    key: &'static str,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let entry = section.required(key, diagnostics)?;
    entry.string(diagnostics).map(str::to_owned)
}

fn strings(section: &Section<'_>, key: &'static str, diagnostics: &mut Diagnostics) -> Vec<String> {
    section
        .get(key)
        .map(|entry| entry.array(diagnostics))
        .into_iter()
        .flatten()
        .filter_map(|element| element.string(diagnostics).map(str::to_owned))
        .collect()
}

fn path(
    section: &Section<'_>,
    key: &'static str,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<String>> {
    let entry = section.required(key, diagnostics)?;
    path_of(&entry, diagnostics)
}

/// Reads the path of a member: `context.traceIds`.
fn path_of(entry: &Entry<'_>, diagnostics: &mut Diagnostics) -> Option<Vec<String>> {
    let text = entry.string(diagnostics)?;
    let members: Vec<String> = text.split('.').map(str::to_owned).collect();
    if members.iter().any(String::is_empty) {
        let message = format!("invalid member path `{text}`");
        let help = "write member names separated by dots: `context.traceIds`";
        diagnostics.push(entry.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
        return None;
    }
    Some(members)
}
