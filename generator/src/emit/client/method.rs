//! The method of an operation: one expression, or a few if there are very many parameters.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::returned::reader;
use super::{body, call, parameter, servers};
use crate::emit::docs;
use crate::emit::names::{doc, ident};
use crate::emit::paragraphs::Paragraphs;
use crate::emit::type_names::TypePrinter;
use crate::ir::{
    Api, Authorization, Failure, HeaderNames, Idempotency, Operation, PathPart, Server, Status,
    Step, Stream, Success,
};

/// The most parameters in one expression: chains of thousands of calls overflow the compiler's stack.
const LONGEST_CHAIN: usize = 64;

/// Emits the method, and a second one if the success can be read as a stream, too.
pub(super) fn methods(printer: &TypePrinter<'_>, operation: &Operation) -> Vec<TokenStream> {
    let whole = method(printer, operation, None);
    let stream = operation.stream.as_ref();
    let stream = stream.map(|stream| method(printer, operation, Some(stream)));
    std::iter::once(whole).chain(stream).collect()
}

fn method(
    printer: &TypePrinter<'_>,
    operation: &Operation,
    stream: Option<&Stream>,
) -> TokenStream {
    let name = ident(stream.map_or(&operation.name.rust, |stream| &stream.rust));
    let docs = doc(&match stream {
        None => documentation(printer.api, operation),
        Some(stream) => {
            let mut text = Paragraphs::default();
            text.line(format!(
                "Calls [`Self::{}`] and reads the success as a stream of {}.",
                operation.name.rust,
                docs::code(&stream.accept)
            ));
            text.lines()
        }
    });
    let deprecated = operation.docs.deprecated.then(|| quote!(#[deprecated]));
    let mut arguments = parameter::arguments(printer, operation);
    let body = operation.body.as_ref().filter(|body| body.required);
    arguments.extend(body.map(|body| body::argument(printer, body)));
    let returned = ident(call::name(operation, stream));
    let expression = expression(printer, operation, stream);
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #name(&self #(, #arguments)*) -> #returned {
            #expression
        }
    }
}

fn documentation(api: &Api, operation: &Operation) -> Vec<String> {
    let mut text = Paragraphs::of(&operation.docs);
    let request = request(api, operation);
    if !text.under_title(&request) {
        text.line(request);
    }
    if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
        body::describe(&mut text, body);
    }
    let arguments = operation.required_parameters();
    let entries = arguments.map(|parameter| {
        let head = docs::code(&parameter.name.rust);
        (head, Paragraphs::of(&parameter.docs).lines())
    });
    text.entries(entries.collect());
    if !operation.servers.is_empty() {
        text.line("Servers of the operation:");
        servers::listed(&mut text, &operation.servers);
    }
    text.lines()
}

/// `` `GET /pets`. Headers of a success: [`LINK`]. ``
fn request(api: &Api, operation: &Operation) -> String {
    let request = docs::code(&format!("{} {}", operation.method.0, operation.path));
    let mut sentences = vec![match &operation.server {
        None => request,
        Some(Server::Url(url)) => format!(
            "{request} on {}, unless the client was given a base URL",
            docs::code(url)
        ),
        Some(Server::Path { own, .. }) if own.is_empty() => {
            format!("{request} from the server's root")
        }
        Some(Server::Path { own, .. }) => format!("{request} below {}", docs::code(own)),
    }];
    let home = match &api.home {
        Some(home) => format!("crate::{}", home.module),
        None => "crate".to_owned(),
    };
    let HeaderNames { success, failure } = &operation.headers;
    let headers = [("success", success), ("failure", failure)];
    for (what, names) in headers.into_iter().filter(|(_, names)| !names.is_empty()) {
        let links = names
            .iter()
            .map(|name| format!("[`{name}`]({home}::headers::{name})"));
        let links: Vec<_> = links.collect();
        sentences.push(format!("Headers of a {what}: {}", links.join(", ")));
    }
    match sentences.as_slice() {
        [one] if operation.server.is_none() => one.clone(),
        all => format!("{}.", all.join(". ")),
    }
}

