//! Objects with named members.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaKind, Type};

use super::pieces::{SchemaEntry, Sum, key};
use super::place::Place;
use super::{Lowering, name, settle};
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{Docs, Member, Name, Presence, REST, Struct, TypeRef};
use crate::options::RenameKind;
use crate::pointer::Pointer;

/// The members of one or several object schemas.
#[derive(Default)]
pub(super) struct Fields<'a> {
    /// The named members in the document's order, bases first.
    pub properties: IndexMap<&'a str, Property<'a>>,
    /// Names that have to be there; some may have no property.
    pub required: Vec<&'a str>,
    /// What is said about members without a name.
    pub additional: Option<Source<'a>>,
    /// The keys of the schemas that say it.
    pub further: Vec<&'a str>,
    /// Whether a value fits all of the schemas, or any of them.
    any: bool,
    /// Of schemas that a value fits any of those that require members which others do not.
    pub choosy: Vec<&'a Pointer>,
}

/// A named member.
pub(super) struct Property<'a> {
    /// The keys of its schemas: one, or several when several of the merged schemas have it.
    pub keys: Vec<&'a str>,
    /// The object that it stands in first.
    pub at: &'a Pointer,
}

/// Where the type of further members comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Source<'a> {
    /// There are none.
    Nothing,
    /// They are any JSON.
    Any,
    /// They are of several types, by their names or by the schema that lets them in.
    Mixed,
    /// They are as the schema with this key says.
    Schema(&'a str),
}

impl<'a> Fields<'a> {
    /// The members of a value that fits all of several schemas.
    pub fn all(entries: &[&'a SchemaEntry]) -> Self {
        let mut fields = Fields::default();
        for entry in entries {
            let (properties, required, (additional, further)) = members(entry);
            fields.further.extend(further);
            for (wire, reference) in properties.into_iter().flatten() {
                let property = fields.properties.entry(wire).or_insert_with(|| Property {
                    keys: Vec::new(),
                    at: &entry.at,
                });
                property
                    .keys
                    .extend(key(reference).filter(|key| !property.keys.contains(key)));
            }
            for wire in required {
                if !fields.required.contains(&wire.as_str()) {
                    fields.required.push(wire);
                }
            }
            fields.additional = wider(fields.additional, additional);
        }
        fields
    }

    /// The members of a value that fits any of several sets of schemas: required is what all of them require.
    pub fn any(sets: &[Vec<&'a SchemaEntry>]) -> Self {
        let mut whole = Fields {
            any: true,
            ..Fields::default()
        };
        for (index, set) in sets.iter().enumerate() {
            let fields = Fields::all(set);
            match index {
                0 => whole.required = fields.required,
                _ => whole.required.retain(|wire| fields.required.contains(wire)),
            }
            for (wire, property) in fields.properties {
                let known = whole.properties.entry(wire).or_insert_with(|| Property {
                    keys: Vec::new(),
                    at: property.at,
                });
                let new: Vec<_> = property
                    .keys
                    .into_iter()
                    .filter(|key| !known.keys.contains(key))
                    .collect();
                known.keys.extend(new);
            }
            whole.additional = wider(whole.additional, fields.additional);
            whole.further.extend(fields.further);
        }
        for entry in sets.iter().flatten() {
            let (_, required, _) = members(entry);
            let is_kept = |wire: &String| whole.required.contains(&wire.as_str());
            if !required.iter().all(is_kept) {
                whole.choosy.push(&entry.at);
            }
        }
        whole
    }
}

/// What one schema says about members: those with a name, those that have to be there, and others, with the keys of their schemas.
type Said<'a> = (
    Option<&'a IndexMap<String, ReferenceOr<Box<Schema>>>>,
    &'a [String],
    (Option<Source<'a>>, Vec<&'a str>),
);

fn members<'a>(entry: &'a SchemaEntry) -> Said<'a> {
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
        Some(AdditionalProperties::Any(false)) => Some(Source::Nothing),
        Some(AdditionalProperties::Any(true)) => Some(Source::Any),
        Some(AdditionalProperties::Schema(schema)) => key(schema).map(Source::Schema),
    };
    let patterns = entry.facts.pattern_properties.as_slice();
    let mut further: Vec<&str> = patterns.iter().map(|(_, key)| key.as_str()).collect();
    if let Some(Source::Schema(key)) = additional {
        further.push(key);
    }
    let patterned = match patterns {
        [] => None,
        [(_, key)] => Some(Source::Schema(key)),
        _ => Some(Source::Mixed),
    };
    let all_match = patterns.iter().any(|(pattern, _)| fits_every_name(pattern));
    let additional = match (additional, patterned) {
        (Some(Source::Nothing), Some(patterned)) => Some(patterned),
        (_, Some(patterned)) if all_match => Some(patterned),
        // a name that no pattern fits can have any value, unless there are no such names
        (_, Some(_)) => Some(Source::Mixed),
        (additional, None) => additional,
    };
    (properties, required, (additional, further))
}

