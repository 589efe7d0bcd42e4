//! One line of a report, and its parts.

use std::time::Duration;

use anstyle::{AnsiColor, Style};

/// What a line means, which decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Done, or as it should be.
    Good,
    /// Something to know or to do.
    Info,
    /// Something changes, or is left out.
    Warn,
    /// Something is wrong.
    Bad,
}

impl Tone {
    fn style(self) -> Style {
        let color = match self {
            Tone::Good => AnsiColor::Green,
            Tone::Info => AnsiColor::Cyan,
            Tone::Warn => AnsiColor::Yellow,
            Tone::Bad => AnsiColor::Red,
        };
        color.on_default().bold()
    }
}

/// Formats a line as cargo does: the word right-aligned in a margin of twelve columns, then what it is about.
pub fn line(tone: Tone, word: &str, about: &str) -> String {
    let style = tone.style();
    format!("{style}{word:>12}{style:#} {about}\n")
}

/// Formats a time as cargo does: `0.05s`.
pub fn seconds(time: Duration) -> String {
    format!("{:.2}s", time.as_secs_f64())
}

/// Returns the text with control and direction characters replaced, except for line ends and tabs: such a character
/// could repaint the terminal, hide a part of a line, or show it in another order.
pub fn visible(text: &str) -> String {
    let is_hidden = |letter: char| match letter {
        '\n' | '\t' => false,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            true
        }
        other => other.is_control(),
    };
    text.replace(is_hidden, "\u{fffd}")
}

/// Quotes a word for a shell, unless it consists of the plain characters of file names.
pub fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "/._-+@=:".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_can_be_pasted_into_a_shell() {
        assert_eq!(quoted("generated/src/a_b-1.rs"), "generated/src/a_b-1.rs");
        assert_eq!(quoted("src/my notes.md"), "'src/my notes.md'");
        assert_eq!(quoted("src/$(rm).rs"), "'src/$(rm).rs'");
        assert_eq!(quoted("src/it's.rs"), "'src/it'\\''s.rs'");
    }

    #[test]
    fn nothing_can_hide_in_a_line() {
        let text = "a\u{1b}[2Jb\rc\u{202e}d\te\nf";
        assert_eq!(visible(text), "a\u{fffd}[2Jb\u{fffd}c\u{fffd}d\te\nf");
    }
}
