//! Names in inherent `impl` blocks, which can be for some arguments of a type only.

use std::collections::BTreeSet;

use quote::quote;
use syn::ItemImpl;

/// A name in an inherent `impl`.
pub struct Inherent {
    pub name: String,
    pub file: String,
    /// Whether that is a generated file.
    pub is_generated: bool,
    /// The arguments of the type that are types themselves: `operation::Get` of `impl<T, E> Call<T, E, operation::Get>`.
    pub arguments: Vec<String>,
}

impl Inherent {
    /// Returns whether there is a type that has both: not if they are for other arguments.
    pub fn meets(&self, other: &Inherent) -> bool {
        let is_for_all = self.arguments.is_empty() || other.arguments.is_empty();
        self.name == other.name && (is_for_all || self.arguments == other.arguments)
    }
}

/// Returns the arguments of the type of an `impl` that are no parameters of the `impl` itself.
pub fn own_arguments(one: &ItemImpl) -> Vec<String> {
    let syn::Type::Path(ty) = &*one.self_ty else {
        return Vec::new();
    };
    let parameters: BTreeSet<String> = one
        .generics
        .type_params()
        .map(|parameter| parameter.ident.to_string())
        .collect();
    let last = ty.path.segments.last().map(|segment| &segment.arguments);
    let Some(syn::PathArguments::AngleBracketed(given)) = last else {
        return Vec::new();
    };
    let given = given
        .args
        .iter()
        .map(|argument| quote!(#argument).to_string());
    given
        .filter(|argument| !parameters.contains(argument))
        .collect()
}
