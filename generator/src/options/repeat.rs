//! What a description cannot say about sending a call again: which operations can be done twice, and what failures mean.

use std::collections::BTreeMap;

use super::Locator;
use super::config::locator;
use super::section::{Entry, Section};
use crate::diagnostic::{Diagnostics, code};

/// Whether an operation can be done twice without harm, where its method does not tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Idempotency {
    /// It can, or it cannot.
    Known(bool),
    /// It can when the request body has something at the end of this path.
    WhenPresent(Vec<Step>),
}

/// A step on the way into a JSON body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// To a member.
    Member(String),
    /// To every element of an array.
    Each,
}

/// What a failure means for sending a call again. The first rule that matches counts; without one a call is sent again
/// after 408, 429 and 5xx.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryRule {
    /// The status that it is about.
    pub status: u16,
    /// Only replies that have this text there, if it is given.
    pub only: Option<(Locator, String)>,
    /// Whether the call is sent again, and after how many seconds at the earliest.
    pub again_after: Option<u32>,
}

/// Operations by their id or by method and path.
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

/// `{ when_present: 'inputs[].idProperty' }`
fn when_present(entry: &Entry<'_>, diagnostics: &mut Diagnostics) -> Option<Idempotency> {
    let section = entry.section(&["when_present"], diagnostics)?;
    let path = section.required("when_present", "'inputs[].id'", diagnostics)?;
    let steps = steps(path.text(diagnostics)?);
    if steps.is_none() {
        let message = "this is not a path into a body";
        let help =
            "write the members on the way, with `[]` behind one that is an array: `inputs[].id`";
        diagnostics.push(path.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
    }
    steps.map(Idempotency::WhenPresent)
}

/// `inputs[].id` is `inputs`, each, `id`; a body that is an array itself begins with `[]`.
fn steps(text: &str) -> Option<Vec<Step>> {
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

/// The rules, in their order.
pub(super) fn retry(section: &Section<'_>, diagnostics: &mut Diagnostics) -> Vec<RetryRule> {
    let entries = section.get("retry").map(|entry| entry.list(diagnostics));
    let entries = entries.into_iter().flatten();
    entries
        .filter_map(|entry| rule(&entry, diagnostics))
        .collect()
}

/// `{ status: 429, where: policyName, is: DAILY, then: never }`
fn rule(entry: &Entry<'_>, diagnostics: &mut Diagnostics) -> Option<RetryRule> {
    let keys = ["status", "where", "is", "then", "after_seconds"];
    let section = entry.section(&keys, diagnostics)?;
    let status = section
        .required("status", "429", diagnostics)
        .and_then(|entry| status(&entry, diagnostics));
    let only = only(&section, diagnostics);
    let is_again = section
        .required("then", "never", diagnostics)
        .and_then(|entry| entry.choice(&[("again", true), ("never", false)], diagnostics));
    let after = section.get("after_seconds");
    if let (Some(after), Some(false)) = (&after, is_again) {
        let message = "there is nothing to wait for";
        let help = "`after_seconds` belongs to `then: again`";
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
        let message = format!("`{count}` is not the status of a failure");
        let help = "write a status from 300 on, such as `429`";
        diagnostics.push(entry.wrong(code::CONFIG_WRONG_VALUE, message).help(help));
    }
    status
}

/// A day is the longest wait that makes sense, and fits the number that the client counts in.
fn seconds(entry: &Entry<'_>, diagnostics: &mut Diagnostics) -> Option<u32> {
    const DAY: usize = 86_400;
    let count = entry.count(diagnostics)?;
    if count > DAY {
        let message = format!("the longest wait that can be asked for is {DAY} seconds");
        diagnostics.push(entry.wrong(code::CONFIG_WRONG_VALUE, message));
    }
    u32::try_from(count).ok()
}

/// `where` and `is` belong together. The outer `None` is a mistake, the inner one a rule for all replies.
fn only(section: &Section<'_>, diagnostics: &mut Diagnostics) -> Option<Option<(Locator, String)>> {
    if section.get("where").is_none() && section.get("is").is_none() {
        return Some(None);
    }
    let place = section
        .required("where", "policyName", diagnostics)
        .and_then(|entry| locator(&entry, diagnostics));
    let text = section
        .required("is", "DAILY", diagnostics)
        .and_then(|entry| entry.text(diagnostics));
    Some(Some((place?, text?.to_owned())))
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
