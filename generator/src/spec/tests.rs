//! Compares the tables with those of the specifications, which are written out here a second time on purpose.

use std::collections::BTreeSet;

use super::Version::{V3_0, V3_1, V3_2};
use super::description::*;
use super::exchange::*;
use super::schema::*;
use super::*;
use crate::diagnostic::{Severity, code};

/// An object with the fields of its table in the specification: those of 3.0.4, then what 3.1.2 and 3.2.0 add, or take
/// away with `-`.
type Fields = (&'static ObjectSpec, [&'static str; 3]);

const OBJECTS: [Fields; 29] = [
    (
        &ROOT,
        [
            "openapi info servers paths components security tags externalDocs",
            "jsonSchemaDialect webhooks",
            "$self",
        ],
    ),
    (
        &INFO,
        [
            "title description termsOfService contact license version",
            "summary",
            "",
        ],
    ),
    (&CONTACT, ["name url email", "", ""]),
    (&LICENSE, ["name url", "identifier", ""]),
    (&SERVER, ["url description variables", "", "name"]),
    (&SERVER_VARIABLE, ["enum default description", "", ""]),
    (
        &COMPONENTS,
        [
            "schemas responses parameters examples requestBodies headers securitySchemes links callbacks",
            "pathItems",
            "mediaTypes",
        ],
    ),
    (
        &PATH_ITEM,
        [
            "$ref summary description get put post delete options head patch trace servers parameters",
            "",
            "query additionalOperations",
        ],
    ),
    (
        &OPERATION,
        [
            "tags summary description externalDocs operationId parameters requestBody responses callbacks \
             deprecated security servers",
            "",
            "",
        ],
    ),
    (&EXTERNAL_DOCS, ["description url", "", ""]),
    (
        &PARAMETER,
        [
            "name in description required deprecated allowEmptyValue style explode allowReserved schema \
             example examples content",
            "",
            "",
        ],
    ),
    (&REQUEST_BODY, ["description content required", "", ""]),
    (
        &MEDIA_TYPE,
        [
            "schema example examples encoding",
            "",
            "itemSchema prefixEncoding itemEncoding",
        ],
    ),
    (
        &ENCODING,
        [
            "contentType headers style explode allowReserved",
            "",
            "encoding prefixEncoding itemEncoding",
        ],
    ),
    (
        &RESPONSE,
        ["description headers content links", "", "summary"],
    ),
    (
        &EXAMPLE,
        [
            "summary description value externalValue",
            "",
            "dataValue serializedValue",
        ],
    ),
    (
        &LINK,
        [
            "operationRef operationId parameters requestBody description server",
            "",
            "",
        ],
    ),
    (
        &HEADER,
        [
            "description required deprecated style explode schema example examples content",
            "",
            "",
        ],
    ),
    (
        &TAG,
        ["name description externalDocs", "", "summary parent kind"],
    ),
    (&REFERENCE, ["$ref", "summary description", ""]),
    (
        &SCHEMA,
        [
            "title multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern \
             maxItems minItems uniqueItems maxProperties minProperties required enum \
             type allOf oneOf anyOf not items properties additionalProperties description format default \
             nullable discriminator readOnly writeOnly xml externalDocs example deprecated",
            // the vocabularies of JSON Schema 2020-12: core, applicator, unevaluated, validation, content, metadata
            "-nullable $schema $vocabulary $id $anchor $dynamicAnchor $ref $dynamicRef $defs $comment \
             if then else dependentSchemas prefixItems contains patternProperties propertyNames \
             unevaluatedItems unevaluatedProperties const maxContains minContains dependentRequired \
             contentEncoding contentMediaType contentSchema examples",
            "",
        ],
    ),
    (
        &DISCRIMINATOR,
        ["propertyName mapping", "", "defaultMapping"],
    ),
    (
        &XML,
        ["name namespace prefix attribute wrapped", "", "nodeType"],
    ),
    // one object in the specification, whose fields depend on its type
    (&SECURITY_SCHEME, ["type description", "", "deprecated"]),
    (&API_KEY, ["name in", "", ""]),
    (&HTTP, ["scheme bearerFormat", "", ""]),
    (&OAUTH2, ["flows", "", "oauth2MetadataUrl"]),
    (
        &OAUTH_FLOWS,
        [
            "implicit password clientCredentials authorizationCode",
            "",
            "deviceAuthorization",
        ],
    ),
    (
        &OAUTH_FLOW,
        [
            "authorizationUrl tokenUrl refreshUrl scopes",
            "",
            "deviceAuthorizationUrl",
        ],
    ),
];

#[test]
fn every_field_of_the_specifications_has_a_row() {
    for (object, versions) in OBJECTS {
        let mut expected = BTreeSet::new();
        for (version, fields) in [V3_0, V3_1, V3_2].into_iter().zip(versions) {
            for field in fields.split_whitespace() {
                match field.strip_prefix('-') {
                    Some(field) => assert!(expected.remove(field), "{object:?}: {field}"),
                    None => assert!(expected.insert(field), "{object:?}: {field}"),
                }
            }
            let rows: BTreeSet<_> = object.members_in(version).map(|row| row.name).collect();
            assert_eq!(rows, expected, "{object:?} in {version:?}");
        }
    }
}

