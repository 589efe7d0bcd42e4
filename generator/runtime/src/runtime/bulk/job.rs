//! One batch from its first call to the outcome of each of its inputs.
//!
//! A job makes one call at a time, so that the parts of a split batch cannot overtake each other. The retries of a
//! single call are not visible here. What is left:
//!
//! ```text
//! success    a result or error for the input    its outcome, or a retry if the error is transient
//!            neither                            a retry with the others; then, if few are left, one by one
//! failure    an input may be the cause          two halves, until the input is alone
//!            it may have been applied           a retry, if its inputs are idempotent
//!            every call would fail              the run halts
//! ```

use std::sync::Arc;

use super::classify::{FailureClass, classify};
use super::correlate::{InputResult, correlate};
use super::run::{Closed, Run};
use super::split::Entry;
use super::{Batch, NotSent, Outcome, Rejected, Unaccounted, Written};
use crate::runtime::error::CallError;
use crate::runtime::response::Reply;

/// The maximum number of responses without a result for an input, and of failed calls.
const TRIES: u8 = 3;
/// The maximum number of inputs that are sent one by one after two responses without their results.
const FEW: usize = 10;

type Fault<B> = Arc<CallError<<B as Batch>::Failure>>;

/// An input without an outcome yet.
struct Open<B: Batch> {
    entry: Entry<B::Input>,
    known: Known<B>,
}

/// What is known about an input if no other call is made.
enum Known<B: Batch> {
    /// It was not sent.
    Nothing,
    /// Its call could not be sent.
    Unsent(Fault<B>),
    /// Its call was rejected, with this number of inputs.
    Rejected(Fault<B>, usize),
    /// It has a transient error.
    Failed(B::Problem),
    /// Its call has no response.
    NoResponse(Fault<B>),
    /// The response has neither a result nor an error for it, but these errors of no input.
    Missing(Arc<[B::Problem]>),
}

impl<B: Batch> Clone for Known<B> {
    fn clone(&self) -> Self {
        match self {
            Known::Nothing => Known::Nothing,
            Known::Unsent(error) => Known::Unsent(error.clone()),
            Known::Rejected(error, among) => Known::Rejected(error.clone(), *among),
            Known::Failed(problem) => Known::Failed(problem.clone()),
            Known::NoResponse(error) => Known::NoResponse(error.clone()),
            Known::Missing(problems) => Known::Missing(problems.clone()),
        }
    }
}

impl<B: Batch> Open<B> {
    /// Returns the outcome. An input that an earlier call may have written is neither rejected nor not sent, whatever
    /// the last call says.
    fn close(self, closed: Option<&Closed<B>>) -> (Entry<B::Input>, Outcome<B>) {
        let doubtful = self.entry.doubtful;
        let outcome = match self.known {
            Known::Nothing => Outcome::NotSent(match closed {
                Some(Closed::Halted(error)) => NotSent::Halted(error.clone()),
                Some(Closed::Stopped) | None => NotSent::Stopped,
            }),
            Known::Unsent(error) | Known::Rejected(error, _) | Known::NoResponse(error)
                if doubtful =>
            {
                Outcome::Unaccounted(Unaccounted::Call(error))
            }
            Known::Unsent(error) => Outcome::NotSent(NotSent::Failed(error)),
            Known::Rejected(error, among) => Outcome::Rejected(Rejected::Call { error, among }),
            Known::Failed(problem) if doubtful => {
                Outcome::Unaccounted(Unaccounted::Contradictory(problem))
            }
            Known::Failed(problem) => Outcome::Rejected(Rejected::Input(problem)),
            Known::NoResponse(error) => Outcome::Unaccounted(Unaccounted::Call(error)),
            Known::Missing(problems) => Outcome::Unaccounted(Unaccounted::Missing(problems)),
        };
        (self.entry, outcome)
    }
}

/// A batch that is being sent.
pub(super) struct Job<B: Batch> {
    run: Arc<Run<B>>,
    /// The parts that are still to be sent, the next one last.
    parts: Vec<Vec<Open<B>>>,
    settled: Vec<(Entry<B::Input>, Outcome<B>)>,
    /// The number of successive responses with transient errors, which cause a pause.
    pauses: u32,
}

impl<B: Batch> Job<B> {
    pub(super) fn new(run: Arc<Run<B>>, batch: Vec<Entry<B::Input>>) -> Self {
        Job {
            run,
            settled: Vec::with_capacity(batch.len()),
            parts: vec![open(batch, &Known::Nothing)],
            pauses: 0,
        }
    }

    /// Makes calls until every input has its outcome.
    pub(super) async fn settle(mut self) -> Vec<(Entry<B::Input>, Outcome<B>)> {
        while let Some(part) = self.parts.pop() {
            if let Some(closed) = self.run.ready(self.pauses).await {
                self.close(part, Some(&closed));
                continue;
            }
            let entries = part.into_iter().map(|one| one.entry).collect();
            let (entries, result) = self.run.call(entries).await;
            match result {
                Ok(reply) => self.succeeded(entries, reply),
                Err(error) => self.failed(entries, error),
            }
        }
        self.settled
    }

