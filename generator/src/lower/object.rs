//! Objects with named members.

use std::collections::BTreeMap;

use openapiv3::{AdditionalProperties, Schema};

use super::place::Place;
use super::schema::{Fields, key};
use super::{Lowering, name};
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{Docs, Member, Name, Presence, Struct, TypeRef};
use crate::options::{RenameKind, rename_line};
use crate::pointer::Pointer;
use crate::resolve::{Entry, SchemaFacts};

impl Lowering<'_> {
    /// The members of an object, in the document's order, and what it says about others.
    pub(super) fn fields(
        &mut self,
        fields: &Fields<'_>,
        entry: &Entry<Schema, SchemaFacts>,
        place: &Place,
    ) -> Struct {
        let mut members = Vec::new();
        for (wire, reference) in fields.properties {
            let Some(key) = key(reference) else { continue };
            let required = fields.required.contains(wire);
            members.push(self.member(wire, key, required, entry, place));
        }
        for wire in fields
            .required
            .iter()
            .filter(|wire| !fields.properties.contains_key(*wire))
        {
            members.push(self.undeclared(wire, entry));
        }
        self.tell_apart(&mut members);
        let rest = match fields.additional {
            None | Some(AdditionalProperties::Any(false)) => None,
            Some(AdditionalProperties::Any(true)) => Some(TypeRef::Any),
            Some(AdditionalProperties::Schema(schema)) => {
                key(schema).map(|key| self.type_of(key, &place.values()))
            }
        };
        Struct { members, rest }
    }

    fn member(
        &mut self,
        wire: &str,
        key: &str,
        required: bool,
        entry: &Entry<Schema, SchemaFacts>,
        place: &Place,
    ) -> Member {
        let origin = entry.at.child("properties").child(wire);
        let ty = self.type_without_null(key, &place.property(wire));
        // any JSON has a `null` of its own
        let nullable = self.nullable(key) && ty != TypeRef::Any;
        let presence = match (required, nullable) {
            (true, false) => Presence::Required,
            (true, true) => Presence::Nullable,
            (false, false) => Presence::Optional,
            (false, true) => Presence::Tristate,
        };
        let docs = self.member_docs(key, &origin);
        let read_only = self.document.schema_at(key).value.schema_data.read_only;
        Member {
            name: self.member_name(wire, entry, &origin),
            origin,
            docs,
            ty,
            presence,
            read_only,
        }
    }

    /// A `required` name without a property: it has to be there, and nothing is said about it.
    fn undeclared(&mut self, wire: &str, entry: &Entry<Schema, SchemaFacts>) -> Member {
        let origin = entry.at.child("required");
        let docs = Docs {
            description: Some("Required, and not described any further.".to_owned()),
            ..Docs::default()
        };
        let name = self.member_name(wire, entry, &entry.at.child("properties").child(wire));
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
    fn member_name(
        &mut self,
        wire: &str,
        entry: &Entry<Schema, SchemaFacts>,
        origin: &Pointer,
    ) -> Name {
        let by_place = format!("#{}", origin.path());
        let by_name = format!("{}.{wire}", entry.at.name().unwrap_or_default());
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

    /// Two members that would be one field in Rust are an error: neither is renamed silently.
    fn tell_apart(&mut self, members: &mut Vec<Member>) {
        let mut seen: BTreeMap<String, Pointer> = BTreeMap::new();
        members.retain(|member| match seen.get(&member.name.rust) {
            None => {
                seen.insert(member.name.rust.clone(), member.origin.clone());
                true
            }
            Some(first) => {
                let rust = &member.name.rust;
                let key = format!("#{}", member.origin.path());
                let line = rename_line(RenameKind::Members, &key, &format!("{rust}_2"));
                let text =
                    format!("the field name `{rust}` is taken by another member of this object");
                self.diagnostics.push(
                    Diagnostic::new(code::NAME_COLLISION, member.origin.clone(), text)
                        .related(first.clone(), "this member has the same name in Rust")
                        .help(format!(
                            "give one of them a name of its own in `codegen.yaml`:\n{line}"
                        )),
                );
                false
            }
        });
    }
}
