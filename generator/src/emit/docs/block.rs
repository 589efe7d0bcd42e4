//! The beginning of a line: indentation, quote marks, list markers.

use std::borrow::Cow;

/// More marks than this on a line are text: nesting costs every reader of the text time.
const MARKS: usize = 8;

/// Four columns would be code.
const COLUMNS: usize = 3;

/// A line, split into the marks before its text and the text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Block<'a> {
    /// Blanks and quote marks before the first list marker, such as `> > `.
    pub(super) quotes: String,
    /// List markers and the blanks between them, such as `1. - `; empty or ending in a blank.
    pub(super) markers: String,
    /// How many quote marks there are in both.
    pub(super) depth: usize,
    /// In which column behind the last quote mark the text begins.
    pub(super) column: usize,
    /// The rest, without blanks at its start.
    pub(super) text: Cow<'a, str>,
}

impl<'a> Block<'a> {
    /// Splits a line. Blanks become few enough that the parser sees no code anywhere: at most three where a line or a
    /// quote begins, one behind a list marker.
    pub(super) fn read(line: &'a str, indent: &mut Indent) -> Self {
        let mut block = Block::default();
        let mut rest = line;
        for _ in 0..=MARKS {
            let (blanks, text) = unindent(rest);
            block.column += blanks;
            let Some((mark, after)) = mark(text) else {
                block.push_blanks(indent.text(blanks, text));
                block.text = Cow::Borrowed(text);
                return block;
            };
            if mark == ">" {
                block.push_blanks(indent.quote(blanks));
                block.push(mark);
                block.depth += 1;
                block.column = 0;
                rest = after.strip_prefix([' ', '\t']).unwrap_or(after);
            } else {
                block.push_blanks(indent.item(blanks));
                block.markers.push_str(mark);
                block.markers.push(' ');
                block.column += mark.len();
                rest = after;
            }
        }
        Block {
            text: Cow::Owned(unmarked(line)),
            ..Block::default()
        }
    }

    /// What is printed before the text.
    pub(super) fn prefix(&self) -> String {
        format!("{}{}", self.quotes, self.markers)
    }

    fn push(&mut self, mark: &str) {
        let part = if self.markers.is_empty() {
            &mut self.quotes
        } else {
            &mut self.markers
        };
        part.push_str(mark);
        part.push(' ');
    }

    /// Behind a list marker its own blank is enough.
    fn push_blanks(&mut self, count: usize) {
        if self.markers.is_empty() {
            self.quotes.extend(std::iter::repeat_n(' ', count));
        }
    }
}

/// How far the list is indented that we are in, so that its items stay where they are to each other.
#[derive(Debug, Default)]
pub(super) struct Indent {
    list: Option<usize>,
    after_blank: bool,
}

impl Indent {
    fn quote(&self, blanks: usize) -> usize {
        self.list
            .map_or(0, |list| blanks.saturating_sub(list).min(COLUMNS))
    }

    fn item(&mut self, blanks: usize) -> usize {
        self.after_blank = false;
        let list = *self.list.get_or_insert(blanks);
        blanks.saturating_sub(list).min(COLUMNS)
    }

    /// Ends a list at text without indentation after a blank line.
    fn text(&mut self, blanks: usize, text: &str) -> usize {
        if text.is_empty() {
            self.after_blank = true;
            return 0;
        }
        if self.after_blank && self.list.is_some_and(|list| blanks <= list) {
            self.list = None;
        }
        self.after_blank = false;
        self.quote(blanks)
    }
}

/// The columns of the blanks at the start of `text`, and what follows. A tab is four: finer counting would tell nothing
/// where only four columns or less matter.
pub(super) fn unindent(text: &str) -> (usize, &str) {
    let rest = text.trim_start_matches([' ', '\t']);
    let blanks = text.get(..text.len() - rest.len()).unwrap_or_default();
    let columns = blanks
        .chars()
        .map(|blank| if blank == '\t' { 4 } else { 1 });
    (columns.sum(), rest)
}

/// The quote mark or list marker at the start of `text`, and what follows.
fn mark(text: &str) -> Option<(&str, &str)> {
    let width = if text.starts_with('>') {
        return text.split_at_checked(1);
    } else if text.starts_with(['-', '+', '*']) {
        1
    } else {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let is_number = (1..=9).contains(&digits) && text.get(digits..)?.starts_with(['.', ')']);
        is_number.then_some(digits + 1)?
    };
    let (mark, after) = text.split_at_checked(width)?;
    let is_item = after.is_empty() || after.starts_with([' ', '\t']);
    (is_item && !is_break(text)).then_some((mark, after))
}

/// `* * *` is a line across the page and no list.
fn is_break(text: &str) -> bool {
    let mut marks = text.chars().filter(|letter| !matches!(letter, ' ' | '\t'));
    let first = marks.next();
    let mut count = 1;
    marks.all(|mark| {
        count += 1;
        Some(mark) == first
    }) && count >= 3
        && matches!(first, Some('-' | '*'))
}

/// A line with too many marks, as text: a backslash before the first mark makes text of all of them.
fn unmarked(line: &str) -> String {
    let (_, text) = unindent(line);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits).unwrap_or(("", text));
    format!("{number}\\{rest}")
}

/// Returns whether a line can be the delimiter row of a table, such as `| --- | :-: |`; a wrong `true` is harmless.
pub(super) fn may_delimit_table(line: &str) -> bool {
    line.contains('-')
        && line.bytes().all(|byte| {
            matches!(
                byte,
                b'|' | b':' | b'-' | b'>' | b'+' | b'*' | b'.' | b')' | b' ' | b'\t' | b'0'..=b'9'
            )
        })
}
