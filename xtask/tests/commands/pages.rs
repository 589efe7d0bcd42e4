//! The pages for people name only what the repository has: files, and the tests that hold the invariants.

use std::fs;
use std::path::{Path, PathBuf};

/// The folders and files at the top of the repository that a path in a page starts with.
const TOP: [&str; 7] = [
    ".cargo/",
    ".ci/",
    ".github/",
    "generated/",
    "generator/",
    "spec/",
    "xtask/",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Returns the README and the pages below `.github/`, by their path.
fn pages() -> Vec<(String, String)> {
    let names = fs::read_dir(root().join(".github")).expect("the folder exists");
    let names = names.map(|entry| entry.expect("it can be listed").file_name());
    let names = names.map(|name| name.into_string().expect("file names are UTF-8"));
    let mut paths: Vec<String> = names
        .filter(|name| name.ends_with(".md"))
        .map(|name| format!(".github/{name}"))
        .collect();
    paths.sort();
    paths.push("README.md".to_owned());
    let read = |path: String| {
        let text = fs::read_to_string(root().join(&path)).expect("the page can be read");
        (path, text)
    };
    paths.into_iter().map(read).collect()
}

/// Returns the lines of a page that are not in a fenced block.
fn prose(page: &str) -> String {
    let mut is_fenced = false;
    let lines = page.lines().filter(|line| {
        let is_fence = line.trim_start().starts_with("```");
        is_fenced ^= is_fence;
        !is_fenced && !is_fence
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns the code spans of some Markdown.
fn spans(markdown: &str) -> impl Iterator<Item = &str> {
    markdown.split('`').skip(1).step_by(2)
}

/// Returns the targets of links that lead to a file.
fn links(markdown: &str) -> impl Iterator<Item = &str> {
    let all = markdown.split("](").skip(1);
    let targets = all.filter_map(|rest| rest.split([')', '#']).next());
    targets.filter(|target| !target.is_empty() && !target.contains("://"))
}

/// Returns whether a code span is a path of the repository, and not a pattern such as `generator/src/**`.
fn is_path(span: &str) -> bool {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-".contains(letter);
    TOP.iter().any(|top| span.starts_with(top)) && span.chars().all(is_plain)
}

#[test]
fn paths_and_links_in_the_pages_exist() {
    let mut count = 0;
    for (page, text) in pages() {
        let text = prose(&text);
        let folder = Path::new(&page).parent().expect("a page is in a folder");
        let paths = spans(&text).filter(|span| is_path(span)).map(PathBuf::from);
        let linked = links(&text).map(|target| folder.join(target));
        for path in paths.chain(linked) {
            assert!(root().join(&path).exists(), "{page}: {}", path.display());
            count += 1;
        }
    }
    assert!(count > 50, "only {count} paths were found");
}

/// A test that is ignored holds nothing, so it does not count.
#[test]
fn tests_that_hold_the_invariants_exist() {
    let page = fs::read_to_string(root().join(".github/ARCHITECTURE.md")).expect("it exists");
    let (_, table) = page
        .split_once("| invariant | held by |\n| --- | --- |\n")
        .expect("the page has the table");
    let mut count = 0;
    for row in table.lines().take_while(|line| line.starts_with('|')) {
        let (_, held_by) = row[1..].split_once('|').expect("a row has two cells");
        let mut file = String::new();
        for span in spans(held_by) {
            if is_path(span) {
                file = fs::read_to_string(root().join(span)).expect("the file exists");
            } else {
                let is_there = file.contains(&format!("#[test]\nfn {span}("));
                assert!(is_there, "there is no test {span}: {row}");
                count += 1;
            }
        }
        assert!(!file.is_empty(), "nothing holds this: {row}");
    }
    assert!(count > 20, "only {count} tests were found");
}

/// Users of a package find what changed in the package itself.
#[test]
fn published_packages_have_a_changelog() {
    let workspace = fs::read_to_string(root().join("Cargo.toml")).expect("it exists");
    let workspace: toml_edit::DocumentMut = workspace.parse().expect("the manifest is TOML");
    let members = workspace["workspace"]["members"].as_array();
    let members = members.expect("a list").iter();
    for member in members.map(|member| member.as_str().expect("a path")) {
        let folder = root().join(member);
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("a package has one");
        if manifest.contains("publish = false") {
            continue;
        }
        let text = fs::read_to_string(folder.join("CHANGELOG.md")).unwrap_or_default();
        let is_changelog = text.starts_with("# Changelog\n") && text.contains("\n## Unreleased\n");
        assert!(is_changelog, "{member}");
        assert!(
            !manifest.contains("include = ["),
            "{member}: is it packaged?"
        );
    }
}

/// The rules above hold only if paths are found.
#[test]
fn paths_and_links_are_told_from_other_code() {
    let text = prose(
        "See `generator/src/lib.rs`, [a](B.md#c), [d](https://e).\n```sh\ncat `xtask/x`\n```\n`a/b`",
    );
    let paths: Vec<_> = spans(&text).filter(|span| is_path(span)).collect();
    assert_eq!(paths, ["generator/src/lib.rs"]);
    assert_eq!(links(&text).collect::<Vec<_>>(), ["B.md"]);
    assert!(!is_path("generator/src/**") && !is_path("cargo test"));
}
