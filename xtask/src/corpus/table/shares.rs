//! How instances fared: by document, by tag, by flag.

use std::collections::BTreeMap;

use oasmith_cli::terminal::{Tone, line, visible};

use super::super::outcome::Outcome;
use super::super::vectors::{Score, Share};

/// Scores by tag or flag.
type Scores = BTreeMap<String, Score>;

/// A list of scores: its title, and where they are.
type Section = (&'static str, fn(&Share) -> &Scores);

/// The shares of all documents that have some; empty without.
pub(super) fn report(outcomes: &[Outcome]) -> String {
    let all: Vec<(&Outcome, &Share)> = outcomes
        .iter()
        .filter_map(|outcome| Some((outcome, outcome.vectors.as_ref()?)))
        .collect();
    if all.is_empty() {
        return String::new();
    }
    let mut text = line(Tone::Info, "Instances", "as they must be, by document");
    for (outcome, share) in &all {
        let tags: Vec<String> = share
            .tags
            .iter()
            .filter(|(_, score)| score.passed < score.all)
            .map(|(tag, score)| cell(tag, score))
            .collect();
        text += &row(
            &visible(&outcome.root.name),
            &share.total(),
            &tags.join(", "),
        );
    }
    let sections: [Section; 3] = [
        ("by tag", |share| &share.tags),
        ("by flag", |share| &share.flags),
        ("counted apart, by flag", |share| &share.apart),
    ];
    for (title, of) in sections {
        let scores = sums(all.iter().map(|(_, share)| of(share)));
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

fn row(name: &str, score: &Score, lacking: &str) -> String {
    let text = format!(
        "{:>7} {:>7} {:>7}  {name}",
        score.passed,
        score.all,
        percent(*score)
    );
    match lacking {
        "" => text + "\n",
        lacking => format!("{text}  (not: {lacking})\n"),
    }
}

/// `100%` only when it is all of them.
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
    fn a_share_is_rounded_down() {
        let percent = |passed, all| super::percent(Score { passed, all });
        assert_eq!(percent(9_999, 10_000), "99.9%");
        assert_eq!(percent(10_000, 10_000), "100%");
        assert_eq!(percent(1, 3), "33.3%");
    }
}
