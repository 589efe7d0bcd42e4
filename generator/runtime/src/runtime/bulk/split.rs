//! Inputs into batches. No call is made here, and nothing waits.
//!
//! Three rules hold at any moment, and a property test keeps each:
//!
//! - a batch has at most `most` inputs;
//! - of the inputs that are in a batch or on their way, no two mean the same item and no two have one correlation
//!   value. The later one is held back until the earlier one is settled, so that what the server keeps in the end is
//!   what the last one said;
//! - a batch is sent again as a whole, which is only safe when each of its inputs may be: inputs without an identity
//!   get batches of their own.

use std::collections::{HashSet, VecDeque};

/// An input on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry<T> {
    /// How many inputs came before it.
    pub(crate) index: u64,
    pub(crate) input: T,
    /// Which item it means, if it says so: `hs_sku` and `sku-1`.
    pub(crate) identity: Option<String>,
    /// What the server sends back with the result or the error of this input.
    pub(crate) correlation: String,
    /// How many answers left it open what became of it.
    pub(crate) open: u8,
    /// How many calls failed for a reason that may pass, or said so of this input.
    pub(crate) failed: u8,
    /// Whether a call may have written it, and did not say so.
    pub(crate) doubtful: bool,
}

impl<T> Entry<T> {
    /// The input, and all that is known of it.
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

    /// The same, with an input.
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

/// Fills batches, and holds back what must not be on its way yet.
#[derive(Debug)]
pub(crate) struct Splitter<T> {
    most: usize,
    /// Batches that wait for a call, first come, first served.
    full: VecDeque<Vec<Entry<T>>>,
    /// Batches that still have room: for inputs without and with an identity.
    forming: [Vec<Entry<T>>; 2],
    /// Inputs that clash with one that is on its way, or with an earlier one in here.
    waiting: VecDeque<Entry<T>>,
    identities: HashSet<String>,
    correlations: HashSet<String>,
}

impl<T> Splitter<T> {
    /// Makes batches of at most `most` inputs; none would be none, so 0 counts as 1.
    pub(crate) fn new(most: usize) -> Self {
        Splitter {
            most: most.max(1),
            full: VecDeque::new(),
            forming: [Vec::new(), Vec::new()],
            waiting: VecDeque::new(),
            identities: HashSet::new(),
            correlations: HashSet::new(),
        }
    }

    /// Takes an input.
    pub(crate) fn push(&mut self, entry: Entry<T>) {
        // one that waits was here first, although the keys that it waits for may be others
        if self.clashes(&entry) || self.waiting.iter().any(|other| is_rival(other, &entry)) {
            self.waiting.push_back(entry);
        } else {
            self.admit(entry);
        }
    }

    /// Says that an input is settled; others may have waited for that.
    pub(crate) fn settled(&mut self, entry: &Entry<T>) {
        self.correlations.remove(&entry.correlation);
        if let Some(identity) = &entry.identity {
            self.identities.remove(identity);
        }
    }

    /// Lets go what waited for inputs that are settled now. Called once after several were.
    pub(crate) fn release(&mut self) {
        for entry in std::mem::take(&mut self.waiting) {
            self.push(entry);
        }
    }

    /// Whether another input should be taken: fewer than `batches` are full, and not too many are held back.
    pub(crate) fn has_room(&self, batches: usize) -> bool {
        self.full.len() < batches && self.waiting.len() < self.most
    }

    /// Whether there is a full one.
    pub(crate) fn has_batch(&self) -> bool {
        !self.full.is_empty()
    }

    /// The next full batch.
    pub(crate) fn batch(&mut self) -> Option<Vec<Entry<T>>> {
        self.full.pop_front()
    }

    /// Makes batches of what is there, although there is still room in them.
    pub(crate) fn flush(&mut self) {
        let forming = self.forming.iter_mut().map(std::mem::take);
        self.full.extend(forming.filter(|batch| !batch.is_empty()));
    }

    /// Gives back all that no call has taken.
    pub(crate) fn clear(&mut self) -> Vec<Entry<T>> {
        self.flush();
        let mut entries: Vec<_> = self.full.drain(..).flatten().collect();
        entries.extend(self.waiting.drain(..));
        entries.iter().for_each(|entry| self.settled(entry));
        entries.sort_by_key(|entry| entry.index);
        entries
    }

    /// Whether there is nothing left in here.
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
        if forming.len() >= self.most {
            self.full.push_back(std::mem::take(forming));
        }
    }
}

/// Whether two inputs must not be on their way at the same time.
fn is_rival<T>(a: &Entry<T>, b: &Entry<T>) -> bool {
    a.correlation == b.correlation || (a.identity.is_some() && a.identity == b.identity)
}
