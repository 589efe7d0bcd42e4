//! `update-spec`: what a newer description means, told before it is written.
//!
//! Reports are compared with `tests/golden/update-*.txt`. After a wanted change, run with `UPDATE_GOLDENS=1` and read the
//! difference.

use std::env;
use std::fs;
use std::path::Path;

use crate::workspace::{Ended, Workspace};

const OLD: &str = include_str!("update_spec/old.yaml");
const NEW: &str = include_str!("update_spec/new.yaml");
const OVERLAY: &str = include_str!("update_spec/wire.overlay.yaml");
const CONFIG: &str = include_str!("update_spec/codegen.yaml");

/// A workspace with a vendor's description, an overlay, and choices.
fn harbour() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("spec/upstream/harbour.yaml", OLD);
    workspace.write("spec/wire.overlay.yaml", OVERLAY);
    workspace.write("spec/codegen.yaml", CONFIG);
    workspace
}

#[track_caller]
fn assert_golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if env::var_os("UPDATE_GOLDENS").is_some_and(|value| value == "1") {
        fs::write(&path, text).expect("the golden can be written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, expected, "tests/golden/{name}");
}

/// Runs the command on a newer description from stdin.
fn update(workspace: &Workspace, new: &str, more: &[&str]) -> Ended {
    let arguments = [&["update-spec", "-"], more].concat();
    workspace.run_on(new, &arguments)
}

#[test]
fn what_a_newer_description_means_is_told_and_it_is_written() {
    let workspace = harbour();
    let before = workspace.tree();
    let ended = update(&workspace, NEW, &["--dry-run"]);
    assert_eq!(ended.code, Some(4), "{ended:#?}");
    assert_eq!(workspace.tree(), before, "a dry run writes nothing");
    assert!(
        ended
            .stdout
            .ends_with("     Dry run spec/upstream/harbour.yaml stays as it is\n")
    );

    let ended = update(&workspace, NEW, &[]);
    assert_eq!(ended.code, Some(4), "{ended:#?}");
    assert_eq!(ended.stderr, "");
    assert_golden("update-everything.txt", &ended.stdout);
    assert_eq!(workspace.read("spec/upstream/harbour.yaml"), NEW);
    assert_eq!(workspace.read("spec/wire.overlay.yaml"), OVERLAY);

    let ended = update(&workspace, NEW, &[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert_golden("update-same.txt", &ended.stdout);
}

#[test]
fn an_update_that_everything_fits_says_what_to_do_next() {
    let workspace = harbour();
    let new = OLD.replace("title: Harbour", "title: The harbour");
    let ended = update(&workspace, &new, &["--target", "harbour"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert_golden("update-fits.txt", &ended.stdout);
    assert_eq!(workspace.read("spec/upstream/harbour.yaml"), new);
}

#[test]
fn order_and_white_space_alone_write_nothing() {
    let workspace = harbour();
    let before = workspace.tree();
    let (info, rest) = OLD.split_once("servers:").expect("it has servers");
    let (version, info) = info.split_once('\n').expect("it has lines");
    let reordered = format!("{info}{version}\n\n\nservers:{rest}");
    let ended = update(&workspace, &reordered, &[]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert_golden("update-same.txt", &ended.stdout);
    assert_eq!(workspace.tree(), before);
}

#[test]
fn a_broken_description_writes_nothing() {
    let workspace = harbour();
    let before = workspace.tree();
    let dangling = OLD.replace("#/components/schemas/Ship'", "#/components/schemas/Shipp'");
    let ended = update(&workspace, &dangling, &[]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert_eq!(ended.stdout, "");
    assert_golden("update-broken.txt", &ended.stderr);
    let ended = update(&workspace, "openapi: [3.0.3\n", &[]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    assert!(ended.stderr.contains("error[OA0101]"), "{ended:#?}");
    assert_eq!(workspace.tree(), before);
}

#[test]
fn a_file_is_read_as_it_is_and_a_target_chosen_by_name() {
    let workspace = harbour();
    let second = "  - name: widgets\n    input: spec/widgets.yaml\n    output: widgets\n    package: widgets\n";
    let config = workspace.read("spec/codegen.yaml");
    workspace.write("spec/codegen.yaml", &format!("{config}{second}"));
    let bytes = "\u{feff}".to_owned() + &OLD.replace("title: Harbour", "title: Port\r");
    workspace.write("new.yaml", &bytes);
    let ended = workspace.run(&["update-spec", "new.yaml"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    let message = "there are several targets; choose one by `--target`: `harbour`, `widgets`";
    assert!(ended.stderr.contains(message), "{ended:#?}");
    let ended = workspace.run(&["update-spec", "new.yaml", "--target", "ships"]);
    assert!(
        ended.stderr.contains("there is no target `ships`"),
        "{ended:#?}"
    );
    let ended = workspace.run(&["update-spec", "new.yaml", "--target", "harbour"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert_eq!(workspace.read("spec/upstream/harbour.yaml"), bytes);
}
