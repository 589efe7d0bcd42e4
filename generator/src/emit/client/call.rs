//! The types that methods return, and the setters of what is optional.

use proc_macro2::TokenStream;
use quote::quote;

use super::returned::call_types;
use super::{body, parameter};
use crate::emit::gates;
use crate::emit::module::{Item, LazyModule, Module, path};
use crate::emit::names::{doc, ident};
use crate::emit::type_names::TypePrinter;
use crate::ir::{Api, Operation, Stream};
use crate::name;

/// Returns the name of the type that the method of an operation, or of its stream, returns.
pub(super) fn name<'a>(operation: &'a Operation, stream: Option<&'a Stream>) -> &'a str {
    stream.map_or(&operation.call, |stream| &stream.call)
}

/// Returns the type that stands for the operation in a `Call`.
pub(in crate::emit) fn marker(operation: &Operation) -> TokenStream {
    let name = ident(&name::type_of_operation(&operation.name.rust));
    quote!(operation::#name)
}

/// Emits the types of the calls, and the setters, which are there whatever the response is read as.
pub(super) fn items(printer: &TypePrinter<'_>, operation: &Operation) -> Vec<Item> {
    let marker = marker(operation);
    let mut items = vec![alias(printer, operation, None)];
    let stream = operation.stream.as_ref();
    items.extend(stream.map(|stream| alias(printer, operation, Some(stream))));
    let mut setters = parameter::setters(printer, operation);
    setters.extend(body::setter(printer, operation));
    if !setters.is_empty() {
        items.push(quote!(impl<T, E> Call<T, E, #marker> { #(#setters)* }));
    }
    items.into_iter().map(Item::Alone).collect()
}

fn alias(printer: &TypePrinter<'_>, operation: &Operation, stream: Option<&Stream>) -> TokenStream {
    let method = stream.map_or(&operation.name.rust, |stream| &stream.rust);
    let docs = doc(&[format!("The call of [`Client::{method}`].")]);
    let (name, marker) = (ident(name(operation, stream)), marker(operation));
    let (success, failure) = call_types(printer, operation, stream);
    quote!(#docs pub type #name = Call<#success, #failure, #marker>;)
}

/// Emits `operation.rs`: a type for each operation, which decides what can be set on its calls.
pub(in crate::emit) fn markers(api: &Api) -> Option<LazyModule<'_>> {
    let file = move || {
        let names = api.operations.iter().map(|operation| {
            let name = ident(&name::type_of_operation(&operation.name.rust));
            let condition = gates::attribute(&gates::of_operation(api, operation));
            quote!(#condition pub enum #name {})
        });
        Module {
            path: path(api, "operation.rs"),
            docs: vec![
                "The operations as types: the last argument of a `Call`, by which it has their optional parameters."
                    .to_owned(),
            ],
            attributes: Vec::new(),
            items: vec![Item::Block(names.collect())],
        }
    };
    (!api.operations.is_empty()).then(|| -> LazyModule<'_> { Box::new(file) })
}
