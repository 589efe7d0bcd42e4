//! Reserved names: keywords, the client's own methods, file names.

/// The keywords of all editions, reserved ones included. A name that is one gets a trailing underscore. Sorted.
///
/// Weak keywords (`union`, `default`, `auto`, `raw`, `safe`) are valid identifiers wherever the output has names.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// The client's own methods, and names of trait methods: a method `clone` would hide `Clone::clone`, and clippy reports
/// a `cmp` (`should_implement_trait`). Sorted.
pub(super) const CLIENT: &[&str] = &["builder", "clone", "cmp", "send"];

/// File names that are special to Cargo and rustc, or to Windows with any extension. Sorted.
const FILES: &[&str] = &[
    "aux", "client", "con", "conin", "conout", "lib", "main", "nul", "prn",
];

/// Appends an underscore to a keyword: `type` is `type_`.
pub(super) fn avoid(name: String) -> String {
    if is_keyword(&name) {
        escape(name)
    } else {
        name
    }
}

/// Appends an underscore to a keyword or a method of the client: `send` is `send_`.
pub(super) fn avoid_method(name: String) -> String {
    if is_keyword(&name) || CLIENT.binary_search(&name.as_str()).is_ok() {
        escape(name)
    } else {
        name
    }
}

/// Appends an underscore to a keyword or a reserved file name: `con` is `con_`, `lpt1` is `lpt1_`.
pub(super) fn avoid_file(name: String) -> String {
    if is_keyword(&name) || FILES.binary_search(&name.as_str()).is_ok() || is_device(&name) {
        escape(name)
    } else {
        name
    }
}

fn escape(name: String) -> String {
    format!("{name}_")
}

fn is_keyword(name: &str) -> bool {
    KEYWORDS.binary_search(&name).is_ok()
}

/// Returns whether a name is a device of Windows: `com0` to `com9`, `lpt0` to `lpt9`.
fn is_device(name: &str) -> bool {
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
    fn each_keyword_is_no_identifier_for_syn() {
        for keyword in KEYWORDS {
            assert!(
                syn::parse_str::<syn::Ident>(keyword).is_err() || *keyword == "gen",
                "{keyword}"
            );
        }
    }
}
