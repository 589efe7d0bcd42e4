//! Where things are: the workspace that a command runs in, and how its files are named in messages.

use std::env;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::exit::Failure;

/// Where a workspace has its targets and choices; the first that exists counts.
pub const CONFIGS: [&str; 2] = ["spec/codegen.yaml", "codegen.yaml"];

/// The workspace that the current folder belongs to.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Finds the workspace as cargo does: the nearest folder upwards whose `Cargo.toml` has a `[workspace]`, else the
    /// nearest one with a `Cargo.toml`, since a package that is in no workspace is its own. Without cargo it is the
    /// nearest folder with a `spec/codegen.yaml`, else with a `codegen.yaml`.
    pub fn find() -> Result<Option<Self>, Failure> {
        let here = env::current_dir()
            .map_err(|error| Failure::disk("find the current folder", Path::new("."), &error))?;
        Ok(Workspace::around(&here))
    }

    /// Finds the workspace, for a command that cannot do without.
    pub fn require() -> Result<Self, Failure> {
        Workspace::find()?.ok_or_else(Workspace::not_found)
    }

    /// The failure of a command that needs a workspace and has none.
    pub(crate) fn not_found() -> Failure {
        Failure::new("there is no `codegen.yaml` or `Cargo.toml` in this folder or a folder above")
    }

    /// Finds the workspace around a folder.
    pub(crate) fn around(folder: &Path) -> Option<Self> {
        let has_manifest = |folder: &&Path| folder.join("Cargo.toml").is_file();
        let package = || folder.ancestors().find(has_manifest);
        let configured = || {
            let has = |config: &str| folder.ancestors().find(|one| one.join(config).is_file());
            CONFIGS.into_iter().find_map(has)
        };
        root_above(folder)
            .or_else(|| package().or_else(configured).map(Path::to_path_buf))
            .map(|root| Workspace { root })
    }

    /// The folder of the workspace's manifest.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns which `codegen.yaml` the workspace has, as a path below it.
    pub fn config(&self) -> Option<&'static str> {
        CONFIGS
            .into_iter()
            .find(|name| self.root.join(name).exists())
    }

    /// Returns how messages name a file: from the workspace, so that a path can be copied into a command there, with
    /// `/` on every system. A file outside of the workspace keeps its path.
    pub fn show(&self, path: &Path) -> String {
        let path = normalized(path);
        slashes(path.strip_prefix(normalized(&self.root)).unwrap_or(&path))
    }
}

/// Returns the nearest folder, this one or above, whose `Cargo.toml` has a `[workspace]`.
pub fn root_above(folder: &Path) -> Option<PathBuf> {
    let has_workspace = |folder: &&Path| {
        fs::read_to_string(folder.join("Cargo.toml"))
            .ok()
            .and_then(|text| text.parse::<toml_edit::DocumentMut>().ok())
            .is_some_and(|manifest| manifest.contains_key("workspace"))
    };
    folder
        .ancestors()
        .find(has_workspace)
        .map(Path::to_path_buf)
}

/// Returns the path without `.` and `x/..`: `spec/../generated` is `generated`. Links are not resolved.
pub fn normalized(path: &Path) -> PathBuf {
    let mut normalized = PathBuf::new();
    for part in path.components() {
        let steps_back = part == Component::ParentDir
            && matches!(
                normalized.components().next_back(),
                Some(Component::Normal(_))
            );
        if steps_back {
            normalized.pop();
        } else if part != Component::CurDir {
            normalized.push(part);
        }
    }
    normalized
}

/// Returns the path as text, with `/` between its parts on every system.
pub fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_shown_from_the_workspace() {
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
    fn the_nearest_workspace_is_found() {
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

    #[test]
    fn without_cargo_the_choices_decide() {
        let top = tempfile::tempdir().expect("a temporary folder can be made");
        let spec = top.path().join("spec");
        fs::create_dir_all(&spec).expect("it can be made");
        assert!(Workspace::around(&spec).is_none());
        let around = |folder: &Path| {
            let workspace = Workspace::around(folder).expect("there are choices");
            (workspace.root().to_path_buf(), workspace.config())
        };
        fs::write(top.path().join("codegen.yaml"), "").expect("it can be written");
        let expected = (top.path().to_path_buf(), Some("codegen.yaml"));
        assert_eq!(around(&spec), expected);
        fs::write(spec.join("codegen.yaml"), "").expect("it can be written");
        let expected = (top.path().to_path_buf(), Some("spec/codegen.yaml"));
        assert_eq!(around(&spec), expected);
    }

    #[test]
    fn a_package_in_no_workspace_is_its_own() {
        let top = tempfile::tempdir().expect("a temporary folder can be made");
        let inner = top.path().join("src");
        fs::create_dir_all(&inner).expect("it can be made");
        let manifest = top.path().join("Cargo.toml");
        fs::write(manifest, "[package]\nname = \"alone\"\n").expect("it can be written");
        assert_eq!(root_above(&inner), None);
        let workspace = Workspace::around(&inner).expect("there is a package");
        assert_eq!(workspace.root(), top.path());
    }
}
