//! What a run would change in one file, as a unified diff from the disk to the generated text.

use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};

use crate::lock;
use crate::plan::{FileState, State};
use crate::terminal::visible;

/// Returns the diff of a stale or edited file; empty for all others: the whole text of a missing or orphaned file says
/// no more than its state, and the lock's hashes no more than the causes.
pub fn unified(path: &str, file: &FileState) -> String {
    let Some((before, after)) = texts(file) else {
        return String::new();
    };
    if before.replace("\r\n", "\n") == after {
        let note = "only the line endings differ: CRLF on disk, LF generated; set `eol=lf` in .gitattributes";
        return paint(AnsiColor::Cyan, note);
    }
    let mut text = paint(AnsiColor::Red, &format!("--- {path} (on disk)"));
    text += &paint(AnsiColor::Green, &format!("+++ {path} (generated)"));
    let diff = TextDiff::from_lines(before.as_str(), after);
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        text += &paint(AnsiColor::Cyan, &hunk.header().to_string());
        for change in hunk.iter_changes() {
            let value = visible(change.value().trim_end_matches('\n'));
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

/// Returns how many lines a run would add and remove: `+2 -1`.
pub fn size(file: &FileState) -> String {
    let Some((before, after)) = texts(file) else {
        return String::new();
    };
    let diff = TextDiff::from_lines(before.as_str(), after);
    let count = |tag| {
        diff.iter_all_changes()
            .filter(|change| change.tag() == tag)
            .count()
    };
    format!(
        "+{} -{}",
        count(ChangeTag::Insert),
        count(ChangeTag::Delete)
    )
}

/// Returns the two texts, where a diff of them is useful.
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
