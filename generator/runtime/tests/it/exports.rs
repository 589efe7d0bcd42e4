//! `EXPORTS`: each name is a public item of its module, and the part and feature are those of the module's files.

use oasmith_runtime::{EXPORTS, SOURCES};

use crate::text::{code, module};

/// Whether a text defines or re-exports a public item.
fn shows(code: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let exports = code
        .split("\npub use ")
        .skip(1)
        .filter_map(|rest| rest.split(';').next());
    let mut exported = exports.flat_map(|list| list.split(|c| !is_word(c)));
    let kinds = ["struct", "enum", "trait", "type"];
    let mut defined = kinds.iter().flat_map(|kind| {
        let start = format!("\npub {kind} ");
        let items: Vec<&str> = code.split(&start).skip(1).collect();
        items
            .into_iter()
            .filter_map(|rest| rest.split(|c| !is_word(c)).next())
    });
    exported.any(|one| one == name) || defined.any(|one| one == name)
}

#[test]
fn exports_are_public_items_of_their_modules() {
    for export in EXPORTS {
        let root = SOURCES.iter().find(|file| {
            let paths = ["mod.rs", "rs"].map(|end| match end {
                "rs" => format!("runtime/{}.rs", export.module),
                end => format!("runtime/{}/{end}", export.module),
            });
            paths.iter().any(|path| path == file.path)
        });
        let root = root.unwrap_or_else(|| panic!("there is no module {}", export.module));
        let code = code(root.text);
        for name in export.names {
            assert!(shows(&code, name), "{} has no {name}", export.module);
        }
        assert_eq!(root.part, export.part, "{}", export.module);
        let condition = export
            .feature
            .map(|name| format!("#![cfg(feature = \"{name}\")]"));
        assert_eq!(
            root.text.contains("#![cfg("),
            condition.is_some(),
            "{}",
            export.module
        );
        assert!(
            condition.is_none_or(|line| root.text.contains(&line)),
            "{}",
            export.module
        );
    }
}

#[test]
fn no_name_is_exported_twice() {
    let mut names: Vec<&str> = EXPORTS
        .iter()
        .flat_map(|export| export.names)
        .copied()
        .collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    assert!(EXPORTS.is_sorted_by_key(|export| export.module));
}

#[test]
fn exports_of_a_module_that_no_file_has_are_found() {
    assert!(SOURCES.iter().all(|file| module(file.path) != "made_up"));
    assert!(shows("\npub struct Call<T> {", "Call"));
    assert!(shows(
        "\npub use error::{ApiError, CallError};",
        "CallError"
    ));
    assert!(!shows("\npub struct CallError {", "Call"));
}
