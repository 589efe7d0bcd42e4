//! The two sides of a comparison, from what was typed: the working tree, a revision, a file, or a file of a revision.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use oasmith::diagnostic::suggest;

use super::input::{self, Input, OfRevision};
use crate::exit::Failure;
use crate::git::{Commit, Repository, Tree};
use crate::terminal::quoted;
use crate::workspace::{Workspace, slashes};

/// How reports name the files on disk.
const WORKING_TREE: &str = "the working tree";

/// One side of a comparison.
#[derive(Clone)]
pub(crate) struct Side {
    /// How reports name it: `v0.3.1`, `the working tree`, `new.yaml`.
    pub(crate) label: String,
    /// The revision, if it is one.
    pub(crate) tree: Option<Rc<Tree>>,
    /// Whether it is the tag of a release.
    pub(crate) is_release: bool,
    pub(crate) content: Content,
}

/// What a side has.
#[derive(Clone)]
pub(crate) enum Content {
    /// Targets.
    Inputs(Vec<Input>),
    /// A `codegen.yaml` that is invalid, with what is wrong.
    Invalid(String),
    /// A revision without `codegen.yaml`: targets are those of the other side.
    NoConfig,
}

/// What was typed for a side.
enum Typed {
    Revision(Commit),
    File(PathBuf),
    FileOf(Commit, String),
}

/// Finds sides.
pub(crate) struct Sides<'w> {
    workspace: Option<&'w Workspace>,
    /// Found when it is first needed, since two files need none.
    repository: OnceCell<Repository>,
}

impl<'w> Sides<'w> {
    pub(crate) fn new(workspace: Option<&'w Workspace>) -> Self {
        Sides {
            workspace,
            repository: OnceCell::new(),
        }
    }

    pub(crate) fn repository(&self) -> Result<&Repository, Failure> {
        if let Some(found) = self.repository.get() {
            return Ok(found);
        }
        let found = match self.workspace {
            Some(workspace) => Repository::around(workspace.root())?,
            None => {
                let here = std::env::current_dir();
                let here = here.map_err(|error| Failure::disk("find", Path::new("."), &error))?;
                Repository::around(&here)?
            }
        };
        Ok(self.repository.get_or_init(|| found))
    }

    /// The files on disk, with targets that were read before.
    pub(crate) fn working_tree(inputs: Vec<Input>) -> Side {
        Side {
            label: WORKING_TREE.to_owned(),
            tree: None,
            is_release: false,
            content: Content::Inputs(inputs),
        }
    }

    /// Returns the side that was typed; `like` has the choices for a file.
    pub(crate) fn typed(&self, text: &str, like: Option<&Input>) -> Result<Side, Failure> {
        match self.parse(text)? {
            Typed::Revision(commit) => self.revision(&commit),
            Typed::File(path) => {
                let none = || Input::without_choices(&path);
                let like = like.cloned().unwrap_or_else(none);
                Ok(Side {
                    label: slashes(&path),
                    tree: None,
                    is_release: false,
                    content: Content::Inputs(vec![like.with_file(&path, self.workspace)?]),
                })
            }
            Typed::FileOf(commit, path) => {
                let tree = self.repository()?.tree(&commit)?;
                let none = || Input::without_choices(Path::new(&path));
                let like = like.cloned().unwrap_or_else(none);
                Ok(Side {
                    label: text.to_owned(),
                    content: Content::Inputs(vec![like.moved_to(&tree, &path)]),
                    tree: Some(tree),
                    is_release: false,
                })
            }
        }
    }

    /// Whether a side that was typed is a file, which has no target of its own.
    pub(crate) fn is_file(&self, text: &str) -> Result<bool, Failure> {
        Ok(!matches!(self.parse(text)?, Typed::Revision(_)))
    }

    /// Returns the side of a revision by its name, even if there is a file of this name.
    pub(crate) fn typed_revision(&self, name: &str) -> Result<Side, Failure> {
        let repository = self.repository()?;
        let commit = repository.commit(name)?;
        self.revision(&commit.ok_or_else(|| unknown(repository, name))?)
    }

