//! `spec/accepted.yaml`: the changes that are released although programs in the field may fail.

use std::path::Path;

use oasmith::diagnostic::Diagnostics;
use oasmith::load::{SourceError, Sources};
use oasmith::options::{Acceptance, read_accepted};

use super::change::Comparison;
use super::side::Side;
use super::version::Version;
use crate::codegen::print_diagnostics;
use crate::disk::DiskSources;
use crate::exit::Failure;
use crate::git::RevisionSources;
use crate::terminal::Terminal;
use crate::workspace::Workspace;

/// The file, from the workspace.
const FILE: &str = "spec/accepted.yaml";

/// What the newer side accepts.
pub(super) struct Acceptances {
    list: Vec<Acceptance>,
    sources: Option<Box<dyn Sources>>,
}

impl Acceptances {
    /// Reads the file of the newer side; `None` if it is invalid, after printing its diagnostics.
    pub(super) fn read(
        newer: &Side,
        workspace: Option<&Workspace>,
        terminal: &Terminal,
    ) -> Result<Option<Self>, Failure> {
        let none = Acceptances {
            list: Vec::new(),
            sources: None,
        };
        let sources: Box<dyn Sources> = match (&newer.tree, workspace) {
            (Some(tree), _) => Box::new(RevisionSources::new(tree.clone(), "")),
            (None, Some(workspace)) => {
                let root = workspace.root();
                Box::new(DiskSources::new(root, Some(Path::new(root)))?)
            }
            (None, None) => return Ok(Some(none)),
        };
        if sources.read(FILE) == Err(SourceError::NotFound) {
            return Ok(Some(none));
        }
        let mut found = Diagnostics::new();
        let list = read_accepted(&*sources, FILE, &mut found);
        print_diagnostics(&found, &*sources, terminal);
        Ok(list.map(|list| Acceptances {
            list,
            sources: Some(sources),
        }))
    }

    /// Marks the changes of a comparison that are accepted.
    pub(super) fn apply(&self, comparison: &mut Comparison) {
        for one in &mut comparison.changes {
            let entry = self
                .list
                .iter()
                .find(|entry| entry.change == one.change.fingerprint);
            one.accepted = entry.cloned();
        }
    }

    /// Reports entries that accept nothing. Returns whether all do.
    ///
    /// An entry is for the time from one release to the next. So one that matches nothing since the last release is
    /// obsolete, and since any other revision only if its version is older: then it was released.
    pub(super) fn check(&self, compared: &[(Comparison, Side)], terminal: &Terminal) -> bool {
        let Some(sources) = self.sources.as_ref().filter(|_| !compared.is_empty()) else {
            return true;
        };
        let mut found = Diagnostics::new();
        for entry in &self.list {
            let is_used = compared.iter().any(|(comparison, _)| {
                let mut accepted = comparison
                    .changes
                    .iter()
                    .filter_map(|one| one.accepted.as_ref());
                accepted.any(|one| one.change == entry.change)
            });
            if is_used {
                continue;
            }
            let version = Version::parse(&entry.version);
            let released = compared.iter().find_map(|(comparison, _)| {
                let from = &comparison.versions.as_ref()?.from;
                let is_newer = !version.as_ref()?.reaches(from);
                is_newer.then(|| from.to_string())
            });
            let release = compared.iter().find(|(_, from)| from.is_release);
            let why = match (release, released) {
                (_, Some(version)) => format!("{version} is released already"),
                (Some((_, from)), None) => format!("there is none such since `{}`", from.label),
                (None, None) => continue,
            };
            found.push(entry.obsolete(&why));
        }
        let is_fine = found.is_empty();
        print_diagnostics(&found, &**sources, terminal);
        is_fine
    }
}
