//! The splitter and the matcher of bulk runs, over arbitrary inputs and answers.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use proptest::collection::vec;
use proptest::prelude::*;

use crate::runtime::bulk::Batch;
use crate::runtime::bulk::correlate::{InputResult, InputResults, correlate};
use crate::runtime::bulk::split::{Entry, Splitter};
use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::request::RequestBuilder;
use crate::runtime::response;

fn entry(index: u64, identity: Option<u8>, correlation: u8) -> Entry<u64> {
    Entry {
        index,
        input: index,
        identity: identity.map(|id| id.to_string()),
        correlation: correlation.to_string(),
        open: 0,
        failed: 0,
        doubtful: false,
    }
}

/// What happens to a splitter.
#[derive(Debug, Clone)]
enum Step {
    /// An input comes; few ids, so that they meet.
    Push(Option<u8>, u8),
    /// A batch is taken.
    Take,
    /// What was taken so long ago is settled.
    Land(usize),
    /// What is there has to go.
    Flush,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let push = (proptest::option::weighted(0.8, 0..12_u8), any::<u8>());
    let step = prop_oneof![
        6 => push.prop_map(|(id, correlation)| Step::Push(id, correlation)),
        2 => Just(Step::Take),
        2 => (0..4_usize).prop_map(Step::Land),
        1 => Just(Step::Flush),
    ];
    vec(step, 0..200)
}

/// A splitter, and what it must have promised.
struct Watched {
    splitter: Splitter<u64>,
    most: usize,
    flying: VecDeque<Vec<Entry<u64>>>,
    landed: Vec<Entry<u64>>,
    pushed: u64,
}

impl Watched {
    fn new(most: usize) -> Self {
        Watched {
            splitter: Splitter::new(most),
            most,
            flying: VecDeque::new(),
            landed: Vec::new(),
            pushed: 0,
        }
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Push(identity, correlation) => {
                self.splitter
                    .push(entry(self.pushed, identity, correlation));
                self.pushed += 1;
            }
            Step::Take => self.flying.extend(self.splitter.batch()),
            Step::Land(which) => {
                if let Some(batch) = self.flying.remove(which) {
                    self.land(batch);
                }
            }
            Step::Flush => self.splitter.flush(),
        }
        self.check();
    }

    fn land(&mut self, batch: Vec<Entry<u64>>) {
        batch.iter().for_each(|entry| self.splitter.settled(entry));
        self.splitter.release();
        self.landed.extend(batch);
    }

    /// Of all that is on its way no two mean the same item or have the same correlation value.
    fn check(&self) {
        let mut seen = BTreeSet::new();
        for batch in &self.flying {
            assert!(!batch.is_empty() && batch.len() <= self.most);
            let kinds = batch.iter().map(|entry| entry.identity.is_some());
            assert_eq!(kinds.collect::<BTreeSet<_>>().len(), 1, "{batch:?}");
            for entry in batch {
                assert!(seen.insert(('c', entry.correlation.clone())), "{entry:?}");
                if let Some(identity) = &entry.identity {
                    assert!(seen.insert(('i', identity.clone())), "{entry:?}");
                }
            }
        }
    }

    /// No more inputs come, and all that is there lands.
    fn finish(mut self) -> Vec<Entry<u64>> {
        while !self.splitter.is_empty() || !self.flying.is_empty() {
            self.splitter.flush();
            let before = self.landed.len();
            self.flying.extend(self.splitter.batch());
            self.check();
            if let Some(batch) = self.flying.pop_front() {
                self.land(batch);
            }
            assert!(self.landed.len() > before, "nothing moves any more");
        }
        self.landed
    }
}

proptest! {
    /// Every input is in exactly one batch, and inputs for one item go in their order.
    #[test]
    fn the_splitter_loses_nothing_and_keeps_order(steps in steps(), most in 0..6_usize) {
        let mut watched = Watched::new(most);
        watched.most = most.max(1);
        for step in steps {
            watched.step(step);
        }
        let pushed = watched.pushed;
        let landed = watched.finish();
        let indexes: BTreeSet<u64> = landed.iter().map(|entry| entry.index).collect();
        prop_assert_eq!(indexes.len(), landed.len());
        prop_assert_eq!(indexes, (0..pushed).collect::<BTreeSet<_>>());
        let mut items: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
        for entry in &landed {
            if let Some(identity) = &entry.identity {
                items.entry(identity).or_default().push(entry.index);
            }
        }
        for (item, indexes) in items {
            prop_assert!(indexes.is_sorted(), "{}: {:?}", item, indexes);
        }
    }


    /// Inputs that no call took are returned in order, and do not block later ones.
    #[test]
    fn a_cleared_splitter_is_as_new(steps in steps()) {
        let mut watched = Watched::new(3);
        for step in steps {
            watched.step(step);
        }
        let flying = watched.flying.drain(..).flatten().count();
        let cleared = watched.splitter.clear();
        prop_assert!(watched.splitter.is_empty());
        prop_assert!(cleared.is_sorted_by_key(|entry| entry.index));
        let all = watched.landed.len() + flying + cleared.len();
        prop_assert_eq!(all as u64, watched.pushed);
    }


    /// Batches are full as long as nothing has to go early.
    #[test]
    fn different_items_make_full_batches(count in 0..40_usize, most in 1..7_usize) {
        let mut splitter = Splitter::new(most);
        for index in 0..count {
            let number = u8::try_from(index).expect("a small number");
            splitter.push(entry(index as u64, Some(number), number));
        }
        let mut sizes = Vec::new();
        while let Some(batch) = splitter.batch() {
            sizes.push(batch.len());
        }
        prop_assert_eq!(sizes, vec![most; count / most]);
        splitter.flush();
        prop_assert_eq!(splitter.batch().map_or(0, |batch| batch.len()), count % most);
    }
}

