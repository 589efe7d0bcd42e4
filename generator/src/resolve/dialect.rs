//! Rewrites the spellings of OpenAPI 3.1 and 3.2 to those of 3.0: one function for each rewrite, with its pattern.
//!
//! A rewrite changes one object and never its children. What 3.0 cannot express goes into [`SchemaFacts`].

use std::collections::BTreeSet;
use std::sync::Arc;

use super::document::{ParameterFacts, SchemaFacts};
use crate::load::{Node, Object, ScalarKind};
use crate::spec::{self, Handling, ObjectSpec, Shape, Version};

/// Rewrites a schema.
pub(super) fn schema(object: &mut Object) -> SchemaFacts {
    let mut facts = SchemaFacts::default();
    types(object, &mut facts);
    constant(object, &mut facts);
    null_in_enum(object, &mut facts);
    limit(object, "exclusiveMinimum", "minimum");
    limit(object, "exclusiveMaximum", "maximum");
    content_encoding(object, &mut facts);
    counts(object);
    spellings(object, &mut facts);
    facts
}

/// `type: [string, null]` → `type: string, nullable: true`; `type: [string, integer]` → the facts;
/// `type: "null"` → `only_null`
///
/// `type: null` without quotes means the same, unless the schema bounds its values: one with a `maxLength` is not null,
/// and its type is unknown.
fn types(object: &mut Object, facts: &mut SchemaFacts) {
    let mut types: Vec<String> = match object.get("type") {
        Some(Node::Array(items)) => items.iter().map(type_name).collect(),
        Some(node) if node.is_null() && object.keys().any(|name| is_bound(name)) => Vec::new(),
        Some(node) if node.is_null() || node.as_str() == Some("null") => vec!["null".to_owned()],
        _ => return,
    };
    object.shift_remove("type");
    let before = types.len();
    types.retain(|name| name != "null");
    let nullable = types.len() < before;
    let mut seen = BTreeSet::new();
    types.retain(|name| seen.insert(name.clone()));
    if nullable {
        object.insert("nullable".into(), Node::bool(true));
        facts.only_null = types.is_empty();
    }
    match types.as_slice() {
        [] => {}
        [one] => {
            object.insert("type".into(), Node::string(one.clone()));
        }
        _ => facts.types = types,
    }
}

/// Whether a keyword bounds values other than null.
fn is_bound(name: &str) -> bool {
    let member = spec::SCHEMA.member(name);
    member.is_some_and(|member| matches!(member.handling, Handling::Bound))
}

/// Returns the bounds that openapiv3 has no member for, since they are newer than OpenAPI 3.0.
pub(super) fn newer_bounds(
    spec: &ObjectSpec,
    object: &Object,
) -> Vec<(&'static str, serde_json::Value)> {
    object
        .iter()
        .filter_map(|(name, node)| Some((spec.member(name)?, node)))
        .filter(|(member, _)| matches!(member.handling, Handling::Bound))
        .filter(|(member, _)| !member.versions.contains(&Version::V3_0))
        .map(|(member, node)| (member.name, node.to_json()))
        .collect()
}

/// `const: v` → `enum: [v]`
fn constant(object: &mut Object, facts: &mut SchemaFacts) {
    if let Some(value) = object.shift_remove("const") {
        facts.is_constant = true;
        object.insert("enum".into(), Node::Array(vec![value]));
    }
}

/// `enum: [a, null]` → `enum: [a], nullable: true`
fn null_in_enum(object: &mut Object, facts: &mut SchemaFacts) {
    let Some(Node::Array(values)) = object.get_mut("enum") else {
        return;
    };
    let before = values.len();
    values.retain(|value| !value.is_null());
    if values.len() == before {
        return;
    }
    if values.is_empty() {
        facts.only_null = true;
        object.shift_remove("enum");
    }
    object.insert("nullable".into(), Node::bool(true));
}

/// `exclusiveMinimum: 5` → `minimum: 5, exclusiveMinimum: true`; of two limits, the narrower one remains
fn limit(object: &mut Object, exclusive: &str, inclusive: &str) {
    let Some(node) = object.get(exclusive) else {
        return;
    };
    if node
        .as_scalar()
        .is_some_and(|scalar| matches!(scalar.kind(), ScalarKind::Integer | ScalarKind::Float))
    {
        let value = node.clone();
        let number = |node: Option<&Node>| node?.as_scalar()?.as_number()?.as_f64();
        let is_wider = match (number(Some(&value)), number(object.get(inclusive))) {
            (Some(own), Some(other)) if inclusive == "minimum" => own < other,
            (Some(own), Some(other)) => own > other,
            _ => false,
        };
        if is_wider {
            object.shift_remove(exclusive);
        } else {
            object.insert(inclusive.into(), value);
            object.insert(exclusive.into(), Node::bool(true));
        }
    }
}

