//! What the commands rely on in this repository.

use std::fs;
use std::path::Path;

use crate::workspace::Workspace;

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

/// The README shows what `diff` says after an edit that is made here. With `UPDATE_GOLDENS=1` it is written.
#[test]
fn the_readme_shows_a_real_difference() {
    let workspace = Workspace::new();
    for file in [
        "Cargo.toml",
        "generated/Cargo.toml",
        "spec/codegen.yaml",
        "spec/products-batch-upsert.yaml",
        "spec/wire.overlay.yaml",
    ] {
        workspace.write(file, &read(file));
    }
    let git = |arguments: &[&str]| {
        let person = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
        let mut command = std::process::Command::new("git");
        let command = command.args(person).args(arguments);
        let status = command.current_dir(workspace.root()).status();
        assert!(status.expect("git can be started").success());
    };
    git(&["init", "--quiet"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "first"]);
    git(&["tag", "v0.1.0"]);
    let path = "spec/products-batch-upsert.yaml";
    let mut text = read(path);
    for (old, new) in [
        ("updatedAt, archived, new]", "updatedAt, new]"),
        (
            "        url:\n          type: string\n",
            "        sku:\n          type: string\n        url:\n          type: string\n",
        ),
    ] {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    workspace.write(path, &text);
    let ended = workspace.run_with(&["diff"], &[("COLUMNS", "110")]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    let readme = read("README.md");
    let start = readme
        .find("   Comparing hubspot-products")
        .expect("the README shows it");
    let (before, rest) = readme.split_at(start);
    let (shown, after) = rest.split_at(rest.find("```").expect("a block ends"));
    if std::env::var_os("UPDATE_GOLDENS").is_some_and(|value| value == "1") {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
        let text = format!("{before}{}{after}", ended.stdout);
        fs::write(path, text).expect("the README can be written");
    }
    assert_eq!(
        shown, ended.stdout,
        "run with UPDATE_GOLDENS=1 and read the difference"
    );
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
fn actions_of_the_workflows_are_pinned_by_hash() {
    let workflows = [
        read(".github/workflows/ci.yml"),
        read(".github/workflows/changes.yml"),
        read(".github/workflows/oasmith.yml"),
    ];
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
    assert!(count > 2, "the workflows use no action");
}