/// Whether a pattern fits all names, as documents write it who mean a map.
fn fits_every_name(pattern: &str) -> bool {
    matches!(pattern, "" | ".*" | "^.*" | ".*$" | "^.*$" | "^")
}

/// Of two statements about further members the one that lets more in: a merged value has the members of all.
fn wider<'a>(one: Option<Source<'a>>, other: Option<Source<'a>>) -> Option<Source<'a>> {
    match (one, other) {
        (None | Some(Source::Nothing), other) => other.or(one),
        (one, None | Some(Source::Nothing)) => one,
        (one, other) if one == other => one,
        _ => Some(Source::Mixed),
    }
}

impl<'a> Lowering<'a> {
    /// The members of an object, in the document's order, and what it says about others.
    pub(super) fn fields(&mut self, fields: &Fields<'a>, place: &Place) -> Struct {
        let mut members = Vec::new();
        for (wire, property) in &fields.properties {
            let required = fields.required.contains(wire);
            members.push(self.member(wire, property, (required, fields.any), place));
        }
        for at in &fields.choosy {
            let text =
                "only some branches of an `anyOf` require these members, so they are optional";
            self.unchecked(at.child("required"), text);
        }
        for wire in fields
            .required
            .iter()
            .filter(|wire| !fields.properties.contains_key(*wire))
        {
            members.push(self.undeclared(wire, place));
        }
        let rest = match fields.additional {
            None | Some(Source::Nothing) => None,
            Some(Source::Any) => Some(TypeRef::Any),
            Some(Source::Mixed) => Some(self.mixed(&fields.further)),
            Some(Source::Schema(key)) => Some(self.type_of(key, &place.values())),
        };
        self.tell_apart(&mut members, rest.is_some(), place);
        Struct { members, rest }
    }

    fn member(
        &mut self,
        wire: &str,
        property: &Property<'a>,
        (required, any): (bool, bool),
        place: &Place,
    ) -> Member {
        let origin = property.at.child("properties").child(wire);
        let keys = property.keys.as_slice();
        let here = Place {
            at: origin.clone(),
            ..place.property(wire)
        };
        let ty = match any {
            true => self.type_of_any(keys, &here),
            false => self.type_of_merged(keys, &here),
        };
        let nullable = match any {
            true => keys.iter().any(|key| self.nullable(key)),
            false => keys.iter().all(|key| self.fits_null(key)),
        };
        // any JSON has a `null` of its own
        let presence = match (required, nullable && ty != TypeRef::Any) {
            (true, false) => Presence::Required,
            (true, true) => Presence::Nullable,
            (false, false) => Presence::Optional,
            (false, true) => Presence::Tristate,
        };
        let read_only = keys
            .iter()
            .any(|key| self.document.schema_at(key).value.schema_data.read_only);
        let mut all = keys.iter().map(|key| self.member_docs(key, &origin));
        let mut docs = all.find(|docs| *docs != Docs::default());
        if let Some(docs) = &mut docs {
            // the other schemas of the member hold as well
            for note in all.flat_map(|other| other.notes) {
                if !docs.notes.contains(&note) {
                    docs.notes.push(note);
                }
            }
        }
        Member {
            name: self.member_name(wire, property.at, &origin),
            origin,
            docs: docs.unwrap_or_default(),
            ty,
            presence,
            read_only,
        }
    }

