//! The final order: types by module, then as the document has them; operations by tag, then by name.

use foldhash::HashMap;

use super::drafts::TypeDrafts;
use crate::ir::{TypeId, TypeRef};
use crate::lower::operation::OperationDrafts;
use crate::lower::schema::TypeTable;

/// Settles the order of everything, and gives each type the id of its position.
pub(super) fn settle(
    table: TypeTable,
    mut operations: OperationDrafts,
) -> (TypeDrafts, OperationDrafts) {
    let mut drafts: Vec<_> = table.into_drafts().collect();
    drafts.sort_by(|(id, draft), (other_id, other)| {
        (&draft.module, id).cmp(&(&other.module, other_id))
    });
    let positions: HashMap<TypeId, TypeId> = drafts
        .iter()
        .enumerate()
        .map(|(position, (id, _))| (*id, TypeId(position)))
        .collect();
    let mut types: Vec<_> = drafts.into_iter().map(|(_, draft)| draft).collect();
    for draft in &mut types {
        for ty in draft.body.parts_mut() {
            renumber(ty, &positions);
        }
        for branch in draft.body.merged_mut() {
            renumber(&mut branch.ty, &positions);
        }
    }
    for ty in operations
        .operations
        .iter_mut()
        .flat_map(|one| one.types_mut())
    {
        renumber(ty, &positions);
    }
    for header in &mut operations.headers {
        renumber(&mut header.ty, &positions);
    }
    operations
        .operations
        .sort_by(|a, b| (&a.tag.rust, &a.name.rust).cmp(&(&b.tag.rust, &b.name.rust)));
    (TypeDrafts::new(types), operations)
}

/// Gives a reference the new id of its type. Any JSON stands for a type that was never made, which has been reported as
/// an error.
fn renumber(ty: &mut TypeRef, positions: &HashMap<TypeId, TypeId>) {
    match ty {
        TypeRef::Named(id) => {
            *ty = positions
                .get(id)
                .map_or(TypeRef::Any, |new| TypeRef::Named(*new));
        }
        TypeRef::List(inner)
        | TypeRef::Map(inner)
        | TypeRef::Nullable(inner)
        | TypeRef::Boxed(inner) => {
            renumber(inner, positions);
        }
        TypeRef::Scalar(_) | TypeRef::Any => {}
    }
}
