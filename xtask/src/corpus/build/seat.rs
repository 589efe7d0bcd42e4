//! Puts an output, made to be a crate, into a module of a crate that holds many over one copy of the runtime.
//!
//! Four things change: paths that start at `crate::` start at the module; a recursion limit goes to the crate; the runtime's
//! files are left out; and a file `runtime.rs` stands in for them. That file passes the shared runtime on, but has a `Client`
//! and a `ClientBuilder` of its own, since outputs add methods to these two, and in one crate two outputs cannot add `builder`
//! to one type.

use oasmith::Tree;

/// Where the runtime's files are in an output.
const RUNTIME: &str = "src/runtime/";

/// The files of an output, paths below the module's folder, as they are when it is the module `module`.
pub fn seated(tree: &Tree, module: &str) -> Tree {
    let own = tree
        .iter()
        .filter_map(|(path, text)| Some((path.strip_prefix("src/")?, text)));
    let own = own.filter(|(path, _)| !path.starts_with("runtime/"));
    let mut files: Tree = own
        .map(|(path, text)| (path.to_owned(), reseated(text, module)))
        .collect();
    if let Some(root) = files.get_mut("lib.rs") {
        let is_kept = |line: &&str| !line.starts_with("#![recursion_limit");
        *root = root.split_inclusive('\n').filter(is_kept).collect();
    }
    files.insert("runtime.rs".to_owned(), stand_in(tree));
    files
}

/// The runtime's files that an output carries, paths below `runtime/`, without the first line, which names a document.
pub fn carried(tree: &Tree) -> impl Iterator<Item = (&str, &str)> {
    let files = tree
        .iter()
        .filter_map(|(path, text)| Some((path.strip_prefix(RUNTIME)?, text)));
    let files = files.filter(|(path, _)| *path != "mod.rs");
    files.map(|(path, text)| (path, text.split_once('\n').map_or("", |(_, rest)| rest)))
}

/// The modules at the top of the runtime: `call`, `wire`.
pub fn modules<'p>(paths: impl Iterator<Item = &'p str>) -> Vec<&'p str> {
    let mut names: Vec<&str> = paths
        .filter_map(|path| path.split(['/', '.']).next())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// `runtime.rs` of an output: only what its own runtime would have, so that a module that it forgets is missed.
fn stand_in(tree: &Tree) -> String {
    let names = modules(carried(tree).map(|(path, _)| path));
    let shared: Vec<&str> = names.into_iter().filter(|name| *name != "client").collect();
    format!(
        "pub use crate::runtime::{{{}}};\n\n{CLIENT}",
        shared.join(", ")
    )
}

const CLIENT: &str = "pub(crate) mod client {
    pub use crate::runtime::client::*;

    /// A client of one output.
    #[derive(Debug, Clone)]
    pub struct Client(crate::runtime::client::Client);

    impl std::ops::Deref for Client {
        type Target = crate::runtime::client::Client;
        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }

    /// Settings of a client.
    #[derive(Debug)]
    pub struct ClientBuilder(crate::runtime::client::ClientBuilder);

    impl ClientBuilder {
        pub(crate) fn new(service: &'static Service) -> Self {
            ClientBuilder(crate::runtime::client::ClientBuilder::new(service))
        }
        pub(crate) fn credential(self, scheme: usize, credential: Credential) -> Self {
            ClientBuilder(self.0.credential(scheme, credential))
        }
        /// Builds the client.
        pub fn build(self) -> Result<Client, SetupError> {
            self.0.build().map(Client)
        }
    }
}
";

/// The text with `crate::` as `crate::module::`, but not in literals and comments.
fn reseated(text: &str, module: &str) -> String {
    let mut moved = String::with_capacity(text.len() + 1024);
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let literal = literal(rest);
        let (kept, after) = rest.split_at(if literal > 0 {
            literal
        } else {
            letter.len_utf8()
        });
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
        moved.push_str(kept);
        rest = after;
    }
    moved
}

/// How many bytes the comment or literal has that a text starts with; 0 when it starts with neither.
fn literal(text: &str) -> usize {
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    match text.as_bytes() {
        [b'"', ..] => 1 + quoted(&text[1..], '"'),
        [b'\'', b'\\', ..] => 1 + quoted(&text[1..], '\''),
        [b'\'', ..] => {
            // a lifetime has no quote behind its first letter
            let mut letters = text.char_indices().skip(2);
            letters
                .next()
                .filter(|(_, letter)| *letter == '\'')
                .map_or(0, |(at, _)| at + 1)
        }
        _ => 0,
    }
}

/// The length up to and with the closing quote; an escaped one does not close.
fn quoted(text: &str, quote: char) -> usize {
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
    fn paths_of_the_crate_become_paths_of_the_module() {
        let code = "use crate::runtime::wire;\nfn f<'a>(x: &'a str) { crate::types::f('\"', \"a\\\"\", x) }\n";
        let moved = "use crate::m::runtime::wire;\nfn f<'a>(x: &'a str) { crate::m::types::f('\"', \"a\\\"\", x) }\n";
        assert_eq!(reseated(code, "m"), moved);
    }

    #[test]
    fn texts_of_a_document_stay_as_they_are() {
        let code = "/// `crate::x`\nconst A: &str = \"crate::x \\\\\"; // crate::y\nconst B: char = '\\'';\nlet mycrate::x = '\\u{22}';\n";
        assert_eq!(reseated(code, "m"), code);
    }

    #[test]
    fn the_stand_in_has_only_what_the_output_carries() {
        let file = |path: &str| (path.to_owned(), "// banner\ntext\n".to_owned());
        let tree: Tree = [
            "src/lib.rs",
            "src/runtime/mod.rs",
            "src/runtime/client/mod.rs",
            "src/runtime/wire/json.rs",
        ]
        .map(file)
        .into();
        let files = seated(&tree, "m");
        let paths: Vec<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(paths, ["lib.rs", "runtime.rs"]);
        assert!(files["runtime.rs"].starts_with("pub use crate::runtime::{wire};\n"));
        let carried: Vec<_> = carried(&tree).collect();
        assert_eq!(
            carried,
            [("client/mod.rs", "text\n"), ("wire/json.rs", "text\n")]
        );
    }
}
