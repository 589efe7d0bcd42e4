//! Requests: parameters and bodies.

use super::{Docs, Name, TypeRef};
use crate::pointer::Pointer;

/// A parameter of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// The name on the wire and the argument's or field's name.
    pub name: Name,
    /// Its location in the document.
    pub origin: Pointer,
    /// Its documentation.
    pub docs: Docs,
    /// Where it is sent.
    pub place: ParameterPlace,
    /// The serialization style of its value.
    pub style: Style,
    /// Whether reserved characters of URLs are not percent-encoded (`allowReserved`).
    pub reserved: bool,
    /// The members with a style of their own, if it is the whole query as a form.
    pub styles: Vec<FormStyle>,
    /// Whether arrays and objects are encoded as several parameters.
    pub explode: bool,
    /// Whether it is required.
    pub required: bool,
    /// The type of its value.
    pub ty: TypeRef,
}

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParameterPlace {
    /// In the path's template.
    Path,
    /// In the query.
    Query,
    /// As the whole query.
    QueryString,
    /// As a header.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

/// The serialization style of a parameter, named as in OpenAPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// `blue,black`
    Simple,
    /// `.blue.black`
    Label,
    /// `;color=blue,black`
    Matrix,
    /// `color=blue,black`
    Form,
    /// `color=blue%20black`
    SpaceDelimited,
    /// `color=blue%7Cblack`
    PipeDelimited,
    /// `color[R]=100`
    DeepObject,
    /// `color=blue` as it is: a cookie that is not percent-encoded.
    Cookie,
    /// `color={"R":100}`: a parameter that is declared by a `content` of JSON.
    Json,
}

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// The argument's name.
    pub argument: String,
    /// Whether it is required.
    pub required: bool,
    /// Its content.
    pub content: Content,
    /// Its documentation.
    pub docs: Docs,
}

/// The content of a body, by the media type that is sent.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// JSON of a type, as `application/json` or `application/merge-patch+json`.
    Json {
        /// The media type.
        media_type: String,
        /// The type of the value.
        ty: TypeRef,
    },
    /// An object as `application/x-www-form-urlencoded`.
    Form {
        /// The type of the value.
        ty: TypeRef,
        /// The members with a style of their own.
        styles: Vec<FormStyle>,
    },
    /// Several parts, as `multipart/form-data`: a struct of their own.
    Multipart {
        /// The media type.
        media_type: String,
        /// The struct's name.
        name: String,
        /// The parts, in the document's order.
        parts: Vec<Part>,
        /// The field for additional parts, if the document allows some.
        rest: Option<String>,
    },
    /// Parts that the document does not describe, as a list of names and parts.
    Parts {
        /// The media type.
        media_type: String,
    },
    /// Text of any other media type.
    Text {
        /// The media type.
        media_type: String,
    },
    /// Bytes of any other media type.
    Bytes {
        /// The media type.
        media_type: String,
    },
    /// Bytes of a media type that the caller chooses from a range.
    AnyBytes {
        /// The range, such as `image/*`.
        range: String,
    },
    /// One of several media types: an enum.
    Choice {
        /// The enum's name.
        name: String,
        /// The media type and the variant's name, and the variant's content, which is never another choice.
        variants: Vec<(Name, Content)>,
    },
}

/// Members of a form with a style of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormStyle {
    /// The style.
    pub style: Style,
    /// Whether arrays and objects are encoded as several pairs.
    pub explode: bool,
    /// The members' names on the wire.
    pub members: Vec<String>,
}

/// A part of a multipart body.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The name on the wire and the field's name.
    pub name: Name,
    /// The location of its schema.
    pub origin: Pointer,
    /// Its documentation.
    pub docs: Docs,
    /// Whether it is required.
    pub required: bool,
    /// Its content.
    pub kind: PartKind,
    /// The media type; empty for the default of the kind of value.
    pub media_type: String,
    /// The style and whether it is exploded, if the value is encoded like in a query: `expand[0]`.
    pub style: Option<(Style, bool)>,
    /// Its headers.
    pub headers: Vec<PartHeader>,
}

/// A header of a part of a body.
#[derive(Debug, Clone, PartialEq)]
pub struct PartHeader {
    /// The name on the wire and the field's name.
    pub name: Name,
    /// Its location in the document.
    pub origin: Pointer,
    /// Its documentation.
    pub docs: Docs,
    /// Whether it is required.
    pub required: bool,
    /// Whether its value is encoded as JSON.
    pub is_json: bool,
    /// Whether the members of an object are written as `R=100`.
    pub explode: bool,
    /// The type of its value.
    pub ty: TypeRef,
}

/// The content of a part of a multipart body.
#[derive(Debug, Clone, PartialEq)]
pub enum PartKind {
    /// A file, or any bytes.
    File,
    /// Several files with one name.
    Files,
    /// A file or a text.
    FileOrText,
    /// Several files or texts with one name.
    FilesOrTexts,
    /// A value: a string, an array, or JSON.
    Value(TypeRef),
}

impl Content {
    pub(super) fn own_types(&self) -> Vec<&str> {
        match self {
            Content::Multipart { name, .. } => vec![name],
            Content::Choice { name, variants } => {
                let inner = variants.iter().flat_map(|(_, content)| content.own_types());
                std::iter::once(name.as_str()).chain(inner).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Returns the types in it.
    pub fn types(&self) -> Vec<&TypeRef> {
        match self {
            Content::Json { ty, .. } | Content::Form { ty, .. } => vec![ty],
            Content::Multipart { parts, .. } => parts
                .iter()
                .flat_map(|part| {
                    let headers = part.headers.iter().map(|header| &header.ty);
                    part.kind.ty().into_iter().chain(headers)
                })
                .collect(),
            Content::Choice { variants, .. } => variants
                .iter()
                .flat_map(|(_, content)| content.types())
                .collect(),
            _ => Vec::new(),
        }
    }

    pub(crate) fn types_mut(&mut self) -> Vec<&mut TypeRef> {
        match self {
            Content::Json { ty, .. } | Content::Form { ty, .. } => vec![ty],
            Content::Multipart { parts, .. } => parts
                .iter_mut()
                .flat_map(|part| {
                    let ty = match &mut part.kind {
                        PartKind::Value(ty) => Some(ty),
                        _ => None,
                    };
                    let headers = part.headers.iter_mut().map(|header| &mut header.ty);
                    ty.into_iter().chain(headers)
                })
                .collect(),
            Content::Choice { variants, .. } => variants
                .iter_mut()
                .flat_map(|(_, content)| content.types_mut())
                .collect(),
            _ => Vec::new(),
        }
    }
}

impl PartKind {
    /// Returns the type of a value.
    pub fn ty(&self) -> Option<&TypeRef> {
        match self {
            PartKind::Value(ty) => Some(ty),
            _ => None,
        }
    }
}
