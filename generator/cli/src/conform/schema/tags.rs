//! Discriminators: the value of a property decides which schema an object has to fit, among the branches of a union or
//! among the schemas that extend one.

use std::collections::{BTreeMap, HashMap, HashSet};

use oasmith::load::{Loaded, Node, Object};
use oasmith::pointer::Pointer;
use serde_json::{Map, Value, json};

use super::compose::union_of;
use super::{Part, Tag, Translator};

/// The component schemas that extend others by `allOf`.
#[derive(Debug, Default)]
pub(in crate::conform) struct Hierarchy {
    /// The names and places of the schemas that extend the one at a place, directly or not.
    children: HashMap<Pointer, Vec<(String, Pointer)>>,
}

impl Hierarchy {
    pub(in crate::conform) fn new(loaded: &Loaded) -> Self {
        let mut direct: HashMap<Pointer, Vec<(String, Pointer)>> = HashMap::new();
        let files: Vec<_> = loaded.files().map(|(file, _)| file.clone()).collect();
        for file in files {
            let at = Pointer::root(file).child("components").child("schemas");
            let schemas = loaded.get(&at).and_then(Node::as_object);
            for (name, node) in schemas.into_iter().flatten() {
                let at = at.child(name);
                let parts = node
                    .get("allOf")
                    .and_then(Node::as_array)
                    .unwrap_or_default();
                for part in parts {
                    let target = part.get("$ref").and_then(Node::as_str);
                    if let Some(Ok(target)) = target.map(|text| loaded.target(&at, text)) {
                        direct
                            .entry(target)
                            .or_default()
                            .push((name.to_string(), at.clone()));
                    }
                }
            }
        }
        let all = |parent: &Pointer| {
            let mut found = Vec::new();
            let mut seen = HashSet::from([parent.clone()]);
            let mut pending = vec![parent.clone()];
            while let Some(at) = pending.pop() {
                for (name, child) in direct.get(&at).into_iter().flatten() {
                    if seen.insert(child.clone()) {
                        found.push((name.clone(), child.clone()));
                        pending.push(child.clone());
                    }
                }
            }
            found
        };
        let children = direct
            .keys()
            .map(|parent| (parent.clone(), all(parent)))
            .collect();
        Hierarchy { children }
    }

    fn of(&self, at: &Pointer) -> &[(String, Pointer)] {
        self.children.get(at).map(Vec::as_slice).unwrap_or_default()
    }
}

