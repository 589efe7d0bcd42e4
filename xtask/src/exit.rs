//! How a command ends: the exit codes, and the failure that no plan could be made or carried out.
//!
//! | code | meaning | who sees it |
//! | --- | --- | --- |
//! | 0 | fresh: a `--check` right now finds nothing; for `ci`: every step passed | everybody, most of the time |
//! | 4 | drift: the generated files differ from what they must be, or a person has something to do (hand edit, stray file, line in `Cargo.toml`) | CI; a run that leaves something to a person |
//! | 1 | failure: a broken document, a disk error, a symbolic link in the way; for `ci`: a step failed | whoever has to mend it |
//! | 2 | wrong usage, told by clap | the one who typed it |
//!
//! A run ends with what a `--check` right after it would end with.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// How a command ended. Wrong usage is not here: clap ends the process itself, with 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Nothing is left to do.
    Fresh,
    /// The disk is not what it must be.
    Drift,
    /// The command could not do its work; what was wrong is already printed.
    Failure,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Fresh => 0,
            Exit::Failure => 1,
            Exit::Drift => 4,
        })
    }
}

/// Why a command could not do its work, in words for the one who typed it.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    /// A failure told by one sentence without a full stop at its end.
    pub fn new(message: impl Into<String>) -> Self {
        Failure(message.into())
    }

    /// What the disk refused: `could not read spec/codegen.yaml: permission denied`.
    pub fn disk(what: &str, path: &Path, error: &io::Error) -> Self {
        Failure(format!("could not {what} {}: {error}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
