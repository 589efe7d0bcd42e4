//! Each way in which an output can drift, by `--check` and by a run.

use crate::workspace::{Workspace, bytes};

const CHECK: &[&str] = &["check"];
const RUN: &[&str] = &["generate"];
const HELP: &str = "run `oasmith generate` and commit\n";

/// A check that finds drift: exit 4, nothing written, and these texts in the report.
#[track_caller]
fn assert_drift(workspace: &Workspace, texts: &[&str]) {
    let before = workspace.tree();
    let ended = workspace.run(CHECK);
    assert_eq!(workspace.tree(), before, "a check writes nothing");
    assert_eq!(ended.code, Some(4), "{ended:#?}");
    for text in texts.iter().chain(&[HELP]) {
        assert!(ended.stdout.contains(text), "{text:?} in {ended:#?}");
    }
}

/// A run that resolves everything: exit 0, and a check agrees.
#[track_caller]
fn assert_resolved(workspace: &Workspace, arguments: &[&str], texts: &[&str]) {
    let ended = workspace.run(arguments);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    for text in texts {
        assert!(ended.stdout.contains(text), "{text:?} in {ended:#?}");
    }
    let ended = workspace.run(CHECK);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
}

#[test]
fn fresh_is_0_and_a_second_run_writes_nothing() {
    let workspace = Workspace::fresh();
    let before = workspace.tree();
    let ended = workspace.run(CHECK);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert!(
        ended.stdout.starts_with("       Fresh widgets: "),
        "{ended:#?}"
    );
    let ended = workspace.run(RUN);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert!(ended.stdout.contains(", nothing written in "), "{ended:#?}");
    assert_eq!(ended.stderr, "");
    assert_eq!(workspace.tree(), before);
}

#[test]
fn with_src_gone_a_run_brings_back_the_same_bytes() {
    let workspace = Workspace::fresh();
    let before = workspace.tree();
    std::fs::remove_dir_all(workspace.path("widgets/src")).expect("it is there");
    assert_drift(
        &workspace,
        &["     Missing widgets/src/lib.rs (", "deleted by hand: "],
    );
    assert_resolved(&workspace, RUN, &["       Wrote widgets/src/lib.rs\n"]);
    assert_eq!(bytes(&workspace.tree()), bytes(&before));
}

#[test]
fn a_changed_input_is_named_and_the_type_is_diffed() {
    let workspace = Workspace::fresh();
    let note = "        note:\n          type: string\n          description: Anything else.\n";
    workspace.replace("spec/widgets.yaml", note, "");
    let texts = [
        "       Stale widgets/src/types/widget.rs (+",
        "--- widgets/src/types/widget.rs (on disk)\n",
        "+++ widgets/src/types/widget.rs (generated)\n",
        "-    pub note: Option<String>,\n",
        "       Cause spec/widgets.yaml changed\n",
        "       Drift widgets: 2 stale, ",
    ];
    assert_drift(&workspace, &texts);
    assert_resolved(&workspace, RUN, &["   Generated widgets: 2 written, "]);
}

#[test]
fn a_comment_in_an_input_is_drift_of_the_lock() {
    let workspace = Workspace::fresh();
    workspace.replace("spec/widgets.yaml", "openapi:", "# A comment.\nopenapi:");
    assert_drift(
        &workspace,
        &["Stale widgets/codegen.lock", "spec/widgets.yaml changed"],
    );
    assert_resolved(&workspace, RUN, &["Generated widgets: 1 written, "]);
    workspace.replace("spec/codegen.yaml", "version:", "# A comment.\nversion:");
    assert_drift(
        &workspace,
        &["Stale widgets/codegen.lock", "spec/codegen.yaml changed"],
    );
    assert_resolved(&workspace, RUN, &["Generated widgets: 1 written, "]);
}

