//! The state of an output folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use crate::exit::Failure;
use crate::lock::{self, Lock};
use crate::plan::{Entry, Snapshot};

/// Where generated files are in an output folder; everything else in it belongs to people.
const SRC: &str = "src";

/// How much of an output folder is generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// `src/` and the lock. The rest belongs to people, `Cargo.toml` among it.
    Sources,
    /// The whole crate (`--out`), so that any file in the folder makes it occupied, not only those in `src/`.
    Crate,
}

/// Reads the output folder `output`: the lock, and `src/` with the bytes of every file that is wanted or in the lock.
pub fn snapshot(
    output: &Path,
    wanted: &BTreeMap<String, String>,
    extent: Extent,
) -> Result<Snapshot, Failure> {
    let mut found = BTreeMap::new();
    add(output, SRC, &mut found)?;
    let in_src = !found.is_empty();
    add(output, lock::FILE, &mut found)?;
    let lock = match found.remove(lock::FILE) {
        // A link stays among the files: the plan rejects it.
        Some(Found::Link) => found.insert(lock::FILE.to_owned(), Found::Link).and(None),
        Some(Found::File) => Some(lock_text(output)?),
        None => None,
    };
    let listed = lock.as_deref().and_then(|text| Lock::parse(text).ok());
    let ours: BTreeSet<&String> = wanted
        .keys()
        .chain(listed.iter().flat_map(|lock| lock.outputs.keys()))
        .collect();
    let files = found.into_par_iter().map(|(path, kind)| {
        let entry = match kind {
            Found::Link => Entry::Link,
            Found::File if ours.contains(&path) => Entry::File(read(&output.join(&path))?),
            Found::File => Entry::Foreign,
        };
        Ok((path, entry))
    });
    Ok(Snapshot {
        files: files.collect::<Result<_, Failure>>()?,
        lock,
        is_occupied: in_src || extent == Extent::Crate && has_entries(output)?,
    })
}

enum Found {
    File,
    Link,
}

/// Adds the file or link at `path`, or everything below the folder at `path`; a missing path adds nothing.
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
            // A name that is not UTF-8 is never generated; it is shown as well as possible.
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
    // Bytes that are not UTF-8 make an invalid line, which the plan reports.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