/// `contentEncoding: base64` → `format: byte`; `contentMediaType: image/png` → `format: binary`, and the facts
fn content_encoding(object: &mut Object, facts: &mut SchemaFacts) {
    let text = |name: &str| object.get(name).and_then(Node::as_str);
    if let (None | Some("binary"), Some(media_type)) =
        (text("contentEncoding"), text("contentMediaType"))
    {
        facts.content_media_type = Some(media_type.to_owned());
    }
    if object.contains_key("format") {
        return;
    }
    let format = match (text("contentEncoding"), text("contentMediaType")) {
        (Some("base64"), _) => "byte",
        (Some("binary"), _) => "binary",
        (None, Some(media_type)) if is_binary(media_type) => "binary",
        _ => return,
    };
    object.insert("format".into(), Node::string(format));
}

fn is_binary(media_type: &str) -> bool {
    let groups = ["image/", "audio/", "video/", "font/"];
    media_type == "application/octet-stream"
        || groups.iter().any(|group| media_type.starts_with(group))
}

/// `encoding: { tags: {} }` → `encoding: { tags: { explode: true } }`: openapiv3 has one default for all styles
pub(super) fn encoding(media_type: &mut Object) {
    let Some(Node::Object(members)) = media_type.get_mut("encoding") else {
        return;
    };
    for node in Arc::make_mut(members).values_mut() {
        let Node::Object(member) = node else { continue };
        let is_form = matches!(
            member.get("style").and_then(Node::as_str),
            None | Some("form")
        );
        if !member.contains_key("explode") {
            Arc::make_mut(member).insert("explode".into(), Node::bool(is_form));
        }
    }
}

/// `type: mutualTLS` → `type: http, scheme: mutualTLS`
pub(super) fn scheme(object: &mut Object) {
    if object.get("type").and_then(Node::as_str) == Some("mutualTLS") {
        object.insert("type".into(), Node::string("http"));
        object.insert("scheme".into(), Node::string("mutualTLS"));
    }
}

/// `style: cookie` (3.2) → `style: form`, with a fact
pub(super) fn parameter(object: &mut Object) -> ParameterFacts {
    let reserved = object.get("allowReserved").and_then(Node::as_bool);
    let mut facts = ParameterFacts {
        reserved: reserved.unwrap_or_default(),
        ..ParameterFacts::default()
    };
    if object.get("style").and_then(Node::as_str) == Some("cookie") {
        object.insert("style".into(), Node::string("form"));
        facts.plain_cookie = true;
    }
    facts
}

/// `{}` → `{ description: "" }`: the description of a response is optional in 3.2 and required by openapiv3
pub(super) fn response(object: &mut Object) {
    object
        .entry("description".into())
        .or_insert_with(|| Node::string(""));
}

/// `in: querystring` (3.2) → `in: query`; returns whether it was rewritten
pub(super) fn whole_query(object: &mut Object) -> bool {
    let is_whole = object.get("in").and_then(Node::as_str) == Some("querystring");
    if is_whole {
        object.insert("in".into(), Node::string("query"));
    }
    is_whole
}

/// `maxLength: 10.0` → `maxLength: 10`
fn counts(object: &mut Object) {
    for (name, node) in object.iter_mut() {
        let digits = node
            .as_scalar()
            .filter(|scalar| scalar.kind() == ScalarKind::Float)
            .and_then(|scalar| scalar.text().strip_suffix(".0")?.parse::<u64>().ok());
        let Some(count) = digits else { continue };
        let member = spec::SCHEMA.member(name);
        if member.is_some_and(|member| matches!(member.shape, Shape::Count)) {
            *node = Node::from_json(&count.into());
        }
    }
}

/// `maximum: 1e300` → the facts, since it is read as a float, which prints 301 digits. A spelling that JSON does not
/// have is dropped.
fn spellings(object: &Object, facts: &mut SchemaFacts) {
    for keyword in ["minimum", "maximum", "multipleOf", "default"] {
        let Some(scalar) = object.get(keyword).and_then(Node::as_scalar) else {
            continue;
        };
        let text = scalar.text();
        let is_number = matches!(scalar.kind(), ScalarKind::Integer | ScalarKind::Float)
            && serde_json::from_str::<serde_json::Number>(text).is_ok();
        let is_printed_alike = text
            .parse()
            .is_ok_and(|number: i64| number.to_string() == text)
            || text
                .parse()
                .is_ok_and(|number: f64| number.to_string() == text);
        if is_number && !is_printed_alike {
            facts.spellings.push((keyword, text.to_owned()));
        }
    }
}

/// Returns the name in an array of types; `null` is often written without quotes, which YAML reads as a null.
fn type_name(node: &Node) -> String {
    match node.as_text() {
        Some(text) => text.to_owned(),
        None => "null".to_owned(),
    }
}
