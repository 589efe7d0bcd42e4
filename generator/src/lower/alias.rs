//! Lists and maps that contain themselves, and unions that are their own branch.
//!
//! `Forest: { type: array, items: { $ref: Forest } }` would be `type Forest = Vec<Forest>`, which Rust refuses. It becomes a struct around the
//! list. A ring of names with nothing in it says nothing, and is refused.

use super::{Lowering, graph};
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{TypeBody, TypeId, TypeRef};
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// Makes a struct of every list and map that leads back to itself through aliases only.
    pub(super) fn recursive_aliases(&mut self) {
        let mut endless: Vec<TypeId> = Vec::new();
        for id in (0..self.types.len()).map(TypeId) {
            if !self.leads_back(id) {
                continue;
            }
            let holds = |ty: &TypeRef| matches!(ty, TypeRef::List(_) | TypeRef::Map(_));
            let ring_holds = self.ring(id).any(holds);
            let Some(Some(def)) = self.types.get_mut(id.0) else {
                continue;
            };
            match &def.body {
                TypeBody::Alias(target) if holds(target) => {
                    def.body = TypeBody::Wrapper(target.clone());
                }
                // another one of the ring becomes the struct
                _ if ring_holds => {}
                _ => {
                    let text = "this schema leads back to itself, so nothing says what it is";
                    let at = def.origins.first().cloned();
                    let findings = at.map(|at| Diagnostic::new(code::REFERENCE_LOOP, at, text));
                    self.diagnostics.extend(findings);
                    endless.push(id);
                }
            }
        }
        // whoever follows aliases from here on comes to an end
        for id in endless {
            if let Some(Some(def)) = self.types.get_mut(id.0) {
                def.body = TypeBody::Alias(TypeRef::Any);
            }
        }
    }

    /// Reports unions that are a branch of themselves, by way of other unions or not: whoever looks which branch a value is never comes to
    /// an end. With a list, a map or an object in between, the value gets smaller each time.
    pub(super) fn recursive_unions(&mut self) {
        let all = (0..self.types.len()).map(TypeId);
        let branches: Vec<Vec<usize>> = all.map(|id| self.branches_of(id)).collect();
        let mut rings: Vec<usize> = Vec::new();
        for component in graph::components(&branches) {
            let is_own_branch =
                |index: &usize| branches.get(*index).is_some_and(|all| all.contains(index));
            if component.len() > 1 || component.iter().any(is_own_branch) {
                rings.extend(component.into_iter().min());
            }
        }
        rings.sort_unstable();
        for index in rings {
            let text = "this union is a branch of itself, so nothing tells its branches apart";
            let at = self.types.get(index).and_then(Option::as_ref);
            let at = at.and_then(|def| def.origins.first()).cloned();
            let help = "take that branch out, or put the value into a member of an object";
            let findings = at.map(|at| Diagnostic::new(code::REFERENCE_LOOP, at, text).help(help));
            self.diagnostics.extend(findings);
        }
    }

    /// The types that a value of a union or alias is one of.
    fn branches_of(&self, id: TypeId) -> Vec<usize> {
        let in_place = |ty: &TypeRef| match ty {
            TypeRef::Named(id) => Some(id.0),
            TypeRef::Nullable(inner) => inner.id().map(|id| id.0),
            _ => None,
        };
        match self
            .types
            .get(id.0)
            .and_then(Option::as_ref)
            .map(|def| &def.body)
        {
            Some(TypeBody::Alias(target)) => in_place(target).into_iter().collect(),
            Some(TypeBody::Union(body)) => {
                let branches = body.branches.iter();
                branches.filter_map(|branch| in_place(&branch.ty)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What the aliases stand for that follow one another from an alias on.
    fn ring(&self, start: TypeId) -> impl Iterator<Item = &TypeRef> {
        let target = |id: TypeId| match &self.types.get(id.0)?.as_ref()?.body {
            TypeBody::Alias(target) => Some(target),
            _ => None,
        };
        let steps = std::iter::successors(Some(start), move |id| self.next(*id));
        steps.take(self.types.len()).map_while(target)
    }

    /// Reports one, and gives the type that stands in its place.
    pub(super) fn endless(&mut self, at: &Pointer) -> TypeRef {
        self.untyped(at, "a list or map without a name contains itself");
        TypeRef::Any
    }

    /// An alias names one type at most, so there is one way to go; the number of types bounds it.
    fn leads_back(&self, start: TypeId) -> bool {
        let mut current = start;
        for _ in 0..self.types.len() {
            match self.next(current) {
                Some(next) if next == start => return true,
                Some(next) => current = next,
                None => return false,
            }
        }
        false
    }

    fn next(&self, id: TypeId) -> Option<TypeId> {
        match &self.types.get(id.0)?.as_ref()?.body {
            TypeBody::Alias(target) => target.id(),
            _ => None,
        }
    }
}
