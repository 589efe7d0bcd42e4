//! What a change of a description means to those who use the client: two outputs become a list of changes.
//!
//! Each change has two verdicts. *Source* is what happens to code that is compiled against the newer crate; *wire* is
//! what happens between programs that are already out and a server that follows the other description.

mod change;

pub use change::{Change, Changes, Level, Rule, Wire};

use crate::Output;

/// Compares two outputs of the same target.
///
/// ```
/// # use oasmith::load::MapSources;
/// # use oasmith::options::Options;
/// let document = "openapi: 3.0.3\ninfo: { title: Pets, version: '1' }\npaths: {}\n";
/// let sources = MapSources::new().with("pets.yaml", document);
/// let output = oasmith::generate(&sources, &Options::new("pets.yaml", "pets")).expect("the document is valid");
/// assert!(oasmith::compare::compare(&output, &output).list.is_empty());
/// ```
pub fn compare(_old: &Output, _new: &Output) -> Changes {
    Changes::default()
}

/// Returns all rules, in the order of their table.
pub fn rules() -> &'static [Rule] {
    &[]
}
