//! `corpus` on documents of a few lines: which expectations hold, and how it ends.

use crate::workspace::{Ended, Workspace};

const RIGHT: &str = "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /pets:
    get: { operationId: list_pets, responses: { '204': { description: Done. } } }
components: { schemas: { Pet: { type: object, properties: { name: { type: string } } } } }
";

const MANIFEST: &str = "path\texpect\tref_root\tat
public/right.yaml\tgenerate\t\t
edge/odd.yaml\teither\t\t
negative/wrong.yaml\trefuse\t\t#/openapi
";

/// A workspace with a corpus in which everything is as expected.
fn corpus() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("corpus/MANIFEST.tsv", MANIFEST);
    workspace.write("corpus/public/right.yaml", RIGHT);
    workspace.write("corpus/public/part.yaml", "not: a root");
    workspace.write("corpus/edge/odd.yaml", "openapi: []\n");
    workspace.write("corpus/negative/wrong.yaml", &RIGHT.replace("3.0.3", "2.0"));
    workspace
}

fn run(workspace: &Workspace, more: &[&str]) -> Ended {
    let all: Vec<&str> = ["corpus", "corpus", "--no-compile"]
        .iter()
        .chain(more)
        .copied()
        .collect();
    workspace.run(&all)
}

#[test]
fn it_passes_when_every_expectation_holds() {
    let ended = run(&corpus(), &[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    let summary = "      Passed 3 of 3 documents as expected, 1 generated, 0 compiled, \
        1 operations and 0 unsupported, ";
    assert!(ended.stdout.contains(summary), "{ended:#?}");
    assert!(!ended.stdout.contains("part.yaml"), "{ended:#?}");
}

#[test]
fn an_error_in_a_document_that_must_be_accepted_is_shown_with_its_place() {
    let workspace = corpus();
    workspace.write("corpus/public/right.yaml", &RIGHT.replace("3.0.3", "2.0"));
    let ended = run(&workspace, &[]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    for text in [
        "    rejected public/right.yaml\n             error[OA0205] right.yaml:1:10: ",
        "    Rejected by message: documents, findings\n      1       1  [OA0205] ",
        "      Failed 2 of 3 documents as expected, ",
    ] {
        assert!(ended.stdout.contains(text), "{text}: {ended:#?}");
    }
}

#[test]
fn an_error_at_another_place_is_not_the_expected_one() {
    let workspace = corpus();
    workspace.write(
        "corpus/MANIFEST.tsv",
        &MANIFEST.replace("#/openapi", "#/paths"),
    );
    let ended = run(&workspace, &["--only", "negative"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    let text = "   misplaced negative/wrong.yaml\n             no error is at or below #/paths\n";
    assert!(ended.stdout.contains(text), "{ended:#?}");
}

#[test]
fn a_disputed_document_is_shown_and_does_not_count() {
    let workspace = corpus();
    workspace.write("corpus/negative/wrong.yaml", RIGHT);
    assert_eq!(run(&workspace, &[]).code, Some(1));
    workspace.write(
        "generator/tests/disputed.tsv",
        "negative/wrong.yaml\t4.8.1\tit is right\n",
    );
    let ended = run(&workspace, &[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert!(
        ended
            .stdout
            .contains("accepted (disputed: it is right (4.8.1))\n"),
        "{ended:#?}"
    );
    assert!(ended.stdout.contains(", 1 disputed\n"), "{ended:#?}");
}

#[test]
fn without_a_manifest_every_file_must_be_accepted() {
    let workspace = corpus();
    workspace.write("loose/a.yaml", RIGHT);
    workspace.write("loose/b.json", "[]");
    let ended = workspace.run(&["corpus", "loose", "--no-compile"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert!(
        ended
            .stdout
            .contains("Failed 1 of 2 documents as expected, "),
        "{ended:#?}"
    );
}

#[test]
fn the_results_are_written_as_json() {
    let workspace = corpus();
    let ended = run(&workspace, &["--json", "out/report.json", "--keep", "kept"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    let report: serde_json::Value =
        serde_json::from_str(&workspace.read("out/report.json")).expect("it is JSON");
    let document = &report["documents"][2];
    assert_eq!(document["document"], "public/right.yaml");
    assert_eq!(document["output"]["operations"], 1);
    assert_eq!(document["fault"], serde_json::Value::Null);
    assert_eq!(report["holds"], true);
    let kept = workspace.read("kept/public/right.yaml/src/types/pet.rs");
    assert!(kept.contains("pub struct Pet"), "{kept}");
}

/// With a cargo that fails for `fetch`: first what is on the machine, then the registry, then the advice.
#[cfg(unix)]
#[test]
fn a_registry_that_cannot_be_reached_is_reported_with_what_to_do() {
    const CARGO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/commands/cargo.sh");
    let workspace = corpus();
    workspace.write("calls", "");
    let path = workspace.path("calls");
    let path = path.to_str().expect("temporary paths are UTF-8");
    let variables = [("CARGO", CARGO), ("CALLS", path), ("FAILS", "fetch")];
    let ended = workspace.run_with(&["corpus", "corpus"], &variables);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    let calls = workspace.read("calls");
    let lines: Vec<&str> = calls.lines().map(str::trim_end).collect();
    assert_eq!(lines, ["fetch --offline", "fetch --target"]);
    for text in [
        "    Fetching the dependencies of the outputs, once\n",
        "       Error could not fetch the dependencies of the outputs:\n",
        "run this command once while the registry can be reached, or with `--no-compile`",
    ] {
        assert!(ended.stderr.contains(text), "{text:?} in {ended:#?}");
    }
}
