//! The keywords of schemas: those of JSON Schema and those that OpenAPI adds.

use super::Handling::Lost;
use super::Misfit::{Unchecked, Warning};
use super::Shape::{
    Array, Boolean, Count, Data, Map, Number, Object, OneOf, Schema, SchemaName, String,
};
use super::Version::{V3_1, V3_2};
use super::description::EXTERNAL_DOCS;
use super::{Member, ObjectSpec, Shape, bound, documentation, inert, lost, used};
use crate::diagnostic::code;

/// The types of JSON Schema but `null`, which is `nullable` in OpenAPI 3.0.
pub(crate) const TYPES: &[&str] = &["array", "boolean", "integer", "number", "object", "string"];

/// A keyword that neither a type nor the documentation expresses.
const fn not_enforced(name: &'static str, shape: Shape) -> Member {
    let reason = "values that violate it are accepted";
    Member {
        handling: Lost {
            code: code::NOT_ENFORCED,
            reason,
        },
        ..inert(name, shape)
    }
}

/// A keyword with a schema that only some values have to fit. The members that it names are in the type.
const fn condition(name: &'static str, shape: Shape) -> Member {
    let reason = "values that violate it are accepted, and its members are optional";
    Member {
        handling: Lost {
            code: code::NOT_ENFORCED,
            reason,
        },
        ..inert(name, shape)
    }
}

pub(crate) static SCHEMA: ObjectSpec = ObjectSpec {
    noun: "a schema",
    members: &[
        inert("$anchor", String).since(V3_1),
        inert("$comment", String).since(V3_1),
        inert("$defs", Map(&Schema)).since(V3_1),
        inert("$dynamicAnchor", String).since(V3_1),
        lost(
            "$dynamicRef",
            String,
            code::NOT_ENFORCED,
            "the schema accepts any JSON",
        )
        .since(V3_1),
        inert("$id", String).since(V3_1),
        used("$ref", String).since(V3_1),
        inert("$schema", String).since(V3_1),
        inert("$vocabulary", Map(&Boolean)).since(V3_1),
        used("additionalProperties", Schema),
        used("allOf", Array(&Schema)),
        used("anyOf", Array(&Schema)),
        used("const", Data).since(V3_1),
        not_enforced("contains", Schema).since(V3_1),
        used("contentEncoding", String).misfit(Warning).since(V3_1),
        used("contentMediaType", String).misfit(Warning).since(V3_1),
        used("contentSchema", Schema).misfit(Unchecked).since(V3_1),
        used("default", Data),
        inert("definitions", Map(&Schema)).outdated(),
        lost(
            "dependencies",
            Map(&Schema),
            code::UNKNOWN_MEMBER,
            "JSON Schema replaced it by `dependentRequired` and `dependentSchemas`",
        )
        .outdated(),
        not_enforced("dependentRequired", Map(&Array(&String))).since(V3_1),
        condition("dependentSchemas", Map(&Schema)).since(V3_1),
        used("deprecated", Boolean).misfit(Warning).about_usage(),
        documentation("description", String),
        used("discriminator", Object(&DISCRIMINATOR)).misfit(Warning),
        condition("else", Schema).since(V3_1),
        used("enum", Array(&Data)).misfit(Warning),
        inert("example", Data),
        inert("examples", Array(&Data)).since(V3_1),
        // a number since 3.1
        bound("exclusiveMaximum", Boolean),
        bound("exclusiveMinimum", Boolean),
        inert("externalDocs", Object(&EXTERNAL_DOCS)).misfit(Warning),
        bound("format", String),
        not_enforced("if", Schema).since(V3_1),
        used("items", Schema),
        bound("maxContains", Count).since(V3_1),
        bound("maxItems", Count),
        bound("maxLength", Count),
        bound("maxProperties", Count),
        bound("maximum", Number),
        bound("minContains", Count).since(V3_1),
        bound("minItems", Count),
        bound("minLength", Count),
        bound("minProperties", Count),
        bound("minimum", Number),
        bound("multipleOf", Number),
        not_enforced("not", Schema),
        used("nullable", Boolean)
            .misfit(Warning)
            .about_usage()
            .only_in_3_0(),
        used("oneOf", Array(&Schema)),
        bound("pattern", String),
        used("patternProperties", Map(&Schema)).since(V3_1),
        used("prefixItems", Array(&Schema)).since(V3_1),
        used("properties", Map(&Schema)),
        not_enforced("propertyNames", Schema).since(V3_1),
        used("readOnly", Boolean).misfit(Warning).about_usage(),
        used("required", Array(&String)),
        condition("then", Schema).since(V3_1),
        documentation("title", String),
        // an array of types since 3.1
        used("type", OneOf(TYPES)),
        not_enforced("unevaluatedItems", Schema).since(V3_1),
        used("unevaluatedProperties", Schema).since(V3_1),
        bound("uniqueItems", Boolean),
        used("writeOnly", Boolean).misfit(Warning).about_usage(),
        lost(
            "xml",
            Object(&XML),
            code::NOT_ENFORCED,
            "XML bodies are strings",
        ),
    ],
};

pub(super) static DISCRIMINATOR: ObjectSpec = ObjectSpec {
    noun: "a discriminator",
    members: &[
        lost(
            "defaultMapping",
            SchemaName,
            code::NOT_ENFORCED,
            "an object with an unmapped value is preserved as JSON",
        )
        .since(V3_2),
        used("mapping", Map(&SchemaName)),
        used("propertyName", String).misfit(Warning).required(),
    ],
};

/// The object that replaces another by a reference.
pub(crate) static REFERENCE: ObjectSpec = ObjectSpec {
    noun: "a reference",
    members: &[
        used("$ref", String).required(),
        documentation("description", String).since(V3_1),
        documentation("summary", String).since(V3_1),
    ],
};

pub(super) static XML: ObjectSpec = ObjectSpec {
    noun: "`xml`",
    members: &[
        inert("attribute", Boolean),
        inert("name", String),
        inert("namespace", String),
        inert("nodeType", String).since(V3_2),
        inert("prefix", String),
        inert("wrapped", Boolean),
    ],
};
