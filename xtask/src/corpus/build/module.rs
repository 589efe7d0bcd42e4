//! Turns an output, which is a crate, into a module of a crate that contains many of them and one copy of the runtime.
//!
//! Paths that start with `crate::` start at the module; the recursion limit moves to the crate; and `runtime.rs`
//! replaces the files of the runtime. It re-exports the shared runtime, but defines its own `Client` and
//! `ClientBuilder`: outputs add methods to these two, and in one crate two outputs cannot add `builder` to the same
//! type.

use std::collections::BTreeSet;

use oasmith::Tree;
use oasmith_cli::build::paths_below;

/// Where the runtime's files are in an output.
const RUNTIME: &str = "src/runtime/";

/// Returns the files of an output as the module `module`, by path below the module's folder.
pub fn files(tree: &Tree, module: &str) -> Tree {
    let mut files: Tree = tree
        .iter()
        .filter_map(|(path, text)| Some((path.strip_prefix("src/")?, text)))
        .filter(|(path, _)| !path.starts_with("runtime/"))
        .map(|(path, text)| (path.to_owned(), paths_below(module, text)))
        .collect();
    if let Some(root) = files.get_mut("lib.rs") {
        let stays = |line: &&str| !line.starts_with("#![recursion_limit");
        *root = root.split_inclusive('\n').filter(stays).collect();
    }
    files.insert("runtime.rs".to_owned(), runtime_module(tree));
    files
}

/// Returns the files of the runtime in an output, by path below `runtime/`, without the first line, which names the
/// document.
pub fn runtime_files(tree: &Tree) -> impl Iterator<Item = (&str, &str)> {
    tree.iter()
        .filter_map(|(path, text)| Some((path.strip_prefix(RUNTIME)?, text)))
        .filter(|(path, _)| *path != "mod.rs")
        .map(|(path, text)| (path, text.split_once('\n').map_or("", |(_, rest)| rest)))
}

/// Returns the top modules of the runtime: `call`, `wire`.
pub fn runtime_modules<'p>(paths: impl Iterator<Item = &'p str>) -> Vec<&'p str> {
    paths
        .filter_map(|path| path.split(['/', '.']).next())
        .collect::<BTreeSet<&str>>()
        .into_iter()
        .collect()
}

/// Returns `runtime.rs` of an output. It has only the modules that the output's own runtime has, so that the compiler
/// finds one that is missing.
fn runtime_module(tree: &Tree) -> String {
    let shared: Vec<&str> = runtime_modules(runtime_files(tree).map(|(path, _)| path))
        .into_iter()
        .filter(|name| *name != "client")
        .collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runtime_module_has_only_modules_of_the_output() {
        let file = |path: &str| (path.to_owned(), "// banner\ntext\n".to_owned());
        let tree: Tree = [
            "src/lib.rs",
            "src/runtime/mod.rs",
            "src/runtime/client/mod.rs",
            "src/runtime/wire/json.rs",
        ]
        .map(file)
        .into();
        let files = files(&tree, "m");
        let paths: Vec<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(paths, ["lib.rs", "runtime.rs"]);
        assert!(files["runtime.rs"].starts_with("pub use crate::runtime::{wire};\n"));
        let runtime: Vec<_> = runtime_files(&tree).collect();
        assert_eq!(
            runtime,
            [("client/mod.rs", "text\n"), ("wire/json.rs", "text\n")]
        );
    }
}
