//! Parameters, request bodies, responses, headers, and the objects that describe them.

use super::Misfit::Warning;
use super::Shape::{Array, Boolean, Data, Map, Object, OneOf, Resolved, Schema, String};
use super::Version::{V3_1, V3_2};
use super::description::SERVER;
use super::{ObjectSpec, documentation, inert, lost, used};
use crate::diagnostic::code;

/// The locations of parameters. `querystring` is new in 3.2.
pub(super) const LOCATIONS: &[&str] = &["query", "header", "path", "cookie", "querystring"];

pub(super) const STYLES: &[&str] = &[
    "matrix",
    "label",
    "simple",
    "form",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
    "cookie",
];

const QUERY_STYLES: &[&str] = &["form", "spaceDelimited", "pipeDelimited", "deepObject"];
const HEADER_STYLES: &[&str] = &["simple"];

/// Returns the styles that a parameter location allows, in the spelling of 3.0; `None` if it has no styles.
pub(crate) fn styles_of(location: &str) -> Option<&'static [&'static str]> {
    Some(match location {
        "path" => &["matrix", "label", "simple"],
        "query" => QUERY_STYLES,
        "header" => HEADER_STYLES,
        "cookie" => &["form"],
        _ => return None,
    })
}

/// Whether any parameter location allows the style.
pub(crate) fn is_style(name: &str) -> bool {
    STYLES.contains(&name)
}

pub(crate) static PARAMETER: ObjectSpec = ObjectSpec {
    noun: "a parameter",
    members: &[
        lost(
            "allowEmptyValue",
            Boolean,
            code::NOT_ENFORCED,
            "an empty value is always sent as an empty string",
        )
        .misfit(Warning),
        used("allowReserved", Boolean).misfit(Warning),
        used("content", Map(&Resolved(&MEDIA_TYPE))),
        used("deprecated", Boolean).misfit(Warning),
        documentation("description", String),
        inert("example", Data),
        inert("examples", Map(&Resolved(&EXAMPLE))),
        used("explode", Boolean),
        used("in", OneOf(LOCATIONS)).required(),
        used("name", String).required(),
        used("required", Boolean).misfit(Warning),
        used("schema", Schema),
        used("style", OneOf(STYLES)),
    ],
};

pub(crate) static HEADER: ObjectSpec = ObjectSpec {
    noun: "a header",
    members: &[
        // defined for headers by older texts ("follows the structure of the Parameter Object"), without effect on them
        inert("allowEmptyValue", Boolean).outdated(),
        inert("allowReserved", Boolean).outdated(),
        used("content", Map(&Resolved(&MEDIA_TYPE))),
        used("deprecated", Boolean).misfit(Warning),
        documentation("description", String),
        inert("example", Data),
        inert("examples", Map(&Resolved(&EXAMPLE))),
        used("explode", Boolean),
        used("required", Boolean).misfit(Warning),
        used("schema", Schema),
        used("style", OneOf(HEADER_STYLES)),
    ],
};

pub(crate) static REQUEST_BODY: ObjectSpec = ObjectSpec {
    noun: "a request body",
    members: &[
        used("content", Map(&Resolved(&MEDIA_TYPE))).required(),
        documentation("description", String),
        used("required", Boolean),
    ],
};

pub(crate) static RESPONSE: ObjectSpec = ObjectSpec {
    noun: "a response",
    members: &[
        used("content", Map(&Resolved(&MEDIA_TYPE))),
        documentation("description", String).required_until(V3_1),
        used("headers", Map(&Resolved(&HEADER))),
        inert("links", Map(&Resolved(&LINK))),
        documentation("summary", String).since(V3_2),
    ],
};

pub(crate) static MEDIA_TYPE: ObjectSpec = ObjectSpec {
    noun: "a media type",
    members: &[
        used("encoding", Map(&Object(&ENCODING))),
        inert("example", Data),
        inert("examples", Map(&Resolved(&EXAMPLE))),
        lost(
            "itemEncoding",
            Object(&ENCODING),
            code::NOT_ENFORCED,
            "the items of a body are not encoded one by one",
        )
        .since(V3_2),
        used("itemSchema", Schema).since(V3_2),
        lost(
            "prefixEncoding",
            Array(&Object(&ENCODING)),
            code::NOT_ENFORCED,
            "the parts of a body are not encoded by position",
        )
        .since(V3_2),
        used("schema", Schema),
    ],
};

pub(crate) static ENCODING: ObjectSpec = ObjectSpec {
    noun: "an encoding",
    members: &[
        used("allowReserved", Boolean),
        used("contentType", String),
        lost(
            "encoding",
            Map(&Object(&ENCODING)),
            code::NOT_ENFORCED,
            "nested parts have no encoding of their own",
        )
        .since(V3_2),
        used("explode", Boolean),
        used("headers", Map(&Resolved(&HEADER))),
        lost(
            "itemEncoding",
            Object(&ENCODING),
            code::NOT_ENFORCED,
            "the items of a body are not encoded one by one",
        )
        .since(V3_2),
        lost(
            "prefixEncoding",
            Array(&Object(&ENCODING)),
            code::NOT_ENFORCED,
            "the parts of a body are not encoded by position",
        )
        .since(V3_2),
        used("style", OneOf(QUERY_STYLES)),
    ],
};

pub(super) static EXAMPLE: ObjectSpec = ObjectSpec {
    noun: "an example",
    members: &[
        inert("dataValue", Data).since(V3_2),
        inert("description", String),
        inert("externalValue", String),
        inert("serializedValue", String).since(V3_2),
        inert("summary", String),
        inert("value", Data),
    ],
};

pub(super) static LINK: ObjectSpec = ObjectSpec {
    noun: "a link",
    members: &[
        inert("description", String),
        inert("operationId", String),
        inert("operationRef", String),
        inert("parameters", Map(&Data)),
        inert("requestBody", Data),
        inert("server", Object(&SERVER)),
    ],
};
