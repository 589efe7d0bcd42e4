//! Lists and maps that contain themselves.
//!
//! `Forest: { type: array, items: { $ref: Forest } }` would be `type Forest = Vec<Forest>`, which Rust refuses.

use super::Lowering;
use crate::ir::{TypeBody, TypeId, TypeRef};
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// Reports every alias that leads back to itself through aliases only.
    pub(super) fn endless_aliases(&mut self) {
        let starts = (0..self.types.len()).map(TypeId);
        let endless: Vec<_> = starts.filter(|start| self.leads_back(*start)).collect();
        for id in endless {
            let def = self.types.get(id.0).and_then(Option::as_ref);
            if let Some(at) = def.and_then(|def| def.origins.first()).cloned() {
                self.endless(&at);
            }
        }
    }

    /// Reports one, and gives the type that stands in its place.
    pub(super) fn endless(&mut self, at: &Pointer) -> TypeRef {
        self.unsupported(at, "a list or map that contains itself");
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
