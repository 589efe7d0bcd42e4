//! Correlates the results and errors of a response with the inputs of a batch.
//!
//! Only the correlation value decides: results come in any order, and servers respell ids. An input without a result or
//! error stays missing, whatever the status. Only a batch of one input needs no correlation value, if the response has
//! exactly one result or error.

use std::collections::HashMap;

use super::Batch;
use super::split::Entry;

/// What a response says about one input.
#[derive(Debug)]
pub(crate) enum InputResult<B: Batch> {
    /// Neither a result nor an error.
    Missing,
    /// A result.
    Written(B::Record),
    /// An error.
    Failed(B::Problem),
    /// A result and an error.
    Contradictory(B::Problem),
}

/// What a response says about the inputs of a batch, in their order.
#[derive(Debug)]
pub(crate) struct InputResults<B: Batch> {
    pub(crate) inputs: Vec<InputResult<B>>,
    /// Errors that refer to no input of the batch.
    pub(crate) unassigned: Vec<B::Problem>,
}

/// Correlates a response with its batch.
pub(crate) fn correlate<B: Batch>(
    batch: &[Entry<B::Input>],
    records: Vec<B::Record>,
    problems: Vec<B::Problem>,
) -> InputResults<B> {
    let places: HashMap<&str, usize> = batch
        .iter()
        .enumerate()
        .map(|(place, entry)| (entry.correlation.as_str(), place))
        .collect();
    let mut results = InputResults {
        inputs: batch.iter().map(|_| InputResult::Missing).collect(),
        unassigned: Vec::new(),
    };
    let of_one = batch.len() == 1 && records.len() + problems.len() == 1;
    for record in records {
        let place = match B::record_correlation(&record) {
            Some(name) => places.get(name).copied(),
            None => of_one.then_some(0),
        };
        // a result of no input is ignored
        if let Some(result) = place.and_then(|place| results.inputs.get_mut(place)) {
            result.add_record(record);
        }
    }
    for problem in problems {
        let names = B::problem_correlations(&problem);
        let mut found: Vec<usize> = names
            .iter()
            .filter_map(|name| places.get(name).copied())
            .collect();
        if names.is_empty() && of_one {
            found.push(0);
        }
        if found.is_empty() {
            results.unassigned.push(problem);
            continue;
        }
        for place in found {
            if let Some(result) = results.inputs.get_mut(place) {
                result.add_problem(problem.clone());
            }
        }
    }
    results
}

impl<B: Batch> InputResult<B> {
    /// Adds a result. A second one changes nothing: both say that the input was written.
    fn add_record(&mut self, record: B::Record) {
        if let InputResult::Missing = self {
            *self = InputResult::Written(record);
        }
    }

    fn add_problem(&mut self, problem: B::Problem) {
        match self {
            InputResult::Missing => *self = InputResult::Failed(problem),
            InputResult::Written(_) => *self = InputResult::Contradictory(problem),
            InputResult::Failed(_) | InputResult::Contradictory(_) => {}
        }
    }
}
