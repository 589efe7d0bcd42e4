//! Runs the actions of overlays, each on the result of the one before.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::edit::{self, site};
use super::merge::{self, Merged, Source};
use super::origins::{Applied, Origin, Origins, Remover, Trace};
use super::remove::remove;
use super::report::Reporter;
use super::{Action, Change, Version, missed};
use crate::load::budgets::{Exceeded, Meter};
use crate::load::jsonpath::{JsonPath, OverBudget, Search};
use crate::load::node::Node;
use crate::pointer::Pointer;

/// A document that overlays change.
pub(in crate::load) struct Overlaid<'d> {
    pub(in crate::load) root: &'d mut Node,
    pub(in crate::load) origins: &'d mut Origins,
    pub(in crate::load) search: &'d mut Search,
}

/// Why no further action is run.
enum Stop {
    Search,
    Exceeded(Exceeded),
}

impl From<OverBudget> for Stop {
    fn from(_: OverBudget) -> Self {
        Stop::Search
    }
}

impl From<Exceeded> for Stop {
    fn from(exceeded: Exceeded) -> Self {
        Stop::Exceeded(exceeded)
    }
}

/// Runs the actions of an overlay. Those that are `None` were not understood.
pub(in crate::load) fn apply(
    mut document: Overlaid<'_>,
    overlay: &Pointer,
    version: Version,
    actions: &[Option<Action>],
    meter: &mut Meter<'_>,
    mut reporter: Reporter<'_>,
) {
    for (index, action) in actions.iter().enumerate() {
        let Some(action) = action else { continue };
        let mut run = Run {
            document: &mut document,
            action,
            version,
            at: overlay.child("actions").index(index),
            number: index + 1,
            meter: &mut *meter,
            reporter: &mut reporter,
        };
        if let Err(stop) = run.run() {
            let target = overlay.child("actions").index(index).child("target");
            reporter.over(stop_diagnostic(&stop, meter, &target));
            return;
        }
    }
}

fn stop_diagnostic(stop: &Stop, meter: &Meter<'_>, at: &Pointer) -> crate::diagnostic::Diagnostic {
    match stop {
        Stop::Search => meter.diagnostic(Exceeded::Visits, at),
        Stop::Exceeded(exceeded) => meter.diagnostic(*exceeded, at),
    }
}

/// One action.
struct Run<'r, 'd, 'b, 'p> {
    document: &'r mut Overlaid<'d>,
    action: &'r Action,
    version: Version,
    at: Pointer,
    number: usize,
    meter: &'r mut Meter<'b>,
    reporter: &'r mut Reporter<'p>,
}

/// The kind of a target: one action changes values of one kind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Object,
    Array,
    Scalar,
}

impl Kind {
    fn of(node: &Node) -> Self {
        match node {
            Node::Object(_) => Kind::Object,
            Node::Array(_) => Kind::Array,
            Node::Scalar(_) => Kind::Scalar,
        }
    }
}

impl Run<'_, '_, '_, '_> {
    fn run(&mut self) -> Result<(), Stop> {
        let action = self.action;
        let Some(paths) = self.places("target", &action.target)? else {
            return Ok(());
        };
        if !self.are_allowed(&paths) {
            return Ok(());
        }
        match &action.change {
            Change::Nothing => {
                let message = format!("action {} has no `update`, `remove` or `copy`", self.number);
                self.reporter.obsolete(&self.at, message, None);
                Ok(())
            }
            Change::Remove => {
                self.remove(paths);
                Ok(())
            }
            Change::Update(value) => {
                let origin = Origin {
                    at: self.at.child("update"),
                    applied: None,
                };
                self.merge(&paths, value, &Trace::default(), &origin)
            }
            Change::Copy(path) => self.copy(&paths, path),
        }
    }

    /// Returns the paths to what an expression selects, in the order of the document; `None` if it selects nothing.
    fn places(&mut self, member: &str, text: &str) -> Result<Option<Vec<Vec<usize>>>, Stop> {
        let at = self.at.child(member);
        let path = match JsonPath::parse(text) {
            Ok(path) => path,
            Err(error) => {
                self.reporter.bad_path(&at, text, &error);
                return Ok(None);
            }
        };
        let Overlaid {
            root,
            origins,
            search,
        } = &mut *self.document;
        let found = path.places(root, search)?;
        let mut paths: Vec<Vec<usize>> = found.into_iter().map(|one| one.path).collect();
        if paths.is_empty() {
            if !self.action.is_optional {
                let missed = missed::missed(&path, root, search);
                self.reporter.missed(&at, &path, missed, root, origins);
            }
            return Ok(None);
        }
        paths.sort_unstable();
        Ok(Some(paths))
    }

    /// Whether the action may change these values, by their kinds.
    fn are_allowed(&mut self, paths: &[Vec<usize>]) -> bool {
        let at = self.at.child("target");
        let kinds = paths.iter().filter_map(|path| {
            let node = edit::value(self.document.root, path)?;
            Some((path, Kind::of(node), node.describe()))
        });
        let kinds: Vec<_> = kinds.collect();
        let Some((first, kind, described)) = kinds.first() else {
            return false;
        };
        let origin = |path: &[usize]| self.origin(path).at;
        if self.version == Version::V1_0
            && let Some((path, _, described)) = kinds
                .iter()
                .find(|one| one.1 == Kind::Scalar && !self.is_removed_member(one.0))
        {
            let target = origin(path);
            self.reporter.scalar_target(&at, described, target);
            return false;
        }
        match &self.action.change {
            Change::Remove if paths.iter().any(Vec::is_empty) => {
                self.reporter.root_removed(&at);
                false
            }
            Change::Remove | Change::Nothing => true,
            Change::Update(_) | Change::Copy(_) => {
                let Some((path, _, other)) = kinds.iter().find(|one| one.1 != *kind) else {
                    return true;
                };
                let places = [(*described, origin(first)), (*other, origin(path))];
                self.reporter.mixed(&at, places);
                false
            }
        }
    }

