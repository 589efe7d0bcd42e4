//! What a client is made of, in Rust's terms and before any Rust text: plain data that can be compared.
//!
//! `lower` fills it and settles every name and order; `emit` reads it. It knows neither OpenAPI's types nor tokens.

mod batch;
mod docs;
mod operation;
mod repeat;
mod reply;
mod request;
mod security;
mod types;

pub use batch::{Batch, BatchReply, Field, Leaf, MemberPath, PathStep};
pub use docs::{Docs, Note, NotePart};
pub use operation::{HeaderNames, Method, Operation, PathPart, Server, Stream};
pub use repeat::{Idempotency, RateLimitHeaders, RetryRule, Step, Unit};
pub use reply::{Accessor, Failure, Header, Reading, Returned, Status, Success, Variant};
pub use request::{
    Body, Content, FormStyle, Parameter, ParameterPlace, Part, PartHeader, PartKind, Style,
};
pub use security::{Authorization, SchemeKind, SecurityScheme};
pub use types::{
    Branch, IntegerEnum, IntegerValue, JsonKind, Member, Presence, REST, Scalar, StringEnum,
    StringValue, Struct, Tuple, TypeBody, TypeDef, TypeId, TypeRef, Union, Usage, ValueEnum,
};

/// A name in the document and the Rust identifier that stands for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// As the document has it, such as `createdAt`.
    pub wire: String,
    /// A checked Rust identifier, such as `created_at`.
    pub rust: String,
}

/// A whole client.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// The document's title, description and version.
    pub info: Info,
    /// Where the API lives unless a client is told otherwise; `None` when the document names no absolute URL.
    pub base_url: Option<String>,
    /// All servers that the document names for the whole API, for people.
    pub servers: Vec<ServerNote>,
    /// Security schemes that an operation asks for, in the document's order.
    pub schemes: Vec<SecurityScheme>,
    /// All types; a [`TypeId`] is an index. Sorted by file, then as they stand in it.
    pub types: Vec<TypeDef>,
    /// What rustc's recursion limit has to be, where types hold one another in rows that are too long for its own.
    pub recursion_limit: Option<usize>,
    /// All operations, sorted by tag, then by method name.
    pub operations: Vec<Operation>,
    /// The headers of replies, sorted by name.
    pub headers: Vec<Header>,
    /// Where an error's message stands, tried in order.
    pub message: Vec<Locator>,
    /// Where the id stands that names a request to the server's support, tried in order.
    pub correlation_id: Vec<Locator>,
    /// What failures mean for sending a call again, tried in order.
    pub retry: Vec<RetryRule>,
    /// The headers that tell the rate limit, if the service sends some.
    pub rate_limit: Option<RateLimitHeaders>,
}

impl Api {
    /// The definition behind an id.
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are made by `lower` together with the list, and the list never shrinks"
    )]
    pub fn ty(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }

    /// What a reference means once aliases are followed.
    pub fn resolve<'a>(&'a self, mut ty: &'a TypeRef) -> &'a TypeRef {
        while let TypeRef::Named(id) = ty
            && let TypeBody::Alias(target) = &self.ty(*id).body
        {
            ty = target;
        }
        ty
    }
}

/// The document about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    /// Its title.
    pub title: String,
    /// What it says about the API.
    pub description: Option<String>,
    /// The version of the API, not of OpenAPI.
    pub version: String,
}

/// A server as the document has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerNote {
    /// Its URL, variables in braces: `https://{region}.example.com`.
    pub url: String,
    /// What the document says about it.
    pub description: Option<String>,
    /// Each variable with the values that it can have, its default first.
    pub variables: Vec<(String, Vec<String>)>,
}

/// Where a fact stands in a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Locator {
    /// A member of a JSON body, by the path to it: `["error", "message"]`.
    Member(Vec<String>),
    /// A header, in lower case.
    Header(String),
}
