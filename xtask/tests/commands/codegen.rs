//! The shared commands are those of `oasmith-cli`, and messages name them as they are typed here.

use crate::workspace::Workspace;

const SPEC: &str = "openapi: 3.0.3
info: { title: T, version: '1' }
paths: { /pets: { get: { operationId: list_pets, responses: { '204': { description: Done. } } } } }
";

const CONFIG: &str = "version: 1
targets:
  - { name: pets, input: spec/pets.yaml, output: pets, package: pets }
";

fn workspace() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("spec/pets.yaml", SPEC);
    workspace.write("spec/codegen.yaml", CONFIG);
    workspace
}

#[test]
fn the_help_and_the_header_name_cargo_xtask() {
    let workspace = workspace();
    let ended = workspace.run(&["codegen", "--check"]);
    assert_eq!(ended.code, Some(4), "{ended:#?}");
    let help = "        Help run `cargo xtask codegen` and commit\n";
    assert!(ended.stdout.ends_with(help), "{ended:#?}");
    assert_eq!(workspace.run(&["codegen"]).code, Some(0));
    let manifest = workspace.read("pets/Cargo.toml");
    assert!(!manifest.contains("[workspace]"), "{manifest}");
    let header = workspace.read("pets/src/lib.rs");
    assert!(header.contains("`cargo xtask codegen`"), "{header}");
}

#[test]
fn a_stand_alone_crate_is_fresh_at_once() {
    let workspace = workspace();
    let spec = ["--spec", "spec/pets.yaml", "--out", "out", "--name", "pets"];
    let arguments = [&["codegen"], &spec[..]].concat();
    assert_eq!(workspace.run(&arguments).code, Some(0));
    let ended = workspace.run(&[&arguments[..], &["--check"]].concat());
    assert_eq!(ended.code, Some(0), "{ended:#?}");
}

#[test]
fn wrong_usage_is_2() {
    let workspace = workspace();
    for wrong in [&["codegen", "--chek"][..], &["corpus"], &["generat"], &[]] {
        let ended = workspace.run(wrong);
        assert_eq!(ended.code, Some(2), "{wrong:?} {ended:#?}");
    }
}
