//! The choices of a caller. Nothing here is specific to one API: such facts belong in a `codegen.yaml`.

mod accepted;
mod batch;
mod budgets;
mod check;
mod choices;
pub mod config;
mod features;
mod inputs;
mod lines;
mod names;
mod rate_limit;
mod repeat;
mod schema;
mod section;
mod table;
#[cfg(test)]
mod tests;
mod type_choices;

pub use accepted::{Acceptance, read_accepted};
pub use batch::{Batch, BatchErrors, BatchResults, PassingErrors};
pub use choices::{Choices, read_choices};
pub use config::{Config, Target, read_config};
pub use inputs::TargetInput;
pub use lines::{OrderKind, RenameKind, except_line, order_line, rename_line};
pub use rate_limit::RateLimitHeaders;
pub use repeat::{Idempotency, RetryRule, Step};
pub use schema::schema;

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
    /// The overlays that are applied to it, in this order, as paths below the reference root.
    pub overlays: Vec<String>,
    /// The documents of a crate that is for several, by the names of their modules, each with its choices. Then those about
    /// a single document are not used here, and `input` is the first of them.
    pub inputs: BTreeMap<String, Options>,
    /// The package name of the generated crate.
    pub package: String,
    /// The command named in the header of each file: `cargo xtask codegen`.
    pub header: String,
    /// The document as named in the header of each file, with its overlays: `spec/products.yaml`.
    pub source_name: String,
    /// The place of these choices, such as `spec/codegen.yaml#/targets/0`, so that diagnostics about them point there.
    pub written_at: Option<Pointer>,
    /// Chosen Rust names.
    pub rename: Rename,
    /// Chosen orders of arguments.
    pub order: Order,
    /// Which operations are generated.
    pub operations: Selection,
    /// Whether an unsupported operation is an error; otherwise it is left out with a warning.
    pub strict: bool,
    /// Whether holes of the document, such as a `$ref` to nothing, are bridged with a warning; otherwise each is an
    /// error.
    pub lenient: bool,
    /// The Rust types of some formats.
    pub types: TypeChoices,
    /// Where an error response has its message and correlation id.
    pub errors: ErrorFacts,
    /// Which operations are idempotent, by `operationId` or by method and path; for others the HTTP method decides.
    pub idempotent: BTreeMap<String, Idempotency>,
    /// Which failed calls are retried; the first matching rule applies.
    pub retry: Vec<RetryRule>,
    /// The response headers with the rate limit, if the service sends them.
    pub rate_limit: Option<RateLimitHeaders>,
    /// The operations that take several inputs per call, by `operationId` or by method and path.
    pub batches: BTreeMap<String, Batch>,
    /// The cargo features by tag; `None` for a crate that is always compiled as a whole.
    pub features: Option<Features>,
    /// Where the crate has the support code of the runtime from.
    pub runtime: RuntimeSource,
    /// Limits on what a document may use.
    pub budgets: Budgets,
}

/// Where a crate has the support code of the runtime from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum RuntimeSource {
    /// It has a copy of the files.
    #[default]
    Carried,
    /// It depends on the package `oasmith-runtime`, which several clients share.
    Crate,
}

impl Options {
    /// Creates the default choices for a document and a package name.
    pub fn new(input: impl Into<String>, package: impl Into<String>) -> Self {
        let input = input.into();
        Options {
            source_name: input.clone(),
            input,
            overlays: Vec::new(),
            inputs: BTreeMap::new(),
            package: package.into(),
            header: "oasmith".to_owned(),
            written_at: None,
            rename: Rename::default(),
            order: Order::default(),
            operations: Selection::default(),
            strict: false,
            lenient: false,
            types: TypeChoices::default(),
            errors: ErrorFacts::default(),
            idempotent: BTreeMap::new(),
            retry: Vec::new(),
            rate_limit: None,
            batches: BTreeMap::new(),
            features: None,
            runtime: RuntimeSource::default(),
            budgets: Budgets::default(),
        }
    }

    /// Returns how `codegen.yaml` names a place: `#/components/schemas/Pet`, and `schemas/pet.yaml#/Pet` in another
    /// file.
    pub(crate) fn address(&self, at: &Pointer) -> String {
        if **at.file() == *self.input {
            format!("#{}", at.path())
        } else {
            at.to_string()
        }
    }

    /// Names a document and its overlays in the header of each file: `a.yaml, b.overlay.yaml`.
    pub fn name_sources(&mut self, input: &str, overlays: &[String]) {
        let names = std::iter::once(input).chain(overlays.iter().map(String::as_str));
        self.source_name = names.collect::<Vec<_>>().join(", ");
    }

