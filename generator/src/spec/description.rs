//! The root of a description, its servers, components, paths, operations and security schemes.

use super::Misfit::Warning;
use super::Shape::{Array, Boolean, Map, Object, OneOf, Resolved, Schema, String};
use super::Version::{V3_0, V3_1, V3_2};
use super::exchange::{EXAMPLE, HEADER, LINK, MEDIA_TYPE, PARAMETER, REQUEST_BODY, RESPONSE};
use super::{ObjectSpec, Shape, documentation, inert, lost, used};
use crate::diagnostic::code;

// Elements are statics of their own: Rust 1.88 does not extend a temporary that refers to a static in a constant.
static SERVERS_ELEMENT: Shape = Object(&SERVER);
static PARAMETERS_ELEMENT: Shape = Resolved(&PARAMETER);

/// The servers of a description, a path item or an operation.
pub(crate) const SERVERS: Shape = Array(&SERVERS_ELEMENT);

/// The security requirements of a description or an operation: `[{ scheme: [scope] }]`.
pub(crate) const SECURITY: Shape = Array(&Map(&Array(&String)));

const PARAMETERS: Shape = Array(&PARAMETERS_ELEMENT);

pub(crate) static ROOT: ObjectSpec = ObjectSpec {
    noun: "an OpenAPI description",
    members: &[
        inert("$self", String).since(V3_2),
        used("components", Object(&COMPONENTS)),
        inert("externalDocs", Object(&EXTERNAL_DOCS)),
        used("info", Object(&INFO)).required(),
        inert("jsonSchemaDialect", String).since(V3_1),
        used("openapi", String).required(),
        used("paths", Map(&Resolved(&PATH_ITEM))).required_until(V3_0),
        used("security", SECURITY),
        used("servers", SERVERS),
        inert("tags", Array(&Object(&TAG))),
        lost(
            "webhooks",
            Map(&Resolved(&PATH_ITEM)),
            code::NOT_GENERATED,
            "the API sends these requests; only their types are generated",
        )
        .since(V3_1),
    ],
};

pub(crate) static INFO: ObjectSpec = ObjectSpec {
    noun: "`info`",
    members: &[
        documentation("contact", Object(&CONTACT)),
        documentation("description", String),
        documentation("license", Object(&LICENSE)),
        documentation("summary", String).since(V3_1),
        documentation("termsOfService", String),
        documentation("title", String).required(),
        documentation("version", String).required(),
    ],
};

pub(super) static CONTACT: ObjectSpec = ObjectSpec {
    noun: "a contact",
    members: &[
        documentation("email", String),
        documentation("name", String),
        documentation("url", String),
    ],
};

pub(super) static LICENSE: ObjectSpec = ObjectSpec {
    noun: "a license",
    members: &[
        documentation("identifier", String).since(V3_1),
        documentation("name", String).required(),
        documentation("url", String),
    ],
};

pub(super) static SERVER: ObjectSpec = ObjectSpec {
    noun: "a server",
    members: &[
        documentation("description", String),
        documentation("name", String).since(V3_2),
        used("url", String).misfit(Warning).required(),
        used("variables", Map(&Object(&SERVER_VARIABLE))),
    ],
};

pub(super) static SERVER_VARIABLE: ObjectSpec = ObjectSpec {
    noun: "a server variable",
    members: &[
        used("default", String).misfit(Warning).required(),
        documentation("description", String),
        used("enum", Array(&String)).misfit(Warning),
    ],
};

pub(crate) static COMPONENTS: ObjectSpec = ObjectSpec {
    noun: "`components`",
    members: &[
        used("callbacks", Map(&Map(&Resolved(&PATH_ITEM)))),
        inert("examples", Map(&Resolved(&EXAMPLE))),
        used("headers", Map(&Resolved(&HEADER))),
        inert("links", Map(&Resolved(&LINK))),
        inert("mediaTypes", Map(&Resolved(&MEDIA_TYPE))).since(V3_2),
        used("parameters", Map(&Resolved(&PARAMETER))),
        used("pathItems", Map(&Resolved(&PATH_ITEM))).since(V3_1),
        used("requestBodies", Map(&Resolved(&REQUEST_BODY))),
        used("responses", Map(&Resolved(&RESPONSE))),
        used("schemas", Map(&Schema)),
        used("securitySchemes", Map(&Resolved(&SECURITY_SCHEME))),
    ],
};

