//! Operations: what is sent, what comes back.

use super::{Docs, Name, TypeRef};
use crate::pointer::Pointer;

/// An operation of the API: a method of the client.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// The `operationId` (or `POST /path` without one) and the method's name.
    pub name: Name,
    /// The tag it stands under, and the module that holds it.
    pub tag: Name,
    /// Where it stands.
    pub origin: Pointer,
    /// Its documentation.
    pub docs: Docs,
    /// The HTTP method.
    pub method: Method,
    /// The path as the document has it, such as `/users/{id}`.
    pub path: String,
    /// The path's template, part by part.
    pub parts: Vec<PathPart>,
    /// Its parameters: path parameters in template order, then the others in the document's order.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// What a success gives.
    pub success: Success,
    /// What the server declares about failures.
    pub failure: Failure,
    /// The credentials it asks for.
    pub authorization: Authorization,
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

/// A parameter of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// The name on the wire and the argument's or field's name.
    pub name: Name,
    /// Where it stands.
    pub origin: Pointer,
    /// Its documentation.
    pub docs: Docs,
    /// Where it is sent.
    pub place: ParameterPlace,
    /// How its value becomes text.
    pub style: Style,
    /// Whether lists and objects are written as several parameters.
    pub explode: bool,
    /// Whether it has to be given.
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
    /// As a header.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

/// How a parameter's value becomes text; the names are OpenAPI's.
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
}

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// The argument's name.
    pub argument: String,
    /// Whether it has to be given.
    pub required: bool,
    /// What it carries.
    pub content: Content,
    /// Its documentation.
    pub docs: Docs,
}

/// What a body carries, by its media type.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// JSON of a type; the media type as it is sent, such as `application/json`.
    Json {
        /// The media type.
        media_type: String,
        /// The type of the value.
        ty: TypeRef,
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
}

/// How a response's body is read.
#[derive(Debug, Clone, PartialEq)]
pub enum Returned {
    /// It has none: `()`.
    Nothing,
    /// JSON of a type.
    Json(TypeRef),
    /// Text: `String`.
    Text,
    /// Bytes: `bytes::Bytes`.
    Bytes,
}

/// Which statuses a response is declared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One status, `200`.
    Code(u16),
    /// A hundred of them, `4XX` is 4.
    Range(u8),
    /// All that nothing else is declared for.
    Default,
}

/// What a success gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Success {
    /// One type, whatever the status.
    One(Returned),
    /// One of several types: an enum.
    Several {
        /// The enum's name.
        name: String,
        /// The variants, by status.
        variants: Vec<Variant>,
        /// What the variants' bodies share or one of them has.
        accessors: Vec<Accessor>,
    },
}

/// A declared success of several.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// The status as the document has it, and the variant's name.
    pub name: Name,
    /// The status it is declared for.
    pub status: Status,
    /// What the document says about it.
    pub docs: Docs,
    /// What its body is.
    pub returned: Returned,
    /// The members by which its body is told from the other variants', in the document's order.
    pub marks: Vec<String>,
}

/// A method of a response enum that gives a member without a `match`.
#[derive(Debug, Clone, PartialEq)]
pub struct Accessor {
    /// The member's name on the wire and the method's.
    pub name: Name,
    /// The type of the value, without what `presence` adds.
    pub ty: TypeRef,
    /// How each variant has it, in the variants' order; `None` where the variant lacks it.
    pub presence: Vec<Option<super::Presence>>,
    /// How the value is given.
    pub reading: Reading,
}

/// How an accessor gives a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// A list: `&[T]`, empty where there is none.
    Slice,
    /// A small value: `Option<T>`, or `T` where every variant has it.
    Copied,
    /// Anything else: `Option<&T>`, or `&T` where every variant has it.
    Borrowed,
}

/// What the server declares about failures.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// Nothing: an error is an undeclared reply.
    Undeclared,
    /// One type, however many statuses share it.
    One(Returned),
}

/// The credentials that an operation asks for: alternatives, each a set of schemes that are sent together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Authorization {
    /// Indexes into [`Api::schemes`](super::Api::schemes); no alternative means that nothing is sent.
    pub alternatives: Vec<Vec<usize>>,
}

/// A way to say who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityScheme {
    /// Its name in the document, and the name of the builder's method.
    pub name: Name,
    /// What is sent.
    pub kind: SchemeKind,
    /// What the document says about it.
    pub docs: Docs,
}

/// What a security scheme sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeKind {
    /// `Authorization: Bearer …`: HTTP bearer, OAuth 2.0, OpenID Connect.
    Bearer,
    /// `Authorization: Basic …`
    Basic,
    /// A key of its own name.
    ApiKey {
        /// Where the key is sent.
        place: ParameterPlace,
        /// The header's, parameter's or cookie's name.
        name: String,
    },
}

impl Operation {
    /// All uses of types in it, to be changed.
    pub fn types_mut(&mut self) -> Vec<&mut TypeRef> {
        let mut all: Vec<&mut TypeRef> = self
            .parameters
            .iter_mut()
            .map(|parameter| &mut parameter.ty)
            .collect();
        if let Some(Body {
            content: Content::Json { ty, .. },
            ..
        }) = &mut self.body
        {
            all.push(ty);
        }
        match &mut self.success {
            Success::One(returned) => all.extend(returned.ty_mut()),
            Success::Several {
                variants,
                accessors,
                ..
            } => {
                all.extend(
                    variants
                        .iter_mut()
                        .filter_map(|variant| variant.returned.ty_mut()),
                );
                all.extend(accessors.iter_mut().map(|accessor| &mut accessor.ty));
            }
        }
        if let Failure::One(returned) = &mut self.failure {
            all.extend(returned.ty_mut());
        }
        all
    }
}

impl Returned {
    /// The type of a JSON body, to be changed.
    fn ty_mut(&mut self) -> Option<&mut TypeRef> {
        match self {
            Returned::Json(ty) => Some(ty),
            Returned::Nothing | Returned::Text | Returned::Bytes => None,
        }
    }
}
