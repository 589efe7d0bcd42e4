//! The JSON Schema of `codegen.yaml`, for editors, made from the table that the readers use.

use serde_json::{Map, Value, json};

use super::check::{Check, KEYWORDS, RESERVED};
use super::config::VERSION;
use super::table::{ALONE, Key, ROOT, Rule, Shape, Table};

/// Returns the JSON Schema (draft 7, which editors know best) of a `codegen.yaml`, with targets or for a single crate.
pub fn schema() -> Value {
    let mut root = object(&ALONE);
    let mut properties = properties(&ROOT);
    properties.extend(self::properties(&ALONE));
    let targets: Vec<&str> = ROOT.keys().map(|key| key.name).collect();
    let more = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "`codegen.yaml` of oasmith",
        "description": "The crates to generate, and choices that a description cannot express.",
        "properties": properties,
        // the choices belong to the targets, if there are some
        "if": { "required": ["targets"] },
        "then": { "propertyNames": { "enum": targets } },
        "definitions": { "keyword": { "description": "no name in Rust", "enum": KEYWORDS.as_slice() } },
    });
    for (key, value) in members(more) {
        root.insert(key, value);
    }
    Value::Object(root)
}

#[cfg(test)]
mod tests;

fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

fn object(table: &Table) -> Map<String, Value> {
    let required: Vec<&str> = table
        .keys()
        .filter(|key| key.required.is_some())
        .map(|key| key.name)
        .collect();
    let mut schema = members(json!({
        "type": "object",
        "description": table.about,
        "properties": properties(table),
        "additionalProperties": false,
    }));
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    let rules: Vec<Value> = table.rules.iter().map(rule).collect();
    if !rules.is_empty() {
        schema.insert("allOf".to_owned(), Value::Array(rules));
    }
    schema
}

fn properties(table: &Table) -> Map<String, Value> {
    let property = |key: &Key| {
        let mut schema = members(shape(&key.value));
        schema.insert("description".to_owned(), key.about.into());
        (key.name.to_owned(), Value::Object(schema))
    };
    table.keys().map(property).collect()
}

fn rule(rule: &Rule) -> Value {
    match rule {
        Rule::Together([(one, _), (other, _)]) => {
            json!({ "dependencies": { *one: [other], *other: [one] } })
        }
        Rule::Excludes(one, other) => json!({ "not": { "required": [one, other] } }),
        Rule::OneOf(one, other) => {
            json!({ "anyOf": [{ "required": [one] }, { "required": [other] }] })
        }
        Rule::OnlyWith(one, other, value) => json!({
            "if": { "required": [one] },
            "then": { "properties": { *other: { "const": value } } },
        }),
    }
}

fn shape(value: &Shape) -> Value {
    match value {
        Shape::Version => json!({ "const": VERSION }),
        Shape::Text => json!({ "type": ["string", "number", "boolean"] }),
        Shape::Checked(check) => checked(check),
        Shape::Boolean => json!({ "type": "boolean" }),
        Shape::Count(least, None) => json!({ "type": "integer", "minimum": least }),
        Shape::Count(least, Some(most)) => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Shape::Words(words) => {
            // `true` is the same word with and without quotes
            let plain = words.iter().filter_map(|word| word.parse::<bool>().ok());
            let words = words.iter().map(|word| Value::from(*word));
            let all: Vec<Value> = words.chain(plain.map(Value::from)).collect();
            json!({ "enum": all })
        }
        Shape::List(element) => json!({ "type": "array", "items": shape(element) }),
        Shape::Some(element) => {
            json!({ "type": "array", "items": shape(element), "minItems": 1 })
        }
        Shape::Map(None, value) => {
            json!({ "type": "object", "additionalProperties": shape(value) })
        }
        Shape::Map(Some(key), value) => json!({
            "type": "object",
            "propertyNames": { "pattern": key.pattern },
            "additionalProperties": shape(value),
        }),
        Shape::Named(key, value) => json!({
            "type": "object",
            "propertyNames": { "pattern": key.pattern, "not": { "enum": RESERVED.iter().chain(&KEYWORDS).collect::<Vec<_>>() } },
            "additionalProperties": shape(value),
            "minProperties": 1,
        }),
        Shape::Object(table) => Value::Object(object(table)),
        Shape::Either(one, other) => json!({ "anyOf": [shape(one), shape(other)] }),
    }
}

fn checked(check: &Check) -> Value {
    let mut schema = members(json!({ "type": "string", "pattern": check.pattern }));
    if check.takes_scalars {
        schema.insert("type".to_owned(), json!(["string", "number", "boolean"]));
    }
    if check.is_name {
        schema.insert("not".to_owned(), json!({ "$ref": "#/definitions/keyword" }));
    }
    Value::Object(schema)
}
