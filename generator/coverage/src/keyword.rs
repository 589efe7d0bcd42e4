//! The keywords of schemas, in a table of the crate's own.
//!
//! It repeats on purpose what the generator's stages know about keywords, see the crate's documentation.

use oasmith::load::{Loaded, Node, Object};
use oasmith::pointer::Pointer;

use super::{references, values};

/// The keywords that decide which values fit, sorted. Texts for people (`title`, `description`, `example`) are not
/// among them.
const KEYWORDS: [&str; 52] = [
    "$dynamicRef",
    "$ref",
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "default",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "deprecated",
    "discriminator",
    "else",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "if",
    "items",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "patternProperties",
    "prefixItems",
    "properties",
    "propertyNames",
    "readOnly",
    "required",
    "then",
    "type",
    "unevaluatedItems",
    "unevaluatedProperties",
    "uniqueItems",
    "writeOnly",
    "xml",
];

/// Returns the keyword of a name; `None` for other members of a schema.
pub(super) fn known(name: &str) -> Option<&'static str> {
    let index = KEYWORDS.binary_search(&name).ok()?;
    KEYWORDS.get(index).copied()
}

/// Returns the bit of a keyword in a set of them; 0 for a name that is no keyword.
pub(super) fn bit(name: &str) -> u64 {
    KEYWORDS.binary_search(&name).map_or(0, |index| 1 << index)
}

/// Returns whether a keyword applies to values of the schema's type; `required` does not to those of `type: array`.
pub(super) fn applies(name: &str, schema: &Object) -> bool {
    let types: &[&str] = match name {
        "items" | "prefixItems" | "minItems" | "maxItems" | "minContains" | "maxContains"
        | "uniqueItems" => &["array"],
        "properties"
        | "required"
        | "additionalProperties"
        | "patternProperties"
        | "minProperties"
        | "maxProperties" => &["object"],
        "minLength" | "maxLength" | "pattern" | "contentEncoding" | "contentMediaType" => {
            &["string"]
        }
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
            &["integer", "number"]
        }
        // there is no format of arrays and objects, although some documents invent one
        "format" => &["boolean", "integer", "number", "string"],
        _ => return true,
    };
    !schema.contains_key("type") || types.iter().any(|name| has_type(schema, name))
}

/// Returns whether a schema has a type, alone or among others.
pub(super) fn has_type(schema: &Object, name: &str) -> bool {
    let Some(ty) = schema.get("type") else {
        return false;
    };
    let mut several = ty.as_array().into_iter().flatten();
    ty.as_str() == Some(name) || several.any(|one| one.as_str() == Some(name))
}

/// The keywords of composition.
const COMPOSITION: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// Returns whether a schema restricts its values to more than any object.
pub(super) fn is_typed(schema: &Object) -> bool {
    COMPOSITION.iter().any(|name| schema.contains_key(*name)) || is_typed_itself(schema)
}

/// Returns the same, without regard to the subschemas of `allOf`, `anyOf` and `oneOf`.
fn is_typed_itself(schema: &Object) -> bool {
    let properties = schema.get("properties").and_then(Node::as_object);
    if properties.is_some_and(|properties| !properties.is_empty()) || schema.contains_key("enum") {
        return true;
    }
    let is_object = |ty: &Node| match ty.as_array() {
        // `type: [object, "null"]`
        Some(types) => types
            .iter()
            .all(|ty| ty.is_null() || matches!(ty.as_str(), Some("object" | "null"))),
        None => ty.as_str() == Some("object"),
    };
    let has_typed_values = || {
        let maps = ["additionalProperties", "patternProperties"];
        let mut values = maps.iter().filter_map(|name| schema.get(*name));
        values.any(|value| value.as_bool().is_none())
    };
    schema
        .get("type")
        .is_some_and(|ty| !is_object(ty) || has_typed_values())
}

/// Returns whether the schema at a place restricts its values, itself or by a subschema; `allOf: [{}]` does not.
pub(super) fn is_typed_at(loaded: &Loaded, at: &Pointer) -> bool {
    is_typed_within(loaded, at, 0)
}

fn is_typed_within(loaded: &Loaded, at: &Pointer, depth: usize) -> bool {
    const MAX_DEPTH: usize = 6;
    let at = references::target(loaded, at.clone());
    let Some(schema) = loaded.get(&at).and_then(Node::as_object) else {
        return false;
    };
    if depth >= MAX_DEPTH {
        return is_typed(schema);
    }
    let is_typed_part =
        |part: &Pointer| !is_null_at(loaded, part) && is_typed_within(loaded, part, depth + 1);
    is_typed_itself(schema)
        || subschemas(schema, &at, &COMPOSITION)
            .iter()
            .any(is_typed_part)
}

/// Returns whether only `null` fits the schema at a place.
pub(super) fn is_null_at(loaded: &Loaded, at: &Pointer) -> bool {
    let schema = loaded.get(at).and_then(Node::as_object);
    schema.is_some_and(values::is_null)
}

/// Returns the places of the subschemas in the arrays under some keywords, such as `allOf`.
pub(super) fn subschemas(schema: &Object, at: &Pointer, names: &[&str]) -> Vec<Pointer> {
    let all = names.iter().flat_map(|name| {
        let array = schema.get(*name).and_then(Node::as_array);
        let below = at.child(name);
        (0..array.map_or(0, <[Node]>::len)).map(move |index| below.index(index))
    });
    all.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_sorted_and_fit_into_a_set() {
        assert!(KEYWORDS.is_sorted());
        assert_eq!(known("allOf"), Some("allOf"));
        assert_eq!(known("description"), None);
        assert_eq!((bit("description"), bit(KEYWORDS[1])), (0, 2));
        assert!(KEYWORDS.len() <= u64::BITS as usize);
    }

    #[test]
    fn a_bare_object_restricts_nothing() {
        let is_typed = |text: &str| {
            let value = serde_json::from_str(text).expect("it is JSON");
            super::is_typed(
                Node::from_json(&value)
                    .as_object()
                    .expect("it is an object"),
            )
        };
        assert!(!is_typed(r#"{}"#));
        assert!(!is_typed(r#"{"type": "object"}"#));
        assert!(!is_typed(r#"{"type": "object", "properties": {}}"#));
        assert!(is_typed(r#"{"type": "object", "properties": {"a": {}}}"#));
        assert!(!is_typed(r#"{"type": ["object", "null"]}"#));
        assert!(!is_typed(
            r#"{"type": "object", "additionalProperties": true}"#
        ));
        assert!(is_typed(
            r#"{"type": "object", "additionalProperties": {"type": "string"}}"#
        ));
        assert!(is_typed(r#"{"type": "string"}"#));
        assert!(is_typed(r#"{"oneOf": []}"#));
    }
}
