//! The line that ends a comparison: how many changes of which kind, and the version that they need.

use oasmith::compare::{Level, Wire};

use super::change::{Comparison, is_break};
use super::version::level_name;
use crate::report::counted;
use crate::terminal::{Tone, line, visible};

/// Returns the line: `Impact pets: 1 break, 2 additions; major: 0.3.1 -> 0.4.0`.
pub(crate) fn impact(comparison: &Comparison) -> String {
    formatted(comparison, "")
}

/// Returns the line with the command that says more.
pub(crate) fn with_command(comparison: &Comparison, command: &str) -> String {
    formatted(comparison, &format!(" (`{command}` says more)"))
}

fn formatted(comparison: &Comparison, end: &str) -> String {
    let level = comparison.level();
    let tone = match level {
        Level::None | Level::Patch => Tone::Good,
        Level::Minor => Tone::Info,
        Level::Major => Tone::Warn,
    };
    let breaks_field = comparison
        .open()
        .any(|change| is_break(change.old_client) || change.old_client == Wire::Silent);
    let tone = if breaks_field { Tone::Bad } else { tone };
    let about = format!("{}: {}{end}", comparison.package, about(comparison));
    line(tone, "Impact", &visible(&about))
}

/// Returns what all changes together are, in one line.
pub(crate) fn about(comparison: &Comparison) -> String {
    let level = comparison.level();
    let parts = counts(comparison);
    if parts.is_empty() {
        let quiet = comparison.changes.iter().filter(|one| {
            // such as the version of the description, which is in comments
            !one.is_noticed() && one.change.source == Level::Patch
        });
        return match comparison.texts + quiet.count() {
            0 => "no change for users".to_owned(),
            texts => format!(
                "{} changed, nothing else; {}{}",
                counted(texts, "text"),
                needed(comparison, level),
                if comparison.versions.is_some() {
                    " if released"
                } else {
                    ""
                }
            ),
        };
    }
    let mut text = format!("{}; {}", parts.join(", "), needed(comparison, level));
    let count = |is_such: fn(Wire) -> bool| {
        let open = comparison.open();
        open.filter(|change| is_such(change.old_client)).count()
    };
    let (failing, silent) = (count(is_break), count(|wire| wire == Wire::Silent));
    let verb = |count: usize, verb: &str| {
        let changes = counted(count, "change");
        match count {
            1 => format!("; {changes} {verb}s"),
            _ => format!("; {changes} {verb}"),
        }
    };
    if failing > 0 {
        text += &format!("{} programs in the field", verb(failing, "break"));
    }
    if silent > 0 {
        text += &format!(
            "{} what calls mean, without an error",
            verb(silent, "change")
        );
    }
    let unseen = comparison.open().filter(|change| change.unseen).count();
    if unseen > 0 {
        text += &format!(
            "{} found by no compiler",
            match unseen {
                1 => "; 1 change is".to_owned(),
                _ => format!("; {unseen} changes are"),
            }
        );
    }
    match comparison.accepted() {
        0 => text,
        accepted => format!("{text}; {accepted} accepted"),
    }
}

/// Returns the numbers of changes by what they are for code: `1 break`, `2 additions`.
fn counts(comparison: &Comparison) -> Vec<String> {
    let noticed = comparison.changes.iter().filter(|one| one.is_noticed());
    let mut counts = [0; 4];
    for one in noticed {
        let change = &one.change;
        let kind = match (change.source, &change.was) {
            (Level::Major, _) => 0,
            (Level::Minor, None) => 1,
            (Level::Minor, Some(_)) => 2,
            _ => 3,
        };
        counts[kind] += 1;
    }
    let nouns = ["break", "addition", "minor change", "other change"];
    let some = counts
        .into_iter()
        .zip(nouns)
        .filter(|(count, _)| *count > 0);
    let mut counts: Vec<String> = some.map(|(count, noun)| counted(count, noun)).collect();
    if !comparison.generator.is_empty() {
        let changes = counted(comparison.generator.len(), "change");
        counts.push(format!("{changes} by the generator"));
    }
    counts
}

/// Returns the level with the versions that it leads to: `major: 0.3.1 -> 0.4.0`.
pub(crate) fn needed(comparison: &Comparison, level: Level) -> String {
    let name = level_name(level);
    match &comparison.versions {
        Some(versions) if level > Level::None => {
            format!("{name}: {} -> {}", versions.from, versions.least)
        }
        _ => name.to_owned(),
    }
}
