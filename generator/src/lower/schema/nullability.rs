//! Which schemas allow `null`: they say so, or one of their alternatives does, or all parts of their `allOf` do.

use foldhash::HashMap;
use std::cell::RefCell;

use openapiv3::{AnySchema, SchemaKind};

use super::Schemas;
use super::composition::{SchemaEntry, bases, branches, is_composed, says_something};
use crate::resolve::SchemaFacts;

/// The answers so far, by the keys of schemas: every union asks for each of its branches.
#[derive(Debug, Default)]
pub(super) struct Nullability<'a> {
    known: RefCell<HashMap<&'a str, bool>>,
}

/// What was found about a schema and those it is made of. Schemas follow one another by thousands, or in a ring, so that
/// each is visited once and nothing is decided by recursion.
#[derive(Default)]
struct Search<'a> {
    /// The schemas in the order in which they were asked for, by their indexes.
    asked: Vec<&'a str>,
    /// The index of each.
    indexes: HashMap<&'a str, usize>,
    /// A schema allows `null` if all of some others do.
    rules: Vec<Rule>,
    /// The rules that each schema is in, by its index.
    watching: Vec<Vec<usize>>,
    /// The schemas that allow `null`.
    nullable: Vec<bool>,
}

/// `head` allows `null` once `missing` more schemas are known to.
struct Rule {
    head: usize,
    missing: usize,
}

impl<'a> Search<'a> {
    /// Returns the index of a schema, which is visited later if it is new.
    fn index(&mut self, key: &'a str) -> usize {
        *self.indexes.entry(key).or_insert_with(|| {
            self.asked.push(key);
            self.watching.push(Vec::new());
            self.nullable.push(false);
            self.asked.len() - 1
        })
    }

    /// Adds that a schema allows `null` if all of these do.
    fn if_all(&mut self, head: usize, keys: impl Iterator<Item = &'a str>) {
        let number = self.rules.len();
        let mut missing = 0;
        for key in keys {
            let index = self.index(key);
            if let Some(rules) = self.watching.get_mut(index) {
                rules.push(number);
                missing += 1;
            }
        }
        if missing > 0 {
            self.rules.push(Rule { head, missing });
        }
    }

    /// Marks schemas that allow `null`, and all that do because of them.
    fn spread(&mut self, mut found: Vec<usize>) {
        while let Some(index) = found.pop() {
            match self.nullable.get_mut(index) {
                Some(is_nullable) if !*is_nullable => *is_nullable = true,
                _ => continue,
            }
            for number in self.watching.get(index).into_iter().flatten() {
                if let Some(rule) = self.rules.get_mut(*number) {
                    rule.missing -= 1;
                    if rule.missing == 0 {
                        found.push(rule.head);
                    }
                }
            }
        }
    }
}

impl<'a> Schemas<'a> {
    /// Returns whether `null` fits schemas of one value: it fits all of them, or one says no more than `nullable: true`.
    pub(super) fn nullable_together(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.only_adds_null(key))
            || keys
                .iter()
                .all(|key| self.says_nothing(key) || self.nullable(key))
    }

    /// Returns whether a schema allows `null`.
    pub fn nullable(&self, key: &str) -> bool {
        let document = self.document;
        let key = document.key(key);
        let mut known = self.nullability.known.borrow_mut();
        if let Some(answer) = known.get(key) {
            return *answer;
        }
        let mut search = Search::default();
        search.index(key);
        let mut found = Vec::new();
        let mut next = 0;
        while let Some(&key) = search.asked.get(next) {
            let entry = document.schema_at(key);
            let says_so = entry.value.schema_data.nullable || entry.facts.only_null;
            match known.get(key) {
                Some(true) => found.push(next),
                Some(false) => {}
                None if says_so => found.push(next),
                None => {
                    let alternatives = branches(&entry.value)
                        .into_iter()
                        .flat_map(|(keys, _)| keys);
                    for branch in alternatives {
                        search.if_all(next, std::iter::once(branch));
                    }
                    if bases(&entry.value).any(|base| self.only_adds_null(base)) {
                        found.push(next);
                    } else if !excludes_null(entry) {
                        let saying = bases(&entry.value).filter(|base| {
                            let base = document.schema_at(base);
                            says_something(base) || is_composed(&base.value)
                        });
                        search.if_all(next, saying);
                    }
                }
            }
            next += 1;
        }
        search.spread(found);
        let answers = search.asked.iter().copied().zip(search.nullable);
        known.extend(answers);
        known.get(key).copied().unwrap_or_default()
    }

    /// Returns whether a schema only has documentation, so that anything fits it.
    fn says_nothing(&self, key: &str) -> bool {
        let entry = self.document.schema_at(key);
        entry.value.schema_kind == SchemaKind::Any(AnySchema::default())
            && entry.facts == SchemaFacts::default()
    }

    /// Returns whether a schema says `nullable: true` and nothing about other values. By the letter `null` has to fit
    /// everything else in its `allOf`, too; OpenAPI 3.0 has no other way to say that a `$ref` can be `null`.
    fn only_adds_null(&self, key: &str) -> bool {
        let entry = self.document.schema_at(key);
        entry.value.schema_data.nullable
            && !entry.facts.only_null
            && !says_something(entry)
            && !is_composed(&entry.value)
    }
}

/// Returns whether a schema's own keywords exclude `null`: by a type, or by a list of values.
fn excludes_null(entry: &SchemaEntry) -> bool {
    let has_type = match &entry.value.schema_kind {
        SchemaKind::Type(_) => true,
        SchemaKind::Any(any) => any.typ.is_some() || !any.enumeration.is_empty(),
        _ => false,
    };
    says_something(entry) && (has_type || !entry.facts.types.is_empty())
}
