//! What the commands rely on in this repository.

use std::fs;
use std::path::Path;

fn read(below: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(below);
    fs::read_to_string(&path).expect("the repository has the file")
}

/// Without a library's path cargo looks for `src/lib.rs` when it reads a manifest, and then no command at all runs in
/// the workspace, not even the one that brings the file back.
#[test]
fn cargo_can_run_while_the_generated_sources_are_gone() {
    let manifest = read("generated/Cargo.toml");
    let manifest: toml_edit::DocumentMut = manifest.parse().expect("the manifest is TOML");
    let path = manifest.get("lib").and_then(|lib| lib.get("path"));
    assert_eq!(path.and_then(|path| path.as_str()), Some("src/lib.rs"));
}

#[test]
fn people_and_the_workflow_run_the_same_command() {
    assert!(read(".ci/run").contains("exec cargo xtask ci\n"));
    assert!(read(".github/workflows/ci.yml").contains("- run: bash .ci/run\n"));
    assert!(read(".cargo/config.toml").contains("xtask = \"run --quiet --package xtask "));
}

/// Inputs and outputs are hashed as they are on disk.
#[test]
fn line_endings_are_the_same_everywhere() {
    assert!(read(".gitattributes").contains("* text=auto eol=lf\n"));
}
