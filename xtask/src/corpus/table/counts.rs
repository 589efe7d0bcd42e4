//! Counts over all documents that show what to fix first: errors and untyped places by message, and keywords by how
//! they are covered.

use std::collections::BTreeMap;

use oasmith_coverage::Count;

use oasmith_cli::terminal::{Tone, line, visible};

use super::super::outcome::{Finding, Generation, Outcome};
use super::super::roots::Expect;

/// How many documents have a message, and how often.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// In how many documents.
    pub documents: usize,
    /// How often in all.
    pub findings: usize,
    /// One of the documents.
    pub example: String,
}

/// Returns the errors of documents that must be accepted, and the unsupported operations of those that are, by message.
pub fn rejections(outcomes: &[Outcome]) -> BTreeMap<String, Tally> {
    let expected = outcomes
        .iter()
        .filter(|outcome| outcome.root.expect == Expect::Generate);
    tallies(expected.map(|outcome| {
        let counts = |finding: &&Finding| match &outcome.generation {
            Generation::Rejected(_) => finding.severity == "error",
            _ => finding.is_unsupported(),
        };
        let messages = outcome
            .findings()
            .iter()
            .filter(counts)
            .map(|one| format!("[{}] {}", one.code, general(&one.message)))
            .collect();
        (outcome, messages)
    }))
}

/// Returns the places whose type is weaker than the schema, by reason.
pub fn untyped(outcomes: &[Outcome]) -> BTreeMap<String, Tally> {
    tallies(outcomes.iter().filter_map(|outcome| {
        let untyped = &outcome.output()?.coverage.untyped;
        let weaker = untyped.iter().filter(|one| one.weaker);
        Some((outcome, weaker.map(|one| general(&one.reason)).collect()))
    }))
}

fn tallies<'o>(all: impl Iterator<Item = (&'o Outcome, Vec<String>)>) -> BTreeMap<String, Tally> {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for (outcome, messages) in all {
        let mut own: BTreeMap<String, usize> = BTreeMap::new();
        for message in messages {
            *own.entry(message).or_default() += 1;
        }
        for (message, findings) in own {
            let tally = tallies.entry(message).or_default();
            tally.documents += 1;
            tally.findings += findings;
            if tally.example.is_empty() {
                tally.example.clone_from(&outcome.root.name);
            }
        }
    }
    tallies
}

/// Returns a message without the names of one document: text in backticks or quotes is `…`, and numbers are `#`.
fn general(message: &str) -> String {
    let mut general = String::new();
    let mut letters = message.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            // Keywords and media types stay: they tell one construct from another.
            '`' => {
                let quoted: String = letters
                    .by_ref()
                    .take_while(|letter| *letter != '`')
                    .collect();
                // a parameter or schema can be called `name`
                let names = ["parameter ", "schema ", "name ", "property "];
                let is_name = names.iter().any(|before| general.ends_with(before));
                let shown = if !is_name && KEYWORDS.contains(&quoted.as_str()) {
                    &quoted
                } else {
                    "…"
                };
                general += &format!("`{shown}`");
            }
            '"' => {
                letters.by_ref().find(|letter| *letter == '"');
                general += "\"…\"";
            }
            digit if digit.is_ascii_digit() => {
                while letters.next_if(char::is_ascii_digit).is_some() {}
                general.push('#');
            }
            other => general.push(other),
        }
    }
    general
}

/// Names in backticks that belong to OpenAPI and not to a document.
const KEYWORDS: [&str; 36] = [
    "additionalProperties",
    "allOf",
    "anyOf",
    "callbacks",
    "components",
    "const",
    "content",
    "default",
    "description",
    "discriminator",
    "enum",
    "explode",
    "format",
    "headers",
    "in",
    "info",
    "items",
    "links",
    "name",
    "not",
    "nullable",
    "oneOf",
    "openapi",
    "operationId",
    "parameters",
    "paths",
    "patternProperties",
    "prefixItems",
    "properties",
    "required",
    "responses",
    "schema",
    "security",
    "servers",
    "style",
    "type",
];

/// Returns how the keywords of all documents with an output are covered.
pub(super) fn keywords(outcomes: &[Outcome]) -> String {
    let mut sums: BTreeMap<&str, Count> = BTreeMap::new();
    let counts = outcomes
        .iter()
        .filter_map(Outcome::output)
        .flat_map(|summary| &summary.coverage.keywords);
    for (name, count) in counts {
        sums.entry(name).or_default().add(*count);
    }
    if sums.is_empty() {
        return String::new();
    }
    let lost = sums.values().any(|count| count.lost() > 0);
    let mut text = line(
        if lost { Tone::Bad } else { Tone::Good },
        "Keywords",
        "of schemas: occurrences, modelled, documented, reported, neither",
    );
    for (name, count) in sums {
        text += &format!(
            "{:>7} {:>7} {:>7} {:>7} {:>7}  {name}\n",
            count.occurrences,
            count.modelled,
            count.documented,
            count.reported,
            count.lost()
        );
    }
    text
}

/// Returns a list of counts under a title; empty without any.
pub(super) fn counts(word: &str, about: &str, tallies: &BTreeMap<String, Tally>) -> String {
    if tallies.is_empty() {
        return String::new();
    }
    let mut sorted: Vec<_> = tallies.iter().collect();
    sorted.sort_by_key(|(message, tally)| {
        (
            std::cmp::Reverse((tally.documents, tally.findings)),
            message.as_str(),
        )
    });
    let mut text = line(Tone::Warn, word, about);
    for (message, tally) in sorted {
        text += &format!(
            "{:>7} {:>7}  {}  ({})\n",
            tally.documents,
            tally.findings,
            visible(message),
            visible(&tally.example)
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_document_do_not_split_the_counts() {
        assert_eq!(
            general("the type name `Pet` is taken"),
            "the type name `…` is taken"
        );
        assert_eq!(
            general("not supported yet: `oneOf` with 3 branches"),
            "not supported yet: `oneOf` with # branches"
        );
        assert_eq!(general("found \"a b\" at 12:3"), "found \"…\" at #:#");
    }
}
