//! What a schema is composed of: its own keywords, those of everything that its `allOf` leads to, and alternatives.
//!
//! ```yaml
//! allOf: [{ $ref: Pet }, { properties: { bark: … } }, { oneOf: [{ $ref: Small }, { $ref: Big }] }]
//! # two subschemas with members, and one set of alternatives
//! ```

use std::collections::VecDeque;

use foldhash::HashSet;

use openapiv3::{
    AdditionalProperties, AnySchema, Discriminator, ReferenceOr, Schema, SchemaKind, Type,
};

use super::Schemas;
use super::any_of::flattened;
use super::classify::is_object;
use super::fields::Fields;
use super::set::SchemaSet;
use crate::diagnostic::{Diagnostic, code};
use crate::resolve::{Document, Entry, SchemaFacts};

/// A schema with its place and what openapiv3 cannot hold.
pub(super) type SchemaEntry = Entry<Schema, SchemaFacts>;

/// What schemas say together.
#[derive(Default)]
pub(super) struct Composition<'a> {
    /// The schemas that have keywords of their own, bases first.
    pub subschemas: Vec<&'a SchemaEntry>,
    /// The alternatives; a value fits one (or more) of each.
    pub alternatives: Vec<Alternatives<'a>>,
    /// The objects that some values have to fit, too: `then`, `else` and `dependentSchemas`.
    pub conditional: Vec<&'a SchemaEntry>,
    /// The members that an `if` names.
    pub tested: Vec<&'a str>,
    /// The keys of the schemas that some values have to fit, which are still to be visited.
    consequences: Vec<&'a str>,
    /// The schemas that were visited: one that several `allOf`s lead to counts once.
    visited: HashSet<&'a str>,
}

/// How deeply conditions may be nested in conditions, by `$ref` mostly.
const MAX_CONDITIONS: usize = 16;

impl<'a> Composition<'a> {
    /// Notes what a schema says about some values only.
    fn expect_conditions(&mut self, entry: &'a SchemaEntry) {
        let facts = &entry.facts;
        self.consequences
            .extend(facts.consequences.iter().map(String::as_str));
        self.tested.extend(facts.tested.iter().map(String::as_str));
    }

    /// Returns whether there are objects that only some values have to fit.
    pub fn has_conditions(&self) -> bool {
        !self.conditional.is_empty() || !self.tested.is_empty()
    }

    /// Returns the members of objects of these schemas, with those that only some values have.
    pub fn fields(&self, objects: &[&'a SchemaEntry]) -> Fields<'a> {
        let mut fields = Fields::all(objects);
        fields.add_conditional(&self.conditional, &self.tested);
        fields
    }
}

/// The branches of a `oneOf` or `anyOf`.
pub(super) struct Alternatives<'a> {
    /// The keys of the branches, in the document's order; a branch that is only `null` is left out.
    pub branches: Vec<&'a str>,
    /// The keyword that lists them.
    pub keyword: Keyword,
    /// What tells the branches apart, if the document says so.
    pub discriminator: Option<DeclaredDiscriminator<'a>>,
    /// The schema that has them.
    pub entry: &'a SchemaEntry,
}

/// A discriminator.
#[derive(Clone, Copy)]
pub(super) struct DeclaredDiscriminator<'a> {
    /// Its property and mapping.
    pub discriminator: &'a Discriminator,
    /// The schema that has it.
    pub entry: &'a SchemaEntry,
    /// Whether that is a base of the branches, and not the schema that lists them.
    pub is_inherited: bool,
}

/// The keywords that list alternatives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    /// A value fits one branch.
    OneOf,
    /// A value fits at least one branch.
    AnyOf,
    /// The schemas that have this one in their `allOf`, and itself.
    Subtypes,
}

impl Keyword {
    /// Returns its spelling in a schema.
    pub fn as_str(self) -> &'static str {
        match self {
            Keyword::OneOf => "oneOf",
            Keyword::AnyOf => "anyOf",
            Keyword::Subtypes => "discriminator",
        }
    }
}

/// Returns the key of a child schema; `resolve` has put one in the place of every child.
pub(in crate::lower) fn key<T>(reference: &ReferenceOr<T>) -> Option<&str> {
    match reference {
        ReferenceOr::Reference { reference } => Some(reference),
        ReferenceOr::Item(_) => None,
    }
}

fn keys<T>(references: &[ReferenceOr<T>]) -> impl Iterator<Item = &str> {
    references.iter().filter_map(key)
}