fn expression(
    printer: &TypePrinter<'_>,
    operation: &Operation,
    stream: Option<&Stream>,
) -> TokenStream {
    let (name, path) = (&operation.method.0, template(operation));
    let client = match printer.api.home {
        Some(_) => quote!(&self.0),
        None => quote!(self),
    };
    let request = quote!(RequestBuilder::new(#client, #name, #path));
    let server = operation.server.as_ref().map(server);
    let mut sent = parameter::sent(printer, operation);
    let last = sent.split_off(sent.len().saturating_sub(1) / LONGEST_CHAIN * LONGEST_CHAIN);
    let steps = sent.chunks(LONGEST_CHAIN).enumerate();
    let steps = steps.map(|(index, calls)| match index {
        0 => quote!(let built = #request #server #(#calls)*;),
        _ => quote!(let built = built #(#calls)*;),
    });
    let steps: TokenStream = steps.collect();
    let start = if steps.is_empty() {
        quote!(#request #server)
    } else {
        quote!(built)
    };
    let authorize = authorize(&operation.authorization);
    let accept = stream.map(|stream| &stream.accept);
    let accept = accept.or(operation.accept.as_ref());
    let accept = accept.map(|accept| quote!(.accept(#accept)));
    let idempotency = idempotency(&operation.idempotency);
    let body = operation.body.as_ref().filter(|body| body.required);
    let body = body.map(body::sent);
    let (streams, success) = match (stream, &operation.success) {
        (Some(stream), _) => (true, reader(printer, &stream.returned)),
        (None, Success::One(returned)) => (returned.is_stream(), reader(printer, returned)),
        (None, Success::Several { name, .. }) => {
            let name = ident(name);
            (false, quote!(#name::from_response))
        }
    };
    let (failure, statuses) = failure(printer, &operation.failure);
    let call = match (streams, &statuses) {
        (false, None) => quote!(call),
        (false, Some(_)) => quote!(call_for),
        (true, None) => quote!(call_streaming),
        (true, Some(_)) => quote!(call_streaming_for),
    };
    let arguments = [success, failure].into_iter().chain(statuses);
    quote!(#steps #start #(#last)* #authorize #accept #idempotency #body .#call(#(#arguments),*))
}

/// Returns the function that decodes an error response, and the statuses that it is for; `None` for all, or where the
/// function decides.
fn failure(printer: &TypePrinter<'_>, failure: &Failure) -> (TokenStream, Option<TokenStream>) {
    match failure {
        Failure::Undeclared => (quote!(response::undeclared), None),
        Failure::One { returned, statuses } if statuses.contains(&Status::Default) => {
            (reader(printer, returned), None)
        }
        Failure::One { returned, statuses } => {
            let statuses = statuses.iter().filter_map(|status| match status {
                Status::Code(code) => Some(Literal::u16_unsuffixed(*code)),
                Status::Range(digit) => Some(Literal::u16_unsuffixed(u16::from(*digit))),
                Status::Default => None,
            });
            (reader(printer, returned), Some(quote!(&[#(#statuses),*])))
        }
        Failure::Several { name, .. } => {
            let name = ident(name);
            (quote!(#name::from_response), None)
        }
    }
}

/// Returns the path with its parameters in braces; the rest is percent-encoded as needed.
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

/// Returns the call that sets idempotency, if the HTTP method does not decide it; it precedes the body, which it may
/// depend on.
fn idempotency(idempotency: &Idempotency) -> Option<TokenStream> {
    match idempotency {
        Idempotency::ByMethod => None,
        Idempotency::Known(true) => Some(quote!(.idempotent())),
        Idempotency::Known(false) => Some(quote!(.non_idempotent())),
        Idempotency::WhenPresent(path) => {
            let steps = path.iter().map(|step| match step {
                Step::Member(name) => name.as_str(),
                Step::Each => "[]",
            });
            Some(quote!(.idempotent_when(&[#(#steps),*])))
        }
    }
}
