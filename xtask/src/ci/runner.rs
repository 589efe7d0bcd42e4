//! Starts the command of a step and waits for it; its output goes where ours goes.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{OUT, Place, Step};
use crate::report::{Tone, line};
use crate::terminal::Terminal;

/// Documents that are too large for the repository: tests read them when these variables name their folders.
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
    data: Vec<(&'static str, PathBuf)>,
}

impl Runner {
    /// For steps at the root of the workspace `root`; the stand-alone crate goes below `temporary`.
    pub(super) fn new(root: &Path, temporary: &Path, terminal: &Terminal) -> Self {
        Runner {
            // cargo says where it is itself, so that a toolchain chosen with `cargo +1.88` is kept.
            cargo: env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
            root: root.to_path_buf(),
            out: temporary.join("standalone"),
            data: data_folders(root, terminal),
        }
    }

    /// Runs a step to its end. An `Err` says how it ended: `exit status: 101`.
    pub(super) fn run(&self, step: &Step) -> Result<(), String> {
        match self.command(step).status() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(status.to_string()),
            Err(error) => Err(format!("it could not be started: {error}")),
        }
    }

    fn command(&self, step: &Step) -> Command {
        let mut command = Command::new(&self.cargo);
        for word in step.cargo.split(' ') {
            match word {
                OUT => command.arg(&self.out),
                other => command.arg(other),
            };
        }
        command.envs(step.env.iter().copied());
        command.envs(self.data.iter().map(|(name, path)| (name, path)));
        match step.place {
            Place::Workspace => command.current_dir(&self.root),
            // Other flags make other artifacts: a folder of its own keeps those of the workspace.
            Place::StandAlone => command
                .current_dir(&self.out)
                .env("CARGO_TARGET_DIR", self.target().join("standalone")),
        };
        command
    }

    fn target(&self) -> PathBuf {
        let folder = env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
        self.root.join(folder)
    }
}

/// The variables of [`DATA`] for the folders that are there. What is not there is said, so that nobody believes in
/// tests that had nothing to read; a variable that the caller has set is passed on as it is.
fn data_folders(root: &Path, terminal: &Terminal) -> Vec<(&'static str, PathBuf)> {
    let mut found = Vec::new();
    for (name, folder) in DATA {
        let path = root.join(folder);
        if env::var_os(name).is_some() {
            continue;
        }
        if path.is_dir() {
            found.push((name, path));
        } else {
            let what = format!("{folder} is not there: tests that read {name} have nothing to do");
            terminal.report(&line(Tone::Warn, "Skipped", &what));
        }
    }
    found
}
