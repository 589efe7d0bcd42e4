//! One batch from its first call to the outcome of each of its inputs.
//!
//! A job makes one call at a time, so that the parts of a batch that was split cannot overtake each other. What a
//! [`Call`](crate::runtime::call::Call) repeats by itself is not seen here. What is left:
//!
//! ```text
//! a success    names an input              its outcome, or once more when its error is one that passes
//!              does not name it            once more with the others; then, when few are left, each alone
//! a failure    an input can be at fault    two halves, until the input is alone
//!              it may have been written    once more, when its inputs can be repeated
//!              of every call               the run halts
//! ```

use std::sync::Arc;

use super::account::{Account, account};
use super::run::{Closed, Run};
use super::split::Entry;
use super::verdict::{self, Verdict};
use super::{Batch, NotSent, Outcome, Rejected, Unaccounted, Written};
use crate::runtime::error::CallError;
use crate::runtime::response::Reply;

/// How many answers can leave an input open before it stays so, and how many calls can fail for it.
const TRIES: u8 = 3;
/// How many inputs that two answers left open are sent one by one.
const FEW: usize = 10;

type Fault<B> = Arc<CallError<<B as Batch>::Failure>>;

/// An input that has no outcome yet, and what is known of it.
struct Open<B: Batch> {
    entry: Entry<B::Input>,
    known: Known<B>,
}

/// What is to be said of an input if no other call is made.
enum Known<B: Batch> {
    /// It was not sent yet.
    Nothing,
    /// Its call could not be sent.
    Unsent(Fault<B>),
    /// Its call was refused, with so many inputs.
    Refused(Fault<B>, usize),
    /// An error that passes names it.
    Failed(B::Problem),
    /// Its call ended without an answer.
    NoResponse(Fault<B>),
    /// The answer does not name it, but has errors that name nothing.
    Unnamed(Arc<[B::Problem]>),
}

impl<B: Batch> Clone for Known<B> {
    fn clone(&self) -> Self {
        match self {
            Known::Nothing => Known::Nothing,
            Known::Unsent(error) => Known::Unsent(error.clone()),
            Known::Refused(error, among) => Known::Refused(error.clone(), *among),
            Known::Failed(problem) => Known::Failed(problem.clone()),
            Known::NoResponse(error) => Known::NoResponse(error.clone()),
            Known::Unnamed(problems) => Known::Unnamed(problems.clone()),
        }
    }
}

impl<B: Batch> Open<B> {
    /// What is to be said now. What an earlier call may have written is not called rejected or not sent, whatever the
    /// last one said.
    fn close(self, closed: Option<&Closed<B>>) -> (Entry<B::Input>, Outcome<B>) {
        let doubtful = self.entry.doubtful;
        let outcome = match self.known {
            Known::Nothing => Outcome::NotSent(match closed {
                Some(Closed::Halted(error)) => NotSent::Halted(error.clone()),
                Some(Closed::Stopped) | None => NotSent::Stopped,
            }),
            Known::Unsent(error) | Known::Refused(error, _) | Known::NoResponse(error)
                if doubtful =>
            {
                Outcome::Unaccounted(Unaccounted::Call(error))
            }
            Known::Unsent(error) => Outcome::NotSent(NotSent::Failed(error)),
            Known::Refused(error, among) => Outcome::Rejected(Rejected::Call { error, among }),
            Known::Failed(problem) if doubtful => {
                Outcome::Unaccounted(Unaccounted::Contradictory(problem))
            }
            Known::Failed(problem) => Outcome::Rejected(Rejected::Input(problem)),
            Known::NoResponse(error) => Outcome::Unaccounted(Unaccounted::Call(error)),
            Known::Unnamed(problems) => Outcome::Unaccounted(Unaccounted::Unnamed(problems)),
        };
        (self.entry, outcome)
    }
}

