//! The files of a commit by their paths. Links are followed within the commit, as on disk.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::rc::Rc;

use oasmith::load::SourceError;

use super::Commit;
use super::objects::{Kind, Objects};

/// More links than this in one path are a circle.
const MAX_LINKS: usize = 40;

/// The files of a commit, by their paths from the folder that the repository was found from.
#[derive(Debug)]
pub(crate) struct Tree {
    objects: Objects,
    commit: Commit,
    prefix: String,
    /// What was read of folders, by id.
    folders: RefCell<BTreeMap<String, Rc<Folder>>>,
}

type Folder = BTreeMap<String, Entry>;

/// An entry of a folder, with its id.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    Folder(String),
    File(String),
    Link(String),
    /// Another repository, whose files are not in this one.
    Submodule,
}

/// What a path leads to: where it is, without links, and its id.
enum Target {
    Folder(Vec<String>),
    File(Vec<String>, String),
}

impl Tree {
    pub(super) fn new(objects: Objects, commit: &Commit, prefix: &str) -> Self {
        Tree {
            objects,
            commit: commit.clone(),
            prefix: prefix.to_owned(),
            folders: RefCell::default(),
        }
    }

    /// Returns the commit.
    pub(crate) fn commit(&self) -> &Commit {
        &self.commit
    }

    /// Reads a file that must be below the folder `root`, once links are followed.
    pub(crate) fn read(&self, path: &str, root: &str) -> Result<Vec<u8>, SourceError> {
        let root = match self.target(root)? {
            Target::Folder(at) => at,
            Target::File(..) => return Err(SourceError::OutsideRoot),
        };
        match self.target(path)? {
            Target::Folder(_) => Err(SourceError::Other("it is not a file".to_owned())),
            Target::File(at, _) if !at.starts_with(&root) => Err(SourceError::OutsideRoot),
            Target::File(_, id) => self.objects.read(&id, Kind::Blob).map_err(other),
        }
    }

    /// Reads a file that is anywhere in the folder, as text; `None` if there is none.
    pub(crate) fn text(&self, path: &str) -> Option<String> {
        String::from_utf8(self.read(path, "").ok()?).ok()
    }

    /// Whether there is a file at a path.
    pub(crate) fn has_file(&self, path: &str) -> bool {
        matches!(self.target(path), Ok(Target::File(..)))
    }

    /// Returns the texts of all files below a folder, by their paths below it. Links are not followed.
    pub(crate) fn texts_below(&self, folder: &str) -> BTreeMap<String, String> {
        let mut texts = BTreeMap::new();
        let Ok(Target::Folder(at)) = self.target(folder) else {
            return texts;
        };
        let Ok(top) = self.folder_at(&at) else {
            return texts;
        };
        let mut pending = vec![(String::new(), top)];
        while let Some((above, folder)) = pending.pop() {
            for (name, entry) in folder.iter() {
                let path = format!("{above}{name}");
                match entry {
                    Entry::Folder(id) => {
                        pending.extend(
                            self.folder(id)
                                .ok()
                                .map(|inner| (format!("{path}/"), inner)),
                        );
                    }
                    Entry::File(id) => {
                        let bytes = self.objects.read(id, Kind::Blob).ok();
                        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
                        texts.extend(text.map(|text| (path, text)));
                    }
                    Entry::Link(_) | Entry::Submodule => {}
                }
            }
        }
        texts
    }

