//! Conditions on cargo features: `#[cfg(feature = "pets")]`.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::ir::{Api, Gate, Header, Operation};

/// Returns the attribute of an item; none if it is always compiled.
pub(super) fn attribute(gate: &Gate) -> Option<TokenStream> {
    let Gate::AnyOf(features) = gate else {
        return None;
    };
    let conditions = features.iter().map(|name| quote!(feature = #name));
    let conditions: Vec<_> = conditions.collect();
    Some(match conditions.as_slice() {
        [one] => quote!(#[cfg(#one)]),
        all => quote!(#[cfg(any(#(#all),*))]),
    })
}

/// Returns when the operations of a module of `client/` are compiled.
pub(super) fn of_tag(api: &Api, module: &str) -> Gate {
    let features = api.features.as_ref();
    features.map_or(Gate::Always, |features| features.of_tag(module))
}

/// Returns when an operation is compiled.
pub(super) fn of_operation(api: &Api, operation: &Operation) -> Gate {
    of_tag(api, &operation.tag.rust)
}

/// Returns when a module of types is compiled.
pub(super) fn of_types(api: &Api, module: &str) -> Gate {
    let features = api.features.as_ref();
    features.map_or(Gate::Always, |features| features.of_types(module))
}

/// Returns when the constant of a header is compiled.
pub(super) fn of_header(api: &Api, header: &Header) -> Gate {
    let features = api.features.as_ref();
    features.map_or(Gate::Always, |features| features.of_header(header))
}

/// The items of a file that are not compiled together, with what they share: an import or an alias is compiled with the
/// items that name it.
#[derive(Default)]
pub(super) struct Gated {
    items: Vec<(Gate, BTreeSet<String>)>,
}

impl Gated {
    /// Adds an item and returns it with its condition.
    pub fn item(&mut self, gate: &Gate, tokens: TokenStream) -> TokenStream {
        let mut names = BTreeSet::new();
        named(tokens.clone(), &mut names);
        self.items.push((gate.clone(), names));
        let attribute = attribute(gate);
        quote!(#attribute #tokens)
    }

    /// Returns the aliases of a file with their conditions. One that others name is before them.
    pub fn aliases(&mut self, aliases: Vec<(String, TokenStream)>) -> Vec<TokenStream> {
        let last_first = aliases.into_iter().rev();
        let mut written: Vec<_> = last_first
            .map(|(name, tokens)| {
                let gate = self.of_users(&name);
                self.item(&gate, tokens)
            })
            .collect();
        written.reverse();
        written
    }

    /// Returns imports with their conditions, each given with the name that it is used by.
    pub fn uses(&self, lines: Vec<(&str, TokenStream)>) -> Vec<TokenStream> {
        let lines = lines.into_iter().map(|(name, line)| {
            let attribute = attribute(&self.of_users(name));
            quote!(#attribute #line)
        });
        lines.collect()
    }

    /// Returns when one of the items is compiled that have a name in them.
    fn of_users(&self, name: &str) -> Gate {
        let users = self.items.iter().filter(|(_, names)| names.contains(name));
        let gates = users.map(|(gate, _)| gate.clone());
        gates.reduce(Gate::or).unwrap_or(Gate::Always)
    }
}

fn named(tokens: TokenStream, names: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => drop(names.insert(ident.to_string())),
            TokenTree::Group(group) => named(group.stream(), names),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
