//! The formats of a report, and `--fail-on`.

use std::fmt::Write as _;

use super::{assert_golden, change, diff, released};
use crate::workspace::{Ended, Workspace};

/// A released workspace whose description breaks code and programs in the field since then.
fn broken() -> Workspace {
    let workspace = released();
    change(&workspace);
    workspace.replace(
        "spec/widgets.yaml",
        "required: [name]",
        "required: [name, size]",
    );
    workspace.replace(
        "spec/widgets.yaml",
        "        color:\n",
        "        size:\n          type: integer\n        color:\n",
    );
    workspace
}

#[track_caller]
fn assert_report(name: &str, ended: &Ended, code: i32) {
    assert_eq!(ended.code, Some(code), "{ended:#?}");
    assert_golden(&format!("diff-{name}"), &ended.stdout);
}

#[test]
fn changes_are_lines_for_people() {
    let workspace = broken();
    let ended = diff(&workspace, &[]);
    assert_eq!(ended.stderr, "");
    assert_report("text.txt", &ended, 0);
    let narrow = workspace.run_with(&["diff"], &[("COLUMNS", "72")]);
    assert_report("narrow.txt", &narrow, 0);
    let lines = narrow
        .stdout
        .lines()
        .filter(|line| !line.contains("Impact"));
    for line in lines {
        assert!(line.chars().count() <= 72, "{line}");
    }
    let colored = workspace.run(&["--color=always", "diff"]);
    assert!(colored.stdout.contains("\u{1b}[31mmajor"), "{colored:#?}");
}

#[test]
fn changes_are_data() {
    let workspace = broken();
    let ended = diff(&workspace, &["--format", "json"]);
    assert_report("json.txt", &ended, 0);
    let ended = diff(&workspace, &["--format", "changelog"]);
    assert_report("changelog.md", &ended, 0);
    let ended = diff(&workspace, &["--format", "markdown"]);
    assert_report("markdown.md", &ended, 0);
    let variables = [
        ("GITHUB_SERVER_URL", "https://github.example"),
        ("GITHUB_REPOSITORY", "ada/widgets"),
        ("GITHUB_SHA", "0123456789abcdef0123456789abcdef01234567"),
    ];
    let ended = workspace.run_with(&["diff", "--format", "markdown"], &variables);
    let id = git_id(&workspace);
    let old = format!("(https://github.example/ada/widgets/blob/{id}/spec/widgets.yaml#L");
    assert!(ended.stdout.contains(&old), "{ended:#?}");
}

fn git_id(workspace: &Workspace) -> String {
    let output = std::process::Command::new("git")
        .args(["rev-parse", "v0.1.0"])
        .current_dir(workspace.root())
        .output()
        .expect("git can be started");
    String::from_utf8(output.stdout)
        .expect("an id is ASCII")
        .trim()
        .to_owned()
}

#[test]
fn a_workflow_gets_annotations() {
    let workspace = broken();
    let workflow = [("GITHUB_ACTIONS", "true")];
    let ended = workspace.run_with(&["diff", "--fail-on", "field"], &workflow);
    assert_eq!(ended.code, Some(5), "{ended:#?}");
    let annotations: String = ended
        .stdout
        .lines()
        .filter(|line| line.contains("title="))
        .map(|line| format!("{line}\n"))
        .collect();
    assert_golden("diff-annotations.txt", &annotations);
    let data = workspace.run_with(&["diff", "--format", "json"], &workflow);
    assert!(!data.stdout.contains("title="), "{data:#?}");
}

#[test]
fn a_run_fails_on_what_is_named() {
    let workspace = broken();
    for (kinds, code) in [
        ("major", 5),
        ("minor", 5),
        ("any", 5),
        ("field", 5),
        ("silent", 0),
        ("version", 5),
        ("silent,field", 5),
    ] {
        let ended = diff(&workspace, &["--fail-on", kinds]);
        assert_eq!(ended.code, Some(code), "{kinds}: {ended:#?}");
    }
    let ended = diff(&workspace, &["--fail-on", "version,field,major"]);
    assert_golden("diff-fails.txt", &ended.stderr);
    workspace.replace("widgets/Cargo.toml", "0.1.0", "0.2.0");
    let ended = diff(&workspace, &["--fail-on", "version"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
}

#[test]
fn an_accepted_change_stops_nothing() {
    let workspace = broken();
    let data = diff(&workspace, &["--format", "json"]).stdout;
    let mut entries = "version: 1\naccepted:\n".to_owned();
    for line in data
        .lines()
        .filter(|line| line.contains("\"old_client\":\"refused\""))
    {
        let (_, id) = line.split_once("\"id\":\"").expect("a change has an id");
        let (id, _) = id.split_once('"').expect("it is a string");
        writeln!(
            entries,
            "  - change: {id}\n    version: 0.2.0\n    reason: The server has a default for it."
        )
        .expect("a string can be written to");
    }
    workspace.write("spec/accepted.yaml", &entries);
    let ended = diff(&workspace, &["--fail-on", "field"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert_golden("diff-accepted.txt", &ended.stdout);
}

/// A comment on GitHub has at most 65,536 characters.
#[test]
fn a_comment_has_a_limit() {
    let workspace = released();
    let mut members = String::new();
    for number in 0..600 {
        let name = format!("member_{number}_{}", "x".repeat(60));
        writeln!(members, "        {name}: {{ type: string }}")
            .expect("a string can be written to");
    }
    workspace.replace(
        "spec/widgets.yaml",
        "        note:\n",
        &format!("{members}        note:\n"),
    );
    let ended = diff(&workspace, &["--format", "markdown"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    let text = &ended.stdout;
    assert!(text.len() <= 65_536, "{}", text.len());
    let rows = text
        .lines()
        .filter(|line| line.starts_with("| ➕ |"))
        .count();
    let rest = format!("**{} more changes** not shown here", 600 - rows);
    assert!(
        rows > 100 && text.contains(&rest),
        "{rows} {}",
        &text[text.len() - 800..]
    );
}

/// What an overlay wrote has its place there, in the older revision, too.
#[test]
fn places_are_those_of_overlays() {
    let workspace = released();
    let overlay = "overlay: 1.1.0
info: { title: What the wire does, version: 1.0.0 }
actions:
  - target: $.components.schemas.Widget.properties
    update: { weight: { type: number } }
";
    workspace.write("spec/wire.overlay.yaml", overlay);
    let input = "    input: spec/widgets.yaml\n";
    let more = format!("{input}    overlays: [spec/wire.overlay.yaml]\n");
    workspace.replace("spec/codegen.yaml", input, &more);
    super::commit(&workspace, "an overlay");
    workspace.replace("spec/wire.overlay.yaml", "weight", "height");
    let ended = diff(&workspace, &["--from", "HEAD"]);
    assert_report("overlay.txt", &ended, 0);
}
