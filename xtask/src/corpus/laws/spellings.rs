//! Other ways to write the same description.

use std::collections::BTreeMap;
use std::sync::Arc;

use oasmith::ir::Api;
use oasmith::load::{Node, Object};

/// Objects whose members are sections, paths, names or HTTP methods, whose order says nothing. That of properties is
/// the order of arguments.
const UNORDERED: [&[&str]; 9] = [
    &[],
    &["paths"],
    &["components"],
    &["components", "schemas"],
    &["components", "parameters"],
    &["components", "responses"],
    &["components", "requestBodies"],
    &["components", "headers"],
    &["components", "securitySchemes"],
];

/// The keys of an operation's place: `get`, not `parameters`.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Keys whose values are data of the API, not parts of the description.
fn is_data(key: &str) -> bool {
    let is_known = matches!(
        key,
        "example" | "examples" | "default" | "enum" | "const" | "mapping"
    );
    is_known || key.starts_with("x-")
}

/// Returns the object at a place, if it is one.
pub fn object_at<'a, K: AsRef<str>>(node: &'a mut Node, place: &[K]) -> Option<&'a mut Object> {
    let mut at = node;
    for key in place {
        at = match at {
            Node::Object(object) => Arc::make_mut(object).get_mut(key.as_ref())?,
            Node::Array(items) => items.get_mut(key.as_ref().parse::<usize>().ok()?)?,
            Node::Scalar(_) => return None,
        };
    }
    match at {
        Node::Object(object) => Some(Arc::make_mut(object)),
        _ => None,
    }
}

/// The description with its sections, paths, operations and components in another order.
pub fn shuffled(document: &Node, random: &mut fastrand::Rng) -> Node {
    let mut document = document.clone();
    for place in UNORDERED {
        if let Some(object) = object_at(&mut document, place) {
            let mut members: Vec<_> = std::mem::take(object).into_iter().collect();
            random.shuffle(&mut members);
            *object = members.into_iter().collect();
        }
    }
    for path in keys(&document, "paths") {
        if let Some(object) = object_at(&mut document, &["paths", &path]) {
            object.reverse();
        }
    }
    document
}

/// The names of a section's members.
fn keys(document: &Node, section: &str) -> Vec<String> {
    let object = document.get(section).and_then(Node::as_object);
    let keys = object.into_iter().flat_map(Object::keys);
    keys.map(ToString::to_string).collect()
}

/// Calls `change` for each object of a description, the outer ones first, and leaves out data.
fn each_object(node: &mut Node, change: &mut dyn FnMut(&mut Object)) {
    match node {
        Node::Object(object) => {
            let object = Arc::make_mut(object);
            change(object);
            for (key, value) in object.iter_mut() {
                if !is_data(key) {
                    each_object(value, change);
                }
            }
        }
        Node::Array(items) => {
            for item in items {
                each_object(item, change);
            }
        }
        Node::Scalar(_) => {}
    }
}

/// The description with other words in its texts.
pub fn reworded(document: &Node) -> Node {
    let mut document = document.clone();
    each_object(&mut document, &mut |object| {
        for key in ["description", "summary"] {
            if let Some(text) = object.get_mut(key)
                && let Some(words) = text.as_str()
            {
                *text = Node::string(format!("In other words: {words}"));
            }
        }
    });
    document
}

/// A 3.0 description as one of 3.1: what was nullable has a list of types. `None` if it is of another version, or says
/// something that 3.1 has no such form for: `nullable` without a type, or members beside a `$ref`, which count in 3.1.
pub fn as_3_1(document: &Node) -> Option<Node> {
    let is_3_0 = document.get("openapi")?.as_text()?.starts_with("3.0");
    let mut document = document.clone();
    let mut has_form = is_3_0;
    each_object(&mut document, &mut |object| {
        has_form &= !object.contains_key("$ref") || object.len() == 1;
        let bounds = ["exclusiveMinimum", "exclusiveMaximum"];
        has_form &= bounds.iter().all(|key| !object.contains_key(*key));
        let is_schema = object
            .get("nullable")
            .is_some_and(|node| node.as_bool().is_some());
        if is_schema && let Some(nullable) = object.shift_remove("nullable") {
            let is_nullable = nullable.as_bool() == Some(true);
            has_form &= !is_nullable || nulled(object).is_some();
        }
    });
    let version = Node::string("3.1.0");
    object_at::<&str>(&mut document, &[])?.insert("openapi".into(), version);
    has_form.then_some(document)
}

