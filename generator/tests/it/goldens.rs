//! Golden files: texts that are compared with files in the repository.
//!
//! They are written when `UPDATE_GOLDENS=1` is set, and a test that has written some fails: what it wrote is for a person to read.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Files by their path below a folder, `/` between its parts.
pub type Files = BTreeMap<String, String>;

/// The package's own folder.
pub fn package() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder; none when there is no such folder.
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
            let below = path.strip_prefix(folder).expect("it was found below it");
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

/// What differs between the golden files of a folder and what was made, a line each; empty when all is as it should be.
///
/// With `UPDATE_GOLDENS=1` the golden files are changed to what was made.
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
        found.push(format!("{}: no such file is made any more", shown(&path)));
    }
    found
}

/// Fails when something differs.
pub fn assert_none(differences: &[String]) {
    let hint = match update() {
        true => "These were written. Read the diff, then run without UPDATE_GOLDENS.",
        false => "If this is what you want, run with UPDATE_GOLDENS=1 and read the diff.",
    };
    assert!(
        differences.is_empty(),
        "\n{}\n{hint}",
        differences.join("\n")
    );
}

fn update() -> bool {
    std::env::var_os("UPDATE_GOLDENS").is_some_and(|value| value == "1")
}

/// A path as one would type it in the package's folder.
fn shown(path: &Path) -> String {
    path.strip_prefix(package())
        .unwrap_or(path)
        .display()
        .to_string()
}

/// Fails when two sets of files differ, and tells where; printing both would tell nothing.
pub fn assert_equal(left: &Files, right: &Files, what: &str) {
    let names: Vec<_> = left.keys().chain(right.keys()).collect();
    for name in names {
        match (left.get(name), right.get(name)) {
            (Some(left), Some(right)) if left == right => {}
            (Some(left), Some(right)) => {
                panic!("{what}: {name}, {}", first_difference(left, right))
            }
            _ => panic!("{what}: {name} is in one of the outputs only"),
        }
    }
}

/// Writes a file when its text differs, so that a build that looks at times finds nothing new in one that is equal.
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
