//! The structure of the generator's own source: dependencies between its parts, and sizes of files and functions.
//!
//! Sources are parsed with syn. Tokens inside macros, such as the Rust of `quote!`, are not the generator's own code
//! and are not checked.

mod cycles;
mod rooms;
mod sketch;
mod source;

use source::{Source, head, sources};

use crate::{functions, goldens};

/// Parts with the parts that each may name.
type Rows = &'static [(&'static str, &'static [&'static str])];

/// The parts of the crate that a part may name besides itself. Stages are listed in order; none names a later one.
const MAY_NAME: Rows = &[
    ("pointer", &[]),
    ("diagnostic", &["pointer"]),
    ("spec", &["diagnostic"]),
    ("load", &["diagnostic", "pointer", "spec"]),
    ("report", &["diagnostic", "load", "pointer"]),
    ("options", &["diagnostic", "load", "pointer"]),
    ("name", &["diagnostic", "options", "pointer", "spec"]),
    (
        "resolve",
        &["diagnostic", "load", "options", "pointer", "spec"],
    ),
    ("ir", &["pointer"]),
    (
        "lower",
        &[
            "diagnostic",
            "ir",
            "name",
            "options",
            "pointer",
            "resolve",
            "spec",
        ],
    ),
    ("join", &["diagnostic", "ir", "name", "pointer"]),
    ("emit", &["ir", "name", "options"]),
    ("render", &["diagnostic", "emit", "options", "pointer"]),
    ("compare", &["ir", "name", "options", "pointer", "render"]),
];

/// The items of the crate's root that a part may name: what compares outputs takes them.
const ROOT_ITEMS: Rows = &[("compare", &["Output"])];

/// The crates that only some parts may name.
const CRATES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["report"]),
    ("granit_parser", &["load"]),
    ("heck", &["name"]),
    ("oasmith_runtime", &["emit", "name"]),
    ("openapiv3", &["resolve", "lower"]),
    ("prettyplease", &["render"]),
    ("proc_macro2", &["compare", "emit", "render"]),
    ("quote", &["compare", "emit", "render"]),
    ("rayon", &["render", "resolve"]),
    ("regex", &["load"]),
    ("serde_yaml", &["options"]),
    ("sha2", &["compare"]),
    ("syn", &["compare", "emit", "render"]),
    ("unicode_security", &["name"]),
];

/// The modules of std that a library without disk, terminal and clock does not name.
const NOWHERE: &[&str] = &["env", "fs", "io", "net", "process", "thread", "time"];

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 80;

/// The folders of code that people write, below the generator's own.
const CODE: [&str; 5] = [
    "src",
    "cli/src",
    "coverage/src",
    "runtime/src",
    "../xtask/src",
];

fn assert_none(findings: &[String]) {
    assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
}

#[test]
fn parts_name_only_parts_in_their_row() {
    let mut findings = Vec::new();
    for source in sources().iter().filter(|source| source.path != "lib.rs") {
        let row = MAY_NAME.iter().find(|(part, _)| *part == source.part);
        let Some((_, allowed)) = row else {
            findings.push(format!(
                "{}: this part has no row in the table",
                source.path
            ));
            continue;
        };
        for path in &source.paths {
            let ("crate", part) = head(path) else {
                continue;
            };
            let is_root_item = ROOT_ITEMS.contains(&(source.part.as_str(), &[part]));
            if part != source.part && !allowed.contains(&part) && !is_root_item {
                findings.push(format!("{} names {path}", source.path));
            }
        }
    }
    assert_none(&findings);
}

/// The coverage crate checks the stages, so it reads their data and none of their tables.
#[test]
fn the_coverage_crate_names_data_only() {
    const DATA: [&str; 4] = ["diagnostic", "ir", "load", "pointer"];
    let files = goldens::read_below(&goldens::package().join("coverage/src"));
    let files = files.into_iter().filter(|(path, _)| path != "tests.rs");
    let sources: Vec<Source> = files.map(|(path, text)| Source::read(path, text)).collect();
    assert!(sources.len() > 10, "{} files", sources.len());
    let mut findings = Vec::new();
    for source in &sources {
        for path in &source.paths {
            let ("oasmith", part) = head(path) else {
                continue;
            };
            if !DATA.contains(&part) {
                findings.push(format!("coverage/src/{} names {path}", source.path));
            }
        }
    }
    assert_none(&findings);
}

