//! `SOURCES` says the truth about the carried files: all are in it, and what it says of each is what its text says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use oasmith_runtime::{File, SOURCES};

/// Packages by the name that code calls them.
const PACKAGES: [(&str, &str); 15] = [
    ("base64", "base64"),
    ("bytes", "bytes"),
    ("chrono", "chrono"),
    ("fastrand", "fastrand"),
    ("futures_util", "futures-util"),
    ("http", "http"),
    ("http_body", "http-body"),
    ("httpdate", "httpdate"),
    ("reqwest", "reqwest"),
    ("secrecy", "secrecy"),
    ("serde", "serde"),
    ("serde_json", "serde_json"),
    ("tokio", "tokio"),
    ("tracing", "tracing"),
    ("uuid", "uuid"),
];

/// What every output carries. The others come in only when a description needs them.
const OPTIONAL: [&str; 19] = [
    "runtime/base64_values.rs",
    "runtime/bulk/account.rs",
    "runtime/bulk/job.rs",
    "runtime/bulk/mod.rs",
    "runtime/bulk/outcome.rs",
    "runtime/bulk/run.rs",
    "runtime/bulk/split.rs",
    "runtime/bulk/stream.rs",
    "runtime/bulk/verdict.rs",
    "runtime/chrono_values.rs",
    "runtime/events.rs",
    "runtime/form.rs",
    "runtime/headers.rs",
    "runtime/listed.rs",
    "runtime/multipart.rs",
    "runtime/parameters/mod.rs",
    "runtime/parameters/style.rs",
    "runtime/tuple.rs",
    "runtime/uuid_values.rs",
];

fn by_path() -> BTreeMap<&'static str, &'static File> {
    SOURCES.iter().map(|file| (file.path, file)).collect()
}

fn files_below(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, found);
        } else {
            let below = path.strip_prefix(source_root()).unwrap();
            found.push(below.to_str().unwrap().replace('\\', "/"));
        }
    }
}

fn source_root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The lines that are code.
fn code(file: &File) -> String {
    let lines = file.text.lines().map(str::trim_start);
    let code: Vec<&str> = lines.filter(|line| !line.starts_with("//")).collect();
    code.join("\n")
}

/// Every `word::` of the code that begins a path.
fn roots(code: &str) -> BTreeSet<&str> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut roots = BTreeSet::new();
    for (at, _) in code.match_indices("::") {
        let before = &code[..at];
        let word = before.rsplit(|c| !is_word(c)).next().unwrap();
        let lead = before.trim_end_matches(word);
        // `a::b::` has only the root `a`; a leading `::` is the root of a path itself
        let inner = lead
            .strip_suffix("::")
            .is_some_and(|rest| rest.ends_with(is_word) || rest.ends_with('>'));
        if !word.is_empty() && !inner {
            roots.insert(word);
        }
    }
    roots
}

#[test]
fn every_file_is_carried_once() {
    let mut found = Vec::new();
    files_below(&source_root().join("runtime"), &mut found);
    found.retain(|path| path != "runtime/mod.rs");
    found.sort();
    let listed: Vec<&str> = SOURCES.iter().map(|file| file.path).collect();
    assert_eq!(listed, found);
}

#[test]
fn dependencies_are_those_that_the_text_names() {
    for file in SOURCES {
        let code = code(file);
        let named = roots(&code);
        let expected: Vec<&str> = PACKAGES
            .iter()
            .filter(|(name, _)| named.contains(name))
            .map(|(_, package)| *package)
            .collect();
        assert_eq!(file.dependencies, expected, "{}", file.path);
    }
}

#[test]
fn features_are_those_that_the_text_names() {
    for file in SOURCES {
        let mut expected: Vec<&str> = file
            .text
            .split("feature = \"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        expected.sort_unstable();
        expected.dedup();
        assert_eq!(file.features, expected, "{}", file.path);
    }
}

#[test]
fn needs_are_complete_and_closed() {
    let files = by_path();
    for file in SOURCES {
        for needed in file.needs {
            assert!(files.contains_key(needed), "{}: {needed}", file.path);
        }
        let (folder, name) = file.path.rsplit_once('/').unwrap();
        let code = code(file);
        let mut expected = BTreeSet::new();
        for line in code.lines() {
            let public = ["pub ", "pub(crate) "];
            let declared = public.iter().find_map(|word| line.strip_prefix(word));
            let declared = declared.unwrap_or(line);
            let module = declared
                .strip_prefix("mod ")
                .and_then(|rest| rest.strip_suffix(';'));
            if let (Some(module), "mod.rs") = (module, name) {
                expected.insert(format!("{folder}/{module}.rs"));
            }
        }
        if folder != "runtime" && name != "mod.rs" {
            expected.insert(format!("{folder}/mod.rs"));
        }
        for rest in code.split("crate::runtime::").skip(1) {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            let module = &rest[..end.unwrap_or(rest.len())];
            let flat = format!("runtime/{module}.rs");
            let path = if files.contains_key(flat.as_str()) {
                flat
            } else {
                format!("runtime/{module}/mod.rs")
            };
            if path != file.path {
                expected.insert(path);
            }
        }
        let needs: BTreeSet<String> = file.needs.iter().map(|path| (*path).to_owned()).collect();
        assert_eq!(needs, expected, "{}", file.path);
    }
}

#[test]
fn what_is_optional_is_needed_only_by_what_is_optional() {
    for file in SOURCES.iter().filter(|file| !OPTIONAL.contains(&file.path)) {
        for optional in OPTIONAL {
            assert!(!file.needs.contains(&optional), "{}", file.path);
        }
    }
}

#[test]
fn a_carried_file_keeps_the_rules() {
    for file in SOURCES {
        let path = file.path;
        assert!(
            file.text.starts_with("//! "),
            "{path}: opens with what lives there"
        );
        assert!(
            !file.text.contains("cfg(test)"),
            "{path}: tests stay at home"
        );
        assert!(
            !file.text.contains('\r') && file.text.ends_with('\n'),
            "{path}"
        );
        assert!(file.text.lines().count() < 400, "{path}: too long");
        assert!(!code(file).contains("unsafe"), "{path}");
        for word in [
            ".unwrap()",
            ".expect(",
            "panic!(",
            "todo!(",
            "unreachable!(",
        ] {
            assert!(!code(file).contains(word), "{path}: {word}");
        }
        // an output is a crate of its own: the runtime reaches nothing but itself
        for rest in code(file).split("crate::").skip(1) {
            assert!(rest.starts_with("runtime::"), "{path}: crate::{rest:.20}");
        }
        assert!(!code(file).contains("super::super"), "{path}");
    }
}