    /// Follows a path from the folder, through links.
    fn target(&self, path: &str) -> Result<Target, SourceError> {
        let whole = format!("{}{path}", self.prefix);
        let mut rest: VecDeque<String> = whole.split('/').map(str::to_owned).collect();
        let mut at: Vec<String> = Vec::new();
        let mut links = 0;
        while let Some(part) = rest.pop_front() {
            match part.as_str() {
                "" | "." => continue,
                ".." => {
                    at.pop().ok_or(SourceError::OutsideRoot)?;
                    continue;
                }
                _ => {}
            }
            let folder = self.folder_at(&at).map_err(other)?;
            match folder.get(&part) {
                None => return Err(SourceError::NotFound),
                Some(Entry::Folder(_)) => at.push(part),
                Some(Entry::File(id)) => {
                    at.push(part);
                    return match rest.iter().all(|part| part.is_empty()) {
                        true => Ok(Target::File(at, id.clone())),
                        false => Err(SourceError::NotFound),
                    };
                }
                Some(Entry::Submodule) => {
                    return Err(SourceError::Other("it is in a submodule".to_owned()));
                }
                Some(Entry::Link(id)) => {
                    links += 1;
                    if links > MAX_LINKS {
                        return Err(SourceError::Other("its links form a circle".to_owned()));
                    }
                    let bytes = self.objects.read(id, Kind::Blob).map_err(other)?;
                    let to = String::from_utf8_lossy(&bytes).into_owned();
                    if to.starts_with('/') {
                        return Err(SourceError::OutsideRoot);
                    }
                    for part in to.split('/').rev() {
                        rest.push_front(part.to_owned());
                    }
                }
            }
        }
        Ok(Target::Folder(at))
    }

    /// Returns the folder at a path without links.
    fn folder_at(&self, at: &[String]) -> io::Result<Rc<Folder>> {
        let mut folder = self.folder(&format!("{}^{{tree}}", self.commit.id))?;
        for part in at {
            let Some(Entry::Folder(id)) = folder.get(part) else {
                return Ok(Rc::default());
            };
            folder = self.folder(id)?;
        }
        Ok(folder)
    }

    fn folder(&self, id: &str) -> io::Result<Rc<Folder>> {
        if let Some(folder) = self.folders.borrow().get(id) {
            return Ok(folder.clone());
        }
        let bytes = self.objects.read(id, Kind::Tree)?;
        let folder = Rc::new(entries(&bytes, self.commit.id.len() / 2));
        let mut folders = self.folders.borrow_mut();
        folders.insert(id.to_owned(), folder.clone());
        Ok(folder)
    }
}

/// Reads the entries of a tree object, `MODE NAME NUL ID` each, with an id of `length` bytes.
fn entries(bytes: &[u8], length: usize) -> Folder {
    let mut folder = Folder::new();
    let mut rest = bytes;
    while let Some(end) = rest.iter().position(|byte| *byte == 0) {
        let (head, tail) = rest.split_at(end);
        let Some((id, next)) = tail.get(1..).and_then(|tail| tail.split_at_checked(length)) else {
            break;
        };
        let head = String::from_utf8_lossy(head);
        let id: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
        if let Some((mode, name)) = head.split_once(' ') {
            let entry = match mode {
                "40000" => Entry::Folder(id),
                "120000" => Entry::Link(id),
                "160000" => Entry::Submodule,
                _ => Entry::File(id),
            };
            folder.insert(name.to_owned(), entry);
        }
        rest = next;
    }
    folder
}

fn other(error: io::Error) -> SourceError {
    SourceError::Other(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_object_has_entries_of_each_kind() {
        let mut bytes = Vec::new();
        for (mode, name) in [
            ("100644", "a b.yaml"),
            ("100755", "run"),
            ("120000", "link"),
            ("160000", "module"),
            ("40000", "spec"),
        ] {
            bytes.extend(format!("{mode} {name}\0").bytes());
            bytes.extend([0xab; 20]);
        }
        let id = "ab".repeat(20);
        let found = entries(&bytes, 20);
        let expected = [
            ("a b.yaml", Entry::File(id.clone())),
            ("run", Entry::File(id.clone())),
            ("link", Entry::Link(id.clone())),
            ("module", Entry::Submodule),
            ("spec", Entry::Folder(id)),
        ];
        let expected = expected.map(|(name, entry)| (name.to_owned(), entry));
        assert_eq!(found, Folder::from(expected));
        assert_eq!(entries(&bytes[..bytes.len() - 1], 20).len(), 4);
    }
}
