//! Changes as an entry of a CHANGELOG.md in the form of Keep a Changelog.

use oasmith::compare::{Change, Level, Wire};

use super::change::{Comparison, Located};
use super::markdown::{escaped, with_types};

/// The headings, in the order of Keep a Changelog.
const HEADINGS: [&str; 4] = ["Added", "Changed", "Deprecated", "Removed"];

/// Returns the entry, without the heading of the version.
pub(crate) fn entry(comparison: &Comparison) -> String {
    let mut text = String::new();
    let noticed: Vec<&Located> = comparison
        .changes
        .iter()
        .filter(|one| one.is_noticed())
        .collect();
    for heading in HEADINGS {
        let own = noticed.iter().filter(|one| heading_of(one) == heading);
        let lines: String = own.map(|one| line(&one.change, comparison)).collect();
        if lines.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text += &format!("### {heading}\n\n{lines}");
    }
    if text.is_empty() && comparison.texts > 0 {
        text += "### Changed\n\n- Documentation.\n";
    }
    text
}

fn heading_of(one: &Located) -> &'static str {
    let change = &one.change;
    match (&change.was, &change.is) {
        _ if change.rule.ends_with("-deprecated") => "Deprecated",
        (None, Some(_)) => "Added",
        (Some(_), None) => "Removed",
        _ => match (&one.old, &one.new) {
            (None, Some(_)) => "Added",
            (Some(_), None) => "Removed",
            _ => "Changed",
        },
    }
}

fn line(change: &Change, comparison: &Comparison) -> String {
    let mark = match change.source {
        Level::Major => "**Breaking:** ",
        _ => "",
    };
    let text = escaped(&with_types(change));
    let text = text.trim_end_matches('.');
    let mut line = format!("- {mark}{text}.");
    let older = match &comparison.versions {
        Some(versions) => format!("version {} and older", versions.from),
        None => "older versions".to_owned(),
    };
    match change.old_client {
        Wire::Unreadable => line += &format!(" Replies of the newer server are errors in {older}."),
        Wire::Refused => line += &format!(" The newer server refuses calls of {older}."),
        Wire::Silent => {
            line += &format!(
                " The newer server and {older} misunderstand each other without an error."
            );
        }
        Wire::Unused | Wire::Works | Wire::Maybe => {}
    }
    if change.unseen {
        line += " Code compiles as before and means something else.";
    }
    line + "\n"
}
