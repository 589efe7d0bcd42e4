//! Checks of strings in `codegen.yaml`: names in Rust source, package names, paths, header names. Each returns what to
//! write instead, and has a pattern that says the same in the JSON Schema.

use super::repeat;

/// A check of a string.
#[derive(Debug)]
pub(super) struct Check {
    /// Returns what to write instead; `None` for a valid string.
    pub(super) test: fn(&str) -> Option<&'static str>,
    /// The pattern of valid strings.
    pub(super) pattern: &'static str,
    /// Whether a keyword of Rust is invalid.
    pub(super) is_name: bool,
    /// Whether plain numbers and booleans of YAML, which are strings as written, can be valid.
    pub(super) takes_scalars: bool,
}

/// A Rust identifier.
pub(super) const RUST_NAME: Check = Check {
    test: rust_name,
    pattern: "^[A-Za-z_][A-Za-z0-9_]*$",
    is_name: true,
    takes_scalars: false,
};

/// The name of a package.
pub(super) const PACKAGE_NAME: Check = Check {
    test: package_name,
    pattern: "^[A-Za-z][A-Za-z0-9_-]*$",
    is_name: true,
    takes_scalars: false,
};

/// The name of a module that has the client of one of several documents.
pub(super) const MODULE_NAME: Check = Check {
    test: module_name,
    pattern: "^[a-z][a-z0-9]*(_[a-z0-9]+)*$",
    is_name: true,
    takes_scalars: false,
};

/// The names that no such module can have: modules of every crate, methods of every client, and crates that generated
/// code names.
pub(super) const RESERVED: [&str; 22] = [
    "alloc",
    "builder",
    "bulk",
    "bytes",
    "chrono",
    "client",
    "clone",
    "common",
    "core",
    "fmt",
    "futures_util",
    "headers",
    "http",
    "operation",
    "part",
    "runtime",
    "send",
    "serde",
    "serde_json",
    "std",
    "testing",
    "types",
];

/// A path below a root: parts that are neither empty nor `..`.
pub(super) const PATH: Check = Check {
    test: path,
    pattern: "^(\\.|\\.?[^./\\\\:\\u0000-\\u001f\\u007f-\\u009f][^/\\\\:\\u0000-\\u001f\\u007f-\\u009f]*|\\.\\.[^/\\\\:\\u0000-\\u001f\\u007f-\\u009f]+)\
              (/(\\.|\\.?[^./\\\\:\\u0000-\\u001f\\u007f-\\u009f][^/\\\\:\\u0000-\\u001f\\u007f-\\u009f]*|\\.\\.[^/\\\\:\\u0000-\\u001f\\u007f-\\u009f]+))*/?$",
    is_name: false,
    takes_scalars: true,
};

/// The name of an HTTP header.
pub(super) const HEADER_NAME: Check = Check {
    test: header_name,
    pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$",
    is_name: false,
    takes_scalars: true,
};

/// The path of a member: `context.traceIds`. Who reads it has the help.
pub(super) const MEMBER_PATH: Check = Check {
    test: member_path,
    pattern: "^[^.]+(\\.[^.]+)*$",
    is_name: false,
    takes_scalars: true,
};

/// The path of a value in a request body: `inputs[].id`. Who reads it has the help.
pub(super) const STEPS: Check = Check {
    test: steps,
    pattern: "^([^.\\[\\]]+(\\[\\])*|(\\[\\])+)(\\.[^.\\[\\]]+(\\[\\])*)*$",
    is_name: false,
    takes_scalars: true,
};

/// A key below `rename.members`: `Batch.numErrors`, or a JSON Pointer.
pub(super) const MEMBER_KEY: Check = Check {
    test: member_key,
    pattern: "^#/|\\.",
    is_name: false,
    takes_scalars: true,
};

/// The words that are no identifiers in edition 2024, reserved ones included. Names that need `r#` are rejected as
/// well, since another name can be chosen.
pub(super) const KEYWORDS: [&str; 53] = [
    "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Checks the path of a member; `None` if it is valid.
pub(super) fn member_path(text: &str) -> Option<&'static str> {
    let is_invalid = text.split('.').any(str::is_empty);
    is_invalid.then_some("write member names separated by dots: `context.traceIds`")
}

/// Checks the path of a value in a request body; `None` if it is valid.
fn steps(text: &str) -> Option<&'static str> {
    let help = "write member names separated by dots, with `[]` after an array: `inputs[].id`";
    repeat::steps(text).is_none().then_some(help)
}

/// Checks a key of `rename.members`; `None` if it is valid.
pub(super) fn member_key(text: &str) -> Option<&'static str> {
    let is_valid = text.starts_with("#/") || text.contains('.');
    (!is_valid).then_some("write `Schema.member`, or the JSON Pointer of the property")
}

/// Checks a Rust identifier; `None` if it is valid.
pub(super) fn rust_name(text: &str) -> Option<&'static str> {
    if !is_word(text, "_") || text.starts_with(|first: char| first.is_ascii_digit()) {
        return Some("use ASCII letters, digits and `_`, and do not start with a digit");
    }
    KEYWORDS
        .contains(&text)
        .then_some("choose a name that is not a keyword of Rust")
}

/// Checks the name of a module; `None` if it is valid.
fn module_name(text: &str) -> Option<&'static str> {
    let is_part = |part: &str| {
        let is_allowed = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
        !part.is_empty() && part.chars().all(is_allowed)
    };
    let starts_right = text.starts_with(|first: char| first.is_ascii_lowercase());
    if !starts_right || !text.split('_').all(is_part) {
        return Some(
            "use lower-case ASCII letters, digits and single `_` between them, and start with a letter",
        );
    }
    (KEYWORDS.contains(&text) || RESERVED.contains(&text))
        .then_some("choose another name: Rust or every generated crate uses this one")
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
