//! Hierarchies by `allOf`: schemas with a discriminator, and the schemas that lead to them.
//!
//! ```yaml
//! Pet: { properties: { petType: … }, discriminator: { propertyName: petType } }
//! Dog: { allOf: [{ $ref: Pet }, { properties: { packSize: … } }] }
//! # a value of `Pet` is a `Dog`, or only a pet; in the `allOf` of `Dog` it means the members of `Pet`
//! ```
//!
//! The index is made once, by a walk over all component schemas. A document without such a schema pays for that only.

use foldhash::{HashMap, HashSet};

use super::component_index::ComponentIndex;
use super::composition::{
    Alternatives, DeclaredDiscriminator, Keyword, bases, branches, only_meaning,
};
use super::tags::mapping_target;
use crate::resolve::Document;

/// The schemas below a discriminator, by key.
#[derive(Default)]
pub(super) struct Hierarchies<'a> {
    /// The schemas that each schema has in its `allOf`.
    bases: HashMap<&'a str, Vec<&'a str>>,
    /// The schemas that have each schema in their `allOf`, in the document's order.
    subtypes: HashMap<&'a str, Vec<&'a str>>,
    /// The tags that the mappings of bases give each schema, by property.
    mapped: HashMap<&'a str, Vec<(&'a str, &'a str)>>,
}

impl<'a> Hierarchies<'a> {
    /// Finds the hierarchies of a document.
    pub fn of(document: &'a Document, components: &ComponentIndex<'a>) -> Self {
        let mut named = Vec::new();
        let mut known: HashSet<&str> = HashSet::default();
        for component in &document.components {
            let key = document.key(&component.target);
            if known.insert(key) {
                named.push(key);
            }
        }
        let has_discriminator = |key: &&str| {
            let schema = &document.schema_at(key).value;
            schema.schema_data.discriminator.is_some()
        };
        let roots: Vec<&str> = named.iter().copied().filter(has_discriminator).collect();
        let mut found = Hierarchies::default();
        if roots.is_empty() {
            return found;
        }
        for root in &roots {
            // a subtype in another file, which only the mapping names
            let targets = found.add_mapping(document, components, root);
            named.extend(targets.into_iter().filter(|key| known.insert(key)));
        }
        for key in &named {
            found.add_bases(document, key, &known);
        }
        found.drop_aliases(document);
        found.keep_below(&roots.into_iter().collect(), &named);
        found
    }

