//! An operation: a method that is one expression.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::names::{Writer, doc, ident};
use super::paragraphs::Paragraphs;
use super::{body, params};
use crate::ir::{
    Authorization, Failure, Idempotency, Method, Operation, PathPart, Returned, Scalar, Server,
    Step, Stream, Success, TypeRef,
};

/// The method, and a second one where the success can be read as a stream, too.
pub(super) fn methods(writer: &Writer<'_>, operation: &Operation) -> Vec<TokenStream> {
    let whole = method(writer, operation, None);
    let stream = operation.stream.as_ref();
    let stream = stream.map(|stream| method(writer, operation, Some(stream)));
    std::iter::once(whole).chain(stream).collect()
}

fn method(writer: &Writer<'_>, operation: &Operation, stream: Option<&Stream>) -> TokenStream {
    let name = ident(stream.map_or(&operation.name.rust, |stream| &stream.rust));
    let docs = doc(&match stream {
        None => documentation(operation),
        Some(stream) => {
            let mut text = Paragraphs::default();
            text.line(format!(
                "[`Self::{}`], whose success is read while it arrives, from {}.",
                operation.name.rust,
                docs::code(&stream.accept)
            ));
            text.lines()
        }
    });
    let deprecated = operation.docs.deprecated.then(|| quote!(#[deprecated]));
    let mut arguments = params::arguments(writer, operation);
    arguments.extend(
        operation
            .body
            .as_ref()
            .map(|body| body::argument(writer, body)),
    );
    let (success, failure) = (
        match stream {
            None => success_type(writer, operation),
            Some(stream) => returned_type(writer, &stream.returned),
        },
        failure_type(writer, operation),
    );
    let expression = expression(writer, operation, stream);
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #name(&self #(, #arguments)*) -> Call<#success, #failure> {
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
    for parameter in operation
        .parameters
        .iter()
        .filter(|one| params::is_path(one))
    {
        let head = docs::code(&parameter.name.rust);
        text.entry(&head, &Paragraphs::of(&parameter.docs).lines());
    }
    let headers = [
        ("success", &operation.headers.success),
        ("failure", &operation.headers.failure),
    ];
    for (what, names) in headers.into_iter().filter(|(_, names)| !names.is_empty()) {
        let links = names
            .iter()
            .map(|name| format!("[`{name}`](crate::headers::{name})"));
        let links: Vec<_> = links.collect();
        text.line(format!("Headers of a {what}: {}.", links.join(", ")));
    }
    let request = docs::code(&format!("{} {}", operation.method.0, operation.path));
    text.line(match &operation.server {
        None => request,
        Some(Server::Url(url)) => format!(
            "{request} on {}, unless the client was given a base URL.",
            docs::code(url)
        ),
        Some(Server::Path { own, .. }) if own.is_empty() => {
            format!("{request} from the server's root.")
        }
        Some(Server::Path { own, .. }) => format!("{request} below {}.", docs::code(own)),
    });
    text.lines()
}

fn expression(writer: &Writer<'_>, operation: &Operation, stream: Option<&Stream>) -> TokenStream {
    let draft = draft(&operation.method, &template(operation));
    let server = operation.server.as_ref().map(server);
    let parameters = params::sent(writer, operation);
    let authorize = authorize(&operation.authorization);
    let accept = stream.map(|stream| &stream.accept);
    let accept = accept.or(operation.accept.as_ref());
    let accept = accept.map(|accept| quote!(.accept(#accept)));
    let idempotency = idempotency(&operation.idempotency);
    let body = operation.body.as_ref().map(body::sent);
    let (call, success) = match (stream, &operation.success) {
        (Some(stream), _) => (quote!(call_streaming), reader(&stream.returned)),
        (None, Success::One(returned)) if returned.is_stream() => {
            (quote!(call_streaming), reader(returned))
        }
        (None, Success::One(returned)) => (quote!(call), reader(returned)),
        (None, Success::Several { name, .. }) => {
            let name = ident(name);
            (quote!(call), quote!(#name::read_))
        }
    };
    let failure = match &operation.failure {
        Failure::Undeclared => quote!(call::bytes),
        Failure::One(returned) => reader(returned),
        Failure::Several { name, .. } => {
            let name = ident(name);
            quote!(#name::read_)
        }
    };
    quote!(#draft #server #(#parameters)* #authorize #accept #idempotency #body .#call(#success, #failure))
}

/// The path with its parameters in braces; everything else in it is percent-encoded where it has to be.
fn template(operation: &Operation) -> String {
    let parts = operation.parts.iter().map(|part| match part {
        PathPart::Literal(text) => text.clone(),
        PathPart::Parameter(index) => {
            let parameter = operation.parameters.get(*index);
            parameter.map_or_else(String::new, |one| format!("{{{}}}", one.name.wire))
        }
    });
    parts.collect()
}

/// `self.draft(http::Method::GET, "/users/{id}")`
fn draft(method: &Method, path: &str) -> TokenStream {
    const STANDARD: [&str; 8] = [
        "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE",
    ];
    let name = method.0.as_str();
    match STANDARD.contains(&name) {
        true => {
            let name = ident(name);
            quote!(self.draft(http::Method::#name, #path))
        }
        false => quote!(self.draft_as(#name, #path)),
    }
}

/// `.server("https://uploads.example.com")`
fn server(server: &Server) -> TokenStream {
    match server {
        Server::Url(url) => quote!(.server(#url)),
        Server::Path { common, own } => quote!(.server_path(#common, #own)),
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

/// What the method does not say; it stands before the body, which it may be a question of.
fn idempotency(idempotency: &Idempotency) -> Option<TokenStream> {
    match idempotency {
        Idempotency::ByMethod => None,
        Idempotency::Known(known) => Some(quote!(.idempotent(#known))),
        Idempotency::WhenPresent(path) => {
            let steps = path.iter().map(|step| match step {
                Step::Member(name) => name.as_str(),
                Step::Each => "[]",
            });
            Some(quote!(.idempotent_when(&[#(#steps),*])))
        }
    }
}

/// The function that reads a reply.
pub(super) fn reader(returned: &Returned) -> TokenStream {
    match returned {
        Returned::Nothing => quote!(call::empty),
        Returned::Json(_) => quote!(call::json),
        Returned::Text => quote!(call::text),
        Returned::Bytes => quote!(call::bytes),
        Returned::Events(TypeRef::Scalar(Scalar::Text)) => quote!(events::text_events),
        Returned::Events(_) => quote!(events::events),
        Returned::JsonLines(_) => quote!(events::json_lines),
    }
}

/// What a success gives.
pub(super) fn success_type(writer: &Writer<'_>, operation: &Operation) -> TokenStream {
    match &operation.success {
        Success::One(returned) => returned_type(writer, returned),
        Success::Several { name, .. } => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

/// What a declared failure gives.
pub(super) fn failure_type(writer: &Writer<'_>, operation: &Operation) -> TokenStream {
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
pub(super) fn returned_type(writer: &Writer<'_>, returned: &Returned) -> TokenStream {
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
