//! What an operation gives: the types of its successes and failures, and the functions that read them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::names::ident;
use crate::emit::type_names::Writer;
use crate::ir::{Failure, Operation, Returned, Scalar, Success, TypeRef};

/// The function that reads a reply.
pub(in crate::emit) fn reader(returned: &Returned) -> TokenStream {
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

/// What a success gives.
pub(in crate::emit) fn success_type(writer: &Writer<'_>, operation: &Operation) -> TokenStream {
    match &operation.success {
        Success::One(returned) => returned_type(writer, returned),
        Success::Several { name, .. } => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

/// What a declared failure gives.
pub(in crate::emit) fn failure_type(writer: &Writer<'_>, operation: &Operation) -> TokenStream {
    match &operation.failure {
        Failure::Undeclared => quote!(bytes::Bytes),
        Failure::One(returned) => returned_type(writer, returned),
        Failure::Several { name, .. } => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

/// The type of a body.
pub(in crate::emit) fn returned_type(writer: &Writer<'_>, returned: &Returned) -> TokenStream {
    match returned {
        Returned::Nothing => quote!(()),
        Returned::Json(ty) => writer.ty(ty),
        Returned::Text => quote!(String),
        Returned::Bytes => quote!(bytes::Bytes),
        Returned::Events(ty) => {
            let ty = writer.ty(ty);
            quote!(events::Events<#ty>)
        }
        Returned::JsonLines(ty) => {
            let ty = writer.ty(ty);
            quote!(events::JsonLines<#ty>)
        }
    }
}
