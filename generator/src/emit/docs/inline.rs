//! The text of a line: code spans, links, addresses, and everything else escaped.

use std::collections::HashMap;

use super::{letter, url};

/// Entities of visible characters; others (`&rlm;`, `&#8238;`) are escaped.
const ENTITIES: &[&str] = &[
    "amp", "apos", "bull", "copy", "deg", "euro", "ge", "gt", "hellip", "larr", "laquo", "ldquo",
    "le", "lsquo", "lt", "mdash", "middot", "nbsp", "ndash", "ne", "plusmn", "pound", "quot",
    "raquo", "rarr", "rdquo", "reg", "rsquo", "sect", "times", "trade",
];

/// A line's text, safe for rustdoc. `in_table` says that the line may be cut at its `|`.
pub(super) fn text(source: &str, in_table: bool) -> String {
    let mut line = Line {
        source,
        at: 0,
        spans: spans(source),
        in_table,
        in_link: false,
        out: String::with_capacity(source.len() + 16),
    };
    line.copy();
    line.out
}

/// The longest run of backticks.
pub(super) fn longest_run(text: &str) -> usize {
    runs(text).map(|(_, length)| length).max().unwrap_or(0)
}

/// A line on its way from the document to the doc comment.
struct Line<'a> {
    source: &'a str,
    at: usize,
    /// Where a code span that begins here has its closing backticks.
    spans: HashMap<usize, usize>,
    in_table: bool,
    in_link: bool,
    out: String,
}

impl<'a> Line<'a> {
    fn copy(&mut self) {
        while let Some(letter) = self.rest().chars().next() {
            match letter {
                '\\' => self.backslash(),
                '`' => self.code(),
                '<' => self.angle(),
                '!' if self.rest().starts_with("![") => self.escaped(letter),
                '[' => self.bracket(),
                ']' => self.escaped(letter),
                '&' => self.entity(),
                'h' if !self.in_link => self.address(),
                _ => self.plain(letter),
            }
        }
    }

    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn plain(&mut self, letter: char) {
        letter::push_text(&mut self.out, letter);
        self.at += letter.len_utf8();
    }

    fn escaped(&mut self, letter: char) {
        self.out.push('\\');
        self.plain(letter);
    }

    /// An escape of the text stays one; a backslash that escapes nothing is shown.
    fn backslash(&mut self) {
        let next = self.rest().chars().nth(1);
        match next.filter(char::is_ascii_punctuation) {
            Some(next) => {
                self.out.push('\\');
                self.out.push(next);
                self.at += 2;
            }
            None => self.escaped('\\'),
        }
    }

    /// A code span that ends on this line, as it is; other backticks are shown.
    fn code(&mut self) {
        let length = self.rest().bytes().take_while(|&byte| byte == b'`').count();
        let end = self.spans.get(&self.at).copied();
        let span = end.and_then(|end| self.source.get(self.at..end + length));
        match span.filter(|span| !(self.in_table && span.contains('|'))) {
            Some(span) => {
                for letter in span.chars() {
                    letter::push_code(&mut self.out, letter);
                }
                self.at += span.len();
            }
            None => {
                for _ in 0..length {
                    self.escaped('`');
                }
            }
        }
    }

    /// `<https://…>` stays, everything else that looks like HTML is text.
    fn angle(&mut self) {
        match url::bracketed(self.rest()).filter(|_| !self.in_link) {
            Some(url) => {
                self.link(url);
                self.at += url.len() + 2;
            }
            None => self.escaped('<'),
        }
    }

    /// An address in running text becomes a link; rustdoc warns of others.
    fn address(&mut self) {
        match url::bare(self.rest()) {
            Some(url) => {
                self.link(url);
                self.at += url.len();
            }
            None => self.plain('h'),
        }
    }

    fn link(&mut self, url: &str) {
        self.out.push('<');
        self.out.push_str(url);
        self.out.push('>');
    }

    /// `[text](https://…)` stays. Any other bracket is escaped: rustdoc takes `[x]` for the name of an item.
    fn bracket(&mut self) {
        match inline_link(self.rest()).filter(|_| !self.in_link) {
            Some((inner, url)) => {
                let mut line = Line {
                    source: inner,
                    at: 0,
                    spans: spans(inner),
                    in_table: self.in_table,
                    in_link: true,
                    out: String::new(),
                };
                line.copy();
                self.out.push('[');
                self.out.push_str(&line.out);
                self.out.push_str("](");
                self.out.push_str(url);
                self.out.push(')');
                self.at += inner.len() + url.len() + "[]()".len();
            }
            None => self.escaped('['),
        }
    }

    fn entity(&mut self) {
        let name = self.rest().get(1..).unwrap_or_default();
        // The longest name of an entity has 31 letters, the longest number 8 digits.
        let end = name
            .bytes()
            .take(40)
            .position(|byte| !byte.is_ascii_alphanumeric() && byte != b'#');
        let is_entity = end.is_some_and(|end| {
            end > 0 && name.get(end..).is_some_and(|rest| rest.starts_with(';'))
        });
        let is_seen = end
            .and_then(|end| name.get(..end))
            .is_some_and(|name| ENTITIES.contains(&name));
        if is_entity && !is_seen {
            self.escaped('&');
        } else {
            self.plain('&');
        }
    }
}

/// The text and the destination of a link at the start of `text`.
///
/// The text is on one line, not blank, without brackets, escapes, and cell borders.
fn inline_link(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('[')?;
    let end = inner.find(['[', ']', '\\', '|'])?;
    let (inner, after) = inner.split_at_checked(end)?;
    let url = url::destination(after.strip_prefix("](")?)?;
    (!inner.trim().is_empty()).then_some((inner, url))
}

/// The start of each code span that could begin in `text`, with the place of its closing backticks.
///
/// One pass from the end: a run of backticks closes the nearest run of the same length before it. An escaped backtick
/// shortens the run it begins, so that each tail of a run is a start of its own: only those behind a backslash matter.
pub(super) fn spans(text: &str) -> HashMap<usize, usize> {
    let mut spans = HashMap::new();
    let mut next: HashMap<usize, usize> = HashMap::new();
    let runs: Vec<(usize, usize)> = runs(text).collect();
    for (start, length) in runs.into_iter().rev() {
        if let Some(&end) = next.get(&length) {
            spans.insert(start, end);
        }
        if let Some(&end) = next.get(&(length - 1)) {
            spans.insert(start + 1, end);
        }
        next.insert(length, start);
    }
    spans
}

/// The runs of backticks: where each begins, and its length.
fn runs(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find('`')?;
        let length = text
            .get(start..)?
            .bytes()
            .take_while(|&byte| byte == b'`')
            .count();
        at = start + length;
        Some((start, length))
    })
}
