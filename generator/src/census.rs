//! Counts what a document has, and what became of it: for the corpus run, which holds the generator to it.
//!
//! It walks the loaded tree by the objects of the OpenAPI specification, independently of `resolve`, and sets the finished [`Api`] beside
//! it, keyword by keyword, starting at the places that types, members and parameters came from. So a keyword that a stage forgets shows up
//! as lost, whatever that stage believes to have done.

mod carried;
mod contradicted;
mod documented;
mod evidence;
mod fit;
mod holds;
mod keyword;
mod pairs;
mod shape;
mod untyped;
mod walk;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::Api;
use crate::load::Loaded;
use crate::pointer::Pointer;

/// What is in a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Census {
    /// Operations under `paths`. Those of webhooks and callbacks are not a client's.
    pub operations: usize,
    /// Schemas that say what a value is: with `properties`, `enum`, `oneOf`, `anyOf` or `allOf`, or a `type` other than a bare object.
    pub telling_schemas: usize,
    /// The keywords of schemas.
    pub keywords: BTreeMap<&'static str, Count>,
    /// The keywords of which nothing is known: no type, no documentation and no diagnostic stands for them.
    pub lost: Vec<Pointer>,
    /// The places where the Rust type is any JSON value.
    pub untyped: Vec<Untyped>,
}

/// How often a keyword is there, and what became of it. A use of a keyword counts once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Count {
    /// In how many schemas it is.
    pub occurrences: usize,
    /// For how many the type that was made of the schema has what it says.
    pub modelled: usize,
    /// For how many of the others the documentation of the type, member or parameter has it: constraints and defaults, which nothing
    /// enforces.
    pub documented: usize,
    /// For how many of the others a diagnostic tells of the loss: at it, at its schema, or on the way there.
    pub reported: usize,
}

impl Count {
    /// The counts of both.
    pub fn add(&mut self, more: Count) {
        self.occurrences += more.occurrences;
        self.modelled += more.modelled;
        self.documented += more.documented;
        self.reported += more.reported;
    }

    /// Occurrences of which nothing is known.
    pub fn lost(&self) -> usize {
        self.occurrences
            .saturating_sub(self.modelled + self.documented + self.reported)
    }
}

/// A place where the Rust type is any JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Untyped {
    /// Where the schema stands.
    pub at: Pointer,
    /// Why it is no other type.
    pub reason: String,
    /// Whether the schema says more than the type does.
    pub weaker: bool,
}

/// Whether a finding tells that something of the document is not in the output, and not only that it got another name.
pub fn is_loss(diagnostic: &Diagnostic) -> bool {
    evidence::is_loss(diagnostic)
}

/// Counts a document whose output is made.
pub fn census(loaded: &Loaded, api: &Api, diagnostics: &Diagnostics) -> Census {
    let reports = evidence::Reports::of(diagnostics);
    let places = walk::walk(loaded, &reports);
    let pairs = pairs::Pairs::of(api, loaded);
    let mut census = Census {
        operations: places.operations,
        untyped: untyped::untyped(&pairs, &reports),
        ..Census::default()
    };
    let old = evidence::is_old(loaded);
    for (at, told) in &places.schemas {
        let Some(schema) = loaded.get(at).and_then(|node| node.as_object()) else {
            continue;
        };
        census.telling_schemas += usize::from(keyword::tells(schema));
        let proof = pairs.proof(at).unwrap_or_default();
        // before 3.1, what stands beside a `$ref` is to be ignored
        let alone = old && schema.contains_key("$ref");
        let names = schema.keys().filter_map(|name| keyword::known(name));
        for name in names.filter(|name| !alone || *name == "$ref") {
            let bit = keyword::bit(name);
            let mut count = Count {
                occurrences: 1,
                ..Count::default()
            };
            if proof.modelled & bit != 0 {
                count.modelled = 1;
            } else if proof.documented & bit != 0 {
                count.documented = 1;
            } else if *told || reports.at(&at.child(name)) {
                count.reported = 1;
            } else {
                census.lost.push(at.child(name));
            }
            census.keywords.entry(name).or_default().add(count);
        }
    }
    census
}

#[cfg(test)]
mod tests;
