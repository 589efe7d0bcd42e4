//! What a schema is made of: its own keywords, those of everything that its `allOf` leads to, and alternatives.
//!
//! ```yaml
//! allOf: [{ $ref: Pet }, { properties: { bark: … } }, { oneOf: [{ $ref: Small }, { $ref: Big }] }]
//! # two pieces with members, and one pair of alternatives
//! ```

use std::collections::HashSet;

use openapiv3::{
    AdditionalProperties, AnySchema, Discriminator, ReferenceOr, Schema, SchemaKind, Type,
};

use super::Lowering;
use super::form::is_object;
use super::object::Fields;
use crate::diagnostic::{Diagnostic, code};
use crate::resolve::{Entry, SchemaFacts};

/// A schema with its place and what openapiv3 cannot hold.
pub(super) type SchemaEntry = Entry<Schema, SchemaFacts>;

/// Schemas that a value has to fit all of: one, mostly.
#[derive(Clone, Default)]
pub(super) struct Sum<'a> {
    /// Schemas of which only the keywords count that are their own, not what they are composed of.
    pub bare: Vec<&'a str>,
    /// Schemas with all that they lead to.
    pub whole: Vec<&'a str>,
    /// Schemas of which a value fits at least one.
    pub any: Vec<&'a str>,
}

impl<'a> Sum<'a> {
    /// One schema.
    pub fn one(key: &'a str) -> Self {
        Sum {
            whole: vec![key],
            ..Sum::default()
        }
    }

    /// Schemas of which a value fits at least one.
    pub fn any(keys: &[&'a str]) -> Self {
        Sum {
            any: keys.to_vec(),
            ..Sum::default()
        }
    }

    /// The schema, when it is one.
    pub fn alone(&self) -> Option<&'a str> {
        match (
            self.bare.as_slice(),
            self.whole.as_slice(),
            self.any.as_slice(),
        ) {
            ([], [key], []) => Some(key),
            _ => None,
        }
    }

    /// The same schemas have the same name, in whichever order they were found.
    pub fn name(&self) -> String {
        let bare = self.bare.iter().map(|key| format!("={key}"));
        let mut parts: Vec<String> = bare
            .chain(self.whole.iter().map(|key| (*key).to_owned()))
            .collect();
        if !self.any.is_empty() {
            parts.push(format!("({})", self.any.join(" | ")));
        }
        parts.sort_unstable();
        parts.dedup();
        parts.join(" & ")
    }
}

/// The pieces of schemas that a value has to fit all of.
#[derive(Default)]
pub(super) struct Pieces<'a> {
    /// Schemas that say something by themselves, bases first.
    pub own: Vec<&'a SchemaEntry>,
    /// Alternatives; a value fits one (or more) of each.
    pub alternatives: Vec<Alternatives<'a>>,
    /// The schemas that were looked at: one that several `allOf`s lead to counts once.
    seen: HashSet<&'a str>,
}

/// The branches of a `oneOf` or `anyOf`.
pub(super) struct Alternatives<'a> {
    /// The keys of the branches, in the document's order; a branch that is only `null` is left out.
    pub branches: Vec<&'a str>,
    /// Whether several branches can be meant at once.
    pub any: bool,
    /// What tells the branches apart, if the document says so.
    pub discriminator: Option<&'a Discriminator>,
    /// The schema that has them.
    pub entry: &'a SchemaEntry,
}

/// The key that stands for a child schema; `resolve` has put one in the place of every child.
pub(super) fn key<T>(reference: &ReferenceOr<T>) -> Option<&str> {
    match reference {
        ReferenceOr::Reference { reference } => Some(reference),
        ReferenceOr::Item(_) => None,
    }
}

fn keys<T>(references: &[ReferenceOr<T>]) -> impl Iterator<Item = &str> {
    references.iter().filter_map(key)
}

