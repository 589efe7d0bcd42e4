//! A tiny workspace in a temporary folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// The exit code of the binary, and what it printed.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// A workspace, which is removed with its value.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
    _folder: TempDir,
}

impl Workspace {
    pub fn new() -> Self {
        Workspace::new_below("")
    }

    /// Creates the workspace in a folder of the temporary folder, so that there is room beside it.
    pub fn new_below(name: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let workspace = Workspace {
            root: folder.path().join(name),
            _folder: folder,
        };
        workspace.write("Cargo.toml", "[workspace]\nmembers = []\n");
        workspace
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.root().join(below)
    }

    pub fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).expect("the file is there")
    }

    pub fn write(&self, below: &str, text: &str) {
        let path = self.path(below);
        let folder = path.parent().expect("a file has a folder");
        fs::create_dir_all(folder).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    }

    /// Runs the binary in the workspace, with nothing of a CI around it.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.run_with(arguments, &[])
    }

    pub fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Ended {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .current_dir(self.root())
            .env_remove("CI")
            .env_remove("GITHUB_ACTIONS")
            .env_remove("CLICOLOR_FORCE")
            .env_remove("CODEGEN_CORPUS")
            .env_remove("CODEGEN_VECTORS")
            .env_remove("RUSTFLAGS")
            .envs(variables.iter().copied())
            .output()
            .expect("the binary can be started");
        let text = |bytes| String::from_utf8(bytes).expect("the output is UTF-8");
        Ended {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}
