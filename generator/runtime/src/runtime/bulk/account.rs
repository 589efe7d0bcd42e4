//! Which result and which error of an answer belongs to which input. No call is made here.
//!
//! The correlation value decides and nothing else: results come in any order, and servers respell ids. What an answer
//! does not name stays open, whatever its status says. Only a batch of one needs no name: an answer with one result
//! and no error, or one error and no result, can be about nothing else.

use std::collections::HashMap;

use super::Batch;
use super::split::Entry;

/// What an answer says about one input.
#[derive(Debug)]
pub(crate) enum Account<B: Batch> {
    /// Nothing names it.
    Open,
    /// A result names it.
    Written(B::Record),
    /// An error names it.
    Failed(B::Problem),
    /// A result names it, and an error, too.
    Both(B::Problem),
}

/// What an answer says about the inputs of a batch, in their order.
#[derive(Debug)]
pub(crate) struct Accounts<B: Batch> {
    pub(crate) inputs: Vec<Account<B>>,
    /// Errors that name no input of the batch.
    pub(crate) nameless: Vec<B::Problem>,
}

/// Matches an answer with the batch that it answers.
pub(crate) fn account<B: Batch>(
    batch: &[Entry<B::Input>],
    records: Vec<B::Record>,
    problems: Vec<B::Problem>,
) -> Accounts<B> {
    let places: HashMap<&str, usize> = batch
        .iter()
        .enumerate()
        .map(|(place, entry)| (entry.correlation.as_str(), place))
        .collect();
    let mut accounts = Accounts {
        inputs: batch.iter().map(|_| Account::Open).collect(),
        nameless: Vec::new(),
    };
    let of_one = batch.len() == 1 && records.len() + problems.len() == 1;
    for record in records {
        let place = match B::record_correlation(&record) {
            Some(name) => places.get(name).copied(),
            None => of_one.then_some(0),
        };
        // a result that names nothing of ours says nothing that could be told to a caller
        if let Some(account) = place.and_then(|place| accounts.inputs.get_mut(place)) {
            account.add_record(record);
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
            accounts.nameless.push(problem);
            continue;
        }
        for place in found {
            if let Some(account) = accounts.inputs.get_mut(place) {
                account.add_problem(problem.clone());
            }
        }
    }
    accounts
}

impl<B: Batch> Account<B> {
    /// A second result of the same input changes nothing: both say that it was written.
    fn add_record(&mut self, record: B::Record) {
        if let Account::Open = self {
            *self = Account::Written(record);
        }
    }

    fn add_problem(&mut self, problem: B::Problem) {
        match self {
            Account::Open => *self = Account::Failed(problem),
            Account::Written(_) => *self = Account::Both(problem),
            Account::Failed(_) | Account::Both(_) => {}
        }
    }
}