impl<'a> Schemas<'a> {
    /// Returns what schemas say together that describe one value.
    pub(super) fn composition(&mut self, set: &SchemaSet<'a>) -> Composition<'a> {
        let mut composition = Composition::default();
        for key in &set.own_keywords {
            let entry = self.document.schema_at(key);
            composition.subschemas.push(entry);
            composition.expect_conditions(entry);
        }
        for key in &set.all_of {
            self.compose(key, &mut composition, &mut Vec::new());
        }
        if let [first, ..] = set.any_of.as_slice() {
            composition.alternatives.push(Alternatives {
                branches: set.any_of.clone(),
                keyword: Keyword::AnyOf,
                discriminator: None,
                entry: self.document.schema_at(first),
            });
        }
        self.add_conditional(&mut composition);
        composition
    }

    /// Visits the schemas that only some values have to fit, and those that these lead to.
    fn add_conditional(&mut self, composition: &mut Composition<'a>) {
        let mut visited: HashSet<&str> = HashSet::default();
        let first = std::mem::take(&mut composition.consequences).into_iter();
        let mut queue: VecDeque<(&'a str, usize)> = first.map(|key| (key, 0)).collect();
        while let Some((key, depth)) = queue.pop_front() {
            if !visited.insert(key) {
                continue;
            }
            if depth > MAX_CONDITIONS {
                let at = self.document.schema_at(key).at.clone();
                self.not_enforced(
                    at,
                    "conditions are nested too deeply; its members are not known",
                );
                continue;
            }
            let mut inner = Composition::default();
            self.compose(key, &mut inner, &mut Vec::new());
            let objects = inner.subschemas.into_iter();
            composition
                .conditional
                .extend(objects.filter(|entry| is_object(entry)));
            composition.tested.append(&mut inner.tested);
            let branches = inner.alternatives.into_iter().flat_map(|one| one.branches);
            let more = inner.consequences.into_iter().chain(branches);
            queue.extend(more.map(|key| (key, depth + 1)));
        }
    }

    fn compose(
        &mut self,
        key: &'a str,
        composition: &mut Composition<'a>,
        path: &mut Vec<&'a str>,
    ) {
        let document = self.document;
        let entry = document.schema_at(key);
        if path.contains(&key) {
            let text = "this `allOf` leads back to itself, so nothing says what it is";
            let finding = Diagnostic::new(code::REFERENCE_LOOP, entry.at.clone(), text)
                .bridge("it adds nothing to itself");
            if !self.diagnostics.iter().any(|other| *other == finding) {
                self.report(finding);
            }
            return;
        }
        if !composition.visited.insert(key) || self.is_over_hops(path) {
            return;
        }
        path.push(key);
        for base in bases(&entry.value) {
            self.compose(base, composition, path);
        }
        let is_known = composition
            .subschemas
            .iter()
            .any(|other| std::ptr::eq(*other, entry));
        if says_something(entry) && !is_known {
            composition.subschemas.push(entry);
        }
        composition.expect_conditions(entry);
        for (mut branches, keyword) in branches(&entry.value) {
            // `S: { anyOf: [{ $ref: S }, { type: string }] }`: a branch that is the schema itself adds nothing
            branches.retain(|branch| *branch != key);
            // a base that lists its subtypes: this is one of them already
            if branches.iter().any(|branch| path.contains(branch))
                || self.is_below_one_of(&branches, key, path)
            {
                continue;
            }
            if keyword == Keyword::AnyOf && entry.value.schema_data.discriminator.is_none() {
                branches = flattened(document, branches, |key| self.has_own_name(key));
            }
            branches.retain(|key| !document.schema_at(key).facts.only_null);
            let discriminator = match &entry.value.schema_data.discriminator {
                Some(discriminator) => Some(DeclaredDiscriminator {
                    discriminator,
                    entry,
                    is_inherited: false,
                }),
                None => self.hierarchies.inherited(document, &branches),
            };
            composition.alternatives.push(Alternatives {
                branches,
                keyword,
                discriminator,
                entry,
            });
        }
        path.pop();
    }

    /// Returns whether a schema was reached from a subtype of a base that lists other subtypes of it.
    fn is_below_one_of(&self, branches: &[&'a str], base: &str, path: &[&'a str]) -> bool {
        let subtype = path.first().filter(|key| **key != base);
        subtype.is_some_and(|key| self.hierarchies.leads_to(key, base))
            && branches
                .iter()
                .any(|key| self.hierarchies.leads_to(key, base))
    }

    /// Returns whether more `allOf`s follow one another than the budget allows, and reports it once.
    fn is_over_hops(&mut self, path: &[&'a str]) -> bool {
        if self.is_over_hops && !path.is_empty() {
            return true; // there is no output, so that it need not be known
        }
        let most = self.options.budgets.hops;
        let Some(first) = path.first().filter(|_| path.len() > most) else {
            return false;
        };
        self.is_over_hops = true;
        let at = self.document.schema_at(first).at.clone();
        let text = "more `allOf`s follow one another from here";
        self.report(self.options.budgets.over(text, "hops", at));
        true
    }

    /// Returns the one schema that a schema with composition stands for, if it adds nothing: `allOf: [{ $ref: Pet }]`. A
    /// subtype is a type of its own.
    pub(super) fn equivalent(&self, key: &str) -> Option<&'a str> {
        if self.hierarchies.is_subtype(key) {
            return None;
        }
        only_meaning(self.document, key)
    }

    /// Reports a discriminator where there is nothing to choose from, and that names no member of the type either.
    ///
    /// In the base of an `allOf`, and beside a `oneOf` with one branch, it mostly names one.
    pub(super) fn check_discriminator(&mut self, key: &'a str) {
        let document = self.document;
        let entry = document.schema_at(key);
        let Some(found) = &entry.value.schema_data.discriminator else {
            return;
        };
        let one = self.equivalent(key);
        let choices = branches(&entry.value);
        let has_choice = one.is_none() && !choices.is_empty();
        if has_choice || self.hierarchies.has_subtypes(key) {
            return;
        }
        let mut objects = self
            .composition(&SchemaSet::one(one.unwrap_or(key)))
            .subschemas;
        objects.retain(|entry| is_object(entry));
        let name = &found.property_name;
        if !Fields::all(&objects).properties.contains_key(name.as_str()) {
            let text = format!("there is no member `{name}`, so it tells nothing apart");
            let at = entry.at.child("discriminator");
            self.not_enforced(at, text);
        }
    }
}

/// Returns the one schema that a schema with composition stands for, if it adds nothing.
pub(super) fn only_meaning<'a>(document: &'a Document, key: &str) -> Option<&'a str> {
    let entry = document.schema_at(key);
    if says_something(entry) {
        return None;
    }
    // a branch that says nothing is still a choice
    let alternatives = branches(&entry.value)
        .into_iter()
        .flat_map(|(keys, _)| keys)
        .filter(|key| !document.schema_at(key).facts.only_null);
    let bases = bases(&entry.value).filter(|key| {
        let base = document.schema_at(key);
        says_something(base) || is_composed(&base.value)
    });
    // a single branch with a discriminator is the first of several
    if entry.value.schema_data.discriminator.is_some() && alternatives.clone().next().is_some() {
        return None;
    }
    let mut meant = bases.chain(alternatives);
    let one = meant.next()?;
    meant.next().is_none().then_some(one)
}

