//! How many types hold one another in a row.
//!
//! Rust's compiler goes down such a row by recursion, at every place where a value is dropped, and so does whoever walks types here.
//! Documents have rows of a dozen or two.

use super::Lowering;
use crate::ir::{TypeDef, TypeId, TypeRef};

impl Lowering<'_> {
    /// The most types that hold one another in a row, lists and boxes between them or not. More than the budget allows is an error.
    pub(super) fn type_depth(&mut self) -> usize {
        let depths = depths(&self.types);
        let deepest = (0..depths.len())
            .rev()
            .max_by_key(|index| depths.get(*index));
        let depth = deepest.and_then(|index| depths.get(index));
        let depth = depth.copied().unwrap_or(0);
        let most = self.options.budgets.type_depth;
        if depth > most
            && let Some(Some(def)) = deepest.and_then(|index| self.types.get(index))
            && let Some(at) = def.origins.first()
        {
            let text = "more schemas hold one another in a row from here";
            let finding = self.options.budgets.over(text, "type_depth", at.clone());
            self.diagnostics.push(finding);
        }
        depth
    }
}

/// The types in a row from each on, itself included. Where a row leads back to a type of its own, it ends.
fn depths(types: &[Option<TypeDef>]) -> Vec<usize> {
    let held = |index: usize| -> Vec<TypeId> {
        let def = types.get(index).and_then(Option::as_ref);
        let parts = def.into_iter().flat_map(|def| def.body.parts());
        parts.filter_map(TypeRef::id).collect()
    };
    // 0: not there yet
    let mut depths = vec![0; types.len()];
    let mut entered = vec![false; types.len()];
    for start in 0..types.len() {
        if entered.get(start) == Some(&true) {
            continue;
        }
        let mut path = vec![(start, held(start), 0)];
        while let Some((holder, targets, next)) = path.last_mut() {
            let holder = *holder;
            if let Some(flag) = entered.get_mut(holder) {
                *flag = true;
            }
            let target = targets.get(*next).copied();
            *next += 1;
            match target {
                Some(id) if entered.get(id.0) == Some(&false) => path.push((id.0, held(id.0), 0)),
                Some(_) => {}
                None => {
                    let below = targets.iter().filter_map(|id| depths.get(id.0));
                    let depth = 1 + below.max().copied().unwrap_or(0);
                    if let Some(slot) = depths.get_mut(holder) {
                        *slot = depth;
                    }
                    path.pop();
                }
            }
        }
    }
    depths
}
