//! Arrays and maps that contain themselves, and unions that are their own branch.
//!
//! `Forest: { type: array, items: { $ref: Forest } }` would be `type Forest = Vec<Forest>`, which Rust rejects. It
//! becomes a struct around the array. A ring of names with nothing in it says nothing, and is an error.

use super::drafts::TypeDrafts;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::ir::{TypeId, TypeRef};
use crate::lower::graph;
use crate::lower::schema::BodyDraft;

/// Makes a struct of every array and map that leads back to itself through aliases only.
pub(super) fn wrap_aliases(types: &mut TypeDrafts, diagnostics: &mut Diagnostics) {
    let mut empty_rings: Vec<usize> = Vec::new();
    for index in 0..types.len() {
        if !leads_back(types, TypeId(index)) {
            continue;
        }
        let holds = |ty: &TypeRef| matches!(ty, TypeRef::List(_) | TypeRef::Map(_));
        let ring_holds = ring(types, TypeId(index)).any(holds);
        let Some(draft) = types.get_mut(index) else {
            continue;
        };
        match &draft.body {
            BodyDraft::Alias(target) if holds(target) => {
                draft.body = BodyDraft::Wrapper(target.clone())
            }
            // another one of the ring becomes the struct
            _ if ring_holds => {}
            _ => {
                let text = "this schema leads back to itself, so nothing says what it is";
                let at = draft.origins.first().cloned();
                diagnostics.extend(at.map(|at| {
                    Diagnostic::new(code::REFERENCE_LOOP, at, text)
                        .bridge("any JSON is accepted in its place")
                }));
                empty_rings.push(index);
            }
        }
    }
    // whoever follows aliases from here on comes to an end
    for index in empty_rings {
        if let Some(draft) = types.get_mut(index) {
            draft.body = BodyDraft::Alias(TypeRef::Any);
        }
    }
}

/// Reports unions that are a branch of themselves, by way of other unions or not: looking for the branch of a value
/// would never end. With an array, a map or an object in between, the value gets smaller each time.
pub(super) fn check_unions(types: &TypeDrafts, diagnostics: &mut Diagnostics) {
    let branches: Vec<Vec<usize>> = types.iter().map(|draft| branches_of(&draft.body)).collect();
    let is_own_branch = |index: &usize| branches.get(*index).is_some_and(|all| all.contains(index));
    let mut rings: Vec<usize> = graph::components(&branches)
        .into_iter()
        .filter(|component| component.len() > 1 || component.iter().any(is_own_branch))
        .filter_map(|component| component.into_iter().min())
        .collect();
    rings.sort_unstable();
    for index in rings {
        let text = "this union is a branch of itself, so nothing tells its branches apart";
        let help = "take that branch out, or put the value into a member of an object";
        let origin = types
            .iter()
            .nth(index)
            .and_then(|draft| draft.origins.first());
        let finding =
            origin.map(|at| Diagnostic::new(code::REFERENCE_LOOP, at.clone(), text).help(help));
        diagnostics.extend(finding);
    }
}

/// Returns the types that a value of a union or alias is one of.
fn branches_of(body: &BodyDraft) -> Vec<usize> {
    let in_place = |ty: &TypeRef| match ty {
        TypeRef::Named(id) => Some(id.0),
        TypeRef::Nullable(inner) => inner.id().map(|id| id.0),
        _ => None,
    };
    match body {
        BodyDraft::Alias(target) => in_place(target).into_iter().collect(),
        BodyDraft::Union(body) => {
            let branches = body.branches.iter();
            branches.filter_map(|branch| in_place(&branch.ty)).collect()
        }
        _ => Vec::new(),
    }
}

/// Returns what the aliases stand for that follow one another from an alias on.
fn ring(types: &TypeDrafts, start: TypeId) -> impl Iterator<Item = &TypeRef> {
    let target = |id: TypeId| match types.body(id) {
        BodyDraft::Alias(target) => Some(target),
        _ => None,
    };
    let steps = std::iter::successors(Some(start), |id| next(types, *id));
    steps.take(types.len()).map_while(target)
}

/// An alias names one type at most, so there is one way to go; the number of types bounds it.
fn leads_back(types: &TypeDrafts, start: TypeId) -> bool {
    let steps = std::iter::successors(next(types, start), |id| next(types, *id));
    steps.take(types.len()).any(|id| id == start)
}

fn next(types: &TypeDrafts, id: TypeId) -> Option<TypeId> {
    match types.body(id) {
        BodyDraft::Alias(target) => target.id(),
        _ => None,
    }
}