    /// Reports names that are invalid in the output. `codegen.yaml` is checked when it is read; this is for callers
    /// that set the fields.
    pub(crate) fn check(&self, diagnostics: &mut Diagnostics) {
        let rename = &self.rename;
        let names = rename
            .types
            .iter()
            .chain(&rename.members)
            .chain(&rename.operations)
            .chain(rename.values.values().flatten())
            .map(|(key, name)| {
                (
                    format!("invalid name `{name}` chosen for `{key}`"),
                    check::rust_name(name),
                )
            });
        let package = (
            format!("invalid package name `{}`", self.package),
            check::package_name(&self.package),
        );
        let modules = self.inputs.keys().map(|name| {
            (
                format!("invalid name `{name}` of a document"),
                (check::MODULE_NAME.test)(name),
            )
        });
        let mut naive = self.inputs.values().map(|own| own.types.naive_date_time);
        let first = naive.next();
        let differs = naive.any(|other| Some(other) != first);
        let naive = differs.then(|| {
            let help = "choose one `naive_date_time` for all documents of a crate";
            (
                "the documents disagree about dates without an offset".to_owned(),
                Some(help),
            )
        });
        for (message, help) in names.chain([package]).chain(modules).chain(naive) {
            if let Some(help) = help {
                let at = Pointer::root(self.input.as_str());
                diagnostics.push(Diagnostic::new(code::CONFIG_BAD_NAME, at, message).help(help));
            }
        }
    }
}

/// Chosen Rust names, by what is renamed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rename {
    /// Type names, by schema name (`Batch`) or JSON Pointer (`#/components/schemas/Batch/properties/status`).
    pub types: BTreeMap<String, String>,
    /// Member names, by schema and property (`Batch.numErrors`) or by the JSON Pointer of the property.
    pub members: BTreeMap<String, String>,
    /// Method names, by `operationId` or by method and path (`GET /users/{id}`).
    pub operations: BTreeMap<String, String>,
    /// Variant names, by the schema of the enum as in `types`, and by the listed value as text.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
}

/// Chosen orders of arguments, which otherwise follow the document. What is not named comes after what is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Order {
    /// The members of a type, and so the arguments of its `new`: names on the wire, by schema name or JSON Pointer.
    pub types: BTreeMap<String, Vec<String>>,
    /// The required parameters of a method: names on the wire, by `operationId` or by method and path.
    pub operations: BTreeMap<String, Vec<String>>,
}

/// Which operations are generated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Selection {
    /// All operations and all component schemas.
    #[default]
    All,
    /// The operations named by `operationId` or by method and path (`GET /users/{id}`), and the schemas they reach.
    Only(BTreeSet<String>),
    /// All operations except those named, and all component schemas.
    Except(BTreeSet<String>),
}

/// The Rust types of formats that can be expressed in several ways.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TypeChoices {
    /// `format: date-time`.
    pub date_time: DateTimeType,
    /// `format: date-time` without an offset.
    pub naive_date_time: NaiveDateTime,
    /// `format: uuid`.
    pub uuid: UuidType,
}

/// The Rust type of a `date-time`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum DateTimeType {
    /// `chrono::DateTime<chrono::Utc>`: the instant; other offsets are converted.
    #[default]
    Utc,
    /// `chrono::DateTime<chrono::FixedOffset>`: the instant and its offset.
    FixedOffset,
}

/// What a `date-time` without an offset means, such as `2022-06-14T19:25:55`, which RFC 3339 does not have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum NaiveDateTime {
    /// It is an error.
    #[default]
    Error,
    /// It is in UTC.
    Utc,
}

/// The Rust type of a `uuid`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum UuidType {
    /// `uuid::Uuid`.
    #[default]
    Uuid,
    /// `String`, which preserves upper and lower case.
    String,
}

/// The cargo features of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Features {
    /// One for each tag, with the types that its operations reach.
    ByTag(DefaultFeatures),
}

/// Which features by tag are default features.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DefaultFeatures {
    /// All of them.
    #[default]
    All,
    /// None of them.
    None,
}

/// Where an error response has its message and correlation id. The first location with a value applies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorFacts {
    /// The locations of the message.
    pub message: Vec<Locator>,
    /// The locations of the id by which the service's support finds the call.
    pub correlation_id: Vec<Locator>,
}

/// A location in an error response.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locator {
    /// A member of the JSON body by its path: `error.message` is `["error", "message"]`.
    Member(Vec<String>),
    /// A header by its name, in lower case.
    Header(String),
}
