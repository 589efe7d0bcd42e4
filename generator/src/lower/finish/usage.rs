//! Which types requests and responses reach.

use super::drafts::TypeDrafts;
use crate::ir::{TypeId, TypeRef, Usage};
use crate::lower::operation::{OperationDraft, OperationDrafts};

/// Returns the usage of each type, by id.
pub(super) fn of(types: &TypeDrafts, operations: &OperationDrafts) -> Vec<Usage> {
    let mut usage = vec![Usage::default(); types.len()];
    let requests = operations
        .operations
        .iter()
        .flat_map(OperationDraft::request_types);
    mark(types, &mut usage, requests.collect(), |usage| {
        &mut usage.request
    });
    let responses = operations
        .operations
        .iter()
        .flat_map(OperationDraft::response_types);
    let headers = operations.headers.iter().map(|header| &header.ty);
    mark(
        types,
        &mut usage,
        responses.chain(headers).collect(),
        |usage| &mut usage.response,
    );
    usage
}

fn mark<'a>(
    types: &'a TypeDrafts,
    usage: &mut [Usage],
    mut queue: Vec<&'a TypeRef>,
    flag: fn(&mut Usage) -> &mut bool,
) {
    while let Some(ty) = queue.pop() {
        if let Some(TypeId(index)) = ty.id()
            && let Some(usage) = usage.get_mut(index)
            && !std::mem::replace(flag(usage), true)
        {
            let body = types.body(TypeId(index));
            queue.extend(body.parts());
            queue.extend(body.merged().iter().map(|branch| &branch.ty));
        }
    }
}
