//! Schemas to types: which Rust type each schema is, and what that is called.
//!
//! Ids are reserved for all component schemas first, then each is filled, so that a schema can refer to one that comes
//! later or to itself. Nothing here knows operations: they ask for the types of their schemas.

mod annotations;
mod any_of;
mod choices;
mod classify;
mod component_index;
mod composition;
mod documentation;
mod enumeration;
mod fields;
mod flat_enum;
mod hierarchy;
mod listing;
mod notes;
mod nullability;
mod object;
mod reports;
mod scalar;
mod scalars;
mod set;
mod site;
mod table;
mod tags;
#[cfg(test)]
mod tests;
mod types;
mod union;
mod variant_names;

pub(super) use choices::UsedChoices;
pub(super) use composition::{is_composed, key, says_something};
pub(super) use scalar::string as scalar_of_string;
pub(super) use site::SchemaSite;
pub(super) use table::{BodyDraft, BranchDraft, Listed, TypeDraft, TypeTable, UnionDraft};

use std::collections::VecDeque;

use foldhash::HashMap;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::{Docs, Name, TypeId};
use crate::name::{self, Scope, ScopeKind, Wish};
use crate::options::{Options, RenameKind};
use crate::pointer::Pointer;
use crate::resolve::Document;
use component_index::ComponentIndex;
use fields::Fields;
use hierarchy::Hierarchies;
use nullability::Nullability;
use set::{SchemaSet, TypeKey};
use table::Filling;

/// The owner of everything about schemas while types are made.
pub(super) struct Schemas<'a> {
    /// The document.
    pub document: &'a Document,
    /// What the caller chose.
    pub options: &'a Options,
    /// What is worth telling, errors included.
    pub diagnostics: &'a mut Diagnostics,
    components: ComponentIndex<'a>,
    hierarchies: Hierarchies<'a>,
    table: TypeTable,
    /// The types that are made or being made, by what they are made of.
    keys: HashMap<TypeKey<'a>, TypeId>,
    /// The names of the types.
    names: Scope,
    /// The schemas that are being made, from the outside in.
    in_progress: Vec<InProgress<'a>>,
    /// Structs that are named and not yet made.
    unfilled: VecDeque<Unfilled<'a>>,
    used: UsedChoices,
    nullability: Nullability<'a>,
    /// Whether it was reported that too many `allOf`s follow one another.
    is_over_hops: bool,
}

/// A level of schemas in schemas.
#[derive(Debug, PartialEq, Eq)]
enum InProgress<'a> {
    /// The type of a schema, or of several.
    Type(TypeKey<'a>),
    /// The members of a struct.
    Members,
}

/// A struct that is named and not yet made.
struct Unfilled<'a> {
    id: TypeId,
    fields: Fields<'a>,
    place: SchemaSite,
    docs: Docs,
}

/// What `finish` takes over from the schemas.
pub(super) struct SchemaDrafts {
    /// The types.
    pub table: TypeTable,
    /// The names of the types.
    pub names: Scope,
    /// The choices of `codegen.yaml` that were of use.
    pub used: UsedChoices,
}

impl<'a> Schemas<'a> {
    /// Makes the types of all component schemas, and of what is inline in them.
    pub fn of(
        document: &'a Document,
        options: &'a Options,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let components = ComponentIndex::of(document);
        let hierarchies = Hierarchies::of(document, &components);
        let mut schemas = Schemas {
            document,
            options,
            diagnostics,
            components,
            hierarchies,
            table: TypeTable::default(),
            keys: HashMap::default(),
            names: Scope::new(ScopeKind::Type),
            in_progress: Vec::new(),
            unfilled: VecDeque::new(),
            used: UsedChoices::default(),
            nullability: Nullability::default(),
            is_over_hops: false,
        };
        let ids = schemas.reserve();
        schemas.fill(&ids);
        schemas
    }

    /// Ends the work on schemas.
    pub fn into_drafts(self) -> SchemaDrafts {
        SchemaDrafts {
            table: self.table,
            names: self.names,
            used: self.used,
        }
    }