/// A batch of names. Its results are a name and a number, its errors are names, and a server writes what it is sent:
/// `a,b,c`.
#[derive(Debug)]
pub(super) enum Named {}

pub(super) type Record = (Option<String>, usize);

impl Batch for Named {
    type Input = String;
    type Record = Record;
    type Problem = Vec<String>;
    type Reply = String;
    type Failure = bytes::Bytes;
    type Operation = ();
    type Client = Client;
    type Call = Call<String, bytes::Bytes>;
    const MAX_INPUTS: usize = 100;
    const IGNORES_CASE: bool = false;

    fn call(client: &Client, inputs: Vec<String>) -> (Self::Call, Vec<String>) {
        let request = RequestBuilder::new(client, "POST", "/batch");
        let request = request.text("text/plain", &inputs.join(","));
        (request.call(response::text, response::bytes), inputs)
    }

    fn correlation(input: &mut String) -> &mut String {
        input
    }

    fn identity(input: &String) -> Vec<Option<&str>> {
        vec![Some(input)]
    }

    fn into_parts(reply: String) -> (Vec<Record>, Vec<Vec<String>>) {
        let names = reply.split(',').map(str::to_owned).enumerate();
        (
            names.map(|(place, name)| (Some(name), place)).collect(),
            Vec::new(),
        )
    }

    fn record_correlation(record: &Record) -> Option<&str> {
        record.0.as_deref()
    }

    fn problem_correlations(problem: &Vec<String>) -> Vec<&str> {
        problem.iter().map(String::as_str).collect()
    }

    fn is_new(_: &Record) -> Option<bool> {
        None
    }

    fn is_transient(_: &Vec<String>) -> bool {
        false
    }

    fn describe(problem: &Vec<String>) -> String {
        problem.join(", ")
    }
}

fn batch(size: u8) -> Vec<Entry<String>> {
    let names = (0..size).map(|name| Entry {
        index: u64::from(name),
        input: name.to_string(),
        identity: None,
        correlation: name.to_string(),
        open: 0,
        failed: 0,
        doubtful: false,
    });
    names.collect()
}

/// Results and errors with the names of some inputs, of none, and of inputs that were never sent.
fn answer() -> impl Strategy<Value = (Vec<Record>, Vec<Vec<String>>)> {
    let name = || (0..14_u8).prop_map(|name| name.to_string());
    let records = vec(proptest::option::weighted(0.9, name()), 0..14);
    let records = records.prop_map(|names| names.into_iter().enumerate());
    let records = records.prop_map(|names| names.map(|(place, name)| (name, place)).collect());
    (records, vec(vec(name(), 0..3), 0..6))
}

proptest! {
    /// An input is written when a result names it and failed when an error does, in whatever order they come, and of
    /// an input that nothing names nothing is said.
    #[test]
    fn a_response_settles_the_inputs_that_it_names(
        size in 0..12_u8,
        (records, problems) in answer(),
    ) {
        let batch = batch(size);
        let of_one = size == 1 && records.len() + problems.len() == 1;
        let results: InputResults<Named> = correlate(&batch, records.clone(), problems.clone());
        prop_assert_eq!(results.inputs.len(), batch.len());
        for (entry, found) in batch.iter().zip(&results.inputs) {
            let name = &entry.correlation;
            let mut written = records.iter().any(|record| record.0.as_ref() == Some(name));
            let mut failed = problems.iter().any(|problem| problem.contains(name));
            if of_one {
                written |= records.iter().any(|record| record.0.is_none());
                failed |= problems.iter().any(Vec::is_empty);
            }
            match found {
                InputResult::Missing => prop_assert!(!written && !failed),
                InputResult::Written(record) => {
                    prop_assert!(written && !failed);
                    prop_assert!(of_one || record.0.as_ref() == Some(name));
                }
                InputResult::Failed(problem) => {
                    prop_assert!(failed && !written);
                    prop_assert!(of_one || problem.contains(name));
                }
                InputResult::Contradictory(problem) => prop_assert!(written && failed && problem.contains(name)),
            }
        }
        let names_one = |problem: &&Vec<String>| {
            problem.iter().any(|name| batch.iter().any(|entry| entry.correlation == *name))
        };
        let named = problems.iter().filter(names_one).count();
        if !of_one {
            prop_assert_eq!(results.unassigned.len(), problems.len() - named);
        }
    }


    /// The order of results means nothing.
    #[test]
    fn results_can_come_in_any_order(order in Just((0..9_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let records = order.iter().map(|place| (Some(place.to_string()), *place));
        let results: InputResults<Named> = correlate(&batch(9), records.collect(), Vec::new());
        for (place, found) in results.inputs.iter().enumerate() {
            let is_its_own = matches!(found, InputResult::Written((_, number)) if *number == place);
            prop_assert!(is_its_own, "{:?}", found);
        }
    }
}