#[test]
fn required_members_are_those_of_the_specifications() {
    let every: [(&ObjectSpec, &str); 15] = [
        (&ROOT, "info openapi"),
        (&INFO, "title version"),
        (&LICENSE, "name"),
        (&SERVER, "url"),
        (&SERVER_VARIABLE, "default"),
        (&EXTERNAL_DOCS, "url"),
        (&PARAMETER, "in name"),
        (&REQUEST_BODY, "content"),
        (&TAG, "name"),
        (&DISCRIMINATOR, "propertyName"),
        (&SECURITY_SCHEME, "type"),
        (&API_KEY, "in name"),
        (&HTTP, "scheme"),
        (&OAUTH2, "flows"),
        (&OAUTH_FLOW, "scopes"),
    ];
    for (object, names) in every {
        let required = object
            .members
            .iter()
            .filter(|row| row.required.contains(&V3_2));
        let required: Vec<_> = required.map(|row| row.name).collect();
        assert_eq!(required.join(" "), names, "{object:?}");
    }
    let no_longer = |object: &ObjectSpec, name| {
        let required = object.member(name).map_or(&[][..], |row| row.required);
        required.to_vec()
    };
    assert_eq!(no_longer(&ROOT, "paths"), [V3_0]);
    assert_eq!(no_longer(&OPERATION, "responses"), [V3_0]);
    assert_eq!(no_longer(&RESPONSE, "description"), [V3_0, V3_1]);
}

#[test]
fn rows_are_sorted_unique_and_whole() {
    for (object, _) in OBJECTS {
        for pair in object.members.windows(2) {
            assert!(
                pair[0].name < pair[1].name,
                "{object:?}: {} before {}",
                pair[0].name,
                pair[1].name
            );
        }
        for row in object.members {
            let name = format!("{object:?}, {}", row.name);
            let is_versioned = |version| row.versions.contains(version);
            assert!(row.required.iter().all(is_versioned), "{name}");
            assert_eq!(
                object.member(row.name).map(|row| row.name),
                Some(row.name),
                "{name}"
            );
            if let Handling::Lost { code, reason } = row.handling {
                assert!(code::ALL.contains(&code), "{name}");
                assert_eq!(code.severity, Severity::Warning, "{name}");
                assert!(!reason.is_empty() && !reason.ends_with('.'), "{name}");
            }
        }
    }
}

/// An object that a row refers to but that is not listed above would escape the tests.
#[test]
fn every_object_is_listed() {
    let is_listed = |object: &ObjectSpec| {
        OBJECTS
            .iter()
            .any(|(listed, _)| std::ptr::eq(*listed, object))
    };
    for (object, _) in OBJECTS {
        for row in object.members {
            assert!(row.shape.object().is_none_or(is_listed), "{}", row.name);
        }
    }
    for (ty, known) in [("apiKey", true), ("mutualTLS", false)] {
        assert_eq!(security_scheme(ty).is_some_and(is_listed), known, "{ty}");
    }
}

#[test]
fn methods_are_the_operations_of_a_path_item() {
    let is_operation = |row: &&Member| matches!(row.shape, Shape::Resolved(object) if std::ptr::eq(object, &OPERATION));
    let rows = PATH_ITEM.members.iter().filter(is_operation);
    let rows: BTreeSet<_> = rows.map(|row| row.name).collect();
    assert_eq!(rows, BTreeSet::from(METHODS));
}

#[test]
fn styles_are_known_in_their_locations() {
    for location in LOCATIONS {
        let styles = styles_of(location).unwrap_or_default();
        assert!(styles.iter().all(|style| is_style(style)), "{location}");
        assert_eq!(styles.is_empty(), *location == "querystring");
    }
}

#[test]
fn contents_by_name() {
    let rows = OBJECTS.iter().flat_map(|(object, _)| object.members);
    let names: BTreeSet<_> = rows.map(|row| row.name).collect();
    let of = |contents| {
        let names = names
            .iter()
            .filter(|name| super::contents(name) == contents);
        names.copied().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(of(Contents::Data), "const default enum example examples");
    assert_eq!(of(Contents::SchemaNames), "mapping");
    assert_eq!(
        of(Contents::Names),
        "$defs additionalOperations callbacks content definitions dependencies dependentSchemas encoding headers \
         links mediaTypes parameters pathItems paths patternProperties properties requestBodies responses schemas \
         securitySchemes variables webhooks"
    );
}

#[test]
fn keywords_with_a_meaning_beside_a_reference() {
    let has_meaning = |name| SCHEMA.member(name).is_some_and(Member::has_meaning);
    for name in [
        "type",
        "minLength",
        "not",
        "xml",
        "default",
        "contentEncoding",
    ] {
        assert!(has_meaning(name), "{name}");
    }
    for name in [
        "title",
        "description",
        "example",
        "$id",
        "$defs",
        "externalDocs",
    ] {
        assert!(!has_meaning(name), "{name}");
    }
}

#[test]
fn tokens() {
    assert!(is_token("X-Rate-Limit"));
    for wrong in ["", "a b", "a=b", "a:b", "\r\n", "ä"] {
        assert!(!is_token(wrong), "{wrong:?}");
    }
}
