//! `--keep`: the overlay that keeps what code sees.

use super::{assert_golden, diff, released};
use crate::workspace::Workspace;

const KEPT: &str = "spec/kept.overlay.yaml";

/// A released workspace whose replies lost a member and got an error since then, and have a new member.
fn changed() -> Workspace {
    let workspace = released();
    workspace.replace(
        "spec/widgets.yaml",
        "            schema:\n              $ref: \"#/components/schemas/Widget\"\n      responses:",
        "            schema: { type: string }\n      responses:",
    );
    super::commit(&workspace, "replies only");
    super::git(&workspace, &["tag", "--force", "v0.1.0"]);
    super::change(&workspace);
    workspace
}

#[test]
fn what_only_code_sees_is_kept_and_the_rest_stays() {
    let workspace = changed();
    let first = diff(&workspace, &[]);
    assert_golden("diff-needless.txt", &first.stdout);
    let ended = diff(&workspace, &["--keep", KEPT]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert_eq!(ended.stderr, "");
    assert_golden("diff-keep.txt", &ended.stdout);
    assert_golden("diff-keep.yaml", &workspace.read(KEPT));

    // applied, the overlay leaves the addition
    workspace.replace(
        "spec/codegen.yaml",
        "input: spec/widgets.yaml\n",
        "input: spec/widgets.yaml\n    overlays: [spec/kept.overlay.yaml]\n",
    );
    let ended = diff(&workspace, &["--fail-on", "major", "--keep", KEPT]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert_golden("diff-kept.txt", &ended.stdout);
}

#[test]
fn an_overlay_that_is_applied_grows_with_the_next_change() {
    let workspace = changed();
    assert_eq!(diff(&workspace, &["--keep", KEPT]).code, Some(0));
    workspace.replace(
        "spec/codegen.yaml",
        "input: spec/widgets.yaml\n",
        "input: spec/widgets.yaml\n    overlays: [spec/kept.overlay.yaml]\n",
    );
    let first = workspace.read(KEPT);
    workspace.replace(
        "spec/widgets.yaml",
        "        name:\n          type: string\n",
        "        name:\n          type: string\n          enum: [bolt, nut]\n",
    );
    let ended = diff(&workspace, &["--keep", KEPT]);
    let text = workspace.read(KEPT);
    assert!(
        text.starts_with(&first) && text.len() > first.len(),
        "{ended:#?}\n{text}"
    );
    assert!(text.contains("enum-added-to-text"), "{text}");
    let ended = diff(&workspace, &["--fail-on", "major"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
}

#[test]
fn actions_are_added_to_an_overlay_that_is_there() {
    let workspace = changed();
    let own = "overlay: 1.1.0\ninfo: { title: Ours, version: 1.0.0 }\nactions:\n  # the only one\n  - target: $.info\n    update: { title: Widgets }\n";
    workspace.write(KEPT, own);
    let ended = diff(&workspace, &["--keep", KEPT]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    let text = workspace.read(KEPT);
    let added = text.strip_prefix(own).expect("what was there stays");
    assert!(added.starts_with("  - target: "), "{text}");

    workspace.write(KEPT, "overlay: 1.1.0\n");
    let ended = diff(&workspace, &["--keep", KEPT]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert!(ended.stderr.contains("could not extend"), "{ended:#?}");
    assert_eq!(workspace.read(KEPT), "overlay: 1.1.0\n");
}
