//! Checks of strings in `codegen.yaml`: names in Rust source, package names, paths, header names. Each returns what to
//! write instead.

/// The words that are no identifiers in edition 2024, reserved ones included. Names that need `r#` are rejected as
/// well, since another name can be chosen.
const KEYWORDS: [&str; 53] = [
    "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Checks a Rust identifier; `None` if it is valid.
pub(super) fn rust_name(text: &str) -> Option<&'static str> {
    if !is_word(text, "_") || text.starts_with(|first: char| first.is_ascii_digit()) {
        return Some("use ASCII letters, digits and `_`, and do not start with a digit");
    }
    KEYWORDS
        .contains(&text)
        .then_some("choose a name that is not a keyword of Rust")
}

/// Checks the name of a package; `None` if it is valid.
pub(super) fn package_name(text: &str) -> Option<&'static str> {
    if !is_word(text, "-_") || !text.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return Some("use ASCII letters, digits, `-` and `_`, and start with a letter");
    }
    KEYWORDS
        .contains(&text)
        .then_some("choose a name that is not a keyword of Rust")
}

/// Checks a path below a root; `None` if it is valid.
pub(super) fn path(text: &str) -> Option<&'static str> {
    if text.is_empty() || text.chars().any(char::is_control) {
        return Some("write a path without control characters");
    }
    if text.starts_with('/') || text.contains(['\\', ':']) {
        return Some("write a relative path with `/` between its parts");
    }
    let odd = |part: &str| matches!(part, "" | "..");
    let parts = text.strip_suffix('/').unwrap_or(text);
    parts
        .split('/')
        .any(odd)
        .then_some("write a path without `..` and `//`")
}

/// Checks the name of an HTTP header; `None` if it is valid.
pub(super) fn header_name(text: &str) -> Option<&'static str> {
    let is_valid = is_word(text, "!#$%&'*+-.^_`|~");
    (!is_valid).then_some("write a name such as `x-correlation-id`")
}

fn is_word(text: &str, more: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || more.contains(letter))
}