    /// A member that several schemas of an `allOf` have: the schemas that say something say it together.
    fn type_of_merged(&mut self, keys: &[&'a str], place: &Place) -> TypeRef {
        if let [key] = keys {
            return self.type_without_null(key, place);
        }
        let mut saying: Vec<&'a str> = Vec::new();
        for key in keys {
            let pieces = self.pieces(&Sum::one(key));
            if !pieces.own.is_empty() || !pieces.alternatives.is_empty() {
                saying.push(key);
            }
        }
        match saying.as_slice() {
            [] => TypeRef::Any,
            [key] => self.type_without_null(key, place),
            // named by both and equal, as in a base that a child repeats
            [first, rest @ ..] if rest.iter().all(|key| self.says_the_same(first, key)) => {
                self.type_without_null(first, place)
            }
            several => self.type_of_all(
                &Sum {
                    whole: several.to_vec(),
                    ..Sum::default()
                },
                place,
            ),
        }
    }

    fn says_the_same(&self, one: &str, other: &str) -> bool {
        let [one, other] = [one, other].map(|key| self.document.schema_at(key));
        one.value.schema_kind == other.value.schema_kind && one.facts == other.facts
    }

    /// A member that several branches of an `anyOf` have, perhaps each with a type of its own.
    fn type_of_any(&mut self, keys: &[&'a str], place: &Place) -> TypeRef {
        let [first, rest @ ..] = keys else {
            return TypeRef::Any;
        };
        if rest.iter().all(|key| self.says_the_same(first, key)) {
            return self.type_without_null(first, place);
        }
        self.type_of_all(&Sum::any(keys), place)
    }

    /// A `required` name without a property: it has to be there, and nothing is said about it.
    fn undeclared(&mut self, wire: &str, place: &Place) -> Member {
        let origin = place.at.child("required");
        let docs = Docs {
            description: Some("Required, and not described any further.".to_owned()),
            ..Docs::default()
        };
        let name = self.member_name(wire, &place.at, &place.at.child("properties").child(wire));
        Member {
            name,
            origin,
            docs,
            ty: TypeRef::Any,
            presence: Presence::Required,
            read_only: false,
        }
    }

    /// `codegen.yaml` names a member by its place or as `Schema.member`.
    fn member_name(&mut self, wire: &str, object: &Pointer, origin: &Pointer) -> Name {
        let by_place = self.address(origin);
        let by_name = format!("{}.{wire}", object.name().unwrap_or_default());
        let chosen = [by_place, by_name].into_iter().find_map(|key| {
            let rust = self.options.rename.members.get(&key)?.clone();
            self.used_renames.insert(key);
            Some(rust)
        });
        Name {
            wire: wire.to_owned(),
            rust: chosen.unwrap_or_else(|| name::member_name(wire)),
        }
    }

    /// Of two members that would be one field in Rust the later one gets a number, with a warning: neither is renamed silently.
    fn tell_apart(&mut self, members: &mut [Member], has_rest: bool, place: &Place) {
        let mut seen: BTreeMap<String, Option<Pointer>> = BTreeMap::new();
        if has_rest {
            seen.insert(REST.to_owned(), None);
        }
        for member in members {
            let rust = member.name.rust.clone();
            let Some(first) = seen.get(&rust).cloned() else {
                seen.insert(rust, Some(member.origin.clone()));
                continue;
            };
            let mut numbered =
                (2..).map(|number| format!("{}_{number}", rust.trim_end_matches('_')));
            let free = numbered
                .find(|name| !seen.contains_key(name))
                .unwrap_or_default();
            let taker = match first {
                Some(_) => "another member of this object",
                None => "the members that the schema does not name",
            };
            let text =
                format!("the field name `{rust}` is taken by {taker}, so this one is `{free}`");
            let key = self.address(&place.at.child("properties").child(&member.name.wire));
            let mut finding = Diagnostic::new(code::NAME_TAKEN, member.origin.clone(), text)
                .help(settle(RenameKind::Members, &key, &free));
            if let Some(first) = first {
                finding = finding.related(first, "this member has the same name in Rust");
            }
            self.diagnostics.push(finding);
            seen.insert(free.clone(), Some(member.origin.clone()));
            member.name.rust = free;
        }
    }
}
