//! The made-up document: structs of ten members in the mix of a real API, an open enum for five of them, an operation
//! for ten.

use serde_json::{Map, Value, json};

/// The wire names of the members; the mix of types stands in [`member`].
const MEMBERS: [&str; 10] = [
    "id",
    "displayName",
    "itemCount",
    "totalSize",
    "child",
    "items",
    "labels",
    "kind",
    "createdAt",
    "archived",
];

/// Where the types of a struct's members are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum References {
    /// In the same group of ten structs.
    Group,
    /// In the three groups that follow, the first ones behind the last. What a struct reaches stays a small part of the
    /// document, as in real ones: rustc walks all of it for each struct.
    Neighbours,
}

/// A document with this many structs, as JSON.
pub fn document(structs: usize, references: References) -> String {
    let mut schemas = Map::new();
    for index in 0..structs {
        let targets = Targets {
            index,
            structs,
            references,
        };
        schemas.insert(struct_name(index), schema(&targets));
        if index.is_multiple_of(5) {
            schemas.insert(enum_name(index), enumeration());
        }
    }
    let paths: Map<String, Value> = (0..structs / 10)
        .map(|decade| (format!("/jobs/{decade}"), operation(decade)))
        .collect();
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Synthetic", "version": "1" },
        "servers": [{ "url": "https://api.example.com" }],
        "paths": paths,
        "components": { "schemas": schemas },
    })
    .to_string()
}

/// `Struct0042`
pub fn struct_name(index: usize) -> String {
    format!("Struct{index:04}")
}

/// `Kind0040` is the enum of the structs 40 to 44.
pub fn enum_name(index: usize) -> String {
    format!("Kind{:04}", index / 5 * 5)
}

/// Sends the last struct of a group of ten and gets the first, which reaches all of the group.
fn operation(decade: usize) -> Value {
    let content =
        |index| json!({ "application/json": { "schema": reference(&struct_name(index)) } });
    json!({ "post": {
        "operationId": format!("runJob{decade:03}"),
        "summary": format!("Runs job {decade}."),
        "requestBody": { "required": true, "content": content(decade * 10 + 9) },
        "responses": { "200": { "description": "It ran.", "content": content(decade * 10) } },
    } })
}

/// What the members of a struct refer to.
struct Targets {
    index: usize,
    structs: usize,
    references: References,
}

impl Targets {
    /// A reference to a struct that has a later place in its group.
    fn later(&self, places: usize) -> Value {
        let groups = match self.references {
            References::Group => 0,
            References::Neighbours => 1 + self.index % 3,
        };
        let index = (self.index + places + groups * 10) % self.structs;
        reference(&struct_name(index))
    }
}

fn schema(targets: &Targets) -> Value {
    let index = targets.index;
    let mut required = vec!["id", "itemCount", "items", "createdAt"];
    if index % 2 == 1 {
        required.push("kind");
    }
    if index.is_multiple_of(3) {
        required.push("archived");
    }
    let properties: Map<String, Value> = MEMBERS
        .iter()
        .map(|name| ((*name).to_owned(), member(name, targets)))
        .collect();
    json!({
        "type": "object",
        "description": "Made up to measure what a struct costs.",
        "required": required,
        "properties": properties,
    })
}

/// A member's schema. A `child` of an odd struct is of its own kind, so that the generator boxes it. The last of a
/// group refers to no other, so that only it has the constructors of requests.
fn member(name: &str, targets: &Targets) -> Value {
    let index = targets.index;
    let place = index % 10;
    let mut schema = match name {
        "itemCount" => json!({ "type": "integer", "format": "int32" }),
        "totalSize" => json!({ "type": "integer", "format": "int64" }),
        "child" if place.is_multiple_of(2) => return targets.later(1),
        "child" => return reference(&struct_name(index)),
        "items" if place < 8 => {
            json!({ "type": "array", "items": targets.later(2) })
        }
        "items" => json!({ "type": "array", "items": { "type": "string" } }),
        "labels" => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        "kind" => return reference(&enum_name(index)),
        "createdAt" => json!({ "type": "string", "format": "date-time" }),
        "archived" => json!({ "type": "boolean" }),
        _ => json!({ "type": "string" }),
    };
    schema["description"] = format!("What `{name}` means, in a sentence of the document.").into();
    schema
}

fn enumeration() -> Value {
    json!({
        "type": "string",
        "description": "How far it is.",
        "enum": ["PENDING", "PROCESSING", "CANCELED", "COMPLETE"],
    })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}
