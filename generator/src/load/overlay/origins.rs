//! Where the values of a document came from, once overlays have changed it.
//!
//! A tree beside the tree of the document, with an entry only where a place cannot be derived from the one above: a
//! value that an action wrote, and the elements of an array from which others were removed.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::pointer::Pointer;

/// The origins of the values of a document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Origins {
    /// The whole document.
    root: Pointer,
    pub(super) trace: Trace,
    /// The members that actions removed, with their places when that was done.
    removed: Vec<(Pointer, Remover)>,
}

/// An action that removed a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remover {
    /// The action, in its overlay.
    pub(crate) action: Pointer,
    /// Its number in the overlay, from 1.
    pub(crate) number: usize,
}

/// The origin of a value, and those of the values in it where they differ.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Trace {
    /// `None` where it follows from that of the value around it.
    pub(super) origin: Option<Origin>,
    pub(super) children: BTreeMap<Key, Trace>,
}

/// A member or element.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Name(Box<str>),
    Index(usize),
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Origin {
    /// Its place in the file that it was written in.
    pub(super) at: Pointer,
    /// The action that put it where it is; `None` if it was there from the start.
    pub(super) applied: Option<Arc<Applied>>,
}

/// An action that changed a value.
#[derive(Debug, PartialEq)]
pub(super) struct Applied {
    /// The action, in its overlay.
    pub(super) action: Pointer,
    /// Its number in the overlay, from 1.
    pub(super) number: usize,
    /// Its target, in the file that it was written in.
    pub(super) at: Pointer,
    /// What it did there: `applied here by action 3`.
    pub(super) label: String,
}

impl Origin {
    /// Returns the origin of a member or element, if nothing else is known about it.
    pub(super) fn child(&self, key: &Key) -> Self {
        let at = match key {
            Key::Name(name) => self.at.child(name),
            Key::Index(index) => self.at.index(*index),
        };
        Origin {
            at,
            applied: self.applied.clone(),
        }
    }
}

impl Trace {
    /// Creates the trace of a value that came from one place as a whole.
    pub(super) fn of(origin: Origin) -> Self {
        Trace {
            origin: Some(origin),
            children: BTreeMap::new(),
        }
    }

    /// Returns the origin of a member or element, if this is the trace of a value with the origin `own`.
    pub(super) fn child_origin(&self, own: &Origin, key: &Key) -> Origin {
        let known = self
            .children
            .get(key)
            .and_then(|child| child.origin.clone());
        known.unwrap_or_else(|| own.child(key))
    }

    /// Returns the trace of a member or element as one that stands by itself.
    pub(super) fn child_alone(&self, own: &Origin, key: &Key) -> Trace {
        let mut child = self.children.get(key).cloned().unwrap_or_default();
        child.origin = Some(self.child_origin(own, key));
        child
    }

    /// Says of all values that an action put them where they are.
    pub(super) fn mark(&mut self, applied: &Arc<Applied>) {
        if let Some(origin) = &mut self.origin {
            origin.applied = Some(applied.clone());
        }
        for child in self.children.values_mut() {
            child.mark(applied);
        }
    }

    /// Adds the actions that wrote values inside of this one.
    pub(super) fn add_writers(&self, writers: &mut Vec<Arc<Applied>>) {
        for child in self.children.values() {
            let applied = child
                .origin
                .as_ref()
                .and_then(|origin| origin.applied.clone());
            writers.extend(applied);
            child.add_writers(writers);
        }
    }
}

impl Origins {
    /// Creates the origins of a document as it was read.
    pub(super) fn new(file: Arc<str>) -> Self {
        Origins {
            root: Pointer::root(file),
            trace: Trace::default(),
            removed: Vec::new(),
        }
    }

    /// Returns the origin of the whole document.
    pub(super) fn whole(&self) -> Origin {
        Origin {
            at: self.root.clone(),
            applied: None,
        }
    }

    /// Returns the origin of the value at a pointer.
    pub(super) fn origin(&self, pointer: &Pointer) -> Origin {
        let mut trace = Some(&self.trace);
        let mut origin = self.whole();
        for token in pointer.tokens() {
            let index = token.parse().ok().map(Key::Index);
            let name = Key::Name(token.into());
            // the pointer does not say whether `0` is an index or a name
            let child = trace.and_then(|trace| {
                let by_index = index.and_then(|index| trace.children.get(&index));
                trace.children.get(&name).or(by_index)
            });
            origin = match child.and_then(|child| child.origin.clone()) {
                Some(known) => known,
                None => origin.child(&name),
            };
            trace = child;
        }
        origin
    }

    /// Remembers that an action removes the member at a place.
    pub(super) fn remove(&mut self, at: Pointer, by: Remover) {
        self.removed.push((at, by));
    }

    /// Returns the last action that removed the value at a pointer, or one around it.
    pub(crate) fn remover(&self, pointer: &Pointer) -> Option<&Remover> {
        let mut around = vec![pointer.clone()];
        while let Some(parent) = around.last().and_then(Pointer::parent) {
            around.push(parent);
        }
        let mut last = self.removed.iter().rev();
        last.find(|(at, _)| around.contains(at)).map(|(_, by)| by)
    }

    /// Whether an action put the value at a pointer where it is.
    pub(crate) fn is_written(&self, pointer: &Pointer) -> bool {
        self.origin(pointer).applied.is_some()
    }

    /// Returns the place in the file that the value at a pointer was written in.
    pub(crate) fn written_at(&self, pointer: &Pointer) -> Pointer {
        self.origin(pointer).at
    }

    /// Moves the places of diagnostics about the changed document to the files that the values were written in.
    pub(crate) fn translate(&self, diagnostics: &mut Diagnostics) {
        diagnostics.for_each(|one| self.translate_one(one));
    }

    fn translate_one(&self, diagnostic: &mut Diagnostic) {
        let mut more = Vec::new();
        if let Some(origin) = self.moved(&mut diagnostic.place)
            && let Some(applied) = origin.applied
        {
            more.push((Place::from(&applied.at), applied.label.clone()));
        }
        for (place, _) in &mut diagnostic.related {
            self.moved(place);
        }
        diagnostic.related.extend(more);
    }

    /// Moves a place, and returns the origin of its value; `None` for a place elsewhere.
    fn moved(&self, place: &mut Place) -> Option<Origin> {
        let pointer = place.pointer()?;
        if pointer.file() != self.root.file() {
            return None;
        }
        let origin = self.origin(pointer);
        *place = place.moved(origin.at.clone());
        Some(origin)
    }
}
