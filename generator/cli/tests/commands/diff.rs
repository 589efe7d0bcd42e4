//! `diff` in small repositories: where the older side comes from, and what is said when it cannot be had.
//!
//! Reports are compared with `tests/golden/diff-*.txt`, and what is wrong with `spec/accepted.yaml` with the folders of
//! `tests/accepted`. After a wanted change, run with `UPDATE_GOLDENS=1` and read the difference.

mod accepted;
mod formats;
mod impact;
mod kept;
mod messages;
mod sides;

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::workspace::{Ended, Workspace};

/// A workspace in a repository, with the tag `v0.1.0` on its only commit.
fn released() -> Workspace {
    let workspace = Workspace::new();
    git(&workspace, &["init", "--quiet", "--initial-branch=main"]);
    git(&workspace, &["config", "user.name", "Ada"]);
    git(&workspace, &["config", "user.email", "ada@example.com"]);
    commit(&workspace, "first");
    git(&workspace, &["tag", "v0.1.0"]);
    workspace
}

fn commit(workspace: &Workspace, message: &str) {
    git(workspace, &["add", "--all"]);
    git(workspace, &["commit", "--quiet", "--message", message]);
}

#[track_caller]
fn git(workspace: &Workspace, arguments: &[&str]) {
    git_in(workspace.root(), arguments);
}

#[track_caller]
fn git_in(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output()
        .expect("git can be started");
    assert!(output.status.success(), "{arguments:?}: {output:?}");
}

fn diff(workspace: &Workspace, more: &[&str]) -> Ended {
    workspace.run(&[&["diff"], more].concat())
}

/// Gives the description a new optional member, takes one out, and commits neither.
fn change(workspace: &Workspace) {
    workspace.replace(
        "spec/widgets.yaml",
        "        note:\n          type: string\n          description: Anything else.\n",
        "        color:\n          type: boolean\n",
    );
}

#[track_caller]
fn assert_golden(name: &str, text: &str) {
    compare(&format!("golden/{name}"), text);
}

#[track_caller]
fn compare(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(path);
    if env::var_os("UPDATE_GOLDENS").is_some_and(|value| value == "1") {
        fs::write(&file, text).expect("the golden can be written");
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(text, expected, "tests/{path}");
}
