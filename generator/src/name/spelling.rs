//! How symbols and some written names are spelled in a Rust name.

/// Written names whose capitals are not words, as a member says them (`oauth`) and as a type does (`OAuth`).
const WRITTEN: &[(&str, &str, &str)] = &[
    ("OAuth", "Oauth", "OAuth"),
    ("GitHub", "Github", "GitHub"),
    ("GitLab", "Gitlab", "GitLab"),
    ("GraphQL", "Graphql", "GraphQl"),
    ("IPv4", "Ipv4", "Ipv4"),
    ("IPv6", "Ipv6", "Ipv6"),
    ("MySQL", "Mysql", "MySql"),
    ("PostgreSQL", "Postgresql", "PostgreSql"),
    ("iOS", "Ios", "Ios"),
    ("macOS", "Macos", "MacOs"),
];

/// A written name at the start of `rest`, where `before` stands in front of it: its length and its two spellings.
///
/// `OAuthToken` begins with one, `OAuthorize` and `studiOS` do not have one.
pub(super) fn written(
    before: Option<char>,
    rest: &[char],
) -> Option<(usize, &'static str, &'static str)> {
    WRITTEN.iter().find_map(|(text, snake, camel)| {
        let length = text.len();
        let found = rest.get(..length)?.iter().copied().eq(text.chars());
        let ends = !rest.get(length).is_some_and(|next| next.is_lowercase());
        let begins = text.starts_with(|first: char| first.is_uppercase())
            || !before.is_some_and(char::is_alphanumeric);
        (found && ends && begins).then_some((length, *snake, *camel))
    })
}

/// Whether a symbol right before the first letter or digit means something: `-1`, `+1`, `>=5`, `!found`.
///
/// `$ref`, `@type` and `_id` are only decorated, and `<name>` is a placeholder.
pub(super) fn is_leading_sign(symbols: &[char], first: char) -> bool {
    match symbols {
        ['+' | '-' | '!'] => true,
        ['<' | '>' | '='] | ['<' | '>' | '=' | '!', '='] => first.is_ascii_digit(),
        _ => false,
    }
}

/// Whether the symbols right behind the last letter or digit mean something: `A+`, `O-`, `50%`, `C#`, `C++`.
pub(super) fn is_trailing_sign(symbols: &[char]) -> bool {
    matches!(symbols, ['+' | '-' | '%' | '#'] | ['+', '+'])
}

/// The name of a symbol; one without a name is its code point, `u2713`.
pub(super) fn symbol(symbol: char) -> String {
    let name = match symbol {
        '!' => "not",
        '"' => "double_quote",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "ampersand",
        '\'' => "quote",
        '(' => "left_parenthesis",
        ')' => "right_parenthesis",
        '*' => "asterisk",
        '+' => "plus",
        ',' => "comma",
        '-' => "minus",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less",
        '=' => "equal",
        '>' => "greater",
        '?' => "question",
        '@' => "at",
        '[' => "left_bracket",
        '\\' => "backslash",
        ']' => "right_bracket",
        '^' => "caret",
        '_' => "underscore",
        '`' => "backtick",
        '{' => "left_brace",
        '|' => "pipe",
        '}' => "right_brace",
        '~' => "tilde",
        ' ' => "space",
        '\t' => "tab",
        '\n' => "newline",
        '\r' => "return",
        other => return format!("u{:x}", u32::from(other)),
    };
    name.to_owned()
}

/// Returns a letter as a word of its own where a name cannot have the letter itself: `_ub2_` for `²`. A mu is the
/// prefix of a unit there (`µg`, `μm`).
pub(super) fn code(letter: char) -> String {
    match letter {
        'µ' | 'μ' => "_micro_".to_owned(),
        other => format!("_u{:x}_", u32::from(other)),
    }
}
