//! Which schemas allow `null`: they say so, or what they stand for does, or one of their branches.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use openapiv3::{AnySchema, SchemaKind};

use super::Schemas;
use super::composition::branches;
use crate::resolve::SchemaFacts;

/// The answers so far, by the keys of schemas: every union asks for each of its branches.
#[derive(Debug, Default)]
pub(super) struct Nullability<'a> {
    known: RefCell<HashMap<&'a str, bool>>,
}

impl<'a> Schemas<'a> {
    /// Returns whether a schema beside others in an `allOf` allows `null`; one that only has a description allows
    /// anything.
    pub fn fits_null(&self, key: &str) -> bool {
        let entry = self.document.schema_at(key);
        let says_nothing = entry.value.schema_kind == SchemaKind::Any(AnySchema::default())
            && entry.facts == SchemaFacts::default();
        says_nothing || self.nullable(key)
    }

    /// Returns whether a schema allows `null`.
    pub fn nullable(&self, key: &str) -> bool {
        let document = self.document;
        let mut known = self.nullability.known.borrow_mut();
        // each schema with the index of the one that led to it; `seen` ends rings, `known` ends chains
        let mut asked: Vec<(&'a str, usize)> = vec![(document.key(key), 0)];
        let mut seen: HashSet<&str> = HashSet::new();
        let mut next = 0;
        while let Some(&(key, from)) = asked.get(next) {
            let entry = document.schema_at(key);
            let says_so = entry.value.schema_data.nullable || entry.facts.only_null;
            match known.get(key) {
                Some(false) => {}
                None if !says_so => {
                    let alternatives = branches(&entry.value)
                        .into_iter()
                        .flat_map(|(keys, _)| keys);
                    let meant = alternatives.chain(self.equivalent(key));
                    asked.extend(meant.filter(|key| seen.insert(key)).map(|key| (key, next)));
                }
                _ => {
                    known.insert(key, true);
                    let mut led = from;
                    while let Some(&(key, from)) = asked.get(led)
                        && known.insert(key, true) != Some(true)
                    {
                        led = from;
                    }
                    return true;
                }
            }
            next += 1;
        }
        known.extend(asked.into_iter().map(|(key, _)| (key, false)));
        false
    }
}
