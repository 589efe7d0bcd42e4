//! Enums that documents write as a choice: `oneOf: [{ const: a, title: … }, { const: b }]`, an enum or any string, an
//! enum or the empty string.
//!
//! Each is one enum with the values of all branches, since an enum holds values that are not listed, too.

use foldhash::HashSet;

use serde_json::Value;

use super::Schemas;
use super::classify::{SchemaShape, is_object};
use super::composition::{Alternatives, SchemaEntry};
use super::listing::Listing;
use super::set::SchemaSet;
use crate::diagnostic::{Diagnostic, code};
use crate::ir::Scalar;
use crate::name;

/// The most choices in one another that are one enum. People nest two or three.
const LEVELS: usize = 16;

/// What the branches of a choice list together.
#[derive(Default)]
struct Choice {
    /// The listed values.
    listing: Option<Listing>,
    /// Whether a branch is any string.
    any_string: bool,
    /// Whether a branch is any integer.
    any_integer: bool,
    /// Whether a branch lists several values.
    lists_several: bool,
}

/// The branches that were looked at.
#[derive(Default)]
struct Passed<'a> {
    /// Their schemas; one that is there again is no flat enum.
    keys: HashSet<&'a str>,
    /// How many choices are around the next one.
    levels: usize,
}

impl<'a> Schemas<'a> {
    /// Returns the values of alternatives that are all listed values of one type, or any values of that type:
    /// `anyOf: [{ enum: [a, b] }, { type: string }]`.
    pub(super) fn listing_of_alternatives(
        &mut self,
        alternatives: &Alternatives<'a>,
    ) -> Option<Listing> {
        match alternatives.discriminator {
            Some(_) => None,
            None => self.listing_of_branches(&alternatives.branches),
        }
    }

    /// Returns the values that branches list.
    pub(super) fn listing_of_branches(&mut self, branches: &[&'a str]) -> Option<Listing> {
        let mut choice = Choice::default();
        for key in branches {
            if !self.choose(key, &mut choice, &mut Passed::default()) {
                return None;
            }
        }
        choice.finish()
    }

    /// Adds what a branch lists; returns whether it is a listing, or any values of one type.
    fn choose(&mut self, key: &'a str, choice: &mut Choice, passed: &mut Passed<'a>) -> bool {
        if passed.levels == LEVELS || !passed.keys.insert(key) {
            return false;
        }
        passed.levels += 1;
        let is_listing = self.choose_branches(key, choice, passed);
        passed.levels -= 1;
        is_listing
    }

    fn choose_branches(
        &mut self,
        key: &'a str,
        choice: &mut Choice,
        passed: &mut Passed<'a>,
    ) -> bool {
        let mut composition = self.composition(&SchemaSet::one(key));
        let entries = composition.subschemas.as_slice();
        if entries.iter().any(|entry| is_object(entry)) {
            return false;
        }
        if let Some(inner) = composition.alternatives.pop() {
            return composition.alternatives.is_empty()
                && inner.discriminator.is_none()
                && entries.iter().all(|entry| self.is_plain(entry))
                && inner
                    .branches
                    .iter()
                    .all(|key| self.choose(key, choice, passed));
        }
        let shape = match entries {
            [] => return false,
            [one] => self.leaf(one),
            all => self.narrowest(all),
        };
        match shape {
            SchemaShape::Enum(mut listing) => {
                self.describe(key, &mut listing);
                choice.lists_several |= listing.values.len() > 1;
                match &mut choice.listing {
                    Some(known) => known.extend(listing),
                    None => choice.listing = Some(listing),
                }
                true
            }
            SchemaShape::Scalar(Scalar::String) => {
                choice.any_string = true;
                true
            }
            SchemaShape::Scalar(Scalar::I32 | Scalar::I64) => {
                choice.any_integer = true;
                true
            }
            _ => false,
        }
    }

    /// Gives the values of a branch what the branch says about them. A type of its own has that itself.
    fn describe(&self, key: &'a str, listing: &mut Listing) {
        if self.has_own_name(key) {
            return;
        }
        let data = &self.document.schema_at(key).value.schema_data;
        let is_single = listing.values.len() == 1;
        for one in &mut listing.values {
            let mut title = data.title.as_deref();
            if let Some(text) = title.filter(|_| is_single) {
                match one.value.as_str() {
                    // a title that only says the value again: `const: red, title: Red`
                    Some(value) if is_same_name(value, text) => title = None,
                    Some(_) => {}
                    None if one.name.is_none() => {
                        one.name = Some(text.to_owned());
                        title = None;
                    }
                    None => {}
                }
            }
            let texts: Vec<&str> = [title, data.description.as_deref()]
                .into_iter()
                .flatten()
                .collect();
            if one.description.is_none() && !texts.is_empty() {
                one.description = Some(texts.join("\n\n"));
            }
        }
    }

    /// Returns whether a schema only names a type, as `type: string` does beside the choice of its values.
    fn is_plain(&self, entry: &'a SchemaEntry) -> bool {
        matches!(self.leaf(entry), SchemaShape::Scalar(_))
    }

    /// Adds what the schemas beside a choice list themselves: `enum: [a, b], oneOf: [{ const: a, title: … }, …]`.
    pub(super) fn with_own_listing(
        &mut self,
        subschemas: &[&'a SchemaEntry],
        choice: Listing,
    ) -> Listing {
        match self.narrowest(subschemas) {
            SchemaShape::Enum(own) => own.intersection(&choice).unwrap_or(own),
            _ => choice,
        }
    }

    /// Returns the values that fit all of several listings. If there are none, that is reported, and all are returned.
    pub(super) fn intersection(
        &mut self,
        listings: Vec<(&'a SchemaEntry, Listing)>,
    ) -> Option<Listing> {
        let mut listings = listings.into_iter();
        let (first, mut common) = listings.next()?;
        for (entry, listing) in listings {
            match common.intersection(&listing) {
                Some(fewer) => common = fewer,
                None => {
                    let text =
                        "no value is in both lists that have to fit; the values of both are read";
                    let finding = Diagnostic::new(code::NOT_ENFORCED, listing_place(entry), text)
                        .related(listing_place(first), "the other list");
                    self.report(finding);
                    common.extend(listing);
                }
            }
        }
        Some(common)
    }
}

fn is_same_name(one: &str, other: &str) -> bool {
    name::variant_name(one) == name::variant_name(other)
}

fn listing_place(entry: &SchemaEntry) -> crate::pointer::Pointer {
    entry.at.child(if entry.facts.is_constant {
        "const"
    } else {
        "enum"
    })
}

impl Choice {
    /// Returns the values of all branches, if one enum can have them.
    fn finish(self) -> Option<Listing> {
        let mut listing = self.listing?;
        listing.is_constant = false;
        let fits = match (self.any_string, self.any_integer) {
            (false, false) => {
                let is_uniform = listing.all(Value::is_string) || listing.all(Value::is_i64);
                is_uniform || !self.lists_several
            }
            (true, false) => listing.all(Value::is_string),
            (false, true) => listing.all(Value::is_i64),
            (true, true) => false,
        };
        fits.then_some(listing)
    }
}
