//! The types that generated crates define around those of this crate have the same methods, with the same documentation.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use oasmith_runtime::EXPORTS;

use crate::text::file;

fn own(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(path);
    fs::read_to_string(path).unwrap()
}

/// Returns the public methods of a type, each with its documentation and signature as words.
///
/// Lines that a macro needs and a module does not are left out, and so are paths: `mut self` is `self`.
fn methods(text: &str, head: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let blocks = text.lines().enumerate().filter(|(_, line)| {
        let code = line.trim();
        code.strip_prefix(head)
            .is_some_and(|rest| rest.starts_with(" {"))
    });
    for (start, line) in blocks {
        let end = text
            .lines()
            .skip(start + 1)
            .position(|one| ["}", "};"].contains(&one.trim()) && indent(one) == indent(line));
        let body = &lines[start + 1..start + 1 + end.unwrap()];
        let mut docs = Vec::new();
        let mut index = 0;
        while index < body.len() {
            let line = body[index];
            if let Some(doc) = line.strip_prefix("///") {
                docs.push(doc.trim());
            } else if line.starts_with("pub fn") || line.starts_with("pub async fn") {
                let mut signature = String::new();
                while !body[index].ends_with('{') {
                    signature += body[index];
                    signature += " ";
                    index += 1;
                }
                signature += body[index];
                let (name, said) = spelled(&signature, &docs);
                found.insert(name, said);
                docs.clear();
            } else if line == "#[doc(hidden)]" {
                // for generated code: it is not compared
                index += 1;
                docs.clear();
            } else if line == "}" || line.is_empty() {
                docs.clear();
            }
            index += 1;
        }
    }
    found
}

fn spelled(signature: &str, docs: &[&str]) -> (String, String) {
    let paths = [
        "$crate::external::http::",
        "$crate::external::bytes::",
        "$crate::external::",
        "$crate::runtime::retry::",
        "$crate::runtime::limit::",
        "$crate::runtime::timer::",
        "$crate::runtime::transport::",
        "super::call::",
        "::std::time::",
        "mut ",
    ];
    let mut signature = signature.replace(" ::reqwest::", " reqwest::");
    for path in paths {
        signature = signature.replace(path, "");
    }
    let words: Vec<&str> = signature.split_whitespace().collect();
    let signature = words
        .join(" ")
        .replace("( ", "(")
        .replace(", )", ")")
        .replace(",)", ")");
    let after = signature.split("fn ").nth(1).unwrap();
    let name = after.split(['(', '<']).next().unwrap().to_owned();
    // links that the text of a macro has to define
    let is_link = |line: &&&str| !(line.starts_with('[') && line.contains("]: "));
    let docs: Vec<&str> = docs.iter().filter(is_link).copied().collect();
    let docs = docs.join("\n");
    (name, format!("{}\n{signature}", docs.trim_end()))
}

fn same(native: &[&str], head: &str, local: &str, local_head: &str) {
    let mut of_files = BTreeMap::new();
    for path in native {
        of_files.extend(methods(file(path).unwrap().text, head));
    }
    assert!(
        of_files.len() > 5 || head == "impl Client",
        "{head} has methods"
    );
    assert_eq!(methods(&own(local), local_head), of_files);
}

#[test]
fn local_types_have_the_methods_of_those_around() {
    let call = [
        "runtime/call/mod.rs",
        "runtime/parameters/mod.rs",
        "runtime/form.rs",
    ];
    let head = "impl<T, E, Op> Call<T, E, Op>";
    same(&call, head, "local/call.rs", head);
    let client = ["runtime/client/mod.rs", "runtime/call/finish.rs"];
    same(&client, "impl Client", "local.rs", "impl Client");
    let mut builder = methods(
        file("runtime/client/builder.rs").unwrap().text,
        "impl ClientBuilder",
    );
    // it is there only with the default transport, and so a macro of its own
    let alone = builder.remove("http_client").unwrap();
    assert_eq!(methods(&own("local.rs"), "impl ClientBuilder"), builder);
    let inside = own("local.rs").replace(
        "    () => {\n        /// Uses an",
        "    impl Alone {\n        /// Uses an",
    );
    assert_eq!(methods(&inside, "impl Alone")["http_client"], alone);
}

#[test]
fn local_types_are_for_this_version() {
    let (version, _) = oasmith_runtime::VERSION.rsplit_once('.').unwrap();
    let arm = format!("    (v{}) => {{", version.replace('.', "_"));
    assert!(
        own("local.rs").contains(&arm),
        "`local_types!` has no `{arm}`"
    );
}

#[test]
fn the_root_has_what_outputs_export() {
    let root = own("lib.rs");
    let (_, exports) = root.split_once("what clients share").unwrap();
    for export in EXPORTS {
        let module = export.module;
        let names = export.names.join(", ");
        let lines = match export.names {
            [] => vec![format!("pub use runtime::{module};")],
            [one] => vec![format!("{module}::{one}"), format!("{module}::{one} as ")],
            _ => vec![
                format!("{module}::{{{names}}}"),
                format!("{module}::{{ {names}, }}"),
            ],
        };
        let spaced = exports.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            lines.iter().any(|line| spaced.contains(line)),
            "the root does not export {module}: {names}"
        );
    }
}
