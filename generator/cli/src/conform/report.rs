//! Findings as diagnostics, and the rest of the report: what was seen, and what belongs to no operation.

mod words;

use std::collections::BTreeMap;

use oasmith::diagnostic::{Diagnostic, Diagnostics, Place, Severity};
use oasmith::load::Sources;
use oasmith::pointer::Pointer;
use oasmith::report::{Style, json, render};
use serde_json::{Map, Value, json};

use super::finding::{Finding, Key, Kind, Part, Side};
use super::judge::Judge;
use super::mend::Mended;
use super::{counted, traffic::Origin};
use crate::terminal::{Terminal, Tone, github, line, visible};

/// The most addresses without an operation that are listed.
const MAX_LISTED: usize = 20;

/// Everything that is reported.
pub(super) struct Report<'r> {
    pub(super) judge: &'r Judge<'r>,
    pub(super) mended: &'r Mended,
    /// How the files of traffic are named.
    pub(super) files: Vec<String>,
    pub(super) sources: &'r dyn Sources,
    /// Whether an overlay is written, so that what it leaves is told.
    pub(super) is_written: bool,
}

impl Report<'_> {
    pub(super) fn print(&self, terminal: &Terminal) {
        let findings = &self.judge.tally.findings;
        let mut diagnostics: Diagnostics = findings
            .iter()
            .map(|(key, finding)| self.diagnostic(key, finding))
            .collect();
        self.judge.description.loaded.translate(&mut diagnostics);
        if terminal.is_json() {
            let facts = findings
                .iter()
                .map(|(key, finding)| self.facts(key, finding));
            let lines: Vec<(&Diagnostic, Map<String, Value>)> =
                diagnostics.iter().zip(facts).collect();
            terminal.data(&json::lines_with(&lines, self.sources));
            terminal.data(&format!("{}\n", self.summary()));
            return;
        }
        if !diagnostics.is_empty() {
            terminal.problem(&render(&diagnostics, self.sources, Style::Color));
            if terminal.has_annotations() {
                terminal.annotate(&github::diagnostics(&diagnostics, self.sources));
            }
        }
        terminal.report(&self.text());
    }

    /// Returns a finding as a diagnostic at the keyword that does not hold.
    fn diagnostic(&self, key: &Key, finding: &Finding) -> Diagnostic {
        let (code, keyword) = words::row(&key.kind);
        let at = match keyword {
            Some(keyword) if self.has(&key.place.child(keyword)) => {
                Place::from(key.place.child(keyword))
            }
            _ if self.has(&key.place) => Place::key(key.place.clone()),
            _ => Place::key(existing(&key.place, |at| self.has(at))),
        };
        let total = self.judge.tally.total(key);
        let total = match key.kind {
            Kind::Status(_) => self.replies(key.operation),
            _ => total,
        };
        let noun = match key.side {
            Side::Request => ["request", "requests"],
            Side::Reply(_) => ["reply", "replies"],
        };
        let message = format!(
            "{}: {} in {} of {}",
            self.message_name(key),
            words::what(key, self.declared(key).as_deref()),
            finding.count,
            counted(total, noun)
        );
        let mut diagnostic = Diagnostic::new(code, at, message)
            .help(format!("first in {}", self.origin(&finding.first)));
        let is_success = matches!(key.side, Side::Reply(200..=299));
        match (&key.kind, key.side) {
            (Kind::Status(_), _) if is_success => diagnostic.severity = Severity::Error,
            (_, Side::Request) if diagnostic.severity == Severity::Error => {
                diagnostic.severity = Severity::Warning
            }
            _ => {}
        }
        if let (true, Some(reason)) = (self.is_written, self.mended.left.get(key)) {
            diagnostic = diagnostic.help(format!("not in the overlay: {reason}"));
        }
        diagnostic
    }

    fn has(&self, at: &Pointer) -> bool {
        self.judge.description.loaded.get(at).is_some()
    }

    /// `GET /pets 200`
    fn message_name(&self, key: &Key) -> String {
        let operation = self.judge.description.operations.get(key.operation);
        let label = operation
            .map(|operation| operation.label())
            .unwrap_or_default();
        match key.side {
            Side::Request => format!("`{label}`, request"),
            Side::Reply(status) => format!("`{label}`, {status}"),
        }
    }

    /// Returns the type that is declared where another came.
    fn declared(&self, key: &Key) -> Option<String> {
        let node = self
            .judge
            .description
            .loaded
            .get(&key.place.child("type"))?;
        let names = match node.as_array() {
            Some(names) => names
                .iter()
                .map(|name| name.as_text().unwrap_or("null"))
                .collect(),
            None => vec![node.as_text()?],
        };
        Some(names.join("` or `"))
    }

    fn replies(&self, operation: usize) -> usize {
        let totals = self.judge.tally.totals.iter();
        let of_operation =
            totals.filter(|((index, side), _)| *index == operation && *side != Side::Request);
        of_operation.map(|(_, count)| count).sum()
    }

    fn origin(&self, origin: &Origin) -> String {
        let file = self.files.get(origin.file).map_or("", String::as_str);
        match origin.entry {
            Some(entry) => format!("{file}:{}, entry {entry}", origin.line),
            None => file.to_owned(),
        }
    }

    /// Returns what JSON says beyond the diagnostic.
    fn facts(&self, key: &Key, finding: &Finding) -> Map<String, Value> {
        let operation = self.judge.description.operations.get(key.operation);
        let status = match key.side {
            Side::Request => None,
            Side::Reply(status) => Some(status),
        };
        let total = match key.kind {
            Kind::Status(_) => self.replies(key.operation),
            _ => self.judge.tally.total(key),
        };
        let facts = json!({
            "operation": operation.and_then(|operation| operation.id.clone()),
            "method": operation.map(|operation| operation.method.clone()),
            "path": operation.map(|operation| operation.path.clone()),
            "direction": if status.is_some() { "reply" } else { "request" },
            "status": status,
            "parameter": match &key.part {
                Part::Parameter { location, name } => json!({ "in": location, "name": name }),
                Part::Body | Part::Item => Value::Null,
            },
            "instance": key.instance,
            "count": finding.count,
            "of": total,
            "traffic": {
                "file": self.files.get(finding.first.file),
                "entry": finding.first.entry,
                "line": finding.first.line,
            },
            "not_in_overlay": self.mended.left.get(key),
        });
        match facts {
            Value::Object(facts) => facts,
            _ => Map::new(),
        }
    }

    /// Returns the rest of the report as an object.
    fn summary(&self) -> Value {
        let tally = &self.judge.tally;
        let unmatched: Vec<Value> = tally
            .unmatched
            .iter()
            .map(
                |((method, path), count)| json!({ "method": method, "path": path, "count": count }),
            )
            .collect();
        let counts = &tally.counts;
        json!({
            "summary": "conform",
            "exchanges": counts.exchanges,
            "operations_seen": self.seen(),
            "operations": self.judge.description.operations.len(),
            "findings": tally.findings.len(),
            "unmatched": unmatched,
            "unmatched_more": counts.more_unmatched,
            "skipped": {
                "unreadable_entries": counts.unreadable,
                "unanswered": counts.unanswered,
                "refused_requests": counts.refused,
                "browser": counts.browser,
                "unrecorded_bodies": counts.unrecorded,
                "other_bodies": counts.other_bodies,
                "uncompiled_schemas": counts.uncompiled,
            },
        })
    }

    fn seen(&self) -> usize {
        let mut seen: Vec<usize> = self
            .judge
            .tally
            .totals
            .keys()
            .map(|(index, _)| *index)
            .collect();
        seen.dedup();
        seen.len()
    }

    /// Returns the rest of the report as text.
    fn text(&self) -> String {
        let tally = &self.judge.tally;
        let mut text = String::new();
        let mut by_message: BTreeMap<(usize, Side), usize> = BTreeMap::new();
        for key in tally.findings.keys() {
            *by_message.entry((key.operation, key.side)).or_default() += 1;
        }
        for ((index, side), total) in &tally.totals {
            let Some(count) = by_message.get(&(*index, *side)) else {
                continue;
            };
            let operation = self.judge.description.operations.get(*index);
            let label = operation
                .map(|operation| operation.label())
                .unwrap_or_default();
            let (message, noun) = match side {
                Side::Request => ("request".to_owned(), ["request", "requests"]),
                Side::Reply(status) => (status.to_string(), ["reply", "replies"]),
            };
            let about = format!(
                "{label}, {message}: {} in {}",
                counted(*count, ["mismatch", "mismatches"]),
                counted(*total, noun)
            );
            text += &line(Tone::Bad, "Differs", &visible(&about));
        }
        for ((method, path), count) in tally.unmatched.iter().take(MAX_LISTED) {
            let about = format!(
                "{method} {path}: {}",
                counted(*count, ["request", "requests"])
            );
            text += &line(Tone::Warn, "Unmatched", &visible(&about));
        }
        let hidden = tally.unmatched.len().saturating_sub(MAX_LISTED);
        if hidden > 0 {
            let about = format!(
                "{} more are in `--message-format json`",
                counted(hidden, ["address", "addresses"])
            );
            text += &line(Tone::Warn, "Unmatched", &about);
        }
        for about in self.skipped() {
            text += &line(Tone::Info, "Skipped", &about);
        }
        let about = format!(
            "{}, {} of {} operations: {}",
            counted(tally.counts.exchanges, ["exchange", "exchanges"]),
            self.seen(),
            self.judge.description.operations.len(),
            match tally.findings.len() {
                0 => "the description holds".to_owned(),
                1 => "1 mismatch".to_owned(),
                count => format!("{count} mismatches"),
            }
        );
        let tone = if tally.findings.is_empty() {
            Tone::Good
        } else {
            Tone::Bad
        };
        text + &line(tone, "Conform", &about)
    }

    /// Returns what was not looked at, and why.
    fn skipped(&self) -> Vec<String> {
        let counts = &self.judge.tally.counts;
        [
            (
                counts.unreadable,
                "entry of a HAR file is not as HAR 1.2 has it",
                "entries of HAR files are not as HAR 1.2 has them",
            ),
            (
                counts.unanswered,
                "request has no reply",
                "requests have no reply",
            ),
            (
                counts.refused,
                "request was refused, so it says nothing",
                "requests were refused, so they say nothing",
            ),
            (
                counts.browser,
                "exchange is about a browser's cache or a preflight",
                "exchanges are about a browser's cache or a preflight",
            ),
            (
                counts.unrecorded,
                "body was not recorded",
                "bodies were not recorded",
            ),
            (
                counts.other_bodies,
                "body is text or bytes, which have no schema",
                "bodies are text or bytes, which have no schema",
            ),
            (
                counts.uncompiled,
                "body has a schema that cannot be compiled",
                "bodies have schemas that cannot be compiled",
            ),
            (
                counts.more_unmatched,
                "more request belongs to no operation",
                "more requests belong to no operation",
            ),
        ]
        .into_iter()
        .filter(|(count, _, _)| *count > 0)
        .map(|(count, one, several)| format!("{count} {}", if count == 1 { one } else { several }))
        .collect()
    }
}

/// Returns the closest place around that the document has.
fn existing(at: &Pointer, has: impl Fn(&Pointer) -> bool) -> Pointer {
    let mut at = at.clone();
    while !has(&at) {
        match at.parent() {
            Some(parent) => at = parent,
            None => break,
        }
    }
    at
}
