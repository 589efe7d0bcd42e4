//! What the members of each OpenAPI object hold, in 3.0's spelling: one table for each kind of object.
//!
//! A member that a client depends on is an `error` when it holds something else. One that is only shown, or that an output does not
//! check, is a `remark`: it is left out, with a warning.

/// What a member holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    /// Text; a plain number or boolean gives its text, as in `version: 1.10`.
    Text,
    /// One of some words.
    Word(&'static [&'static str]),
    /// `true` or `false`.
    Flag,
    /// A whole number that is not negative.
    Count,
    /// Any number.
    Number,
    /// An object, or a list, of what is read on its own.
    Object,
    List,
    /// A boolean or an object.
    FlagOrObject,
    /// A list of texts.
    Texts,
    /// An object whose values are texts.
    TextByName,
    /// What an operation asks for: a list of objects whose values are lists of texts.
    Needs,
    /// An object with a table of its own, a list of such objects, an object of such objects.
    One(&'static Table),
    All(&'static Table),
    Each(&'static Table),
}

/// The members of a kind of object.
#[derive(Debug)]
pub(super) struct Table {
    /// What the object is called in a message.
    pub(super) noun: &'static str,
    /// Members that have to be there.
    pub(super) required: &'static [&'static str],
    pub(super) errors: &'static [(&'static str, Shape)],
    pub(super) remarks: &'static [(&'static str, Shape)],
}

use Shape::{
    All, Count, Each, Flag, FlagOrObject, List, Needs, Number, Object, One, Text, TextByName,
    Texts, Word,
};

pub(super) const INFO: &Table = &Table {
    noun: "`info`",
    required: &["title", "version"],
    errors: &[("title", Text), ("version", Text)],
    remarks: &[
        ("summary", Text),
        ("description", Text),
        ("termsOfService", Text),
        ("contact", One(CONTACT)),
        ("license", One(LICENSE)),
    ],
};

const CONTACT: &Table = &Table {
    noun: "a contact",
    required: &[],
    errors: &[],
    remarks: &[("name", Text), ("url", Text), ("email", Text)],
};

const LICENSE: &Table = &Table {
    noun: "a license",
    required: &["name"],
    errors: &[("name", Text)],
    remarks: &[("url", Text), ("identifier", Text)],
};

pub(super) const SERVER: &Table = &Table {
    noun: "a server",
    required: &["url"],
    errors: &[("url", Text), ("variables", Each(VARIABLE))],
    remarks: &[("description", Text), ("name", Text)],
};

const VARIABLE: &Table = &Table {
    noun: "a variable of a server",
    required: &["default"],
    errors: &[("default", Text), ("enum", Texts)],
    remarks: &[("description", Text)],
};

pub(super) const SCHEME: &Table = &Table {
    noun: "a security scheme",
    required: &["type"],
    errors: &[(
        "type",
        Word(&["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"]),
    )],
    remarks: &[("description", Text)],
};

pub(super) const API_KEY: &Table = &Table {
    noun: "a security scheme of type `apiKey`",
    required: &["name", "in"],
    errors: &[("name", Text), ("in", Word(&["query", "header", "cookie"]))],
    remarks: &[],
};

pub(super) const HTTP: &Table = &Table {
    noun: "a security scheme of type `http`",
    required: &["scheme"],
    errors: &[("scheme", Text)],
    remarks: &[("bearerFormat", Text)],
};

pub(super) const OAUTH2: &Table = &Table {
    noun: "a security scheme of type `oauth2`",
    required: &["flows"],
    errors: &[("flows", Object)],
    remarks: &[],
};

pub(super) const OPEN_ID: &Table = &Table {
    noun: "a security scheme of type `openIdConnect`",
    required: &["openIdConnectUrl"],
    errors: &[("openIdConnectUrl", Text)],
    remarks: &[],
};

