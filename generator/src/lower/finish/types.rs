//! The finished types.

use super::drafts::TypeDrafts;
use super::union;
use crate::ir::{IntegerEnum, StringEnum, TypeBody, TypeDef, TypeId, Usage, ValueEnum};
use crate::lower::schema::BodyDraft;

/// Returns the finished types, in the order of the drafts.
pub(super) fn finished(types: &TypeDrafts, usage: &[Usage]) -> Vec<TypeDef> {
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
            body: body(types, TypeId(index), &draft.body, usage),
        })
        .collect()
}

fn body(types: &TypeDrafts, id: TypeId, draft: &BodyDraft, usage: &[Usage]) -> TypeBody {
    let is_open = |values: usize| is_open(usage, id, values);
    match draft {
        BodyDraft::Struct(body) => TypeBody::Struct(body.clone()),
        BodyDraft::Strings(values) => TypeBody::StringEnum(StringEnum {
            open: is_open(values.len()),
            values: values.clone(),
        }),
        BodyDraft::Integers(values) => TypeBody::IntegerEnum(IntegerEnum {
            open: is_open(values.len()),
            values: values.clone(),
        }),
        BodyDraft::Values(values) => TypeBody::ValueEnum(ValueEnum {
            open: is_open(values.len()),
            values: values.clone(),
        }),
        BodyDraft::Tuple(body) => TypeBody::Tuple(body.clone()),
        BodyDraft::Union(draft) => TypeBody::Union(union::finished(types, id, draft, usage)),
        BodyDraft::Alias(ty) => TypeBody::Alias(ty.clone()),
        BodyDraft::Wrapper(ty) => TypeBody::Wrapper(ty.clone()),
    }
}

/// Returns whether an enum keeps values that are not listed. Of one value another is wrong.
pub(super) fn is_open(usage: &[Usage], id: TypeId, values: usize) -> bool {
    can_be_unknown(usage, id) && values > 1
}

/// Returns whether values of a type can come from the server. A value that only requests have is chosen by the caller,
/// so that there is nothing unknown to keep.
pub(super) fn can_be_unknown(usage: &[Usage], id: TypeId) -> bool {
    usage
        .get(id.0)
        .is_some_and(|usage| usage.response || !usage.request)
}
