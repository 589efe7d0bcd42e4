//! What one schema says and another one of the same value takes back.
//!
//! ```yaml
//! allOf: [{ properties: { name: { type: string, nullable: true } } }, { properties: { name: { type: string } } }]
//! # no `null` fits both, so that a type without it is exact
//! ```

use std::collections::HashMap;

use super::evidence;
use super::keyword;
use super::pairs::Pairs;
use super::shape::Seat;
use crate::load::{Loaded, Node};
use crate::pointer::Pointer;

/// How many schemas are followed into one another.
const DEEPEST: usize = 8;

/// The schemas that members and items are declared by, by the member or item.
#[derive(Default)]
pub(super) struct Declarations<'a>(HashMap<usize, Vec<(Seat<'a>, Pointer)>>);

impl<'a> Declarations<'a> {
    pub(super) fn add(&mut self, address: usize, seat: Seat<'a>, at: Pointer) {
        self.0.entry(address).or_default().push((seat, at));
    }

    /// The places whose `null` another declaration of the same value refuses.
    fn contradicted(&self, loaded: &Loaded) -> Vec<(Seat<'a>, Pointer)> {
        let several = self.0.values().filter(|all| all.len() > 1);
        let refused = several.filter(|all| {
            // of alternatives each says something else, and all of it counts
            let is_alternative = |at: &Pointer| {
                let tokens: Vec<_> = at.tokens().collect();
                // a member can have such a name, too
                tokens.windows(2).any(|pair| match pair {
                    [name, index] => {
                        (*name == "anyOf" || *name == "oneOf") && index.parse::<usize>().is_ok()
                    }
                    _ => false,
                })
            };
            let alternatives = all.iter().any(|(_, at)| is_alternative(at));
            !alternatives && !all.iter().all(|(_, at)| fits_null(loaded, at, 0))
        });
        let each = refused.flatten();
        let each = each.filter(|(_, at)| fits_null(loaded, at, 0));
        each.cloned().collect()
    }
}

impl Pairs<'_> {
    /// Counts the `null`s that no type can have.
    pub(super) fn contradicted(&mut self) {
        for (mut seat, at) in self.declarations.contradicted(self.loaded) {
            seat.nullable = true;
            self.pair(seat, at);
        }
    }
}

/// Whether `null` fits the schema at a place.
fn fits_null(loaded: &Loaded, at: &Pointer, depth: usize) -> bool {
    let Some(schema) = loaded.get(at).and_then(Node::as_object) else {
        return true;
    };
    let says = |name: &str| schema.get(name).and_then(Node::as_bool) == Some(true);
    if depth > DEEPEST || says("nullable") {
        return true;
    }
    if let Some(target) = evidence::next(loaded, at) {
        return fits_null(loaded, &target, depth + 1);
    }
    let is_null = |node: &Node| node.is_null() || node.as_str() == Some("null");
    let own = match schema.get("type") {
        Some(Node::Array(all)) => all.iter().any(is_null),
        Some(one) => is_null(one),
        None => schema
            .get("enum")
            .and_then(Node::as_array)
            .is_none_or(|all| all.iter().any(Node::is_null)),
    };
    let part = |names: &[&str]| -> Vec<bool> {
        let parts = keyword::parts(schema, at, names);
        parts
            .iter()
            .map(|at| fits_null(loaded, at, depth + 1))
            .collect()
    };
    let alternatives = part(&["anyOf", "oneOf"]);
    own && part(&["allOf"]).into_iter().all(|fits| fits)
        && (alternatives.is_empty() || alternatives.contains(&true))
}
