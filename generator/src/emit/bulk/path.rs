//! Expressions that read a string from a result or an error.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::names::ident;
use crate::ir::{Leaf, MemberPath, PathStep, Presence};

/// The result of following a path: a value, or an `Option` of one.
pub(super) enum Reached {
    Always(TokenStream),
    Perhaps(TokenStream),
}

impl MemberPath {
    /// Returns an expression for the end of the path: a place, or an `Option` of a reference.
    pub(super) fn reach(&self, start: &TokenStream) -> Reached {
        self.walk(start, &quote!(as_ref))
    }

    /// Returns an expression for the string at the end of the path: a `&str`, or an `Option` of one.
    pub(super) fn read(&self, start: &TokenStream) -> Reached {
        let ends_in_option = matches!(
            self.steps.last(),
            Some(PathStep::Field(field)) if field.presence != Presence::Required
        );
        if ends_in_option && self.leaf == Leaf::Text {
            return self.walk(start, &quote!(as_deref));
        }
        match self.reach(start) {
            Reached::Always(place) => Reached::Always(quote!(#place.as_str())),
            Reached::Perhaps(place) => Reached::Perhaps(quote!(#place.map(|text| text.as_str()))),
        }
    }

    /// Follows the path step by step; `last` is the method that looks into an `Option` at its end.
    fn walk(&self, start: &TokenStream, last: &TokenStream) -> Reached {
        let mut place = Reached::Always(start.clone());
        for (index, step) in self.steps.iter().enumerate() {
            let look = if index + 1 == self.steps.len() {
                last.clone()
            } else {
                quote!(as_ref)
            };
            place = go(place, step, &look);
        }
        place
    }
}

fn go(place: Reached, step: &PathStep, look: &TokenStream) -> Reached {
    match (step, place) {
        (PathStep::Field(field), Reached::Always(place)) => {
            let name = ident(&field.rust);
            match field.presence {
                Presence::Required => Reached::Always(quote!(#place.#name)),
                _ => Reached::Perhaps(quote!(#place.#name.#look())),
            }
        }
        (PathStep::Field(field), Reached::Perhaps(place)) => {
            let name = ident(&field.rust);
            Reached::Perhaps(match field.presence {
                Presence::Required => quote!(#place.map(|it| &it.#name)),
                _ => quote!(#place.and_then(|it| it.#name.#look())),
            })
        }
        (PathStep::Key(key), Reached::Always(place)) => Reached::Perhaps(quote!(#place.get(#key))),
        (PathStep::Key(key), Reached::Perhaps(place)) => {
            Reached::Perhaps(quote!(#place.and_then(|it| it.get(#key))))
        }
    }
}
