//! The keywords of schemas.

use crate::load::Object;

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

/// Whether a schema says what a value is. `type: object` with nothing beside it does not: any object fits.
pub(super) fn tells(schema: &Object) -> bool {
    const TELLING: [&str; 5] = ["properties", "enum", "oneOf", "anyOf", "allOf"];
    if TELLING.iter().any(|keyword| schema.contains_key(*keyword)) {
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
    match schema.get("type") {
        None => false,
        Some(ty) => ty.as_str() != Some("object") || !is_bare(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Node;

    #[test]
    fn the_list_is_sorted_for_the_search() {
        assert!(KEYWORDS.is_sorted());
        assert_eq!(known("allOf"), Some("allOf"));
        assert_eq!(known("description"), None);
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
