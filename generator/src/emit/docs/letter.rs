//! Characters that are not shown unchanged, such as controls and invisible ones.

/// Appends a character outside of code.
pub(super) fn push_text(out: &mut String, letter: char) {
    match letter {
        '\t' => out.push(' '),
        _ if is_hidden(letter) => {
            out.push('\\');
            push_escape(out, letter);
        }
        _ => out.push(letter),
    }
}

/// Adds a character of code, where a backslash is only a backslash.
pub(super) fn push_code(out: &mut String, letter: char) {
    match letter {
        '\t' => out.push(' '),
        _ if is_hidden(letter) => push_escape(out, letter),
        _ => out.push(letter),
    }
}

/// A right-to-left override is shown as `\u{202e}`.
fn push_escape(out: &mut String, letter: char) {
    out.extend(letter.escape_unicode());
}

/// Whether a character has no picture of its own, or changes how others look: controls, line and paragraph separators,
/// bidirectional marks, invisible operators and tags. The joiners of emoji and of Arabic and Indic scripts are not
/// among them.
pub(super) fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{61c}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}
