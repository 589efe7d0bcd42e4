//! The transcript in the README of the repository: its commands print what stands there.
//!
//! Another binary can be named by the variable `OASMITH`: CI does so with one that was installed from the packages.
//! `UPDATE_GOLDENS=1` writes what the commands print.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const BEGIN: &str =
    "<!-- transcript: run by generator/cli/tests/commands/transcript.rs -->\n```console\n";
const END: &str = "```\n<!-- end of transcript -->\n";

/// Returns the folder of the command that is tested.
fn binary() -> PathBuf {
    let built = || PathBuf::from(env!("CARGO_BIN_EXE_oasmith"));
    let binary = env::var_os("OASMITH").map_or_else(built, PathBuf::from);
    let folder = binary.parent().expect("a file is in a folder");
    folder.to_path_buf()
}

/// Returns what a line prints in a shell, with `0.00s` for every time.
fn output(folder: &Path, line: &str) -> String {
    let path = env::var("PATH").unwrap_or_default();
    let output = Command::new("sh")
        .args(["-c", line])
        .current_dir(folder)
        .env("PATH", format!("{}:{path}", binary().display()))
        .env_remove("GITHUB_ACTIONS")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .expect("a shell can be started");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{line}");
    let text = String::from_utf8(output.stdout).expect("the output is UTF-8");
    let lines = text.lines().map(|line| match line.rsplit_once(" in ") {
        Some((before, time)) if time.ends_with('s') => format!("{before} in 0.01s\n"),
        _ => format!("{line}\n"),
    });
    lines.collect()
}

/// Returns the lines behind `$ cat FILE`, which are the file.
fn file<'t>(transcript: &'t str, line: &str) -> &'t str {
    let (_, rest) = transcript.split_once(line).expect("the line is there");
    let end = rest.find("\n$ ").expect("another command follows");
    rest[..=end].trim_start_matches('\n')
}

#[test]
fn the_commands_print_what_the_readme_shows() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = fs::read_to_string(&path).expect("the repository has one");
    let (before, rest) = readme.split_once(BEGIN).expect("there is a transcript");
    let (shown, after) = rest.split_once(END).expect("it ends");
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let mut made = String::new();
    for line in shown.lines().filter_map(|line| line.strip_prefix("$ ")) {
        if let Some(name) = line.strip_prefix("cat ") {
            let text = file(shown, line);
            fs::write(folder.path().join(name), text).expect("it can be written");
        }
        made += &format!("$ {line}\n{}", output(folder.path(), line));
    }
    if env::var_os("UPDATE_GOLDENS").is_some() {
        let text = format!("{before}{BEGIN}{made}{END}{after}");
        fs::write(&path, text).expect("it can be written");
    }
    assert_eq!(made, shown);
}
