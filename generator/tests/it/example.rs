//! `examples/library.rs` generates a crate, or explains why it does not.

use std::path::Path;
use std::process::{Command, Output};

use crate::goldens;

fn library(arguments: &[&Path]) -> Output {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--package", "oasmith"])
        .args(["--example", "library", "--"])
        .args(arguments)
        .current_dir(goldens::package())
        .env(
            "CARGO_TARGET_DIR",
            target.expect("it is `tmp` in the target directory"),
        )
        .output()
        .expect("cargo runs, since it runs this test")
}

fn fixture(name: &str) -> std::path::PathBuf {
    goldens::package()
        .join("tests/fixtures")
        .join(name)
        .join("input.yaml")
}

/// Returns a folder of this test after removing what an earlier run left in it.
fn folder(name: &str) -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).expect("what a test has written can be removed");
    }
    folder
}

#[test]
fn a_valid_description_is_generated() {
    let out = folder("own-xtask");
    let done = library(&[&fixture("schema/required-and-nullable"), &out]);
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let files = goldens::read_below(&out);
    assert!(files["src/types/pet.rs"].contains("pub struct Pet"));
    assert!(files["Cargo.toml"].contains("name = \"client\""));
    assert!(files.contains_key("src/runtime/wire/mod.rs"));
}

#[test]
fn an_invalid_description_is_explained_and_nothing_is_written() {
    let out = folder("own-xtask-wrong");
    let done = library(&[&fixture("errors/yaml-duplicate-key"), &out]);
    assert_eq!(done.status.code(), Some(1));
    let report = String::from_utf8_lossy(&done.stderr);
    assert!(
        report.contains("error[OA0102]: duplicate key `name`"),
        "{report}"
    );
    assert!(!out.exists());
}
