//! Holds outcomes against what really happened.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use hubspot_products::UpsertInput;
use hubspot_products::bulk::{Outcome, Settled, Summary, Unaccounted, UpsertProductsBatch};

use crate::support::Entry;

/// How many inputs came to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Books {
    pub written: usize,
    pub after_ambiguous_attempt: usize,
    pub rejected: usize,
    pub not_sent: usize,
    pub unaccounted: usize,
}

impl Books {
    /// All of them written.
    pub fn all(inputs: usize) -> Self {
        Books {
            written: inputs,
            ..Books::default()
        }
    }

    /// The same, whether there was an ambiguous attempt or not.
    pub fn plain(self) -> Self {
        Books {
            after_ambiguous_attempt: 0,
            ..self
        }
    }
}

/// What the ledger says of trace ids and products.
#[derive(Default)]
struct Truth<'a> {
    received: BTreeSet<&'a str>,
    answered: BTreeSet<&'a str>,
    /// What was committed under a trace id, each time.
    commits: HashMap<&'a str, Vec<&'a BTreeMap<String, String>>>,
    /// The trace ids under which a product was written, in their order.
    writers: BTreeMap<String, Vec<&'a str>>,
}

impl<'a> Truth<'a> {
    fn of(ledger: &'a [Entry]) -> Self {
        let mut truth = Truth::default();
        for entry in ledger {
            match entry {
                Entry::Received { traces, .. } => {
                    truth.received.extend(traces.iter().map(String::as_str));
                }
                Entry::Answered { traces, .. } => {
                    truth.answered.extend(traces.iter().map(String::as_str));
                }
                Entry::Committed {
                    id,
                    trace,
                    properties,
                    ..
                } => {
                    let trace = trace.as_deref().expect("every input has a trace id");
                    truth.commits.entry(trace).or_default().push(properties);
                    let writers = truth.writers.entry(id.to_lowercase()).or_default();
                    writers.push(trace);
                }
            }
        }
        truth
    }

    fn check(&self, settled: &Settled<UpsertProductsBatch>, trace: &str) {
        let sent = &settled.input.properties;
        let commits = self.commits.get(trace).map_or(&[][..], Vec::as_slice);
        for commit in commits {
            assert_eq!(*commit, sent, "{trace} was written with other values");
        }
        match &settled.outcome {
            Outcome::Written(written) => {
                assert!(!commits.is_empty(), "{trace} was not written");
                let sku = written.record.properties["hs_sku"].as_deref();
                assert_eq!(sku, Some(&*settled.input.id.to_lowercase()), "{trace}");
            }
            Outcome::Rejected(why) => assert!(commits.is_empty(), "{trace} was written: {why}"),
            Outcome::NotSent(why) => {
                assert!(
                    !self.received.contains(trace),
                    "{trace} was received: {why}"
                );
            }
            Outcome::Unaccounted(Unaccounted::Contradictory(_)) => {}
            Outcome::Unaccounted(why) => {
                assert!(
                    !self.answered.contains(trace),
                    "{trace} was answered: {why}"
                );
            }
        }
    }
}

/// Checks that the books balance, and gives them.
pub fn audit(
    inputs: &[UpsertInput],
    settled: &[Settled<UpsertProductsBatch>],
    summary: &Summary,
    ledger: &[Entry],
) -> Books {
    let truth = Truth::of(ledger);
    let mut seen = BTreeSet::new();
    let mut order: HashMap<&str, u64> = HashMap::new();
    let mut books = Books::default();
    for one in settled {
        assert!(
            seen.insert(one.index),
            "input {} has two outcomes",
            one.index
        );
        let sent = &inputs[usize::try_from(one.index).expect("a small number")];
        assert_eq!(
            (&sent.id, &sent.properties),
            (&one.input.id, &one.input.properties)
        );
        let trace = one.input.object_write_trace_id.as_deref();
        let trace = trace.expect("every input gets a trace id");
        assert_eq!(
            order.insert(trace, one.index),
            None,
            "{trace} is there twice"
        );
        truth.check(one, trace);
        match &one.outcome {
            Outcome::Written(written) => {
                books.written += 1;
                books.after_ambiguous_attempt += usize::from(written.after_ambiguous_attempt);
            }
            Outcome::Rejected(_) => books.rejected += 1,
            Outcome::NotSent(_) => books.not_sent += 1,
            Outcome::Unaccounted(_) => books.unaccounted += 1,
        }
    }
    assert_eq!(seen.len(), inputs.len(), "some inputs have no outcome");
    for (product, writers) in &truth.writers {
        // the same input may be written again, but never after a later one of the same product
        let places: Vec<u64> = writers.iter().map(|trace| order[trace]).collect();
        assert!(
            places.is_sorted(),
            "{product} was written in the order {places:?}"
        );
    }
    let of = |count: usize| count as u64;
    assert_eq!(summary.taken, of(inputs.len()));
    assert_eq!(summary.settled(), summary.taken);
    let counted = [
        summary.written,
        summary.rejected,
        summary.not_sent,
        summary.unaccounted,
    ];
    let found = [
        books.written,
        books.rejected,
        books.not_sent,
        books.unaccounted,
    ];
    assert_eq!(counted, found.map(of));
    assert_eq!(
        summary.after_ambiguous_attempt,
        of(books.after_ambiguous_attempt)
    );
    books
}
