//! Members of objects: those that are used, those that are seen and deliberately not modelled, and those that nobody knows.
//!
//! `x-…` members are inert. A member that nobody knows is a warning, since it is mostly a misspelt one.

use crate::diagnostic::{Diagnostic, Diagnostics, code, suggest};
use crate::load::Object;
use crate::pointer::Pointer;

/// The members of a kind of object.
#[derive(Debug)]
pub(super) struct Members {
    /// What the object is called in a message.
    noun: &'static str,
    /// Read, or shown in the documentation.
    used: &'static [&'static str],
    /// Seen and not modelled, with the reason. Empty reason: nothing is lost for a client.
    unused: &'static [(&'static str, &'static str)],
}

/// Reports members that change what fits and are not modelled, and those that nobody knows.
pub(super) fn members(
    members: &Members,
    object: &Object,
    at: &Pointer,
    diagnostics: &mut Diagnostics,
) {
    for name in object.keys().map(AsRef::as_ref) {
        if members.used.contains(&name) || name.starts_with("x-") {
            continue;
        }
        match members.unused.iter().find(|(known, _)| *known == name) {
            Some((_, "")) => {}
            Some((_, reason)) => {
                let text = format!("`{name}` is not modelled: {reason}");
                diagnostics.push(Diagnostic::new(code::NOT_ENFORCED, at.child(name), text));
            }
            None => {
                let finding = unknown(members, name, at, diagnostics.len() < MOST_SUGGESTIONS);
                diagnostics.push(finding);
            }
        }
    }
}

/// With so many findings, nobody reads what else is meant; looking for it takes time.
const MOST_SUGGESTIONS: usize = 1_000;

fn unknown(members: &Members, name: &str, at: &Pointer, suggests: bool) -> Diagnostic {
    let text = format!("{} has no member `{name}`; it is ignored", members.noun);
    let known = members
        .used
        .iter()
        .copied()
        .chain(members.unused.iter().map(|(name, _)| *name));
    let finding = Diagnostic::new(code::UNKNOWN_MEMBER, at.child(name), text);
    match suggests.then(|| suggest::closest(name, known)).flatten() {
        Some(other) => finding.help(format!("did you mean `{other}`?")),
        None => finding.help(format!(
            "remove it, or call it `x-{name}` if a tool of yours reads it"
        )),
    }
}

const INERT: &str = "";
const UNCHECKED: &str = "values that break it are neither refused when reading nor when writing";

pub(super) const ROOT: &Members = &Members {
    noun: "an OpenAPI description",
    used: &[
        "openapi",
        "info",
        "servers",
        "security",
        "components",
        "paths",
        "webhooks",
    ],
    unused: &[
        ("tags", INERT),
        ("externalDocs", INERT),
        ("jsonSchemaDialect", INERT),
        ("$self", INERT),
    ],
};

pub(super) const COMPONENTS: &Members = &Members {
    noun: "`components`",
    used: &[
        "schemas",
        "responses",
        "parameters",
        "requestBodies",
        "headers",
        "securitySchemes",
        "pathItems",
    ],
    unused: &[
        ("examples", INERT),
        ("links", INERT),
        ("callbacks", INERT),
        ("mediaTypes", INERT),
    ],
};

pub(super) const PATH_ITEM: &Members = &Members {
    noun: "a path item",
    used: &[
        "summary",
        "description",
        "parameters",
        "get",
        "put",
        "post",
        "delete",
        "options",
        "head",
        "patch",
        "trace",
        "query",
        "additionalOperations",
        "servers",
    ],
    unused: &[("$ref", INERT)],
};

pub(super) const OPERATION: &Members = &Members {
    noun: "an operation",
    used: &[
        "tags",
        "summary",
        "description",
        "operationId",
        "parameters",
        "requestBody",
        "responses",
        "deprecated",
        "security",
        "servers",
    ],
    unused: &[
        ("externalDocs", INERT),
        (
            "callbacks",
            "a callback is a request that the API makes, not one that a client sends",
        ),
    ],
};

pub(super) const PARAMETER: &Members = &Members {
    noun: "a parameter",
    used: &[
        "name",
        "in",
        "description",
        "required",
        "deprecated",
        "style",
        "explode",
        "schema",
        "content",
        "allowReserved",
    ],
    unused: &[
        ("example", INERT),
        ("examples", INERT),
        (
            "allowEmptyValue",
            "an empty value is sent when the value is empty",
        ),
    ],
};

pub(super) const HEADER: &Members = &Members {
    noun: "a header",
    used: &[
        "description",
        "required",
        "deprecated",
        "style",
        "explode",
        "schema",
        "content",
    ],
    unused: &[
        ("example", INERT),
        ("examples", INERT),
        ("allowEmptyValue", INERT),
        ("allowReserved", INERT),
    ],
};

pub(super) const REQUEST_BODY: &Members = &Members {
    noun: "a request body",
    used: &["description", "content", "required"],
    unused: &[],
};

pub(super) const RESPONSE: &Members = &Members {
    noun: "a response",
    used: &["description", "content", "summary", "headers"],
    unused: &[("links", INERT)],
};

pub(super) const MEDIA_TYPE: &Members = &Members {
    noun: "a media type",
    used: &["schema", "encoding", "itemSchema"],
    unused: &[
        ("example", INERT),
        ("examples", INERT),
        ("itemEncoding", "items are not written one by one"),
        ("prefixEncoding", "parts are not written by position"),
    ],
};

pub(super) const SCHEMA: &Members = &Members {
    noun: "a schema",
    used: &[
        "type",
        "format",
        "nullable",
        "title",
        "description",
        "deprecated",
        "readOnly",
        "writeOnly",
        "default",
        "enum",
        "properties",
        "required",
        "additionalProperties",
        "patternProperties",
        "minProperties",
        "maxProperties",
        "items",
        "prefixItems",
        "minItems",
        "maxItems",
        "uniqueItems",
        "pattern",
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "allOf",
        "oneOf",
        "anyOf",
        "discriminator",
    ],
    unused: &[
        ("externalDocs", INERT),
        ("xml", "bodies of other media types than JSON are text"),
        ("contentEncoding", INERT),
        ("contentMediaType", INERT),
        ("contentSchema", "the text is not read any further"),
        ("not", UNCHECKED),
        ("if", UNCHECKED),
        ("then", UNCHECKED),
        ("else", UNCHECKED),
        ("contains", UNCHECKED),
        ("minContains", UNCHECKED),
        ("maxContains", UNCHECKED),
        ("propertyNames", UNCHECKED),
        ("dependentRequired", UNCHECKED),
        ("dependentSchemas", UNCHECKED),
        ("unevaluatedProperties", UNCHECKED),
        ("unevaluatedItems", UNCHECKED),
        ("$dynamicRef", "the schema is taken as any JSON"),
        ("$dynamicAnchor", INERT),
        ("$vocabulary", INERT),
    ],
};
