//! What a run would do, computed from values alone: the wanted files, the hashes of the inputs, the lock and the disk.
//!
//! A run applies the plan ([`crate::apply`]), `--check` only prints it ([`crate::report`]): both make it here, so they
//! cannot disagree. Nothing in this module touches the disk.
//!
//! | state of a file | wanted | in the lock | on disk | what a run does |
//! | --- | --- | --- | --- | --- |
//! | fresh | yes | any | as wanted | nothing |
//! | stale | yes | yes | as the lock says, not as wanted | writes it |
//! | missing | yes | any | no | writes it |
//! | edited by hand | any | any | neither as the lock says nor as wanted | writes or deletes it, with `--force` only |
//! | orphaned | no | yes | as the lock says | deletes it |
//! | stray | no | no | yes | nothing, ever; its `rm` is named |
//!
//! The lock itself is a file of the plan, the last one: fresh, stale or missing.
//!
//! | cause, found by elimination | when |
//! | --- | --- |
//! | edited by hand | a file of the lock differs from it, and from what is wanted |
//! | deleted by hand | a wanted file of the lock is not on disk |
//! | input changed, added, gone | an input differs from the lock, by name |
//! | generator changed | no input differs, and a file that is not as wanted is listed with another hash than wanted |
//! | lock out of step | no input differs and the files are as wanted, but the lock says otherwise |
//! | no lock, unreadable lock | there is nothing to compare with, so no other cause can be found |

use std::collections::{BTreeMap, BTreeSet};

use crate::lock::{self, Hash, Lock};

/// The state of an output folder: all files below `src/`, and the lock.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// By path below the output folder, with `/` between its parts: `src/types/product.rs`.
    pub files: BTreeMap<String, Entry>,
    /// The text of the lock, when there is one.
    pub lock: Option<String>,
    /// Whether there are files where only generated ones belong, so that a missing lock is not a first run.
    pub is_occupied: bool,
}

/// One name in a [`Snapshot`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A file with its bytes.
    File(Vec<u8>),
    /// A file that is neither wanted nor in the lock; its bytes are not read.
    Foreign,
    /// A symbolic link, to a file or a folder. It is never followed.
    Link,
}

/// Everything that a run would do to one output folder, and why.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Every file that is wanted, listed or found, by path; the lock is the last.
    pub files: Vec<FileState>,
    /// Every cause that applies; empty when nothing but strays differs.
    pub causes: Vec<Cause>,
}

/// One file, with what is on disk and what is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileState {
    /// The path below the output folder.
    pub path: String,
    /// How it compares with the plan and the lock.
    pub state: State,
    /// Its bytes on disk; `None` for a missing or foreign one.
    pub before: Option<Vec<u8>>,
    /// Its wanted text; `None` when it is to be removed or not generated.
    pub after: Option<String>,
}

/// How a file compares with the plan and the lock; the table above has the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// As wanted.
    Fresh,
    /// As it was written last time, not as wanted now.
    Stale,
    /// Wanted, but not on disk.
    Missing,
    /// Changed since it was written, or in the way of a new file.
    Edited,
    /// Generated once, no longer wanted.
    Orphaned,
    /// Among the generated files, but not generated.
    Stray,
}

/// Why the disk differs from the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// The folder has no lock and no files: nothing has been generated yet.
    FirstRun,
    /// The folder has files and no lock.
    NoLock,
    /// This line of the lock (from 1) is invalid.
    UnreadableLock(usize),
    /// These files differ from the lock.
    Edited(Vec<String>),
    /// These files are in the lock, and were deleted.
    Deleted(Vec<String>),
    /// The input of this name differs from the lock.
    InputChanged(String),
    /// The input of this name was not read last time.
    InputAdded(String),
    /// The input of this name is no longer read.
    InputGone(String),
    /// The same inputs give other files than before.
    GeneratorChanged,
    /// The files are as wanted, but the lock says otherwise.
    LockOutOfStep,
}

/// Why there is no plan: something in the output folder is in the way of a wanted file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Blocked {
    /// A symbolic link: writing through it could leave the output folder.
    Link(String),
    /// A file where a folder is needed.
    File(String),
}

impl Plan {
    /// Returns how many files are in this state.
    pub fn count(&self, state: State) -> usize {
        self.files.iter().filter(|file| file.state == state).count()
    }

    /// Whether everything is as wanted.
    pub fn is_fresh(&self) -> bool {
        self.files.iter().all(|file| file.state == State::Fresh)
    }

    /// Whether a run would overwrite something that was not generated, so that it needs `--force`.
    pub fn needs_force(&self) -> bool {
        let is_unknown = |cause: &Cause| matches!(cause, Cause::NoLock | Cause::UnreadableLock(_));
        self.count(State::Edited) > 0 || self.causes.iter().any(is_unknown)
    }

    /// Adds a missing file that is not listed in the lock: the first manifest of a stand-alone crate.
    pub fn add_unlocked(&mut self, path: &str, text: String) {
        let file = FileState {
            path: path.to_owned(),
            state: State::Missing,
            before: None,
            after: Some(text),
        };
        // The lock stays the last.
        self.files.insert(self.files.len().saturating_sub(1), file);
    }
}