pub(super) const OPERATION: &Table = &Table {
    noun: "an operation",
    required: &[],
    errors: &[
        ("tags", Texts),
        ("operationId", Text),
        ("parameters", List),
        ("requestBody", Object),
        ("responses", Object),
        ("security", Needs),
        ("servers", All(SERVER)),
    ],
    remarks: &[
        ("summary", Text),
        ("description", Text),
        ("deprecated", Flag),
        ("externalDocs", One(EXTERNAL_DOCS)),
    ],
};

const EXTERNAL_DOCS: &Table = &Table {
    noun: "`externalDocs`",
    required: &["url"],
    errors: &[("url", Text)],
    remarks: &[("description", Text)],
};

pub(super) const PARAMETER: &Table = &Table {
    noun: "a parameter",
    required: &["name", "in"],
    errors: &[
        ("name", Text),
        (
            "in",
            Word(&["query", "header", "path", "cookie", "querystring"]),
        ),
        ("style", Word(STYLES)),
        ("explode", Flag),
        ("schema", Object),
        ("content", Object),
    ],
    remarks: &[
        ("required", Flag),
        ("description", Text),
        ("deprecated", Flag),
        ("allowReserved", Flag),
        ("allowEmptyValue", Flag),
    ],
};

const STYLES: &[&str] = &[
    "matrix",
    "label",
    "simple",
    "form",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
    "cookie",
];

pub(super) const HEADER: &Table = &Table {
    noun: "a header",
    required: &[],
    errors: &[
        ("style", Word(&["simple"])),
        ("explode", Flag),
        ("schema", Object),
        ("content", Object),
    ],
    remarks: &[
        ("required", Flag),
        ("description", Text),
        ("deprecated", Flag),
    ],
};

pub(super) const REQUEST_BODY: &Table = &Table {
    noun: "a request body",
    required: &["content"],
    errors: &[("content", Object), ("required", Flag)],
    remarks: &[("description", Text)],
};

pub(super) const RESPONSE: &Table = &Table {
    noun: "a response",
    required: &[],
    errors: &[("content", Object), ("headers", Object)],
    remarks: &[("description", Text), ("summary", Text)],
};

pub(super) const MEDIA_TYPE: &Table = &Table {
    noun: "a media type",
    required: &[],
    errors: &[("schema", Object), ("encoding", Each(ENCODING))],
    remarks: &[],
};

const ENCODING: &Table = &Table {
    noun: "an encoding",
    required: &[],
    errors: &[
        ("contentType", Text),
        ("headers", Object),
        (
            "style",
            Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        ),
        ("explode", Flag),
        ("allowReserved", Flag),
    ],
    remarks: &[],
};

pub(super) const SCHEMA: &Table = &Table {
    noun: "a schema",
    required: &[],
    errors: &[
        ("type", Text),
        ("format", Text),
        ("nullable", Flag),
        ("readOnly", Flag),
        ("writeOnly", Flag),
        ("enum", List),
        ("properties", Object),
        ("required", Texts),
        ("additionalProperties", FlagOrObject),
        ("items", Object),
        ("allOf", List),
        ("oneOf", List),
        ("anyOf", List),
        ("discriminator", One(DISCRIMINATOR)),
        ("minimum", Number),
        ("maximum", Number),
        ("exclusiveMinimum", Flag),
        ("exclusiveMaximum", Flag),
    ],
    remarks: &[
        ("title", Text),
        ("description", Text),
        ("deprecated", Flag),
        ("externalDocs", One(EXTERNAL_DOCS)),
        ("pattern", Text),
        ("minLength", Count),
        ("maxLength", Count),
        ("minItems", Count),
        ("maxItems", Count),
        ("uniqueItems", Flag),
        ("minProperties", Count),
        ("maxProperties", Count),
        ("multipleOf", Number),
    ],
};

const DISCRIMINATOR: &Table = &Table {
    noun: "a discriminator",
    required: &["propertyName"],
    errors: &[("propertyName", Text), ("mapping", TextByName)],
    remarks: &[],
};
