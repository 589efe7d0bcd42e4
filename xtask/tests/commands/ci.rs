//! `ci` with a cargo that only records its calls: the order of the steps, and where they stop.

use std::fs;

use crate::workspace::{Ended, Workspace};

/// A file of the repository: one that a test writes could still be open in a child of another test when it is started.
const CARGO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/commands/cargo.sh");

/// Runs `ci` in a workspace with such a cargo, and returns the recorded calls, too.
fn run(workspace: &Workspace, fails: &str, variables: &[(&str, &str)]) -> (Ended, Vec<String>) {
    workspace.write("calls", "");
    for example in ["own-xtask", "build-script", "shared-runtime"] {
        let folder = workspace.path("generator/examples").join(example);
        fs::create_dir_all(folder).expect("it can be made");
    }
    let path = workspace.path("calls");
    let path = path.to_str().expect("temporary paths are UTF-8");
    let mut all = vec![("CARGO", CARGO), ("CALLS", path), ("FAILS", fails)];
    all.extend(variables);
    let ended = workspace.run_with(&["ci"], &all);
    let calls = workspace
        .read("calls")
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect();
    (ended, calls)
}

fn git(workspace: &Workspace, arguments: &[&str]) {
    let mut command = std::process::Command::new("git");
    let command = command.args(arguments).current_dir(workspace.root());
    assert!(command.status().expect("git can be started").success());
}

#[test]
fn all_steps_run_in_order() {
    let workspace = Workspace::new();
    let (ended, calls) = run(&workspace, "", &[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    let first = [
        "fmt --all",
        "xtask codegen",
        "test --workspace",
        "clippy --workspace",
    ];
    assert_eq!(calls[..4], first);
    assert!(
        calls.contains(&"RUSTFLAGS=-Dwarnings check".to_owned()),
        "{calls:?}"
    );
    assert!(
        ended.stdout.contains("Step test: cargo test --workspace\n"),
        "{ended:#?}"
    );
    let passed = format!("      Passed all {} steps in ", calls.len());
    assert!(ended.stdout.contains(&passed), "{ended:#?}");
    let skipped = "Skipped `../shared/corpus` does not exist: ";
    assert!(ended.stdout.contains(skipped), "{ended:#?}");
}

#[test]
fn the_first_failure_stops_it() {
    let workspace = Workspace::new();
    let (ended, calls) = run(&workspace, "test", &[("GITHUB_ACTIONS", "true")]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert_eq!(calls.len(), 3, "{calls:?}");
    for text in [
        "      Failed test: exit status: 1\n",
        "     Not run clippy, doc, ",
        "        Help run `cargo test --workspace`\n",
        "::error title=ci::test failed (exit status: 1): cargo test --workspace\n",
    ] {
        assert!(ended.stdout.contains(text), "{text:?} in {ended:#?}");
    }
}

#[test]
fn tests_get_the_folders_of_the_documents() {
    let workspace = Workspace::new_below("main");
    for folder in ["../shared/corpus", "../shared/vectors"] {
        fs::create_dir_all(workspace.path(folder)).expect("it can be made");
    }
    let (ended, calls) = run(&workspace, "", &[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert!(
        calls.contains(&"test --workspace corpus vectors".to_owned()),
        "{calls:?}"
    );
    assert!(!ended.stdout.contains("Skipped `../shared/"), "{ended:#?}");
}

/// The search path has only what the fake cargo needs, and `cargo-deny` or not.
#[test]
fn dependencies_are_checked_if_cargo_deny_is_installed() {
    use std::os::unix::fs::symlink;
    let workspace = Workspace::new();
    fs::create_dir(workspace.path("tools")).expect("it can be made");
    symlink("/bin/mkdir", workspace.path("tools/mkdir")).expect("it can be made");
    let tools = workspace.path("tools");
    let path = [("PATH", tools.to_str().expect("temporary paths are UTF-8"))];
    let skipped = "Skipped `cargo-deny` is not installed: ";
    for is_installed in [false, true] {
        if is_installed {
            symlink("/bin/true", tools.join("cargo-deny")).expect("it can be made");
        }
        let (ended, calls) = run(&workspace, "", &path);
        assert_eq!(ended.code, Some(0), "{ended:#?}");
        assert_eq!(calls.contains(&"deny check".to_owned()), is_installed);
        assert_eq!(ended.stdout.contains(skipped), !is_installed, "{ended:#?}");
    }
}

/// A clone has a commit, and an archive of the files none.
#[test]
fn changes_are_compared_if_there_is_a_commit() {
    let workspace = Workspace::new();
    let is_compared = |calls: &[String]| calls.iter().any(|call| call == "xtask diff");
    let (ended, calls) = run(&workspace, "", &[]);
    assert!(!is_compared(&calls), "{calls:?}");
    let skipped = "Skipped there is no commit, or no git: ";
    assert!(ended.stdout.contains(skipped), "{ended:#?}");
    let person = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
    git(&workspace, &["init", "--quiet"]);
    let commit = ["commit", "--quiet", "--allow-empty", "--message", "first"];
    git(&workspace, &[&person[..], &commit].concat());
    let (ended, calls) = run(&workspace, "", &[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert!(is_compared(&calls), "{calls:?}");
}

#[test]
fn on_ci_a_step_must_not_change_the_tree() {
    let workspace = Workspace::new();
    git(&workspace, &["init", "--quiet"]);
    let (ended, _) = run(&workspace, "", &[("CI", "true")]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert!(
        ended
            .stdout
            .contains("Failed a step changed the working tree:\n?? "),
        "{ended:#?}"
    );
    workspace.write(".git/info/exclude", "*\n");
    let (ended, _) = run(&workspace, "", &[("CI", "true")]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
}
