//! Types that contain themselves, large ones, and what is put on the heap.
//!
//! An array or map has its elements on the heap already, so only members held in place count:
//! `struct Node { next: Option<Node> }`.
//!
//! Whether there is a box is part of the public API, so nothing decides it that another schema could change: a member is
//! boxed because it leads back to its own type, and a variant because it holds an object where another variant does not.
//! The second is for the size of types. Where an API may send an object in place of its id, each level would otherwise
//! contain all the others: a checkout session of Stripe has 98 kilobytes in place, of which a program without optimisation
//! has several copies on its stack, and 10 if these variants are boxed. Boxes in unions of objects alone save little more.

use super::drafts::TypeDrafts;
use crate::ir::{Scalar, TypeId, TypeRef};
use crate::lower::graph;
use crate::lower::schema::BodyDraft;

/// The largest type, in bytes, that another one may hold in place. It is beyond what APIs have, and guards against documents
/// in which each type holds the next one twice.
const LARGEST_IN_PLACE: usize = 64 << 10;

/// The longest row of types that hold one another in place; rustc allows 128.
const DEEPEST_IN_PLACE: usize = 64;

/// Boxes the members that lead back to their own type, the objects in unions with other types, and what exceeds the
/// limits above.
pub(super) fn boxing(types: &mut TypeDrafts) {
    put_objects_in_boxes(types);
    let held: Vec<Vec<usize>> = (0..types.len()).map(|index| held(types, index)).collect();
    let components = graph::components(&held);
    let mut component_of = vec![0; types.len()];
    for (number, component) in components.iter().enumerate() {
        for index in component {
            if let Some(slot) = component_of.get_mut(*index) {
                *slot = number;
            }
        }
    }
    for (holder, own) in component_of.iter().enumerate() {
        // each cycle leads through a member, since one of branches only is an error
        if !matches!(types.body(TypeId(holder)), BodyDraft::Union(_)) {
            put_parts_in_boxes(types, holder, &|id| component_of.get(id.0) == Some(own));
        }
    }
    let mut sizes = vec![0; types.len()];
    let mut depths = vec![0; types.len()];
    // those that a type holds come before it, but for cycles, which have their boxes
    for index in components.into_iter().flatten() {
        let is_large = |id: TypeId| {
            sizes.get(id.0).is_some_and(|size| *size > LARGEST_IN_PLACE)
                || depths
                    .get(id.0)
                    .is_some_and(|depth| *depth > DEEPEST_IN_PLACE)
        };
        put_parts_in_boxes(types, index, &is_large);
        let size = size_of_body(types.body(TypeId(index)), &sizes);
        if let Some(slot) = sizes.get_mut(index) {
            *slot = size;
        }
        let below = self::held(types, index);
        let below = below.iter().filter_map(|target| depths.get(*target)).max();
        let depth = 1 + below.copied().unwrap_or(0);
        if let Some(slot) = depths.get_mut(index) {
            *slot = depth;
        }
    }
}

/// Boxes the objects in unions that also have other types.
fn put_objects_in_boxes(types: &mut TypeDrafts) {
    let objects: Vec<bool> = (0..types.len())
        .map(|index| is_object(types, index))
        .collect();
    let is_object = |index: usize| objects.get(index) == Some(&true);
    for holder in 0..types.len() {
        if let BodyDraft::Union(body) = types.body(TypeId(holder)) {
            let mut branches = body.branches.iter();
            if branches.any(|branch| !in_place(&branch.ty).is_some_and(is_object)) {
                put_parts_in_boxes(types, holder, &|id| is_object(id.0));
            }
        }
    }
}

/// Returns whether a type is a struct, perhaps by another name.
fn is_object(types: &TypeDrafts, index: usize) -> bool {
    let ty = TypeRef::Named(TypeId(index));
    let resolved = types.resolve(&ty).id();
    resolved.is_some_and(|id| matches!(types.body(id), BodyDraft::Struct(_)))
}

/// Boxes the parts that a type holds in place and that `is_meant` selects. Another name for a type has no boxes: whoever
/// holds it has them.
fn put_parts_in_boxes(types: &mut TypeDrafts, holder: usize, is_meant: &dyn Fn(TypeId) -> bool) {
    let Some(def) = types.get_mut(holder) else {
        return;
    };
    match &mut def.body {
        BodyDraft::Alias(_) => {}
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

/// Returns the types that a type holds in place. An array or map has its elements on the heap.
fn held(types: &TypeDrafts, index: usize) -> Vec<usize> {
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

fn in_place(ty: &TypeRef) -> Option<usize> {
    match ty {
        TypeRef::Named(id) => Some(id.0),
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
