//! Checks that a generated client covers its OpenAPI description: every keyword of every schema is in a type, in the
//! documentation, or in a diagnostic.
//!
//! ```text
//!  description ─load─▶ Loaded ─┐
//!                              ├─▶ Coverage { keywords, lost, untyped, … }
//!  Output { api, diagnostics } ┘
//! ```
//!
//! The crate walks the loaded tree by its own tables of OpenAPI objects and JSON Schema keywords, and compares each
//! schema with the types of the finished [`Api`] that were made from it. It deliberately shares no table and no code
//! with the stages of `oasmith` that read a description: a keyword that they forget is missing from their tables, and a
//! check that reads the same tables could not notice.
//!
//! It is a tool for the generator's tests, its corpus run and its report of losses; the library `oasmith` does not
//! depend on it.
//!
//! ```
//! use oasmith::diagnostic::Diagnostics;
//! use oasmith::load::{self, MapSources};
//! use oasmith::options::Options;
//! use oasmith_coverage::Coverage;
//!
//! let document = r#"
//! openapi: 3.1.0
//! info: { title: Pets, version: "1" }
//! components: { schemas: { Name: { type: string, maxLength: 5 } } }
//! "#;
//! let sources = MapSources::new().with("pets.yaml", document);
//! let options = Options::new("pets.yaml", "pets");
//! let output = oasmith::generate(&sources, &options).expect("the description is valid");
//! let loaded = load::load(&sources, "pets.yaml", &options.budgets, &mut Diagnostics::new());
//! let coverage = Coverage::measure(&loaded.expect("it is readable"), &output.api, &output.diagnostics);
//! assert_eq!(coverage.keywords["type"].modelled, 1);
//! assert_eq!(coverage.keywords["maxLength"].documented, 1);
//! assert!(coverage.lost.is_empty());
//! ```

#![deny(missing_docs)]
// A description never reaches a panic, as in the generator.
#![cfg_attr(
    not(test),
    warn(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable,
        clippy::unwrap_used
    )
)]

mod checks;
mod contents;
mod contradictions;
mod documented;
mod fit;
mod keyword;
mod losses;
mod matches;
mod references;
mod site;
mod untyped;
mod values;
mod walk;

use std::collections::BTreeMap;

use oasmith::diagnostic::Diagnostics;
use oasmith::ir::Api;
use oasmith::load::{Loaded, Node};
use oasmith::pointer::Pointer;

pub use losses::is_loss;

/// What a description contains, and how much of it the generated client covers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Coverage {
    /// The number of operations under `paths`; operations of webhooks and callbacks are not a client's.
    pub operations: usize,
    /// The number of schemas that restrict their values: with `properties`, `enum`, `oneOf`, `anyOf` or `allOf`, or a
    /// `type` other than a bare object.
    pub typed_schemas: usize,
    /// The counts of each schema keyword.
    pub keywords: BTreeMap<&'static str, Count>,
    /// The keywords that no type, no documentation and no diagnostic accounts for.
    pub lost: Vec<Pointer>,
    /// The places where the Rust type is any JSON value.
    pub untyped: Vec<Untyped>,
}

/// How often a keyword occurs, and where it ended up. Each occurrence is counted in at most one of the three ways.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Count {
    /// The number of schemas that have the keyword.
    pub occurrences: usize,
    /// The occurrences that a Rust type expresses.
    pub modelled: usize,
    /// The other occurrences that only the documentation tells: constraints and defaults, which nothing enforces.
    pub documented: usize,
    /// The remaining occurrences that a diagnostic reports as lost: at the keyword, at its schema, or on the way there.
    pub reported: usize,
}

impl Count {
    /// Adds the counts of another description.
    pub fn add(&mut self, more: Count) {
        self.occurrences += more.occurrences;
        self.modelled += more.modelled;
        self.documented += more.documented;
        self.reported += more.reported;
    }

    /// Returns the number of occurrences that nothing accounts for.
    pub fn lost(&self) -> usize {
        self.occurrences
            .saturating_sub(self.modelled + self.documented + self.reported)
    }
}

/// A place where the Rust type is any JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Untyped {
    /// The place of the schema.
    pub at: Pointer,
    /// The place of what has the type: a member, the additional members of a type, a type, an operation.
    pub site: Pointer,
    /// Why there is no other type.
    pub reason: String,
    /// Whether the schema restricts its values and the type does not.
    pub weaker: bool,
    /// Whether a diagnostic reports it.
    pub reported: bool,
}

impl Coverage {
    /// Compares a description with the output that was generated from it.
    pub fn measure(loaded: &Loaded, api: &Api, diagnostics: &Diagnostics) -> Self {
        let losses = losses::Losses::of(diagnostics, loaded);
        let places = walk::walk(loaded, &losses);
        let matches = matches::Matches::of(api, loaded);
        let mut coverage = Coverage {
            operations: places.operations,
            untyped: untyped::untyped(&matches, &losses),
            ..Coverage::default()
        };
        let is_3_0 = is_3_0(loaded);
        for (at, reported) in &places.schemas {
            let Some(schema) = loaded.get(at).and_then(Node::as_object) else {
                continue;
            };
            coverage.typed_schemas += usize::from(keyword::is_typed(schema));
            let shown = matches.shown(at).unwrap_or_default();
            // OpenAPI 3.0 ignores the siblings of a `$ref`
            let has_only_ref = is_3_0 && schema.contains_key("$ref");
            // only these can be null; in place of the value of any other, null says that the keyword is absent
            let can_be_null = ["type", "const", "default", "example"];
            let is_there =
                |name: &str, value: &Node| !value.is_null() || can_be_null.contains(&name);
            let names = schema
                .iter()
                .filter(|(name, value)| is_there(name, value))
                .filter_map(|(name, _)| keyword::known(name));
            for name in names.filter(|name| !has_only_ref || *name == "$ref") {
                let bit = keyword::bit(name);
                let mut count = Count {
                    occurrences: 1,
                    ..Count::default()
                };
                if shown.modelled & bit != 0 {
                    count.modelled = 1;
                } else if shown.documented & bit != 0 {
                    count.documented = 1;
                } else if *reported
                    || losses.contains(&at.child(name))
                    || losses.is_irregular(&at.child(name))
                {
                    count.reported = 1;
                } else {
                    coverage.lost.push(at.child(name));
                }
                coverage.keywords.entry(name).or_default().add(count);
            }
        }
        coverage
    }
}

/// Returns whether a description is of OpenAPI 3.0.
fn is_3_0(loaded: &Loaded) -> bool {
    let version = Pointer::root(loaded.root().clone()).child("openapi");
    loaded
        .get(&version)
        .and_then(Node::as_text)
        .is_some_and(|version| version.starts_with("3.0"))
}

#[cfg(test)]
mod tests;
