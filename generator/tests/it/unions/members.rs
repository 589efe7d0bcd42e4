//! Members of random objects, and values for them.

use serde_json::{Map, Value, json};

use crate::mutation::Choices as _;
use crate::numbers::Numbers;

/// The members of an object; no other object of the family has members of these names.
#[derive(Clone)]
pub struct Members {
    /// By name: the schema, a value, and whether the member is required. The first one is.
    members: Vec<(String, Value, Value, bool)>,
}

impl Members {
    /// Makes one to three members; `index` is part of their names.
    pub fn new(numbers: &mut Numbers, index: usize) -> Self {
        let kinds = [
            (json!({"type": "string"}), json!("text")),
            (json!({"type": "integer"}), json!(7)),
            (json!({"type": "number"}), json!(2.5)),
            (json!({"type": "boolean"}), json!(true)),
            (
                json!({"type": "array", "items": {"type": "integer"}}),
                json!([1, 2]),
            ),
            (
                json!({"type": "object", "additionalProperties": {"type": "string"}}),
                json!({"a": "b"}),
            ),
            (
                json!({"type": "string", "format": "date-time"}),
                json!("2024-05-01T12:00:00Z"),
            ),
            (
                json!({"type": "string", "enum": ["low", "high"]}),
                json!("high"),
            ),
        ];
        let count = 1 + numbers.below(3);
        let members = (0..count).map(|number| {
            let (schema, value) = numbers.pick(&kinds).clone();
            let name = format!("{}{index}", ["size", "weight", "label"][number]);
            let is_required = number == 0 || numbers.below(3) == 0;
            (name, schema, value, is_required)
        });
        Members {
            members: members.collect(),
        }
    }

    /// Returns the schema of the object.
    pub fn schema(&self) -> Value {
        let mut schema = json!({"type": "object", "required": [], "properties": {}});
        for (name, member, _, is_required) in &self.members {
            super::family::add_member(&mut schema, name, member.clone(), *is_required);
        }
        schema
    }

    /// Returns an instance with the required members.
    pub fn minimal(&self) -> Map<String, Value> {
        let required = self.members.iter().filter(|(.., is_required)| *is_required);
        required
            .map(|(name, _, value, _)| (name.clone(), value.clone()))
            .collect()
    }

    /// Returns an instance with the required members and most of the others.
    pub fn full(&self, numbers: &mut Numbers) -> Map<String, Value> {
        let chosen = self.members.iter().filter(|(.., is_required)| {
            let is_left_out = !*is_required && numbers.below(5) == 0;
            !is_left_out
        });
        chosen
            .map(|(name, _, value, _)| (name.clone(), value.clone()))
            .collect()
    }
}
