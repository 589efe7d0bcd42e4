//! What git knows: revisions and the files in them, tags, renames. Asks the program `git`, and never checks anything
//! out.
//!
//! ```text
//! Repository ─▶ Commit ─▶ Objects, one process of `git cat-file --batch` ─▶ Tree, Sources
//! ```
//!
//! Only commands that read are used, and none that runs filters, hooks or drivers of a repository's configuration.

mod objects;
mod sources;
mod tree;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::rc::Rc;

use crate::exit::Failure;

use objects::Objects;
pub(crate) use sources::RevisionSources;
pub(crate) use tree::Tree;

/// A repository, seen from a folder in it.
#[derive(Debug, Clone)]
pub(crate) struct Repository {
    folder: PathBuf,
    /// The path of the folder below the top of the repository: empty, or with `/` at its end.
    prefix: String,
    network: Network,
}

/// Whether git may get objects from the server that a clone left out: `git clone --filter=blob:none`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Network {
    Allowed,
    Never,
}

/// A commit with the name that somebody gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Commit {
    /// As typed: `v0.3.1`, `HEAD~2`.
    pub(crate) name: String,
    /// The id, in hexadecimal digits.
    pub(crate) id: String,
}

/// What to do without a repository.
const TWO_FILES: &str = "compare two files with `--from OLD.yaml --to NEW.yaml`";

impl Repository {
    /// Finds the repository around a folder.
    pub(crate) fn around(folder: &Path) -> Result<Self, Failure> {
        if !has_git_folder(folder) {
            return Err(Failure::new(format!(
                "`{}` is in no git repository; {TWO_FILES}",
                folder.display()
            )));
        }
        Repository::opened(folder, Network::Allowed)
    }

    /// Finds the repository around a folder, for a question that nobody asked: `None` without one, without git, or if
    /// git cannot read it. Nothing is fetched.
    pub(crate) fn find(folder: &Path) -> Option<Self> {
        if !has_git_folder(folder) {
            return None;
        }
        Repository::opened(folder, Network::Never).ok()
    }

    fn opened(folder: &Path, network: Network) -> Result<Self, Failure> {
        let output = start(folder, network, &["rev-parse", "--show-prefix"])?;
        if !output.status.success() {
            let said = said(&output);
            return Err(Failure::new(format!(
                "git cannot read the repository: {said}"
            )));
        }
        let prefix = String::from_utf8_lossy(&output.stdout);
        Ok(Repository {
            folder: folder.to_path_buf(),
            prefix: prefix.trim_end_matches(['\r', '\n']).to_owned(),
            network,
        })
    }

    /// Returns the path of the folder below the top of the repository: empty, or with `/` at its end.
    pub(crate) fn prefix(&self) -> &str {
        &self.prefix
    }

    fn ask(&self, question: &[impl AsRef<OsStr>]) -> Result<Output, Failure> {
        start(&self.folder, self.network, question)
    }

    /// Returns a commit by any name that git knows; `None` if it knows none such.
    pub(crate) fn commit(&self, name: &str) -> Result<Option<Commit>, Failure> {
        let commit = format!("{name}^{{commit}}");
        let question = [
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ];
        let output = self.ask(&question)?;
        let id = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Ok((output.status.success() && !id.is_empty()).then(|| Commit {
            name: name.to_owned(),
            id,
        }))
    }

    /// Returns the files of a commit.
    pub(crate) fn tree(&self, commit: &Commit) -> Result<Rc<Tree>, Failure> {
        let objects = Objects::start(command(&self.folder, self.network))?;
        Ok(Rc::new(Tree::new(objects, commit, &self.prefix)))
    }

