//! The finished types.

use std::collections::BTreeSet;

use super::drafts::TypeDrafts;
use super::{constants, union};
use crate::ir::{IntegerEnum, StringEnum, TypeBody, TypeDef, TypeId, Usage, ValueEnum};
use crate::lower::schema::BodyDraft;

/// Returns the finished types, in the order of the drafts.
pub(super) fn finished(types: &TypeDrafts, usage: &[Usage]) -> Vec<TypeDef> {
    let constants = constants::of(types);
    types
        .iter()
        .zip(usage)
        .enumerate()
        .map(|(index, (draft, own_usage))| TypeDef {
            name: draft.name.clone(),
            module: draft.module.clone(),
            origins: draft.origins.clone(),
            docs: draft.docs.clone(),
            usage: *own_usage,
            nullable: draft.nullable,
            body: body(types, TypeId(index), &draft.body, &constants),
        })
        .collect()
}

fn body(
    types: &TypeDrafts,
    id: TypeId,
    draft: &BodyDraft,
    constants: &BTreeSet<TypeId>,
) -> TypeBody {
    let open = !constants.contains(&id);
    match draft {
        BodyDraft::Struct(body) => TypeBody::Struct(body.clone()),
        BodyDraft::Strings(listed) => TypeBody::StringEnum(StringEnum {
            values: listed.values.clone(),
            open,
        }),
        BodyDraft::Integers(listed) => TypeBody::IntegerEnum(IntegerEnum {
            values: listed.values.clone(),
            open,
        }),
        BodyDraft::Values(listed) => TypeBody::ValueEnum(ValueEnum {
            values: listed.values.clone(),
            open,
        }),
        BodyDraft::Tuple(body) => TypeBody::Tuple(body.clone()),
        BodyDraft::Union(draft) => TypeBody::Union(union::finished(types, id, draft)),
        BodyDraft::Alias(ty) => TypeBody::Alias(ty.clone()),
        BodyDraft::Wrapper(ty) => TypeBody::Wrapper(ty.clone()),
    }
}
