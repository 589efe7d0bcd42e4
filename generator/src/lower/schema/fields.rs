//! What schemas say about the members of objects, merged.

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaKind, Type};

use super::any_of::AnyOfBranch;
use super::composition::{SchemaEntry, key};
use crate::pointer::Pointer;

/// The members of one or several object schemas.
#[derive(Default)]
pub(super) struct Fields<'a> {
    /// The named members in the document's order, bases first.
    pub properties: IndexMap<&'a str, Property<'a>>,
    /// The required names; some may have no property.
    pub required: Vec<&'a str>,
    /// What is said about members without a name.
    pub additional: Option<AdditionalMembers<'a>>,
    /// The keys of the schemas that say it.
    pub additional_schemas: Vec<&'a str>,
    /// Of schemas that a value fits any of, their keys.
    pub branches: Vec<&'a str>,
    /// Of schemas that a value fits any of, those that require members which others do not.
    pub partially_required: Vec<&'a Pointer>,
}

/// How several schemas describe one object.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Merge {
    /// A value fits all of them.
    #[default]
    All,
    /// A value fits at least one of them.
    Any,
}

/// A named member.
pub(super) struct Property<'a> {
    /// The keys of its schemas: one, or several if several of the merged schemas have it.
    pub keys: Vec<&'a str>,
    /// The object schema that has it first.
    pub at: &'a Pointer,
    /// Whether a value fits all of its schemas, or any of them.
    pub merge: Merge,
}

/// What the members are that a schema does not name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum AdditionalMembers<'a> {
    /// There are none.
    None,
    /// They are any JSON.
    Any,
    /// They are of several types, by their names or by the schema that allows them.
    Mixed,
    /// They are as the schema with this key says.
    Schema(&'a str),
}

impl<'a> Fields<'a> {
    /// Merges schemas that a value has to fit all of.
    pub fn all(entries: &[&'a SchemaEntry]) -> Self {
        let mut fields = Fields::default();
        for entry in entries {
            let said = Said::by(entry);
            fields.additional_schemas.extend(said.additional_schemas);
            for (wire, reference) in said.properties.into_iter().flatten() {
                let keys = key(reference).into_iter().collect();
                fields.add(
                    wire,
                    Property {
                        keys,
                        at: &entry.at,
                        merge: Merge::All,
                    },
                );
            }
            for wire in said.required {
                if !fields.required.contains(&wire.as_str()) {
                    fields.required.push(wire);
                }
            }
            fields.additional = wider(fields.additional, said.additional);
        }
        fields
    }

    /// Merges the branches of an `anyOf`: required is what all of them require.
    pub fn any(mut branches: Vec<AnyOfBranch<'a>>) -> Self {
        let mut merged = Fields::default();
        for (index, branch) in branches.iter_mut().enumerate() {
            let fields = std::mem::take(&mut branch.fields);
            if index == 0 {
                merged.required = fields.required;
            } else {
                merged
                    .required
                    .retain(|wire| fields.required.contains(wire));
            }
            for (wire, property) in fields.properties {
                let merge = Merge::Any;
                merged.add(wire, Property { merge, ..property });
            }
            merged.additional = wider(merged.additional, fields.additional);
            merged.additional_schemas.extend(fields.additional_schemas);
            merged.branches.push(branch.key);
        }
        for entry in branches.iter().flat_map(|branch| &branch.objects) {
            let required = Said::by(entry).required;
            let is_required = |wire: &String| merged.required.contains(&wire.as_str());
            if !required.iter().all(is_required) {
                merged.partially_required.push(&entry.at);
            }
        }
        merged
    }

    /// Adds the members that only some values have: of `then`, `else` and `dependentSchemas`, each of which they may fit
    /// or not, and those that an `if` looks at. What these say about a member that is there already only restricts it.
    pub fn add_conditional(&mut self, objects: &[&'a SchemaEntry], tested: &[&'a str]) {
        let mut conditional = Fields::default();
        for entry in objects {
            let said = Said::by(entry);
            let described = said.properties.into_iter().flatten();
            let described = described.map(|(wire, reference)| (wire.as_str(), key(reference)));
            let required = said.required.iter().map(|wire| (wire.as_str(), None));
            for (wire, key) in described.chain(required) {
                let keys = key.into_iter().collect();
                let at = &entry.at;
                let merge = Merge::Any;
                conditional.add(wire, Property { keys, at, merge });
            }
        }
        let mut others = objects.iter().map(|entry| &entry.at);
        if let Some(at) = others.next() {
            for wire in tested {
                let (keys, merge) = (Vec::new(), Merge::Any);
                conditional.add(wire, Property { keys, at, merge });
            }
        }
        for (wire, property) in conditional.properties {
            if !self.required.contains(&wire) || self.properties.contains_key(wire) {
                self.properties.entry(wire).or_insert(property);
            }
        }
    }

    /// Returns whether there are members without a name.
    pub fn has_rest(&self) -> bool {
        !matches!(self.additional, None | Some(AdditionalMembers::None))
    }

    /// Adds a member, or what another schema says about one that is there.
    fn add(&mut self, wire: &'a str, property: Property<'a>) {
        let known = self.properties.entry(wire).or_insert_with(|| Property {
            keys: Vec::new(),
            at: property.at,
            merge: property.merge,
        });
        for key in property.keys {
            if !known.keys.contains(&key) {
                known.keys.push(key);
            }
        }
    }
}

/// What one schema says about members.
struct Said<'a> {
    properties: Option<&'a IndexMap<String, ReferenceOr<Box<Schema>>>>,
    required: &'a [String],
    additional: Option<AdditionalMembers<'a>>,
    additional_schemas: Vec<&'a str>,
}

