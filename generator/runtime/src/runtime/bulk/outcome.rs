//! What became of an input.

use std::fmt;
use std::sync::Arc;

use super::Batch;
use crate::runtime::error::CallError;

/// An input and what became of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Settled<B: Batch> {
    /// How many inputs were taken before this one.
    pub index: u64,
    /// The input. It has the correlation value under which it was sent, also where it came without one.
    pub input: B::Input,
    /// What became of it.
    pub outcome: Outcome<B>,
}

/// What became of an input. Every input gets exactly one.
#[derive(Debug)]
pub enum Outcome<B: Batch> {
    /// The server says that it was written.
    Written(Written<B>),
    /// The server refused it, and nothing was written.
    Rejected(Rejected<B>),
    /// The server never got it.
    NotSent(NotSent<B>),
    /// It was sent, and no answer says what became of it. It may have been written.
    Unaccounted(Unaccounted<B>),
}

/// An input that was written.
#[derive(Debug)]
#[non_exhaustive]
pub struct Written<B: Batch> {
    /// Whether the call that the server answered created the item; `None` when its results do not tell.
    ///
    /// After an ambiguous attempt it can be `false` although an earlier attempt created the item.
    pub new: Option<bool>,
    /// Whether the input was sent before and may have been written then: an earlier attempt timed out, broke off or
    /// was answered in a way that left it open.
    pub after_ambiguous_attempt: bool,
    /// The item as the server has it now.
    pub record: B::Record,
}

/// Why the server refused an input.
#[derive(Debug)]
pub enum Rejected<B: Batch> {
    /// The server named this input and said what is wrong.
    Input(B::Problem),
    /// The server refused the whole call. When the fault can be in an input, the batch was split until the input was
    /// alone, so that `among` is 1; it is more where a split would not have helped, or was stopped.
    Call {
        /// What the server said.
        error: Arc<CallError<B::Failure>>,
        /// How many inputs the call had.
        among: usize,
    },
}

/// Why an input was not sent.
#[derive(Debug)]
pub enum NotSent<B: Batch> {
    /// [`StopHandle`](super::StopHandle) was called first.
    Stopped,
    /// An earlier call failed with this error, as every other would have: the token is not valid, the quota of the day
    /// is used up, or the server refused one call after the other.
    Halted(Arc<CallError<B::Failure>>),
    /// Sending failed: the input cannot be written as a request, or the server could not be reached.
    Failed(Arc<CallError<B::Failure>>),
}

/// Why it is not known what became of an input that was sent.
#[derive(Debug)]
pub enum Unaccounted<B: Batch> {
    /// The call ended without an answer that could be read, and the server may have done its work.
    Call(Arc<CallError<B::Failure>>),
    /// The answer was a success and names the input nowhere. These of its errors name no input that was sent; one of
    /// them may be about this one.
    Unnamed(Arc<[B::Problem]>),
    /// An error names the input, and it may have been written all the same: the same answer has a result for it, too, or
    /// an earlier attempt was ambiguous and the error is one that says nothing about the input.
    Contradictory(B::Problem),
}

impl<B: Batch> Outcome<B> {
    /// Whether it was written.
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
        match self.after_ambiguous_attempt {
            true => f.write_str(", after an attempt that may have done it already"),
            false => Ok(()),
        }
    }
}

impl<B: Batch> fmt::Display for Rejected<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rejected::Input(problem) => f.write_str(&B::describe(problem)),
            Rejected::Call { error, among: 1 } => error.fmt(f),
            Rejected::Call { error, among } => write!(f, "with {among} inputs together: {error}"),
        }
    }
}

impl<B: Batch> fmt::Display for NotSent<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotSent::Stopped => f.write_str("stopped before"),
            NotSent::Halted(error) => write!(f, "halted before: {error}"),
            NotSent::Failed(error) => error.fmt(f),
        }
    }
}

impl<B: Batch> fmt::Display for Unaccounted<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unaccounted::Call(error) => error.fmt(f),
            Unaccounted::Unnamed(problems) => {
                f.write_str("no result and no error names it")?;
                match problems.first() {
                    Some(first) => write!(
                        f,
                        "; of {} errors that name nothing, the first says: {}",
                        problems.len(),
                        B::describe(first)
                    ),
                    None => Ok(()),
                }
            }
            Unaccounted::Contradictory(problem) => write!(
                f,
                "it may have been written although an error names it: {}",
                B::describe(problem)
            ),
        }
    }
}

/// What a run has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Summary {
    /// Inputs that were taken.
    pub taken: u64,
    /// Inputs that were written.
    pub written: u64,
    /// Of those, the ones that the server calls new.
    pub new: u64,
    /// Of those, the ones that an earlier attempt may have written already.
    pub after_ambiguous_attempt: u64,
    /// Inputs that the server refused.
    pub rejected: u64,
    /// Inputs that the server never got.
    pub not_sent: u64,
    /// Inputs that were sent, with nothing known of them.
    pub unaccounted: u64,
    /// Calls that were made. A call that repeats a request is one.
    pub calls: u64,
}

impl Summary {
    /// Inputs that have their outcome.
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
