//! The results of instances: by document, by tag, by flag.

use std::collections::BTreeMap;

use oasmith_cli::terminal::{Tone, line, visible};

use super::super::outcome::Outcome;
use super::super::vectors::{InstanceScores, Score};

/// Scores by tag or flag.
type Scores = BTreeMap<String, Score>;

/// A list of scores: its title, and which they are.
type Section = (&'static str, fn(&InstanceScores) -> &Scores);

/// Returns the scores of all documents that have instances; empty without any.
pub(super) fn report(outcomes: &[Outcome]) -> String {
    let all: Vec<(&Outcome, &InstanceScores)> = outcomes
        .iter()
        .filter_map(|outcome| Some((outcome, outcome.vectors.as_ref()?)))
        .collect();
    if all.is_empty() {
        return String::new();
    }
    let mut text = line(Tone::Info, "Instances", "as expected, by document");
    for (outcome, scores) in &all {
        let tags: Vec<String> = scores
            .tags
            .iter()
            .filter(|(_, score)| score.passed < score.all)
            .map(|(tag, score)| cell(tag, score))
            .collect();
        text += &row(
            &visible(&outcome.root.name),
            &scores.total(),
            &tags.join(", "),
        );
    }
    let sections: [Section; 3] = [
        ("by tag", |scores| &scores.tags),
        ("by flag", |scores| &scores.flags),
        ("not counted, by flag", |scores| &scores.separate),
    ];
    for (title, of) in sections {
        let scores = sums(all.iter().map(|(_, scores)| of(scores)));
        if !scores.is_empty() {
            text += &line(Tone::Info, "Instances", title);
        }
        for (name, score) in scores {
            text += &row(&visible(&name), &score, "");
        }
    }
    text
}

fn sums<'s>(all: impl Iterator<Item = &'s Scores>) -> Scores {
    let mut sums = Scores::new();
    for (name, score) in all.flatten() {
        sums.entry(name.clone()).or_default().add(*score);
    }
    sums
}

fn cell(tag: &str, score: &Score) -> String {
    format!(
        "{} of {} {}",
        score.all - score.passed,
        score.all,
        visible(tag)
    )
}

fn row(name: &str, score: &Score, failed: &str) -> String {
    let mut text = format!(
        "{:>7} {:>7} {:>7}  {name}",
        score.passed,
        score.all,
        percent(*score)
    );
    if !failed.is_empty() {
        text += &format!("  (failed: {failed})");
    }
    text + "\n"
}

/// Returns the percentage, `100%` only when all passed.
fn percent(Score { passed, all }: Score) -> String {
    match (passed * 1000).checked_div(all) {
        _ if passed == all => "100%".to_owned(),
        Some(tenths) => format!("{}.{}%", tenths / 10, tenths % 10),
        None => "-".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_rounded_down() {
        let percent = |passed, all| super::percent(Score { passed, all });
        assert_eq!(percent(9_999, 10_000), "99.9%");
        assert_eq!(percent(10_000, 10_000), "100%");
        assert_eq!(percent(1, 3), "33.3%");
    }
}