impl<'a> Said<'a> {
    fn by(entry: &'a SchemaEntry) -> Self {
        let (properties, required, additional) = match &entry.value.schema_kind {
            SchemaKind::Type(Type::Object(object)) => (
                Some(&object.properties),
                object.required.as_slice(),
                object.additional_properties.as_ref(),
            ),
            SchemaKind::Any(any) => (
                Some(&any.properties),
                any.required.as_slice(),
                any.additional_properties.as_ref(),
            ),
            _ => (None, [].as_slice(), None),
        };
        let additional = match additional {
            None => None,
            Some(AdditionalProperties::Any(false)) => Some(AdditionalMembers::None),
            Some(AdditionalProperties::Any(true)) => Some(AdditionalMembers::Any),
            Some(AdditionalProperties::Schema(schema)) => {
                key(schema).map(AdditionalMembers::Schema)
            }
        };
        let patterns = entry.facts.pattern_properties.as_slice();
        let mut additional_schemas: Vec<&str> =
            patterns.iter().map(|(_, key)| key.as_str()).collect();
        if let Some(AdditionalMembers::Schema(key)) = additional {
            additional_schemas.push(key);
        }
        Said {
            properties,
            required,
            additional: with_patterns(additional, patterns),
            additional_schemas,
        }
    }
}

/// Joins what `additionalProperties` and `patternProperties` say.
fn with_patterns<'a>(
    additional: Option<AdditionalMembers<'a>>,
    patterns: &'a [(String, String)],
) -> Option<AdditionalMembers<'a>> {
    let patterned = match patterns {
        [] => return additional,
        [(_, key)] => AdditionalMembers::Schema(key),
        _ => AdditionalMembers::Mixed,
    };
    let all_match = patterns
        .iter()
        .any(|(pattern, _)| matches_every_name(pattern));
    if all_match || additional == Some(AdditionalMembers::None) {
        Some(patterned)
    } else {
        // a name that no pattern matches can have any value
        Some(AdditionalMembers::Mixed)
    }
}

/// Returns whether a pattern matches all names, as documents write it that mean a map.
fn matches_every_name(pattern: &str) -> bool {
    matches!(pattern, "" | ".*" | "^.*" | ".*$" | "^.*$" | "^")
}

/// Returns that of two statements about additional members which allows more: a merged value has the members of all.
fn wider<'a>(
    one: Option<AdditionalMembers<'a>>,
    other: Option<AdditionalMembers<'a>>,
) -> Option<AdditionalMembers<'a>> {
    match (one, other) {
        (None | Some(AdditionalMembers::None), other) => other.or(one),
        (one, None | Some(AdditionalMembers::None)) => one,
        (one, other) if one == other => one,
        _ => Some(AdditionalMembers::Mixed),
    }
}