impl Translator<'_> {
    /// Whether a schema chooses among those that extend it.
    pub(super) fn is_parent(&self, object: &Object, at: &Pointer) -> bool {
        let has_tag = tag(object).is_some();
        has_tag
            && union_of(object).is_none()
            && (!self.hierarchy.of(at).is_empty() || !self.mapping(object, at).is_empty())
    }

    /// `{ discriminator: kind, … }` of Pet → the schema of `kind`, else Pet itself
    pub(super) fn choice_among_children(&mut self, object: &Object, at: &Pointer) -> Value {
        let base = self.reference(at.clone(), Part::Base);
        let Some(tag) = tag(object).map(str::to_owned) else {
            return base;
        };
        let mut targets = self.mapping(object, at);
        for (name, child) in self.hierarchy.of(at) {
            let is_mapped = targets.values().any(|target| target == child);
            if !is_mapped {
                targets.entry(name.clone()).or_insert_with(|| child.clone());
            }
        }
        targets.into_iter().fold(base, |other, (value, target)| {
            let part = if target == *at {
                Part::Base
            } else {
                Part::Whole
            };
            let then = self.reference(target, part);
            choice(&tag, &[value], then, other)
        })
    }

    /// `{ discriminator: kind, oneOf: [Cat, Dog] }` → the branch of `kind`; without one, the union as it is
    pub(super) fn choice_among_branches(
        &mut self,
        object: &Object,
        at_union: &Pointer,
        schema: &mut Map<String, Value>,
    ) {
        let (Some(tag), Some((keyword, branches))) =
            (tag(object).map(str::to_owned), union_of(object))
        else {
            return self.union(object, at_union, schema);
        };
        let mapping = self.mapping(object, at_union);
        let place = at_union.child(keyword);
        let mut choices: Vec<(Vec<String>, Pointer)> = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            let at = place.index(index);
            let reference = branch.get("$ref").and_then(Node::as_str);
            let target = reference.and_then(|text| self.loaded.target(&at, text).ok());
            let end = self.followed(&at).map(|(end, _)| end);
            let is_it = |to: &&Pointer| Some(*to) == target.as_ref() || Some(*to) == end.as_ref();
            let mut values: Vec<String> = mapping
                .iter()
                .filter(|(_, to)| is_it(to))
                .map(|(value, _)| value.clone())
                .collect();
            let own = self.values_of(&at, &tag);
            // a mapping that the branches themselves exclude decides nothing
            if !own.is_empty() && values.iter().any(|value| !own.contains(value)) {
                return self.union(object, at_union, schema);
            }
            if values.is_empty() {
                values = own;
            }
            if values.is_empty() {
                values.extend(target.as_ref().and_then(Pointer::name));
            }
            values.retain(|value| mapping.get(value).as_ref().is_none_or(is_it));
            if !values.is_empty() {
                choices.push((values, target.unwrap_or(at)));
            }
        }
        let mut seen = HashSet::new();
        let is_ambiguous = choices
            .iter()
            .flat_map(|(values, _)| values)
            .any(|value| !seen.insert(value.clone()));
        if choices.is_empty() || is_ambiguous {
            return self.union(object, at_union, schema);
        }
        let values = choices.iter().flat_map(|(values, _)| values.clone());
        let known = Tag {
            property: tag.clone(),
            values: values.collect(),
        };
        self.tags.insert(at_union.clone(), known);
        let any = self.reference(at_union.clone(), Part::Union);
        let unmapped = self.reference(at_union.clone(), Part::Unmapped);
        let has_text = json!({ "type": "object", "required": [tag], "properties": { &tag: { "type": "string" } } });
        let rest = json!({ "if": has_text, "then": unmapped, "else": any });
        let all = choices.into_iter().fold(rest, |other, (values, target)| {
            let then = self.reference(target, Part::Whole);
            choice(&tag, &values, then, other)
        });
        if let Value::Object(all) = all {
            schema.extend(all);
        }
    }

    /// Returns the schemas of `discriminator.mapping` by their values.
    fn mapping(&self, object: &Object, at: &Pointer) -> BTreeMap<String, Pointer> {
        let mapping = object
            .get("discriminator")
            .and_then(|node| node.get("mapping")?.as_object());
        let place = at.child("discriminator").child("mapping");
        let entries = mapping.into_iter().flatten().filter_map(|(value, node)| {
            let text = node.as_str()?;
            let by_name = || {
                let root = at
                    .in_same_file("")
                    .child("components")
                    .child("schemas")
                    .child(text);
                self.loaded.get(&root).map(|_| root)
            };
            let by_reference = || {
                let target = self.loaded.target(&place.child(value), text).ok()?;
                self.loaded.get(&target).map(|_| target)
            };
            Some((value.to_string(), by_name().or_else(by_reference)?))
        });
        entries.collect()
    }

    /// Returns the values that a branch lists for the tag: `kind: { enum: [cat] }`.
    fn values_of(&self, at: &Pointer, tag: &str) -> Vec<String> {
        let property = self
            .followed(at)
            .and_then(|(at, _)| self.followed(&at.child("properties").child(tag)));
        let Some((_, property)) = property else {
            return Vec::new();
        };
        let listed = property
            .get("enum")
            .and_then(Node::as_array)
            .unwrap_or_default();
        let constant = property.get("const").into_iter();
        listed
            .iter()
            .chain(constant)
            .filter_map(Node::as_text)
            .map(str::to_owned)
            .collect()
    }
}

/// Returns the property of a discriminator.
fn tag(object: &Object) -> Option<&str> {
    object.get("discriminator")?.get("propertyName")?.as_text()
}

fn choice(tag: &str, values: &[String], then: Value, other: Value) -> Value {
    let condition =
        json!({ "type": "object", "required": [tag], "properties": { tag: { "enum": values } } });
    json!({ "if": condition, "then": then, "else": other })
}
