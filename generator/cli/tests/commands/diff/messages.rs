//! What is said when a side cannot be had, with the command that helps.

use std::fs;

use super::{assert_golden, change, commit, diff, git, git_in, released};
use crate::workspace::{Ended, Workspace, run_in};

/// Compares what was printed as an error, with the name of the temporary folder taken out.
#[track_caller]
fn assert_message(name: &str, ended: &Ended, folder: &std::path::Path) {
    let folder = folder.to_str().expect("temporary paths are UTF-8");
    let text = ended.stderr.replace(folder, "FOLDER");
    assert_golden(&format!("diff-{name}.txt"), &text);
}

#[test]
fn what_is_no_revision_and_no_file_is_named() {
    let workspace = released();
    for (name, side) in [
        ("unknown", "nowhere"),
        ("misspelt", "v0.1.1"),
        ("no-such-file", "v0.1.0:spec/gone.yaml"),
        ("folder", "spec"),
    ] {
        let ended = diff(&workspace, &["--from", side]);
        assert_eq!(ended.code, Some(1), "{ended:#?}");
        assert_message(name, &ended, workspace.root());
    }
    let ended = diff(&workspace, &["--target", "gadgets"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert_message("no-target", &ended, workspace.root());
    let ended = diff(&workspace, &["--explain", "no-such-rule"]);
    assert_eq!(ended.code, Some(2), "{ended:#?}");
}

#[test]
fn a_folder_without_repository_has_no_revisions() {
    let workspace = Workspace::new();
    let ended = diff(&workspace, &[]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert_message("no-repository", &ended, workspace.root());

    git(&workspace, &["init", "--quiet"]);
    let ended = diff(&workspace, &[]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert_message("no-commit", &ended, workspace.root());
}

#[test]
fn a_machine_without_git_can_compare_files() {
    let workspace = released();
    let nowhere = [("PATH", "/nowhere")];
    let ended = workspace.run_with(&["diff"], &nowhere);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert_message("no-git", &ended, workspace.root());

    workspace.write("old.yaml", &workspace.read("spec/widgets.yaml"));
    change(&workspace);
    let arguments = ["diff", "--from", "old.yaml", "--to", "spec/widgets.yaml"];
    let ended = workspace.run_with(&arguments, &nowhere);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert_eq!(ended.stderr, "");
}

#[test]
fn a_shallow_clone_says_how_to_get_more() {
    let workspace = released();
    change(&workspace);
    commit(&workspace, "second");
    let top = tempfile::tempdir().expect("a temporary folder can be made");
    let url = format!("file://{}", workspace.root().display());
    let clone = [
        "clone",
        "--quiet",
        "--depth",
        "1",
        "--no-tags",
        &url,
        "clone",
    ];
    git_in(top.path(), &clone);
    let clone = top.path().join("clone");

    let ended = run_in(&clone, &["diff", "--from", "v0.1.0"], &[]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert_message("shallow", &ended, &clone);

    // without a tag the last commit is the base, so a check in CI passes
    let ended = run_in(&clone, &["diff"], &[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert_golden("diff-shallow-default.txt", &ended.stdout);

    // the command that it names gets the tag
    git_in(
        &clone,
        &[
            "fetch", "--quiet", "--depth", "1", "origin", "tag", "v0.1.0",
        ],
    );
    let ended = run_in(&clone, &["diff", "--from", "v0.1.0"], &[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
}

#[test]
fn an_older_side_that_does_not_generate_shows_its_diagnostics() {
    let workspace = released();
    let good = workspace.read("spec/widgets.yaml");
    workspace.replace("spec/widgets.yaml", "schemas/Widget\"", "schemas/Wodget\"");
    commit(&workspace, "broken");
    workspace.write("spec/widgets.yaml", &good);
    let ended = diff(&workspace, &["--from", "HEAD"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert_message("broken-old", &ended, workspace.root());

    workspace.replace("spec/codegen.yaml", "input:", "inputt:");
    commit(&workspace, "broken choices");
    git(
        &workspace,
        &["checkout", "--quiet", "v0.1.0", "--", "spec/codegen.yaml"],
    );
    let ended = diff(&workspace, &["--from", "HEAD"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert_message("broken-choices", &ended, workspace.root());
}

#[test]
fn a_workspace_without_choices_can_compare_files() {
    let top = tempfile::tempdir().expect("a temporary folder can be made");
    let text = Workspace::new().read("spec/widgets.yaml");
    fs::write(top.path().join("old.yaml"), &text).expect("it can be written");
    fs::write(top.path().join("new.yaml"), &text).expect("it can be written");
    let arguments = ["diff", "--from", "old.yaml", "--to", "new.yaml"];
    let ended = run_in(top.path(), &arguments, &[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    let ended = run_in(top.path(), &["diff"], &[]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert_message("no-choices", &ended, top.path());
}
