//! The types that are being made, by id: reserved first, so that schemas can refer to one another, then filled.

use crate::ir::{
    Docs, IntegerValue, ListedValue, MergedBranch, Name, Struct, Tuple, TypeId, TypeRef,
};
use crate::pointer::Pointer;

/// The types of a document while they are made.
#[derive(Debug, Default)]
pub(in crate::lower) struct TypeTable {
    slots: Vec<Slot>,
}

#[derive(Debug)]
enum Slot {
    /// Named, and referred to by others perhaps.
    Reserved(Reservation),
    /// Complete, as far as a schema can tell.
    Filled(TypeDraft),
    /// Not needed after all; nothing refers to it.
    Released,
}

/// A type that has its name and nothing else.
#[derive(Debug)]
struct Reservation {
    name: Name,
    origins: Vec<Pointer>,
}

/// A type as its schema describes it; `finish` adds what depends on its uses.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::lower) struct TypeDraft {
    /// The schema's name or place, and the Rust type's name.
    pub name: Name,
    /// The module that holds it.
    pub module: String,
    /// The places of its schema.
    pub origins: Vec<Pointer>,
    /// Its documentation.
    pub docs: Docs,
    /// Whether the schema allows `null`.
    pub nullable: bool,
    /// Its definition.
    pub body: BodyDraft,
}

/// The definition of a type.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::lower) enum BodyDraft {
    /// A JSON object with named members.
    Struct(Struct),
    /// Listed strings.
    Strings(Listed<ListedValue>),
    /// Listed integers.
    Integers(Listed<IntegerValue>),
    /// Listed values of other types, or of several.
    Values(Listed<ListedValue>),
    /// An array whose first items have a type each.
    Tuple(Tuple),
    /// A value of one of several types.
    Union(UnionDraft),
    /// Another name for a type.
    Alias(TypeRef),
    /// A list or map that contains itself.
    Wrapper(TypeRef),
}

/// The values of an enum.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::lower) struct Listed<T> {
    /// The values, in the document's order.
    pub values: Vec<T>,
    /// Whether the schema allows only one value, by `const`: another is an error.
    pub is_constant: bool,
}

/// A union as its schema describes it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::lower) struct UnionDraft {
    /// The member that tells the branches apart, if the document names one.
    pub discriminator: Option<String>,
    /// The branches, in the document's order.
    pub branches: Vec<BranchDraft>,
    /// Whether one value can be of several branches: `anyOf`.
    pub is_any_of: bool,
}

/// A branch of a union.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::lower) struct BranchDraft {
    /// The schema's name or its number, and the variant's name.
    pub name: Name,
    /// The type of the value.
    pub ty: TypeRef,
    /// Values of the discriminator that mean this branch.
    pub tags: Vec<String>,
    /// Members with the values that they can have in this branch, as strings.
    pub constants: Vec<(String, Vec<String>)>,
    /// Values of the discriminator that the branch lists although its tags are others, and that are a tag of no branch.
    pub listed: Vec<String>,
    /// Whether the other branches are its subtypes.
    pub is_base: bool,
    /// Whether it should not be used any more.
    pub deprecated: bool,
}

/// What a type gets when it is filled.
#[derive(Debug)]
pub(in crate::lower) struct Filling {
    /// The module that holds it.
    pub module: String,
    /// Its documentation.
    pub docs: Docs,
    /// Whether the schema allows `null`.
    pub nullable: bool,
    /// Its definition.
    pub body: BodyDraft,
}

impl TypeTable {
    /// Gives a type an id and a name.
    pub fn reserve(&mut self, name: Name, origin: Pointer) -> TypeId {
        self.slots.push(Slot::Reserved(Reservation {
            name,
            origins: vec![origin],
        }));
        TypeId(self.slots.len() - 1)
    }

    /// Completes a reserved type.
    pub fn fill(&mut self, id: TypeId, filling: Filling) {
        let Some(slot) = self.slots.get_mut(id.0) else {
            return;
        };
        let Slot::Reserved(Reservation { name, origins }) = std::mem::replace(slot, Slot::Released)
        else {
            return;
        };
        *slot = Slot::Filled(TypeDraft {
            name,
            module: filling.module,
            origins,
            docs: filling.docs,
            nullable: filling.nullable,
            body: filling.body,
        });
    }

    /// Adds the place of an equal schema to a type.
    pub fn add_origin(&mut self, id: TypeId, at: Pointer) {
        match self.slots.get_mut(id.0) {
            Some(Slot::Reserved(reservation)) => reservation.origins.push(at),
            Some(Slot::Filled(draft)) => draft.origins.push(at),
            Some(Slot::Released) | None => {}
        }
    }

    /// Gives up a reserved type, and returns its name, which is free again.
    pub fn release(&mut self, id: TypeId) -> Option<Name> {
        let slot = self.slots.get_mut(id.0)?;
        match std::mem::replace(slot, Slot::Released) {
            Slot::Reserved(Reservation { name, .. }) => Some(name),
            filled => {
                *slot = filled;
                None
            }
        }
    }

    /// Returns all filled types with their ids.
    pub fn drafts(&self) -> impl Iterator<Item = (TypeId, &TypeDraft)> {
        let filled = self.slots.iter().enumerate();
        filled.filter_map(|(index, slot)| match slot {
            Slot::Filled(draft) => Some((TypeId(index), draft)),
            Slot::Reserved(_) | Slot::Released => None,
        })
    }

