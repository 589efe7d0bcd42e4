//! `histories` on a small repository.

use std::process::Command;

use crate::workspace::Workspace;

const DOCUMENT: &str = "openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pets:
    get: { operationId: listPets, responses: { '204': { description: Nothing. } } }
";

#[test]
fn neighbours_are_compared_and_counted() {
    let workspace = Workspace::new();
    let git = |arguments: &[&str]| {
        let person = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
        let mut command = Command::new("git");
        let command = command.args(person).args(arguments);
        let status = command.current_dir(workspace.root()).status();
        assert!(status.expect("git can be started").success());
    };
    git(&["init", "--quiet"]);
    for text in [
        DOCUMENT.to_owned(),
        DOCUMENT.replace("Pets, version", "Animals, version"),
        "openapi: [\n".to_owned(),
        DOCUMENT.to_owned(),
        DOCUMENT.replace("listPets", "allPets"),
    ] {
        workspace.write("api/pets.yaml", &text);
        git(&["add", "--all"]);
        git(&["commit", "--quiet", "--message", "next"]);
    }
    let run = |more: &[&str]| workspace.run(&[&["histories", ".", "api/pets.yaml"], more].concat());
    let ended = run(&[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    for text in [
        "    Compared 2 pairs of 5 revisions in ",
        "; 2 do not generate\n",
        "       Quiet 1 (50 %)\n",
        "    For code major 1 (50 %)",
        "      1 operation-renamed\n",
    ] {
        assert!(ended.stdout.contains(text), "{text:?} in {ended:#?}");
    }
    let ended = run(&["--sample", "1"]);
    assert!(ended.stdout.contains("Compared 1 pairs"), "{ended:#?}");
    let ended = workspace.run(&["histories", ".", "gone.yaml"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
}
