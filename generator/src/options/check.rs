//! Whether a text of `codegen.yaml` can stand where it is going to: in Rust source, in a manifest, in a request.

/// The words that cannot be identifiers in edition 2024, reserved ones included. Names that need `r#` are not accepted either:
/// who chooses a name can choose one that reads well.
const KEYWORDS: [&str; 53] = [
    "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Why a text cannot be a Rust name; `None` when it can.
pub(super) fn rust_name(text: &str) -> Option<&'static str> {
    if !is_word(text, "_") || text.starts_with(|first: char| first.is_ascii_digit()) {
        return Some(
            "a Rust name has ASCII letters, digits and `_`, and does not begin with a digit",
        );
    }
    KEYWORDS
        .contains(&text)
        .then_some("it is a keyword of Rust")
}

/// Why a text cannot be the name of a package; `None` when it can.
pub(super) fn package_name(text: &str) -> Option<&'static str> {
    if !is_word(text, "-_") || !text.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return Some(
            "a package name has ASCII letters, digits, `-` and `_`, and begins with a letter",
        );
    }
    KEYWORDS
        .contains(&text)
        .then_some("it is a keyword of Rust")
}

/// Why a text cannot be a path below a root; `None` when it can.
pub(super) fn path(text: &str) -> Option<&'static str> {
    if text.is_empty() || text.chars().any(char::is_control) {
        return Some("a path is not empty and has no control characters");
    }
    if text.starts_with('/') || text.contains(['\\', ':']) {
        return Some("a path is relative, with `/` between its parts");
    }
    let odd = |part: &str| matches!(part, "" | "..");
    let parts = text.strip_suffix('/').unwrap_or(text);
    parts
        .split('/')
        .any(odd)
        .then_some("a path has no `..` and no `//`")
}

/// Why a text cannot be the name of an HTTP header; `None` when it can.
pub(super) fn header_name(text: &str) -> Option<&'static str> {
    let valid = is_word(text, "!#$%&'*+-.^_`|~");
    (!valid).then_some("a header name is a word such as `x-correlation-id`")
}

fn is_word(text: &str, more: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || more.contains(letter))
}
