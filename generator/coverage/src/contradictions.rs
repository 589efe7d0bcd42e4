//! Schemas of one value that contradict each other about `null`.
//!
//! ```yaml
//! allOf: [{ properties: { name: { type: string, nullable: true } } }, { properties: { name: { type: string } } }]
//! # `null` does not fit the second one, so a type without `null` is exact
//! ```

use std::collections::HashMap;

use oasmith::load::{Loaded, Node};
use oasmith::pointer::Pointer;

use super::matches::Matches;
use super::site::TypeSite;
use super::{keyword, references};

/// How many subschemas and references are followed into one another.
const MAX_DEPTH: usize = 8;

/// The schemas that declare each member and item, by the address of its site.
#[derive(Default)]
pub(super) struct Declarations<'a>(HashMap<usize, Vec<(TypeSite<'a>, Pointer)>>);

impl<'a> Declarations<'a> {
    pub(super) fn add(&mut self, site: TypeSite<'a>, at: Pointer) {
        self.0.entry(site.address()).or_default().push((site, at));
    }

    /// Returns the declarations that allow `null` where another declaration of the same value does not.
    fn contradicted(&self, loaded: &Loaded) -> Vec<(TypeSite<'a>, Pointer)> {
        self.0
            .values()
            .filter(|all| {
                all.len() > 1
                    && !all.iter().any(|(_, at)| is_in_branch(at))
                    && !all.iter().all(|(_, at)| fits_null(loaded, at, 0))
            })
            .flatten()
            .filter(|(_, at)| fits_null(loaded, at, 0))
            .cloned()
            .collect()
    }
}

impl Matches<'_> {
    /// Accepts every `null` that another schema of the same value excludes.
    pub(super) fn contradictions(&mut self) {
        for (mut site, at) in self.declarations.contradicted(self.loaded) {
            site.nullable = true;
            self.add(site, at);
        }
    }
}

/// Returns whether a schema is in a branch of `anyOf` or `oneOf`. Branches differ on purpose, so they do not contradict
/// each other.
fn is_in_branch(at: &Pointer) -> bool {
    let tokens: Vec<_> = at.tokens().collect();
    // with the index behind it, `anyOf` is the keyword and not the name of a member
    tokens.windows(2).any(|pair| match pair {
        [name, index] => (name == "anyOf" || name == "oneOf") && index.parse::<usize>().is_ok(),
        _ => false,
    })
}

/// Returns whether `null` fits the schema at a place.
fn fits_null(loaded: &Loaded, at: &Pointer, depth: usize) -> bool {
    let Some(schema) = loaded.get(at).and_then(Node::as_object) else {
        return true;
    };
    let is_nullable = schema.get("nullable").and_then(Node::as_bool) == Some(true);
    if depth > MAX_DEPTH || is_nullable {
        return true;
    }
    if let Some(target) = references::next(loaded, at) {
        return fits_null(loaded, &target, depth + 1);
    }
    let is_null = |node: &Node| node.is_null() || node.as_str() == Some("null");
    let fits_type = match schema.get("type") {
        Some(Node::Array(all)) => all.iter().any(is_null),
        Some(one) => is_null(one),
        None => schema
            .get("enum")
            .and_then(Node::as_array)
            .is_none_or(|all| all.iter().any(Node::is_null)),
    };
    let fit = |names: &[&str]| -> Vec<bool> {
        keyword::subschemas(schema, at, names)
            .iter()
            .map(|at| fits_null(loaded, at, depth + 1))
            .collect()
    };
    let branches = fit(&["anyOf", "oneOf"]);
    fits_type
        && !fit(&["allOf"]).contains(&false)
        && (branches.is_empty() || branches.contains(&true))
}
