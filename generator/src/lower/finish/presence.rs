//! What members look like that requests or responses leave out, or whose type has a `null` of its own.

use std::collections::BTreeSet;

use super::drafts::TypeDrafts;
use crate::ir::{Member, Presence, Scalar, TypeId, TypeRef, Usage};
use crate::lower::schema::BodyDraft;

/// Settles the presence of all members.
pub(super) fn settle(types: &mut TypeDrafts, usage: &[Usage]) {
    let settled: Vec<Vec<(Presence, bool)>> = types
        .iter()
        .zip(usage)
        .map(|(draft, usage)| match &draft.body {
            BodyDraft::Struct(body) => body
                .members
                .iter()
                .map(|one| {
                    (
                        presence(types, one, *usage),
                        is_needed_in_requests(one, *usage),
                    )
                })
                .collect(),
            _ => Vec::new(),
        })
        .collect();
    for (draft, settled) in types.iter_mut().zip(settled) {
        if let BodyDraft::Struct(body) = &mut draft.body {
            for (member, (presence, is_needed)) in body.members.iter_mut().zip(settled) {
                member.presence = presence;
                member.needed_in_requests = is_needed;
            }
        }
    }
}

fn presence(types: &TypeDrafts, member: &Member, usage: Usage) -> Presence {
    let declared = match member.presence {
        Presence::Required if can_be_left_out(member, usage) => Presence::Optional,
        Presence::Nullable if can_be_left_out(member, usage) => Presence::Tristate,
        declared => declared,
    };
    match declared {
        // the `null` of the type is a value, so it is preserved
        Presence::Optional | Presence::Tristate if has_null(types, &member.ty) => {
            Presence::OptionalRaw
        }
        Presence::Nullable if has_null(types, &member.ty) => Presence::Required,
        declared => declared,
    }
}

/// Returns whether a required member can be absent in one direction: requests do not have what only the server sets, and
/// responses do not have what is only sent.
fn can_be_left_out(member: &Member, usage: Usage) -> bool {
    (member.read_only && usage.request) || (member.write_only && usage.response)
}

/// Returns whether requests have to have a member although it can be absent.
fn is_needed_in_requests(member: &Member, usage: Usage) -> bool {
    let is_required = matches!(member.presence, Presence::Required | Presence::Nullable);
    let is_sent = member.write_only && !member.read_only;
    is_required && is_sent && usage.request && usage.response
}

/// Returns whether a type reads `null` as a value. Unions are made of unions, thousands in a row or in a ring, so each
/// is visited once.
fn has_null(types: &TypeDrafts, ty: &TypeRef) -> bool {
    let mut seen: BTreeSet<TypeId> = BTreeSet::new();
    let mut queue = vec![ty];
    while let Some(ty) = queue.pop() {
        match ty {
            TypeRef::Any | TypeRef::Scalar(Scalar::Null) | TypeRef::Nullable(_) => return true,
            TypeRef::Boxed(inner) => queue.push(inner),
            TypeRef::Named(id) if seen.insert(*id) => match types.body(*id) {
                BodyDraft::Alias(target) => queue.push(target),
                BodyDraft::Union(body) => {
                    queue.extend(body.branches.iter().map(|branch| &branch.ty))
                }
                _ => {}
            },
            TypeRef::Named(_) | TypeRef::Scalar(_) | TypeRef::List(_) | TypeRef::Map(_) => {}
        }
    }
    false
}
