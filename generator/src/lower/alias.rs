//! Lists and maps that contain themselves.
//!
//! `Forest: { type: array, items: { $ref: Forest } }` would be `type Forest = Vec<Forest>`, which Rust refuses. It becomes a struct around the
//! list. A ring of names with nothing in it says nothing, and is refused.

use super::Lowering;
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{TypeBody, TypeId, TypeRef};
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// Makes a struct of every list and map that leads back to itself through aliases only.
    pub(super) fn recursive_aliases(&mut self) {
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
                }
            }
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
