//! An operation: a method that is one expression.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::names::{Writer, doc, ident};
use super::paragraphs::Paragraphs;
use crate::ir::{Authorization, Content, Failure, Method, Operation, Returned, Success};

/// The method.
pub(super) fn method(writer: &Writer<'_>, operation: &Operation) -> TokenStream {
    let name = ident(&operation.name.rust);
    let docs = doc(&documentation(operation));
    let deprecated = operation.docs.deprecated.then(|| quote!(#[deprecated]));
    let body = operation.body.as_ref().map(|body| {
        let Content::Json { ty, .. } = &body.content else {
            return quote!();
        };
        let (argument, ty) = (ident(&body.argument), writer.ty(ty));
        match body.required {
            true => quote!(, #argument: &#ty),
            false => quote!(, #argument: Option<&#ty>),
        }
    });
    let (success, failure) = (
        success_type(writer, operation),
        failure_type(writer, operation),
    );
    let expression = expression(operation);
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #name(&self #body) -> Call<#success, #failure> {
            #expression
        }
    }
}

fn documentation(operation: &Operation) -> Vec<String> {
    let mut text = Paragraphs::of(&operation.docs);
    if let Some(body) = &operation.body
        && let Some(description) = &body.docs.description
    {
        text.text(description);
    }
    text.line(docs::code(&format!(
        "{} {}",
        operation.method.0, operation.path
    )));
    text.lines()
}

fn expression(operation: &Operation) -> TokenStream {
    let (method, path) = (verb(&operation.method), &operation.path);
    let authorize = authorize(&operation.authorization);
    let body = operation.body.as_ref().map(|body| {
        let argument = ident(&body.argument);
        match body.required {
            true => quote!(.json(#argument)),
            false => quote!(.optional_json(#argument)),
        }
    });
    let success = match &operation.success {
        Success::One(returned) => reader(returned),
        Success::Several { name, .. } => {
            let name = ident(name);
            quote!(#name::read)
        }
    };
    let failure = match &operation.failure {
        Failure::Undeclared => quote!(call::bytes),
        Failure::One(returned) => reader(returned),
    };
    quote!(self.draft(#method, #path) #authorize #body .call(#success, #failure))
}

fn verb(method: &Method) -> TokenStream {
    const STANDARD: [&str; 8] = [
        "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE",
    ];
    let name = method.0.as_str();
    match STANDARD.contains(&name) {
        true => {
            let name = ident(name);
            quote!(http::Method::#name)
        }
        false => quote!(crate::runtime::client::method(#name)),
    }
}

fn authorize(authorization: &Authorization) -> Option<TokenStream> {
    let alternatives = authorization.alternatives.iter().map(|set| {
        let set = set
            .iter()
            .map(|index| proc_macro2::Literal::usize_unsuffixed(*index));
        quote!(&[#(#set),*])
    });
    (!authorization.alternatives.is_empty()).then(|| quote!(.authorize(&[#(#alternatives),*])))
}

fn reader(returned: &Returned) -> TokenStream {
    match returned {
        Returned::Nothing => quote!(call::empty),
        Returned::Json(_) => quote!(call::json),
        Returned::Text => quote!(call::text),
        Returned::Bytes => quote!(call::bytes),
    }
}

fn success_type(writer: &Writer<'_>, operation: &Operation) -> TokenStream {
    match &operation.success {
        Success::One(returned) => returned_type(writer, returned),
        Success::Several { name, .. } => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

fn failure_type(writer: &Writer<'_>, operation: &Operation) -> TokenStream {
    match &operation.failure {
        Failure::Undeclared => quote!(bytes::Bytes),
        Failure::One(returned) => returned_type(writer, returned),
    }
}

/// The type of a body.
pub(super) fn returned_type(writer: &Writer<'_>, returned: &Returned) -> TokenStream {
    match returned {
        Returned::Nothing => quote!(()),
        Returned::Json(ty) => writer.ty(ty),
        Returned::Text => quote!(String),
        Returned::Bytes => quote!(bytes::Bytes),
    }
}
