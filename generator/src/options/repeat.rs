//! Facts about retries that an OpenAPI description cannot express: which operations are idempotent, and which failures
//! are retried.

use std::collections::BTreeMap;

use super::config::locator;
use super::section::{Entry, Section};
use super::{Locator, table};
use crate::diagnostic::{Diagnostics, code};

/// Whether an operation is idempotent, in place of what its HTTP method implies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Idempotency {
    /// Always or never.
    Known(bool),
    /// If the request body has a value at the end of this path.
    WhenPresent(Vec<Step>),
}

/// A step of a path into a JSON body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// To a member of an object.
    Member(String),
    /// To every element of an array.
    Each,
}

/// Whether a failed call is retried. The first matching rule applies; without one, a call is retried after 408, 429 and
/// 5xx.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryRule {
    /// The status code.
    pub status: u16,
    /// Restricts the rule to responses with this string at this location.
    pub only: Option<(Locator, String)>,
    /// The minimum delay in seconds before the call is retried; `None` if it is not retried.
    pub again_after: Option<u32>,
}

/// Reads the section `idempotent`, by operation.
pub(super) fn idempotent(
    section: &Section<'_>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Idempotency> {
    let entries = section
        .get("idempotent")
        .map(|entry| entry.members(diagnostics));
    let mut found = BTreeMap::new();
    for entry in entries.into_iter().flatten() {
        let idempotency = match entry.node.as_object() {
            Some(_) => when_present(&entry, diagnostics),
            None => entry
                .choice(&[("always", true), ("never", false)], diagnostics)
                .map(Idempotency::Known),
        };
        found.extend(idempotency.map(|it| (entry.name.to_owned(), it)));
    }
    found
}

/// Reads `{ when_present: 'inputs[].idProperty' }`.
fn when_present(entry: &Entry<'_>, diagnostics: &mut Diagnostics) -> Option<Idempotency> {
    let section = entry.section(&table::WHEN_PRESENT, diagnostics)?;
    let path = section.required("when_present", diagnostics)?;
    let text = path.string(diagnostics)?;
    let steps = steps(text);
    if steps.is_none() {
        let message = format!("invalid path `{text}` into a request body");
        let help = "write member names separated by dots, with `[]` after an array: `inputs[].id`";
        diagnostics.push(path.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
    }
    steps.map(Idempotency::WhenPresent)
}

/// Parses `inputs[].id` into `inputs`, each, `id`. The path into a body that is an array starts with `[]`.
pub(super) fn steps(text: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    for (index, part) in text.split('.').enumerate() {
        let name = part.trim_end_matches("[]");
        if name.contains(['[', ']']) || name.is_empty() && (index > 0 || part.is_empty()) {
            return None;
        }
        if !name.is_empty() {
            steps.push(Step::Member(name.to_owned()));
        }
        let arrays = (part.len() - name.len()) / 2;
        steps.extend(std::iter::repeat_n(Step::Each, arrays));
    }
    Some(steps)
}

/// Reads the section `retry`: rules in their order.
pub(super) fn retry(section: &Section<'_>, diagnostics: &mut Diagnostics) -> Vec<RetryRule> {
    section
        .get("retry")
        .map(|entry| entry.array(diagnostics))
        .into_iter()
        .flatten()
        .filter_map(|entry| rule(&entry, diagnostics))
        .collect()
}

/// Reads `{ status: 429, where: policyName, is: DAILY, then: never }`.
fn rule(entry: &Entry<'_>, diagnostics: &mut Diagnostics) -> Option<RetryRule> {
    let section = entry.section(&table::RETRY_RULE, diagnostics)?;
    let status = section
        .required("status", diagnostics)
        .and_then(|entry| status(&entry, diagnostics));
    let only = only(&section, diagnostics);
    let is_again = section
        .required("then", diagnostics)
        .and_then(|entry| entry.choice(&[("again", true), ("never", false)], diagnostics));
    let after = section.get("after_seconds");
    if let (Some(after), Some(false)) = (&after, is_again) {
        let message = "`after_seconds` has no effect with `then: never`";
        let help = "remove `after_seconds`, or write `then: again`";
        diagnostics.push(after.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
    }
    let seconds = match after {
        Some(after) => seconds(&after, diagnostics)?,
        None => 0,
    };
    Some(RetryRule {
        status: status?,
        only: only?,
        again_after: is_again?.then_some(seconds),
    })
}

fn status(entry: &Entry<'_>, diagnostics: &mut Diagnostics) -> Option<u16> {
    let count = entry.count(diagnostics)?;
    let status = u16::try_from(count)
        .ok()
        .filter(|status| (300..1000).contains(status));
    if status.is_none() {
        let message = format!("`{count}` is not an error status");
        let help = "write a status from 300 to 999, such as `429`";
        diagnostics.push(entry.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
    }
    status
}

/// Reads a delay of at most a day, which fits into the integer that the client uses.
fn seconds(entry: &Entry<'_>, diagnostics: &mut Diagnostics) -> Option<u32> {
    const DAY: usize = 86_400;
    let count = entry.count(diagnostics)?;
    if count > DAY {
        let message = format!("`{count}` seconds are more than a day");
        let help = format!("write {DAY} or less");
        diagnostics.push(entry.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
    }
    u32::try_from(count).ok()
}

/// Reads `where` and `is`, which require each other. The outer `None` is an error, the inner one a rule for all
/// responses.
fn only(section: &Section<'_>, diagnostics: &mut Diagnostics) -> Option<Option<(Locator, String)>> {
    if section.get("where").is_none() && section.get("is").is_none() {
        return Some(None);
    }
    let location = section
        .required("where", diagnostics)
        .and_then(|entry| locator(&entry, diagnostics));
    let string = section
        .required("is", diagnostics)
        .and_then(|entry| entry.string(diagnostics));
    Some(Some((location?, string?.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_step_by_step() {
        let member = |name: &str| Step::Member(name.to_owned());
        for (text, expected) in [
            ("id", Some(vec![member("id")])),
            (
                "inputs[].id",
                Some(vec![member("inputs"), Step::Each, member("id")]),
            ),
            ("[].id", Some(vec![Step::Each, member("id")])),
            ("[]", Some(vec![Step::Each])),
            (
                "rows[][].x",
                Some(vec![member("rows"), Step::Each, Step::Each, member("x")]),
            ),
            ("", None),
            ("a..b", None),
            ("a.", None),
            ("a.[].b", None),
            ("a[0].b", None),
            ("a]", None),
        ] {
            assert_eq!(steps(text), expected, "{text}");
        }
    }
}
