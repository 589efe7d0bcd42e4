//! Where an address ends in running text.

/// The addresses that become links.
const SCHEMES: [&str; 2] = ["https://", "http://"];

/// The address at the start of `text` without the punctuation of the sentence around it.
///
/// `https://a.b/c_(d)).` gives `https://a.b/c_(d)`. None when there is none, or nothing behind the scheme.
pub(super) fn bare(text: &str) -> Option<&str> {
    let scheme = SCHEMES.iter().find(|scheme| text.starts_with(**scheme))?;
    let end = text
        .find(|letter: char| !is_part(letter))
        .unwrap_or(text.len());
    let url = trimmed(text.get(..end)?);
    let host = url.get(scheme.len()..)?;
    host.contains(char::is_alphanumeric).then_some(url)
}

/// The address between angle brackets, without them, when `text` begins with one.
pub(super) fn bracketed(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('<')?;
    let end = inner.find(|letter: char| !is_part(letter))?;
    let url = inner.get(..end)?;
    let is_closed = inner.get(end..)?.starts_with('>');
    (is_closed
        && SCHEMES
            .iter()
            .any(|scheme| url.len() > scheme.len() && url.starts_with(scheme)))
    .then_some(url)
}

/// The destination at the start of `text`, up to the `)` that ends it: `https://a.b/(c)` of `https://a.b/(c)) and`.
///
/// None when it has a title, an entity (which the parser would decode), or what needs brackets.
pub(super) fn destination(text: &str) -> Option<&str> {
    if !SCHEMES.iter().any(|scheme| text.starts_with(scheme)) {
        return None;
    }
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            // The parser gives up at 32 open ones.
            ')' if depth == 0 => return text.get(..at),
            ')' => depth -= 1,
            '&' if text.get(at..)?.starts_with("&#") => return None,
            '\'' | '{' | '}' | '^' => return None,
            _ if !is_part(letter) => return None,
            _ => {}
        }
        if depth > 8 {
            return None;
        }
    }
    None
}

/// Whether an address may hold the character. What ends one: blanks, quotes, brackets, code spans, cells of a table.
fn is_part(letter: char) -> bool {
    if letter.is_ascii() {
        letter.is_ascii_graphic()
            && !matches!(letter, '<' | '>' | '"' | '`' | '\\' | '|' | '[' | ']')
    } else {
        letter.is_alphanumeric()
    }
}

/// Takes closing punctuation off the end, brackets only where they were opened outside.
fn trimmed(url: &str) -> &str {
    let count = |letter: char| url.matches(letter).count();
    let mut round = count(')').saturating_sub(count('('));
    let mut curly = count('}').saturating_sub(count('{'));
    url.trim_end_matches(|last: char| match last {
        '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' => true,
        ')' if round > 0 => {
            round -= 1;
            true
        }
        '}' if curly > 0 => {
            curly -= 1;
            true
        }
        _ => false,
    })
}
