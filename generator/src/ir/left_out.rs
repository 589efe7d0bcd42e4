//! What a document has and its client has not, for the documentation.

/// An operation without a method, or a media type that a method cannot send.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftOut {
    /// The `operationId`, or `POST /path` without one.
    pub operation: String,
    /// `POST /path`
    pub address: String,
    /// The media type of the request body; `None` if the operation has no method.
    pub media_type: Option<String>,
    /// Why.
    pub reason: LeftOutReason,
}

/// Why a client does not have something of its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOutReason {
    /// `CONNECT` has no path to be sent to.
    Tunnel,
    /// The media type of the body is none.
    NoMediaType,
    /// The body is a form, and its schema describes something without members.
    NoForm(NoForm),
}

/// A value that is not an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoForm {
    /// An array.
    Array,
    /// A boolean.
    Boolean,
    /// A number.
    Number,
}

/// A header parameter without effect: other parts of a description decide the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IgnoredHeader {
    /// The header.
    pub name: ReservedHeader,
    /// The methods of the operations that declare it, sorted.
    pub methods: Vec<String>,
}

/// A header that OpenAPI does not let a parameter set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReservedHeader {
    /// `Accept`, which the media types of responses decide.
    Accept,
    /// `Authorization`, which the security schemes decide.
    Authorization,
    /// `Content-Type`, which the media types of the request body decide.
    ContentType,
}

impl ReservedHeader {
    /// Returns the name of the header.
    pub fn as_str(self) -> &'static str {
        match self {
            ReservedHeader::Accept => "Accept",
            ReservedHeader::Authorization => "Authorization",
            ReservedHeader::ContentType => "Content-Type",
        }
    }
}
