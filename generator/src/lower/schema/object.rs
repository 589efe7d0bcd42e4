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
        let mut scope = Scope::new(ScopeKind::Field);
        if fields.has_rest() {
            scope = scope.reserve([REST], "the members that the schema does not name");
        }
        let mut members = Vec::new();
        for (wire, property) in &fields.properties {
            let member = self.member(wire, property, fields, place);
            members.push(self.with_free_name(member, place, &mut scope));
        }
        for at in &fields.partially_required {
            let text =
                "only some branches of this `anyOf` require these members, so they are optional";
            self.not_enforced(at.child("required"), text);
        }
        let described: BTreeSet<&str> = fields.properties.keys().copied().collect();
        for wire in fields
            .required
            .iter()
            .filter(|wire| !described.contains(*wire))
        {
            let member = self.undescribed(wire, place);
            members.push(self.with_free_name(member, place, &mut scope));
        }
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
        }
    }

    fn member(
        &mut self,
        wire: &str,
        property: &Property<'a>,
        fields: &Fields<'a>,
        place: &SchemaSite,
    ) -> Member {
        let origin = property.at.child("properties").child(wire);
        let keys = property.keys.as_slice();
        let here = SchemaSite {
            at: origin.clone(),
            ..place.property(wire)
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
            name: self.member_name(wire, property.at, &origin),
            docs: self.docs_of_member(keys, &origin, annotations),
            origin,
            ty,
            presence,
            read_only: annotations.read_only,
            write_only: annotations.write_only,
            needed_in_requests: false,
            secret: annotations.secret,
            fixed: None,
        }
    }

    /// Returns the branches of an `anyOf` that are types of their own.
    fn merged_branches(&mut self, fields: &Fields<'a>, place: &SchemaSite) -> Vec<MergedBranch> {
        let mut scope = Scope::new(ScopeKind::Field);
        let mut branches: Vec<MergedBranch> = Vec::new();
        for key in &fields.branches {
            let named = self.type_of_key(key);
            let Some((id, name)) = named.and_then(|id| Some((id, self.table.name(id)?))) else {
                continue;
            };
            let method = name::member_name(&format!("as_{}", name.rust));
            let wire = name.wire.clone();
            let claim = scope.claim(Wish::new(method, &place.at));
            branches.push(MergedBranch {
                name: Name {
                    wire,
                    rust: claim.name,
                },
                ty: TypeRef::Named(id),
            });
        }
        branches
    }

    /// Returns the documentation of the first schema that has some, with the notes of all others.
    fn docs_of_member(&self, keys: &[&'a str], origin: &Pointer, annotations: Annotations) -> Docs {
        let mut all = keys.iter().map(|key| self.member_docs(key, origin));
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

    /// Makes the member of a `required` name without a property: it has to be there, and nothing is said about it.
    fn undescribed(&mut self, wire: &str, place: &SchemaSite) -> Member {
        let name = self.member_name(wire, &place.at, &place.at.child("properties").child(wire));
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
            fixed: None,
        }
    }

    /// Returns the name that a member would like: by `codegen.yaml`, which names it by its place or as `Schema.member`,
    /// or else by its own.
    fn member_name(&mut self, wire: &str, object: &Pointer, origin: &Pointer) -> Name {
        let by_place = self.address(origin);
        let by_name = format!("{}.{wire}", object.name().unwrap_or_default());
        let renames = &self.options.rename.members;
        let chosen = [by_place, by_name]
            .into_iter()
            .find_map(|key| renames.get_key_value(&key));
        let rust = match chosen {
            Some((key, rust)) => {
                self.rename_used(key);
                rust.clone()
            }
            None => name::member_name(wire),
        };
        Name {
            wire: wire.to_owned(),
            rust,
        }
    }

    /// Claims the name of a member in its struct.
    fn with_free_name(
        &mut self,
        mut member: Member,
        place: &SchemaSite,
        scope: &mut Scope,
    ) -> Member {
        let key = self.address(&place.at.child("properties").child(&member.name.wire));
        let claim = scope.claim(
            Wish::new(member.name.rust, &member.origin).renamed_by(RenameKind::Members, key),
        );
        self.diagnostics.extend(claim.collision);
        member.name.rust = claim.name;
        member
    }
}
