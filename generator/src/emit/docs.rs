//! Converts descriptions of an untrusted document to rustdoc: CommonMark in, CommonMark out.
//!
//! For rustdoc's own parser the result has no code block but those marked `text` (so that doctests can stay
//! on), no HTML (tags that format text are Markdown instead), no link but to `http` and `https`, and no character that hides or reorders its neighbours. What is not
//! allowed is shown as text, never deleted. Lists, tables, headings, emphasis and code spans stay.
//!
//! Safety does not depend on seeing the same structure as the parser does: no line keeps four columns of indentation,
//! a fence follows nothing but quote marks, and code spans and links end on the line on which they begin.

mod block;
mod fence;
mod html;
mod inline;
mod letter;
mod url;

#[cfg(test)]
mod tests;

use block::{Block, Indent};
use fence::Fence;

/// The maximum length of a text, in bytes; the rest is omitted.
const TEXT: usize = 64 * 1024;

/// The maximum length of a name in a code span, in characters.
const CODE: usize = 200;

/// The lines of a doc comment for a description; none for an empty one.
///
/// Line breaks are those of the text (`\n`, `\r\n`, a lone `\r`), blank lines at both ends go, several in a row are
/// one. A text above 64 KiB is cut and ends in `…`.
pub(crate) fn lines(text: &str) -> Vec<String> {
    let (text, is_cut) = cut(text);
    let text = html::as_markdown(text);
    let mut source: Vec<&str> = split(&text);
    if is_cut {
        source.push("…");
    }
    let has_table = source.iter().any(|line| block::may_delimit_table(line));
    let mut lines: Vec<String> = Vec::new();
    let mut indent = Indent::default();
    let mut rest = source.as_slice();
    while let Some((line, after)) = rest.split_first() {
        rest = after;
        let block = Block::read(line, &mut indent);
        if let Some(fence) = Fence::open(&block) {
            rest = fence.copy(rest, &mut lines);
            continue;
        }
        let line = format!("{}{}", block.prefix(), inline::text(&block.text, has_table));
        let line = line.trim_end();
        if !(line.is_empty() && lines.last().is_none_or(String::is_empty)) {
            lines.push(line.to_owned());
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// A name from the document as a code span, such as `` `POST /path` ``, on one line whatever it holds.
///
/// Longer than 200 characters, it is cut and ends in `…`. An empty one is a blank.
pub(crate) fn code(text: &str) -> String {
    let mut shown = String::new();
    let mut letters = text.chars();
    for letter in letters.by_ref().take(CODE) {
        letter::push_code(&mut shown, letter);
    }
    if letters.next().is_some() {
        shown.push('…');
    }
    // The parser takes one blank off both ends when there is one at both.
    let is_padded = shown.starts_with('`')
        || shown.ends_with('`')
        || shown.is_empty()
        || (shown.starts_with(' ') && shown.ends_with(' ') && !shown.trim().is_empty());
    let marks = "`".repeat(inline::longest_run(&shown) + 1);
    match (shown.is_empty(), is_padded) {
        (true, _) => "` `".to_owned(),
        (false, true) => format!("{marks} {shown} {marks}"),
        (false, false) => format!("{marks}{shown}{marks}"),
    }
}

/// Truncates a string to the maximum length, and returns whether it was longer.
fn cut(text: &str) -> (&str, bool) {
    if text.len() <= TEXT {
        return (text, false);
    }
    let end = (0..=TEXT).rev().find(|&end| text.is_char_boundary(end));
    (
        end.and_then(|end| text.get(..end)).unwrap_or_default(),
        true,
    )
}

/// Splits a string into lines. `str::lines` would leave a lone carriage return, which rustc rejects in a doc comment.
fn split(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(end) = rest.find(['\n', '\r']) {
        let (line, after) = rest.split_at(end);
        lines.push(line);
        let width = if after.starts_with("\r\n") { 2 } else { 1 };
        rest = after.get(width..).unwrap_or_default();
    }
    lines.push(rest);
    lines
}
