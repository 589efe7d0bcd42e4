//! Which enums are constants: the values of a `const`, and those that tell the branches of a union apart.
//!
//! `type: { enum: [dog] }` is an open enum with one value, since a later version of a description can list a second. In
//! a branch of a union it is the reason why a value is of that branch, so there it is a constant.

use std::collections::BTreeSet;

use super::drafts::TypeDrafts;
use crate::ir::{TypeId, TypeRef};
use crate::lower::schema::{BodyDraft, BranchDraft, UnionDraft};

/// Returns the enums of which a value that is not listed is an error.
pub(super) fn of(types: &TypeDrafts) -> BTreeSet<TypeId> {
    let mut constants = BTreeSet::new();
    for (index, draft) in types.iter().enumerate() {
        match &draft.body {
            BodyDraft::Strings(listed) if listed.is_constant => {
                constants.insert(TypeId(index));
            }
            BodyDraft::Integers(listed) if listed.is_constant => {
                constants.insert(TypeId(index));
            }
            BodyDraft::Values(listed) if listed.is_constant => {
                constants.insert(TypeId(index));
            }
            BodyDraft::Union(union) => constants.extend(tags(types, union)),
            _ => {}
        }
    }
    constants
}

/// Returns the enums of one value that tell the branches of a union apart.
fn tags<'a>(types: &'a TypeDrafts, union: &'a UnionDraft) -> impl Iterator<Item = TypeId> + 'a {
    union.branches.iter().flat_map(move |branch| {
        let tells = move |name: &str| {
            union.discriminator.as_deref() == Some(name) || is_telling(union, branch, name)
        };
        let TypeRef::Named(id) = types.resolve(&branch.ty) else {
            return Vec::new();
        };
        let BodyDraft::Struct(body) = types.body(*id) else {
            return Vec::new();
        };
        let members = body
            .members
            .iter()
            .filter(|member| tells(&member.name.wire));
        members
            .filter_map(|member| single(types, &member.ty))
            .collect()
    })
}

/// Returns whether a member has a value in a branch that it does not have in another one.
pub(super) fn is_telling(union: &UnionDraft, branch: &BranchDraft, name: &str) -> bool {
    let has = |one: &BranchDraft, value: &String| {
        let mut constants = one.constants.iter();
        constants.any(|(other, values)| other == name && values.contains(value))
    };
    let own = branch.constants.iter().filter(|(other, _)| other == name);
    let mut values = own.flat_map(|(_, values)| values);
    values.any(|value| union.branches.iter().any(|other| !has(other, value)))
}

/// Returns the enum that a member's type is, if it has one value.
fn single(types: &TypeDrafts, ty: &TypeRef) -> Option<TypeId> {
    let TypeRef::Named(id) = types.resolve(ty) else {
        return None;
    };
    let values = match types.body(*id) {
        BodyDraft::Strings(listed) => listed.values.len(),
        BodyDraft::Integers(listed) => listed.values.len(),
        BodyDraft::Values(listed) => listed.values.len(),
        _ => return None,
    };
    (values == 1).then_some(*id)
}
