//! Reads the queued objects: a few one after the other, and many in parts at the same time.
//!
//! A part is read by a resolver of its own, which knows nothing of the others. What it found is then taken over, part
//! after part, so that the result depends neither on the number of threads nor on which of them is the first.

use rayon::prelude::*;

use super::Resolver;
use super::object::ObjectKind;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::pointer::Pointer;

/// The fewest objects that are worth parts. Schemas in a row, each in the next, are read one by one.
const MANY: usize = 128;

/// The number of parts: enough for the cores of most machines, and few enough that what each part may do at most (the
/// names that it compares for suggestions) is not done too often.
const PARTS: usize = 16;

/// An object that is to be read: its kind, its key in the table of the kind, and its place.
pub(super) type Queued = (ObjectKind, String, Pointer);

impl<'a> Resolver<'a> {
    /// Reads the queued objects, each of which may queue others.
    pub(super) fn drain(&mut self) {
        while !self.queue.is_empty() {
            if self.queue.len() < MANY {
                self.read_next();
                continue;
            }
            let queue = std::mem::take(&mut self.queue);
            let size = queue.len().div_ceil(PARTS);
            let parts: Vec<Resolver<'a>> = queue
                .par_chunks(size)
                .map(|queue| self.part(queue))
                .collect();
            for part in parts {
                self.take_over(part);
            }
        }
    }

    fn read_next(&mut self) {
        let Some((kind, key, at)) = self.queue.pop() else {
            return;
        };
        if let Some(node) = self.loaded.get(&at) {
            self.object(kind, key, node, &at);
        }
    }

    /// Reads some objects, and only queues what they refer to.
    fn part(&self, queue: &[Queued]) -> Self {
        let mut part = Resolver::new(self.loaded, Diagnostics::new());
        part.version = self.version;
        part.budgets = self.budgets.clone();
        part.comparisons = self.comparisons;
        for (kind, key, at) in queue {
            if let Some(node) = part.loaded.get(at) {
                part.object(*kind, key.clone(), node, at);
            }
        }
        part
    }

    fn take_over(&mut self, part: Resolver<'a>) {
        let (own, other) = (&mut self.document, part.document);
        // each part has the empty schema, too
        own.schemas.extend(other.schemas.into_iter().skip(1));
        own.parameters.extend(other.parameters);
        own.bodies.extend(other.bodies);
        own.responses.extend(other.responses);
        own.headers.extend(other.headers);
        own.item_schemas.extend(other.item_schemas);
        own.descriptions.extend(other.descriptions);
        self.diagnostics.extend(part.diagnostics);
        for finding in part.once {
            self.report_once(finding);
        }
        let more = self.tally.merge(part.tally);
        more.into_iter().for_each(|finding| self.report(finding));
        self.comparisons = self.comparisons.max(part.comparisons);
        for queued in part.queue {
            self.queue_once(queued);
        }
    }

    /// Queues an object, unless it was queued before.
    pub(super) fn queue_once(&mut self, (kind, key, at): Queued) {
        if self.queued.insert((kind, key.clone())) {
            self.queue.push((kind, key, at));
        }
    }

    /// Reports a finding about a reference, of which each place has one at most.
    pub(super) fn report_once(&mut self, finding: Diagnostic) {
        if self.reported.insert(finding.place.clone()) {
            self.once.push(finding);
        }
    }
}
