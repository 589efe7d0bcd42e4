//! The finished operations.

use std::collections::BTreeMap;

use super::accessor::Comparison;
use super::header_constants::HeaderConstants;
use super::schemes::Schemes;
use crate::ir::{Batch, Operation, Success};
use crate::lower::operation::{OperationDraft, SuccessDraft};

/// What operations need that their own objects do not say.
pub(super) struct Surroundings {
    /// The comparison of the successes of each operation, in the operations' order.
    pub comparisons: Vec<Comparison>,
    /// The batches of `codegen.yaml`, by the index of the operation.
    pub batches: BTreeMap<usize, Batch>,
}

/// Returns the finished operations, in the order of the drafts.
pub(super) fn finished(
    drafts: Vec<OperationDraft>,
    mut surroundings: Surroundings,
    headers: &HeaderConstants,
    schemes: &Schemes,
) -> Vec<Operation> {
    drafts
        .into_iter()
        .zip(surroundings.comparisons)
        .enumerate()
        .map(|(index, (draft, comparison))| Operation {
            headers: headers.names(&draft),
            authorization: schemes.authorization(&draft),
            success: success(draft.success, comparison),
            batch: surroundings.batches.remove(&index),
            name: draft.name,
            tag: draft.tag,
            origin: draft.origin,
            docs: draft.docs,
            method: draft.method,
            path: draft.path,
            server: draft.server,
            servers: draft.servers,
            parts: draft.parts,
            parameters: draft.parameters,
            call: draft.call,
            body: draft.body,
            accept: draft.accept,
            stream: draft.stream,
            failure: draft.failure,
            idempotency: draft.idempotency,
        })
        .collect()
}

fn success(draft: SuccessDraft, comparison: Comparison) -> Success {
    match draft {
        SuccessDraft::One(returned) => Success::One(returned),
        SuccessDraft::Several { name, variants } => Success::Several {
            name,
            variants: variants
                .into_iter()
                .zip(comparison.marks)
                .map(|(variant, marks)| variant.variant(marks))
                .collect(),
            accessors: comparison.accessors,
        },
    }
}
