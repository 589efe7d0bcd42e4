//! Schemas that are written for some values.

use super::*;
use serde_json::json;

fn schema(values: &[Value], dialect: Dialect) -> Value {
    let mut shape = Shape::default();
    values.iter().for_each(|value| shape.add(value));
    shape.schema(dialect).to_json()
}

#[test]
fn a_schema_fits_all_values_and_has_none_of_them() {
    let values = [
        json!({ "id": 1, "name": "Ada", "tags": [], "price": 1, "extra": { "a1b2c3d4": true } }),
        json!({ "id": 2, "name": null, "tags": ["x"], "price": 1.5 }),
    ];
    let expected = json!({
        "type": "object",
        "required": ["id", "name", "price", "tags"],
        "properties": {
            "extra": { "type": "object", "additionalProperties": { "type": "boolean" } },
            "id": { "type": "integer" },
            "name": { "type": "string", "nullable": true },
            "price": { "type": "number" },
            "tags": { "type": "array", "items": { "type": "string" } },
        },
    });
    assert_eq!(schema(&values, Dialect::V3_0), expected);
}

#[test]
fn several_types_are_written_as_the_version_can() {
    let scalars = [json!(1), json!("1"), json!(null)];
    let expected =
        json!({ "oneOf": [{ "type": "string" }, { "type": "integer" }], "nullable": true });
    assert_eq!(schema(&scalars, Dialect::V3_0), expected);
    assert_eq!(
        schema(&scalars, Dialect::V3_1),
        json!({ "type": ["string", "integer", "null"] })
    );
    let mixed = [json!([1]), json!(true), json!(null)];
    let expected = json!({
        "oneOf": [{ "type": "array", "items": { "type": "integer" } }, { "type": "boolean" }, { "type": "null" }],
    });
    assert_eq!(schema(&mixed, Dialect::V3_1), expected);
    assert_eq!(
        schema(&[json!(null)], Dialect::V3_0),
        json!({ "nullable": true })
    );
    assert_eq!(
        schema(&[json!(null)], Dialect::V3_1),
        json!({ "type": "null" })
    );
    assert_eq!(schema(&[], Dialect::V3_1), json!({}));
}

#[test]
fn merging_is_what_adding_is() {
    let values = [
        json!({ "a": 1 }),
        json!({ "a": "x", "b": [null] }),
        json!([{ "c": 1 }, { "d": 2 }]),
    ];
    let mut added = Shape::default();
    let mut merged = Shape::default();
    for value in &values {
        added.add(value);
        merged.merge(&Shape::of(value));
    }
    assert_eq!(added, merged);
}

#[test]
fn names_that_are_data_are_not_shown() {
    let people = ["ada", "grace", "alan", "edsger", "barbara", "donald"];
    let values: Vec<Value> = people.iter().map(|name| json!({ *name: 1 })).collect();
    let expected = json!({ "type": "object", "additionalProperties": { "type": "integer" } });
    assert_eq!(schema(&values, Dialect::V3_0), expected);
    let [first] = [json!({ "ada": 1, "x y": 2 })];
    assert_eq!(schema(&[first], Dialect::V3_0), expected);
}

#[test]
fn depth_is_bounded() {
    let deep = (0..100).fold(json!(1), |inner, _| json!([inner]));
    let text = schema(&[deep], Dialect::V3_1).to_string();
    assert_eq!(text.matches("array").count(), MAX_DEPTH, "{text}");
}
