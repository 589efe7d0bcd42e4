//! The revisions of a file, by git.

use std::path::Path;
use std::process::{Command, Output};

use oasmith_cli::exit::Failure;

/// Returns the ids of the commits that changed a file, the oldest first.
pub(super) fn of(repository: &Path, path: &str) -> Result<Vec<String>, Failure> {
    let output = git(repository, &["log", "--reverse", "--format=%H", "--", path])?;
    if !output.status.success() {
        let error = String::from_utf8_lossy(&output.stderr);
        return Err(Failure::new(format!("git log failed: {}", error.trim())));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text.lines().map(str::to_owned).collect())
}

/// Returns the file of a revision; `None` if it does not have it, or if the clone lacks its content.
pub(super) fn read(repository: &Path, id: &str, path: &str) -> Result<Option<Vec<u8>>, Failure> {
    let output = git(repository, &["cat-file", "blob", &format!("{id}:{path}")])?;
    Ok(output.status.success().then_some(output.stdout))
}

fn git(repository: &Path, arguments: &[&str]) -> Result<Output, Failure> {
    Command::new("git")
        .arg("-C")
        .arg(repository)
        .args(arguments)
        .env("LC_ALL", "C")
        .output()
        .map_err(|error| Failure::new(format!("could not start git: {error}")))
}
