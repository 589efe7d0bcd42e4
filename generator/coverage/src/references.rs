//! Follows `$ref`s from place to place.

use oasmith::load::Loaded;
use oasmith::pointer::Pointer;

/// How many references are followed; a circle of them ends somewhere in it.
const MAX_HOPS: usize = 32;

/// Returns the place where the references from a place end; the place itself when it holds none.
pub(super) fn target(loaded: &Loaded, at: Pointer) -> Pointer {
    let hops = std::iter::successors(Some(at.clone()), |at| next(loaded, at));
    hops.take(MAX_HOPS + 1).last().unwrap_or(at)
}

/// Returns the target of the reference at a place.
pub(super) fn next(loaded: &Loaded, at: &Pointer) -> Option<Pointer> {
    let reference = loaded.get(at)?.get("$ref")?.as_str()?;
    let target = loaded.target(&at.child("$ref"), reference).ok();
    let is_there = |at: &Pointer| loaded.get(at).is_some();
    if target.as_ref().is_some_and(is_there) {
        return target;
    }
    // `#/definitions/Pet` is read as the schema `Pet`, with a warning
    let (_, name) = reference.rsplit_once(['/', '#']).unwrap_or(("", reference));
    let schemas = Pointer::root(loaded.root().clone())
        .child("components")
        .child("schemas");
    Some(schemas.child(name)).filter(is_there).or(target)
}
