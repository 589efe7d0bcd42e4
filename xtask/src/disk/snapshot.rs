//! An output folder as it stands.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use crate::exit::Failure;
use crate::lock::{self, Lock};
use crate::plan::{Entry, Snapshot};

/// Where the machine's files live in an output folder; everything else in it belongs to people.
const SRC: &str = "src";

/// Reads the output folder `output`: the lock, and `src/` with the bytes of every file that is wanted or in the lock.
///
/// `whole` says that all of the folder is new (`--out`), so that any file in it makes it occupied, not only `src/`.
pub fn snapshot(
    output: &Path,
    wanted: &BTreeMap<String, String>,
    whole: bool,
) -> Result<Snapshot, Failure> {
    let mut found = BTreeMap::new();
    add(output, SRC, &mut found)?;
    let in_src = !found.is_empty();
    add(output, lock::FILE, &mut found)?;
    let lock = match found.remove(lock::FILE) {
        // A link stays among the files: the plan refuses it.
        Some(Found::Link) => found.insert(lock::FILE.to_owned(), Found::Link).and(None),
        Some(Found::File) => Some(lock_text(output)?),
        None => None,
    };
    let listed = lock.as_deref().and_then(|text| Lock::parse(text).ok());
    let mut ours: BTreeSet<&String> = wanted.keys().collect();
    if let Some(listed) = &listed {
        ours.extend(listed.outputs.keys());
    }
    let mut files = BTreeMap::new();
    for (path, kind) in found {
        let entry = match kind {
            Found::Link => Entry::Link,
            Found::File if ours.contains(&path) => Entry::File(read(&output.join(&path))?),
            Found::File => Entry::Foreign,
        };
        files.insert(path, entry);
    }
    Ok(Snapshot {
        files,
        lock,
        occupied: in_src || whole && has_entries(output)?,
    })
}

enum Found {
    File,
    Link,
}

/// Adds the file or link at `path`, or all that is below it; a path that is not there adds nothing.
fn add(output: &Path, path: &str, found: &mut BTreeMap<String, Found>) -> Result<(), Failure> {
    let full = output.join(path);
    let kind = match fs::symlink_metadata(&full) {
        Ok(metadata) => metadata.file_type(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::disk("look at", &full, &error)),
    };
    if kind.is_symlink() {
        found.insert(path.to_owned(), Found::Link);
    } else if kind.is_dir() {
        let entries = fs::read_dir(&full).map_err(|error| Failure::disk("list", &full, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| Failure::disk("list", &full, &error))?;
            // A name that is not UTF-8 is never one of ours; it is shown as well as it can be.
            let name = entry.file_name();
            add(output, &format!("{path}/{}", name.to_string_lossy()), found)?;
        }
    } else {
        found.insert(path.to_owned(), Found::File);
    }
    Ok(())
}

fn has_entries(folder: &Path) -> Result<bool, Failure> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_some()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Failure::disk("list", folder, &error)),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure::disk("read", path, &error))
}

fn lock_text(output: &Path) -> Result<String, Failure> {
    let bytes = read(&output.join(lock::FILE))?;
    // Bytes that are not UTF-8 make a line that is none, and that is what the plan then says.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
