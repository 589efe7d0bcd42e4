//! Operations as the document describes them; `finish` adds what needs the finished types.

use crate::ir::{
    Body, Docs, Failure, Header, Idempotency, Method, Name, Parameter, PathPart, Returned, Server,
    ServerNote, Status, Stream, TypeRef, Variant,
};
use crate::pointer::Pointer;

/// An operation with all that its own object says.
#[derive(Debug)]
pub(in crate::lower) struct OperationDraft {
    /// The `operationId` (or `POST /path` without one) and the method's name.
    pub name: Name,
    /// Its first tag, and the module that holds it.
    pub tag: Name,
    /// Its place.
    pub origin: Pointer,
    /// Its documentation.
    pub docs: Docs,
    /// The HTTP method.
    pub method: Method,
    /// The path as the document has it.
    pub path: String,
    /// Its own server, if that is another than that of all others.
    pub server: Option<Server>,
    /// All its own servers, if there is more to say about them than a URL.
    pub servers: Vec<ServerNote>,
    /// The path's template, part by part.
    pub parts: Vec<PathPart>,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// The name of the type that the method returns.
    pub call: String,
    /// The request body.
    pub body: Option<Body>,
    /// The media types that are accepted; `None` for plain JSON.
    pub accept: Option<String>,
    /// What a success gives.
    pub success: SuccessDraft,
    /// The same as a stream, where a success has a media type for that, too.
    pub stream: Option<Stream>,
    /// What the document declares about failures.
    pub failure: Failure,
    /// The alternatives of credentials, each a set of schemes by their names in the document.
    pub security: Vec<Vec<String>>,
    /// Whether it can be done twice without harm.
    pub idempotency: Idempotency,
}

/// What a success gives, as far as the responses tell.
#[derive(Debug)]
pub(in crate::lower) enum SuccessDraft {
    /// One type, whatever the status.
    One(Returned),
    /// One of several types: an enum.
    Several {
        /// The enum's name.
        name: String,
        /// The variants, by status.
        variants: Vec<ResponseDraft>,
    },
}

/// A declared response of several.
#[derive(Debug)]
pub(in crate::lower) struct ResponseDraft {
    /// The status as the document has it, and the variant's name.
    pub name: Name,
    /// The status it is declared for.
    pub status: Status,
    /// Its documentation.
    pub docs: Docs,
    /// What its body is.
    pub returned: Returned,
    /// The media types of the body, if the status has bodies of several kinds.
    pub media_types: Vec<String>,
}

/// A header as a response of an operation declares it.
#[derive(Debug)]
pub(in crate::lower) struct HeaderUse {
    /// The operation.
    pub operation: Pointer,
    /// The status of the response.
    pub status: Status,
    /// The name on the wire, in lower case.
    pub wire: String,
    /// The place of the declaration.
    pub origin: Pointer,
    /// Its documentation.
    pub docs: Docs,
    /// Whether it is always there.
    pub required: bool,
    /// Whether its text is JSON.
    pub is_json: bool,
    /// Whether the members of an object are written as `R=100`.
    pub explode: bool,
    /// The type of its value.
    pub ty: TypeRef,
}

impl HeaderUse {
    /// Makes the header of a name, as this use declares it.
    pub fn header(self, rust: String) -> Header {
        Header {
            name: Name {
                wire: self.wire,
                rust,
            },
            origins: vec![self.origin],
            docs: self.docs,
            required: self.required,
            is_json: self.is_json,
            explode: self.explode,
            ty: self.ty,
        }
    }
}

impl ResponseDraft {
    /// Makes the variant of a response enum.
    pub fn variant(self, marks: Vec<String>) -> Variant {
        Variant {
            name: self.name,
            status: self.status,
            docs: self.docs,
            returned: self.returned,
            media_types: self.media_types,
            marks,
        }
    }
}

impl OperationDraft {
    /// Returns the types that requests have.
    pub fn request_types(&self) -> Vec<&TypeRef> {
        let body = self.body.iter().flat_map(|body| body.content.types());
        body.chain(self.parameters.iter().map(|parameter| &parameter.ty))
            .collect()
    }

    /// Returns the types that responses have.
    pub fn response_types(&self) -> Vec<&TypeRef> {
        let success: Vec<&Returned> = match &self.success {
            SuccessDraft::One(returned) => vec![returned],
            SuccessDraft::Several { variants, .. } => {
                variants.iter().map(|one| &one.returned).collect()
            }
        };
        let failure: Vec<&Returned> = match &self.failure {
            Failure::Undeclared => Vec::new(),
            Failure::One { returned, .. } => vec![returned],
            Failure::Several { variants, .. } => variants.iter().map(|one| &one.returned).collect(),
        };
        let stream = self.stream.iter().map(|stream| &stream.returned);
        let all = success.into_iter().chain(failure).chain(stream);
        all.filter_map(Returned::ty).collect()
    }

    /// Returns all uses of types in it, to be changed.
    pub fn types_mut(&mut self) -> Vec<&mut TypeRef> {
        let mut all: Vec<&mut TypeRef> =
            self.parameters.iter_mut().map(|one| &mut one.ty).collect();
        if let Some(body) = &mut self.body {
            all.extend(body.content.types_mut());
        }
        match &mut self.success {
            SuccessDraft::One(returned) => all.extend(returned.ty_mut()),
            SuccessDraft::Several { variants, .. } => {
                all.extend(variants.iter_mut().filter_map(|one| one.returned.ty_mut()));
            }
        }
        all.extend(
            self.stream
                .as_mut()
                .and_then(|stream| stream.returned.ty_mut()),
        );
        match &mut self.failure {
            Failure::Undeclared => {}
            Failure::One { returned, .. } => all.extend(returned.ty_mut()),
            Failure::Several { variants, .. } => {
                all.extend(variants.iter_mut().filter_map(|one| one.returned.ty_mut()));
            }
        }
        all
    }
}
