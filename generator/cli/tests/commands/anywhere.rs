//! The binary in folders that are no cargo workspace.

use std::fs;
use std::path::Path;

use crate::workspace::{Workspace, run_in};

/// A folder with the description of the test workspace, and nothing else.
fn folder(description: &str) -> tempfile::TempDir {
    let top = tempfile::tempdir().expect("a temporary folder can be made");
    let path = top.path().join(description);
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("it can be made");
    fs::write(path, Workspace::new().read("spec/widgets.yaml")).expect("it can be written");
    top
}

fn lock(crate_folder: &Path) -> String {
    fs::read_to_string(crate_folder.join("codegen.lock")).expect("it was written")
}

#[test]
fn a_stand_alone_crate_needs_no_workspace() {
    let top = folder("api/widgets.yaml");
    let spec = ["--spec", "api/widgets.yaml", "--name", "widgets"];
    let arguments = [&["codegen", "--out", "client"], &spec[..]].concat();
    let ended = run_in(top.path(), &arguments, &[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert!(
        ended.stdout.contains("Wrote client/src/lib.rs\n"),
        "{ended:#?}"
    );

    let ended = run_in(top.path(), &[&arguments[..], &["--check"]].concat(), &[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert!(
        ended.stdout.starts_with("       Fresh widgets: "),
        "{ended:#?}"
    );

    fs::write(top.path().join("client/src/lib.rs"), "// mine\n").expect("it can be written");
    let ended = run_in(top.path(), &[&arguments[..], &["--check"]].concat(), &[]);
    assert_eq!(ended.code, Some(4), "{ended:#?}");
    let help =
        "run `oasmith generate --spec api/widgets.yaml --out client --name widgets` and commit\n";
    assert!(ended.stdout.ends_with(help), "{ended:#?}");
}

/// Inputs are named from the reference root, not from the folder that the command was started in.
#[test]
fn the_current_folder_does_not_change_the_output() {
    let top = folder("api/widgets.yaml");
    let run = |folder: &Path, spec: &str, out: &str| {
        let arguments = [
            "generate", "--spec", spec, "--out", out, "--name", "widgets",
        ];
        let ended = run_in(folder, &arguments, &[]);
        assert_eq!(ended.code, Some(0), "{ended:#?}");
    };
    run(top.path(), "api/widgets.yaml", "one");
    run(&top.path().join("api"), "widgets.yaml", "../two");
    let one = lock(&top.path().join("one"));
    assert!(
        one.lines().any(|line| line.ends_with(" widgets.yaml")),
        "{one}"
    );
    assert_eq!(one, lock(&top.path().join("two")));
}

#[test]
fn a_package_in_no_workspace_can_have_targets() {
    let top = folder("spec/widgets.yaml");
    let write =
        |path: &str, text: &str| fs::write(top.path().join(path), text).expect("it can be written");
    write(
        "Cargo.toml",
        "[package]\nname = \"own\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
    );
    write(
        "spec/codegen.yaml",
        &Workspace::new().read("spec/codegen.yaml"),
    );
    let ended = run_in(&top.path().join("spec"), &["generate"], &[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert!(
        ended.stdout.contains("Wrote widgets/src/lib.rs\n"),
        "{ended:#?}"
    );
    let manifest = fs::read_to_string(top.path().join("widgets/Cargo.toml"));
    let manifest = manifest.expect("it was written");
    assert!(manifest.contains("\n[workspace]\n"), "{manifest}");
    assert!(top.path().join("widgets/src/lib.rs").exists());
}

#[test]
fn targets_need_a_workspace() {
    let top = folder("spec/widgets.yaml");
    let ended = run_in(top.path(), &["generate"], &[]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    let message =
        "Error there is no `codegen.yaml` or `Cargo.toml` in this folder or a folder above\n";
    assert!(ended.stderr.ends_with(message), "{ended:#?}");
}

#[test]
fn the_binary_has_a_name_and_a_version() {
    let top = folder("widgets.yaml");
    let ended = run_in(top.path(), &["--version"], &[]);
    let version = format!("oasmith {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!((ended.code, ended.stdout), (Some(0), version));
    let ended = run_in(top.path(), &["--help"], &[]);
    assert!(ended.stdout.contains("Usage: oasmith "), "{ended:#?}");
}
