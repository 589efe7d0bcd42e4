//! The comparison of a target: its changes with both places, and what they mean for its version.

use oasmith::Output;
use oasmith::compare::{self, Change, Difference, Level, Wire};
use oasmith::diagnostic::{Diagnostics, Place};
use oasmith::load::{Loaded, Sources, load_overlaid};
use oasmith::options::{Acceptance, Options};
use oasmith::pointer::Pointer;
use oasmith::report::locate::locate_places;

use super::generator;
use super::version::Version;
use crate::git::Commit;

/// The comparison of a target on two sides.
#[derive(Debug)]
pub(crate) struct Comparison {
    /// The package.
    pub(crate) package: String,
    /// How reports name the older side.
    pub(crate) from: String,
    /// How reports name the newer side.
    pub(crate) to: String,
    /// The changes, the strongest first.
    pub(crate) changes: Vec<Located>,
    /// The number of texts that differ.
    pub(crate) texts: usize,
    /// What another version of the generator changes.
    pub(crate) generator: Vec<Difference>,
    /// The versions of the package on both sides, if both are known.
    pub(crate) versions: Option<Versions>,
}

/// The versions of a package on two sides.
#[derive(Debug)]
pub(crate) struct Versions {
    pub(crate) from: Version,
    pub(crate) is: Version,
    /// The lowest one for the changes.
    pub(crate) least: Version,
}

/// A change with its places.
#[derive(Debug)]
pub(crate) struct Located {
    pub(crate) change: Change,
    pub(crate) old: Option<At>,
    pub(crate) new: Option<At>,
    /// The entry of `spec/accepted.yaml` that accepts it.
    pub(crate) accepted: Option<Acceptance>,
}

/// A place in a file of one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct At {
    /// The revision of the file; `None` on disk.
    pub(crate) revision: Option<Commit>,
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
    /// The JSON Pointer in the file.
    pub(crate) pointer: String,
}

/// What a comparison has to know of one side.
#[derive(Clone, Copy)]
pub(crate) struct End<'s> {
    /// How reports name it.
    pub(crate) label: &'s str,
    /// The revision of its files; `None` on disk.
    pub(crate) revision: Option<&'s Commit>,
    pub(crate) options: &'s Options,
    pub(crate) sources: &'s dyn Sources,
    pub(crate) version: Option<&'s Version>,
}

impl Comparison {
    /// Compares the outputs of two sides.
    pub(crate) fn of((old, before): (End<'_>, &Output), (new, after): (End<'_>, &Output)) -> Self {
        let changes = compare::compare(before, after);
        let level = changes.level();
        let olds = places(old, changes.list.iter().map(|change| change.old.as_ref()));
        let news = places(new, changes.list.iter().map(|change| change.new.as_ref()));
        let located = changes.list.into_iter().zip(olds).zip(news);
        Comparison {
            package: new.options.package.clone(),
            from: old.label.to_owned(),
            to: new.label.to_owned(),
            changes: located
                .map(|((change, old), new)| Located {
                    change,
                    old,
                    new,
                    accepted: None,
                })
                .collect(),
            texts: changes.texts,
            generator: Vec::new(),
            versions: versions(old, new, level),
        }
    }

    /// Adds what another version of the generator changes.
    pub(crate) fn add_generator(&mut self, changes: Vec<Difference>) {
        self.generator = changes;
        let level = self.level();
        if let Some(versions) = &mut self.versions {
            versions.least = versions.from.least(level);
        }
    }

    /// Returns what all changes together mean to code.
    pub(crate) fn level(&self) -> Level {
        let texts = if self.texts > 0 {
            Level::Patch
        } else {
            Level::None
        };
        let levels = self.changes.iter().map(|one| one.change.source);
        levels.fold(texts.max(generator::level(&self.generator)), Level::max)
    }

    /// Returns the changes that are not accepted.
    pub(crate) fn open(&self) -> impl Iterator<Item = &Change> {
        let open = self.changes.iter().filter(|one| one.accepted.is_none());
        open.map(|one| &one.change)
    }

    /// Returns the number of accepted changes.
    pub(crate) fn accepted(&self) -> usize {
        self.changes
            .iter()
            .filter(|one| one.accepted.is_some())
            .count()
    }
}

impl Located {
    /// Whether somebody can notice it.
    pub(crate) fn is_noticed(&self) -> bool {
        is_noticed(&self.change)
    }
}

/// Whether somebody can notice a change: in code, or in what programs say to servers.
pub(crate) fn is_noticed(change: &Change) -> bool {
    let Change {
        source,
        unseen,
        old_client,
        old_server,
        ..
    } = change;
    *source > Level::Patch || *unseen || !is_quiet(*old_client) || !is_quiet(*old_server)
}

/// Whether both ends understand each other, or nothing is sent.
pub(crate) fn is_quiet(wire: Wire) -> bool {
    matches!(wire, Wire::Unused | Wire::Works)
}

/// Whether programs that are out fail, or the newer crate with an older server.
pub(crate) fn is_break(wire: Wire) -> bool {
    matches!(wire, Wire::Unreadable | Wire::Refused)
}

/// Formats a place: `v0.3.1:spec/pets.yaml:12:20`.
impl std::fmt::Display for At {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(revision) = &self.revision {
            write!(f, "{}:", revision.name)?;
        }
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

fn versions(old: End<'_>, new: End<'_>, level: Level) -> Option<Versions> {
    let from = old.version?;
    Some(Versions {
        least: from.least(level),
        is: new.version?.clone(),
        from: from.clone(),
    })
}

/// Loads the documents of a side that have overlays.
fn overlaid(end: End<'_>) -> Vec<Loaded> {
    let options = end.options;
    let load = |sources: &dyn Sources, options: &Options| {
        let mut ignored = Diagnostics::new();
        let (input, overlays) = (&options.input, &options.overlays);
        let has_overlays = !overlays.is_empty();
        has_overlays
            .then(|| load_overlaid(sources, input, overlays, &options.budgets, &mut ignored))
            .flatten()
    };
    if options.inputs.is_empty() {
        return load(end.sources, options).into_iter().collect();
    }
    let inputs = options.inputs.iter();
    inputs
        .filter_map(|(name, own)| load(end.sources.of_input(name).unwrap_or(end.sources), own))
        .collect()
}

/// Locates pointers of a description, each where its value was written: in the document or in an overlay.
fn places<'p>(
    end: End<'_>,
    pointers: impl Iterator<Item = Option<&'p Pointer>>,
) -> Vec<Option<At>> {
    let pointers: Vec<Option<&Pointer>> = pointers.collect();
    let loaded = match pointers.iter().any(Option::is_some) {
        true => overlaid(end),
        false => Vec::new(),
    };
    let written = |pointer: &Pointer| {
        let has_file =
            |loaded: &&Loaded| loaded.files().any(|(path, _)| **path == **pointer.file());
        let of_document = loaded.iter().find(has_file);
        of_document.map_or_else(|| pointer.clone(), |loaded| loaded.written_at(pointer))
    };
    let written: Vec<Option<Pointer>> = pointers
        .into_iter()
        .map(|pointer| pointer.map(written))
        .collect();
    let known: Vec<Place> = written.iter().flatten().map(Place::from).collect();
    let mut located = locate_places(&known, end.sources).into_iter();
    written
        .into_iter()
        .map(|pointer| {
            let pointer = pointer?;
            let found = located.next()??;
            Some(At {
                revision: end.revision.cloned(),
                file: found.file,
                line: found.line,
                column: found.column,
                pointer: pointer.path().to_owned(),
            })
        })
        .collect()
}
