//! Every example in `spec/` validates against the schema it stands beside, and a wrong one would not.
//!
//! The description is our own, so serde_yaml may read it here; documents of others never reach it.

use std::path::Path;

use serde_json::{Map, Value, json};

/// An example and the JSON Pointer of the schema that it has to fit.
struct Example {
    pointer: String,
    schema: String,
    value: Value,
}

fn description() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/products-batch-upsert.yaml");
    let text = std::fs::read_to_string(path).expect("the description is in the workspace");
    serde_yaml::from_str(&text).expect("the description is YAML")
}

/// Brings the schemas of OpenAPI 3.0 to JSON Schema, and closes objects that name their members, so that a
/// misspelt member in an example is found, too.
///
/// ```text
/// {type: string, nullable: true}              ->  {type: [string, "null"]}
/// {type: object, properties: {a: …}}          ->  {…, additionalProperties: false}
/// ```
fn to_json_schema(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(to_json_schema),
        Value::Object(members) => {
            members.values_mut().for_each(to_json_schema);
            if members.get("nullable") == Some(&Value::Bool(true))
                && let Some(kind) = members.remove("type")
            {
                members.insert("type".into(), json!([kind, "null"]));
            }
            if members.get("type") == Some(&json!("object")) && members.contains_key("properties") {
                members
                    .entry("additionalProperties")
                    .or_insert(false.into());
            }
        }
        _ => {}
    }
}

/// Collects the examples below `value`. In a map of names, such as `properties`, a key is never a keyword.
fn collect(value: &Value, pointer: &str, keys_are_names: bool, found: &mut Vec<Example>) {
    let Value::Object(members) = value else {
        if let Value::Array(items) = value {
            for (index, item) in items.iter().enumerate() {
                collect(item, &format!("{pointer}/{index}"), false, found);
            }
        }
        return;
    };
    if !keys_are_names {
        collect_here(members, pointer, found);
    }
    for (key, child) in members {
        if keys_are_names || !matches!(key.as_str(), "example" | "examples") {
            let names = !keys_are_names && matches!(key.as_str(), "properties" | "schemas");
            let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
            collect(child, &pointer, names, found);
        }
    }
}

/// The examples of one object, which is a schema or a media type with a `schema`.
fn collect_here(members: &Map<String, Value>, pointer: &str, found: &mut Vec<Example>) {
    let schema = match members.contains_key("schema") {
        true => format!("{pointer}/schema"),
        false => pointer.to_owned(),
    };
    if let Some(value) = members.get("example") {
        found.push(Example {
            pointer: format!("{pointer}/example"),
            schema: schema.clone(),
            value: value.clone(),
        });
    }
    let named = members.get("examples").and_then(Value::as_object);
    for (name, example) in named.into_iter().flatten() {
        found.push(Example {
            pointer: format!("{pointer}/examples/{name}"),
            schema: schema.clone(),
            value: example["value"].clone(),
        });
    }
}

fn examples(description: &Value) -> Vec<Example> {
    let mut found = Vec::new();
    collect(description, "", false, &mut found);
    found
}

/// What is wrong with `value` as an instance of the schema at `pointer`; empty when it is right.
fn complaints(description: &Value, pointer: &str, value: &Value) -> Vec<String> {
    let mut schema = description.clone();
    to_json_schema(&mut schema);
    // The document itself is the schema, so that its `$ref`s resolve; its other members are no keywords.
    schema["$ref"] = json!(format!("#{pointer}"));
    let validator = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .build(&schema)
        .expect("the description's schemas are schemas");
    validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn every_example_validates() {
    let description = description();
    let examples = examples(&description);
    assert!(examples.len() >= 20, "only {} examples", examples.len());
    for example in examples {
        let complaints = complaints(&description, &example.schema, &example.value);
        assert!(
            complaints.is_empty(),
            "{}: {complaints:#?}",
            example.pointer
        );
    }
}

#[test]
fn every_body_has_an_example() {
    let description = description();
    let operation = &description["paths"]["/crm/v3/objects/products/batch/upsert"]["post"];
    let json = "application/json";
    let bodies = [
        &operation["requestBody"]["content"][json],
        &operation["responses"]["200"]["content"][json],
        &operation["responses"]["207"]["content"][json],
        &description["components"]["responses"]["Error"]["content"]["*/*"],
    ];
    for body in bodies {
        assert!(
            body["examples"]
                .as_object()
                .is_some_and(|named| !named.is_empty()),
            "{body}"
        );
    }
}

/// Spoils the example `name` at `path` and gives the complaints about it.
fn spoilt(name: &str, path: &str, spoil: impl FnOnce(&mut Value)) -> Vec<String> {
    let description = description();
    let mut example = examples(&description)
        .into_iter()
        .find(|example| example.pointer.ends_with(&format!("/examples/{name}")))
        .unwrap_or_else(|| panic!("no example {name}"));
    let place = example.value.pointer_mut(path);
    spoil(place.unwrap_or_else(|| panic!("no {path} in {name}")));
    complaints(&description, &example.schema, &example.value)
}

fn remove(name: &str) -> impl FnOnce(&mut Value) {
    move |object| {
        let removed = object
            .as_object_mut()
            .and_then(|members| members.remove(name));
        assert!(removed.is_some(), "{name} is not there");
    }
}

fn set(value: Value) -> impl FnOnce(&mut Value) {
    move |place| *place = value
}

#[test]
fn a_wrong_example_fails() {
    let wrong = [
        spoilt("traced", "/inputs/0", remove("id")),
        spoilt("traced", "/inputs/0/properties/price", set(json!(9.99))),
        spoilt("traced", "/inputs/0/properties/price", set(Value::Null)),
        spoilt("traced", "/inputs", |inputs| {
            *inputs = vec![inputs[0].clone(); 101].into();
        }),
        spoilt("traced", "/inputs/0", |input| {
            input["idproperty"] = json!("hs_sku")
        }),
        spoilt("written", "/status", set(json!("DONE"))),
        spoilt("written", "/startedAt", set(json!("yesterday"))),
        spoilt("written", "/results/0", remove("new")),
        spoilt("partial", "/numErrors", set(json!("1"))),
        spoilt(
            "partial",
            "/errors/0/context/objectWriteTraceId",
            set(json!("row-2")),
        ),
        spoilt("duplicates", "/correlationId", set(json!("not a UUID"))),
        spoilt("rateLimit", "", remove("message")),
    ];
    for (index, complaints) in wrong.iter().enumerate() {
        assert_eq!(complaints.len(), 1, "wrong example {index}: {complaints:?}");
    }
}

#[test]
fn what_the_wire_does_is_no_mistake() {
    let right = [
        spoilt("written", "/results/0/properties/price", set(Value::Null)),
        spoilt("partial", "/errors/0", |error| {
            error["subCategory"] = json!({"any": ["thing", 1]})
        }),
        spoilt("duplicates", "", remove("category")),
        spoilt("untraced", "/inputs/0", remove("idProperty")),
    ];
    for (index, complaints) in right.iter().enumerate() {
        assert!(
            complaints.is_empty(),
            "right example {index}: {complaints:?}"
        );
    }
}
