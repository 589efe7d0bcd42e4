//! The intermediate representation of a client, in Rust's terms: plain data that can be compared.
//!
//! `lower` makes it and decides all names and their order; `emit` reads it. It contains neither OpenAPI's types nor
//! tokens.

mod batch;
mod docs;
mod features;
mod joined;
mod left_out;
mod operation;
mod repeat;
mod reply;
mod request;
mod scalar;
mod security;
mod types;

pub use batch::{Batch, BatchReply, Field, Leaf, MemberPath, PathStep};
pub use docs::{Docs, Note, NotePart};
pub use features::{DefaultFeatures, Feature, FeaturePart, Features, Gate};
pub use joined::{Apart, Home, Joined, JoinedType, Part as JoinedPart, Unlike};
pub use left_out::{IgnoredHeader, LeftOut, LeftOutReason, NoForm, ReservedHeader};
pub use operation::{HeaderNames, Method, Operation, PathPart, Server, Stream};
pub use repeat::{Idempotency, RateLimitHeaders, RetryRule, Step, Unit};
pub use reply::{
    Accessor, AccessorField, Failure, Header, Reading, Returned, Status, Success, Variant,
};
pub use request::{
    Body, Content, FormStyle, Parameter, ParameterPlace, Part, PartHeader, PartKind, Style,
};
pub use scalar::{NumberType, Scalar};
pub use security::{Authorization, SchemeKind, SecurityScheme};
pub use types::{
    Branch, Constant, Fixed, IntegerEnum, IntegerValue, JsonKind, ListedValue, Member,
    MergedBranch, Presence, REST, StringEnum, Struct, Tuple, TypeBody, TypeDef, TypeId, TypeRef,
    Union, Usage, ValueEnum, WrittenTag,
};

/// A name in the document and its Rust identifier.
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
    /// The default base URL; `None` if the document has no absolute URL.
    pub base_url: Option<String>,
    /// The path of the document's server where that is all of it: `/v1`, which is joined to the caller's base URL.
    pub base_path: Option<String>,
    /// All servers of the document, for the documentation.
    pub servers: Vec<ServerNote>,
    /// The security schemes that operations require, in the document's order.
    pub schemes: Vec<SecurityScheme>,
    /// All types; a [`TypeId`] is an index. Sorted by file, then by their order in it.
    pub types: Vec<TypeDef>,
    /// Whether date-times without an offset are read as in UTC; otherwise they are errors.
    pub naive_is_utc: bool,
    /// The `recursion_limit` of the crate, if types are nested too deeply for rustc's default.
    pub recursion_limit: Option<usize>,
    /// All operations, sorted by tag, then by method name.
    pub operations: Vec<Operation>,
    /// The operations without a method, and the media types that bodies are not sent as, sorted.
    pub left_out: Vec<LeftOut>,
    /// The header parameters without effect, sorted by name.
    pub ignored_headers: Vec<IgnoredHeader>,
    /// The headers of responses, sorted by name.
    pub headers: Vec<Header>,
    /// The locations of an error's message, tried in order.
    pub message: Vec<Locator>,
    /// The locations of the id that identifies a request for the server's support, tried in order.
    pub correlation_id: Vec<Locator>,
    /// The rules for retries, tried in order.
    pub retry: Vec<RetryRule>,
    /// The headers with the rate limit, if the service sends some.
    pub rate_limit: Option<RateLimitHeaders>,
    /// The cargo features by tag, if `codegen.yaml` asks for them.
    pub features: Option<Features>,
    /// Its module in a crate of several documents; `None` for a whole crate.
    pub home: Option<Home>,
    /// The clients of several documents, if the crate has some. Then it has no types and operations of its own.
    pub joined: Option<Box<Joined>>,
}

impl Api {
    /// Returns the clients of documents: that of the only one, or of each of several.
    pub fn documents(&self) -> Vec<&Api> {
        match &self.joined {
            Some(joined) => joined.parts.iter().map(|part| &part.api).collect(),
            None => vec![self],
        }
    }

    /// Returns the definition of an id.
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are made by `lower` together with the list, and the list never shrinks"
    )]
    pub fn ty(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }

    /// Returns a reference with its aliases resolved.
    pub fn resolve<'a>(&'a self, mut ty: &'a TypeRef) -> &'a TypeRef {
        while let TypeRef::Named(id) = ty
            && let TypeBody::Alias(target) = &self.ty(*id).body
        {
            ty = target;
        }
        ty
    }
}

impl Api {
    /// Returns whether `new` takes a member: one that has to be there, and whose value is not fixed.
    pub fn is_argument(&self, member: &Member) -> bool {
        let is_constant = || match self.resolve(&member.ty) {
            TypeRef::Named(id) => self.ty(*id).body.constant().is_some(),
            _ => false,
        };
        match member.presence {
            Presence::Required => member.fixed.is_none() && !is_constant(),
            Presence::Nullable => true,
            Presence::Optional | Presence::Tristate | Presence::OptionalRaw => {
                member.needed_in_requests && !is_constant()
            }
        }
    }
}

/// The document's metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    /// Its title.
    pub title: String,
    /// Its description.
    pub description: Option<String>,
    /// The version of the API, not of OpenAPI.
    pub version: String,
}

/// A server of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerNote {
    /// Its URL, variables in braces: `https://{region}.example.com`.
    pub url: String,
    /// Its description.
    pub description: Option<String>,
    /// Its variables.
    pub variables: Vec<ServerVariable>,
}

/// A variable in the URL of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerVariable {
    /// Its name.
    pub name: String,
    /// Its default.
    pub default: String,
    /// The other values that it can have; `None` for any.
    pub others: Option<Vec<String>>,
    /// Its description.
    pub description: Option<String>,
}

impl ServerNote {
    /// Returns whether there is more to say about some servers than one URL.
    pub fn say_more(servers: &[ServerNote]) -> bool {
        let says = |one: &ServerNote| one.description.is_some() || !one.variables.is_empty();
        servers.len() > 1 || servers.iter().any(says)
    }
}

/// The location of a value in a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Locator {
    /// A member of a JSON body, by the path to it: `["error", "message"]`.
    Member(Vec<String>),
    /// A header, in lower case.
    Header(String),
}
