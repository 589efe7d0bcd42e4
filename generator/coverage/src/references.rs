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
    loaded.target(&at.child("$ref"), reference).ok()
}