/// Returns the schemas under `allOf`.
pub(super) fn bases(schema: &Schema) -> impl Iterator<Item = &str> {
    let all_of = match &schema.schema_kind {
        SchemaKind::AllOf { all_of } => all_of.as_slice(),
        SchemaKind::Any(any) => any.all_of.as_slice(),
        _ => &[],
    };
    keys(all_of)
}

/// Returns the branches under `oneOf` and `anyOf`.
pub(super) fn branches(schema: &Schema) -> Vec<(Vec<&str>, Keyword)> {
    let (one_of, any_of) = match &schema.schema_kind {
        SchemaKind::OneOf { one_of } => (one_of.as_slice(), [].as_slice()),
        SchemaKind::AnyOf { any_of } => ([].as_slice(), any_of.as_slice()),
        SchemaKind::Any(any) => (any.one_of.as_slice(), any.any_of.as_slice()),
        _ => ([].as_slice(), [].as_slice()),
    };
    [(one_of, Keyword::OneOf), (any_of, Keyword::AnyOf)]
        .into_iter()
        .filter(|(list, _)| !list.is_empty())
        .map(|(list, keyword)| (keys(list).collect(), keyword))
        .collect()
}

/// Returns whether a schema has `allOf`, `oneOf` or `anyOf`.
pub(in crate::lower) fn is_composed(schema: &Schema) -> bool {
    bases(schema).next().is_some() || !branches(schema).is_empty()
}

/// Returns whether a schema has keywords of its own that say what fits, besides its composition. A bare `type: object`
/// does not: everything around it says more.
pub(in crate::lower) fn says_something(entry: &SchemaEntry) -> bool {
    let facts = &entry.facts;
    if facts.never
        || !facts.types.is_empty()
        || !facts.prefix_items.is_empty()
        || !facts.pattern_properties.is_empty()
        || facts.has_conditional_members
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
