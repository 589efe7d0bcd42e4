//! Where things are: the workspace that a command runs in, and how its files are named in messages.

use std::env;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::exit::Failure;

/// The workspace around the current folder.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Finds the workspace as cargo does: the nearest `Cargo.toml` upwards that has a `[workspace]`.
    pub fn find() -> Result<Self, Failure> {
        let here = env::current_dir()
            .map_err(|error| Failure::disk("find the current folder", Path::new("."), &error))?;
        let root = root_above(&here).ok_or_else(|| {
            Failure::new("there is no Cargo.toml with a [workspace] here or in a folder above")
        })?;
        Ok(Workspace { root })
    }

    /// The folder of the workspace's manifest.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// How messages name a file: below the workspace, so that a path can be copied into a command from there; with
    /// `/` on every system. What lies elsewhere keeps its path.
    pub fn show(&self, path: &Path) -> String {
        let path = plain(path);
        let shown = path.strip_prefix(plain(&self.root)).unwrap_or(&path);
        shown.to_string_lossy().replace('\\', "/")
    }
}

/// The nearest folder, this one or above, whose `Cargo.toml` has a `[workspace]`.
pub fn root_above(folder: &Path) -> Option<PathBuf> {
    let has_workspace = |folder: &&Path| {
        let text = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
        text.parse::<toml_edit::DocumentMut>()
            .is_ok_and(|manifest| manifest.contains_key("workspace"))
    };
    folder
        .ancestors()
        .find(has_workspace)
        .map(Path::to_path_buf)
}

/// The path without `.` and `x/..`: `spec/../generated` is `generated`. Links are not looked at.
pub fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        let back = part == Component::ParentDir
            && matches!(plain.components().next_back(), Some(Component::Normal(_)));
        if back {
            plain.pop();
        } else if part != Component::CurDir {
            plain.push(part);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_shown_below_the_workspace() {
        let workspace = Workspace {
            root: PathBuf::from("/w/main"),
        };
        assert_eq!(
            workspace.show(Path::new("/w/main/spec/../generated")),
            "generated"
        );
        assert_eq!(
            workspace.show(Path::new("/w/main/./spec/a.yaml")),
            "spec/a.yaml"
        );
        assert_eq!(workspace.show(Path::new("/w/main/../x/src")), "/w/x/src");
        assert_eq!(workspace.show(Path::new("../x")), "../x");
    }

    #[test]
    fn the_nearest_workspace_counts() {
        let top = tempfile::tempdir().expect("a temporary folder can be made");
        let inner = top.path().join("member/src");
        fs::create_dir_all(&inner).expect("it can be made");
        let write = |path: &str, text: &str| {
            fs::write(top.path().join(path), text).expect("it can be written");
        };
        write("Cargo.toml", "[workspace]\n");
        write("member/Cargo.toml", "[package]\nname = \"member\"\n");
        assert_eq!(root_above(&inner).as_deref(), Some(top.path()));
        write("member/Cargo.toml", "[workspace]\n");
        assert_eq!(root_above(&inner), Some(top.path().join("member")));
    }
}
