//! Objects with named members, as structs.

use std::collections::BTreeSet;

use super::annotations::Annotations;
use super::fields::{AdditionalMembers, Fields, Merge, Property};
use super::set::SchemaSet;
use super::{SchemaSite, Schemas};
use crate::ir::{Docs, Member, MergedBranch, Name, Note, Presence, REST, Struct, TypeRef};
use crate::name::{self, Scope, ScopeKind, Wish};
use crate::options::RenameKind;
use crate::pointer::Pointer;

impl<'a> Schemas<'a> {
    /// Makes the members of an object, in the document's order, and the type of its additional ones.
    pub(super) fn fields(&mut self, fields: &Fields<'a>, place: &SchemaSite) -> Struct {
        for at in &fields.partially_required {
            let text =
                "only some branches of this `anyOf` require these members, so they are optional";
            self.not_enforced(at.child("required"), text);
        }
        let described: BTreeSet<&str> = fields.properties.keys().copied().collect();
        let mut undescribed = fields.required.clone();
        undescribed.retain(|wire| !described.contains(*wire));
        let mut names = self.member_names(fields, &undescribed, place).into_iter();
        let mut members = Vec::new();
        for (property, (name, stem)) in fields.properties.values().zip(names.by_ref()) {
            members.push(self.member(name, &stem, (property, fields), place));
        }
        for (name, _) in names {
            members.push(undescribed_member(name, place));
        }
        self.order_members(&mut members, &place.at, |member| &member.name.wire);
        let rest = match fields.additional {
            None | Some(AdditionalMembers::None) => None,
            Some(AdditionalMembers::Any) => Some(TypeRef::Any),
            Some(AdditionalMembers::Mixed) => Some(self.mixed(&fields.additional_schemas)),
            Some(AdditionalMembers::Schema(key)) => Some(self.type_of(key, &place.values())),
        };
        Struct {
            members,
            rest,
            branches: self.merged_branches(fields, place),
            required_type: None,
        }
    }

    /// Makes a member; the type of an inline schema of it is named after the stem.
    fn member(
        &mut self,
        name: Name,
        stem: &str,
        (property, fields): (&Property<'a>, &Fields<'a>),
        place: &SchemaSite,
    ) -> Member {
        let wire = name.wire.as_str();
        let origin = property.at.child("properties").child(wire);
        let keys = property.keys.as_slice();
        let here = SchemaSite {
            at: origin.clone(),
            ..place.property(wire, stem)
        };
        let (ty, nullable) = match property.merge {
            Merge::All => (self.type_of_all(keys, &here), self.nullable_together(keys)),
            Merge::Any => (
                self.type_of_any(keys, &here),
                keys.iter().any(|key| self.nullable(key)),
            ),
        };
        // any JSON has a `null` of its own
        let presence = match (
            fields.required.contains(&wire),
            nullable && ty != TypeRef::Any,
        ) {
            (true, false) => Presence::Required,
            (true, true) => Presence::Nullable,
            (false, false) => Presence::Optional,
            (false, true) => Presence::Tristate,
        };
        let annotations = self.annotations(keys);
        Member {
            name,
            docs: self.docs_of_member(keys, &origin, annotations),
            origin,
            ty,
            presence,
            read_only: annotations.read_only,
            write_only: annotations.write_only,
            needed_in_requests: false,
            secret: annotations.secret,
            null_setter: None,
            fixed: None,
        }
    }

    /// Returns the branches of an `anyOf` that are types of their own.
    fn merged_branches(&mut self, fields: &Fields<'a>, place: &SchemaSite) -> Vec<MergedBranch> {
        let mut named = Vec::new();
        for key in &fields.branches {
            if !self.has_own_name(key) {
                continue;
            }
            let id = self.type_without_null(key, place).id();
            named.extend(id.and_then(|id| Some((id, self.table.name(id)?.clone()))));
        }
        let wishes = named.iter().map(|(_, name)| {
            let method = name::member_name(&format!("as_{}", name.rust));
            Wish::new(method, &place.at).spelled(&name.wire)
        });
        let claims = Scope::new(ScopeKind::Accessor).claim_all(&wishes.collect::<Vec<_>>());
        let branches = named.into_iter().zip(claims);
        branches
            .map(|((id, name), claim)| MergedBranch {
                name: Name {
                    wire: name.wire.clone(),
                    rust: claim.name,
                },
                ty: TypeRef::Named(id),
            })
            .collect()
    }

