//! Outcomes of inputs.

use std::fmt;
use std::sync::Arc;

use super::Batch;
use crate::runtime::error::CallError;

/// An input with its outcome.
#[derive(Debug)]
#[non_exhaustive]
pub struct Settled<B: Batch> {
    /// The position of the input, from 0.
    pub index: u64,
    /// The input, with the correlation value with which it was sent.
    pub input: B::Input,
    /// The outcome.
    pub outcome: Outcome<B>,
}

/// The outcome of an input. Each input has exactly one.
#[derive(Debug)]
pub enum Outcome<B: Batch> {
    /// The server wrote it.
    Written(Written<B>),
    /// The server rejected it, and wrote nothing.
    Rejected(Rejected<B>),
    /// The server did not receive it.
    NotSent(NotSent<B>),
    /// It was sent, and no response says what happened to it. It may have been written.
    Unaccounted(Unaccounted<B>),
}

/// An input that was written.
#[derive(Debug)]
#[non_exhaustive]
pub struct Written<B: Batch> {
    /// Whether the call created the item; `None` if results do not say.
    ///
    /// After an ambiguous attempt it can be `false` although an earlier attempt created the item.
    pub new: Option<bool>,
    /// Whether an earlier attempt may have written the input, because it timed out, was interrupted, or its response
    /// does not say.
    pub after_ambiguous_attempt: bool,
    /// The item after the write.
    pub record: B::Record,
}

/// Why the server rejected an input.
#[derive(Debug)]
pub enum Rejected<B: Batch> {
    /// The error of this input.
    Input(B::Problem),
    /// The error of the whole call. If an input can be the cause, the batch is split until the input is alone, and
    /// `among` is 1; it is more if a split does not help, or was stopped.
    Call {
        /// The error.
        error: Arc<CallError<B::Failure>>,
        /// The number of inputs of the call.
        among: usize,
    },
}

/// Why an input was not sent.
#[derive(Debug)]
pub enum NotSent<B: Batch> {
    /// The run was stopped by [`StopHandle`](super::StopHandle).
    Stopped,
    /// The run was halted by this error of an earlier call, with which further calls would fail: the token is invalid,
    /// the daily quota is used up, the outage is too long, or the server rejects one call after the other.
    Halted(Arc<CallError<B::Failure>>),
    /// Sending failed: the input cannot be encoded, or the server cannot be reached.
    Failed(Arc<CallError<B::Failure>>),
}

/// Why the outcome of an input that was sent is unknown.
#[derive(Debug)]
pub enum Unaccounted<B: Batch> {
    /// The call has no response that can be decoded, and may have been applied.
    Call(Arc<CallError<B::Failure>>),
    /// The successful response has neither a result nor an error for the input. These are its errors without an input;
    /// one of them may belong to this one.
    Missing(Arc<[B::Problem]>),
    /// The input has an error, and may have been written all the same: the response has a result for it, too, or an
    /// earlier attempt was ambiguous and the error is transient.
    Contradictory(B::Problem),
}

impl<B: Batch> Outcome<B> {
    /// Whether the input was written.
    pub fn is_written(&self) -> bool {
        matches!(self, Outcome::Written(_))
    }

    /// Returns `written`, `rejected`, `not_sent` or `unaccounted`, for tables and logs.
    pub fn as_str(&self) -> &'static str {
        match self {
            Outcome::Written(_) => "written",
            Outcome::Rejected(_) => "rejected",
            Outcome::NotSent(_) => "not_sent",
            Outcome::Unaccounted(_) => "unaccounted",
        }
    }
}

/// One line with the details: `new`, `the price is not a number`, `400 Bad Request: …`.
impl<B: Batch> fmt::Display for Outcome<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Written(written) => written.fmt(f),
            Outcome::Rejected(rejected) => rejected.fmt(f),
            Outcome::NotSent(reason) => reason.fmt(f),
            Outcome::Unaccounted(reason) => reason.fmt(f),
        }
    }
}

impl<B: Batch> fmt::Display for Written<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.new {
            Some(true) => "new",
            Some(false) => "updated",
            None => "done",
        })?;
        if self.after_ambiguous_attempt {
            f.write_str(", after an attempt that may have written it already")?;
        }
        Ok(())
    }
}

impl<B: Batch> fmt::Display for Rejected<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rejected::Input(problem) => f.write_str(&B::describe(problem)),
            Rejected::Call { error, among: 1 } => error.fmt(f),
            Rejected::Call { error, among } => write!(f, "in a call of {among} inputs: {error}"),
        }
    }
}

impl<B: Batch> fmt::Display for NotSent<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotSent::Stopped => f.write_str("the run was stopped"),
            NotSent::Halted(error) => write!(f, "the run was halted: {error}"),
            NotSent::Failed(error) => error.fmt(f),
        }
    }
}

impl<B: Batch> fmt::Display for Unaccounted<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unaccounted::Call(error) => error.fmt(f),
            Unaccounted::Missing(problems) => {
                f.write_str("the response has neither a result nor an error for it")?;
                match problems.first() {
                    Some(first) => write!(
                        f,
                        "; the first of {} errors without an input: {}",
                        problems.len(),
                        B::describe(first)
                    ),
                    None => Ok(()),
                }
            }
            Unaccounted::Contradictory(problem) => write!(
                f,
                "it may have been written despite its error: {}",
                B::describe(problem)
            ),
        }
    }
}

/// Counts of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Summary {
    /// The number of inputs that were taken.
    pub taken: u64,
    /// The number of inputs that were written.
    pub written: u64,
    /// The number of those that the server created.
    pub new: u64,
    /// The number of those that an earlier attempt may have written.
    pub after_ambiguous_attempt: u64,
    /// The number of inputs that were rejected.
    pub rejected: u64,
    /// The number of inputs that were not sent.
    pub not_sent: u64,
    /// The number of inputs whose outcome is unknown.
    pub unaccounted: u64,
    /// The number of calls; retries of a call do not count.
    pub calls: u64,
}

impl Summary {
    /// Returns the number of inputs with an outcome.
    pub fn settled(&self) -> u64 {
        self.written + self.rejected + self.not_sent + self.unaccounted
    }

    pub(super) fn count<B: Batch>(&mut self, outcome: &Outcome<B>) {
        match outcome {
            Outcome::Written(written) => {
                self.written += 1;
                self.new += u64::from(written.new == Some(true));
                self.after_ambiguous_attempt += u64::from(written.after_ambiguous_attempt);
            }
            Outcome::Rejected(_) => self.rejected += 1,
            Outcome::NotSent(_) => self.not_sent += 1,
            Outcome::Unaccounted(_) => self.unaccounted += 1,
        }
    }
}

/// `1200 taken: 1180 written (1100 new), 20 rejected, 0 not sent, 0 unaccounted`.
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Summary {
            taken,
            written,
            new,
            rejected,
            not_sent,
            unaccounted,
            ..
        } = self;
        write!(
            f,
            "{taken} taken: {written} written ({new} new), {rejected} rejected, {not_sent} not sent, {unaccounted} unaccounted"
        )
    }
}