pub(crate) static PATH_ITEM: ObjectSpec = ObjectSpec {
    noun: "a path item",
    members: &[
        inert("$ref", String),
        used("additionalOperations", Map(&Resolved(&OPERATION))).since(V3_2),
        used("delete", Resolved(&OPERATION)),
        documentation("description", String),
        used("get", Resolved(&OPERATION)),
        used("head", Resolved(&OPERATION)),
        used("options", Resolved(&OPERATION)),
        used("parameters", PARAMETERS),
        used("patch", Resolved(&OPERATION)),
        used("post", Resolved(&OPERATION)),
        used("put", Resolved(&OPERATION)),
        used("query", Resolved(&OPERATION)).since(V3_2),
        used("servers", SERVERS),
        documentation("summary", String),
        used("trace", Resolved(&OPERATION)),
    ],
};

pub(crate) static OPERATION: ObjectSpec = ObjectSpec {
    noun: "an operation",
    members: &[
        lost(
            "callbacks",
            Map(&Map(&Resolved(&PATH_ITEM))),
            code::NOT_ENFORCED,
            "the API sends these requests; only their types are generated",
        ),
        used("deprecated", Boolean).misfit(Warning),
        documentation("description", String),
        inert("externalDocs", Object(&EXTERNAL_DOCS)).misfit(Warning),
        used("operationId", String),
        used("parameters", PARAMETERS),
        used("requestBody", Resolved(&REQUEST_BODY)),
        used("responses", Map(&Resolved(&RESPONSE))).required_until(V3_0),
        used("security", SECURITY),
        used("servers", SERVERS),
        documentation("summary", String),
        used("tags", Array(&String)).misfit(Warning),
    ],
};

pub(super) static EXTERNAL_DOCS: ObjectSpec = ObjectSpec {
    noun: "`externalDocs`",
    members: &[
        documentation("description", String),
        documentation("url", String).required(),
    ],
};

pub(super) static TAG: ObjectSpec = ObjectSpec {
    noun: "a tag",
    members: &[
        inert("description", String),
        inert("externalDocs", Object(&EXTERNAL_DOCS)),
        inert("kind", String).since(V3_2),
        inert("name", String).required(),
        inert("parent", String).since(V3_2),
        inert("summary", String).since(V3_2),
    ],
};

/// The members of security schemes of every type; [`security_scheme`] returns the others.
pub(crate) static SECURITY_SCHEME: ObjectSpec = ObjectSpec {
    noun: "a security scheme",
    members: &[
        inert("deprecated", Boolean).since(V3_2),
        documentation("description", String),
        used(
            "type",
            OneOf(&["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"]),
        )
        .required(),
    ],
};

/// Returns the members that only security schemes of this type have; `None` if there are none.
pub(crate) fn security_scheme(ty: &str) -> Option<&'static ObjectSpec> {
    match ty {
        "apiKey" => Some(&API_KEY),
        "http" => Some(&HTTP),
        "oauth2" => Some(&OAUTH2),
        "openIdConnect" => Some(&OPEN_ID_CONNECT),
        _ => None,
    }
}

pub(super) static API_KEY: ObjectSpec = ObjectSpec {
    noun: "a security scheme of type `apiKey`",
    members: &[
        used("in", OneOf(&["query", "header", "cookie"])).required(),
        used("name", String).required(),
    ],
};

pub(super) static HTTP: ObjectSpec = ObjectSpec {
    noun: "a security scheme of type `http`",
    members: &[
        documentation("bearerFormat", String),
        used("scheme", String).required(),
    ],
};

pub(super) static OAUTH2: ObjectSpec = ObjectSpec {
    noun: "a security scheme of type `oauth2`",
    members: &[
        used("flows", Object(&OAUTH_FLOWS)).required(),
        inert("oauth2MetadataUrl", String).since(V3_2),
    ],
};

pub(super) static OPEN_ID_CONNECT: ObjectSpec = ObjectSpec {
    noun: "a security scheme of type `openIdConnect`",
    members: &[used("openIdConnectUrl", String).required()],
};

/// Inert: the user of a client sets the token, or the URL to fetch it from.
pub(super) static OAUTH_FLOWS: ObjectSpec = ObjectSpec {
    noun: "OAuth flows",
    members: &[
        inert("authorizationCode", Object(&OAUTH_FLOW)),
        inert("clientCredentials", Object(&OAUTH_FLOW)),
        inert("deviceAuthorization", Object(&OAUTH_FLOW)).since(V3_2),
        inert("implicit", Object(&OAUTH_FLOW)),
        inert("password", Object(&OAUTH_FLOW)),
    ],
};

pub(super) static OAUTH_FLOW: ObjectSpec = ObjectSpec {
    noun: "an OAuth flow",
    members: &[
        inert("authorizationUrl", String),
        inert("deviceAuthorizationUrl", String).since(V3_2),
        inert("refreshUrl", String),
        inert("scopes", Map(&String)).required(),
        inert("tokenUrl", String),
    ],
};