#[test]
fn an_edit_by_hand_is_overwritten_only_with_force() {
    let workspace = Workspace::fresh();
    let file = "widgets/src/types/widget.rs";
    let text = workspace.read(file);
    workspace.write(file, &format!("{text}// mine\n"));
    let texts = [
        "      Edited widgets/src/types/widget.rs (by hand)\n",
        "-// mine\n",
        "       Cause edited by hand: widgets/src/types/widget.rs\n",
        "only with `--force`\n",
    ];
    assert_drift(&workspace, &texts);

    let before = workspace.tree();
    let ended = workspace.run(RUN);
    assert_eq!(ended.code, Some(4), "{ended:#?}");
    assert!(
        ended
            .stderr
            .contains("Aborted widgets: nothing was written"),
        "{ended:#?}"
    );
    assert!(
        ended.stderr.contains("`oasmith generate --force`"),
        "{ended:#?}"
    );
    assert_eq!(workspace.tree(), before);

    let forced = ["generate", "--force"];
    assert_resolved(
        &workspace,
        &forced,
        &["Overwrote widgets/src/types/widget.rs\n"],
    );
    assert_eq!(workspace.read(file), text);
}

#[test]
fn line_endings_are_compared_as_they_are() {
    let workspace = Workspace::fresh();
    let file = "widgets/src/lib.rs";
    workspace.write(file, &workspace.read(file).replace('\n', "\r\n"));
    assert_drift(
        &workspace,
        &["Edited widgets/src/lib.rs", "only the line endings differ"],
    );
}

#[test]
fn a_missing_file_is_written_again() {
    let workspace = Workspace::fresh();
    workspace.remove("widgets/src/types/widget.rs");
    let cause = "       Cause deleted by hand: widgets/src/types/widget.rs\n";
    assert_drift(&workspace, &["Missing widgets/src/types/widget.rs", cause]);
    assert_resolved(&workspace, RUN, &["1 written, "]);
}

#[test]
fn a_stray_is_named_and_never_deleted() {
    let workspace = Workspace::fresh();
    workspace.write("widgets/src/types/my notes.md", "notes");
    let remove = "`rm 'widgets/src/types/my notes.md'`";
    assert_drift(
        &workspace,
        &[
            "       Stray widgets/src/types/my notes.md",
            remove,
            "1 stray",
        ],
    );
    let ended = workspace.run(&["generate", "--force"]);
    assert_eq!(ended.code, Some(4), "{ended:#?}");
    assert!(ended.stdout.contains(remove), "{ended:#?}");
    assert_eq!(workspace.read("widgets/src/types/my notes.md"), "notes");
    workspace.remove("widgets/src/types/my notes.md");
    assert_resolved(&workspace, RUN, &["nothing written"]);
}

#[test]
fn a_removed_type_removes_its_file() {
    let workspace = Workspace::fresh();
    assert!(workspace.path("widgets/src/types/spare.rs").exists());
    workspace.drop_spare();
    assert_drift(
        &workspace,
        &["Orphaned widgets/src/types/spare.rs", "1 orphaned"],
    );
    assert_resolved(
        &workspace,
        RUN,
        &["     Removed widgets/src/types/spare.rs\n", "1 removed"],
    );
    assert!(!workspace.path("widgets/src/types/spare.rs").exists());
}

#[test]
fn an_orphan_that_was_edited_is_deleted_only_with_force() {
    let workspace = Workspace::fresh();
    workspace.write("widgets/src/types/spare.rs", "// mine\n");
    workspace.drop_spare();
    assert_drift(&workspace, &["(by hand, and no longer generated)"]);
    assert_eq!(workspace.run(RUN).code, Some(4));
    assert_eq!(workspace.read("widgets/src/types/spare.rs"), "// mine\n");
    assert_resolved(&workspace, &["generate", "--force"], &["1 removed"]);
}

#[test]
fn files_without_a_lock_need_force() {
    let workspace = Workspace::fresh();
    workspace.remove("widgets/codegen.lock");
    assert_drift(
        &workspace,
        &["Missing widgets/codegen.lock", "no `widgets/codegen.lock`"],
    );
    let ended = workspace.run(RUN);
    assert_eq!(ended.code, Some(4), "{ended:#?}");
    assert!(!workspace.path("widgets/codegen.lock").exists());
    assert_resolved(&workspace, &["generate", "--force"], &["1 written"]);
}

