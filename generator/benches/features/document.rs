//! The made-up document: as many operations as the largest public APIs have, in tags of very different sizes.
//!
//! Each tag has resources of its own, an operation of each kind for each of them. All responses are in one envelope, as
//! many APIs have it, and all failures are of one type, so that there are types that every tag reaches.

use serde_json::{Map, Value, json};

/// Its operations.
pub const OPERATIONS: usize = 1_535;

/// Its tags. The largest has twelve resources, and most have two or three.
const TAGS: usize = 140;

/// What is done to a resource: with the path of all, or of one of them.
const KINDS: [(&str, &str); 5] = [
    ("list", "get"),
    ("create", "post"),
    ("get", "get"),
    ("update", "patch"),
    ("delete", "delete"),
];

/// Returns the document as JSON, the same in each run.
pub fn document() -> String {
    let (mut paths, mut schemas) = (Map::new(), common());
    let mut left = OPERATIONS;
    // some resources for each tag in turn, until there are enough operations
    for index in 0.. {
        if left == 0 {
            break;
        }
        let (tag, resource) = place(index);
        let name = format!("Area{tag:03}Resource{resource:02}");
        schemas.insert(name.clone(), object(&name));
        schemas.insert(format!("{name}Settings"), settings());
        for (kind, method) in KINDS.iter().take(left) {
            let base = format!("/accounts/{{account_id}}/area-{tag}/resource-{resource}");
            let path = match *kind {
                "list" | "create" => base,
                _ => format!("{base}/{{id}}"),
            };
            let operations = paths.entry(path).or_insert_with(|| json!({}));
            operations[*method] = operation(kind, tag, &name);
            left -= 1;
        }
    }
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Synthetic", "version": "1" },
        "servers": [{ "url": "https://api.example.com" }],
        "paths": paths,
        "components": { "schemas": schemas },
    })
    .to_string()
}

/// Returns the tag of a resource, and its number there: two for each tag, and every third of the rest for the first few.
fn place(index: usize) -> (usize, usize) {
    if index < 2 * TAGS {
        return (index / 2, index % 2);
    }
    let rest = index - 2 * TAGS;
    (rest % 3, 2 + rest / 3)
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn common() -> Map<String, Value> {
    let message = json!({
        "type": "object",
        "required": ["code", "message"],
        "properties": { "code": { "type": "integer" }, "message": { "type": "string" }, "source": { "type": "object", "properties": { "pointer": { "type": "string" } } } },
    });
    let envelope = json!({
        "type": "object",
        "required": ["success", "errors", "messages"],
        "properties": {
            "success": { "type": "boolean" },
            "errors": { "type": "array", "items": reference("Message") },
            "messages": { "type": "array", "items": reference("Message") },
        },
    });
    let paging = json!({
        "type": "object",
        "properties": { "page": { "type": "integer" }, "per_page": { "type": "integer" }, "count": { "type": "integer" }, "total_count": { "type": "integer" } },
    });
    let all = [
        ("Message", message),
        ("Envelope", envelope.clone()),
        ("Failure", envelope),
        ("Paging", paging),
    ];
    all.into_iter()
        .map(|(name, schema)| (name.to_owned(), schema))
        .collect()
}

fn object(name: &str) -> Value {
    json!({
        "type": "object",
        "required": ["id", "name"],
        "properties": {
            "id": { "type": "string" },
            "name": { "type": "string" },
            "enabled": { "type": "boolean" },
            "created_on": { "type": "string", "format": "date-time" },
            "modified_on": { "type": "string", "format": "date-time" },
            "priority": { "type": "integer", "format": "int32" },
            "weight": { "type": "number" },
            "tags": { "type": "array", "items": { "type": "string" } },
            "status": { "type": "string", "enum": ["active", "pending", "moved", "deleted"] },
            "settings": reference(&format!("{name}Settings")),
            "rule": { "oneOf": [
                { "type": "object", "required": ["pattern"], "properties": { "pattern": { "type": "string" } } },
                { "type": "object", "required": ["addresses"], "properties": { "addresses": { "type": "array", "items": { "type": "string" } } } },
            ] },
        },
    })
}

fn settings() -> Value {
    json!({
        "type": "object",
        "properties": {
            "mode": { "type": "string", "enum": ["off", "simulate", "on"] },
            "ttl": { "type": "integer" },
            "limits": { "type": "object", "properties": { "period": { "type": "integer" }, "requests": { "type": "integer" } } },
            "labels": { "type": "object", "additionalProperties": { "type": "string" } },
        },
    })
}

fn operation(kind: &str, tag: usize, name: &str) -> Value {
    let mut parameters = vec![parameter("account_id", "path")];
    match kind {
        "list" => parameters.extend(
            ["page", "per_page", "order", "direction"].map(|name| parameter(name, "query")),
        ),
        "create" => {}
        _ => parameters.push(parameter("id", "path")),
    }
    let result = match kind {
        "list" => json!({ "type": "array", "items": reference(name) }),
        "delete" => json!({ "type": "object", "properties": { "id": { "type": "string" } } }),
        _ => reference(name),
    };
    let mut properties = json!({ "result": result });
    if kind == "list" {
        properties["result_info"] = reference("Paging");
    }
    let success =
        json!({ "allOf": [reference("Envelope"), { "type": "object", "properties": properties }] });
    let mut operation = json!({
        "operationId": format!("{kind}{name}"),
        "summary": format!("Does {kind} for a resource."),
        "tags": [format!("Area {tag:03}")],
        "parameters": parameters,
        "responses": {
            "200": { "description": "Done.", "content": { "application/json": { "schema": success } } },
            "4XX": { "description": "Failed.", "content": { "application/json": { "schema": reference("Failure") } } },
        },
    });
    if matches!(kind, "create" | "update") {
        let content = json!({ "application/json": { "schema": reference(name) } });
        operation["requestBody"] = json!({ "required": true, "content": content });
    }
    operation
}

fn parameter(name: &str, place: &str) -> Value {
    json!({ "name": name, "in": place, "required": place == "path", "schema": { "type": "string" } })
}
