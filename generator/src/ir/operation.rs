//! Operations: requests and responses.

use super::{
    Authorization, Batch, Body, Docs, Failure, Idempotency, Name, Parameter, Returned, ServerNote,
    Success, TypeRef, Variant,
};
use crate::pointer::Pointer;

/// An operation of the API: a method of the client.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// The `operationId` (or `POST /path` without one) and the method's name.
    pub name: Name,
    /// Its tag, and the module that contains it.
    pub tag: Name,
    /// Its location in the document.
    pub origin: Pointer,
    /// Its documentation.
    pub docs: Docs,
    /// The HTTP method.
    pub method: Method,
    /// The path as the document has it, such as `/users/{id}`.
    pub path: String,
    /// Its own server; `None` for the server of the whole API.
    pub server: Option<Server>,
    /// All servers that it can be sent to, for the documentation, if it has some of its own with more than a URL.
    pub servers: Vec<ServerNote>,
    /// The path's template, part by part.
    pub parts: Vec<PathPart>,
    /// Its parameters: path parameters in template order, then the others in the document's order.
    pub parameters: Vec<Parameter>,
    /// The name of the type that the method returns.
    pub call: String,
    /// The request body.
    pub body: Option<Body>,
    /// The value of `Accept`: the media types that can be decoded; `None` for plain JSON.
    pub accept: Option<String>,
    /// Its successful responses.
    pub success: Success,
    /// A second method that returns a stream, if a success also has a media type for streams.
    pub stream: Option<Stream>,
    /// Its error responses.
    pub failure: Failure,
    /// The headers that its responses can have.
    pub headers: HeaderNames,
    /// The credentials that it requires.
    pub authorization: Authorization,
    /// Whether it is idempotent.
    pub idempotency: Idempotency,
    /// How it takes many inputs, if `codegen.yaml` declares it as a batch.
    pub batch: Option<Batch>,
}

/// A second way to call an operation: its response is decoded while it arrives.
#[derive(Debug, Clone, PartialEq)]
pub struct Stream {
    /// The method's name.
    pub rust: String,
    /// The name of the type that it returns.
    pub call: String,
    /// The requested media type.
    pub accept: String,
    /// How the success is decoded.
    pub returned: Returned,
}

/// The server of a single operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Server {
    /// Another URL: `https://uploads.example.com`.
    Url(String),
    /// Another path on the server of the whole API.
    Path {
        /// The path of the whole API, `/api/v2`; empty if it is not known.
        common: String,
        /// The operation's, `/auth`.
        own: String,
    },
}

/// The headers of an operation's responses, by the Rust names of [`Api::headers`](super::Api::headers).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeaderNames {
    /// Those of a success.
    pub success: Vec<String>,
    /// Those of a failure.
    pub failure: Vec<String>,
}

/// An HTTP method, in upper case: `GET`, `QUERY`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Method(pub String);

/// A part of a path template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathPart {
    /// Text that is sent as it is, `/users/`.
    Literal(String),
    /// The value of a path parameter, an index into [`Operation::parameters`].
    Parameter(usize),
}

impl Operation {
    /// Returns the names of the types that only this operation has.
    pub fn own_types(&self) -> Vec<&str> {
        let mut names = vec![self.call.as_str()];
        names.extend(self.stream.iter().map(|stream| stream.call.as_str()));
        if let Some(body) = &self.body {
            names.extend(body.content.own_types());
        }
        if let Success::Several { name, .. } = &self.success {
            names.push(name);
        }
        if let Failure::Several { name, .. } = &self.failure {
            names.push(name);
        }
        names
    }

    /// Returns the parameters that the caller may leave out, which are set on the call.
    pub fn optional_parameters(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|one| !one.required)
    }

    /// Returns the parameters that are arguments of the method.
    pub fn required_parameters(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|one| one.required)
    }

    /// Returns whether a response of it can be decoded while it arrives.
    pub fn is_streamed(&self) -> bool {
        let is_stream = matches!(&self.success, Success::One(one) if one.is_stream());
        is_stream || self.stream.is_some()
    }

    /// Returns the types that requests have.
    pub fn request_types(&self) -> Vec<&TypeRef> {
        let body = self.body.iter().flat_map(|body| body.content.types());
        body.chain(self.parameters.iter().map(|parameter| &parameter.ty))
            .collect()
    }

    /// Returns the types that responses have.
    pub fn response_types(&self) -> Vec<&TypeRef> {
        let success: Vec<&Returned> = match &self.success {
            Success::One(returned) => vec![returned],
            Success::Several { variants, .. } => returned(variants).collect(),
        };
        let failure: Vec<&Returned> = match &self.failure {
            Failure::Undeclared => Vec::new(),
            Failure::One { returned, .. } => vec![returned],
            Failure::Several { variants, .. } => returned(variants).collect(),
        };
        let stream = self.stream.iter().map(|stream| &stream.returned);
        let all = success.into_iter().chain(failure).chain(stream);
        all.filter_map(Returned::ty).collect()
    }
}

fn returned(variants: &[Variant]) -> impl Iterator<Item = &Returned> {
    variants.iter().map(|variant| &variant.returned)
}
