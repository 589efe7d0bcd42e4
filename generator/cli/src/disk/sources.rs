//! Documents on disk, as the generator asks for them.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use oasmith::load::{SourceError, Sources};

use crate::exit::Failure;
use crate::lock::Hash;

/// Reads files by their names below `base`, and only those below the reference root.
///
/// The two differ so that a document keeps the name that people know: with the workspace as `base` and `spec/` as the
/// reference root, a document is `spec/products.yaml` in messages, file headers and the lock, and
/// `spec/../secret.yaml` is out of reach.
#[derive(Debug)]
pub struct DiskSources {
    base: PathBuf,
    root: PathBuf,
    /// Files that the user named, wherever they are: overlays.
    admitted: BTreeMap<String, PathBuf>,
    /// What was read, by name. A second read returns the same bytes, so that an excerpt fits its message and the hash
    /// in the lock is that of the bytes that were used.
    cache: Mutex<BTreeMap<String, Vec<u8>>>,
    /// The readers of several documents, each with a reference root of its own.
    inputs: BTreeMap<String, DiskSources>,
}

impl DiskSources {
    /// Creates a reader of what several documents read. It reads nothing else itself.
    pub fn several(inputs: BTreeMap<String, DiskSources>, workspace: &Path) -> Self {
        DiskSources {
            base: workspace.to_path_buf(),
            root: workspace.to_path_buf(),
            admitted: BTreeMap::new(),
            cache: Mutex::default(),
            inputs,
        }
    }

    /// Takes the readers of several documents.
    pub fn into_inputs(self) -> BTreeMap<String, DiskSources> {
        self.inputs
    }

    /// Creates a reader of the files below `root`. They are named from `workspace` when it contains `root`, else from
    /// `root`, so that a name is the same on every machine.
    pub fn new(root: &Path, workspace: Option<&Path>) -> Result<Self, Failure> {
        let real = |path: &Path| {
            fs::canonicalize(path).map_err(|error| Failure::disk("open the folder", path, &error))
        };
        let root = real(root)?;
        let base = workspace
            .map(real)
            .transpose()?
            .filter(|workspace| root.starts_with(workspace))
            .unwrap_or_else(|| root.clone());
        Ok(DiskSources {
            base,
            root,
            admitted: BTreeMap::new(),
            cache: Mutex::default(),
            inputs: BTreeMap::new(),
        })
    }

    /// Adds a file that the user named, and returns its name. It can be outside of the reference root, which is for what
    /// documents name: from the workspace it has its path, from elsewhere its file name.
    pub fn admit(&mut self, path: &Path) -> Result<String, Failure> {
        if let Some(name) = self.name_of(path) {
            return Ok(name);
        }
        let folder = path.parent().unwrap_or(Path::new("/"));
        let folder = fs::canonicalize(folder)
            .map_err(|error| Failure::disk("open the folder", folder, &error))?;
        let path = folder.join(path.file_name().unwrap_or_default());
        let below = path.strip_prefix(&self.base).ok().and_then(Path::to_str);
        let name = below.or_else(|| path.file_name().and_then(|name| name.to_str()));
        let unnamed = || Failure::new(format!("the name of `{}` is not UTF-8", path.display()));
        let name = name.ok_or_else(unnamed)?.replace('\\', "/");
        let before = self.admitted.insert(name.clone(), path.clone());
        match before.filter(|before| *before != path) {
            Some(_) => Err(Failure::new(format!("two files are called `{name}`"))),
            None => Ok(name),
        }
    }

    /// Returns the name of a document, with `/` between its parts; `None` when it is outside the reference root.
    pub fn name_of(&self, path: &Path) -> Option<String> {
        // Only the folder is resolved: a document that is a link keeps its own name, not that of its target.
        let folder = match path.parent() {
            Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
            Some(folder) => folder,
            None => return None,
        };
        let path = fs::canonicalize(folder).ok()?.join(path.file_name()?);
        path.strip_prefix(&self.root).ok()?;
        path.strip_prefix(&self.base)
            .ok()?
            .iter()
            .map(|part| part.to_str())
            .collect::<Option<Vec<&str>>>()
            .map(|parts| parts.join("/"))
    }

    /// Returns the path of a file by its name. Links are followed, so that a write goes to the file behind one.
    pub fn path_of(&self, name: &str) -> PathBuf {
        if let Some(input) = self.inputs.values().find(|input| input.has_read(name)) {
            return input.path_of(name);
        }
        let admitted = self.admitted.get(name).cloned();
        let path = admitted.unwrap_or_else(|| self.base.join(name));
        fs::canonicalize(&path).unwrap_or(path)
    }

    /// Returns the paths of all files that were read.
    pub fn files(&self) -> Vec<PathBuf> {
        let cache = self.cached();
        let own = cache.keys().map(|name| self.path_of(name));
        let inputs = self.inputs.values().flat_map(DiskSources::files);
        own.chain(inputs).collect()
    }

    /// Returns the hash of a file that was read.
    pub fn hash(&self, name: &str) -> Option<Hash> {
        let own = self.cached().get(name).map(|bytes| Hash::of(bytes));
        own.or_else(|| self.inputs.values().find_map(|input| input.hash(name)))
    }

    fn cached(&self) -> MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        // nobody panics between two halves of a change
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn has_read(&self, name: &str) -> bool {
        self.cached().contains_key(name)
    }
}

