//! The places where the Rust type is any JSON value, and why.

use super::evidence::{self, Reports};
use super::pairs::{Pairs, plain};
use super::{Untyped, keyword};
use crate::ir::{TypeBody, TypeRef};
use crate::pointer::Pointer;

/// Finds them in types and operations, in their order.
pub(super) fn untyped(pairs: &Pairs<'_>, reports: &Reports<'_>) -> Vec<Untyped> {
    let mut search = Search {
        pairs,
        reports,
        found: Vec::new(),
    };
    for def in &pairs.api.types {
        let Some(origin) = def.origins.first() else {
            continue;
        };
        match &def.body {
            TypeBody::Struct(body) => {
                for member in &body.members {
                    search.uses(&member.ty, &member.origin);
                }
                let rest = body.rest.iter();
                rest.for_each(|ty| search.uses(ty, &origin.child("additionalProperties")));
            }
            other => other.parts().for_each(|ty| search.uses(ty, origin)),
        }
    }
    for operation in &pairs.api.operations {
        for parameter in &operation.parameters {
            search.uses(&parameter.ty, &parameter.origin);
        }
        let body = operation.body.iter().flat_map(|body| body.content.types());
        body.chain(operation.response_types())
            .for_each(|ty| search.uses(ty, &operation.origin));
    }
    for header in &pairs.api.headers {
        let origins = header.origins.iter().take(1);
        origins.for_each(|origin| search.uses(&header.ty, origin));
    }
    search.found
}

struct Search<'s, 'a> {
    pairs: &'s Pairs<'a>,
    reports: &'s Reports<'s>,
    found: Vec<Untyped>,
}

impl Search<'_, '_> {
    /// Goes down a use of a type; `place` is where it stands when no schema stands beside it.
    fn uses(&mut self, ty: &TypeRef, place: &Pointer) {
        match plain(ty) {
            any @ TypeRef::Any => self.any(any, place),
            TypeRef::List(inner) | TypeRef::Map(inner) => self.uses(inner, place),
            _ => {}
        }
    }

    fn any(&mut self, ty: &TypeRef, place: &Pointer) {
        let beside = self.pairs.beside(ty);
        let loaded = self.pairs.loaded;
        let tells = |at: &&Pointer| {
            // `anyOf: [{}, { type: "null" }]` is any JSON; `type: "null"` alone is less
            let is_weak = || !keyword::is_null_at(loaded, at) || self.reports.untyped(at).is_some();
            evidence::next(loaded, at).is_none() && keyword::tells_at(loaded, at) && is_weak()
        };
        let telling = beside.iter().filter(tells).min();
        let at = telling.or(beside.iter().max()).unwrap_or(place);
        // a boolean schema is no object to stand beside anything
        let told = beside.iter().find_map(|at| self.reports.untyped(at));
        let told = told.or_else(|| self.reports.untyped(place));
        let reason = match (telling, told) {
            (_, Some(reason)) => reason.to_owned(),
            (None, None) => "the schema does not say what the value is".to_owned(),
            (Some(_), None) => "no reason is given".to_owned(),
        };
        self.found.push(Untyped {
            at: at.clone(),
            reason,
            weaker: telling.is_some() || told.is_some(),
        });
    }
}