#[test]
fn a_lock_with_a_merge_conflict_is_no_lock() {
    let workspace = Workspace::fresh();
    workspace.replace("widgets/codegen.lock", "input", "<<<<<<< HEAD\ninput");
    assert_drift(
        &workspace,
        &["widgets/codegen.lock:1 is not a valid line of a lock"],
    );
    assert_eq!(workspace.run(RUN).code, Some(4));
    assert_resolved(&workspace, &["generate", "--force"], &["1 written"]);
}

#[test]
fn a_missing_line_of_a_manifest_is_drift() {
    let workspace = Workspace::new();
    let ended = workspace.run(RUN);
    assert_eq!(ended.code, Some(4), "{ended:#?}");
    let line = "      Add to widgets/Cargo.toml [dependencies]: serde_json = ";
    assert!(ended.stdout.contains(line), "{ended:#?}");
    assert_drift(&workspace, &[line, "missing in Cargo.toml"]);
    workspace.add_lines(&ended);
    assert_resolved(&workspace, RUN, &["nothing written"]);
}

#[test]
fn colors_can_be_chosen() {
    let workspace = Workspace::fresh();
    workspace.write("widgets/src/lib.rs", "// mine\n");
    let red = "\u{1b}[31m-// mine\u{1b}[0m\n";
    let plain = workspace.run(CHECK);
    assert!(!plain.stdout.contains('\u{1b}'), "{plain:#?}");
    let ended = workspace.run(&["check", "--color", "always"]);
    assert!(ended.stdout.contains(red), "{ended:#?}");
    let ended = workspace.run(&["--color=never", "check"]);
    assert_eq!(ended.stdout.lines().count(), plain.stdout.lines().count());
    assert!(!ended.stdout.contains('\u{1b}'), "{ended:#?}");
}

#[test]
fn in_a_workflow_drift_is_annotated() {
    let workspace = Workspace::fresh();
    workspace.write("widgets/src/lib.rs", "// ::error::mine\n");
    let ended = workspace.run_with(CHECK, &[("GITHUB_ACTIONS", "true")]);
    assert_eq!(ended.code, Some(4), "{ended:#?}");
    let annotation = "\n::error file=widgets/src/lib.rs,title=codegen drift::edited by hand: \
                      revert the edit or run `oasmith generate --force`, then commit\n";
    assert!(ended.stdout.contains(annotation), "{ended:#?}");
    assert!(ended.stdout.starts_with("::stop-commands::"), "{ended:#?}");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    use std::os::unix::fs::symlink;
    for (link, is_folder) in [
        ("widgets/src", true),
        ("widgets/src/types", true),
        ("widgets/src/lib.rs", false),
        ("widgets/codegen.lock", false),
    ] {
        let workspace = Workspace::fresh();
        let elsewhere = workspace.path("elsewhere");
        std::fs::rename(workspace.path(link), &elsewhere).expect("it can be moved");
        symlink(&elsewhere, workspace.path(link)).expect("a link can be made");
        let before = workspace.tree();
        for arguments in [RUN, CHECK, &["generate", "--force"]] {
            let ended = workspace.run(arguments);
            assert_eq!(ended.code, Some(1), "{link} {ended:#?}");
            let message = format!("{link}` is a symbolic link");
            assert!(ended.stderr.contains(&message), "{ended:#?}");
        }
        assert_eq!(workspace.tree(), before);
        assert_eq!(elsewhere.is_dir(), is_folder);
    }
}

#[cfg(unix)]
#[test]
fn a_link_beside_the_generated_files_is_a_stray() {
    let workspace = Workspace::fresh();
    std::os::unix::fs::symlink("..", workspace.path("widgets/src/loop")).expect("it can be made");
    assert_drift(
        &workspace,
        &["Stray widgets/src/loop ", "`rm widgets/src/loop`"],
    );
}