/// `use super::super::emit` would bypass the table.
#[test]
fn no_part_leaves_itself_by_super() {
    let mut findings = Vec::new();
    for source in sources().iter().filter(|source| source.path != "lib.rs") {
        let folders = source.path.matches('/').count();
        for path in &source.paths {
            let ups = path.split("::").take_while(|word| *word == "super").count();
            if ups > folders {
                findings.push(format!("{} names {path}", source.path));
            }
        }
    }
    assert_none(&findings);
}

#[test]
fn external_crates_are_named_only_where_allowed() {
    let mut findings = Vec::new();
    for source in sources() {
        for path in &source.paths {
            let row = CRATES.iter().find(|(name, _)| *name == head(path).0);
            if row.is_some_and(|(_, parts)| !parts.contains(&source.part.as_str())) {
                findings.push(format!("{} names {path}", source.path));
            }
        }
    }
    assert_none(&findings);
}

#[test]
fn ir_names_only_std_and_pointer() {
    let own = ["crate", "self", "super", "Self", "std", "core"];
    let foreign = [
        "indexmap",
        "openapiv3",
        "proc_macro2",
        "quote",
        "serde",
        "serde_json",
        "syn",
    ];
    for source in sources().iter().filter(|source| source.part == "ir") {
        for path in source.paths.iter().filter(|path| path.contains("::")) {
            let first = head(path).0;
            let is_type = first.starts_with(|letter: char| letter.is_ascii_uppercase());
            let own_modules = [
                "batch",
                "docs",
                "features",
                "joined",
                "left_out",
                "operation",
                "repeat",
                "reply",
                "request",
                "scalar",
                "security",
                "types",
            ];
            let is_own_module = own_modules.contains(&first);
            assert!(
                own.contains(&first) || is_type || is_own_module,
                "{} names {path}",
                source.path
            );
            assert!(!foreign.contains(&first), "{} names {path}", source.path);
        }
    }
}

#[test]
fn nothing_uses_disk_terminal_clock_or_network() {
    let printing = ["dbg!", "eprint!", "eprintln!", "print!", "println!"];
    let mut findings = Vec::new();
    for source in sources() {
        for path in &source.paths {
            let (first, second) = head(path);
            if (first == "std" && NOWHERE.contains(&second)) || printing.contains(&path.as_str()) {
                findings.push(format!("{} names {path}", source.path));
            }
        }
    }
    assert_none(&findings);
}

#[test]
fn files_and_functions_are_small_and_modules_documented() {
    let findings: Vec<String> = CODE
        .iter()
        .flat_map(|folder| {
            let files = goldens::read_below(&goldens::package().join(folder));
            assert!(files.len() > 3, "{folder} has {} files", files.len());
            files
                .into_iter()
                .filter(|(path, _)| path.ends_with(".rs") && !path.contains("tests"))
                .flat_map(move |(path, text)| size_findings(&format!("{folder}/{path}"), &text))
        })
        .collect();
    assert_none(&findings);
}

fn size_findings(path: &str, text: &str) -> Vec<String> {
    let mut findings = Vec::new();
    let lines = text.lines().count();
    if lines > FILE_LINES {
        findings.push(format!("{path}: {lines} lines"));
    }
    if !text.starts_with("//! ") {
        findings.push(format!("{path}: no `//!` at its beginning"));
    }
    let functions = functions::lengths(text);
    let large = functions
        .iter()
        .filter(|(_, lines)| *lines > FUNCTION_LINES);
    findings.extend(large.map(|(name, lines)| format!("{path}: {name} has {lines} lines")));
    findings
}

/// The rules above hold only if the parser finds every path.
#[test]
fn all_paths_of_a_file_are_found() {
    let text = "//! Text.\nuse crate::{ir::Api, emit};\nuse std::fs as disk;\n\
        fn f() -> syn::Result<()> { println!(\"\"); std::env::args(); super::super::g() }\n\
        #[cfg(test)]\nmod tests { use crate::render; }\n";
    let source = Source::read("lower/schema.rs".to_owned(), text.to_owned());
    for path in [
        "crate::ir::Api",
        "crate::emit",
        "std::fs",
        "syn::Result",
        "println!",
        "std::env::args",
        "super::super::g",
    ] {
        assert!(
            source.paths.contains(path),
            "{path} is not among {:?}",
            source.paths
        );
    }
    assert!(!source.paths.contains("crate::render"));
    assert_eq!(source.part, "lower");
}
