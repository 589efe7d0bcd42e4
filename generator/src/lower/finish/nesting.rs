//! The length of rows of types that hold one another.
//!
//! rustc walks such a row by recursion wherever a value is dropped, and so do the walks over types here. Documents have
//! rows of a dozen or two; if all schemas refer to one another, a row can have hundreds.

use super::Context;
use super::drafts::TypeDrafts;
use crate::ir::{TypeDef, TypeRef};
use crate::lower::graph;

/// The levels within rustc's default recursion limit: 128, less what its own types around a value take.
const LEVELS: usize = 100;

/// Returns whether types are nested no more deeply than the budget allows, and reports it if they are.
pub(super) fn is_within_budget(types: &TypeDrafts, context: &mut Context<'_>) -> bool {
    let held: Vec<Vec<usize>> = types.iter().map(|draft| held(draft.body.parts())).collect();
    let depths = depths(&held);
    // of several the first, so that the report is the same whatever comes behind it
    let deepest = depths
        .iter()
        .zip(types.iter())
        .rev()
        .max_by_key(|(depth, _)| **depth);
    let most = context.options.budgets.type_depth;
    let Some((_, draft)) = deepest.filter(|(depth, _)| **depth > most) else {
        return true;
    };
    let text = "more schemas hold one another in a row from here";
    let finding = draft
        .origins
        .first()
        .map(|at| context.options.budgets.over(text, "type_depth", at.clone()));
    context.diagnostics.extend(finding);
    false
}

/// Returns the recursion limit that rustc needs for these types, if its default is too low.
pub(super) fn recursion_limit(types: &[TypeDef]) -> Option<usize> {
    let held: Vec<Vec<usize>> = types.iter().map(|def| held(def.body.parts())).collect();
    let levels = levels(types, &held);
    (levels > LEVELS).then(|| (levels + LEVELS).next_multiple_of(100))
}

/// Returns the types that a type holds, on the heap or not.
fn held<'a>(parts: impl IntoIterator<Item = &'a TypeRef>) -> Vec<usize> {
    parts
        .into_iter()
        .filter_map(TypeRef::id)
        .map(|id| id.0)
        .collect()
}

/// Returns the length of the row that starts at each type, the type included. A row ends where it leads back to one of
/// its own types.
fn depths(held: &[Vec<usize>]) -> Vec<usize> {
    // 0: not there yet
    let mut depths = vec![0; held.len()];
    for index in graph::trees(held, 0..held.len()).into_iter().flatten() {
        let below = held.get(index).into_iter().flatten();
        let below = below.filter_map(|target| depths.get(*target)).max();
        let depth = 1 + below.copied().unwrap_or(0);
        if let Some(slot) = depths.get_mut(index) {
            *slot = depth;
        }
    }
    depths
}

/// Returns an upper bound of the levels of any row that visits no type twice. Types that lead to one another may all be in
/// one row.
fn levels(types: &[TypeDef], held: &[Vec<usize>]) -> usize {
    let mut levels = vec![0; held.len()];
    let mut most = 0;
    for component in graph::components(held) {
        let targets = component
            .iter()
            .filter_map(|index| held.get(*index))
            .flatten();
        let below = targets.filter_map(|target| levels.get(*target)).max();
        let below: usize = below.copied().unwrap_or(0);
        let own = component
            .iter()
            .filter_map(|index| types.get(*index))
            .map(levels_of);
        let all = below + own.sum::<usize>();
        for index in &component {
            if let Some(slot) = levels.get_mut(*index) {
                *slot = all;
            }
        }
        most = most.max(all);
    }
    most
}

/// Returns the levels from a type to one that it holds: 3 for `Option<Box<Pet>>`, the type itself among them, and what
/// lists and maps add.
fn levels_of(def: &TypeDef) -> usize {
    let lists = |ty: &TypeRef| -> usize {
        let mut levels = 3;
        let mut rest = Some(ty);
        while let Some(ty) = rest {
            (levels, rest) = match ty {
                // `Vec`, and what holds its items
                TypeRef::List(inner) => (levels + 2, Some(&**inner)),
                // `BTreeMap`, its root, and the pair
                TypeRef::Map(inner) => (levels + 4, Some(&**inner)),
                TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => (levels + 1, Some(&**inner)),
                TypeRef::Named(_) | TypeRef::Scalar(_) | TypeRef::Any => (levels, None),
            };
        }
        levels
    };
    def.body.parts().map(lists).max().unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::depths;

    #[test]
    fn a_row_ends_where_it_leads_back() {
        let held = [vec![1], vec![2, 0], vec![], vec![0, 3]];
        assert_eq!(depths(&held), [3, 2, 1, 4]);
    }
}