    /// Returns the documentation of the first schema that has some, with the notes of all others.
    fn docs_of_member(&self, keys: &[&'a str], origin: &Pointer, annotations: Annotations) -> Docs {
        let is_named = |key: &str| match keys {
            [_] => self.type_of_key(key).is_some(),
            // the type is that of all of them: each has one of its own only if it is a component
            _ => self.components.with_key(key).is_some(),
        };
        let each = keys.iter();
        let mut all = each.map(|key| self.member_docs(key, origin, is_named(key)));
        let mut docs = all
            .find(|docs| *docs != Docs::default())
            .unwrap_or_default();
        for note in all.flat_map(|other| other.notes) {
            if !docs.notes.contains(&note) {
                docs.notes.push(note);
            }
        }
        docs.deprecated = annotations.deprecated;
        docs.notes
            .extend(annotations.read_only.then_some(Note::ReadOnly));
        docs.notes
            .extend(annotations.write_only.then_some(Note::WriteOnly));
        docs
    }

    /// Returns the type of a member that several schemas of an `allOf` have: those that say something say it together.
    fn type_of_all(&mut self, keys: &[&'a str], place: &SchemaSite) -> TypeRef {
        if let [key] = keys {
            return self.type_without_null(key, place);
        }
        let mut saying: Vec<&'a str> = Vec::new();
        for key in keys {
            let composition = self.composition(&SchemaSet::one(key));
            if !composition.subschemas.is_empty() || !composition.alternatives.is_empty() {
                saying.push(key);
            }
        }
        match saying.as_slice() {
            [] => TypeRef::Any,
            // one, or several that are equal, as in a base that a subtype repeats
            [first, rest @ ..] if rest.iter().all(|key| self.is_equal(first, key)) => {
                self.type_without_null(first, place)
            }
            _ => self.type_of_set(&SchemaSet::all(saying), place),
        }
    }

    /// Returns the type of a member that several branches of an `anyOf` have, perhaps each with a type of its own.
    fn type_of_any(&mut self, keys: &[&'a str], place: &SchemaSite) -> TypeRef {
        match keys {
            [] => TypeRef::Any,
            [first, rest @ ..] if rest.iter().all(|key| self.is_equal(first, key)) => {
                self.type_without_null(first, place)
            }
            _ => self.type_of_set(&SchemaSet::any(keys), place),
        }
    }

    /// Names the members of a struct, those without a property last, each with the stem of its inline types: the name
    /// on the wire, or the one in Rust if another member has the same.
    fn member_names(
        &mut self,
        fields: &Fields<'a>,
        undescribed: &[&'a str],
        place: &SchemaSite,
    ) -> Vec<(Name, String)> {
        let described = fields.properties.iter();
        let described = described.map(|(wire, property)| {
            (
                *wire,
                property.at,
                property.at.child("properties").child(wire),
            )
        });
        let here = |wire: &&'a str| (*wire, &place.at, place.at.child("required"));
        let all: Vec<_> = described.chain(undescribed.iter().map(here)).collect();
        let mut chosen = Vec::with_capacity(all.len());
        for (wire, object, _) in &all {
            chosen.push(self.chosen_member(wire, object));
        }
        let mut scope = Scope::new(ScopeKind::Field);
        if fields.has_rest() {
            scope = scope.reserve([REST], "the members that the schema does not name");
        }
        let wishes = all.iter().zip(&chosen).map(|((wire, _, origin), chosen)| {
            let key = self.address(&place.at.child("properties").child(wire));
            let rust = chosen.clone().unwrap_or_else(|| name::member_name(wire));
            Wish::new(rust, origin)
                .spelled(wire)
                .chosen(chosen.is_some())
                .renamed_by(RenameKind::Members, [key])
        });
        let claims = scope.claim_all(&wishes.collect::<Vec<_>>());
        let named = all.iter().zip(claims).map(|((wire, ..), claim)| {
            let stem = match &claim.collision {
                Some(_) => claim.name.clone(),
                None => (*wire).to_owned(),
            };
            self.diagnostics.extend(claim.collision);
            let name = Name {
                wire: (*wire).to_owned(),
                rust: claim.name,
            };
            (name, stem)
        });
        named.collect()
    }

    /// Returns the name that `codegen.yaml` gives a member, by its place or as `Schema.member`.
    fn chosen_member(&mut self, wire: &str, object: &Pointer) -> Option<String> {
        let renames = &self.options.rename.members;
        if renames.is_empty() {
            return None;
        }
        let by_place = self.address(&object.child("properties").child(wire));
        let by_name = format!("{}.{wire}", object.name().unwrap_or_default());
        let (key, rust) = [by_place, by_name]
            .into_iter()
            .find_map(|key| renames.get_key_value(&key))?;
        self.rename_used(key);
        Some(rust.clone())
    }
}

/// Makes the member of a `required` name without a property: it has to be there, and nothing is said about it.
fn undescribed_member(name: Name, place: &SchemaSite) -> Member {
    Member {
        name,
        origin: place.at.child("required"),
        docs: Docs {
            notes: vec![Note::Undeclared],
            ..Docs::default()
        },
        ty: TypeRef::Any,
        presence: Presence::Required,
        read_only: false,
        write_only: false,
        needed_in_requests: false,
        secret: false,
        null_setter: None,
        fixed: None,
    }
}