/// Plans one output folder from the `wanted` files (path below the folder, text), the hashes of their `inputs`, and
/// what is on disk.
pub fn plan(
    wanted: &BTreeMap<String, String>,
    inputs: &BTreeMap<String, Hash>,
    disk: &Snapshot,
) -> Result<Plan, Blocked> {
    wanted
        .keys()
        .map(String::as_str)
        .chain([lock::FILE])
        .try_for_each(|path| check_path(path, disk))?;
    let next = Lock {
        inputs: inputs.clone(),
        outputs: wanted
            .iter()
            .map(|(path, text)| (path.clone(), Hash::of(text.as_bytes())))
            .collect(),
    };
    let parsed = disk.lock.as_deref().map(Lock::parse);
    // Without a readable lock no file is listed, so that every file that differs counts as edited.
    let listed = match &parsed {
        Some(Ok(lock)) => lock.clone(),
        Some(Err(_)) | None => Lock::default(),
    };
    let paths: BTreeSet<&String> = wanted.keys().chain(disk.files.keys()).collect();
    let mut files: Vec<FileState> = paths
        .into_iter()
        .map(|path| file_state(path, wanted.get(path), listed.outputs.get(path), disk))
        .collect();
    let lock = lock_state(&next, disk);
    let causes = match parsed {
        None if disk.is_occupied => vec![Cause::NoLock],
        None => vec![Cause::FirstRun],
        Some(Err(line)) => vec![Cause::UnreadableLock(line)],
        Some(Ok(_)) => causes(&files, &listed, &next, lock.state),
    };
    files.push(lock);
    Ok(Plan { files, causes })
}

/// Checks that `path` can be written: neither it nor a folder above it is a link, and no folder above it is a file.
fn check_path(path: &str, disk: &Snapshot) -> Result<(), Blocked> {
    let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
    for name in folders.chain([path]) {
        match disk.files.get(name) {
            Some(Entry::Link) => return Err(Blocked::Link(name.to_owned())),
            Some(_) if name != path => return Err(Blocked::File(name.to_owned())),
            Some(_) | None => {}
        }
    }
    Ok(())
}

fn file_state(
    path: &str,
    wanted: Option<&String>,
    listed: Option<&Hash>,
    disk: &Snapshot,
) -> FileState {
    let before = match disk.files.get(path) {
        Some(Entry::File(bytes)) => Some(bytes.clone()),
        Some(Entry::Foreign | Entry::Link) | None => None,
    };
    let state = match (wanted, &before, listed) {
        (Some(_), None, _) => State::Missing,
        (Some(text), Some(bytes), _) if text.as_bytes() == bytes => State::Fresh,
        (_, Some(bytes), Some(hash)) if Hash::of(bytes) != *hash => State::Edited,
        (Some(_), Some(_), Some(_)) => State::Stale,
        (Some(_), Some(_), None) => State::Edited,
        (None, Some(_), Some(_)) => State::Orphaned,
        (None, _, _) => State::Stray,
    };
    FileState {
        path: path.to_owned(),
        state,
        before,
        after: wanted.cloned(),
    }
}

/// Returns the state of the lock. It is never `Edited`: it contains nothing that a run could lose.
fn lock_state(next: &Lock, disk: &Snapshot) -> FileState {
    let text = next.to_string();
    let state = match &disk.lock {
        None => State::Missing,
        Some(now) if *now == text => State::Fresh,
        Some(_) => State::Stale,
    };
    FileState {
        path: lock::FILE.to_owned(),
        state,
        before: disk.lock.clone().map(String::into_bytes),
        after: Some(text),
    }
}

/// Finds the causes by elimination: first what people did, then what the inputs explain; the rest is the generator's.
fn causes(files: &[FileState], listed: &Lock, next: &Lock, lock: State) -> Vec<Cause> {
    let paths = |state, known: bool| -> Vec<String> {
        files
            .iter()
            .filter(|file| file.state == state)
            .filter(|file| !known || listed.outputs.contains_key(&file.path))
            .map(|file| file.path.clone())
            .collect()
    };
    let mut causes = Vec::new();
    let edited = paths(State::Edited, false);
    if !edited.is_empty() {
        causes.push(Cause::Edited(edited));
    }
    let deleted = paths(State::Missing, true);
    if !deleted.is_empty() {
        causes.push(Cause::Deleted(deleted));
    }
    let inputs = input_causes(&listed.inputs, &next.inputs);
    if !inputs.is_empty() {
        causes.extend(inputs);
        return causes;
    }
    let is_regenerated = |file: &FileState| {
        listed.outputs.get(&file.path) != next.outputs.get(&file.path)
            && !matches!(file.state, State::Fresh | State::Stray)
    };
    if files.iter().any(is_regenerated) {
        causes.push(Cause::GeneratorChanged);
    } else if lock != State::Fresh {
        causes.push(Cause::LockOutOfStep);
    }
    causes
}

fn input_causes(before: &BTreeMap<String, Hash>, now: &BTreeMap<String, Hash>) -> Vec<Cause> {
    let names: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    names
        .into_iter()
        .filter_map(|name| match (before.get(name), now.get(name)) {
            (Some(old), Some(new)) if old == new => None,
            (Some(_), Some(_)) => Some(Cause::InputChanged(name.clone())),
            (None, _) => Some(Cause::InputAdded(name.clone())),
            (_, None) => Some(Cause::InputGone(name.clone())),
        })
        .collect()
}

#[cfg(test)]
mod tests;
