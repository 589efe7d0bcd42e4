//! Why something drifted, in words.

use super::{Subject, visible};
use crate::lock;
use crate::plan::{Cause, FileState, Plan};

/// A cause in words: `spec/products-batch-upsert.yaml changed`.
pub fn text(subject: &Subject, cause: &Cause) -> String {
    let lock = subject.path(lock::FILE);
    let files = |paths: &[String]| {
        let mut named: Vec<String> = paths
            .iter()
            .take(3)
            .map(|path| subject.path(path))
            .collect();
        if paths.len() > named.len() {
            named.push(format!("and {} more", paths.len() - named.len()));
        }
        named.join(", ")
    };
    match cause {
        Cause::FirstRun => format!("nothing was generated in {} yet", visible(&subject.output)),
        Cause::NoLock => format!("there are files, but no {lock}: nobody can tell whose they are"),
        Cause::UnreadableLock(at) => {
            format!("{lock}:{at} is not a line of a lock; a merge conflict?")
        }
        Cause::Edited(paths) => format!("edited by hand: {}", files(paths)),
        Cause::Deleted(paths) => format!("deleted by hand: {}", files(paths)),
        Cause::InputChanged(name) => format!("{} changed", visible(name)),
        Cause::InputAdded(name) => format!("{} is a new input", visible(name)),
        Cause::InputGone(name) => format!("{} is no longer an input", visible(name)),
        Cause::GeneratorChanged => "the generator changed; the inputs are the same".to_owned(),
        Cause::LockOutOfStep => format!("{lock} does not match files that are as they must be"),
    }
}

/// The causes that can be those of one file: ` (spec/a.yaml changed)`. What a person did to other files is not.
pub fn of_file(subject: &Subject, plan: &Plan, file: &FileState) -> String {
    let is_of_file = |cause: &&Cause| match cause {
        Cause::Edited(_) => false,
        Cause::Deleted(paths) => paths.contains(&file.path),
        _ => true,
    };
    let causes = plan.causes.iter().filter(is_of_file);
    let causes: Vec<String> = causes
        .map(|cause| match cause {
            Cause::Deleted(_) => "deleted by hand".to_owned(),
            other => text(subject, other),
        })
        .collect();
    match causes.is_empty() {
        true => String::new(),
        false => format!(" ({})", causes.join("; ")),
    }
}
