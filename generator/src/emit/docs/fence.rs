//! Fenced code: always marked `text`, always closed.

use super::block::{self, Block};
use super::{inline, letter};

/// A fence that a line opens.
#[derive(Debug)]
pub(super) struct Fence<'a> {
    block: &'a Block<'a>,
    mark: char,
    length: usize,
}

impl<'a> Fence<'a> {
    /// Parses the opening fence; `None` if the line is none. The info string after it, such as a language, is dropped.
    pub(super) fn open(block: &'a Block<'a>) -> Option<Self> {
        let mark = block
            .text
            .chars()
            .next()
            .filter(|mark| matches!(mark, '`' | '~'))?;
        let info = block.text.trim_start_matches(mark);
        let length = block.text.len() - info.len();
        let is_fence = length >= 3 && !(mark == '`' && info.contains('`'));
        is_fence.then_some(Fence {
            block,
            mark,
            length,
        })
    }

    /// Prints the block behind quote marks only: whether a list marker is one depends on the lines before it, and a
    /// fence behind a marker that is none would be text, and its end a beginning. Returns the lines behind the block.
    pub(super) fn copy<'s, 't>(
        &self,
        source: &'s [&'t str],
        lines: &mut Vec<String>,
    ) -> &'s [&'t str] {
        let mut content: Vec<String> = Vec::new();
        let mut rest = source;
        while let Some((line, after)) = rest.split_first() {
            let Some(line) = self.content(line) else {
                break;
            };
            rest = after;
            if self.is_closed_by(line) {
                break;
            }
            content.push(shown(line));
        }
        while content.last().is_some_and(|line| line.trim().is_empty()) {
            content.pop();
        }
        let longest = content.iter().map(|line| inline::longest_run(line)).max();
        let marks = "`".repeat(longest.unwrap_or(0).max(2) + 1);
        let prefix = &self.block.quotes;
        lines.push(format!("{prefix}{marks}text"));
        for line in content {
            lines.push(format!("{prefix}{line}").trim_end().to_owned());
        }
        lines.push(format!("{prefix}{marks}"));
        rest
    }

    /// Returns a line of the block without the marks and blanks before all of its lines; `None` if the quote has ended.
    fn content<'l>(&self, line: &'l str) -> Option<&'l str> {
        let mut rest = line;
        for _ in 0..self.block.depth {
            let (_, text) = block::unindent(rest);
            let text = text.strip_prefix('>')?;
            rest = text.strip_prefix(' ').unwrap_or(text);
        }
        for _ in 0..self.block.column {
            rest = rest.strip_prefix(' ').unwrap_or(rest);
        }
        Some(rest)
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let text = line.trim_matches([' ', '\t']);
        text.len() >= self.length && text.chars().all(|letter| letter == self.mark)
    }
}

fn shown(line: &str) -> String {
    let mut out = String::new();
    for letter in line.chars() {
        if letter == '\t' {
            out.push_str("    ");
        } else {
            letter::push_code(&mut out, letter);
        }
    }
    out
}
