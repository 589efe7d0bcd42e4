//! Types that contain themselves, and the edges to put on the heap.
//!
//! A list or a map holds its elements on the heap already, so only members held in place count: `struct Node { next: Option<Node> }`.

use crate::ir::{TypeBody, TypeDef, TypeId, TypeRef};

/// Boxes one edge of every cycle of types held in place: the one that closes it when types are walked in order.
pub(super) fn boxing(types: &mut [TypeDef]) {
    let mut walk = Walk {
        state: vec![State::New; types.len()],
        closing: Vec::new(),
    };
    for start in 0..types.len() {
        walk.from(types, start);
    }
    for (holder, target) in walk.closing {
        if let Some(def) = types.get_mut(holder) {
            match &mut def.body {
                // the map beside the members holds its values on the heap already
                TypeBody::Struct(body) => {
                    body.members
                        .iter_mut()
                        .for_each(|member| put_in_box(&mut member.ty, target));
                }
                body => body.parts_mut().for_each(|ty| put_in_box(ty, target)),
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

struct Walk {
    state: Vec<State>,
    /// Holder and the type it holds, of edges that close a cycle.
    closing: Vec<(usize, TypeId)>,
}

impl Walk {
    /// A depth-first walk with a stack of its own: documents have rings of thousands of types.
    fn from(&mut self, types: &[TypeDef], start: usize) {
        let mut stack = vec![(start, held(types, start), 0)];
        if self.state.get(start) != Some(&State::New) {
            return;
        }
        self.set(start, State::Open);
        while let Some((holder, targets, next)) = stack.last_mut() {
            let holder = *holder;
            let Some(target) = targets.get(*next).copied() else {
                self.set(holder, State::Done);
                stack.pop();
                continue;
            };
            *next += 1;
            match self.state.get(target.0) {
                Some(State::New) => {
                    self.set(target.0, State::Open);
                    stack.push((target.0, held(types, target.0), 0));
                }
                Some(State::Open) => self.closing.push((holder, target)),
                Some(State::Done) | None => {}
            }
        }
    }

    fn set(&mut self, index: usize, state: State) {
        if let Some(entry) = self.state.get_mut(index) {
            *entry = state;
        }
    }
}

/// The types that a type holds in place. A list or a map holds its elements on the heap.
fn held(types: &[TypeDef], index: usize) -> Vec<TypeId> {
    let Some(def) = types.get(index) else {
        return Vec::new();
    };
    match &def.body {
        // the map beside the members holds its values on the heap
        TypeBody::Struct(body) => body
            .members
            .iter()
            .filter_map(|member| in_place(&member.ty))
            .collect(),
        body => body.parts().filter_map(in_place).collect(),
    }
}

fn in_place(ty: &TypeRef) -> Option<TypeId> {
    match ty {
        TypeRef::Named(id) => Some(*id),
        TypeRef::Nullable(inner) => in_place(inner),
        TypeRef::List(_)
        | TypeRef::Map(_)
        | TypeRef::Boxed(_)
        | TypeRef::Scalar(_)
        | TypeRef::Any => None,
    }
}

fn put_in_box(ty: &mut TypeRef, target: TypeId) {
    match ty {
        TypeRef::Named(id) if *id == target => {
            *ty = TypeRef::Boxed(Box::new(TypeRef::Named(target)))
        }
        TypeRef::Nullable(inner) => put_in_box(inner, target),
        _ => {}
    }
}
