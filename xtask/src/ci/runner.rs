//! Starts the command of a step and waits for it; its output goes where ours goes.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{OUT, Place, Step};
use oasmith_cli::terminal::Terminal;
use oasmith_cli::terminal::{Tone, line};

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

    /// Whether all folders are there that a step reads.
    pub(super) fn has_data_of(&self, step: &Step) -> bool {
        let names = DATA.iter().map(|(name, _)| *name);
        let mut read = names.filter(|name| step.cargo.split(' ').any(|word| word == *name));
        read.all(|name| self.folder(name).is_some())
    }

    /// The folder that a variable names.
    fn folder(&self, name: &str) -> Option<PathBuf> {
        let found = self.data.iter().find(|(known, _)| *known == name);
        found.map(|(_, folder)| folder.clone())
    }

    fn command(&self, step: &Step) -> Command {
        let mut command = Command::new(&self.cargo);
        for word in step.cargo.split(' ') {
            match (word, self.folder(word)) {
                (OUT, _) => command.arg(&self.out),
                (_, Some(folder)) => command.arg(folder),
                (other, None) => command.arg(other),
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
/// steps and tests that had nothing to read; a variable that the caller has set counts as it is.
fn data_folders(root: &Path, terminal: &Terminal) -> Vec<(&'static str, PathBuf)> {
    let mut found = Vec::new();
    for (name, folder) in DATA {
        let set = env::var_os(name).map(PathBuf::from);
        let path = set.unwrap_or_else(|| root.join(folder));
        if path.is_dir() {
            found.push((name, path));
        } else {
            let what = format!("{folder} is not there: what reads {name} has nothing to do");
            terminal.report(&line(Tone::Warn, "Skipped", &what));
        }
    }
    found
}