/// A batch at work.
pub(super) struct Job<B: Batch> {
    run: Arc<Run<B>>,
    /// What is still to be sent, the next one last.
    parts: Vec<Vec<Open<B>>>,
    settled: Vec<(Entry<B::Input>, Outcome<B>)>,
    /// How many answers in a row had errors that pass: the server wants a pause.
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
            let (entries, answer) = self.run.call(entries).await;
            match answer {
                Ok(reply) => self.answered(entries, reply),
                Err(error) => self.failed(entries, error),
            }
        }
        self.settled
    }

    fn answered(&mut self, entries: Vec<Entry<B::Input>>, reply: Reply<B::Reply>) {
        self.run.succeeded();
        let ambiguous = reply.attempts.earlier_may_have_been_applied;
        let (records, problems) = B::into_parts(reply.body);
        let accounts = account::<B>(&entries, records, problems);
        let nameless: Arc<[B::Problem]> = accounts.nameless.into();
        let mut again = Vec::new();
        for (mut entry, account) in entries.into_iter().zip(accounts.inputs) {
            entry.doubtful |= ambiguous;
            let outcome = match account {
                Account::Written(record) => Outcome::Written(Written {
                    new: B::is_new(&record),
                    after_ambiguous_attempt: entry.doubtful,
                    record,
                }),
                Account::Both(problem) => Outcome::Unaccounted(Unaccounted::Contradictory(problem)),
                Account::Failed(problem) if !B::is_transient(&problem) => {
                    Outcome::Rejected(Rejected::Input(problem))
                }
                Account::Failed(problem) => {
                    entry.failed += 1;
                    let known = Known::Failed(problem);
                    again.push(Open { entry, known });
                    continue;
                }
                Account::Open => {
                    entry.open += 1;
                    entry.doubtful = true;
                    let known = Known::Unnamed(nameless.clone());
                    again.push(Open { entry, known });
                    continue;
                }
            };
            self.settled.push((entry, outcome));
        }
        self.retry(again);
    }

    /// Sends again what a success left open: together, and one by one what two answers left open, if it is little.
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
        let verdict = verdict::of(&error, self.run.client.shared.service);
        let error = Arc::new(error);
        let is_alone = self.run.failed(verdict, &error);
        let applied = error.may_have_been_applied();
        let among = entries.len();
        entries.iter_mut().for_each(|entry| {
            entry.doubtful |= applied;
            // in an outage all batches fail alike; one that fails between others that succeed is given up in the end
            entry.failed += u8::from(is_alone && verdict.is_outage());
            entry.open += u8::from(verdict == Verdict::Unclear);
        });
        let known = match verdict {
            Verdict::Unwritable | Verdict::Unreachable => Known::Unsent(error),
            Verdict::Refused | Verdict::Fatal | Verdict::Busy => Known::Refused(error, among),
            Verdict::Away | Verdict::Unclear => Known::NoResponse(error),
        };
        let open = open(entries, &known);
        match verdict {
            Verdict::Fatal => self.close(open, None),
            Verdict::Unwritable | Verdict::Refused => self.halve(open),
            _ => self.repeat(open),
        }
    }

    /// Sends the same again, but for what must not be.
    fn repeat(&mut self, open: Vec<Open<B>>) {
        let (again, over): (Vec<_>, Vec<_>) = open.into_iter().partition(may_be_sent_again);
        self.close(over, None);
        if !again.is_empty() {
            self.parts.push(again);
        }
    }

    /// Sends the two halves of a batch that was refused, the first one first.
    fn halve(&mut self, open: Vec<Open<B>>) {
        let (mut first, over): (Vec<_>, Vec<_>) = open.into_iter().partition(is_repeatable);
        self.close(over, None);
        let second = first.split_off(first.len().div_ceil(2));
        match second.is_empty() {
            true => self.close(first, None),
            false => self.parts.extend([second, first]),
        }
    }

    fn close(&mut self, part: Vec<Open<B>>, closed: Option<&Closed<B>>) {
        let settled = part.into_iter().map(|one| one.close(closed));
        self.settled.extend(settled);
    }
}

fn open<B: Batch>(entries: Vec<Entry<B::Input>>, known: &Known<B>) -> Vec<Open<B>> {
    let open = entries.into_iter().map(|entry| Open {
        entry,
        known: known.clone(),
    });
    open.collect()
}

/// Not when it may have been written and would be written a second time.
fn is_repeatable<B: Batch>(one: &Open<B>) -> bool {
    one.entry.identity.is_some() || !one.entry.doubtful
}

fn may_be_sent_again<B: Batch>(one: &Open<B>) -> bool {
    one.entry.open < TRIES && one.entry.failed < TRIES && is_repeatable(one)
}
