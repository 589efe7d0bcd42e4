//! How a command ends: the exit codes, and the failures that have no place in a document.
//!
//! | code | meaning | who sees it |
//! | --- | --- | --- |
//! | 0 | fresh: a `--check` finds nothing | everybody |
//! | 4 | drift: stale files, or work for a person (hand edit, stray file, line in `Cargo.toml`); traffic that a description does not fit | CI, and that person |
//! | 5 | a change that `diff --fail-on` names | whoever merges the change |
//! | 1 | failure: an invalid document, a disk error, a symbolic link in the way | the author of the document, or the owner of the disk |
//! | 2 | wrong usage, reported by clap | the user |
//!
//! A run ends with the code that a `--check` right after it would end with. For commands that check something else, 0
//! means that everything passed, and 1 that something did not.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// How a command ended. Wrong usage is not here: clap exits by itself, with 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Nothing is left to do.
    Fresh,
    /// The disk is not as it should be.
    Drift,
    /// There is a change that `--fail-on` names.
    Change,
    /// The command failed; the reason is already printed.
    Failure,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Fresh => 0,
            Exit::Failure => 1,
            Exit::Drift => 4,
            Exit::Change => 5,
        })
    }
}

/// Why a command failed, as a message for the user.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    /// Creates a failure from a message: lower case, no full stop.
    pub fn new(message: impl Into<String>) -> Self {
        Failure(message.into())
    }

    /// Creates the failure of an operation on disk: ``could not read `spec/codegen.yaml`: permission denied``.
    pub fn disk(what: &str, path: &Path, error: &io::Error) -> Self {
        Failure(format!("could not {what} `{}`: {error}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
