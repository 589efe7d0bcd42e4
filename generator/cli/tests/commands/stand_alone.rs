//! `--spec FILE --out DIR --name NAME`: a crate outside of the workspace.

use std::fs;
use std::path::Path;

use crate::workspace::{Ended, Workspace, bytes, tree};

/// Generates the workspace's description into `out`.
fn generate(workspace: &Workspace, out: &Path, more: &[&str]) -> Ended {
    let out = out.to_str().expect("temporary paths are UTF-8");
    let mut arguments = vec![
        "codegen",
        "--spec",
        "spec/widgets.yaml",
        "--name",
        "widgets",
        "--out",
        out,
    ];
    arguments.extend(more);
    workspace.run(&arguments)
}

#[test]
fn a_crate_with_a_manifest_that_is_its_own_workspace() {
    let (workspace, top) = (
        Workspace::new(),
        tempfile::tempdir().expect("it can be made"),
    );
    let out = top.path().join("x");
    let ended = generate(&workspace, &out, &[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    let manifest = fs::read_to_string(out.join("Cargo.toml")).expect("it was written");
    assert!(manifest.contains("name = \"widgets\""), "{manifest}");
    assert!(manifest.contains("[workspace]"), "{manifest}");
    assert!(out.join("src/lib.rs").exists());

    let before = tree(&out);
    assert_eq!(generate(&workspace, &out, &["--check"]).code, Some(0));
    let ended = generate(&workspace, &out, &[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert!(ended.stdout.contains("nothing written"), "{ended:#?}");
    assert_eq!(tree(&out), before);
}

#[test]
fn an_unsupported_operation_leaves_the_others() {
    let workspace = Workspace::new();
    let top = tempfile::tempdir().expect("it can be made");
    let text = "{ openapi: 3.2.0, info: { title: T, version: '1' }, paths: { /a: { \
        get: { operationId: stays, responses: {} }, \
        additionalOperations: { CONNECT: { operationId: tunnel, responses: {} } } } } }";
    fs::write(workspace.root().join("spec/widgets.yaml"), text).expect("it can be written");
    let out = top.path().join("x");
    let strict = generate(&workspace, &out, &["--strict"]);
    assert_eq!(strict.code, Some(1), "{strict:#?}");
    assert!(
        strict.stderr.contains("error[OA0301]: `tunnel`"),
        "{strict:#?}"
    );
    assert!(!out.exists());

    let ended = generate(&workspace, &out, &[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert!(
        ended.stderr.contains("warning[OA0301]: `tunnel`"),
        "{ended:#?}"
    );
    let methods = fs::read_to_string(out.join("src/client/default.rs")).expect("it was written");
    assert!(
        methods.contains("fn stays") && !methods.contains("tunnel"),
        "{methods}"
    );
}

#[test]
fn the_bytes_are_the_same_wherever_workspace_and_crate_are() {
    let made = |out: &str| {
        let workspace = Workspace::new();
        let top = tempfile::tempdir().expect("it can be made");
        let out = top.path().join(out);
        assert_eq!(generate(&workspace, &out, &[]).code, Some(0));
        tree(&out)
    };
    let (one, two) = (made("one"), made("two/deep"));
    assert_eq!(bytes(&one), bytes(&two));
    let lock = String::from_utf8_lossy(&one[Path::new("codegen.lock")].0);
    assert!(lock.starts_with("input "), "{lock}");
    assert!(
        lock.lines()
            .any(|line| line.ends_with(" spec/widgets.yaml")),
        "{lock}"
    );
}

#[test]
fn a_description_outside_of_the_workspace_is_named_from_its_reference_root() {
    let (workspace, top) = (
        Workspace::new(),
        tempfile::tempdir().expect("it can be made"),
    );
    let folder = top.path().join("apis/v1");
    fs::create_dir_all(&folder).expect("it can be made");
    fs::copy(workspace.path("spec/widgets.yaml"), folder.join("w.yaml")).expect("it is there");
    let spec = folder.join("w.yaml");
    let run = |out: &str, more: &[&str]| {
        let spec = spec.to_str().expect("temporary paths are UTF-8");
        let mut arguments = vec!["codegen", "--spec", spec, "--name", "w", "--out", out];
        arguments.extend(more);
        let ended = workspace.run(&arguments);
        assert_eq!(ended.code, Some(0), "{ended:#?}");
        workspace.read(&format!("{out}/codegen.lock"))
    };
    let root = top.path().join("apis");
    let root = root.to_str().expect("temporary paths are UTF-8");
    assert!(run("one", &[]).contains(" w.yaml\n"));
    assert!(run("two", &["--ref-root", root]).contains(" v1/w.yaml\n"));
}

#[test]
fn a_folder_with_files_and_no_lock_needs_force() {
    let (workspace, top) = (
        Workspace::new(),
        tempfile::tempdir().expect("it can be made"),
    );
    fs::write(top.path().join("notes.md"), "notes").expect("it can be written");
    let ended = generate(&workspace, top.path(), &[]);
    assert_eq!(ended.code, Some(4), "{ended:#?}");
    assert!(ended.stderr.contains("Aborted"), "{ended:#?}");
    assert_eq!(tree(top.path()).len(), 1);
    assert_eq!(generate(&workspace, top.path(), &["--force"]).code, Some(0));
    let notes = fs::read_to_string(top.path().join("notes.md")).expect("it is there");
    assert_eq!(notes, "notes");
}

#[test]
fn the_manifest_belongs_to_people_once_it_is_there() {
    let (workspace, top) = (
        Workspace::new(),
        tempfile::tempdir().expect("it can be made"),
    );
    assert_eq!(generate(&workspace, top.path(), &[]).code, Some(0));
    let path = top.path().join("Cargo.toml");
    let text = fs::read_to_string(&path).expect("it was written");
    fs::write(&path, format!("# mine\n{text}")).expect("it can be written");
    assert_eq!(generate(&workspace, top.path(), &["--check"]).code, Some(0));
    assert_eq!(generate(&workspace, top.path(), &["--force"]).code, Some(0));
    let kept = fs::read_to_string(&path).expect("it is there");
    assert!(kept.starts_with("# mine\n"));

    fs::write(&path, "[package]\nname = \"widgets\"\n\n[workspace]\n").expect("it can be written");
    let ended = generate(&workspace, top.path(), &["--check"]);
    assert_eq!(ended.code, Some(4), "{ended:#?}");
    assert!(
        ended.stdout.contains("[dependencies]: serde_json = "),
        "{ended:#?}"
    );
    assert!(
        ended
            .stdout
            .contains("run `oasmith generate --spec spec/widgets.yaml --out ")
    );
}

#[test]
fn a_description_outside_its_reference_root_is_an_error() {
    let workspace = Workspace::new();
    workspace.write("inner/README.md", "");
    let ended = generate(&workspace, Path::new("x"), &["--ref-root", "inner"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    let message = "`spec/widgets.yaml` is outside its reference root\n";
    assert!(ended.stderr.contains(message), "{ended:#?}");
    assert!(!workspace.path("x").exists());
}

#[test]
fn the_choices_beside_the_description_apply_and_are_named() {
    let workspace = Workspace::new();
    let top = tempfile::tempdir().expect("it can be made");
    let folder = top.path().join("api");
    fs::create_dir_all(&folder).expect("it can be made");
    fs::copy(workspace.path("spec/widgets.yaml"), folder.join("w.yaml")).expect("it is there");
    let out = top.path().join("out");
    let run = |more: &[&str]| {
        let (spec, out) = (folder.join("w.yaml"), out.clone());
        let spec = spec.to_str().expect("temporary paths are UTF-8");
        let out = out.to_str().expect("temporary paths are UTF-8");
        let mut arguments = vec!["codegen", "--spec", spec, "--name", "w", "--out", out];
        arguments.extend(more);
        workspace.run(&arguments)
    };
    let methods = || fs::read_to_string(out.join("src/client/widgets.rs")).expect("it was written");
    assert_eq!(run(&[]).code, Some(0));
    assert!(methods().contains("fn make_widget"));

    let rename = "version: 1\nrename: { operations: { make_widget: create } }\n";
    fs::write(folder.join("codegen.yaml"), rename).expect("it can be written");
    assert_eq!(run(&["--check"]).code, Some(4));
    let ended = run(&[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert!(ended.stdout.contains("Using choices of `"), "{ended:#?}");
    assert!(methods().contains("fn create"));
    let lock = fs::read_to_string(out.join("codegen.lock")).expect("it was written");
    assert!(lock.contains(" codegen.yaml\n"), "{lock}");

    let targets = "version: 1
targets:
  - { name: a, input: w.yaml, output: a, package: a, rename: { operations: { make_widget: of_a } } }
  - { name: w, input: w.yaml, output: b, package: b, rename: { operations: { make_widget: of_w } } }
";
    fs::write(folder.join("other.yaml"), targets).expect("it can be written");
    let other = folder.join("other.yaml");
    let other = other.to_str().expect("temporary paths are UTF-8");
    let ended = run(&["--config", other]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert!(ended.stdout.contains(", target `w`"), "{ended:#?}");
    assert!(methods().contains("fn of_w"));

    let strange = "version: 1\ntargets: [{ name: a, input: b.yaml, output: a, package: a }]\n";
    fs::write(folder.join("codegen.yaml"), strange).expect("it can be written");
    let ended = run(&[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert!(
        ended
            .stdout
            .contains("is not used: it has no target with this description"),
        "{ended:#?}"
    );
    fs::write(folder.join("codegen.yaml"), "version: 1\nrenames: {}\n").expect("it can be written");
    let ended = run(&[]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert!(ended.stderr.contains("error[OA0501]"), "{ended:#?}");
}
