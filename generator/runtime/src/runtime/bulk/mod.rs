//! Many inputs through an operation that takes a few at a time, with one outcome for each.
//!
//! `split` makes batches of inputs, `job` sends one and deals with what comes, `account` finds out which part of an
//! answer is about which input, `verdict` says what a failure means, `run` is what jobs share, and `stream` drives it
//! all. `outcome` is what a caller sees.

pub(crate) mod account;
mod job;
mod outcome;
mod run;
pub(crate) mod split;
mod stream;
mod verdict;

use std::fmt;

#[allow(unused_imports, reason = "generated code names them")]
pub use outcome::{NotSent, Outcome, Rejected, Settled, Summary, Unaccounted, Written};
#[allow(unused_imports, reason = "generated code names it")]
pub use run::StopHandle;
pub use stream::Bulk;

use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::wire::excerpt;

/// The call of some inputs.
pub type BatchCall<B> = Call<<B as Batch>::Reply, <B as Batch>::Failure>;

/// An operation that takes many inputs with one call. Generated code implements it for what `codegen.yaml` describes
/// as a batch.
pub trait Batch: fmt::Debug + Sized + 'static {
    /// One input, as it is sent.
    type Input: fmt::Debug + Send + 'static;
    /// One result: what the server has after it wrote an input.
    type Record: fmt::Debug + Send + 'static;
    /// An error about one or several inputs.
    type Problem: fmt::Debug + Clone + Send + Sync + 'static;
    /// The success of a call.
    type Reply: Send + 'static;
    /// The failure that the operation declares.
    type Failure: fmt::Debug + Send + Sync + 'static;

    /// How many inputs a call takes.
    const MAX_INPUTS: usize;
    /// Whether ids mean the same that differ in upper and lower case.
    const IGNORES_CASE: bool;

    /// Makes a call of some inputs, and gives them back.
    fn call(client: &Client, inputs: Vec<Self::Input>) -> (BatchCall<Self>, Vec<Self::Input>);

    /// What the server sends back with the result or the error of an input; empty where the caller gave none.
    fn correlation(input: &mut Self::Input) -> &mut String;

    /// The members that say which item an input means. Nothing is known when one of them is not there, or when there
    /// are none.
    fn identity(input: &Self::Input) -> Vec<Option<&str>>;

    /// The results and the errors of a success.
    fn into_parts(reply: Self::Reply) -> (Vec<Self::Record>, Vec<Self::Problem>);

    /// The correlation value of the input that a result is about.
    fn record_correlation(record: &Self::Record) -> Option<&str>;

    /// The correlation values of the inputs that an error is about.
    fn problem_correlations(problem: &Self::Problem) -> Vec<&str>;

    /// Whether the item was created; `None` when results do not tell.
    fn is_new(record: &Self::Record) -> Option<bool>;

    /// Whether the error can pass, so that the same input may be taken the next time.
    fn is_transient(problem: &Self::Problem) -> bool;

    /// The error in a line.
    fn describe(problem: &Self::Problem) -> String;
}

/// An error whose message nobody has described, in a line.
pub(crate) fn shown(problem: &impl fmt::Debug) -> String {
    excerpt(&format!("{problem:?}"), 500)
}
