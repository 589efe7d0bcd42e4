//! Splits inputs into batches. It makes no calls and does not wait.
//!
//! Three rules hold at any moment, and a property test keeps each:
//!
//! - a batch has at most `max_inputs` inputs;
//! - no two inputs in a batch or in flight have the same item or correlation value. The later one waits until the
//!   earlier one is settled, so that the last one wins;
//! - a batch is retried as a whole, which is only safe if each of its inputs can be sent twice: inputs without an
//!   identity have batches of their own.

use std::collections::{HashSet, VecDeque};

/// An input that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry<T> {
    /// The position, from 0.
    pub(crate) index: u64,
    pub(crate) input: T,
    /// The identity of the item, if the input has one: `hs_sku` and `sku-1`.
    pub(crate) identity: Option<String>,
    /// The value that the server repeats in the result or error.
    pub(crate) correlation: String,
    /// The number of responses without its result.
    pub(crate) open: u8,
    /// The number of transient errors of its calls or of the input itself.
    pub(crate) failed: u8,
    /// Whether a call may have written it without saying so.
    pub(crate) doubtful: bool,
}

impl<T> Entry<T> {
    /// Separates the input from the rest.
    pub(crate) fn split(self) -> (Entry<()>, T) {
        let rest = Entry {
            index: self.index,
            input: (),
            identity: self.identity,
            correlation: self.correlation,
            open: self.open,
            failed: self.failed,
            doubtful: self.doubtful,
        };
        (rest, self.input)
    }

    /// Adds an input.
    pub(crate) fn with<U>(self, input: U) -> Entry<U> {
        Entry {
            index: self.index,
            input,
            identity: self.identity,
            correlation: self.correlation,
            open: self.open,
            failed: self.failed,
            doubtful: self.doubtful,
        }
    }
}

/// Fills batches, and holds back inputs that cannot be sent yet.
#[derive(Debug)]
pub(crate) struct Splitter<T> {
    max_inputs: usize,
    /// Full batches, in order.
    full: VecDeque<Vec<Entry<T>>>,
    /// Batches with free places, for inputs without and with an identity.
    forming: [Vec<Entry<T>>; 2],
    /// Inputs that conflict with one in flight or in here.
    waiting: VecDeque<Entry<T>>,
    identities: HashSet<String>,
    correlations: HashSet<String>,
}

impl<T> Splitter<T> {
    /// Creates a splitter for batches of at most `max_inputs` inputs, at least 1.
    pub(crate) fn new(max_inputs: usize) -> Self {
        Splitter {
            max_inputs: max_inputs.max(1),
            full: VecDeque::new(),
            forming: [Vec::new(), Vec::new()],
            waiting: VecDeque::new(),
            identities: HashSet::new(),
            correlations: HashSet::new(),
        }
    }

    /// Adds an input.
    pub(crate) fn push(&mut self, entry: Entry<T>) {
        // an earlier input can wait for another key, and still has to be first
        if self.clashes(&entry) || self.waiting.iter().any(|other| is_rival(other, &entry)) {
            self.waiting.push_back(entry);
        } else {
            self.admit(entry);
        }
    }

    /// Records that an input is settled.
    pub(crate) fn settled(&mut self, entry: &Entry<T>) {
        self.correlations.remove(&entry.correlation);
        if let Some(identity) = &entry.identity {
            self.identities.remove(identity);
        }
    }

    /// Releases inputs that waited for settled ones.
    pub(crate) fn release(&mut self) {
        for entry in std::mem::take(&mut self.waiting) {
            self.push(entry);
        }
    }

    /// Whether another input can be taken: fewer than `batches` batches are full, and not too many inputs wait.
    pub(crate) fn has_room(&self, batches: usize) -> bool {
        self.full.len() < batches && self.waiting.len() < self.max_inputs
    }

    /// Whether there is a full batch.
    pub(crate) fn has_batch(&self) -> bool {
        !self.full.is_empty()
    }

    /// Returns the next full batch.
    pub(crate) fn batch(&mut self) -> Option<Vec<Entry<T>>> {
        self.full.pop_front()
    }

    /// Completes batches that are not full.
    pub(crate) fn flush(&mut self) {
        let forming = self.forming.iter_mut().map(std::mem::take);
        self.full.extend(forming.filter(|batch| !batch.is_empty()));
    }

    /// Returns all inputs that are in no call.
    pub(crate) fn clear(&mut self) -> Vec<Entry<T>> {
        self.flush();
        let mut entries: Vec<_> = self.full.drain(..).flatten().collect();
        entries.extend(self.waiting.drain(..));
        entries.iter().for_each(|entry| self.settled(entry));
        entries.sort_by_key(|entry| entry.index);
        entries
    }

    /// Whether there are no inputs.
    pub(crate) fn is_empty(&self) -> bool {
        self.full.is_empty() && self.waiting.is_empty() && self.forming.iter().all(Vec::is_empty)
    }

    fn clashes(&self, entry: &Entry<T>) -> bool {
        let identity = entry.identity.as_ref();
        self.correlations.contains(&entry.correlation)
            || identity.is_some_and(|identity| self.identities.contains(identity))
    }

    fn admit(&mut self, entry: Entry<T>) {
        self.correlations.insert(entry.correlation.clone());
        self.identities.extend(entry.identity.clone());
        let [without, with] = &mut self.forming;
        let forming = if entry.identity.is_some() {
            with
        } else {
            without
        };
        forming.push(entry);
        if forming.len() >= self.max_inputs {
            self.full.push_back(std::mem::take(forming));
        }
    }
}

/// Whether two inputs cannot be in flight at the same time.
fn is_rival<T>(a: &Entry<T>, b: &Entry<T>) -> bool {
    a.correlation == b.correlation || (a.identity.is_some() && a.identity == b.identity)
}
