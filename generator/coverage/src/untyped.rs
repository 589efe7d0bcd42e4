//! The places where the Rust type is any JSON value, and why.

use oasmith::ir::{TypeBody, TypeRef};
use oasmith::load::Node;
use oasmith::pointer::Pointer;

use super::losses::Losses;
use super::matches::Matches;
use super::site::plain;
use super::{Untyped, keyword, references};

/// Finds them in types and operations, in their order.
pub(super) fn untyped(matches: &Matches<'_>, losses: &Losses<'_>) -> Vec<Untyped> {
    let mut search = Search {
        matches,
        losses,
        found: Vec::new(),
    };
    for def in &matches.api.types {
        let Some(origin) = def.origins.first() else {
            continue;
        };
        match &def.body {
            TypeBody::Struct(body) => {
                for member in &body.members {
                    search.visit(&member.ty, &member.origin);
                }
                let rest = body.rest.iter();
                rest.for_each(|ty| search.visit(ty, &origin.child("additionalProperties")));
            }
            other => other.parts().for_each(|ty| search.visit(ty, origin)),
        }
    }
    for operation in &matches.api.operations {
        for parameter in &operation.parameters {
            search.visit(&parameter.ty, &parameter.origin);
        }
        let body = operation.body.iter().flat_map(|body| body.content.types());
        body.chain(operation.response_types())
            .for_each(|ty| search.visit(ty, &operation.origin));
    }
    for header in &matches.api.headers {
        let origins = header.origins.iter().take(1);
        origins.for_each(|origin| search.visit(&header.ty, origin));
    }
    search.found
}

struct Search<'s, 'a> {
    matches: &'s Matches<'a>,
    losses: &'s Losses<'s>,
    found: Vec<Untyped>,
}

impl Search<'_, '_> {
    /// Visits a use of a type; `fallback` is its place when no schema matches it.
    fn visit(&mut self, ty: &TypeRef, fallback: &Pointer) {
        match plain(ty) {
            any @ TypeRef::Any => self.any(any, fallback),
            TypeRef::List(inner) | TypeRef::Map(inner) => self.visit(inner, fallback),
            _ => {}
        }
    }

    fn any(&mut self, any: &TypeRef, fallback: &Pointer) {
        let schemas = self.matches.schemas_of(any);
        let loaded = self.matches.loaded;
        let is_weaker = |at: &&Pointer| {
            // `anyOf: [{}, { type: "null" }]` allows any JSON value; `type: "null"` alone allows less
            let is_restricted =
                || !keyword::is_null_at(loaded, at) || self.losses.untyped(at).is_some();
            references::next(loaded, at).is_none()
                && keyword::is_typed_at(loaded, at)
                && is_restricted()
        };
        let restricted = schemas.iter().filter(is_weaker).min();
        let at = restricted.or(schemas.iter().max()).unwrap_or(fallback);
        // a boolean schema is no object, so nothing matches it, and its loss is reported at the fallback
        let reported = schemas
            .iter()
            .chain([fallback])
            .find_map(|at| self.losses.untyped(at));
        let reason = match (restricted, reported) {
            (_, Some(reason)) => reason,
            (None, None) if self.bounds(at) => {
                "the schema bounds values of one type and has no `type`, so that those of any other fit, too"
            }
            (None, None) => "the schema does not say what the value is",
            (Some(_), None) => "no reason is given",
        };
        self.found.push(Untyped {
            at: at.clone(),
            site: fallback.clone(),
            reason: reason.to_owned(),
            weaker: restricted.is_some() || reported.is_some(),
        });
    }

    /// Returns whether a schema without a type bounds the values of one: `{ maxLength: 3 }`.
    fn bounds(&self, at: &Pointer) -> bool {
        const ABOUT_USAGE: [&str; 10] = [
            "type",
            "nullable",
            "readOnly",
            "writeOnly",
            "deprecated",
            "default",
            "xml",
            "not",
            "$ref",
            "discriminator",
        ];
        let schema = self.matches.loaded.get(at).and_then(Node::as_object);
        schema.is_some_and(|schema| {
            let mut names = schema.keys().filter_map(|name| keyword::known(name));
            !schema.contains_key("type") && names.any(|name| !ABOUT_USAGE.contains(&name))
        })
    }
}
