//! What a run asks the system for: no socket, no write but below its output, no read of the workspace's files but its
//! own.
//!
//! The same by hand: `strace -f -e trace=%file,%network target/debug/oasmith generate`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::workspace::Workspace;

/// Calls that change what is on disk, besides `openat` with a flag that does.
const CHANGES: [&str; 12] = [
    "creat(",
    "link(",
    "linkat(",
    "mkdir(",
    "mkdirat(",
    "rename(",
    "renameat(",
    "renameat2(",
    "rmdir(",
    "symlink(",
    "unlink(",
    "unlinkat(",
];

/// What a run asked for, in the words of strace; `None` where there is no strace.
fn trace(
    workspace: &Workspace,
    log: &Path,
    arguments: &[&str],
) -> Option<(Option<i32>, Vec<String>)> {
    let output = Command::new("strace")
        .args([
            "-f",
            "-qq",
            "-s",
            "4096",
            "-e",
            "trace=%file,%network",
            "-o",
        ])
        .arg(log)
        .arg(env!("CARGO_BIN_EXE_oasmith"))
        .args(arguments)
        .current_dir(workspace.root())
        .env_remove("CI")
        .env_remove("GITHUB_ACTIONS")
        .output()
        .ok()?;
    let text = fs::read_to_string(log).ok()?;
    // `123 openat(AT_FDCWD, "/a", O_RDONLY) = 3`
    let calls = text
        .lines()
        .filter_map(|line| Some(line.split_once(' ')?.1.trim().to_owned()));
    let calls: Vec<String> = calls.filter(|call| !call.contains(" = -1 ")).collect();
    (!calls.is_empty()).then_some((output.status.code(), calls))
}

/// The texts in quotes, as paths below the workspace where they are.
fn paths(workspace: &Path, call: &str) -> Vec<PathBuf> {
    let quoted = call.split('"').skip(1).step_by(2);
    quoted.map(|path| workspace.join(path)).collect()
}

/// Complains about sockets, and gives the files that were opened to read.
fn opened(workspace: &Path, output: &Path, calls: &[String]) -> BTreeSet<PathBuf> {
    let mut opened = BTreeSet::new();
    for call in calls {
        assert!(
            !call.starts_with("socket(") && !call.starts_with("connect("),
            "{call}"
        );
        let writes = ["O_WRONLY", "O_RDWR", "O_CREAT"]
            .iter()
            .any(|flag| call.contains(flag));
        let changes = CHANGES.iter().any(|name| call.starts_with(name));
        for path in paths(workspace, call) {
            if changes || writes {
                assert!(path.starts_with(output), "{call}");
            } else if call.starts_with("openat(") && path.starts_with(workspace) {
                opened.insert(path);
            }
        }
    }
    opened
}

#[test]
fn a_run_writes_below_its_output_and_opens_no_socket() {
    let workspace = Workspace::new();
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let log = folder.path().join("log");
    let Some((code, calls)) = trace(&workspace, &log, &["generate"]) else {
        eprintln!("skipped: there is no strace here");
        return;
    };
    assert_eq!(code, Some(4), "the manifest lacks lines");
    let output = workspace.path("widgets");
    let opened = opened(workspace.root(), &output, &calls);
    let created = calls.iter().filter(|call| call.contains("O_CREAT")).count();
    assert!(created > 10, "files were written: {created}");
    for path in opened {
        let is_own = path.starts_with(&output)
            || path.starts_with(workspace.path("spec"))
            || path.ends_with("Cargo.toml");
        assert!(is_own || path == workspace.root(), "{}", path.display());
    }
}

#[test]
fn a_hostile_document_reads_nothing_outside_the_reference_root() {
    let workspace = Workspace::new();
    workspace.write("secret.yaml", "A: { type: string }\n");
    let link = workspace.path("spec/link.yaml");
    std::os::unix::fs::symlink(workspace.path("secret.yaml"), link).expect("a link can be made");
    let references = [
        "../secret.yaml#/A",
        "%2e%2e/secret.yaml#/A",
        "link.yaml#/A",
        "/etc/hosts#/A",
        "file:///etc/hosts#/A",
        "https://127.0.0.1:9/a.yaml#/A",
        "//127.0.0.1/a.yaml",
    ];
    let members: String = references
        .iter()
        .enumerate()
        .map(|(index, to)| format!("    R{index}: {{ $ref: '{to}' }}\n"))
        .collect();
    let text = workspace.read("spec/widgets.yaml") + &members;
    workspace.write("spec/widgets.yaml", &text);
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let log = folder.path().join("log");
    let Some((code, calls)) = trace(&workspace, &log, &["generate"]) else {
        eprintln!("skipped: there is no strace here");
        return;
    };
    assert_eq!(code, Some(1));
    let opened = opened(workspace.root(), &workspace.path("widgets"), &calls);
    assert!(
        opened.contains(&workspace.path("spec/widgets.yaml")),
        "{opened:?}"
    );
    assert!(
        !opened.contains(&workspace.path("secret.yaml")),
        "{opened:?}"
    );
    assert!(
        !opened.contains(&workspace.path("spec/link.yaml")),
        "{opened:?}"
    );
    let hosts = calls.iter().find(|call| call.contains("/etc/hosts"));
    assert_eq!(hosts, None);
}