    /// Whether a scalar is a member of an object, and the action removes it. In version 1.0, this is what can be done to
    /// a scalar; one in an array cannot be removed by itself.
    fn is_removed_member(&self, path: &[usize]) -> bool {
        let parent = path
            .split_last()
            .and_then(|(_, parent)| edit::value(self.document.root, parent));
        let is_member = parent.is_some_and(|parent| parent.as_object().is_some());
        is_member && self.action.change == Change::Remove
    }

    fn remove(&mut self, paths: Vec<Vec<usize>>) {
        let paths: BTreeSet<Vec<usize>> = paths.into_iter().collect();
        let Overlaid { root, origins, .. } = &mut *self.document;
        for path in &paths {
            let by = Remover {
                action: self.at.clone(),
                number: self.number,
            };
            origins.remove(edit::pointer(root, &origins.whole().at, path), by);
        }
        let lost = remove(root, origins, &paths);
        self.reporter
            .overlaps(&self.at, self.number, "removes", lost);
    }

    /// Merges a value into all targets.
    fn merge(
        &mut self,
        paths: &[Vec<usize>],
        value: &Node,
        trace: &Trace,
        origin: &Origin,
    ) -> Result<(), Stop> {
        let Extent {
            nodes,
            bytes,
            depth,
        } = extent(value);
        let verb = match self.action.change {
            Change::Copy(_) => "copied",
            _ => "applied",
        };
        let mut all = Merged::default();
        for path in paths {
            self.meter.written(nodes, bytes, path.len() + depth)?;
            let Overlaid { root, origins, .. } = &mut *self.document;
            let Some(site) = site(root, origins, path) else {
                continue;
            };
            let applied = Arc::new(Applied {
                action: self.at.clone(),
                number: self.number,
                at: site.origin.at.clone(),
                label: format!("{verb} here by action {}", self.number),
            });
            let mut trace = trace.clone();
            trace.mark(&applied);
            let origin = Origin {
                at: origin.at.clone(),
                applied: Some(applied),
            };
            let source = Source {
                node: value,
                trace: &trace,
                origin: &origin,
            };
            let merged = merge::merge(site, source, self.meter)?;
            all.add(merged);
        }
        self.reporter
            .misfits(&self.at, std::mem::take(&mut all.misfits));
        let overwritten = std::mem::take(&mut all.overwritten);
        self.reporter
            .overlaps(&self.at, self.number, "overwrites", overwritten);
        let target = paths.first().map(|path| self.origin(path).at);
        if !all.is_changed && !all.has_misfit {
            let message = format!(
                "action {} changes nothing: the document says so itself",
                self.number
            );
            self.reporter
                .obsolete(&self.at.child("target"), message, target);
        } else if all.has_repeated && !all.has_appended_new {
            let message = format!("action {} appends what the array has already", self.number);
            self.reporter
                .obsolete(&self.at.child("target"), message, target);
        }
        Ok(())
    }

    fn copy(&mut self, paths: &[Vec<usize>], text: &str) -> Result<(), Stop> {
        let Some(sources) = self.places("copy", text)? else {
            return Ok(());
        };
        let [path] = sources.as_slice() else {
            let at = self.at.child("copy");
            self.reporter.several_copied(&at, sources.len());
            return Ok(());
        };
        let value = edit::value(self.document.root, path).cloned();
        let origin = self.origin(path);
        let Overlaid { root, origins, .. } = &mut *self.document;
        let trace = site(root, origins, path).map(|site| site.trace.clone());
        match (value, trace) {
            (Some(value), Some(trace)) => self.merge(paths, &value, &trace, &origin),
            _ => Ok(()),
        }
    }

    /// Returns the origin of the value at a path.
    fn origin(&self, path: &[usize]) -> Origin {
        let origins = &self.document.origins;
        let pointer = edit::pointer(self.document.root, &origins.whole().at, path);
        origins.origin(&pointer)
    }
}

/// What it costs to write a value.
#[derive(Default)]
struct Extent {
    nodes: usize,
    /// The bytes of its text.
    bytes: usize,
    /// How deep it is nested.
    depth: usize,
}

/// Returns what it costs to write a value.
fn extent(node: &Node) -> Extent {
    let around = |inner: &mut dyn Iterator<Item = Extent>| {
        let start = Extent {
            nodes: 1,
            ..Extent::default()
        };
        inner.fold(start, |all, one| Extent {
            nodes: all.nodes + one.nodes,
            bytes: all.bytes + one.bytes,
            depth: all.depth.max(one.depth + 1),
        })
    };
    match node {
        Node::Scalar(scalar) => Extent {
            nodes: 1,
            bytes: scalar.text().len(),
            depth: 0,
        },
        Node::Array(elements) => around(&mut elements.iter().map(extent)),
        Node::Object(members) => around(&mut members.iter().map(|(name, value)| {
            let inner = extent(value);
            Extent {
                bytes: inner.bytes + name.len(),
                ..inner
            }
        })),
    }
}
