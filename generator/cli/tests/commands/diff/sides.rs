//! Both sides of a comparison: revisions, files, targets on one side, and everything that a description needs.

use std::fs;

use super::{assert_golden, change, commit, diff, git, released};
use crate::workspace::Workspace;

const OVERLAY: &str = "overlay: 1.1.0
info: { title: What the wire does, version: 1.0.0 }
actions:
  - target: $.components.schemas.Widget.properties
    update: { note: { $ref: './parts/note.yaml' } }
";

/// A workspace whose description needs an overlay, another file, and a link.
fn with_parts() -> Workspace {
    let workspace = released();
    workspace.write("spec/wire.overlay.yaml", OVERLAY);
    workspace.write("spec/parts/real.yaml", "{ type: integer }\n");
    std::os::unix::fs::symlink("real.yaml", workspace.path("spec/parts/note.yaml"))
        .expect("a link can be made");
    let input = "    input: spec/widgets.yaml\n";
    let more = format!("{input}    overlays: [spec/wire.overlay.yaml]\n");
    workspace.replace("spec/codegen.yaml", input, &more);
    commit(&workspace, "parts");
    git(&workspace, &["tag", "v0.1.1"]);
    workspace
}

#[test]
fn everything_of_the_older_side_comes_from_its_revision() {
    let workspace = with_parts();
    let ended = diff(&workspace, &["--from", "v0.1.1"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert_eq!(ended.stderr, "");
    let same = "Impact widgets: no change for users\n";
    assert!(ended.stdout.ends_with(same), "{ended:#?}");

    // nothing of it is needed on disk
    fs::remove_dir_all(workspace.path("spec/parts")).expect("it is there");
    workspace.remove("spec/wire.overlay.yaml");
    let overlays = "    overlays: [spec/wire.overlay.yaml]\n";
    workspace.replace("spec/codegen.yaml", overlays, "");
    let ended = diff(&workspace, &["--from", "v0.1.1", "--to", "HEAD"]);
    assert!(ended.stdout.ends_with(same), "{ended:#?}");
    let ended = diff(&workspace, &["--from", "v0.1.1"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert_eq!(ended.stderr, "");
}

#[test]
fn the_reference_root_holds_in_a_revision_too() {
    let workspace = with_parts();
    fs::remove_file(workspace.path("spec/parts/note.yaml")).expect("it is there");
    workspace.write("secret.yaml", "{ type: boolean }\n");
    std::os::unix::fs::symlink("../../secret.yaml", workspace.path("spec/parts/note.yaml"))
        .expect("a link can be made");
    commit(&workspace, "a link that leaves the root");
    let ended = diff(&workspace, &["--from", "HEAD", "--to", "v0.1.1"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert!(ended.stderr.contains("error[OA0105]"), "{ended:#?}");
    assert!(ended.stderr.contains("--> HEAD:spec/"), "{ended:#?}");
}

#[test]
fn a_release_is_compared_with_the_one_before() {
    let workspace = released();
    change(&workspace);
    commit(&workspace, "second");
    git(&workspace, &["tag", "v0.2.0"]);
    commit_note(&workspace);
    let base = |arguments: &[&str]| {
        let ended = diff(&workspace, arguments);
        assert_eq!(ended.code, Some(0), "{ended:#?}");
        let line = ended.stdout.lines().next().unwrap_or_default().to_owned();
        line.trim().to_owned()
    };
    assert_eq!(base(&[]), "Comparing widgets: v0.2.0 with the working tree");
    assert_eq!(
        base(&["--to", "v0.2.0"]),
        "Comparing widgets: v0.1.0 with v0.2.0"
    );
    assert_eq!(
        base(&["--to", "HEAD"]),
        "Comparing widgets: v0.2.0 with HEAD"
    );
    git(&workspace, &["tag", "widgets-v0.2.1"]);
    assert_eq!(
        base(&[]),
        "Comparing widgets: widgets-v0.2.1 with the working tree"
    );
}

fn commit_note(workspace: &Workspace) {
    workspace.write("notes.txt", "nothing of the description\n");
    commit(workspace, "a note");
}

#[test]
fn a_target_can_be_on_one_side_only() {
    let workspace = released();
    let config = workspace.read("spec/codegen.yaml");
    let second = "  - name: gadgets\n    input: spec/widgets.yaml\n    output: gadgets\n    package: gadgets\n";
    workspace.write("spec/codegen.yaml", &format!("{config}{second}"));
    let ended = diff(&workspace, &[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert_golden("diff-added.txt", &ended.stdout);
    commit(&workspace, "a second target");

    let renamed = config.replace(
        "widgets\n    package: widgets",
        "crates/w\n    package: widgets",
    );
    workspace.write(
        "spec/codegen.yaml",
        &renamed.replace("name: widgets", "name: renamed"),
    );
    let ended = diff(&workspace, &["--from", "HEAD", "--fail-on", "field"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert_golden("diff-removed.txt", &ended.stdout);
    let ended = diff(&workspace, &["--from", "HEAD", "--fail-on", "major"]);
    assert_eq!(ended.code, Some(5), "{ended:#?}");
    let ended = diff(&workspace, &["--from", "HEAD", "--target", "gadgets"]);
    assert!(!ended.stdout.contains("Comparing"), "{ended:#?}");
}

#[test]
fn a_description_that_moved_is_found_by_git() {
    let workspace = Workspace::new();
    git(&workspace, &["init", "--quiet", "--initial-branch=main"]);
    git(&workspace, &["config", "user.name", "Ada"]);
    git(&workspace, &["config", "user.email", "ada@example.com"]);
    let config = workspace.read("spec/codegen.yaml");
    workspace.remove("spec/codegen.yaml");
    fs::create_dir(workspace.path("api")).expect("it can be made");
    fs::rename(
        workspace.path("spec/widgets.yaml"),
        workspace.path("api/w.yaml"),
    )
    .expect("it can be moved");
    commit(&workspace, "before there were choices");
    fs::rename(
        workspace.path("api/w.yaml"),
        workspace.path("spec/widgets.yaml"),
    )
    .expect("it can be moved");
    workspace.write("spec/codegen.yaml", &config);
    git(&workspace, &["add", "--all"]);
    let ended = diff(&workspace, &["--from", "HEAD"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert_golden("diff-moved.txt", &ended.stdout);
    let ended = diff(&workspace, &["--from", "HEAD:spec/widgets.yaml"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert_golden("diff-moved-file.txt", &ended.stderr);
}

/// Paths of git start at the top of the repository, those of reports at the workspace.
#[test]
fn the_workspace_can_be_a_folder_of_the_repository() {
    let workspace = Workspace::new();
    let inner = tempfile::tempdir().expect("a temporary folder can be made");
    let below = inner.path().join("tools/client");
    fs::create_dir_all(below.join("spec")).expect("it can be made");
    fs::create_dir_all(below.join("widgets")).expect("it can be made");
    for file in [
        "Cargo.toml",
        "spec/widgets.yaml",
        "spec/codegen.yaml",
        "widgets/Cargo.toml",
    ] {
        fs::write(below.join(file), workspace.read(file)).expect("it can be written");
    }
    let git = |arguments: &[&str]| super::git_in(inner.path(), arguments);
    git(&["init", "--quiet"]);
    git(&["config", "user.name", "Ada"]);
    git(&["config", "user.email", "ada@example.com"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "first"]);
    for from in [
        "HEAD",
        "HEAD:tools/client/spec/widgets.yaml",
        "HEAD:./spec/widgets.yaml",
    ] {
        let ended = crate::workspace::run_in(&below, &["diff", "--from", from], &[]);
        assert_eq!(ended.code, Some(0), "{ended:#?}");
        assert!(ended.stdout.contains("no change for users"), "{ended:#?}");
    }
}

/// The source of a release is compared, too: here as if an older version had written another name.
#[test]
fn what_the_generator_changes_is_told_apart() {
    let workspace = released();
    workspace.run(&["codegen"]);
    let path = "widgets/src/types/widget.rs";
    let text = workspace.read(path).replace("with_note", "set_note");
    workspace.write(path, &text);
    commit(&workspace, "edited by hand");
    let ended = diff(&workspace, &["--from", "HEAD"]);
    assert!(!ended.stdout.contains("generator"), "{ended:#?}");

    // a lock that has the hash of the file
    workspace.run(&["codegen", "--force"]);
    let fresh = workspace.read("widgets/codegen.lock");
    let line = fresh
        .lines()
        .find(|line| line.ends_with(" src/types/widget.rs"));
    let new = format!("output {} src/types/widget.rs", sha256(&text));
    workspace.replace(
        "widgets/codegen.lock",
        line.expect("the lock lists it"),
        &new,
    );
    workspace.write(path, &text);
    commit(&workspace, "by an older version");
    workspace.run(&["codegen", "--force"]);
    let ended = diff(&workspace, &["--from", "HEAD"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert_golden("diff-generator.txt", &ended.stdout);
    let ended = diff(&workspace, &["--from", "HEAD", "--fail-on", "major"]);
    assert_eq!(ended.code, Some(5), "{ended:#?}");
}

fn sha256(text: &str) -> String {
    oasmith_cli::lock::Hash::of(text.as_bytes()).to_string()
}
