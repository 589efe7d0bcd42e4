//! What traffic says against a description: mismatches, each with the number of exchanges that have it.
//!
//! A finding has names and shapes, and no value.

use std::collections::BTreeMap;

use oasmith::pointer::Pointer;

use super::shape::Shape;
use super::traffic::Origin;

/// A message of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// The requests that the server accepted.
    Request,
    /// The replies with a status.
    Reply(u16),
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A status that is not declared.
    Status(u16),
    /// A media type that is not declared; `None` if it does not look like one.
    MediaType(Option<String>),
    /// No body, where one is declared.
    NoBody,
    /// A body that is not JSON, where its media type says so.
    NotJson,
    /// A required parameter is not sent.
    NotSent,
    /// Null is not declared.
    Null,
    /// A value of a type that is not declared.
    Type(&'static str),
    /// A required member is missing.
    Missing(String),
    /// A member of a closed object that is not declared; `None` if its name can be data.
    Undeclared(Option<String>),
    /// A value that is not listed; `None` if it can be data.
    Value(Option<String>),
    /// A text or number that does not have its format.
    Format(String),
    /// A value out of the bounds of a keyword.
    Bound(String),
    /// No branch of a union fits.
    NoBranch(&'static str),
    /// A discriminator has a value that is in no branch; `None` if it can be data.
    Tag(Option<String>),
    /// Several branches of a `oneOf` fit.
    SeveralBranches,
    /// Another keyword does not fit.
    Keyword(String),
}

/// The part of a message that a mismatch is in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Body,
    /// A line or event of a body that is a stream.
    Item,
    Parameter {
        location: String,
        name: String,
    },
}

/// What makes two mismatches the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// The index of the operation.
    pub(super) operation: usize,
    pub(super) side: Side,
    pub(super) part: Part,
    /// Where in that part, with `*` for indices and names of maps: `/results/*/archived`.
    pub(super) instance: String,
    /// The place in the document that does not hold.
    pub(super) place: Pointer,
    pub(super) kind: Kind,
}

impl Key {
    fn at_place(&self) -> (usize, Side, Pointer, Kind) {
        (
            self.operation,
            self.side,
            self.place.clone(),
            self.kind.clone(),
        )
    }
}

/// A mismatch in one exchange.
#[derive(Debug, Clone)]
pub(super) struct Observed {
    pub(super) key: Key,
    /// The outermost schema of the value: of `data: { $ref: Task }` the reference, not Task.
    pub(super) site: Pointer,
    /// The shape of what came.
    pub(super) shape: Shape,
    /// The number of items, members or characters, for a bound of them.
    pub(super) size: Option<u64>,
    /// The media type of an undeclared status.
    pub(super) media_type: Option<String>,
    /// References in the operation's other responses to schemas that this body fits, too.
    pub(super) fits: Vec<String>,
}

/// A mismatch of some exchanges.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    /// The number of exchanges.
    pub(super) count: usize,
    /// The first exchange.
    pub(super) first: Origin,
    pub(super) site: Pointer,
    pub(super) shape: Shape,
    /// The smallest and the greatest size.
    pub(super) sizes: Option<(u64, u64)>,
    /// The shapes of the bodies of an undeclared status, by media type.
    pub(super) bodies: BTreeMap<String, Shape>,
    /// References to schemas that all bodies fit.
    pub(super) fits: Vec<String>,
}

/// The methods that are shown where no operation has one.
const METHODS: [&str; 9] = [
    "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE",
];

/// The most addresses without an operation that are counted by themselves.
const MAX_ADDRESSES: usize = 1_000;

/// All findings of some traffic.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) findings: BTreeMap<Key, Finding>,
    /// The number of messages by operation and side.
    pub(super) totals: BTreeMap<(usize, Side), usize>,
    /// The number of messages by operation, side, place and kind: a schema can be reached in several ways.
    places: BTreeMap<(usize, Side, Pointer, Kind), usize>,
    /// The requests that belong to no operation, by method and abstracted path.
    pub(super) unmatched: BTreeMap<(String, String), usize>,
    pub(super) counts: Counts,
}

/// What was not looked at.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) exchanges: usize,
    /// Entries that are not as HAR 1.2 has them.
    pub(super) unreadable: usize,
    /// Requests without a reply.
    pub(super) unanswered: usize,
    /// Requests that the server refused, which say nothing about the description.
    pub(super) refused: usize,
    /// Replies from a cache, and questions of browsers before a request.
    pub(super) browser: usize,
    /// Bodies that were not recorded.
    pub(super) unrecorded: usize,
    /// Bodies of media types that have no schema to hold them against: texts and bytes.
    pub(super) other_bodies: usize,
    /// Requests without an operation beyond [`MAX_ADDRESSES`].
    pub(super) more_unmatched: usize,
    /// Bodies whose schema cannot be compiled.
    pub(super) uncompiled: usize,
}

impl Tally {
    /// Adds the mismatches of one message; several of one kind are one.
    pub(super) fn add(&mut self, observed: Vec<Observed>, origin: &Origin) {
        let mut counted = Vec::new();
        for one in observed {
            let finding = self
                .findings
                .entry(one.key.clone())
                .or_insert_with(|| Finding {
                    count: 0,
                    first: origin.clone(),
                    site: one.site.clone(),
                    shape: Shape::default(),
                    sizes: None,
                    bodies: BTreeMap::new(),
                    fits: one.fits.clone(),
                });
            finding.fits.retain(|fitting| one.fits.contains(fitting));
            if !counted.contains(&one.key) {
                finding.count += 1;
                let place = one.key.at_place();
                if !counted.iter().any(|other: &Key| other.at_place() == place) {
                    *self.places.entry(place).or_default() += 1;
                }
                counted.push(one.key);
            }
            if let Some(size) = one.size {
                let (least, most) = finding.sizes.unwrap_or((size, size));
                finding.sizes = Some((least.min(size), most.max(size)));
            }
            match one.media_type {
                Some(media_type) => finding
                    .bodies
                    .entry(media_type)
                    .or_default()
                    .merge(&one.shape),
                None => finding.shape.merge(&one.shape),
            }
        }
    }

    /// Counts a message.
    pub(super) fn message(&mut self, operation: usize, side: Side) {
        *self.totals.entry((operation, side)).or_default() += 1;
    }

    /// Counts a request that belongs to no operation.
    pub(super) fn unmatched(&mut self, method: &str, path: String) {
        let is_known = METHODS.contains(&method);
        let method = if is_known { method } else { "{}" }.to_owned();
        let address = (method, path);
        if self.unmatched.len() < MAX_ADDRESSES || self.unmatched.contains_key(&address) {
            *self.unmatched.entry(address).or_default() += 1;
        } else {
            self.counts.more_unmatched += 1;
        }
    }

    /// Returns the number of messages with the same mismatch at the same place of the document.
    pub(super) fn at_place(&self, key: &Key) -> usize {
        self.places
            .get(&key.at_place())
            .copied()
            .unwrap_or_default()
    }

    /// Returns the number of messages that a finding could be in.
    pub(super) fn total(&self, key: &Key) -> usize {
        self.totals
            .get(&(key.operation, key.side))
            .copied()
            .unwrap_or_default()
    }
}
