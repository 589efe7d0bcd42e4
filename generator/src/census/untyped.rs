//! The places where the Rust type is any JSON value, and why.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::{Api, TypeBody, TypeRef};
use crate::load::{Loaded, Node};
use crate::pointer::Pointer;

use super::{Untyped, evidence, keyword};

/// Finds them in types and parameters, in the order of the types.
pub(super) fn untyped(loaded: &Loaded, api: &Api, diagnostics: &Diagnostics) -> Vec<Untyped> {
    let mut search = Search {
        loaded,
        diagnostics,
        found: Vec::new(),
    };
    for def in &api.types {
        let Some(origin) = def.origins.first() else {
            continue;
        };
        match &def.body {
            TypeBody::Struct(body) => {
                body.members
                    .iter()
                    .for_each(|member| search.uses(&member.ty, &member.origin));
                if let Some(rest) = &body.rest {
                    search.uses(rest, &search.target(origin).child("additionalProperties"));
                }
            }
            other => other.parts().for_each(|ty| search.uses(ty, origin)),
        }
    }
    for operation in &api.operations {
        operation
            .parameters
            .iter()
            .for_each(|parameter| search.uses(&parameter.ty, &parameter.origin.child("schema")));
    }
    search.found
}

struct Search<'a> {
    loaded: &'a Loaded,
    diagnostics: &'a Diagnostics,
    found: Vec<Untyped>,
}

impl Search<'_> {
    /// Goes down a use of a type and its schema side by side.
    fn uses(&mut self, ty: &TypeRef, at: &Pointer) {
        match ty {
            TypeRef::Any => {
                let one = self.untyped(&self.target(at));
                self.found.push(one);
            }
            TypeRef::List(inner) => self.uses(inner, &self.target(at).child("items")),
            TypeRef::Map(inner) => self.uses(inner, &self.target(at).child("additionalProperties")),
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => self.uses(inner, at),
            _ => {}
        }
    }

    fn target(&self, at: &Pointer) -> Pointer {
        evidence::target(self.loaded, at.clone())
    }

    fn untyped(&self, at: &Pointer) -> Untyped {
        let schema = self.loaded.get(at).and_then(Node::as_object);
        let weaker = schema.is_some_and(keyword::tells);
        let told = self.diagnostics.iter().find(|one| stands_at(one, at));
        let reason = match (weaker, told) {
            (_, Some(diagnostic)) => diagnostic.message.clone(),
            (false, None) => "the schema does not say what the value is".to_owned(),
            (true, None) => "no reason is given".to_owned(),
        };
        Untyped {
            at: at.clone(),
            reason,
            weaker,
        }
    }
}

fn stands_at(diagnostic: &Diagnostic, at: &Pointer) -> bool {
    diagnostic
        .at
        .pointer()
        .is_some_and(|place| place == at || place.parent().as_ref() == Some(at))
}
