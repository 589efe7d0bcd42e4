//! `init`: where it writes, what it leaves alone, and that the other commands take what it wrote.

use std::fs;
use std::path::Path;

use crate::workspace::{Ended, Workspace, run_in, tree};

/// A folder with the description of the test workspace, and nothing else.
fn folder(description: &str) -> tempfile::TempDir {
    let top = tempfile::tempdir().expect("a temporary folder can be made");
    write(
        top.path(),
        description,
        &Workspace::new().read("spec/widgets.yaml"),
    );
    top
}

fn write(top: &Path, path: &str, text: &str) {
    let path = top.join(path);
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("it can be made");
    fs::write(path, text).expect("it can be written");
}

fn init(folder: &Path, arguments: &[&str]) -> Ended {
    run_in(folder, &[&["init"], arguments].concat(), &[])
}

#[test]
fn an_empty_folder_is_enough() {
    let top = folder("widgets.yaml");
    let ended = init(top.path(), &["widgets.yaml"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    let expected = "       Wrote codegen.yaml
       Wrote codegen.schema.json
        Help read codegen.yaml, then run `oasmith generate`
";
    assert_eq!(ended.stdout, expected);
    for (command, code) in [("check", 4), ("generate", 0), ("check", 0)] {
        let ended = run_in(top.path(), &[command], &[]);
        assert_eq!(ended.code, Some(code), "{ended:#?}");
    }
    let manifest = fs::read_to_string(top.path().join("widgets/Cargo.toml"));
    assert!(
        manifest
            .expect("it was written")
            .contains("name = \"widgets\"")
    );
}

#[test]
fn a_description_in_spec_has_its_choices_beside_it() {
    let top = folder("spec/v1/widgets.yaml");
    write(
        top.path(),
        "Cargo.toml",
        "[workspace]\nmembers = [\"client\"]\n",
    );
    let arguments = ["v1/widgets.yaml", "--name", "toys", "--output", "client"];
    let ended = init(&top.path().join("spec"), &arguments);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    let text = fs::read_to_string(top.path().join("spec/codegen.yaml")).expect("it was written");
    let target =
        "  - name: toys\n    input: spec/v1/widgets.yaml\n    output: client\n    package: toys\n";
    assert!(text.contains(target), "{text}");
    assert!(text.starts_with("# yaml-language-server: $schema=codegen.schema.json\n"));
    assert_eq!(run_in(top.path(), &["generate"], &[]).code, Some(0));
}

#[test]
fn what_exists_stays_as_it_is() {
    let workspace = Workspace::new();
    let before = workspace.tree();
    let ended = workspace.run(&["init", "spec/widgets.yaml"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    let message = "`spec/codegen.yaml` exists, and stays as it is; `oasmith init FILE --print` prints a target to add\n";
    assert!(ended.stderr.ends_with(message), "{ended:#?}");
    let ended = workspace.run(&["init", "spec/widgets.yaml", "--print", "--name", "second"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert!(ended.stdout.contains("  - name: second\n"), "{ended:#?}");
    assert_eq!(workspace.tree(), before);
}

#[test]
fn a_broken_description_says_what_is_left() {
    let top = folder("widgets.yaml");
    let write = |text: &str| write(top.path(), "widgets.yaml", text);
    write("openapi: [\n");
    let before = tree(top.path());
    let ended = init(top.path(), &["widgets.yaml"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert_eq!(tree(top.path()), before);

    let text = Workspace::new().read("spec/widgets.yaml");
    write(&text.replacen("schemas/Widget", "schemas/Gadget", 1));
    let ended = init(top.path(), &["widgets.yaml"]);
    assert_eq!(ended.code, Some(4), "{ended:#?}");
    assert!(ended.stderr.contains("error[OA0201]"), "{ended:#?}");
    let text = fs::read_to_string(top.path().join("codegen.yaml")).expect("it was written");
    assert!(text.contains("    #lenient: true\n"), "{text}");
}

#[test]
fn wrong_names_and_places_write_nothing() {
    let top = folder("api/widgets.yaml");
    let inner = top.path().join("inner");
    fs::create_dir_all(&inner).expect("it can be made");
    let before = tree(top.path());
    for (folder, arguments, message) in [
        (&inner, &["../api/widgets.yaml"][..], "is outside of"),
        (&inner, &["widgets.yaml"], "file `widgets.yaml` not found"),
        (
            &top.path().to_path_buf(),
            &["api/widgets.yaml", "--name", "a b"],
            "use ASCII letters",
        ),
        (
            &top.path().to_path_buf(),
            &["api/widgets.yaml", "--output", "../a"],
            "write a path without",
        ),
    ] {
        let ended = init(folder, arguments);
        assert_eq!(ended.code, Some(1), "{ended:#?}");
        assert!(ended.stderr.contains(message), "{ended:#?}");
    }
    assert_eq!(tree(top.path()), before);
}
