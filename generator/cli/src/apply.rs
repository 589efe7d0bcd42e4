//! Applies a plan: the only module that writes below an output folder. `replace_file` is for files elsewhere, too.
//!
//! Only changed files are written, each through a temporary file beside it and a rename, so that nobody ever reads half
//! a file. The lock comes last: an interrupted run leaves the old one, and the next run continues; at worst it also
//! leaves a temporary file, which the next report calls a stray.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Component, Path};
use std::process;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::exit::Failure;
use crate::plan::{FileState, Plan, State};

/// Writes and removes files of the folder `output` as planned. Strays stay, hand edits do not: the caller has checked
/// that they may be overwritten.
pub fn apply(output: &Path, plan: &Plan) -> Result<(), Failure> {
    let is_changed = |file: &&FileState| !matches!(file.state, State::Fresh | State::Stray);
    let (written, removed): (Vec<&FileState>, Vec<&FileState>) = plan
        .files
        .iter()
        .filter(is_changed)
        .partition(|file| file.after.is_some());
    let (last, first) = match written.split_last() {
        Some((last, first)) => (Some(*last), first),
        None => (None, written.as_slice()),
    };
    let folders: BTreeSet<&Path> = written.iter().map(|file| folder(file)).collect();
    for folder in folders {
        create_folders(output, folder)?;
    }
    first.par_iter().try_for_each(|file| write(output, file))?;
    for file in removed {
        remove(output, &file.path)?;
    }
    // The plan's last file is the lock.
    last.map_or(Ok(()), |lock| write(output, lock))
}

fn write(output: &Path, file: &FileState) -> Result<(), Failure> {
    let Some(text) = &file.after else {
        return Ok(());
    };
    replace_file(&output.join(&file.path), text.as_bytes())
}

/// Returns the folder of a file, below the output folder.
fn folder(file: &FileState) -> &Path {
    let folder = Path::new(&file.path).parent();
    folder.unwrap_or(Path::new(""))
}

/// Writes a file through a temporary one beside it, so that nobody ever reads half of it.
pub fn replace_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    // several are written at a time
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let temporary = path.with_file_name(format!(".codegen-{}-{number}.tmp", process::id()));
    replace(&temporary, path, bytes).map_err(|error| {
        // The half-written file is of no use, and that it cannot be removed is not the error to report.
        let _ = fs::remove_file(&temporary);
        Failure::disk("write", path, &error)
    })
}

fn replace(temporary: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file: File = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(temporary)?;
    file.write_all(bytes)?;
    drop(file);
    fs::rename(temporary, path)
}

/// Creates the folders of `below` one by one under `output`, and fails for a link among them. The plan has checked that
/// already; this is for changes since.
fn create_folders(output: &Path, below: &Path) -> Result<(), Failure> {
    let failed = |path: &Path, error: &io::Error| Failure::disk("create the folder", path, error);
    fs::create_dir_all(output).map_err(|error| failed(output, &error))?;
    let mut folder = output.to_path_buf();
    for part in below.components() {
        let Component::Normal(name) = part else {
            let error = io::Error::other("it is outside the output folder");
            return Err(failed(&output.join(below), &error));
        };
        folder.push(name);
        match fs::symlink_metadata(&folder) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => {
                let error = io::Error::other("it exists and is not a folder");
                return Err(failed(&folder, &error));
            }
            Err(_) => fs::create_dir(&folder).map_err(|error| failed(&folder, &error))?,
        }
    }
    Ok(())
}

