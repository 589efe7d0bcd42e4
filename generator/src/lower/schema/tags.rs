//! The values of a discriminator that lead to each branch of a union: its tags.
//!
//! They are the entries of `mapping`, or else the only value that a branch allows for the property, or else the name of
//! its schema. Of the values that a mapping gives a branch, the one that its own schema allows comes first, and of those
//! its default.

use foldhash::{HashMap, HashSet};

use openapiv3::{SchemaKind, Type};
use serde_json::Value;

use super::Schemas;
use super::classify::is_object;
use super::component_index::ComponentIndex;
use super::composition::{Alternatives, DeclaredDiscriminator, Keyword};
use super::fields::Fields;
use super::set::SchemaSet;
use crate::diagnostic::{Diagnostic, Severity, code, suggest};
use crate::pointer::Pointer;
use crate::resolve::Document;

/// Members with the values that they can have, as strings: `type: { enum: [CONTACT] }`.
pub(super) type Constants = Vec<(String, Vec<String>)>;

/// How deep unions in unions are searched for tags.
const MAX_NESTING: usize = 32;

/// What a branch says about the discriminator and other members.
pub(super) struct BranchMembers {
    /// The members that have one value.
    pub constants: Constants,
    /// The values that the discriminator can have, if its schema lists them; the default is first.
    pub listed: Option<Vec<String>>,
}

/// Returns the key of the schema that an entry of a `mapping` leads to: the name of a schema, or a reference.
pub(super) fn mapping_target<'a>(
    document: &'a Document,
    components: &ComponentIndex<'a>,
    from: &Pointer,
    target: &str,
) -> Option<&'a str> {
    let named = from.in_same_file("/components/schemas").child(target);
    let place = || Document::place(from, target);
    let component = components.at(&named).or_else(|| components.at(&place()?));
    match component {
        Some(component) => Some(document.key(&component.target)),
        None => Some(document.key(&place()?.to_string())).filter(|key| !key.is_empty()),
    }
}

impl<'a> Schemas<'a> {
    /// Returns what a branch says about its members.
    pub(super) fn branch_members(
        &mut self,
        set: &SchemaSet<'a>,
        property: Option<&str>,
    ) -> BranchMembers {
        let mut objects = self.composition(set).subschemas;
        objects.retain(|entry| is_object(entry));
        let fields = Fields::all(&objects);
        let mut constants = Constants::new();
        let mut listed = None;
        for (wire, member) in &fields.properties {
            let Some(mut values) = self.values_of_all(&member.keys) else {
                continue;
            };
            if let Some(index) = self.default_among(&values, &member.keys) {
                let default = values.remove(index);
                values.insert(0, default);
            }
            if let [_] = values.as_slice() {
                constants.push(((*wire).to_owned(), values.clone()));
            }
            if Some(*wire) == property {
                listed = Some(values);
            }
        }
        BranchMembers { constants, listed }
    }