    /// Returns the tag of the last release at or before a commit, such as `v0.3.1` or, in a repository with several
    /// packages, `pets-v0.3.1`.
    pub(crate) fn last_release(&self, package: &str, at: &str) -> Result<Option<String>, Failure> {
        let own = [
            format!("{package}-v[0-9]*"),
            format!("{package}-[0-9]*"),
            format!("{package}/v[0-9]*"),
        ];
        let shared = ["v[0-9]*".to_owned(), "[0-9]*".to_owned()];
        for patterns in [&own[..], &shared[..]] {
            let mut question = vec!["describe", "--tags", "--abbrev=0"];
            for pattern in patterns {
                question.extend(["--match", pattern]);
            }
            question.push(at);
            let output = self.ask(&question)?;
            let tag = String::from_utf8_lossy(&output.stdout).trim().to_owned();
            if output.status.success() && !tag.is_empty() {
                return Ok(Some(tag));
            }
        }
        Ok(None)
    }

    /// Returns the names of all tags and branches.
    pub(crate) fn names(&self) -> Vec<String> {
        let question = [
            "for-each-ref",
            "--format=%(refname:short)",
            "refs/tags",
            "refs/heads",
            "refs/remotes",
        ];
        let output = self.ask(&question).ok();
        let output = output.filter(|output| output.status.success());
        let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
        let lines = text.iter().flat_map(|text| text.lines());
        lines.map(str::to_owned).collect()
    }

    /// Whether a name is that of a tag.
    pub(crate) fn is_tag(&self, name: &str) -> bool {
        let tag = format!("refs/tags/{name}");
        let question = ["show-ref", "--verify", "--quiet", &tag];
        self.ask(&question)
            .is_ok_and(|output| output.status.success())
    }

    /// Whether older commits are missing here: CI systems often fetch only the last one.
    pub(crate) fn is_shallow(&self) -> bool {
        let output = self.ask(&["rev-parse", "--is-shallow-repository"]);
        output.is_ok_and(|output| output.stdout.starts_with(b"true"))
    }

    /// Returns the former path of a file that is elsewhere now, both from the folder; `to` is the working tree if it is
    /// `None`.
    pub(crate) fn former_path(
        &self,
        from: &Commit,
        to: Option<&Commit>,
        path: &str,
    ) -> Option<String> {
        let mut question = vec![
            "diff",
            "--no-ext-diff",
            "--no-textconv",
            "--name-status",
            "--diff-filter=R",
            "--find-renames",
            "-z",
            &from.id,
        ];
        question.extend(to.map(|to| to.id.as_str()));
        let output = self.ask(&question).ok()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut fields = text.split('\0');
        let wanted = format!("{}{path}", self.prefix);
        // `R087 NUL old NUL new NUL`, with paths from the top of the repository
        while let (Some(_), Some(old), Some(new)) = (fields.next(), fields.next(), fields.next()) {
            if new == wanted {
                return old.strip_prefix(&self.prefix).map(str::to_owned);
            }
        }
        None
    }
}

/// Whether this folder or one above has a repository. A run outside of one starts no process.
fn has_git_folder(folder: &Path) -> bool {
    std::env::var_os("GIT_DIR").is_some()
        || folder.ancestors().any(|above| above.join(".git").exists())
}

/// Returns the command, which asks for nothing, locks nothing and speaks English.
fn command(folder: &Path, network: Network) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(folder)
        .args(["-c", "core.fsmonitor=false", "-c", "core.quotePath=false"])
        .env("LC_ALL", "C")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .stdin(Stdio::null());
    if network == Network::Never {
        command.env("GIT_NO_LAZY_FETCH", "1");
    }
    command
}

fn start(
    folder: &Path,
    network: Network,
    arguments: &[impl AsRef<OsStr>],
) -> Result<Output, Failure> {
    command(folder, network)
        .args(arguments)
        .output()
        .map_err(|error| no_git(&error))
}

/// The failure of a machine without git.
fn no_git(error: &std::io::Error) -> Failure {
    Failure::new(format!(
        "could not start `git`: {error}; install it, or {TWO_FILES}"
    ))
}

/// Returns the first line of what git printed as an error, without its prefix.
fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let line = text.lines().next().unwrap_or("it gives no reason");
    line.trim_start_matches("fatal: ").to_owned()
}