    /// Gives every component schema an id and a name, in the order of the components.
    fn reserve(&mut self) -> Vec<TypeId> {
        let document = self.document;
        let mut wishes = Vec::with_capacity(document.components.len());
        for component in &document.components {
            let wire = component.name.as_str();
            let chosen = self.rename_type(Some(wire), &component.at);
            let is_chosen = chosen.is_some();
            let rust = chosen.unwrap_or_else(|| name::type_name(wire));
            let wish = Wish::new(rust, &component.at).spelled(wire);
            let key = self.rename_key(&component.at);
            wishes.push(wish.chosen(is_chosen).renamed_by(RenameKind::Types, [key]));
        }
        let claims = self.names.claim_all(&wishes);
        let mut ids = Vec::with_capacity(document.components.len());
        for (component, claim) in document.components.iter().zip(claims) {
            self.diagnostics.extend(claim.collision);
            let name = Name {
                wire: component.name.clone(),
                rust: claim.name,
            };
            ids.push(self.table.reserve(name, component.at.clone()));
        }
        // `Pet: { $ref: schemas/pet.yaml }`: a schema in another file goes by the first component that refers to it,
        // unless it is a component itself
        let own = |at: &Pointer, target: &str| at.to_string() == target;
        for is_own in [true, false] {
            for (component, id) in document.components.iter().zip(&ids) {
                if own(&component.at, &component.target) == is_own {
                    let key = SchemaSet::one(&component.target).key();
                    self.keys.entry(key).or_insert(*id);
                }
            }
        }
        ids
    }

    /// Makes the type of every component schema, and of what is inline in it. What two of them have in common is named
    /// after the first by name, since the order of the document says nothing.
    fn fill(&mut self, ids: &[TypeId]) {
        let mut all: Vec<_> = self.document.components.iter().zip(ids).collect();
        all.sort_by(|(one, _), (other, _)| one.name.cmp(&other.name));
        for (component, id) in all {
            let Some(name) = self.table.name(*id) else {
                continue;
            };
            let place = SchemaSite::component(name, &component.at);
            if self.type_of_key(&component.target) == Some(*id) {
                self.define(*id, &component.target, &place);
            } else {
                let target = self.type_without_null(&component.target, &place);
                let filling = Filling {
                    module: place.module,
                    docs: Docs::default(),
                    nullable: self.nullable(&component.target),
                    body: BodyDraft::Alias(target),
                };
                self.table.fill(*id, filling);
            }
        }
    }

    /// Returns the type that is made of one schema, if there is one already.
    pub fn type_of_key(&self, key: &str) -> Option<TypeId> {
        let keys: &HashMap<TypeKey<'_>, TypeId> = &self.keys;
        keys.get(&SchemaSet::one(key).key()).copied()
    }

    /// Returns whether a type name belongs to a component schema.
    pub fn is_component_name(&self, rust: &str) -> bool {
        self.names
            .holder(rust)
            .is_some_and(|at| at.path().starts_with("/components/schemas/"))
    }

    /// Reserves the type of an inline schema, by the wanted name or, when another schema has it, by one that also says
    /// what the type is, or how the last part of its place is spelled.
    fn claim(&mut self, wire: &str, wanted: String, noun: &str, at: &Pointer) -> (TypeId, String) {
        let with_noun = ScopeKind::Type.with_suffix(&wanted, noun);
        let last = wire.rsplit('.').next().unwrap_or(wire);
        let wish = Wish::new(wanted, at).or(with_noun).spelled(last);
        let key = self.rename_key(at);
        let claim = self.names.claim(wish.renamed_by(RenameKind::Types, [key]));
        self.diagnostics.extend(claim.collision);
        let name = Name {
            wire: wire.to_owned(),
            rust: claim.name.clone(),
        };
        (self.table.reserve(name, at.clone()), claim.name)
    }

    /// Gives up a type that turned out not to be needed.
    fn release(&mut self, id: TypeId, key: &TypeKey<'a>) {
        if let Some(name) = self.table.release(id) {
            self.names.release(&name.rust);
        }
        self.keys.remove(key);
    }

    /// Reports something.
    pub fn report(&mut self, finding: Diagnostic) {
        self.diagnostics.push(finding);
    }
}
