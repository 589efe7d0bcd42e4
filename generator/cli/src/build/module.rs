//! Turns an output, which is a crate, into a module of another crate.
//!
//! Paths that start with `crate::` start at the module. What only the root of a crate can have is taken out of the root:
//! its recursion limit, and the example, which names the package.

use oasmith::Tree;

/// The files of a module.
#[derive(Debug)]
pub(super) struct Module {
    /// Their texts, by path below the folder of the module.
    pub(super) files: Tree,
    /// The `recursion_limit` that the crate needs.
    pub(super) recursion_limit: Option<String>,
}

/// Returns the module at a path, such as `pets` or `api::pets`.
pub(super) fn module(tree: &Tree, path: &str) -> Module {
    let mut module = Module {
        files: Tree::new(),
        recursion_limit: None,
    };
    for (name, text) in tree {
        let Some(name) = name.strip_prefix("src/") else {
            continue;
        };
        let mut text = paths_below(path, text);
        if name == "lib.rs" {
            let is_limit = |line: &&str| line.starts_with("#![recursion_limit");
            module.recursion_limit = text.lines().find(is_limit).map(str::to_owned);
            text = without_example(&text)
                .split_inclusive('\n')
                .filter(|line| !is_limit(line))
                .collect();
        }
        module.files.insert(name.to_owned(), text);
    }
    module
}

/// Returns a root without the block of code in its documentation. No text of a description becomes such a block.
fn without_example(root: &str) -> String {
    let mut is_code = false;
    let lines = root.split_inclusive('\n').filter(|line| {
        let is_fence = line.trim_end() == "//! ```";
        is_code ^= is_fence;
        !is_code && !is_fence
    });
    lines.collect()
}

/// Returns source text with `crate::` replaced by `crate::module::`: in code, and in links of documentation.
pub fn paths_below(module: &str, text: &str) -> String {
    let mut moved = String::with_capacity(text.len() + 1024);
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let literal = literal_length(rest);
        if literal == 0
            && let Some(path) = rest.strip_prefix("crate::")
            && !moved.ends_with(|before: char| {
                before.is_alphanumeric() || before == '_' || before == '$'
            })
        {
            moved.push_str("crate::");
            moved.push_str(module);
            moved.push_str("::");
            rest = path;
            continue;
        }
        let length = if literal > 0 {
            literal
        } else {
            letter.len_utf8()
        };
        let (copied, after) = rest.split_at(length);
        match copied.starts_with("//") {
            true => moved.push_str(&copied.replace("](crate::", &format!("](crate::{module}::"))),
            false => moved.push_str(copied),
        }
        rest = after;
    }
    moved
}

/// Returns the length of the comment or literal that a string starts with; 0 when it starts with neither.
fn literal_length(text: &str) -> usize {
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    match text.as_bytes() {
        [b'"', ..] => 1 + quoted_length(&text[1..], '"'),
        [b'\'', b'\\', ..] => 1 + quoted_length(&text[1..], '\''),
        [b'\'', ..] => {
            // a lifetime has no quote behind its first letter
            text.char_indices()
                .nth(2)
                .filter(|(_, letter)| *letter == '\'')
                .map_or(0, |(at, _)| at + 1)
        }
        _ => 0,
    }
}

/// Returns the length up to and including the closing quote; an escaped quote does not close.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => {
                letters.next();
            }
            letter if letter == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_becomes_the_root_of_a_module() {
        let root = "// banner\n//! Client.\n//!\n//! ```\n//! let client = x::Client::builder();\n//! ```\n\n\
            #![recursion_limit = \"256\"]\n#![deny(missing_docs)]\nmod runtime;\nuse crate::runtime::wire;\n";
        let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        let tree: Tree = [file("src/lib.rs", root), file("Cargo.toml", "")].into();
        let made = module(&tree, "api::pets");
        let expected = "// banner\n//! Client.\n//!\n\n#![deny(missing_docs)]\nmod runtime;\n\
            use crate::api::pets::runtime::wire;\n";
        assert_eq!(made.files["lib.rs"], expected);
        assert_eq!(made.files.len(), 1);
        assert_eq!(
            made.recursion_limit.as_deref(),
            Some("#![recursion_limit = \"256\"]")
        );
    }

    #[test]
    fn paths_of_the_crate_become_paths_of_the_module() {
        let code = "use crate::runtime::wire;\nfn f<'a>(x: &'a str) { crate::types::f('\"', \"a\\\"\", x) }\n";
        let moved = "use crate::m::runtime::wire;\nfn f<'a>(x: &'a str) { crate::m::types::f('\"', \"a\\\"\", x) }\n";
        assert_eq!(paths_below("m", code), moved);
    }

    #[test]
    fn links_of_documentation_lead_into_the_module() {
        let code = "/// [`A`](crate::types::A) is `crate::x`\nfn f() {}\n";
        let moved = "/// [`A`](crate::m::types::A) is `crate::x`\nfn f() {}\n";
        assert_eq!(paths_below("m", code), moved);
    }

    #[test]
    fn literals_and_comments_stay_as_they_are() {
        let code = "/// `crate::x`\nconst A: &str = \"crate::x \\\\\"; // crate::y\n\
            const B: char = '\\'';\nlet mycrate::x = '\\u{22}';\n";
        assert_eq!(paths_below("m", code), code);
    }
}
