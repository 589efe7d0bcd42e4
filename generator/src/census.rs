//! Counts what a document has, and what became of it: for the corpus run, which holds the generator to it.
//!
//! It walks the loaded tree by the objects of the OpenAPI specification, independently of `resolve`, and compares with the finished
//! [`Api`] by the places that types, members and parameters came from. So a schema that a stage forgets shows up as lost, whatever that
//! stage believes to have done.

mod evidence;
mod keyword;
mod untyped;
mod walk;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
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
    /// The schemas of which nothing is known: neither a type nor a diagnostic stands for them.
    pub lost: Vec<Pointer>,
    /// The places where the Rust type is any JSON value.
    pub untyped: Vec<Untyped>,
}

/// How often a keyword is there, and what became of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Count {
    /// In how many schemas it is.
    pub occurrences: usize,
    /// In how many of these its schema stands behind a type, a member or a parameter.
    pub modelled: usize,
    /// For how many of the others a diagnostic stands at it, at its schema, or around them.
    pub reported: usize,
}

impl Count {
    fn add(&mut self, more: Count) {
        self.occurrences += more.occurrences;
        self.modelled += more.modelled;
        self.reported += more.reported;
    }

    /// Occurrences of which nothing is known.
    pub fn lost(&self) -> usize {
        self.occurrences
            .saturating_sub(self.modelled + self.reported)
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

/// Counts a document whose output is made.
pub fn census(loaded: &Loaded, api: &Api, diagnostics: &Diagnostics) -> Census {
    let places = walk::walk(loaded);
    let seats = evidence::Seats::of(api, loaded);
    let reports = evidence::Reports::of(diagnostics);
    let mut census = Census {
        operations: places.operations,
        untyped: untyped::untyped(loaded, api, diagnostics),
        ..Census::default()
    };
    for at in &places.schemas {
        let Some(schema) = loaded.get(at).and_then(|node| node.as_object()) else {
            continue;
        };
        census.telling_schemas += usize::from(keyword::tells(schema));
        let seated = seats.has(at);
        let lost = |(_, count): &(&str, Count)| count.lost() > 0;
        let counts: Vec<(&'static str, Count)> = schema
            .keys()
            .filter_map(|name| {
                let keyword = keyword::known(name)?;
                let reported = !seated && reports.cover(&at.child(name));
                Some((
                    keyword,
                    Count {
                        occurrences: 1,
                        modelled: seated.into(),
                        reported: reported.into(),
                    },
                ))
            })
            .collect();
        if counts.iter().any(lost) {
            census.lost.push(at.clone());
        }
        for (keyword, count) in counts {
            census.keywords.entry(keyword).or_default().add(count);
        }
    }
    census
}

#[cfg(test)]
mod tests;
