//! Text of a document made safe to show: no character in it controls the terminal or hides others.

use std::borrow::Cow;

/// Makes text safe for a terminal. Line breaks are unchanged.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    if text
        .chars()
        .all(|letter| letter == '\n' || !is_hidden(letter))
    {
        return Cow::Borrowed(text);
    }
    let shown = |letter| {
        if letter == '\n' {
            letter
        } else {
            visible(letter)
        }
    };
    Cow::Owned(text.chars().map(shown).collect())
}

/// Returns whether a character hides or reorders others, or is a control character.
pub(super) fn is_hidden(letter: char) -> bool {
    visible(letter) != letter
}

/// Returns a stand-in for control characters, for those that change the direction of text, and for invisible ones.
pub(super) fn visible(letter: char) -> char {
    match letter {
        '\t' => ' ',
        // The pictures from U+2400 on are in the same order as the control characters.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => '\u{fffd}',
        other => other,
    }
}
