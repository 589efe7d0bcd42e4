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

/// The lock lists all generated files but itself.
#[test]
fn the_readme_counts_the_generated_files() {
    let lock = read("generated/codegen.lock");
    let sources = lock
        .lines()
        .filter(|line| line.starts_with("output "))
        .count();
    let all = sources + 1;
    let readme = read("README.md");
    for text in [
        format!("       Fresh hubspot-products: {all} files, nothing written in "),
        format!("The {all} files are {sources} in `generated/src` and `generated/codegen.lock`."),
        format!(
            "       Drift hubspot-products: 2 stale, {} fresh\n",
            all - 2
        ),
    ] {
        assert!(readme.contains(&text), "{text:?}");
    }
}

/// Every package has the same figure, the READMEs state it, and the workflow builds with it on two systems.
#[test]
fn one_rust_version_is_stated_everywhere() {
    let root: toml_edit::DocumentMut = read("Cargo.toml").parse().expect("the manifest is TOML");
    let version = root["workspace"]["package"]["rust-version"]
        .as_str()
        .expect("the workspace states a Rust version");
    for member in root["workspace"]["members"].as_array().expect("a list") {
        let member = member.as_str().expect("a path");
        let manifest = read(&format!("{member}/Cargo.toml"));
        assert!(
            manifest.contains("rust-version.workspace = true\n"),
            "{member}"
        );
    }
    let stated = format!("Rust {version} or newer");
    for readme in ["README.md", "generator/cli/README.md"] {
        assert!(read(readme).contains(&stated), "{readme}: {stated}");
    }
    let workflow = read(".github/workflows/ci.yml");
    for line in [
        format!("        rust: [\"{version}\", stable]\n"),
        "        os: [ubuntu-24.04, windows-2025]\n".to_owned(),
        "      - run: cargo check --workspace --locked\n".to_owned(),
    ] {
        assert!(workflow.contains(&line), "{line}");
    }
    let emitted = oasmith::manifest("any", &oasmith::Requirements::default());
    assert!(
        emitted.contains(&format!("rust-version = \"{version}\"\n")),
        "{emitted}"
    );
}

/// What other repositories use is as the page for them says: its inputs, its hook, and the commands behind both.
#[test]
fn what_others_use_is_what_their_page_shows() {
    let page = read("generator/cli/README.md");
    let workflow = read(".github/workflows/oasmith.yml");
    assert!(page.contains("/.github/workflows/oasmith.yml@COMMIT"));
    let (_, inputs) = workflow.split_once("    inputs:\n").expect("it has inputs");
    let (inputs, _) = inputs.split_once("\n\n").expect("they end");
    let mut count = 0;
    for name in inputs
        .lines()
        .filter_map(|line| line.strip_prefix("      "))
    {
        let Some(name) = name.strip_suffix(':').filter(|name| !name.starts_with(' ')) else {
            continue;
        };
        assert!(page.contains(&format!("| `{name}` |")), "{name}");
        assert!(
            workflow.contains(&format!("${{{{ inputs.{name} }}}}")),
            "{name}"
        );
        count += 1;
    }
    assert_eq!(count, 3);
    let hooks = read(".pre-commit-hooks.yaml");
    assert!(hooks.contains("- id: oasmith-check\n") && page.contains("- id: oasmith-check\n"));
    assert!(hooks.contains("  entry: oasmith check\n"));
}

/// A tag can be moved to other code, a hash cannot.
#[test]
fn actions_of_the_workflow_are_pinned_by_hash() {
    let workflows = [".github/workflows/ci.yml", ".github/workflows/oasmith.yml"].map(read);
    let actions = workflows
        .iter()
        .flat_map(|workflow| workflow.lines())
        .filter_map(|line| line.trim_start().strip_prefix("- uses: "));
    let mut count = 0;
    for action in actions {
        let hash = action
            .split_once('@')
            .and_then(|(_, rest)| rest.split(' ').next());
        let is_hash = |hash: &str| hash.len() == 40 && hash.chars().all(|c| c.is_ascii_hexdigit());
        assert!(hash.is_some_and(is_hash), "{action}");
        count += 1;
    }
    assert!(count > 0, "the workflow uses no action");
}