/// Lets a schema allow `null` as 3.1 says it; `None` if it has no type.
fn nulled(schema: &mut Object) -> Option<()> {
    let of_type = schema.get("type")?.as_str()?.to_owned();
    let types = vec![Node::string(of_type), Node::string("null")];
    schema.insert("type".into(), Node::Array(types));
    if let Some(Node::Array(values)) = schema.get_mut("enum")
        && !values.iter().any(Node::is_null)
    {
        values.push(Node::null());
    }
    Some(())
}

/// The description with other operationIds, and the choices that keep the names of the methods.
pub fn other_ids(document: &Node, api: &Api) -> (Node, BTreeMap<String, String>) {
    let mut document = document.clone();
    let mut renames = BTreeMap::new();
    for (number, operation) in api.operations.iter().enumerate() {
        let method = operation.method.0.as_str();
        let place = ["paths", &operation.path, &method.to_ascii_lowercase()];
        if let Some(object) = object_at(&mut document, &place)
            && let Some(id) = object.get_mut("operationId")
        {
            *id = Node::string(format!("renumbered{number}"));
            let key = format!("{method} {}", operation.path);
            renames.insert(key, operation.name.rust.clone());
        }
    }
    (document, renames)
}

/// The places of all operations below `paths`: `["paths", "/ports", "get"]`.
pub fn operations(document: &Node) -> Vec<[String; 3]> {
    let mut places = Vec::new();
    for path in keys(document, "paths") {
        let item = document.get("paths").and_then(|paths| paths.get(&path));
        let members = item.and_then(Node::as_object);
        for key in members.into_iter().flat_map(Object::keys) {
            if METHODS.contains(&&**key) {
                places.push(["paths".to_owned(), path.clone(), key.to_string()]);
            }
        }
    }
    places
}

/// The places of all schemas with properties, wherever they are.
pub fn schemas_with_properties(document: &Node) -> Vec<Vec<String>> {
    fn walk(node: &Node, place: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
        let step = |key: &str, value: &Node, place: &mut Vec<String>, found: &mut Vec<_>| {
            place.push(key.to_owned());
            walk(value, place, found);
            place.pop();
        };
        match node {
            Node::Object(object) => {
                let properties = object.get("properties").and_then(Node::as_object);
                if properties.is_some_and(|properties| !properties.is_empty()) {
                    found.push(place.clone());
                }
                for (key, value) in object.iter().filter(|(key, _)| !is_data(key)) {
                    step(key, value, place, found);
                }
            }
            Node::Array(items) => {
                for (index, value) in items.iter().enumerate() {
                    step(&index.to_string(), value, place, found);
                }
            }
            Node::Scalar(_) => {}
        }
    }
    let mut found = Vec::new();
    walk(document, &mut Vec::new(), &mut found);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn data_stays_and_texts_change() {
        let document = json!({"description": "a", "example": {"description": "b"}, "properties": {"description": {}}});
        let expected = json!({"description": "In other words: a", "example": {"description": "b"},
            "properties": {"description": {}}});
        let reworded = reworded(&Node::from_json(&document));
        assert_eq!(reworded.to_json(), expected);
    }

    #[test]
    fn a_nullable_schema_has_a_list_of_types() {
        let of = |schema: serde_json::Value| {
            let document = json!({"openapi": "3.0.3", "components": {"schemas": {"A": schema}}});
            let newer = as_3_1(&Node::from_json(&document))?;
            Some(newer.to_json()["components"]["schemas"]["A"].clone())
        };
        assert_eq!(
            of(json!({"type": "string", "nullable": true, "enum": ["a"]})),
            Some(json!({"type": ["string", "null"], "enum": ["a", null]}))
        );
        assert_eq!(of(json!({"nullable": true})), None);
        assert_eq!(of(json!({"$ref": "#/a", "description": "b"})), None);
        assert_eq!(of(json!({"$ref": "#/a"})), Some(json!({"$ref": "#/a"})));
    }

    #[test]
    fn places_of_operations_and_schemas_are_found() {
        let document = json!({"paths": {"/a": {"get": {}, "parameters": []}},
            "components": {"schemas": {"A": {"properties": {"b": {"properties": {"c": {}}}}}}}});
        let document = Node::from_json(&document);
        assert_eq!(operations(&document), [["paths", "/a", "get"]]);
        let places = schemas_with_properties(&document);
        assert_eq!(places.len(), 2, "{places:?}");
    }
}
