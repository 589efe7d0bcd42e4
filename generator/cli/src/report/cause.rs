//! The causes of drift as text.

use super::Subject;
use crate::lock;
use crate::plan::{Cause, FileState, Plan};
use crate::terminal::visible;

/// Returns a cause as text: `spec/products-batch-upsert.yaml changed`.
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
        Cause::FirstRun => format!(
            "nothing has been generated in `{}` yet",
            visible(&subject.output)
        ),
        Cause::NoLock => format!("there is no `{lock}`, so existing files may be hand-written"),
        Cause::UnreadableLock(at) => {
            format!("{lock}:{at} is not a valid line of a lock; is it a merge conflict?")
        }
        Cause::Edited(paths) => format!("edited by hand: {}", files(paths)),
        Cause::Deleted(paths) => format!("deleted by hand: {}", files(paths)),
        Cause::InputChanged(name) => format!("{} changed", visible(name)),
        Cause::InputAdded(name) => format!("{} is a new input", visible(name)),
        Cause::InputGone(name) => format!("{} is no longer an input", visible(name)),
        Cause::GeneratorChanged => "the generator changed; the inputs are the same".to_owned(),
        Cause::LockOutOfStep => format!("`{lock}` does not match the files, which are up to date"),
    }
}

/// Returns the causes that can apply to one file: ` (spec/a.yaml changed)`. Edits of other files do not.
pub fn of_file(subject: &Subject, plan: &Plan, file: &FileState) -> String {
    let is_of_file = |cause: &&Cause| match cause {
        Cause::Edited(_) => false,
        Cause::Deleted(paths) => paths.contains(&file.path),
        _ => true,
    };
    let causes: Vec<String> = plan
        .causes
        .iter()
        .filter(is_of_file)
        .map(|cause| match cause {
            Cause::Deleted(_) => "deleted by hand".to_owned(),
            other => text(subject, other),
        })
        .collect();
    if causes.is_empty() {
        String::new()
    } else {
        format!(" ({})", causes.join("; "))
    }
}