    /// Adds the mapping of a base, and returns the schemas that it names.
    fn add_mapping(
        &mut self,
        document: &'a Document,
        components: &ComponentIndex<'a>,
        root: &str,
    ) -> Vec<&'a str> {
        let entry = document.schema_at(root);
        let Some(found) = &entry.value.schema_data.discriminator else {
            return Vec::new();
        };
        let mut targets = Vec::new();
        for (tag, target) in &found.mapping {
            let Some(key) = mapping_target(document, components, &entry.at, target) else {
                continue;
            };
            targets.push(key);
            let tags = self.mapped.entry(key).or_default();
            let pair = (found.property_name.as_str(), tag.as_str());
            if !tags.contains(&pair) {
                tags.push(pair);
            }
        }
        targets
    }

    /// Adds the named schemas that a schema leads to by `allOf`, through others without a name.
    fn add_bases(&mut self, document: &'a Document, key: &'a str, named: &HashSet<&str>) {
        let mut queue = vec![key];
        let mut seen: HashSet<&str> = HashSet::default();
        let mut found = Vec::new();
        while let Some(next) = queue.pop() {
            for base in bases(&document.schema_at(next).value) {
                if base == key || !seen.insert(base) {
                    continue;
                } else if named.contains(base) {
                    found.push(base);
                } else {
                    queue.push(base);
                }
            }
        }
        if !found.is_empty() {
            self.bases.insert(key, found);
        }
    }

    /// Forgets schemas that are only another name for a base: `Favourite: { allOf: [{ $ref: Pet }], nullable: true }`. A
    /// subtype without members of its own is one if the mapping names it, or if there is no mapping at all.
    fn drop_aliases(&mut self, document: &'a Document) {
        let is_alias = |key: &&str| {
            let schema = &document.schema_at(key).value;
            let Some(base) = only_meaning(document, key) else {
                return false;
            };
            let has_mapping = || {
                self.discriminators(document, base)
                    .any(|declared| !declared.discriminator.mapping.is_empty())
            };
            branches(schema).is_empty()
                && !self.mapped.contains_key(*key)
                && (schema.schema_data.nullable || has_mapping())
        };
        let aliases: Vec<&str> = self.bases.keys().copied().filter(is_alias).collect();
        for key in aliases {
            self.bases.remove(key);
        }
    }

    /// Keeps what is below one of these schemas.
    fn keep_below(&mut self, roots: &HashSet<&'a str>, named: &[&'a str]) {
        let mut subtypes: HashMap<&str, Vec<&str>> = HashMap::default();
        for key in named {
            for base in self.bases.get(key).into_iter().flatten() {
                subtypes.entry(base).or_default().push(key);
            }
        }
        let mut queue: Vec<&str> = roots.iter().copied().collect();
        let mut below: HashSet<&str> = HashSet::default();
        while let Some(key) = queue.pop() {
            let direct = subtypes.get(key).into_iter().flatten();
            queue.extend(direct.filter(|key| below.insert(key)));
        }
        subtypes.retain(|key, _| below.contains(key) || roots.contains(key));
        // the order of the components says nothing, and that of the branches shows
        subtypes.values_mut().for_each(|keys| keys.sort_unstable());
        self.bases.retain(|key, _| below.contains(key));
        self.subtypes = subtypes;
    }

    /// Returns whether other schemas have this one in their `allOf`, and a discriminator tells them apart.
    pub fn has_subtypes(&self, key: &str) -> bool {
        self.subtypes.contains_key(key)
    }

    /// Returns whether a schema is below a discriminator.
    pub fn is_subtype(&self, key: &str) -> bool {
        self.bases.contains_key(key)
    }

    /// Returns all schemas below one, each once, those of the first branch first.
    pub fn below(&self, key: &str) -> Vec<&'a str> {
        let mut found = Vec::new();
        let mut seen: HashSet<&str> = HashSet::from_iter([key]);
        let direct = |key: &str| self.subtypes.get(key).into_iter().flatten().rev().copied();
        let mut stack: Vec<&'a str> = direct(key).collect();
        while let Some(key) = stack.pop() {
            if seen.insert(key) {
                found.push(key);
                stack.extend(direct(key));
            }
        }
        found
    }

    /// Returns the schemas that a schema leads to by `allOf`, itself included, nearest first.
    fn above(&self, key: &'a str) -> Vec<&'a str> {
        let mut found = vec![key];
        let mut seen: HashSet<&str> = HashSet::from_iter([key]);
        let mut next = 0;
        while let Some(key) = found.get(next) {
            let bases = self.bases.get(key).into_iter().flatten().copied();
            found.extend(bases.filter(|key| seen.insert(key)));
            next += 1;
        }
        found
    }

    /// Returns whether a schema leads to another one by `allOf`.
    pub fn leads_to(&self, key: &'a str, base: &str) -> bool {
        self.bases.contains_key(key) && self.above(key).contains(&base)
    }

    /// Returns the discriminators of a schema and of its bases, nearest first.
    pub fn discriminators(
        &self,
        document: &'a Document,
        key: &'a str,
    ) -> impl Iterator<Item = DeclaredDiscriminator<'a>> {
        self.above(key).into_iter().filter_map(|key| {
            let entry = document.schema_at(key);
            let discriminator = entry.value.schema_data.discriminator.as_ref()?;
            Some(DeclaredDiscriminator {
                discriminator,
                entry,
                is_inherited: true,
            })
        })
    }

    /// Returns the discriminator that all branches of a union have from their bases.
    pub fn inherited(
        &self,
        document: &'a Document,
        branches: &[&'a str],
    ) -> Option<DeclaredDiscriminator<'a>> {
        let (first, others) = branches.split_first()?;
        let is_known = |key: &&str| self.bases.contains_key(*key) || self.has_subtypes(key);
        if others.is_empty() || !branches.iter().all(is_known) {
            return None;
        }
        let has = |key: &'a str, name: &str| {
            let mut all = self.discriminators(document, key);
            all.any(|one| one.discriminator.property_name == name)
        };
        self.discriminators(document, first).find(|declared| {
            let name = &declared.discriminator.property_name;
            others.iter().all(|key| has(key, name))
        })
    }

    /// Returns the tags that the mappings of bases give a schema.
    pub fn mapped(&self, key: &str, property: &str) -> impl Iterator<Item = &'a str> {
        let all = self.mapped.get(key).into_iter().flatten();
        all.filter(move |(name, _)| *name == property)
            .map(|(_, tag)| *tag)
    }

    /// Returns the union that the value of a base is: itself, and all schemas below it.
    pub fn union(&self, document: &'a Document, key: &'a str) -> Option<Alternatives<'a>> {
        let entry = document.schema_at(key);
        if !self.has_subtypes(key) || !branches(&entry.value).is_empty() {
            return None;
        }
        let declared = self.discriminators(document, key).next()?;
        let is_own = std::ptr::eq(declared.entry, entry);
        Some(Alternatives {
            branches: [key].into_iter().chain(self.below(key)).collect(),
            keyword: Keyword::Subtypes,
            discriminator: Some(DeclaredDiscriminator {
                is_inherited: !is_own,
                ..declared
            }),
            entry,
        })
    }
}
