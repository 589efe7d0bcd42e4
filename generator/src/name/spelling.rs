//! The spelling of symbols and brand names in Rust names.

/// Names whose capitals do not start words, with their spellings for fields (`oauth`) and for types (`OAuth`).
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

/// The number of different symbols that are named in a suffix.
const SYMBOLS: usize = 3;

/// Finds one of [`WRITTEN`] at the start of `rest`, after the character `before`: its length and its two spellings.
///
/// `OAuthToken` starts with one; `OAuthorize` and `studiOS` contain none.
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

/// Whether one of [`WRITTEN`] may be in a name.
pub(super) fn has_brand(name: &str) -> bool {
    WRITTEN.iter().any(|(text, ..)| name.contains(text))
}

/// Returns whether the symbols before the first letter or digit are part of the name: `-1`, `+1`, `>=5`, `!found`.
///
/// Those of `$ref`, `@type`, `_id` and `<name>` are not.
pub(super) fn is_leading_sign(symbols: &[char], first: char) -> bool {
    match symbols {
        ['+' | '-' | '!'] => true,
        ['<' | '>' | '='] | ['<' | '>' | '=' | '!', '='] => first.is_ascii_digit(),
        _ => false,
    }
}

/// Returns whether the symbols after the last letter or digit are part of the name: `A+`, `O-`, `50%`, `C#`, `C++`.
pub(super) fn is_trailing_sign(symbols: &[char]) -> bool {
    matches!(symbols, ['+' | '-' | '%' | '#'] | ['+', '+'])
}

/// Returns what distinguishes the spelling of a wire name from others with the same words: its symbols, or else its
/// case, or both where the case is unusual.
///
/// `a-b` is `dash`, `aB` is `camel`, `A_B` is `underscore_upper`, `foo` is `lower`, `Foo` is `capital`.
pub(super) fn style(wire: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for letter in wire.chars().filter(|letter| !letter.is_alphanumeric()) {
        let word = match letter {
            '-' => "dash".to_owned(),
            other => symbol(other),
        };
        if words.len() < SYMBOLS && !words.contains(&word) {
            words.push(word);
        }
    }
    let mut letters = wire
        .chars()
        .filter(|letter| letter.is_uppercase() || letter.is_lowercase());
    let first = letters.next().map(char::is_uppercase);
    let is_mixed = first.is_some_and(|first| letters.any(|letter| letter.is_uppercase() != first));
    match (first, is_mixed) {
        (Some(false), false) if words.is_empty() => words.push("lower".to_owned()),
        (Some(false), true) => words.push("camel".to_owned()),
        (Some(true), true) => words.push("capital".to_owned()),
        (Some(true), false) => words.push("upper".to_owned()),
        (None, _) if words.is_empty() => words.push("plain".to_owned()),
        (Some(false), false) | (None, _) => {}
    }
    words.join("_")
}

/// Returns the name of a symbol, or its code point (`u2713`).
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

/// Returns a separate word for a letter that identifiers cannot contain: `_ub2_` for `²`. A mu is `micro`, as in the
/// units `µg` and `μm`.
pub(super) fn code(letter: char) -> String {
    match letter {
        'µ' | 'μ' => "_micro_".to_owned(),
        other => format!("_u{:x}_", u32::from(other)),
    }
}
