//! The help of every command, against `tests/golden/help.txt`. After an intended change, run this once with
//! `UPDATE_GOLDENS=1` and read the diff.

use std::fs;
use std::path::Path;

use crate::workspace::{Workspace, run_in};

/// Returns the names in the list of commands of a help.
fn commands(help: &str) -> Vec<&str> {
    let (_, list) = help.split_once("\nCommands:\n").expect("there is a list");
    let (list, _) = list.split_once("\n\n").expect("the list ends");
    list.lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect()
}

fn help(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let ended = run_in(folder.path(), &[arguments, &["--help"]].concat(), &[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    let lines = ended.stdout.lines();
    lines.map(|line| format!("{}\n", line.trim_end())).collect()
}

#[test]
fn every_command_says_what_it_takes() {
    let top = help(&[]);
    let mut all = format!("$ oasmith --help\n{top}");
    for command in commands(&top) {
        all += &format!("\n$ oasmith {command} --help\n{}", help(&[command]));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/help.txt");
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(&path, &all).expect("the golden can be written");
    }
    let expected = fs::read_to_string(&path).expect("the golden exists");
    assert_eq!(all, expected);
}

#[test]
fn shells_get_completions() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for (shell, text) in [
        ("bash", "complete -F _oasmith"),
        ("zsh", "#compdef oasmith"),
        ("fish", "complete -c oasmith"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion"),
    ] {
        let ended = run_in(folder.path(), &["completions", shell], &[]);
        assert_eq!(ended.code, Some(0), "{ended:#?}");
        assert!(ended.stdout.contains(text), "{ended:#?}");
        assert!(ended.stdout.contains("explain"), "{ended:#?}");
    }
    let ended = run_in(folder.path(), &["completions", "cmd"], &[]);
    assert_eq!(ended.code, Some(2), "{ended:#?}");
}

/// A copy is in the package, and editors in this repository use it.
#[test]
fn the_schema_is_the_one_in_the_package() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let ended = run_in(folder.path(), &["schema"], &[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("codegen.schema.json");
    assert_eq!(ended.stdout, fs::read_to_string(file).expect("it exists"));
}

/// The name of `generate` and `check` before they were two commands, which scripts have.
#[test]
fn codegen_is_a_hidden_name_of_both() {
    assert!(!help(&[]).contains("codegen  "));
    let workspace = Workspace::fresh();
    workspace.drop_spare();
    let check = workspace.run(&["check"]);
    assert_eq!(check.code, Some(4), "{check:#?}");
    let codegen = workspace.run(&["codegen", "--check"]);
    assert_eq!((codegen.code, codegen.stdout), (check.code, check.stdout));
    assert_eq!(workspace.run(&["codegen"]).code, Some(0));
    assert_eq!(workspace.run(&["check"]).code, Some(0));
}
