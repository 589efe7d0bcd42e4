//! What a run would change in one file, as a unified diff from the disk to what is wanted.

use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};

use super::visible;
use crate::lock;
use crate::plan::{FileState, State};

/// The diff of a stale or edited file; empty for all others: the whole text of a missing or orphaned file tells nothing
/// that its state does not, and the lock's hashes are noise beside the causes.
pub fn unified(path: &str, file: &FileState) -> String {
    let Some((before, after)) = texts(file) else {
        return String::new();
    };
    if before.replace("\r\n", "\n") == after {
        let note = "only its line endings differ: CRLF on disk, LF wanted, as .gitattributes says";
        return paint(AnsiColor::Cyan, note);
    }
    let mut text = paint(AnsiColor::Red, &format!("--- {path} (on disk)"));
    text += &paint(AnsiColor::Green, &format!("+++ {path} (generated)"));
    let diff = TextDiff::from_lines(before.as_str(), after);
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        text += &paint(AnsiColor::Cyan, &hunk.header().to_string());
        for change in hunk.iter_changes() {
            let value = change.value();
            let value = visible(value.strip_suffix('\n').unwrap_or(value));
            text += &match change.tag() {
                ChangeTag::Equal => format!(" {value}\n"),
                ChangeTag::Delete => paint(AnsiColor::Red, &format!("-{value}")),
                ChangeTag::Insert => paint(AnsiColor::Green, &format!("+{value}")),
            };
            if change.missing_newline() {
                text += "\\ No newline at end of file\n";
            }
        }
    }
    text
}

/// How many lines a run would add and remove: `+2 -1`.
pub fn size(file: &FileState) -> String {
    let Some((before, after)) = texts(file) else {
        return String::new();
    };
    let diff = TextDiff::from_lines(before.as_str(), after);
    let count = |tag| {
        let changes = diff.iter_all_changes();
        changes.filter(|change| change.tag() == tag).count()
    };
    format!(
        "+{} -{}",
        count(ChangeTag::Insert),
        count(ChangeTag::Delete)
    )
}

/// The two texts, where a diff of them is of use.
fn texts(file: &FileState) -> Option<(String, &str)> {
    if !matches!(file.state, State::Stale | State::Edited) || file.path == lock::FILE {
        return None;
    }
    let before = String::from_utf8_lossy(file.before.as_deref()?).into_owned();
    Some((before, file.after.as_deref()?))
}

fn paint(color: AnsiColor, line: &str) -> String {
    let style: Style = color.on_default();
    format!("{style}{line}{style:#}\n")
}
