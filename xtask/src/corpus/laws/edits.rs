//! Random edits of a description, of the kinds that its authors make.

use oasmith::load::{Node, Object};
use serde_json::json;

use super::spellings::{object_at, operations, schemas_with_properties};

/// The edits of one document, so that some meet at the same item.
const COUNT: usize = 5;

/// The name of what is added.
const ADDED: &str = "newly_added";

/// Returns an edited document, and what was done.
pub fn edited(document: &Node, random: &mut fastrand::Rng) -> (Node, Vec<String>) {
    let mut edited = document.clone();
    let mut what = Vec::new();
    for _ in 0..COUNT {
        let done = match random.bool() {
            true => edit_schema(&mut edited, random),
            false => edit_operation(&mut edited, random),
        };
        what.extend(done);
    }
    (edited, what)
}

fn edit_schema(document: &mut Node, random: &mut fastrand::Rng) -> Option<String> {
    let places = schemas_with_properties(document);
    let place = random.choice(&places)?;
    let schema = object_at(document, place)?;
    let Some(Node::Object(properties)) = schema.get("properties") else {
        return None;
    };
    let names: Vec<String> = properties.keys().map(ToString::to_string).collect();
    let name = random.choice(&names)?;
    let done = match random.u8(0..5) {
        0 => {
            properties_of(schema)?.shift_remove(name.as_str());
            require(schema, name, false);
            "removed"
        }
        1 => {
            let added = Node::from_json(&json!({"type": "string"}));
            properties_of(schema)?.insert(ADDED.into(), added);
            require(schema, ADDED, random.bool());
            "got a neighbour"
        }
        2 => {
            let is_required = is_required(schema, name);
            require(schema, name, !is_required);
            "required or not"
        }
        3 => {
            let property = properties_of(schema)?.get_mut(name.as_str())?;
            let is_integer = property.get("type").and_then(Node::as_str) == Some("integer");
            let of_type = if is_integer { "string" } else { "integer" };
            *property = Node::from_json(&json!({ "type": of_type }));
            "of another type"
        }
        _ => {
            let property = properties_of(schema)?.get_mut(name.as_str())?;
            *property = Node::from_json(&json!({"type": "string", "enum": ["red", "green"]}));
            "an enum"
        }
    };
    Some(format!("/{}/{name} {done}", place.join("/")))
}

fn properties_of(schema: &mut Object) -> Option<&mut Object> {
    match schema.get_mut("properties") {
        Some(Node::Object(properties)) => Some(std::sync::Arc::make_mut(properties)),
        _ => None,
    }
}

fn is_required(schema: &Object, name: &str) -> bool {
    let list = schema.get("required").and_then(Node::as_array);
    list.is_some_and(|list| list.iter().any(|one| one.as_str() == Some(name)))
}

/// Lists a property among the required ones, or not.
fn require(schema: &mut Object, name: &str, is_required: bool) {
    let list = schema.get("required").and_then(Node::as_array);
    let mut list: Vec<Node> = list.unwrap_or_default().to_vec();
    list.retain(|one| one.as_str() != Some(name));
    if is_required {
        list.push(Node::string(name.to_owned()));
    }
    schema.insert("required".into(), Node::Array(list));
}

fn edit_operation(document: &mut Node, random: &mut fastrand::Rng) -> Option<String> {
    let places = operations(document);
    let place = random.choice(&places)?;
    let [paths, path, method] = place;
    let done = match random.u8(0..5) {
        0 => {
            object_at(document, &[paths, path])?.shift_remove(method.as_str());
            "removed"
        }
        1 => {
            let parameter = json!({"name": ADDED, "in": "query", "required": random.bool(),
                "schema": {"type": "string"}});
            let parameters = object_at(document, place)?
                .entry("parameters".into())
                .or_insert_with(|| Node::Array(Vec::new()));
            let Node::Array(parameters) = parameters else {
                return None;
            };
            parameters.push(Node::from_json(&parameter));
            "got a parameter"
        }
        2 => {
            object_at(document, place)?.shift_remove("requestBody")?;
            "lost its body"
        }
        3 => {
            let responses = responses_of(document, place)?;
            let status = random.usize(0..responses.len().max(1));
            responses.shift_remove_index(status)?;
            "lost a response"
        }
        _ => {
            let schema = json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "boolean"}}});
            let response =
                json!({"description": "", "content": {"application/json": {"schema": schema}}});
            let status = if random.bool() { "409" } else { "206" };
            responses_of(document, place)?.insert(status.into(), Node::from_json(&response));
            "got a response"
        }
    };
    Some(format!("{method} {path} {done}"))
}

fn responses_of<'a>(document: &'a mut Node, place: &[String; 3]) -> Option<&'a mut Object> {
    let [paths, path, method] = place;
    object_at(document, &[paths, path, method, &"responses".to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_the_same_in_each_run_and_change_the_document() {
        let document = Node::from_json(&json!({
            "paths": {"/a": {"get": {"responses": {"200": {}}}, "post": {"responses": {"201": {}}}}},
            "components": {"schemas": {"A": {"required": ["b"], "properties": {"b": {}, "c": {}}}}}
        }));
        for seed in 0..50 {
            let of = || edited(&document, &mut fastrand::Rng::with_seed(seed));
            let (changed, what) = of();
            assert_eq!((&changed, &what), (&of().0, &of().1));
            assert!(changed != document || what.len() > 1, "{what:?}");
        }
    }
}
