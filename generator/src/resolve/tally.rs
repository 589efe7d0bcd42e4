//! Findings that a document has in hundreds of places alike: each is reported once, at its first place, with a count.
//!
//! A serializer that writes `null` for what is absent writes it everywhere, and a document with the words of another
//! version has them in every schema.

use std::collections::BTreeMap;

use super::Resolver;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::pointer::Pointer;

/// The number of different findings that are counted. A hostile document has a million, and nobody reads those.
const MAX_FINDINGS: usize = 10_000;

/// The code and the message of a finding.
type Key = (&'static str, String);

/// A finding with its first place, and the number of its places.
type Counted = (Diagnostic, Pointer, usize);

/// The findings of a run that are counted.
#[derive(Default)]
pub(super) struct Tally(BTreeMap<Key, Counted>);

impl Tally {
    /// Counts a finding about `at`, whose message is the same for all places.
    fn add(
        &mut self,
        at: Pointer,
        finding: impl FnOnce(Pointer) -> Diagnostic,
    ) -> Option<Diagnostic> {
        let finding = finding(at.clone());
        let key = (finding.code.id, finding.message.clone());
        self.put(key, (finding, at, 1))
    }

    /// Adds a finding that some places have; returns it if there are too many others.
    fn put(&mut self, key: Key, (finding, at, more): Counted) -> Option<Diagnostic> {
        let is_full = self.0.len() >= MAX_FINDINGS;
        match self.0.get_mut(&key) {
            None if is_full => return Some(finding),
            None => {
                self.0.insert(key, (finding, at, more));
            }
            Some((first, first_at, count)) => {
                *count += more;
                // by place, since objects are not read in the order of the document
                if at < *first_at {
                    (*first, *first_at) = (finding, at);
                }
            }
        }
        None
    }

    /// Adds the findings of another tally, and returns those that do not fit.
    pub(super) fn merge(&mut self, other: Tally) -> Vec<Diagnostic> {
        let all = other.0.into_iter();
        all.filter_map(|(key, counted)| self.put(key, counted))
            .collect()
    }

    /// The number of different findings.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Reports what was counted.
    pub(super) fn report(self, diagnostics: &mut Diagnostics) {
        for (finding, _, count) in self.0.into_values() {
            let more = match count - 1 {
                0 => String::new(),
                1 => " (and in 1 more place)".to_owned(),
                more => format!(" (and in {more} more places)"),
            };
            let message = finding.message + &more;
            diagnostics.push(Diagnostic { message, ..finding });
        }
    }
}

impl Resolver<'_> {
    /// Counts a finding about `at`, whose message is the same for all places.
    pub(super) fn count(&mut self, at: Pointer, finding: impl FnOnce(Pointer) -> Diagnostic) {
        if let Some(finding) = self.tally.add(at, finding) {
            self.report(finding);
        }
    }
}
