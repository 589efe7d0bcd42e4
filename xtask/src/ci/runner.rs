//! Starts the command of a step and waits for it; its output goes where ours goes.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{DENY, DIFF, EXAMPLES, FRESH_TARGET, ORACLE, OUT, Place, Step};
use crate::{cargo, oracle};
use oasmith_cli::terminal::{Terminal, Tone, line};

/// Folders of documents that are too large for the repository. Tests read them from these variables.
const DATA: [(&str, &str); 2] = [
    ("CODEGEN_CORPUS", "../shared/corpus"),
    ("CODEGEN_VECTORS", "../shared/vectors"),
];

/// What all steps share.
#[derive(Debug)]
pub(super) struct Runner {
    cargo: OsString,
    root: PathBuf,
    out: PathBuf,
    fresh_target: PathBuf,
    data: Vec<(&'static str, PathBuf)>,
    has_deny: bool,
    has_repository: bool,
    has_oracle: bool,
}

impl Runner {
    /// Creates a runner for the workspace `root`, with the folders of the steps below `temporary`.
    pub(super) fn new(root: &Path, temporary: &Path, terminal: &Terminal) -> Self {
        Runner {
            cargo: cargo::program(),
            root: root.to_path_buf(),
            out: temporary.join("standalone"),
            fresh_target: temporary.join("target"),
            data: data_folders(root, terminal),
            has_deny: has_deny(terminal),
            has_repository: has_repository(root, terminal),
            has_oracle: has_oracle(terminal),
        }
    }

    /// Runs a step to its end. An `Err` is how it failed: `exit status: 101`.
    pub(super) fn run(&self, step: &Step) -> Result<(), String> {
        match self.command(step).status() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(status.to_string()),
            Err(error) => Err(format!("could not start it: {error}")),
        }
    }

    /// Whether all folders exist that a step reads, and the command that it runs.
    pub(super) fn can_run(&self, step: &Step) -> bool {
        let has = match step.cargo {
            DENY => self.has_deny,
            DIFF => self.has_repository,
            ORACLE => self.has_oracle,
            _ => true,
        };
        if !has {
            return false;
        }
        DATA.iter()
            .map(|(name, _)| *name)
            .filter(|name| step.cargo.split(' ').any(|word| word == *name))
            .all(|name| self.folder(name).is_some())
    }

    /// Returns the folder that a variable names.
    fn folder(&self, name: &str) -> Option<PathBuf> {
        self.data
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, folder)| folder.clone())
    }

    fn command(&self, step: &Step) -> Command {
        let mut command = Command::new(&self.cargo);
        for word in step.cargo.split(' ') {
            match (word, self.folder(word)) {
                (OUT, _) => command.arg(&self.out),
                (FRESH_TARGET, _) => command.arg(&self.fresh_target),
                (_, Some(folder)) => command.arg(folder),
                (other, None) => command.arg(other),
            };
        }
        for (name, value) in step.env {
            match value.strip_prefix(FRESH_TARGET) {
                Some(below) => {
                    let below = below.trim_start_matches('/');
                    command.env(name, self.fresh_target.join(below))
                }
                None => command.env(name, value),
            };
        }
        command.envs(self.data.iter().map(|(name, path)| (name, path)));
        match step.place {
            Place::Workspace => command.current_dir(&self.root),
            // Other flags would replace the artifacts of the workspace.
            Place::Example(name) => command
                .current_dir(self.root.join(EXAMPLES).join(name))
                .env(
                    "CARGO_TARGET_DIR",
                    cargo::target(&self.root).join("examples"),
                ),
            Place::StandAlone => command.current_dir(&self.out).env(
                "CARGO_TARGET_DIR",
                cargo::target(&self.root).join("standalone"),
            ),
        };
        command
    }
}

/// Returns whether cargo-deny is installed, and reports if not.
fn has_deny(terminal: &Terminal) -> bool {
    let version = Command::new("cargo-deny").arg("--version").output();
    let is_installed = version.is_ok_and(|output| output.status.success());
    if !is_installed {
        let what = "`cargo-deny` is not installed: licences and advisories of the dependencies are not checked";
        terminal.report(&line(Tone::Warn, "Skipped", what));
    }
    is_installed
}

/// Returns whether there are revisions to compare with, and reports if not: an archive of the files has none.
fn has_repository(root: &Path, terminal: &Terminal) -> bool {
    let mut git = Command::new("git");
    git.args(["rev-parse", "--verify", "--quiet", "HEAD"])
        .current_dir(root);
    let has_commit = git.output().is_ok_and(|output| output.status.success());
    if !has_commit {
        let what = "there is no commit, or no git: changes of the description are not compared";
        terminal.report(&line(Tone::Warn, "Skipped", what));
    }
    has_commit
}

/// Returns whether the JSON of this toolchain's rustdoc can be read, and reports if not.
fn has_oracle(terminal: &Terminal) -> bool {
    let checked = oracle::check_rustdoc();
    if let Err(failure) = &checked {
        let what = format!("oracle: {failure}");
        terminal.report(&line(Tone::Warn, "Skipped", &what));
    }
    checked.is_ok()
}

/// Returns the variables of [`DATA`] whose folders exist, and reports the others, so that nobody takes skipped steps
/// and tests for passed ones. A variable that is already set is used as it is.
fn data_folders(root: &Path, terminal: &Terminal) -> Vec<(&'static str, PathBuf)> {
    let mut found = Vec::new();
    for (name, folder) in DATA {
        let path = env::var_os(name).map_or_else(|| root.join(folder), PathBuf::from);
        if path.is_dir() {
            found.push((name, path));
        } else {
            let what = format!(
                "`{folder}` does not exist: steps and tests that read `{name}` have no data"
            );
            terminal.report(&line(Tone::Warn, "Skipped", &what));
        }
    }
    found
}
