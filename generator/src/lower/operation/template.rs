//! Path templates, split into pieces: `/repos/{owner}/files?raw=true`.

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text as it is sent: percent-encoded where a URL needs it.
    Literal(String),
    /// The name in braces.
    Variable(String),
}

/// Returns the pieces of a path, and of the query in it if there is one.
///
/// Some documents distinguish operations of one path by a query (`/instances?action=start`) or a fragment
/// (`/instances#start`). A query is sent with every call; a fragment never leaves a client, so it is left out. A query
/// as RFC 6570 writes it (`/items{?page,size}`) only repeats the declared parameters, and is left out, too.
pub(super) fn pieces(path: &str) -> (Vec<Piece>, Option<Vec<Piece>>) {
    let path = cut(path, '#').0;
    let (path, query) = cut(path, '?');
    (split(path), query.map(split))
}

/// Splits at the first such character outside of braces.
fn cut(text: &str, at: char) -> (&str, Option<&str>) {
    let mut depth = 0_usize;
    for (index, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if letter == at && depth == 0 => {
                let (before, after) = text.split_at(index);
                return (before, after.get(at.len_utf8()..));
            }
            _ => {}
        }
    }
    (text, None)
}

fn split(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{')
        && let Some((name, behind)) = after.split_once('}')
    {
        push(&mut pieces, before);
        if !name.starts_with(['?', '&']) {
            pieces.push(Piece::Variable(name.to_owned()));
        }
        rest = behind;
    }
    push(&mut pieces, rest);
    pieces
}

fn push(pieces: &mut Vec<Piece>, text: &str) {
    if text.is_empty() {
        return;
    }
    let mut encoded = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    for (index, byte) in text.bytes().enumerate() {
        let escape = bytes.get(index + 1..index + 3);
        let is_escape =
            byte == b'%' && escape.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=:@?".contains(&byte) || is_escape {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    pieces.push(Piece::Literal(encoded));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> Piece {
        Piece::Literal(text.to_owned())
    }

    fn variable(name: &str) -> Piece {
        Piece::Variable(name.to_owned())
    }

    #[test]
    fn a_template_is_text_and_names() {
        let (path, query) = pieces("/a/{b}:{c-d}/e");
        let expected = [
            literal("/a/"),
            variable("b"),
            literal(":"),
            variable("c-d"),
            literal("/e"),
        ];
        assert_eq!((path.as_slice(), query), (expected.as_slice(), None));
    }

    #[test]
    fn a_query_is_apart_and_a_fragment_is_left_out() {
        let (path, query) = pieces("/a?x={y}&z=1#f?g");
        assert_eq!(path, [literal("/a")]);
        let expected = vec![literal("x="), variable("y"), literal("&z=1")];
        assert_eq!(query, Some(expected));
    }

    #[test]
    fn text_is_encoded_where_a_url_needs_it() {
        assert_eq!(
            pieces("/ä b/%2F/100%").0,
            [literal("/%C3%A4%20b/%2F/100%25")]
        );
        assert_eq!(pieces("/a{b").0, [literal("/a%7Bb")]);
    }

    #[test]
    fn a_query_expansion_is_left_out() {
        assert_eq!(pieces("/items{?page,size}").0, [literal("/items")]);
    }
}
