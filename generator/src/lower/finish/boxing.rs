//! Types that contain themselves, and the edges to put on the heap.
//!
//! An array or map has its elements on the heap already, so only members held in place count:
//! `struct Node { next: Option<Node> }`.
//!
//! A large type is boxed, too: nested structs would be moved by the kilobyte, and a program without optimisation has
//! several copies of each on its stack.

use super::drafts::TypeDrafts;
use crate::ir::{Scalar, TypeId, TypeRef};
use crate::lower::schema::BodyDraft;

/// The largest type, in bytes, that another one may hold in place.
const LARGEST_IN_PLACE: usize = 512;

/// The longest row of types that hold one another in place; rustc allows 128.
const DEEPEST_IN_PLACE: usize = 64;

/// Boxes what is large, and one edge of every cycle of types held in place: the one that closes it when types are walked
/// in order.
pub(super) fn boxing(types: &mut TypeDrafts) {
    let mut walk = Walk {
        state: vec![State::New; types.len()],
        closing: Vec::new(),
        done: Vec::new(),
    };
    for start in 0..types.len() {
        walk.from(types, start);
    }
    for (holder, target) in walk.closing {
        put_members_in_boxes(types, holder, &|id| id == target);
    }
    let mut sizes = vec![0; types.len()];
    let mut depths = vec![0; types.len()];
    for index in walk.done {
        let is_large = |id: TypeId| {
            sizes.get(id.0).is_some_and(|size| *size > LARGEST_IN_PLACE)
                || depths
                    .get(id.0)
                    .is_some_and(|depth| *depth > DEEPEST_IN_PLACE)
        };
        // another name for a large type is large, and whoever holds it has the box
        if !matches!(types.body(TypeId(index)), BodyDraft::Alias(_)) {
            put_members_in_boxes(types, index, &is_large);
        }
        let size = size_of_body(types.body(TypeId(index)), &sizes);
        if let Some(slot) = sizes.get_mut(index) {
            *slot = size;
        }
        let below = held(types, index);
        let below = below.iter().filter_map(|id| depths.get(id.0)).max();
        let depth = 1 + below.copied().unwrap_or(0);
        if let Some(slot) = depths.get_mut(index) {
            *slot = depth;
        }
    }
}

/// Boxes the parts that a type holds in place and that `is_meant` selects.
fn put_members_in_boxes(types: &mut TypeDrafts, holder: usize, is_meant: &dyn Fn(TypeId) -> bool) {
    let Some(def) = types.get_mut(holder) else {
        return;
    };
    match &mut def.body {
        // the map beside the members holds its values on the heap already
        BodyDraft::Struct(body) => body
            .members
            .iter_mut()
            .for_each(|member| put_in_box(&mut member.ty, is_meant)),
        BodyDraft::Tuple(body) => body
            .items
            .iter_mut()
            .for_each(|ty| put_in_box(ty, is_meant)),
        body => body
            .parts_mut()
            .into_iter()
            .for_each(|ty| put_in_box(ty, is_meant)),
    }
}

/// Returns about how many bytes a value has. rustc packs more tightly, so this is on the safe side.
fn size_of_body(body: &BodyDraft, sizes: &[usize]) -> usize {
    const TAG: usize = 8;
    const MAP: usize = 24;
    let sum = |all: &mut dyn Iterator<Item = &TypeRef>| -> usize {
        all.map(|ty| size_of(ty, sizes)).sum()
    };
    match body {
        BodyDraft::Struct(body) => {
            let rest = body.rest.as_ref().map_or(0, |_| MAP);
            rest + sum(&mut body.members.iter().map(|member| &member.ty))
        }
        BodyDraft::Tuple(body) => MAP + sum(&mut body.items.iter()),
        BodyDraft::Union(body) => {
            let branches = body
                .branches
                .iter()
                .map(|branch| size_of(&branch.ty, sizes));
            TAG + branches.max().unwrap_or(0)
        }
        BodyDraft::Alias(ty) | BodyDraft::Wrapper(ty) => size_of(ty, sizes),
        BodyDraft::Strings(_) | BodyDraft::Integers(_) | BodyDraft::Values(_) => 32,
    }
}

fn size_of(ty: &TypeRef, sizes: &[usize]) -> usize {
    const FLAG: usize = 8;
    match ty {
        TypeRef::Named(id) => sizes.get(id.0).copied().unwrap_or(0),
        TypeRef::Nullable(inner) => FLAG + size_of(inner, sizes),
        TypeRef::Boxed(_) => 8,
        TypeRef::List(_) | TypeRef::Map(_) => 24,
        TypeRef::Any => 32,
        TypeRef::Scalar(scalar) => match scalar {
            Scalar::String => 24,
            Scalar::Base64 => 40,
            _ => 16,
        },
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
    /// The edges that close a cycle: the holder, and the type that it holds.
    closing: Vec<(usize, TypeId)>,
    /// All types in postorder: each after those that it holds, except for the edges above.
    done: Vec<usize>,
}

impl Walk {
    /// Walks depth first with a stack of its own: documents have rings of thousands of types.
    fn from(&mut self, types: &TypeDrafts, start: usize) {
        let mut stack = vec![(start, held(types, start), 0)];
        if self.state.get(start) != Some(&State::New) {
            return;
        }
        self.set(start, State::Open);
        while let Some((holder, targets, next)) = stack.last_mut() {
            let holder = *holder;
            let Some(target) = targets.get(*next).copied() else {
                self.set(holder, State::Done);
                self.done.push(holder);
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

/// Returns the types that a type holds in place. An array or map has its elements on the heap.
fn held(types: &TypeDrafts, index: usize) -> Vec<TypeId> {
    match types.body(TypeId(index)) {
        // the map beside the members holds its values on the heap
        BodyDraft::Struct(body) => body
            .members
            .iter()
            .filter_map(|member| in_place(&member.ty))
            .collect(),
        body => body.parts().into_iter().filter_map(in_place).collect(),
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

fn put_in_box(ty: &mut TypeRef, is_meant: &dyn Fn(TypeId) -> bool) {
    match ty {
        TypeRef::Named(id) if is_meant(*id) => {
            *ty = TypeRef::Boxed(Box::new(TypeRef::Named(*id)));
        }
        TypeRef::Nullable(inner) => put_in_box(inner, is_meant),
        _ => {}
    }
}