    /// Returns the index of the value that a server assumes for an object without the member.
    fn default_among(&self, values: &[String], keys: &[&'a str]) -> Option<usize> {
        let schemas = keys.iter().map(|key| &self.document.schema_at(key).value);
        let mut defaults = schemas.filter_map(|schema| schema.schema_data.default.as_ref());
        defaults.find_map(|default| {
            let text = match default {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            values.iter().position(|value| *value == text)
        })
    }

    /// Returns the values that fit all of several schemas, if one of them lists some.
    fn values_of_all(&mut self, keys: &[&'a str]) -> Option<Vec<String>> {
        let mut all: Option<Vec<String>> = None;
        for key in keys {
            let kind = &self.document.schema_at(key).value.schema_kind;
            let own = match listed(kind) {
                Some(values) => vec![values],
                // `kind: { allOf: [{ $ref: CatKind }], description: … }`
                None if matches!(kind, SchemaKind::AllOf { .. } | SchemaKind::Any(_)) => {
                    let parts = self.composition(&SchemaSet::one(key)).subschemas;
                    let parts = parts.iter();
                    parts
                        .filter_map(|entry| listed(&entry.value.schema_kind))
                        .collect()
                }
                None => Vec::new(),
            };
            for values in own {
                match &mut all {
                    Some(all) => all.retain(|value| values.contains(value)),
                    None => all = Some(values),
                }
            }
        }
        all.filter(|values| !values.is_empty())
    }

    /// Returns the tags of each branch of a union. A branch that has none is not told by the discriminator.
    pub(super) fn tags(
        &mut self,
        alternatives: &Alternatives<'a>,
        keys: &[&'a str],
        members: &[BranchMembers],
    ) -> Vec<Vec<String>> {
        let Some(declared) = alternatives.discriminator else {
            return vec![Vec::new(); keys.len()];
        };
        self.tags_within(declared, alternatives.keyword, keys, members, 0)
    }

    fn tags_within(
        &mut self,
        declared: DeclaredDiscriminator<'a>,
        keyword: Keyword,
        keys: &[&'a str],
        members: &[BranchMembers],
        depth: usize,
    ) -> Vec<Vec<String>> {
        let property = declared.discriminator.property_name.as_str();
        let mapping = self.mapping(declared);
        let mut taken: HashSet<String> = HashSet::default();
        let mut all: Vec<Vec<String>> = Vec::with_capacity(keys.len());
        for key in keys {
            let own = mapping.get(key).into_iter().flatten().copied();
            let mut tags: Vec<String> = Vec::new();
            for tag in own.chain(self.hierarchies.mapped(key, property)) {
                if !tags.iter().any(|other| other == tag) {
                    tags.push(tag.to_owned());
                }
            }
            taken.extend(tags.iter().cloned());
            all.push(tags);
        }
        let uses = uses(members);
        for (tags, members) in all.iter_mut().zip(members) {
            let values = members.listed.as_deref().unwrap_or_default();
            for (index, value) in values.iter().enumerate() {
                if let Some(known) = tags.iter().position(|tag| tag == value) {
                    if index == 0 || known > index {
                        let tag = tags.remove(known);
                        tags.insert(index.min(tags.len()), tag);
                    }
                } else if !taken.contains(value)
                    && (values.len() == 1 || uses.get(value.as_str()) == Some(&1))
                {
                    tags.insert(index.min(tags.len()), value.clone());
                    taken.insert(value.clone());
                }
            }
        }
        // a schema's own tags come before those of a union that has it as a branch, too
        let inner: Vec<Option<Alternatives<'a>>> = match keyword {
            Keyword::Subtypes => keys.iter().map(|_| None).collect(),
            Keyword::OneOf | Keyword::AnyOf => {
                keys.iter().map(|key| self.alternatives_of(key)).collect()
            }
        };
        for is_union in [false, true] {
            let branches = keys.iter().zip(&mut all).zip(members).zip(&inner);
            for (((key, tags), members), inner) in branches {
                if inner.is_some() != is_union {
                    continue;
                }
                if let Some(inner) = inner {
                    let below = self.tags_below(inner, property, depth);
                    tags.extend(below.into_iter().filter(|tag| taken.insert(tag.clone())));
                }
                if tags.is_empty()
                    && let Some(name) = self.name_as_tag(key, members)
                {
                    taken.insert(name.clone());
                    tags.push(name);
                }
            }
        }
        all
    }

    /// Returns the name of a schema, unless it allows only other values.
    fn name_as_tag(&self, key: &str, members: &BranchMembers) -> Option<String> {
        let name = &self.components.with_key(key)?.name;
        let listed = members.listed.as_ref();
        let is_allowed = listed.is_none_or(|values| values.contains(name));
        is_allowed.then(|| name.clone())
    }

    /// Returns the tags of the schemas that a branch is a union of: subtypes, or branches of its own.
    fn tags_below(
        &mut self,
        inner: &Alternatives<'a>,
        property: &str,
        depth: usize,
    ) -> Vec<String> {
        if depth >= MAX_NESTING {
            return Vec::new();
        }
        let is_same =
            |declared: &DeclaredDiscriminator<'_>| declared.discriminator.property_name == property;
        let sets = self.branch_sets(&[], inner);
        let members: Vec<BranchMembers> = sets
            .iter()
            .map(|set| self.branch_members(set, Some(property)))
            .collect();
        match inner.discriminator.filter(is_same) {
            Some(declared) => {
                let keyword = inner.keyword;
                self.tags_within(declared, keyword, &inner.branches, &members, depth + 1)
                    .concat()
            }
            None => {
                let values = members.into_iter().filter_map(|one| one.listed);
                values.flatten().collect()
            }
        }
    }

    /// Returns the branches of a schema that is nothing but a union.
    fn alternatives_of(&mut self, key: &'a str) -> Option<Alternatives<'a>> {
        if let Some(subtypes) = self.hierarchies.union(self.document, key) {
            return Some(subtypes);
        }
        let mut composition = self.composition(&SchemaSet::one(key));
        match composition.alternatives.len() {
            1 => composition.alternatives.pop(),
            _ => None,
        }
    }

    /// Returns the tags that a mapping gives each schema.
    fn mapping(&self, declared: DeclaredDiscriminator<'a>) -> HashMap<&'a str, Vec<&'a str>> {
        let mut tags: HashMap<&str, Vec<&str>> = HashMap::default();
        for (tag, target) in &declared.discriminator.mapping {
            let from = &declared.entry.at;
            if let Some(key) = mapping_target(self.document, &self.components, from, target) {
                tags.entry(key).or_default().push(tag);
            }
        }
        tags
    }

    /// Reports entries of a mapping that lead to no schema, or to one that is no branch.
    pub(super) fn check_mapping(&mut self, alternatives: &Alternatives<'a>) {
        let Some(declared) = alternatives
            .discriminator
            .filter(|declared| !declared.is_inherited)
        else {
            return;
        };
        let mut known: Option<HashSet<&str>> = None;
        for (tag, target) in &declared.discriminator.mapping {
            let from = &declared.entry.at;
            let found = mapping_target(self.document, &self.components, from, target);
            if found.is_some_and(|key| alternatives.branches.contains(&key)) {
                continue;
            }
            let known = known.get_or_insert_with(|| self.branches_below(&alternatives.branches));
            if found.is_some_and(|key| known.contains(key)) {
                continue;
            }
            let at = from.child("discriminator").child("mapping").child(tag);
            let text = match found {
                Some(_) => {
                    format!("`{target}` is no branch of the union, so no value is read as it")
                }
                None => format!("`{target}` does not exist"),
            };
            let mut finding = Diagnostic::new(code::DANGLING_REFERENCE, at, text);
            finding.severity = Severity::Warning;
            let names = alternatives.branches.iter();
            let names = names.filter_map(|key| Some(self.components.with_key(key)?.name.as_str()));
            let word = target.rsplit('/').next().unwrap_or(target);
            let help = suggest::did_you_mean(word, names);
            finding = match help.filter(|_| found.is_none()) {
                Some(help) => finding.help(help),
                None => finding.help("name one of its branches, or remove the entry"),
            };
            if !self.diagnostics.iter().any(|other| *other == finding) {
                self.report(finding);
            }
        }
    }

    /// Returns the schemas that the branches of a union are unions of.
    fn branches_below(&mut self, branches: &[&'a str]) -> HashSet<&'a str> {
        let mut known: HashSet<&'a str> = HashSet::default();
        let mut queue = branches.to_vec();
        while let Some(key) = queue.pop() {
            if known.insert(key)
                && let Some(inner) = self.alternatives_of(key)
            {
                queue.extend(inner.branches);
            }
        }
        known
    }
}

/// Returns for each branch the values of the discriminator that it lists and that are no tags, where its tags are at odds
/// with the list: `type: { enum: [passport, address] }` under `mapping: { data: … }`.
pub(super) fn without_tag(members: &[BranchMembers], tags: &[Vec<String>]) -> Vec<Vec<String>> {
    let pairs = members.iter().zip(tags);
    pairs
        .map(|(members, own)| match &members.listed {
            Some(listed) if own.iter().any(|tag| !listed.contains(tag)) => {
                let is_tag = |value: &String| tags.iter().any(|tags| tags.contains(value));
                let values = listed.iter().filter(|value| !is_tag(value));
                values.cloned().collect()
            }
            _ => Vec::new(),
        })
        .collect()
}

/// Returns how many branches list each value.
fn uses(members: &[BranchMembers]) -> HashMap<&str, usize> {
    let mut uses: HashMap<&str, usize> = HashMap::default();
    for value in members
        .iter()
        .filter_map(|one| one.listed.as_ref())
        .flatten()
    {
        *uses.entry(value).or_default() += 1;
    }
    uses
}

/// Returns the strings, integers and booleans that a schema lists, as strings; `None` if it lists nothing or more.
fn listed(kind: &SchemaKind) -> Option<Vec<String>> {
    let values: Vec<String> = match kind {
        SchemaKind::Type(Type::String(string)) => {
            string.enumeration.iter().flatten().cloned().collect()
        }
        SchemaKind::Type(Type::Integer(integer)) => {
            let values = integer.enumeration.iter().flatten();
            values.map(ToString::to_string).collect()
        }
        SchemaKind::Type(Type::Boolean(boolean)) => {
            let values = boolean.enumeration.iter().flatten();
            values.map(ToString::to_string).collect()
        }
        SchemaKind::Any(any) => {
            let values = any.enumeration.iter().filter(|value| !value.is_null());
            values.map(tag).collect::<Option<_>>()?
        }
        _ => return None,
    };
    (!values.is_empty()).then_some(values)
}

/// Returns a value as the string that a mapping has for it.
fn tag(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) if !number.is_f64() => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}
