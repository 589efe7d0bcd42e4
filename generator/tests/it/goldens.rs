//! Golden files: texts that are compared with files in the repository.
//!
//! `UPDATE_GOLDENS=1` rewrites them. A test that rewrote a file fails, so that somebody reads the diff.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Files by their path below a folder, separated by `/`.
pub type Files = BTreeMap<String, String>;

/// Returns the folder of this package.
pub fn package() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Reads all files below a folder; an empty map if there is no such folder.
pub fn read_below(folder: &Path) -> Files {
    let mut files = Files::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        let Ok(entries) = fs::read_dir(&current) else {
            continue;
        };
        for entry in entries {
            let path = entry
                .expect("a folder of the repository can be listed")
                .path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let below = path
                .strip_prefix(folder)
                .expect("the file is below the folder");
            let name = below
                .to_str()
                .expect("file names are UTF-8")
                .replace('\\', "/");
            let text = fs::read_to_string(&path)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            files.insert(name, text);
        }
    }
    files
}

/// Describes each difference between the golden files of a folder and the generated ones in one line.
///
/// With `UPDATE_GOLDENS=1` it also replaces the golden files by the generated ones.
pub fn differences(folder: &Path, golden: &Files, made: &Files) -> Vec<String> {
    let update = update();
    let mut found = Vec::new();
    for (name, text) in made {
        let path = folder.join(name);
        let what = match golden.get(name) {
            Some(before) if before == text => continue,
            Some(before) => first_difference(before, text),
            None => "the golden file is missing".to_owned(),
        };
        if update {
            write(&path, text);
        }
        found.push(format!("{}: {what}", shown(&path)));
    }
    for name in golden.keys().filter(|name| !made.contains_key(*name)) {
        let path = folder.join(name);
        if update {
            fs::remove_file(&path).expect("a golden file can be removed");
        }
        found.push(format!(
            "{}: this file is no longer generated",
            shown(&path)
        ));
    }
    found
}

/// Panics if there are differences.
pub fn assert_none(differences: &[String]) {
    let hint = if update() {
        "These files were rewritten. Read the diff, then run without UPDATE_GOLDENS."
    } else {
        "If this change is intended, run with UPDATE_GOLDENS=1 and read the diff."
    };
    assert!(
        differences.is_empty(),
        "\n{}\n{hint}",
        differences.join("\n")
    );
}

pub fn update() -> bool {
    std::env::var_os("UPDATE_GOLDENS").is_some_and(|value| value == "1")
}

/// Returns a path relative to the folder of this package.
fn shown(path: &Path) -> String {
    path.strip_prefix(package())
        .unwrap_or(path)
        .display()
        .to_string()
}

/// Panics with the first difference if two sets of files differ; printing both would be too long to read.
pub fn assert_equal(left: &Files, right: &Files, what: &str) {
    let names: Vec<_> = left.keys().chain(right.keys()).collect();
    for name in names {
        match (left.get(name), right.get(name)) {
            (Some(left), Some(right)) if left == right => {}
            (Some(left), Some(right)) => {
                panic!("{what}: {name}, {}", first_difference(left, right))
            }
            _ => panic!("{what}: {name} is in only one of the outputs"),
        }
    }
}

/// Writes a file only if its text differs, so that cargo does not rebuild what is unchanged.
pub fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|before| before == text) {
        return;
    }
    let folder = path.parent().expect("a file is in a folder");
    fs::create_dir_all(folder).expect("a folder can be made");
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// `line 3: expected "a", found "b"`
fn first_difference(golden: &str, made: &str) -> String {
    let (mut golden, mut made) = (golden.split('\n'), made.split('\n'));
    for number in 1.. {
        match (golden.next(), made.next()) {
            (None, None) => break,
            (expected, found) if expected == found => {}
            (expected, found) => {
                let shown = |line: Option<&str>| {
                    line.map_or_else(
                        || "the end of the file".to_owned(),
                        |line| format!("{line:?}"),
                    )
                };
                return format!(
                    "line {number}: expected {}, found {}",
                    shown(expected),
                    shown(found)
                );
            }
        }
    }
    "the same lines".to_owned()
}

/// Panics if the lines between two markers of a page are not the generated ones.
pub fn assert_block(folder: &Path, page: &str, [begin, end]: [&str; 2], made: &str) {
    let text = fs::read_to_string(folder.join(page)).expect("the page exists");
    let (before, rest) = text.split_once(begin).expect("the block has a beginning");
    let (_, after) = rest.split_once(end).expect("the block has an end");
    let whole = format!("{before}{begin}{made}{end}{after}");
    let one = |text| Files::from([(page.to_owned(), text)]);
    assert_none(&differences(folder, &one(text), &one(whole)));
}