/// Removes a file, and the folders that become empty, up to `src`.
fn remove(output: &Path, path: &str) -> Result<(), Failure> {
    let full = output.join(path);
    fs::remove_file(&full).map_err(|error| Failure::disk("remove", &full, &error))?;
    let folders = Path::new(path).ancestors().skip(1);
    for folder in folders.filter(|folder| folder.components().count() > 1) {
        // This fails for a folder that is not empty, and then those above are not empty either.
        if fs::remove_dir(output.join(folder)).is_err() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lock;

    fn file(path: &str, state: State, after: Option<&str>) -> FileState {
        FileState {
            path: path.to_owned(),
            state,
            before: None,
            after: after.map(str::to_owned),
        }
    }

    fn plan(files: Vec<FileState>) -> Plan {
        Plan {
            files,
            causes: Vec::new(),
        }
    }

    /// An output folder with these files, each with its own path as its text.
    fn folder(paths: &[&str]) -> tempfile::TempDir {
        let top = tempfile::tempdir().expect("a temporary folder can be made");
        for path in paths {
            let full = top.path().join(path);
            fs::create_dir_all(full.parent().expect("it has a folder")).expect("it can be made");
            fs::write(full, path).expect("it can be written");
        }
        top
    }

    fn text(top: &tempfile::TempDir, path: &str) -> String {
        fs::read_to_string(top.path().join(path)).expect("the file is there")
    }

    #[test]
    fn writes_what_changed_and_nothing_else() {
        let top = folder(&["src/lib.rs", "src/fresh.rs", "src/stray.rs"]);
        let before = fs::metadata(top.path().join("src/fresh.rs")).expect("it is there");
        let plan = plan(vec![
            file("src/a/b/new.rs", State::Missing, Some("new")),
            file("src/fresh.rs", State::Fresh, Some("not written")),
            file("src/lib.rs", State::Stale, Some("lib")),
            file("src/stray.rs", State::Stray, None),
            file(lock::FILE, State::Missing, Some("lock")),
        ]);
        apply(top.path(), &plan).expect("it can be applied");
        assert_eq!(text(&top, "src/a/b/new.rs"), "new");
        assert_eq!(text(&top, "src/lib.rs"), "lib");
        assert_eq!(text(&top, "src/stray.rs"), "src/stray.rs");
        assert_eq!(text(&top, lock::FILE), "lock");
        let after = fs::metadata(top.path().join("src/fresh.rs")).expect("it is there");
        assert_eq!(
            before.modified().expect("the system tells times"),
            after.modified().expect("the system tells times")
        );
        let names = fs::read_dir(top.path().join("src")).expect("it can be listed");
        assert_eq!(names.count(), 4, "no temporary file is left");
    }

    #[test]
    fn removes_orphans_and_the_folders_that_become_empty() {
        let top = folder(&["src/a/b/old.rs", "src/c/old.rs", "src/c/current.rs"]);
        let plan = plan(vec![
            file("src/a/b/old.rs", State::Orphaned, None),
            file("src/c/old.rs", State::Edited, None),
        ]);
        apply(top.path(), &plan).expect("it can be applied");
        assert!(!top.path().join("src/a").exists());
        assert!(!top.path().join("src/c/old.rs").exists());
        assert!(top.path().join("src/c/current.rs").exists());
    }

    #[test]
    fn src_itself_is_not_removed() {
        let top = folder(&["src/old.rs"]);
        let plan = plan(vec![file("src/old.rs", State::Orphaned, None)]);
        apply(top.path(), &plan).expect("it can be applied");
        assert!(top.path().join("src").is_dir());
    }

    #[test]
    fn a_failure_leaves_the_old_lock_and_no_temporary_file() {
        let top = folder(&["codegen.lock", "src/lib.rs/in-the-way"]);
        let plan = plan(vec![
            file("src/lib.rs", State::Missing, Some("lib")),
            file(lock::FILE, State::Stale, Some("new")),
        ]);
        let failure = apply(top.path(), &plan).expect_err("a folder has the name of the file");
        assert!(failure.to_string().contains("src/lib.rs"), "{failure}");
        assert_eq!(text(&top, lock::FILE), "codegen.lock");
        let names = fs::read_dir(top.path().join("src")).expect("it can be listed");
        assert_eq!(names.count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn never_writes_through_a_link() {
        let top = folder(&["src/lib.rs"]);
        let elsewhere = folder(&[]);
        std::os::unix::fs::symlink(elsewhere.path(), top.path().join("src/types"))
            .expect("a link can be made");
        let plan = plan(vec![file("src/types/a.rs", State::Missing, Some("a"))]);
        let failure = apply(top.path(), &plan).expect_err("a link is in the way");
        assert!(failure.to_string().contains("src/types"), "{failure}");
        let names = fs::read_dir(elsewhere.path()).expect("it can be listed");
        assert_eq!(names.count(), 0);
    }

    #[test]
    fn never_writes_above_the_output_folder() {
        let top = folder(&["out/src/lib.rs"]);
        let plan = plan(vec![file("../x/a.rs", State::Missing, Some("a"))]);
        apply(&top.path().join("out"), &plan).expect_err("the path leaves the folder");
        assert!(!top.path().join("x").exists());
    }
}
