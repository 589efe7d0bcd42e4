//! What the tests read in the text of a file.

use std::collections::BTreeSet;

use oasmith_runtime::{File, SOURCES};

/// Returns the file with this path.
pub fn file(path: &str) -> Option<&'static File> {
    SOURCES.iter().find(|file| file.path == path)
}

/// Returns the lines that are not comments.
pub fn code(text: &str) -> String {
    text.lines()
        .map(str::trim_start)
        .filter(|line| !line.starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Returns the module that a file belongs to: `wire` for `runtime/wire/json.rs`.
pub fn module(path: &str) -> &str {
    let below = path.trim_start_matches("runtime/");
    below.split(['/', '.']).next().unwrap_or(below)
}

/// Returns the modules of the support code that some code names by `crate::runtime::…`. A constant of the module itself
/// is none.
pub fn modules_named(code: &str) -> BTreeSet<&str> {
    code.split("crate::runtime::")
        .skip(1)
        .map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            &rest[..end.unwrap_or(rest.len())]
        })
        .filter(|name| !name.starts_with(|first: char| first.is_ascii_uppercase()))
        .collect()
}

/// Returns the first segment of every path in some code.
pub fn roots(code: &str) -> BTreeSet<&str> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut roots = BTreeSet::new();
    for (at, _) in code.match_indices("::") {
        let before = &code[..at];
        let word = before.rsplit(|c| !is_word(c)).next().unwrap();
        let lead = before.trim_end_matches(word);
        // `a::b::` has only the root `a`; a leading `::` is the root of a path itself
        let is_inner = lead
            .strip_suffix("::")
            .is_some_and(|rest| rest.ends_with(is_word) || rest.ends_with('>'));
        if !word.is_empty() && !is_inner {
            roots.insert(word);
        }
    }
    roots
}
