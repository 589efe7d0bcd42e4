//! Compiles outputs with a program that reads and writes instances, and asks it.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use oasmith::{Output, manifest};
use serde_json::Value;

use super::Document;
use crate::goldens;

/// What a program says about an instance.
pub enum Answer {
    /// It was read, and written back; `{:?}` prints it like this.
    Read { written: Value, printed: String },
    /// It was not read, for this reason.
    Rejected(String),
}

/// Returns the answers to all instances of each document.
pub fn ask(documents: &[Document], outputs: &[Output]) -> Vec<Vec<Answer>> {
    let workspace = workspace();
    let mut members = Vec::new();
    for (document, output) in documents.iter().zip(outputs) {
        let folder = workspace.join(&document.name);
        // a file of an earlier run can be a second one for a module of this run: `call.rs` beside `call/mod.rs`
        for path in goldens::read_below(&folder).keys() {
            if path.starts_with("src/") && !output.files.contains_key(path) {
                fs::remove_file(folder.join(path)).expect("a file of this test can be removed");
            }
        }
        for (path, text) in &output.files {
            goldens::write(&folder.join(path), text);
        }
        let manifest = manifest(&document.name, &output.requirements);
        goldens::write(
            &folder.join("Cargo.toml"),
            &manifest.replace("\n[workspace]\n", ""),
        );
        goldens::write(&folder.join("examples/read.rs"), &source(document, output));
        members.push(format!("    \"{}\",\n", document.name));
    }
    let members = members.concat();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n\n[profile.dev]\ndebug = false\n"
    );
    goldens::write(&workspace.join("Cargo.toml"), &manifest);
    let lock = goldens::package().join("../Cargo.lock");
    if lock.exists() && !workspace.join("Cargo.lock").exists() {
        fs::copy(lock, workspace.join("Cargo.lock")).expect("a file can be copied");
    }
    documents
        .iter()
        .map(|document| ask_one(&workspace, document))
        .collect()
}

/// Returns the folder of the packages.
fn workspace() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("unions")
}

/// Returns the source of the program: a line in, `3<tab>{"id": 1}`; a line out, `ok<tab>{"id":1}<tab>Pet { id: 1 }` or
/// `err<tab>reason`.
fn source(document: &Document, output: &Output) -> String {
    let module = document.name.replace('-', "_");
    let mut rows = String::new();
    for (_, case) in document.cases() {
        let place = format!("/components/schemas/{}", case.root);
        let (name, is_nullable) =
            super::type_at(&output.api, &place).unwrap_or_else(|| panic!("`{place}` has no type"));
        let ty = format!("{module}::types::{name}");
        let ty = if is_nullable {
            format!("Option<{ty}>")
        } else {
            ty
        };
        rows += &format!("    check::<{ty}>,\n");
    }
    include_str!("read.rs.txt").replace("/* rows */", &rows)
}

fn ask_one(workspace: &Path, document: &Document) -> Vec<Answer> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let mut child = Command::new(env!("CARGO"))
        .args([
            "run",
            "--quiet",
            "--offline",
            "--no-default-features",
            "--example",
            "read",
            "-p",
            &document.name,
        ])
        .current_dir(workspace)
        .env(
            "CARGO_TARGET_DIR",
            target.expect("it is `tmp` in the target directory"),
        )
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("cargo runs, since it runs this test");
    let mut stdin = child.stdin.take().expect("it is piped");
    let lines: String = document
        .cases()
        .enumerate()
        .map(|(index, (_, case))| format!("{index}\t{}\n", case.instance))
        .collect();
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let output = child.wait_with_output().expect("it was started");
    assert!(
        output.status.success(),
        "the program of `{}` failed",
        document.name
    );
    writer
        .join()
        .expect("it does not panic")
        .expect("the program reads all");
    let text = String::from_utf8(output.stdout).expect("the program writes UTF-8");
    let answers: Vec<Answer> = text.lines().map(answer).collect();
    assert_eq!(
        answers.len(),
        document.cases().count(),
        "an answer for each instance"
    );
    answers
}

fn answer(line: &str) -> Answer {
    let parts: Vec<&str> = line.splitn(3, '\t').collect();
    match parts.as_slice() {
        ["ok", json, printed] => Answer::Read {
            written: serde_json::from_str(json).expect("the program writes JSON"),
            printed: (*printed).to_owned(),
        },
        _ => Answer::Rejected(line.trim_start_matches("err\t").to_owned()),
    }
}
