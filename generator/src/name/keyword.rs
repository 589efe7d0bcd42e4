//! Names that are taken: by the language, by a client's own methods, by file systems.

/// The keywords of all editions, reserved ones included; a trailing underscore frees them. Sorted.
///
/// The weak ones (`union`, `default`, `auto`, `raw`, `safe`) are ordinary names where we put them.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Methods that a client has without any operation, and those that it must not seem to have: a method `clone` would
/// hide `Clone::clone`, and clippy takes a `cmp` for a wrong `Ord`. Sorted.
pub(super) const CLIENT: &[&str] = &["builder", "clone", "cmp", "send"];

/// File names that mean something else: to Cargo and rustc, or to Windows whatever their extension. Sorted.
const FILES: &[&str] = &[
    "aux", "client", "con", "conin", "conout", "lib", "main", "nul", "prn",
];

/// `type` is `type_`.
pub(super) fn avoid(name: String) -> String {
    let taken = is_keyword(&name);
    free(name, taken)
}

/// `send` is `send_`.
pub(super) fn avoid_method(name: String) -> String {
    let taken = is_keyword(&name) || CLIENT.binary_search(&name.as_str()).is_ok();
    free(name, taken)
}

/// `con` is `con_`, `lpt1` is `lpt1_`.
pub(super) fn avoid_file(name: String) -> String {
    let taken = is_keyword(&name) || FILES.binary_search(&name.as_str()).is_ok() || is_port(&name);
    free(name, taken)
}

fn free(mut name: String, taken: bool) -> String {
    if taken {
        name.push('_');
    }
    name
}

fn is_keyword(name: &str) -> bool {
    KEYWORDS.binary_search(&name).is_ok()
}

/// `com0` to `com9` and `lpt0` to `lpt9` are devices of Windows.
fn is_port(name: &str) -> bool {
    let number = name
        .strip_prefix("com")
        .or_else(|| name.strip_prefix("lpt"));
    number.is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        for table in [KEYWORDS, CLIENT, FILES] {
            assert!(table.is_sorted(), "{table:?}");
        }
    }

    #[test]
    fn each_keyword_is_one() {
        for keyword in KEYWORDS {
            assert!(
                syn::parse_str::<syn::Ident>(keyword).is_err() || *keyword == "gen",
                "{keyword}"
            );
        }
    }
}
