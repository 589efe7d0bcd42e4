//! Counts over all documents that tell what to mend first: refusals and untyped places by message, what became of keywords.

use std::collections::BTreeMap;

use oasmith::census::Count;

use oasmith_cli::terminal::{Tone, line, visible};

use super::super::outcome::{End, Finding, Outcome, errors};
use super::super::roots::Expect;

/// A message, with how many documents have it and how often it comes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// In how many documents.
    pub documents: usize,
    /// How often in all.
    pub findings: usize,
    /// One of the documents.
    pub example: String,
}

/// The errors of documents that must be accepted, and the refused operations of those that were, by message.
pub fn refusals(outcomes: &[Outcome]) -> BTreeMap<String, Tally> {
    let wanted = outcomes
        .iter()
        .filter(|outcome| outcome.root.expect == Expect::Generate);
    tallies(wanted.map(|outcome| {
        let findings = outcome.findings().iter();
        let counted: Vec<&Finding> = match &outcome.end {
            End::Refused(findings) => errors(findings).collect(),
            _ => findings.filter(|finding| finding.is_refusal()).collect(),
        };
        let messages = counted
            .into_iter()
            .map(|one| format!("[{}] {}", one.code, general(&one.message)));
        (outcome, messages.collect())
    }))
}

/// The places whose type is weaker than the schema, by reason.
pub fn untyped(outcomes: &[Outcome]) -> BTreeMap<String, Tally> {
    let made = outcomes
        .iter()
        .filter_map(|outcome| Some((outcome, outcome.made()?)));
    tallies(made.map(|(outcome, made)| {
        let weaker = made.census.untyped.iter().filter(|one| one.weaker);
        (outcome, weaker.map(|one| general(&one.reason)).collect())
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

/// A message without the names of one document: what stands in backticks or quotes is `…`, and numbers are `#`.
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

/// What became of the keywords of all outputs: those that documents have, and what they count for.
pub(super) fn keywords(outcomes: &[Outcome]) -> String {
    let mut sums: BTreeMap<&str, Count> = BTreeMap::new();
    let counts = outcomes
        .iter()
        .filter_map(Outcome::made)
        .flat_map(|made| &made.census.keywords);
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

/// A list of counts under a title; empty without any.
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
    for (
        message,
        Tally {
            documents,
            findings,
            example,
        },
    ) in sorted
    {
        text += &format!(
            "{documents:>7} {findings:>7}  {}  ({})\n",
            visible(message),
            visible(example)
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
