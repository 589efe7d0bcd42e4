//! What a caller may choose. Nothing here belongs to one API: such facts stand in a `codegen.yaml`.

mod batch;
mod check;
pub mod config;
mod rate_limit;
mod repeat;
mod section;
mod starter;
#[cfg(test)]
mod tests;

pub use batch::{Batch, BatchErrors, BatchResults, PassingErrors};
pub use config::{Config, Target, read_config};
pub use rate_limit::RateLimitHeaders;
pub use repeat::{Idempotency, RetryRule, Step};
pub use starter::{RenameKind, except_line, rename_line, starter};

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::load::Budgets;
use crate::pointer::Pointer;

/// The choices of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// The root document, a path below the reference root.
    pub input: String,
    /// The package name of the generated crate.
    pub package: String,
    /// The command that the banner of each file names: `cargo xtask codegen`.
    pub header: String,
    /// How the banner names the document: `spec/products.yaml`.
    pub source_name: String,
    /// Where these choices are written, such as `spec/codegen.yaml#/targets/0`, so that a finding about one points there.
    pub written_at: Option<Pointer>,
    /// Chosen names.
    pub rename: Rename,
    /// Which operations are generated.
    pub operations: Selection,
    /// Whether an operation that cannot be expressed is an error, and not only left out with a warning.
    pub strict: bool,
    /// How some formats are typed.
    pub types: TypeChoices,
    /// Where error bodies and headers tell what a description cannot say.
    pub errors: ErrorFacts,
    /// Which operations can be done twice without harm, by `operationId` or by method and path; others as their method
    /// says.
    pub idempotent: BTreeMap<String, Idempotency>,
    /// What failures mean for sending a call again, in the order in which they are tried.
    pub retry: Vec<RetryRule>,
    /// The headers that tell the rate limit, if the service sends some.
    pub rate_limit: Option<RateLimitHeaders>,
    /// Operations that take many inputs with one call, by `operationId` or by method and path.
    pub batches: BTreeMap<String, Batch>,
    /// Limits for reading.
    pub budgets: Budgets,
}

impl Options {
    /// The defaults for a document and a package name.
    pub fn new(input: impl Into<String>, package: impl Into<String>) -> Self {
        let input = input.into();
        Options {
            source_name: input.clone(),
            input,
            package: package.into(),
            header: "oasmith".to_owned(),
            written_at: None,
            rename: Rename::default(),
            operations: Selection::default(),
            strict: false,
            types: TypeChoices::default(),
            errors: ErrorFacts::default(),
            idempotent: BTreeMap::new(),
            retry: Vec::new(),
            rate_limit: None,
            batches: BTreeMap::new(),
            budgets: Budgets::default(),
        }
    }

    /// Reports names that could not stand in the output. `codegen.yaml` is checked where it is read; this is for those who fill in the fields.
    pub(crate) fn check(&self, diagnostics: &mut Diagnostics) {
        let rename = &self.rename;
        let names = rename
            .types
            .iter()
            .chain(&rename.members)
            .chain(&rename.operations)
            .map(|(key, name)| {
                (
                    format!("the name chosen for `{key}`"),
                    name,
                    check::rust_name(name),
                )
            });
        let package = (
            "the package name".to_owned(),
            &self.package,
            check::package_name(&self.package),
        );
        for (what, name, reason) in names.chain([package]) {
            if let Some(reason) = reason {
                let at = Pointer::root(self.input.as_str());
                let message = format!("{what}, `{name}`, cannot be used: {reason}");
                diagnostics.push(Diagnostic::new(code::CONFIG_BAD_NAME, at, message));
            }
        }
    }
}

/// Chosen Rust names, by what they rename.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rename {
    /// Type names, by schema name (`Batch`) or by pointer (`#/components/schemas/Batch/properties/status`).
    pub types: BTreeMap<String, String>,
    /// Member names, by schema and wire name (`Batch.numErrors`) or by the pointer of the property.
    pub members: BTreeMap<String, String>,
    /// Method names, by `operationId` or by method and path (`GET /users/{id}`).
    pub operations: BTreeMap<String, String>,
}

/// Which operations are generated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Selection {
    /// All of them, and all component schemas.
    #[default]
    All,
    /// Those named by `operationId` or by method and path (`GET /users/{id}`), and the schemas they reach.
    Only(BTreeSet<String>),
    /// All but those, named in the same way, and all component schemas.
    Except(BTreeSet<String>),
}

/// How formats are typed that have more than one good answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TypeChoices {
    /// `format: date-time`.
    pub date_time: DateTimeType,
    /// `format: uuid`.
    pub uuid: UuidType,
}

/// The type of a `date-time`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum DateTimeType {
    /// `chrono::DateTime<chrono::Utc>`: the instant; an offset is converted.
    #[default]
    Utc,
    /// `chrono::DateTime<chrono::FixedOffset>`: the instant and the offset that came.
    FixedOffset,
}

/// The type of a `uuid`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum UuidType {
    /// `uuid::Uuid`.
    #[default]
    Uuid,
    /// `String`, which keeps the spelling.
    String,
}

/// Where a failed call tells its message and correlation id. The first place that has a value counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorFacts {
    /// Where the message stands.
    pub message: Vec<Locator>,
    /// Where the id stands by which the server's support finds the call.
    pub correlation_id: Vec<Locator>,
}

/// A place in a failed reply.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locator {
    /// A member of the JSON body by its path: `error.message` is `["error", "message"]`.
    Member(Vec<String>),
    /// A header by its name, in lower case.
    Header(String),
}
