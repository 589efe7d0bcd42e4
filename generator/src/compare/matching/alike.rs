//! Whether two types of different names are one that was renamed.

use std::collections::BTreeSet;

use super::Pair;
use crate::ir::{TypeBody, TypeDef, TypeId};

/// Returns whether two types are alike: of the same kind, and mostly with the same members, values or branches.
///
/// Types that stand in their place, such as an inline schema `Pet.owner`, may differ more: the place is what makes them
/// one.
pub fn are(pair: &Pair<'_>, old: TypeId, new: TypeId) -> bool {
    let (old, new) = (pair.old.ty(old), pair.new.ty(new));
    let is_kind_same = std::mem::discriminant(&old.body) == std::mem::discriminant(&new.body);
    let (before, after) = (parts(&old.body), parts(&new.body));
    let shared = before.intersection(&after).count();
    let most = before.len().max(after.len());
    let is_same_place = is_inline(old) && is_inline(new);
    is_kind_same && (is_same_place || shared * 4 >= most * 3)
}

/// Returns whether a schema has no name of its own.
pub fn is_inline(def: &TypeDef) -> bool {
    let depth = def
        .origins
        .first()
        .map_or(0, |origin| origin.tokens().count());
    depth > 3
}

/// Returns what a type consists of, by names on the wire.
fn parts(body: &TypeBody) -> BTreeSet<String> {
    match body {
        TypeBody::Struct(body) => body
            .members
            .iter()
            .map(|one| one.name.wire.clone())
            .collect(),
        TypeBody::StringEnum(body) => body
            .values
            .iter()
            .map(|one| one.name.wire.clone())
            .collect(),
        TypeBody::IntegerEnum(body) => body
            .values
            .iter()
            .map(|one| one.value.to_string())
            .collect(),
        TypeBody::ValueEnum(body) => body
            .values
            .iter()
            .map(|one| one.name.wire.clone())
            .collect(),
        TypeBody::Union(body) => body
            .branches
            .iter()
            .map(|one| one.name.wire.clone())
            .collect(),
        TypeBody::Tuple(body) => body
            .items
            .iter()
            .enumerate()
            .map(|(index, _)| index.to_string())
            .collect(),
        TypeBody::Alias(_) | TypeBody::Wrapper(_) => BTreeSet::new(),
    }
}
