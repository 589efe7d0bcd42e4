//! A Python with the packages of the applications, in a virtual environment below the target folder.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The interpreter of the virtual environment.
#[derive(Debug)]
pub(super) struct Python {
    program: PathBuf,
}

impl Python {
    /// Makes the environment, or finds that of an earlier run with the same packages. `PYTHON` names an interpreter
    /// other than `python3`. An `Err` says why there is none.
    pub(super) fn install(sources: &Path, out: &Path) -> Result<Self, String> {
        let list = sources.join("requirements.txt");
        let wanted = fs::read_to_string(&list).map_err(|error| error.to_string())?;
        let folder = out.join("venv");
        let python = Python {
            program: folder.join(if cfg!(windows) {
                "Scripts/python.exe"
            } else {
                "bin/python"
            }),
        };
        let installed = folder.join("installed.txt");
        if fs::read_to_string(&installed).is_ok_and(|text| text == wanted) {
            return Ok(python);
        }
        let base = env::var_os("PYTHON").unwrap_or_else(|| OsString::from("python3"));
        let mut make = Command::new(base);
        make.args(["-m", "venv", "--clear"]).arg(&folder);
        succeed(make).map_err(|why| format!("there is no Python with `venv` ({why})"))?;
        let mut install = python.command();
        let options = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-r",
        ];
        install.args(options).arg(&list);
        succeed(install).map_err(|why| format!("its packages cannot be installed ({why})"))?;
        fs::write(&installed, wanted).map_err(|error| error.to_string())?;
        Ok(python)
    }

    /// Returns a command that leaves no compiled files beside the sources.
    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }
}

/// Runs a command to its end. An `Err` is the last line that it prints.
fn succeed(mut command: Command) -> Result<(), String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let last = text.lines().rfind(|line| !line.trim().is_empty());
    Err(last.unwrap_or("it failed without a word").to_owned())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn packages_that_cannot_be_installed_are_a_reason_to_skip() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let out = folder.path().join("out");
        let missing = Python::install(folder.path(), &out).expect_err("there is no list");
        assert!(missing.contains("No such file"), "{missing}");

        // an environment of an earlier run is used as it is
        fs::write(folder.path().join("requirements.txt"), "a==1\n").expect("it can be written");
        fs::create_dir_all(out.join("venv")).expect("it can be made");
        fs::write(out.join("venv/installed.txt"), "a==1\n").expect("it can be written");
        let python = Python::install(folder.path(), &out).expect("it is installed");
        assert!(python.program.ends_with("venv/bin/python"));
    }
}
