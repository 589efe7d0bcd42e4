//! What an operation returns: the types of its successes and failures, and the functions that decode them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::complexity::Place;
use crate::emit::names::ident;
use crate::emit::type_names::TypePrinter;
use crate::ir::{Failure, Operation, Returned, Scalar, Stream, Success, TypeRef};

/// Returns the function that decodes a response.
pub(super) fn reader(printer: &TypePrinter<'_>, returned: &Returned) -> TokenStream {
    let change = returned.ty().and_then(|ty| printer.change(ty));
    match (returned, change) {
        (Returned::Json(_), Some(change)) => {
            return quote!(|reply| response::changed_json(reply, #change));
        }
        (Returned::Events(_), Some(change)) => {
            let read = quote!(|text| events::changed_json(text, #change));
            return quote!(|body, max_size| events::events_by(body, max_size, #read));
        }
        (Returned::JsonLines(_), Some(change)) => {
            let read = quote!(|text| events::changed_json(text, #change));
            return quote!(|body, max_size| events::json_lines_by(body, max_size, #read));
        }
        _ => {}
    }
    match returned {
        Returned::Nothing => quote!(response::empty),
        Returned::Json(_) => quote!(response::json),
        Returned::Text => quote!(response::text),
        Returned::Bytes => quote!(response::bytes),
        Returned::Events(TypeRef::Scalar(Scalar::String)) => quote!(events::text_events),
        Returned::Events(_) => quote!(events::events),
        Returned::JsonLines(_) => quote!(events::json_lines),
    }
}

/// Returns the types of `Call<Success, Failure>`, of an operation or of its stream.
pub(in crate::emit) fn call_types(
    printer: &TypePrinter<'_>,
    operation: &Operation,
    stream: Option<&Stream>,
) -> (TokenStream, TokenStream) {
    let (failure, failure_ref) = match &operation.failure {
        Failure::Undeclared => (quote!(bytes::Bytes), None),
        Failure::One { returned, .. } => {
            let ty = type_at(printer, Place::FAILURE, returned);
            (ty, returned.ty())
        }
        Failure::Several { name, .. } => (named(name), None),
    };
    let place = Place::success(failure_ref);
    let success = match (stream, &operation.success) {
        (Some(stream), _) => type_at(printer, place, &stream.returned),
        (None, Success::One(returned)) => type_at(printer, place, returned),
        (None, Success::Several { name, .. }) => named(name),
    };
    (success, failure)
}

fn named(name: &str) -> TokenStream {
    let name = ident(name);
    quote!(#name)
}

/// Returns the type of a body.
pub(super) fn returned_type(printer: &TypePrinter<'_>, returned: &Returned) -> TokenStream {
    type_at(printer, Place::FIELD, returned)
}

fn type_at(printer: &TypePrinter<'_>, place: Place, returned: &Returned) -> TokenStream {
    match returned {
        Returned::Nothing => quote!(()),
        Returned::Json(ty) => printer.ty_at(place, ty),
        Returned::Text => quote!(String),
        Returned::Bytes => quote!(bytes::Bytes),
        Returned::Events(ty) => {
            let ty = printer.ty_at(place.wrapped(), ty);
            quote!(events::Events<#ty>)
        }
        Returned::JsonLines(ty) => {
            let ty = printer.ty_at(place.wrapped(), ty);
            quote!(events::JsonLines<#ty>)
        }
    }
}
