//! Bulk operations: any number of inputs in batches, with one outcome for each input.
//!
//! `split` makes batches, `job` sends one until each input has its outcome, `correlate` assigns the parts of a response
//! to inputs, `classify` says what a failure means, `run` is the state that jobs share, and `stream` drives them.
//! `outcome` is what a caller sees.

mod classify;
pub(crate) mod correlate;
mod job;
mod outcome;
mod run;
pub(crate) mod split;
mod stream;

use std::borrow::Borrow;
use std::fmt;

#[allow(unused_imports, reason = "generated code names them")]
pub use outcome::{NotSent, Outcome, Rejected, Settled, Summary, Unaccounted, Written};
#[allow(unused_imports, reason = "generated code names it")]
pub use run::StopHandle;
pub use stream::Bulk;

use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::wire::excerpt;

/// An operation that takes several inputs per call. Generated code implements it for the batches in `codegen.yaml`.
pub trait Batch: fmt::Debug + Sized + 'static {
    /// An input.
    type Input: fmt::Debug + Send + 'static;
    /// A result: the item after the server wrote an input.
    type Record: fmt::Debug + Send + 'static;
    /// An error about one or several inputs.
    type Problem: fmt::Debug + Clone + Send + Sync + 'static;
    /// The body of a successful response.
    type Reply: Send + 'static;
    /// The declared error body.
    type Failure: fmt::Debug + Send + Sync + 'static;
    /// The operation, which decides what can be set on a call.
    type Operation: 'static;
    /// The client whose method makes the call: [`Client`], or a type around it.
    type Client: Borrow<Client> + Clone + Send + Sync + 'static;
    /// The call as that method returns it: [`Call`], or a type around it.
    type Call: Into<Call<Self::Reply, Self::Failure, Self::Operation>> + 'static;

    /// The maximum number of inputs per call.
    const MAX_INPUTS: usize;
    /// Whether ids are compared without case.
    const IGNORES_CASE: bool;

    /// Creates the call of a batch, and returns its inputs, too.
    fn call(client: &Self::Client, inputs: Vec<Self::Input>) -> (Self::Call, Vec<Self::Input>);

    /// Returns the value that the server repeats in the result or error of an input; empty if the caller set none.
    fn correlation(input: &mut Self::Input) -> &mut String;

    /// Returns the members that identify the item of an input. If one is missing, or there are none, the item is
    /// unknown.
    fn identity(input: &Self::Input) -> Vec<Option<&str>>;

    /// Splits a successful response into results and errors.
    fn into_parts(reply: Self::Reply) -> (Vec<Self::Record>, Vec<Self::Problem>);

    /// Returns the correlation value of a result.
    fn record_correlation(record: &Self::Record) -> Option<&str>;

    /// Returns the correlation values of an error.
    fn problem_correlations(problem: &Self::Problem) -> Vec<&str>;

    /// Whether the item was created; `None` if results do not say.
    fn is_new(record: &Self::Record) -> Option<bool>;

    /// Whether the error is transient, so that the input can be retried.
    fn is_transient(problem: &Self::Problem) -> bool;

    /// Describes an error in one line.
    fn describe(problem: &Self::Problem) -> String;
}

/// Describes an error without a known message in one line.
pub fn shown(problem: &impl fmt::Debug) -> String {
    excerpt(&format!("{problem:?}"), 500)
}
