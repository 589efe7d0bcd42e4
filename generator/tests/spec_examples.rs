//! Every example in `spec/`, overlay included, is valid against its schema, and an invalid one would be found.

use std::path::Path;

use oasmith::diagnostic::Diagnostics;
use oasmith::load::{Budgets, MapSources, load_overlaid};
use serde_json::{Map, Value, json};

/// An example and the JSON Pointer of its schema.
struct Example {
    pointer: String,
    schema: String,
    value: Value,
}

/// Returns the description as the generator sees it.
fn description() -> Value {
    let names = ["products-batch-upsert.yaml", "wire.overlay.yaml"];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let sources = names.iter().fold(MapSources::new(), |sources, name| {
        let text = std::fs::read(folder.join(name)).expect("the file is in the workspace");
        sources.with(*name, text)
    });
    let mut found = Diagnostics::new();
    let [document, overlay] = names.map(str::to_owned);
    let budgets = Budgets::default();
    let loaded = load_overlaid(&sources, &document, &[overlay], &budgets, &mut found);
    assert!(found.is_empty(), "{found:?}");
    let loaded = loaded.expect("the description is YAML");
    loaded.document().expect("it was read").to_json()
}

/// Converts schemas of OpenAPI 3.0 to JSON Schema, and closes objects with `properties`, so that a misspelt member of
/// an example is found.
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

/// Collects the examples below `value`. The keys of a map such as `properties` are names and never keywords.
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

/// Collects the examples of one object: a schema, or a media type with a `schema`.
fn collect_here(members: &Map<String, Value>, pointer: &str, found: &mut Vec<Example>) {
    let schema = if members.contains_key("schema") {
        format!("{pointer}/schema")
    } else {
        pointer.to_owned()
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

/// Validates `value` against the schema at `pointer` and returns the errors.
fn complaints(description: &Value, pointer: &str, value: &Value) -> Vec<String> {
    let mut schema = description.clone();
    to_json_schema(&mut schema);
    // The document itself is the schema, so that its `$ref`s resolve; its other members are not keywords.
    schema["$ref"] = json!(format!("#{pointer}"));
    let validator = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .build(&schema)
        .expect("the schemas of the description are valid");
    validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn every_example_is_valid() {
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

/// Changes the example `name` at `path` and returns the errors.
fn changed(name: &str, path: &str, change: impl FnOnce(&mut Value)) -> Vec<String> {
    let description = description();
    let mut example = examples(&description)
        .into_iter()
        .find(|example| example.pointer.ends_with(&format!("/examples/{name}")))
        .unwrap_or_else(|| panic!("no example {name}"));
    let place = example.value.pointer_mut(path);
    change(place.unwrap_or_else(|| panic!("no {path} in {name}")));
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
fn an_invalid_example_is_found() {
    let wrong = [
        changed("traced", "/inputs/0", remove("id")),
        changed("traced", "/inputs/0/properties/price", set(json!(9.99))),
        changed("traced", "/inputs/0/properties/price", set(Value::Null)),
        changed("traced", "/inputs", |inputs| {
            *inputs = vec![inputs[0].clone(); 101].into();
        }),
        changed("traced", "/inputs/0", |input| {
            input["idproperty"] = json!("hs_sku")
        }),
        changed("written", "/status", set(json!("DONE"))),
        changed("written", "/startedAt", set(json!("yesterday"))),
        changed("written", "/results/0", remove("new")),
        changed("partial", "/numErrors", set(json!("1"))),
        changed(
            "partial",
            "/errors/0/context/objectWriteTraceId",
            set(json!("row-2")),
        ),
        changed("duplicates", "/correlationId", set(json!("not a UUID"))),
        changed("rateLimit", "", remove("message")),
    ];
    for (index, complaints) in wrong.iter().enumerate() {
        assert_eq!(
            complaints.len(),
            1,
            "invalid example {index}: {complaints:?}"
        );
    }
}

#[test]
fn values_seen_in_real_responses_are_valid() {
    let right = [
        changed("written", "/results/0/properties/price", set(Value::Null)),
        changed("partial", "/errors/0", |error| {
            error["subCategory"] = json!({"any": ["thing", 1]})
        }),
        changed("duplicates", "", remove("category")),
        changed("untraced", "/inputs/0", remove("idProperty")),
    ];
    for (index, complaints) in right.iter().enumerate() {
        assert!(
            complaints.is_empty(),
            "valid example {index}: {complaints:?}"
        );
    }
}
