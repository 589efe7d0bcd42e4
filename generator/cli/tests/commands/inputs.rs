//! Invalid documents and command lines, and that they leave everything as it was.

use crate::workspace::{Ended, Workspace};

/// Runs and checks that fail: exit 1, nothing written, and these texts on stderr.
#[track_caller]
fn assert_failure(workspace: &Workspace, texts: &[&str]) -> Ended {
    let before = workspace.tree();
    let check = workspace.run(&["check"]);
    assert_eq!(check.code, Some(1), "{check:#?}");
    let ended = workspace.run(&["generate"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    for text in texts {
        assert!(ended.stderr.contains(text), "{text:?} in {ended:#?}");
    }
    assert_eq!(
        workspace.tree(),
        before,
        "a failure leaves everything as it was"
    );
    ended
}

/// Whether a text names a line and a column of the file: `spec/widgets.yaml:3:10`.
fn has_place(text: &str, file: &str) -> bool {
    text.match_indices(&format!("{file}:")).any(|(at, found)| {
        let mut numbers =
            text[at + found.len()..].splitn(3, |letter: char| !letter.is_ascii_digit());
        numbers.next().is_some_and(|line| !line.is_empty())
            && numbers.next().is_some_and(|column| !column.is_empty())
    })
}

#[test]
fn invalid_yaml_is_reported_at_its_place_and_the_output_stays() {
    let workspace = Workspace::fresh();
    workspace.replace("spec/widgets.yaml", "title: Widgets", "title: [unclosed");
    let ended = assert_failure(
        &workspace,
        &["error[OA0101]", "widgets: nothing was written"],
    );
    assert!(has_place(&ended.stderr, "spec/widgets.yaml"), "{ended:#?}");
}

#[test]
fn in_a_workflow_a_diagnostic_is_annotated_at_its_line() {
    let workspace = Workspace::fresh();
    workspace.replace("spec/widgets.yaml", "title: Widgets", "title: [unclosed");
    let ended = workspace.run_with(&["generate"], &[("GITHUB_ACTIONS", "true")]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    let start = "::error file=spec/widgets.yaml,line=";
    assert!(
        ended.stdout.lines().any(|line| line.starts_with(start)),
        "{ended:#?}"
    );
}

#[test]
fn a_missing_document_is_named() {
    let workspace = Workspace::fresh();
    workspace.remove("spec/widgets.yaml");
    assert_failure(&workspace, &["spec/widgets.yaml"]);
}

#[test]
fn a_missing_or_invalid_codegen_yaml_is_reported() {
    let workspace = Workspace::fresh();
    workspace.replace("spec/codegen.yaml", "package:", "packge:");
    let ended = assert_failure(&workspace, &["`package`"]);
    assert!(has_place(&ended.stderr, "spec/codegen.yaml"), "{ended:#?}");
    workspace.remove("spec/codegen.yaml");
    let text = "there is no `spec/codegen.yaml` and no `codegen.yaml`; `oasmith init spec/widgets.yaml` writes one\n";
    assert_failure(&workspace, &[text]);
}

#[test]
fn one_invalid_target_leaves_all_outputs_as_they_were() {
    let workspace = Workspace::fresh();
    let second =
        "  - name: broken\n    input: spec/broken.yaml\n    output: broken\n    package: broken\n";
    let config = workspace.read("spec/codegen.yaml");
    workspace.write("spec/codegen.yaml", &format!("{config}{second}"));
    workspace.write("spec/broken.yaml", "openapi: [unclosed\n");
    workspace.drop_spare();
    assert_failure(&workspace, &["spec/broken.yaml"]);
    assert!(!workspace.path("broken").exists());
}

#[test]
fn two_targets_cannot_share_a_folder() {
    let workspace = Workspace::fresh();
    let second = "  - name: other\n    input: spec/widgets.yaml\n    output: ./widgets\n    package: other\n";
    let config = workspace.read("spec/codegen.yaml");
    workspace.write("spec/codegen.yaml", &format!("{config}{second}"));
    assert_failure(&workspace, &["widgets"]);
}

#[test]
fn an_input_outside_its_reference_root_is_an_error() {
    let workspace = Workspace::fresh();
    workspace.write("spec/inner/other.yaml", "");
    let config = workspace.read("spec/codegen.yaml");
    workspace.write(
        "spec/codegen.yaml",
        &format!("{config}    ref_root: spec/inner\n"),
    );
    assert_failure(
        &workspace,
        &["the input is outside the reference root `spec/inner`"],
    );
}

#[test]
fn wrong_usage_is_2() {
    let workspace = Workspace::new();
    let before = workspace.tree();
    for wrong in [
        &["generate", "--chek"][..],
        &["check", "--force"],
        &["generate", "--spec", "spec/widgets.yaml"],
        &["generate", "--color", "sometimes"],
        &["generat"],
        &[],
    ] {
        let ended = workspace.run(wrong);
        assert_eq!(ended.code, Some(2), "{wrong:?} {ended:#?}");
    }
    assert_eq!(workspace.run(&["generate", "--help"]).code, Some(0));
    assert_eq!(workspace.tree(), before);
}

#[test]
fn diagnostics_as_json_have_code_place_and_help() {
    let workspace = Workspace::fresh();
    let spare = "type: object\n      description: A spare part.";
    let misspelled = spare.replace("object", "objet");
    workspace.replace("spec/widgets.yaml", spare, &misspelled);
    let ended = workspace.run(&["generate", "--message-format", "json"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert!(ended.stderr.contains("nothing was written"), "{ended:#?}");
    let findings: Vec<serde_json::Value> = ended
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect();
    let wrong = findings
        .iter()
        .find(|one| one["code"] == "OA0204")
        .expect("`objet` is no type");
    assert_eq!(wrong["severity"], "error");
    assert_eq!(wrong["file"], "spec/widgets.yaml");
    assert_eq!(wrong["pointer"], "/components/schemas/Spare/type");
    assert_eq!(wrong["bridge"], "any JSON is accepted in its place");
    assert!(wrong["line"].is_u64() && wrong["help"].is_string());
    assert!(wrong["related"].as_array().is_some_and(Vec::is_empty));
}

#[test]
fn a_lenient_run_bridges_holes_and_the_check_agrees() {
    let workspace = Workspace::fresh();
    let reference = "$ref: \"#/components/schemas/Widget\"\n      responses";
    let dangling = reference.replace("Widget", "Gadget");
    workspace.replace("spec/widgets.yaml", reference, &dangling);
    let ended = assert_failure(
        &workspace,
        &[
            "error[OA0201]",
            "`--lenient` bridges the error with a warning each: `oasmith generate --lenient`",
        ],
    );
    assert!(has_place(&ended.stderr, "spec/widgets.yaml"), "{ended:#?}");
    let ended = workspace.run(&["generate", "--lenient"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert!(
        ended
            .stderr
            .contains("does not exist; any JSON is accepted in its place"),
        "{ended:#?}"
    );
    assert_eq!(workspace.run(&["check", "--lenient"]).code, Some(0));
    assert_eq!(workspace.run(&["check"]).code, Some(1));
    let package = "package: widgets";
    workspace.replace(
        "spec/codegen.yaml",
        package,
        &format!("{package}\n    lenient: true"),
    );
    let ended = workspace.run(&["generate"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert_eq!(workspace.run(&["check"]).code, Some(0));
}

#[test]
fn losses_are_listed_and_nothing_is_written() {
    let workspace = Workspace::new();
    let description = workspace.read("spec/widgets.yaml");
    let schemas = "schemas:\n";
    assert!(description.contains(schemas), "{description}");
    let never = "schemas:\n    Never: false\n    Odd: { type: string, maxLength: 3, not: { const: even } }\n";
    workspace.replace("spec/widgets.yaml", schemas, never);
    let before = workspace.tree();
    let ended = workspace.run(&["generate", "--losses"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert_eq!(workspace.tree(), before, "nothing is written");
    for text in [
        "      Losses widgets: ",
        "    Any JSON where the schema says more: ",
        "the schema `false` fits nothing\n               spec/widgets.yaml:",
        "  Never  #/components/schemas/Never\n",
        "    Left out of the types: 1 place\n             [OA0302] `not` is not supported",
        "1 maxLength",
    ] {
        assert!(ended.stdout.contains(text), "{text:?} in {ended:#?}");
    }
    let ended = workspace.run(&["generate", "--report", "--message-format", "json"]);
    let found: serde_json::Value = ended
        .stdout
        .lines()
        .find_map(|line| serde_json::from_str(line).ok())
        .expect("there is an object");
    assert_eq!(found["target"], "widgets", "{ended:#?}");
    assert_eq!(
        found["keywords"]["maxLength"]["documented"], 1,
        "{ended:#?}"
    );
}