    /// Returns a filled type.
    pub fn get(&self, id: TypeId) -> Option<&TypeDraft> {
        match self.slots.get(id.0)? {
            Slot::Filled(draft) => Some(draft),
            Slot::Reserved(_) | Slot::Released => None,
        }
    }

    /// Removes a filled type that nothing refers to any more.
    pub fn discard(&mut self, id: TypeId) {
        if let Some(slot) = self.slots.get_mut(id.0) {
            *slot = Slot::Released;
        }
    }

    /// Returns a filled type, to be changed.
    pub fn get_mut(&mut self, id: TypeId) -> Option<&mut TypeDraft> {
        match self.slots.get_mut(id.0)? {
            Slot::Filled(draft) => Some(draft),
            Slot::Reserved(_) | Slot::Released => None,
        }
    }

    /// Returns the name of a type, filled or not.
    pub fn name(&self, id: TypeId) -> Option<&Name> {
        match self.slots.get(id.0)? {
            Slot::Reserved(reservation) => Some(&reservation.name),
            Slot::Filled(draft) => Some(&draft.name),
            Slot::Released => None,
        }
    }

    /// Returns the places of types that were reserved and neither filled nor released. There are none, unless `lower` has
    /// a bug.
    pub fn unfilled(&self) -> impl Iterator<Item = &Pointer> {
        self.slots.iter().filter_map(|slot| match slot {
            Slot::Reserved(reservation) => reservation.origins.first(),
            Slot::Filled(_) | Slot::Released => None,
        })
    }

    /// Returns the filled types with their ids, in the order in which they were reserved.
    pub fn into_drafts(self) -> impl Iterator<Item = (TypeId, TypeDraft)> {
        self.slots
            .into_iter()
            .enumerate()
            .filter_map(|(index, slot)| match slot {
                Slot::Filled(draft) => Some((TypeId(index), draft)),
                Slot::Reserved(_) | Slot::Released => None,
            })
    }
}

impl BodyDraft {
    /// Returns the branches of an `anyOf` that are merged into a struct. It does not contain them, and converts to them.
    pub fn merged(&self) -> &[MergedBranch] {
        match self {
            BodyDraft::Struct(body) => &body.branches,
            _ => &[],
        }
    }

    /// Returns the branches of an `anyOf` that are merged into a struct, to be changed.
    pub fn merged_mut(&mut self) -> &mut [MergedBranch] {
        match self {
            BodyDraft::Struct(body) => &mut body.branches,
            _ => &mut [],
        }
    }

    /// Returns the uses of other types in it.
    pub fn parts(&self) -> Vec<&TypeRef> {
        match self {
            BodyDraft::Struct(body) => {
                let members = body.members.iter().map(|member| &member.ty);
                members.chain(&body.rest).collect()
            }
            BodyDraft::Union(body) => body.branches.iter().map(|branch| &branch.ty).collect(),
            BodyDraft::Tuple(body) => body.items.iter().chain(&body.rest).collect(),
            BodyDraft::Alias(ty) | BodyDraft::Wrapper(ty) => vec![ty],
            BodyDraft::Strings(_) | BodyDraft::Integers(_) | BodyDraft::Values(_) => Vec::new(),
        }
    }

    /// Returns the uses of other types in it, to be changed.
    pub fn parts_mut(&mut self) -> Vec<&mut TypeRef> {
        match self {
            BodyDraft::Struct(body) => {
                let members = body.members.iter_mut().map(|member| &mut member.ty);
                members.chain(&mut body.rest).collect()
            }
            BodyDraft::Union(body) => body
                .branches
                .iter_mut()
                .map(|branch| &mut branch.ty)
                .collect(),
            BodyDraft::Tuple(body) => body.items.iter_mut().chain(&mut body.rest).collect(),
            BodyDraft::Alias(ty) | BodyDraft::Wrapper(ty) => vec![ty],
            BodyDraft::Strings(_) | BodyDraft::Integers(_) | BodyDraft::Values(_) => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(rust: &str) -> Name {
        Name {
            wire: rust.to_owned(),
            rust: rust.to_owned(),
        }
    }

    fn filling() -> Filling {
        Filling {
            module: "pet".to_owned(),
            docs: Docs::default(),
            nullable: false,
            body: BodyDraft::Alias(TypeRef::Any),
        }
    }

    #[test]
    fn a_type_is_reserved_then_filled_or_released() {
        let mut table = TypeTable::default();
        let at = Pointer::root("a.yaml");
        let [pet, owner] = ["Pet", "Owner"].map(|rust| table.reserve(name(rust), at.clone()));
        assert!(table.get_mut(pet).is_none());
        assert_eq!(table.unfilled().count(), 2);
        assert_eq!(table.name(pet), Some(&name("Pet")));
        table.fill(pet, filling());
        assert!(
            table
                .get_mut(pet)
                .is_some_and(|draft| draft.module == "pet")
        );
        assert_eq!(table.release(owner), Some(name("Owner")));
        assert_eq!(table.name(owner), None);
        assert_eq!(table.unfilled().count(), 0);
        assert_eq!(table.release(owner), None);
        let drafts: Vec<TypeId> = table.into_drafts().map(|(id, _)| id).collect();
        assert_eq!(drafts, [pet]);
    }

    #[test]
    fn a_filled_type_stays() {
        let mut table = TypeTable::default();
        let pet = table.reserve(name("Pet"), Pointer::root("a.yaml"));
        table.fill(pet, filling());
        assert_eq!(table.release(pet), None);
        assert!(table.get_mut(pet).is_some());
    }
}