impl<'a> Lowering<'a> {
    /// The pieces of schemas that a value has to fit all of.
    pub(super) fn pieces(&mut self, of: &Sum<'a>) -> Pieces<'a> {
        let mut pieces = Pieces::default();
        for key in &of.bare {
            pieces.own.push(self.document.schema_at(key));
        }
        for key in &of.whole {
            self.collect_pieces(key, &mut pieces, &mut Vec::new());
        }
        if let [first, ..] = of.any.as_slice() {
            pieces.alternatives.push(Alternatives {
                branches: of.any.clone(),
                any: true,
                discriminator: None,
                entry: self.document.schema_at(first),
            });
        }
        pieces
    }

    fn collect_pieces(&mut self, key: &'a str, pieces: &mut Pieces<'a>, path: &mut Vec<&'a str>) {
        let document = self.document;
        let entry = document.schema_at(key);
        if path.contains(&key) {
            let text = "this `allOf` leads back to itself, so nothing says what it is";
            let finding = Diagnostic::new(code::REFERENCE_LOOP, entry.at.clone(), text);
            if !self.diagnostics.iter().any(|other| *other == finding) {
                self.diagnostics.push(finding);
            }
            return;
        }
        if !pieces.seen.insert(key) || self.is_too_far(path) {
            return;
        }
        path.push(key);
        for base in bases(&entry.value) {
            self.collect_pieces(base, pieces, path);
        }
        let known = pieces.own.iter().any(|other| std::ptr::eq(*other, entry));
        if says_something(entry) && !known {
            pieces.own.push(entry);
        }
        for (branches, any) in branches(&entry.value) {
            // a base that lists its children: this is one of them already
            if branches.iter().any(|branch| path.contains(branch)) {
                continue;
            }
            let branches = branches
                .into_iter()
                .filter(|key| !document.schema_at(key).facts.only_null);
            pieces.alternatives.push(Alternatives {
                branches: branches.collect(),
                any,
                discriminator: entry.value.schema_data.discriminator.as_ref(),
                entry,
            });
        }
        path.pop();
    }

    /// Whether more `allOf`s follow one another than the budget allows; said once.
    fn is_too_far(&mut self, path: &[&'a str]) -> bool {
        if self.went_too_far && !path.is_empty() {
            return true; // there is no output, so that it need not be known
        }
        let most = self.options.budgets.hops;
        let Some(first) = path.first().filter(|_| path.len() > most) else {
            return false;
        };
        self.went_too_far = true;
        let at = self.document.schema_at(first).at.clone();
        let text = "more `allOf`s follow one another from here";
        self.diagnostics
            .push(self.options.budgets.over(text, "hops", at));
        true
    }

    /// The one schema that a schema with composition stands for, when it adds nothing: `allOf: [{ $ref: Pet }]`.
    pub(super) fn same(&self, key: &str) -> Option<&'a str> {
        let document = self.document;
        let entry = document.schema_at(key);
        if says_something(entry) {
            return None;
        }
        let alternatives = branches(&entry.value);
        let alternatives = alternatives.into_iter().flat_map(|(keys, _)| keys);
        // a branch that says nothing is still a choice
        let alternatives = alternatives.filter(|key| !document.schema_at(key).facts.only_null);
        let bases = bases(&entry.value).filter(|key| {
            let base = document.schema_at(key);
            says_something(base) || is_composed(&base.value)
        });
        let mut meant = bases.chain(alternatives);
        let one = meant.next()?;
        meant.next().is_none().then_some(one)
    }

    /// Reports a discriminator where there is nothing to choose from, and that names no member of the type either.
    ///
    /// In the base of an `allOf`, and beside a `oneOf` with one branch, it mostly names one.
    pub(super) fn lone_discriminator(&mut self, key: &'a str) {
        let document = self.document;
        let entry = document.schema_at(key);
        let Some(found) = &entry.value.schema_data.discriminator else {
            return;
        };
        let one = self.same(key);
        let choices = branches(&entry.value);
        if one.is_none() && choices.iter().any(|(keys, _)| keys.len() > 1) {
            return;
        }
        let own = self.pieces(&Sum::one(one.unwrap_or(key))).own;
        let objects: Vec<_> = own.into_iter().filter(|entry| is_object(entry)).collect();
        let name = &found.property_name;
        if !Fields::all(&objects).properties.contains_key(name.as_str()) {
            let text = format!("there is no member `{name}`, so it tells nothing apart");
            let at = entry.at.child("discriminator");
            self.unchecked(at, text);
        }
    }

    /// Whether `null` fits a schema that stands beside others in an `allOf`; one that only has a description fits anything.
    pub(super) fn fits_null(&self, key: &str) -> bool {
        let entry = self.document.schema_at(key);
        let says_nothing = entry.value.schema_kind == SchemaKind::Any(AnySchema::default())
            && entry.facts == SchemaFacts::default();
        says_nothing || self.nullable(key)
    }

    /// Whether `null` fits a schema: it says so, or what it stands for does, or one of its branches.
    pub(super) fn nullable(&self, key: &str) -> bool {
        let document = self.document;
        let mut known = self.null_known.borrow_mut();
        // each schema with the one that led to it; a ring leads back to what was asked, and a chain is asked once
        let mut asked: Vec<(&'a str, usize)> = vec![(document.key(key), 0)];
        let mut seen: HashSet<&str> = HashSet::new();
        let mut next = 0;
        while let Some(&(key, from)) = asked.get(next) {
            let entry = document.schema_at(key);
            let says_so = entry.value.schema_data.nullable || entry.facts.only_null;
            match known.get(key) {
                Some(false) => {}
                None if !says_so => {
                    let branches = branches(&entry.value).into_iter();
                    let meant = branches.flat_map(|(keys, _)| keys).chain(self.same(key));
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

/// The schemas under `allOf`.
fn bases(schema: &Schema) -> impl Iterator<Item = &str> {
    let all_of = match &schema.schema_kind {
        SchemaKind::AllOf { all_of } => all_of.as_slice(),
        SchemaKind::Any(any) => any.all_of.as_slice(),
        _ => &[],
    };
    keys(all_of)
}

/// The branches under `oneOf` and `anyOf`, and whether several can be meant.
fn branches(schema: &Schema) -> Vec<(Vec<&str>, bool)> {
    let (one_of, any_of) = match &schema.schema_kind {
        SchemaKind::OneOf { one_of } => (one_of.as_slice(), [].as_slice()),
        SchemaKind::AnyOf { any_of } => ([].as_slice(), any_of.as_slice()),
        SchemaKind::Any(any) => (any.one_of.as_slice(), any.any_of.as_slice()),
        _ => ([].as_slice(), [].as_slice()),
    };
    let lists = [(one_of, false), (any_of, true)];
    lists
        .into_iter()
        .filter(|(list, _)| !list.is_empty())
        .map(|(list, any)| (keys(list).collect(), any))
        .collect()
}

/// Whether a schema has `allOf`, `oneOf` or `anyOf`.
pub(super) fn is_composed(schema: &Schema) -> bool {
    bases(schema).next().is_some() || !branches(schema).is_empty()
}

/// Whether a schema has keywords of its own that say what fits, besides its composition. A bare `type: object` does not: everything
/// around it says more.
pub(super) fn says_something(entry: &SchemaEntry) -> bool {
    let facts = &entry.facts;
    if facts.never
        || !facts.types.is_empty()
        || !facts.prefix_items.is_empty()
        || !facts.pattern_properties.is_empty()
    {
        return true;
    }
    match &entry.value.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            !object.properties.is_empty()
                || !object.required.is_empty()
                || adds(object.additional_properties.as_ref())
        }
        SchemaKind::Type(_) => true,
        SchemaKind::OneOf { .. }
        | SchemaKind::AllOf { .. }
        | SchemaKind::AnyOf { .. }
        | SchemaKind::Not { .. } => false,
        SchemaKind::Any(any) => any_says_something(any),
    }
}

fn any_says_something(any: &AnySchema) -> bool {
    let plain = matches!(any.typ.as_deref(), None | Some("object"));
    !plain
        || !any.properties.is_empty()
        || !any.required.is_empty()
        || !any.enumeration.is_empty()
        || any.items.is_some()
        || any.format.is_some()
        || adds(any.additional_properties.as_ref())
}

fn adds(additional: Option<&AdditionalProperties>) -> bool {
    !matches!(additional, None | Some(AdditionalProperties::Any(false)))
}