    /// Returns the side of a revision.
    fn revision(&self, commit: &Commit) -> Result<Side, Failure> {
        let repository = self.repository()?;
        let tree = repository.tree(commit)?;
        let content = match input::of_revision(&tree) {
            OfRevision::Inputs(inputs) => Content::Inputs(inputs),
            OfRevision::Invalid(report) => Content::Invalid(report),
            OfRevision::NoConfig => Content::NoConfig,
        };
        Ok(Side {
            label: commit.name.clone(),
            is_release: repository.is_tag(&commit.name),
            tree: Some(tree),
            content,
        })
    }

    fn parse(&self, text: &str) -> Result<Typed, Failure> {
        let path = Path::new(text);
        if path.is_file() {
            return Ok(Typed::File(path.to_path_buf()));
        }
        let repository = self.repository()?;
        if let Some(commit) = repository.commit(text)? {
            return Ok(Typed::Revision(commit));
        }
        if path.is_dir() {
            return Err(Failure::new(format!(
                "`{text}` is a folder; name a description in it, or a revision"
            )));
        }
        if let Some((revision, path)) = text.split_once(':') {
            let Some(commit) = repository.commit(revision)? else {
                return Err(unknown(repository, revision));
            };
            // paths are those of git: from the top of the repository
            let prefix = repository.prefix();
            let path = match path.strip_prefix("./") {
                Some(below) => below.to_owned(),
                None => path.strip_prefix(prefix).map_or_else(
                    || "../".repeat(prefix.matches('/').count()) + path,
                    str::to_owned,
                ),
            };
            if !repository.tree(&commit)?.has_file(&path) {
                if let Some(former) = repository.former_path(&commit, None, &path) {
                    return Err(Failure::new(format!(
                        "`{revision}` has no file `{path}`; there it is `{revision}:{former}`"
                    )));
                }
                let command = format!("git ls-tree -r --name-only {}", quoted(revision));
                return Err(Failure::new(format!(
                    "`{revision}` has no file `{path}`; `{command}` lists its files"
                )));
            }
            return Ok(Typed::FileOf(commit, path));
        }
        Err(unknown(repository, text))
    }
}

/// The failure of a name that git does not know.
fn unknown(repository: &Repository, name: &str) -> Failure {
    if repository.is_shallow() {
        let fetch = fetch_command(name);
        return Failure::new(format!(
            "`{name}` is not in this clone, which is shallow; get it with `{fetch}`"
        ));
    }
    let names = repository.names();
    let help = suggest::did_you_mean(name, names.iter().map(String::as_str));
    let help = help.unwrap_or_else(|| {
        "`git fetch --tags` gets the tags of the server, `git log --oneline` lists commits".into()
    });
    Failure::new(format!("there is no revision and no file `{name}`; {help}"))
}

/// Returns the command that brings a revision into a shallow clone.
fn fetch_command(name: &str) -> String {
    let is_id = (7..=64).contains(&name.len()) && name.chars().all(|one| one.is_ascii_hexdigit());
    let is_relative = name.contains(['~', '^', '@']) || name == "HEAD";
    let version = name.trim_start_matches(|one: char| !one.is_ascii_digit());
    if is_relative {
        "git fetch --unshallow --tags".to_owned()
    } else if is_id {
        format!("git fetch --depth 1 origin {name}")
    } else if version.contains('.') {
        format!("git fetch --depth 1 origin tag {}", quoted(name))
    } else {
        let branch = name.trim_start_matches("origin/");
        let branch = quoted(&format!("{branch}:refs/remotes/origin/{branch}"));
        format!("git fetch --depth 1 origin {branch}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_fetched_by_its_kind() {
        for (name, command) in [
            ("v0.3.1", "git fetch --depth 1 origin tag v0.3.1"),
            ("pets-v1.0.0", "git fetch --depth 1 origin tag pets-v1.0.0"),
            ("0123abc", "git fetch --depth 1 origin 0123abc"),
            ("HEAD~3", "git fetch --unshallow --tags"),
            (
                "origin/main",
                "git fetch --depth 1 origin main:refs/remotes/origin/main",
            ),
        ] {
            assert_eq!(fetch_command(name), command);
        }
    }
}