    fn succeeded(&mut self, entries: Vec<Entry<B::Input>>, reply: Reply<B::Reply>) {
        self.run.succeeded();
        let ambiguous = reply.attempts.earlier_may_have_been_applied;
        let (records, problems) = B::into_parts(reply.body);
        let results = correlate::<B>(&entries, records, problems);
        let unassigned: Arc<[B::Problem]> = results.unassigned.into();
        let mut again = Vec::new();
        for (mut entry, result) in entries.into_iter().zip(results.inputs) {
            entry.doubtful |= ambiguous;
            let outcome = match result {
                InputResult::Written(record) => Outcome::Written(Written {
                    new: B::is_new(&record),
                    after_ambiguous_attempt: entry.doubtful,
                    record,
                }),
                InputResult::Contradictory(problem) => {
                    Outcome::Unaccounted(Unaccounted::Contradictory(problem))
                }
                InputResult::Failed(problem) if !B::is_transient(&problem) => {
                    Outcome::Rejected(Rejected::Input(problem))
                }
                InputResult::Failed(problem) => {
                    entry.failed += 1;
                    let known = Known::Failed(problem);
                    again.push(Open { entry, known });
                    continue;
                }
                InputResult::Missing => {
                    entry.open += 1;
                    entry.doubtful = true;
                    let known = Known::Missing(unassigned.clone());
                    again.push(Open { entry, known });
                    continue;
                }
            };
            self.settled.push((entry, outcome));
        }
        self.retry(again);
    }

    /// Retries inputs without a result: together, and one by one after two responses if they are few.
    fn retry(&mut self, open: Vec<Open<B>>) {
        if open.is_empty() {
            self.pauses = 0;
            return;
        }
        let busy = open.iter().any(|one| matches!(one.known, Known::Failed(_)));
        self.pauses = if busy { self.pauses + 1 } else { 0 };
        let (again, over): (Vec<_>, Vec<_>) = open.into_iter().partition(may_be_sent_again);
        self.close(over, None);
        let (twice, once): (Vec<_>, Vec<_>) = again.into_iter().partition(|one| one.entry.open > 1);
        if twice.len() <= FEW {
            let alone = twice.into_iter().rev().map(|one| vec![one]);
            self.parts.extend(alone);
        } else {
            self.parts.push(twice);
        }
        self.parts
            .extend(Some(once).filter(|once| !once.is_empty()));
    }

    fn failed(&mut self, mut entries: Vec<Entry<B::Input>>, error: CallError<B::Failure>) {
        let class = classify(&error, self.run.client.shared.service);
        let error = Arc::new(error);
        let is_alone = self.run.failed(class, &error);
        let applied = error.may_have_been_applied();
        let among = entries.len();
        entries.iter_mut().for_each(|entry| {
            entry.doubtful |= applied;
            // in an outage all batches fail; one that fails while others succeed is given up in the end
            entry.failed += u8::from(is_alone && class.is_outage());
            entry.open += u8::from(class == FailureClass::Unclear);
        });
        let known = match class {
            FailureClass::Unwritable | FailureClass::Unreachable => Known::Unsent(error),
            FailureClass::Rejected | FailureClass::Fatal | FailureClass::Throttled => {
                Known::Rejected(error, among)
            }
            FailureClass::Unavailable | FailureClass::Unclear => Known::NoResponse(error),
        };
        let open = open(entries, &known);
        match class {
            FailureClass::Fatal => self.close(open, None),
            FailureClass::Unwritable | FailureClass::Rejected => self.halve(open),
            _ => self.resend(open),
        }
    }

    /// Retries a batch, except for inputs that cannot be.
    fn resend(&mut self, open: Vec<Open<B>>) {
        let (again, over): (Vec<_>, Vec<_>) = open.into_iter().partition(may_be_sent_again);
        self.close(over, None);
        if !again.is_empty() {
            self.parts.push(again);
        }
    }

    /// Sends the two halves of a rejected batch, the first one first.
    fn halve(&mut self, open: Vec<Open<B>>) {
        let (mut first, over): (Vec<_>, Vec<_>) = open.into_iter().partition(is_repeatable);
        self.close(over, None);
        let second = first.split_off(first.len().div_ceil(2));
        if second.is_empty() {
            self.close(first, None);
        } else {
            self.parts.extend([second, first]);
        }
    }

    fn close(&mut self, part: Vec<Open<B>>, closed: Option<&Closed<B>>) {
        let settled = part.into_iter().map(|one| one.close(closed));
        self.settled.extend(settled);
    }
}

fn open<B: Batch>(entries: Vec<Entry<B::Input>>, known: &Known<B>) -> Vec<Open<B>> {
    entries
        .into_iter()
        .map(|entry| Open {
            entry,
            known: known.clone(),
        })
        .collect()
}

/// Whether an input can be sent twice, or was certainly not written.
fn is_repeatable<B: Batch>(one: &Open<B>) -> bool {
    one.entry.identity.is_some() || !one.entry.doubtful
}

fn may_be_sent_again<B: Batch>(one: &Open<B>) -> bool {
    one.entry.open < TRIES && one.entry.failed < TRIES && is_repeatable(one)
}