impl Sources for DiskSources {
    fn read(&self, name: &str) -> Result<Vec<u8>, SourceError> {
        if let Some(bytes) = self.cached().get(name) {
            return Ok(bytes.clone());
        }
        if !self.inputs.is_empty() {
            let mut inputs = self.inputs.values();
            let cached = inputs.find(|input| input.has_read(name));
            let read = cached.and_then(|input| input.read(name).ok());
            let mut others = self.inputs.values();
            let read = read.or_else(|| others.find_map(|input| input.read(name).ok()));
            return read.ok_or(SourceError::OutsideRoot);
        }
        if name.chars().any(char::is_control) {
            // Such a name could not be written on a line of the lock.
            let cause = "its name has control characters".to_owned();
            return Err(SourceError::Other(cause));
        }
        let admitted = self.admitted.get(name);
        let named = admitted.cloned().unwrap_or_else(|| self.base.join(name));
        let path = fs::canonicalize(named).map_err(source_error)?;
        if admitted.is_none() && !path.starts_with(&self.root) {
            return Err(SourceError::OutsideRoot);
        }
        if !path.is_file() {
            // A pipe or a device would block or never end.
            return Err(SourceError::Other("it is not a file".to_owned()));
        }
        let bytes = fs::read(&path).map_err(source_error)?;
        self.cached().insert(name.to_owned(), bytes.clone());
        Ok(bytes)
    }

    fn of_input(&self, name: &str) -> Option<&dyn Sources> {
        self.inputs.get(name).map(|input| input as &dyn Sources)
    }
}

fn source_error(error: io::Error) -> SourceError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => SourceError::NotFound,
        _ => SourceError::Other(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A workspace with a `spec` folder, and a file outside of both.
    fn folders() -> tempfile::TempDir {
        let top = tempfile::tempdir().expect("a temporary folder can be made");
        let write = |path: &str, text: &str| {
            let path = top.path().join(path);
            fs::create_dir_all(path.parent().expect("it has a folder")).expect("it can be made");
            fs::write(path, text).expect("it can be written");
        };
        write("work/spec/a.yaml", "a");
        write("work/secret.yaml", "secret");
        write("other/b.yaml", "b");
        top
    }

    fn sources(top: &Path, root: &str) -> DiskSources {
        DiskSources::new(&top.join(root), Some(&top.join("work"))).expect("both folders exist")
    }

    #[test]
    fn names_start_at_the_workspace_when_they_can() {
        let top = folders();
        let inside = sources(top.path(), "work/spec");
        let document = top.path().join("work/spec/a.yaml");
        assert_eq!(inside.name_of(&document).as_deref(), Some("spec/a.yaml"));
        assert_eq!(inside.read("spec/a.yaml"), Ok(b"a".to_vec()));
        assert_eq!(inside.hash("spec/a.yaml"), Some(Hash::of(b"a")));
        assert_eq!(inside.name_of(&top.path().join("work/secret.yaml")), None);

        let outside = sources(top.path(), "other");
        let document = top.path().join("other/b.yaml");
        assert_eq!(outside.name_of(&document).as_deref(), Some("b.yaml"));
        assert_eq!(outside.read("b.yaml"), Ok(b"b".to_vec()));
    }

    #[test]
    fn nothing_above_the_reference_root_is_read() {
        let top = folders();
        let sources = sources(top.path(), "work/spec");
        for name in ["secret.yaml", "spec/../secret.yaml", "../other/b.yaml"] {
            assert_eq!(sources.read(name), Err(SourceError::OutsideRoot), "{name}");
        }
        let absolute = top.path().join("other/b.yaml");
        let name = absolute.to_str().expect("temporary paths are UTF-8");
        assert_eq!(sources.read(name), Err(SourceError::OutsideRoot));
        assert_eq!(sources.read("spec/b.yaml"), Err(SourceError::NotFound));
        assert_eq!(sources.read("spec/a.yaml/x"), Err(SourceError::NotFound));
        assert!(matches!(sources.read("spec"), Err(SourceError::Other(_))));
        let control = sources.read("spec/a\n.yaml");
        assert!(matches!(control, Err(SourceError::Other(_))));
    }

    #[test]
    fn a_file_that_the_user_names_can_be_anywhere() {
        let top = folders();
        let mut sources = sources(top.path(), "work/spec");
        let mut admit = |path: &str| sources.admit(&top.path().join(path)).ok();
        assert_eq!(admit("work/spec/a.yaml").as_deref(), Some("spec/a.yaml"));
        assert_eq!(admit("work/secret.yaml").as_deref(), Some("secret.yaml"));
        assert_eq!(admit("other/b.yaml").as_deref(), Some("b.yaml"));
        assert_eq!(admit("other/b.yaml").as_deref(), Some("b.yaml"));
        assert_eq!(admit("nowhere/c.yaml"), None);
        assert_eq!(sources.read("secret.yaml"), Ok(b"secret".to_vec()));
        assert_eq!(sources.read("b.yaml"), Ok(b"b".to_vec()));
        assert_eq!(
            sources.read("../other/b.yaml"),
            Err(SourceError::OutsideRoot)
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_resolved_before_the_root_is_checked() {
        use std::os::unix::fs::symlink;
        let top = folders();
        let spec = top.path().join("work/spec");
        symlink("a.yaml", spec.join("inside.yaml")).expect("a link can be made");
        symlink("../../other/b.yaml", spec.join("outside.yaml")).expect("a link can be made");
        let sources = sources(top.path(), "work/spec");
        assert_eq!(sources.read("spec/inside.yaml"), Ok(b"a".to_vec()));
        let outside = sources.read("spec/outside.yaml");
        assert_eq!(outside, Err(SourceError::OutsideRoot));
    }

    #[test]
    fn a_second_read_gives_the_same_bytes() {
        let top = folders();
        let sources = sources(top.path(), "work/spec");
        sources.read("spec/a.yaml").expect("it is there");
        fs::write(top.path().join("work/spec/a.yaml"), "changed").expect("it can be written");
        assert_eq!(sources.read("spec/a.yaml"), Ok(b"a".to_vec()));
    }
}
