//! Shapes of schemas that an earlier run has written.

use oasmith::load::{Node, Object};

use super::{Members, Shape};

/// The keywords that are written.
const KEYWORDS: [&str; 8] = [
    "additionalProperties",
    "format",
    "items",
    "nullable",
    "oneOf",
    "properties",
    "required",
    "type",
];

impl Shape {
    /// Returns the shape that a schema was written for; `None` if it says more than a shape does.
    pub(in crate::conform) fn of_schema(schema: &Node) -> Option<Self> {
        let object = schema.as_object()?;
        if !object.keys().all(|name| KEYWORDS.contains(&&**name)) {
            return None;
        }
        let mut shape = Shape {
            is_null: object.get("nullable").and_then(Node::as_bool) == Some(true),
            ..Shape::default()
        };
        let names: Vec<&str> = match (object.get("type"), object.get("oneOf")) {
            (None, Some(branches)) => {
                for branch in branches.as_array()? {
                    shape.merge(&Shape::of_schema(branch)?);
                }
                return Some(shape);
            }
            (Some(Node::Array(names)), None) => {
                names.iter().map(Node::as_str).collect::<Option<_>>()?
            }
            (Some(name), None) => vec![name.as_str()?],
            (None, None) => {
                let says_nothing_else = object.keys().all(|name| &**name == "nullable");
                return says_nothing_else.then_some(shape);
            }
            (Some(_), Some(_)) => return None,
        };
        match object.get("format").map(Node::as_str) {
            None => {}
            Some(Some("binary")) if names.contains(&"string") => shape.is_file = true,
            Some(_) => return None,
        }
        for name in names {
            match name {
                "null" => shape.is_null = true,
                "boolean" => shape.is_boolean = true,
                "integer" => shape.is_integer = true,
                "number" => shape.is_number = true,
                "string" => shape.is_string = true,
                "array" => {
                    let elements = object.get("items").map(Shape::of_schema);
                    shape.elements = Some(Box::new(elements.unwrap_or_default()?));
                }
                "object" => shape.object = Some(Members::of_schema(object)?),
                _ => return None,
            }
        }
        Some(shape)
    }
}

impl Members {
    /// One object that has the required members.
    fn of_schema(schema: &Object) -> Option<Self> {
        let mut members = Members {
            count: 1,
            ..Members::default()
        };
        if let Some(map) = schema.get("additionalProperties") {
            members.map = Some(Box::new(Shape::of_schema(map)?));
        }
        let required = schema.get("required").and_then(Node::as_array);
        let is_required = |name: &str| {
            let mut names = required.into_iter().flatten();
            names.any(|one| one.as_text() == Some(name))
        };
        let properties = schema.get("properties").and_then(Node::as_object);
        for (name, property) in properties.into_iter().flatten() {
            let count = usize::from(is_required(name));
            let shape = Shape::of_schema(property)?;
            members.named.insert(name.to_string(), (count, shape));
        }
        Some(members)
    }
}
