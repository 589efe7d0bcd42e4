//! The keywords of schemas.

use super::evidence;
use crate::load::{Loaded, Node, Object};
use crate::pointer::Pointer;

/// Keywords that decide which values fit. Texts for people (`title`, `description`, `example`) are not among them.
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

/// The keyword of this name.
pub(super) fn known(name: &str) -> Option<&'static str> {
    let index = KEYWORDS.binary_search(&name).ok()?;
    KEYWORDS.get(index).copied()
}

/// The bit of a keyword in a set of them; none for a word that is no keyword.
pub(super) fn bit(name: &str) -> u64 {
    KEYWORDS.binary_search(&name).map_or(0, |index| 1 << index)
}

/// Whether a keyword says something about values of the schema's type: the `required` of a `type: array` does not.
pub(super) fn is_of_the_type(name: &str, schema: &Object) -> bool {
    let types: &[&str] = match name {
        "items" | "prefixItems" | "minItems" | "maxItems" | "uniqueItems" => &["array"],
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
        // formats of lists and objects (`kvpairs`) are nobody's
        "format" => &["boolean", "integer", "number", "string"],
        _ => return true,
    };
    !schema.contains_key("type") || types.iter().any(|name| has_type(schema, name))
}

/// Whether a schema has this type, perhaps among others.
pub(super) fn has_type(schema: &Object, name: &str) -> bool {
    let ty = schema.get("type");
    let mut several = ty.and_then(Node::as_array).into_iter().flatten();
    ty.and_then(Node::as_str) == Some(name) || several.any(|one| one.as_str() == Some(name))
}

/// Whether a schema says what a value is. `type: object` with nothing beside it does not: any object fits.
pub(super) fn tells(schema: &Object) -> bool {
    const TELLING: [&str; 4] = ["enum", "oneOf", "anyOf", "allOf"];
    // `properties: {}` names nothing
    let properties = schema.get("properties").and_then(Node::as_object);
    let names_some = properties.is_some_and(|properties| !properties.is_empty());
    if names_some || TELLING.iter().any(|keyword| schema.contains_key(*keyword)) {
        return true;
    }
    let is_bare = || {
        let maps = ["additionalProperties", "patternProperties"];
        !maps.iter().any(|keyword| {
            schema
                .get(*keyword)
                .is_some_and(|value| value.as_bool().is_none())
        })
    };
    let is_object = |ty: &Node| match ty.as_array() {
        // `type: [object, "null"]` says no more
        Some(types) => types
            .iter()
            .all(|ty| ty.is_null() || matches!(ty.as_str(), Some("object" | "null"))),
        None => ty.as_str() == Some("object"),
    };
    match schema.get("type") {
        None => false,
        Some(ty) => !is_object(ty) || !is_bare(),
    }
}

/// Whether the schema at a place says what a value is, by itself or by one of the schemas that it is composed of: `allOf: [{}]` does not.
pub(super) fn tells_at(loaded: &Loaded, at: &Pointer) -> bool {
    tells_within(loaded, at, 0)
}

fn tells_within(loaded: &Loaded, at: &Pointer, depth: usize) -> bool {
    const DEEPEST: usize = 6;
    const PARTS: [&str; 3] = ["allOf", "anyOf", "oneOf"];
    let at = evidence::target(loaded, at.clone());
    let Some(schema) = loaded.get(&at).and_then(Node::as_object) else {
        return false;
    };
    let is_composed = PARTS.iter().any(|name| schema.contains_key(*name));
    if !is_composed || depth >= DEEPEST {
        return tells(schema);
    }
    let mut rest = schema.clone();
    PARTS.iter().for_each(|name| {
        rest.shift_remove(*name);
    });
    let parts = parts(schema, &at, &PARTS);
    let says = |part: &Pointer| !is_null_at(loaded, part) && tells_within(loaded, part, depth + 1);
    tells(&rest) || parts.iter().any(says)
}

/// Whether only `null` fits the schema at a place.
pub(super) fn is_null_at(loaded: &Loaded, at: &Pointer) -> bool {
    let schema = loaded.get(at).and_then(Node::as_object);
    schema.is_some_and(super::holds::is_null)
}

/// The places of the schemas that a schema is composed of by these keywords.
pub(super) fn parts(schema: &Object, at: &Pointer, names: &[&str]) -> Vec<Pointer> {
    let parts = names.iter().flat_map(|name| {
        let count = schema.get(*name).and_then(Node::as_array);
        let below = at.child(name);
        (0..count.map_or(0, <[Node]>::len)).map(move |index| below.index(index))
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_for_the_search() {
        assert!(KEYWORDS.is_sorted());
        assert_eq!(known("allOf"), Some("allOf"));
        assert_eq!(known("description"), None);
        assert_eq!((bit("description"), bit(KEYWORDS[1])), (0, 2));
        assert!(KEYWORDS.len() <= u64::BITS as usize);
    }

    #[test]
    fn a_bare_object_tells_nothing() {
        let tells = |text: &str| {
            let value = serde_json::from_str(text).expect("it is JSON");
            super::tells(
                Node::from_json(&value)
                    .as_object()
                    .expect("it is an object"),
            )
        };
        assert!(!tells(r#"{}"#));
        assert!(!tells(r#"{"type": "object"}"#));
        assert!(!tells(r#"{"type": "object", "properties": {}}"#));
        assert!(tells(r#"{"type": "object", "properties": {"a": {}}}"#));
        assert!(!tells(r#"{"type": ["object", "null"]}"#));
        assert!(!tells(
            r#"{"type": "object", "additionalProperties": true}"#
        ));
        assert!(tells(
            r#"{"type": "object", "additionalProperties": {"type": "string"}}"#
        ));
        assert!(tells(r#"{"type": "string"}"#));
        assert!(tells(r#"{"oneOf": []}"#));
    }
}
